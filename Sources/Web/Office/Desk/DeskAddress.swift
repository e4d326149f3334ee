import Accounts
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// What an officer's list shows, as its address says it: filters stay when one comes back.
struct DeskAddress: Hashable, Sendable {
    /// LIMIT: lines of one page.
    static let rowsMax = 50

    var view: DeskView
    var filter: DeskFilter
    var after: DeskCursor?

    init(view: DeskView, filter: DeskFilter = DeskFilter(), after: DeskCursor? = nil) {
        (self.view, self.filter, self.after) = (view, filter, after)
    }

    /// Reads what is asked; whatever cannot be read counts as not asked. Who leads and does nothing else begins with
    /// what is due soon.
    init(_ request: Request, _ guest: Hall.Guest) {
        let roles = Set(guest.places.flatMap(\.grants).map(\.role))
        let first: DeskView = roles.isDisjoint(with: [.reviewer, .decider]) ? .soon : .pool
        view = DeskView(rawValue: request.asked("view")) ?? first
        let (type, item) = (request.asked("type"), request.asked("item"))
        filter = DeskFilter(
            type: type.utf8.count == 2 && type.utf8.allSatisfy { (48...57).contains($0) } ? type : nil,
            item: (1...12).contains(item.utf8.count) && item.utf8.allSatisfy { $0 > 47 && $0 < 123 } ? item : nil,
            light: Int(request.asked("light")).flatMap(Light.init(rawValue:)),
            stage: [.inReview, .reviewed].first { $0.rawValue == request.asked("stage") })
        after = DeskCursor(text: request.asked("after"))
    }

    /// The address, from the list's first line on.
    var first: String {
        var parts = ["view=\(view.rawValue)"]
        if let type = filter.type { parts.append("type=\(type)") }
        if let item = filter.item { parts.append("item=\(item)") }
        if let light = filter.light { parts.append("light=\(light.rawValue)") }
        if let stage = filter.stage { parts.append("stage=\(stage.rawValue)") }
        return "/office?" + parts.joined(separator: "&")
    }

    /// The address of the page after a line.
    func next(after line: DeskLine) -> String { first + "&after=\(line.cursor.text)" }

    /// The same list, changed.
    func with(_ change: (inout DeskAddress) -> Void) -> DeskAddress {
        var address = self
        address.after = nil
        change(&address)
        return address
    }
}

extension DeskCursor {
    /// `1.17865.` and the id.
    var text: String { "\(priority).\(due.daysSinceEpoch).\(id)" }

    init?(text: String) {
        let parts = text.split(separator: ".")
        guard parts.count == 3, let priority = Int(parts[0]), let day = Int(parts[1]), abs(day) < 10_000_000,
            let id = DossierID(String(parts[2]))
        else { return nil }
        self.init(priority: priority, due: CivilDate(daysSinceEpoch: day), id: id)
    }
}
