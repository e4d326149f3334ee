import Accounts
import Hummingbird

/// The addresses of the access ledger.
extension Routes {
    /// Who looked at what is hers.
    static func ownLooks(_ group: RouterGroup<PortalContext>, _ site: Site) {
        group.get("/looks", use: LooksPage(site: site).get)
        group.get("/looks/{look}", use: LookPage(site: site).get)
        group.post("/looks/{look}/{deed}", use: LookPage(site: site).post)
    }

    /// What is unusual, for those who supervise.
    static func lookBoard(_ group: RouterGroup<SupervisorContext>, _ site: Site) {
        group.get("/office/looks", use: LookBoardPage(site: site).get)
        group.get("/office/looks/patterns/{pattern}", use: LookPatternPage(site: site).get)
        group.get("/office/looks/demands/{look}", use: DemandPage(site: site).get)
        group.post("/office/looks/demands/{look}", use: DemandPage(site: site).post)
    }

    /// Questions about looks, for those who answer them, those who decide, and whoever looked: the house says who.
    static func inquiries(_ group: RouterGroup<AnyStaffContext>, _ site: Site) {
        group.get("/office/looks/questions", use: InquiriesPage(site: site).get)
        group.get("/office/looks/questions/{inquiry}", use: InquiryPage(site: site).get)
        group.post("/office/looks/questions/{inquiry}/{deed}", use: InquiryPage(site: site).post)
    }

    /// What the staff declared, for heads and administrators.
    static func relatives(_ group: RouterGroup<RelativeContext>, _ site: Site) {
        group.get("/office/relatives", use: RelativesPage(site: site).get)
        group.post("/office/relatives", use: RelativesPage(site: site).post)
        group.post("/office/relatives/{relative}/withdrawal", use: RelativesPage(site: site).withdraw)
    }
}

/// Whoever enters the relatives whom the staff declare.
typealias RelativeContext = RoleContext<RelativeRoles>
enum RelativeRoles: DoorRoles { static let roles: [Role] = [.head, .administrator] }
