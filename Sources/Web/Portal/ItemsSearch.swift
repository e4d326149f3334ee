import Catalogue
import Foundation
import Hummingbird
import Vocabulary

/// What the address of the search page asks for: `q`, `place`, `holder`, `department`, `theme`, `trips`, `item` and
/// `from`.
/// What it cannot mean, it does not ask.
struct ItemsSearch {
    let question: String
    let place: Region?
    let holder: Topic.Holder?
    let department: String?
    let theme: String?
    let trips: Int?
    /// One item, whose places are to be chosen from.
    let slug: String?
    let from: Int
    /// Every place of the city, the city and the province first.
    private let everywhere: [Region]

    private static let holders: [(name: String, holder: Topic.Holder)] = [
        ("person", .naturalPerson), ("firm", .legalPerson),
    ]

    init(_ request: Request, _ regions: Gazetteer) {
        let asked = { (name: String) in request.asked(name).isEmpty ? nil : request.asked(name) }
        question = request.asked("q").trimmingCharacters(in: .whitespacesAndNewlines)
        let places = regions.entries.map(\.region)
        place = asked("place").flatMap { Region($0) }.flatMap { places.contains($0) ? $0 : nil }
        holder = asked("holder").flatMap { name in Self.holders.first { $0.name == name }?.holder }
        (department, theme, slug) = (asked("department"), asked("theme"), asked("item"))
        trips = asked("trips").flatMap { Int($0) }.flatMap { (0...1).contains($0) ? $0 : nil }
        from = asked("from").flatMap { Int($0) }.map { min(max($0, 0), ItemQuery.offsetMax) } ?? 0
        everywhere = [.fuzhou, .fujian] + places.filter { $0 != .fuzhou }
    }

    /// What is asked of the catalogue: in a place, what one can have there: its own items, the city's, the province's.
    func query(rows: Int) -> ItemQuery {
        let near = place.map { place in [place] + [.fuzhou, .fujian].filter { $0 != place } }
        var query = ItemQuery(question, in: near ?? everywhere, limit: rows)
        (query.holder, query.department, query.theme) = (holder, department, theme)
        (query.tripsMax, query.slug, query.offset) = (trips, slug, from)
        query.isOncePerItem = slug == nil
        return query
    }

    /// Whether an item is done in several places, none of which is chosen yet.
    func isSeveral(_ found: ItemAnswer.Found, _ answer: ItemAnswer) -> Bool {
        found.places > 1 && place == nil && answer.namedPlace == nil && slug == nil
    }

    /// Where one goes on with an item: to its guide, or first to choose the place.
    func address(of found: ItemAnswer.Found, _ answer: ItemAnswer) -> String {
        isSeveral(found, answer) ? "/items?item=\(Paths.query(found.line.slug))" : Paths.item(found.line.itemCode)
    }

    /// The filters that are set, as they stand in the address.
    var filters: [(name: StaticString, value: String)] {
        (["place", "holder", "department", "theme", "trips"] as [StaticString]).compactMap { name in
            value(of: name.description).map { (name, $0) }
        }
    }

    /// What a filter is set to; nil when it is not.
    func value(of filter: String) -> String? {
        switch filter {
        case "place": place?.code
        case "holder": holder.flatMap { holder in Self.holders.first { $0.holder == holder }?.name }
        case "department": department
        case "theme": theme
        case "trips": trips.map { "\($0)" }
        default: nil
        }
    }

    var addressWithoutFilters: String { question.isEmpty ? "/items" : "/items?q=\(Paths.query(question))" }

    /// The same search from another item on.
    func address(from: Int) -> String {
        var fields = filters
        if !question.isEmpty { fields.insert(("q", question), at: 0) }
        if let slug { fields.append(("item", slug)) }
        if from > 0 { fields.append(("from", "\(from)")) }
        let query = fields.map { "\($0.name)=\(Paths.query($0.value))" }.joined(separator: "&")
        return query.isEmpty ? "/items" : "/items?\(query)"
    }
}
