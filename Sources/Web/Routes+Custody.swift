import Accounts
import Hummingbird
import Vocabulary

/// The addresses of originals on paper.
extension Routes {
    /// Originals at a door of the staff: at a window for the window, in an office for oneself.
    static func originals<Context: StaffContext>(_ group: RouterGroup<Context>, _ site: Site, _ door: Door) {
        let (desk, count) = (OriginalsDesk<Context>(site: site, door: door), CountPage<Context>(site: site, door: door))
        let page = OriginalPage<Context>(site: site, door: door)
        let path = Paths.originals(door)
        group.get(RouterPath(path), use: desk.get)
        group.post(RouterPath(path), use: desk.post)
        group.get(RouterPath(path + "/count"), use: count.get)
        group.post(RouterPath(path + "/count"), use: count.post)
        group.get(RouterPath(path + "/{code}"), use: page.get)
        group.get(RouterPath(path + "/{code}/label"), use: page.label)
        group.post(RouterPath(path + "/{code}/{deed}"), use: page.post)
    }
}
