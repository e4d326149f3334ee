import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/orders`: 督办单 at one stage, the longest due first; with `?case=` those about one case.
struct OrdersPage {
    let site: Site

    func get(_ request: Request, _ context: OrderContext) async throws -> Response {
        if let id = DossierID(request.asked("case")) { return try await about(id, context) }
        let stage = SupervisionOrder.Stage.Name(rawValue: request.asked("stage")) ?? .open
        let lines = try await site.hall.orders(
            at: stage, for: context.guest, after: OrderTable.Cursor(text: request.asked("after")))
        let visit = site.visit(context, .office)
        let words = visit.words
        let names = try await SupervisionNames(site, words, of: lines.map(\.matter))
        let next =
            lines.count == Limits.pageRowsMax
            ? lines.last.map { "\(Paths.orders(at: stage))&after=\($0.cursor.text)" } : nil
        return .page(
            visit.page(words["order.title"]) { html in
                html.title(words["order.title"])
                html.lead(words["order.lead"])
                html.tabs(
                    SupervisionOrder.Stage.Name.allCases.map { PageLink(words[$0.word], Paths.orders(at: $0)) },
                    current: Paths.orders(at: stage))
                html.orders(lines, names, words[stage.word])
                html.pager(previous: request.asked("after").isEmpty ? nil : Paths.orders(at: stage), next: next)
            })
    }

    private func about(_ id: DossierID, _ context: OrderContext) async throws -> Response {
        let orders = try await site.hall.orders(about: id, for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let names = try await SupervisionNames(site, words, of: orders.map(\.issued.matter))
        return .page(
            visit.page(words["order.title"], crumbs: [PageLink(words["order.title"], Paths.orders)]) { html in
                html.title(words["order.title"], over: orders.first?.issued.matter.number)
                html.orders(orders.map(\.line), names, words["order.title"])
            })
    }
}

extension OrderTable.Cursor {
    fileprivate var text: String { "\(due).\(id)" }

    fileprivate init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let due = CivilDate(String(parts[0])), let id = OrderID(String(parts[1])) else {
            return nil
        }
        self.init(due: due, id: id)
    }
}
