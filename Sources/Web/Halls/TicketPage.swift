import Accounts
import Documents
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `GET /halls/{hall}/tickets/{ticket}`: one ticket, as its holder follows it on a phone. Whoever has the address has
/// the ticket in her hand; nothing on the page says whose it is.
struct TicketPage {
    let site: Site
    /// Seconds after which the page comes again where no script brings the news.
    private static let againSeconds = 20

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    /// `POST …/cancellation`: gives it back.
    func cancel(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await deed(.cancel, request, context)
    }

    /// `POST …/return`: a passed number joins the queue again.
    func rejoin(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await deed(.rejoin, request, context)
    }

    private func deed(_ deed: Hall.HolderDeed, _ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await PostedForm(unguarded: request)
        let (hall, id) = (try context.hallOnPage(), try context.ticketOnPage())
        do {
            try await site.hall.holder(deed, id, of: hall, by: context.guest?.session.holder.actor ?? .platform)
            return .seeOther(Paths.ticket(hall, id))
        } catch let refusal as QueueRefusal where refusal != .ticketNotFound {
            return try await show(context, refused: refusal)
        }
    }

    private func show(_ context: SiteContext, refused: QueueRefusal?) async throws -> Response {
        let view = try await site.hall.ticket(try context.ticketOnPage(), of: try context.hallOnPage())
        var visit = site.visit(context, .portal)
        let words = visit.words
        let (ticket, code) = (view.ticket, view.hall.code)
        let path = Paths.ticket(code, ticket.id)
        let picture = try QRCode(site.press.address.absolute(path))
        if !ticket.isOver { visit.againSeconds = Self.againSeconds }
        return .page(
            visit.page(
                words("ticket.title", ["number": ticket.number]),
                crumbs: [PageLink(words.name(of: view.hall), Paths.hall(code))], hasErrors: refused != nil
            ) { html in
                html.reading { html in
                    html.refused(refused, site)
                    html.element(
                        "div", .id("ticket"), .class("ticket"), .address("data-refresh", Paths.boardEvents(code))
                    ) { html in
                        html.title(words["kiosk.your-number"], over: words.name(of: view.hall))
                        html.ticketState(view)
                        deeds(&html, ticket, path, context)
                    }
                    html.element("div", .class("ticket-code")) { html in
                        html.codePicture(picture, label: words["ticket.code"])
                        html.note(words["ticket.code-help"])
                    }
                }
            }, status: refused.map { .init(code: $0.kind.rawValue) } ?? .ok)
    }

    private func deeds(_ html: inout HTML, _ ticket: Ticket, _ path: String, _ context: SiteContext) {
        let words = html.words
        html.buttons { html in
            switch ticket.state {
            case .waiting, .called:
                html.deed("\(path)/cancellation", site.tokens(context)) { $0.button(words["ticket.cancel"], .quiet) }
            case .passed:
                if !ticket.hasRejoined {
                    html.deed("\(path)/return", site.tokens(context)) { $0.button(words["ticket.rejoin"], .primary) }
                }
                html.deed("\(path)/cancellation", site.tokens(context)) { $0.button(words["ticket.cancel"], .quiet) }
            case .served:
                html.buttonLink(
                    words["evaluation.begin"], site.evaluationLink(ticket.hall.text, ticket.id.subject), .primary)
            case .serving, .interrupted, .cancelled, .lapsed: break
            }
        }
    }
}

extension HTML {
    /// Writes where a ticket stands, in large figures.
    mutating func ticketState(_ view: Hall.TicketView) {
        let (words, ticket) = (words, view.ticket)
        element("p", .class("ticket-number"), text: ticket.number)
        if let ahead = view.ahead {
            element("p", .class("ticket-state"), .flag("data-told"), text: words.count("ticket.ahead", ahead))
            element("p", .class("ticket-wait"), text: words("ticket.wait", ["wait": words.wait(view.wait)]))
            if ticket.isFavoured(at: ticket.takenAt) || ticket.priority != nil { note(words["ticket.favoured"]) }
            if ticket.booking != nil { note(words["ticket.booked"]) }
        } else {
            element(
                "p", .class("ticket-state"), .flag("data-told"),
                text: ticket.window.map { window in
                    words(ticket.state.word.key, ["window": words.number(window)])
                } ?? words[ticket.state.word])
        }
    }
}
