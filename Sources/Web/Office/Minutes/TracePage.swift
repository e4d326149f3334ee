import Accounts
import Catalogue
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `GET /office/halls/{hall}/tickets/{ticket}`: from the ticket to the end, minute by minute; for administrators and
/// those who see the figures of the queues. It says nothing of whose the ticket was.
struct TracePage {
    let site: Site

    func get(_ request: Request, _ context: TraceContext) async throws -> Response {
        let view = try await site.hall.trace(of: try context.ticketOnPage(), at: try context.hallOnPage())
        let visit = site.visit(context, .office)
        let (words, trace) = (visit.words, view.trace)
        var item: String?
        if let code = trace.itemCode {
            item = try await site.hall.item(code).map { words.pick($0.guide.title) } ?? code
        }
        let title = words("trace.title", ["number": trace.number])
        let crumbs =
            context.guest.places.flatMap(\.grants).contains { $0.role == .administrator }
            ? [
                PageLink(words["halls.title"], HallsDesk.path),
                PageLink(words.name(of: view.hall), Paths.hallDesk(view.hall.code)),
                PageLink(words["minutes.title"], Paths.minutes(view.hall.code)),
            ] : [PageLink(words["queues.title"], QueuesAsked.path)]
        return .page(
            visit.page(title, crumbs: crumbs) { html in
                html.reading { html in
                    html.title(title, over: words.name(of: view.hall))
                    html.lead(
                        words(
                            trace.endedAt == nil ? "trace.lead-open" : "trace.lead",
                            [
                                "day": words.date(trace.takenAt.day),
                                "minutes": words.number(trace.minutes.reduce(0, +)),
                            ]))
                    if let item { html.paragraph(words("trace.item", ["item": item])) }
                    html.trace(view)
                }
            })
    }
}
