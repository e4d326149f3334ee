import Accounts
import Catalogue
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `GET /office`: an officer's day. What is urged first, then in the order of legal time left.
struct DeskPage {
    let site: Site

    func get(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let address = DeskAddress(request, context.guest)
        let lines = try await site.hall.desk(
            address.view, of: context.guest, address.filter, after: address.after ?? .start, limit: DeskAddress.rowsMax)
        let counts = try await site.hall.deskCounts(of: context.guest, address.filter)
        let visit = site.visit(context, .office)
        let rows = try await site.deskRows(lines, visit.words)
        let next = lines.count == DeskAddress.rowsMax ? lines.last.map(address.next) : nil
        // Only a decider has boxes to tick.
        let mayDecide = context.guest.places.flatMap(\.grants).contains { $0.role == .decider }
        let hasBoxes = mayDecide && lines.contains { $0.proposal != nil }
        return .page(
            visit.page(visit.words["nav.office"]) { html in
                html.title(visit.words["nav.office"])
                html.deskTabs(address, counts, hasDeputising: !context.guest.deputising.isEmpty)
                filters(&html, address)
                let list = { (html: inout HTML) in
                    html.deskTable(html.words[address.view.word], rows, hasBoxes: hasBoxes) { Paths.office($0) }
                }
                if hasBoxes {
                    html.element("form", Attribute("method", "get"), .address("action", "/office/batch")) { html in
                        list(&html)
                        html.button(html.words["desk.batch"], .secondary, key: "b")
                    }
                } else {
                    list(&html)
                }
                html.pager(previous: address.after == nil ? nil : address.first, next: next)
                html.element("p", .class("note"), text: visit.words["desk.keys"])
            })
    }

    private func filters(_ html: inout HTML, _ address: DeskAddress) {
        let words = html.words
        let types = site.tables.codes(ItemType.table).map { Option($0.code, words.pick($0.zh, $0.en)) }
        let lights = Light.allCases.map { Option("\($0.rawValue)", words[$0.sign.word]) }
        let stages = [Dossier.Stage.Name.inReview, .reviewed].map {
            Option($0.rawValue, words.stage($0, nil).text)
        }
        html.filters("/office") { html in
            html.hidden("view", address.view.rawValue)
            if let item = address.filter.item { html.hidden("item", item) }
            html.field(
                Field("type", words["desk.type"], .list(types), answer: Answer(address.filter.type ?? "")).with {
                    ($0.isOptional, $0.blank) = (true, words["desk.any"])
                })
            html.field(
                Field(
                    "light", words["column.light"], .list(lights),
                    answer: Answer(address.filter.light.map { "\($0.rawValue)" } ?? "")
                ).with { ($0.isOptional, $0.blank) = (true, words["desk.any"]) })
            html.field(
                Field(
                    "stage", words["column.step"], .list(stages), answer: Answer(address.filter.stage?.rawValue ?? "")
                ).with { ($0.isOptional, $0.blank) = (true, words["desk.any"]) })
        }
    }
}

extension DeskView {
    var word: Word {
        switch self {
        case .pool: Word("desk.pool")
        case .mine: Word("desk.mine")
        case .deputised: Word("desk.deputised")
        case .asked: Word("desk.asked")
        case .soon: Word("desk.soon")
        }
    }
}

extension HTML {
    /// Writes the lists with how many lines each has; that of colleagues only where there is one.
    fileprivate mutating func deskTabs(
        _ address: DeskAddress, _ counts: [DeskView: Int], hasDeputising: Bool
    ) {
        let views = DeskView.allCases.filter { $0 != .deputised || hasDeputising || address.view == .deputised }
        tabs(
            views.map { view in
                let count = counts[view] ?? 0
                let shown = count >= DeskTable.countedMax ? "\(DeskTable.countedMax - 1)+" : words.number(count)
                return PageLink(
                    words("desk.tab", ["name": words[view.word], "n": shown]),
                    address.with { $0.view = view }.first)
            }, current: address.with { _ in }.first)
    }
}
