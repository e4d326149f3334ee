import Accounts
import Catalogue
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `/window/triage`: 导办台: gives out tickets by hand, to whoever does not know, may go first, or needs a special
/// window.
struct TriageDesk {
    let site: Site

    func get(_ request: Request, _ context: SeatContext) async throws -> Response {
        try await show(context, form: nil, refused: nil)
    }

    func post(_ request: Request, _ context: SeatContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let attempt = Attempt(form: form["token"]), let code = HallCode(form["hall"]),
            let need = Capability(rawValue: form["need"])
        else { throw DoorRefusal.malformedForm }
        guard try await site.hall.halls(for: context.guest).contains(where: { $0.code == code }) else {
            throw WindowRefusal.otherPlace
        }
        do {
            var wish = Hall.TicketWish(at: code, for: need)
            wish.priority = try form.ifChosen("priority")
            if !form["card"].isEmpty {
                guard let card = CitizenID(form["card"]) else { throw KioskRefusal.cardUnreadable }
                wish.holder = .card(card, site.accountKey)
            }
            let id = try await site.hall.takeTicket(
                wish, by: .triage, actor: .staff(context.staff.id), attempt: attempt)
            return .seeOther("\(Paths.triage)/\(code)/\(id)")
        } catch let refusal as any Refusal where refusal is QueueRefusal || refusal is KioskRefusal {
            return try await show(context, form: form, refused: refusal)
        }
    }

    /// `GET /window/triage/{hall}/{ticket}`: the slip to print.
    func slip(_ request: Request, _ context: SeatContext) async throws -> Response {
        let view = try await site.hall.ticket(try context.ticketOnPage(), of: try context.hallOnPage())
        let visit = site.visit(context, .window)
        let words = visit.words
        return .page(
            visit.sheet(
                words("ticket.title", ["number": view.ticket.number]),
                back: PageLink(words["triage.next"], Paths.triage)
            ) {
                html in
                html.element("div", .class("ticket")) { html in
                    html.title(words["kiosk.your-number"], over: words.name(of: view.hall))
                    html.ticketState(view)
                    html.note(words["ticket.listen"])
                    html.moment(view.ticket.takenAt)
                }
            })
    }

    private func show(_ context: SeatContext, form: PostedForm?, refused: (any Refusal)?) async throws -> Response {
        let halls = try await site.hall.halls(for: context.guest)
        let seat = try await site.hall.seat(of: context.guest)
        let visit = site.visit(context, .window)
        let words = visit.words
        let chosen = form?["hall"] ?? seat?.hall.code.text ?? halls.first?.code.text ?? ""
        return .page(
            visit.page(words["triage.title"], hasErrors: refused != nil) { html in
                html.refused(refused, site)
                html.title(words["triage.title"])
                guard !halls.isEmpty else { return html.empty(words["halls.none"], words["halls.none-help"]) }
                html.form(Paths.triage, site.tokens(context)) { html in
                    html.field(
                        Field(
                            "hall", words["hall.name"], .list(halls.map { Option($0.code.text, words.name(of: $0)) }),
                            answer: Answer(chosen)))
                    html.field(
                        Field(
                            "need", words["ticket.what-for"],
                            .choice(Capability.allCases.map { Option($0.rawValue, words[$0.wish]) }),
                            answer: Answer(form?["need"] ?? Capability.comprehensive.rawValue)))
                    html.field(.priority(words, chosen: form?["priority"] ?? ""))
                    html.field(
                        Field(
                            "card", words["triage.card"], .text(max: 18), hint: words["triage.card-hint"],
                            answer: Answer(form?["card"] ?? "")
                        ).with { $0.isOptional = true })
                    html.button(words["triage.give"], key: "s")
                }
            }, status: refused.map { .init(code: $0.kind.rawValue) } ?? .ok)
    }
}
