import Accounts
import Catalogue
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `GET /halls`: every hall, with how many wait there.
struct HallsPage {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let halls = try await site.hall.serviceHalls()
        let visit = site.visit(context, .portal)
        let words = visit.words
        return .page(
            visit.page(words["halls.title"]) { html in
                html.title(words["halls.title"])
                html.lead(words["halls.lead"])
                html.table(
                    words["halls.title"], [Column(words["hall.name"]), Column(words["hall.address"])], halls
                ) { html in
                    html.empty(html.words["halls.none"], html.words["halls.none-help"])
                } row: { html, hall in
                    html.row { html in
                        html.headCell(html.words.name(of: hall), href: Paths.hall(hall.code))
                        html.cell(html.words.address(of: hall))
                    }
                }
            })
    }
}

/// `GET /halls/{hall}`: how many wait, what can be done from here: a ticket by phone, an appointment, the screen.
struct HallPage {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    /// `POST /halls/{hall}/tickets`: a ticket by phone, under a real name.
    func take(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let code = try context.hallOnPage()
        guard let attempt = Attempt(form: form["token"]), let need = Capability(rawValue: form["need"]),
            need != .special
        else { throw DoorRefusal.malformedForm }
        var wish = Hall.TicketWish(at: code, for: need)
        wish.priority = try form.ifChosen("priority")
        wish.itemCode = try await site.item(form["item"])
        wish.holder = .person(context.citizen.id, context.citizen.number)
        do {
            let id = try await site.hall.takeTicket(
                wish, by: .phone, actor: .person(context.citizen.id), attempt: attempt)
            return .seeOther(Paths.ticket(code, id))
        } catch let refusal as QueueRefusal {
            return try await show(context.site, refused: refusal)
        }
    }

    private func show(_ context: SiteContext, refused: QueueRefusal?) async throws -> Response {
        let code = try context.hallOnPage()
        let board = try await site.hall.board(of: code)
        let own = try await tickets(context)
        let visit = site.visit(context, .portal)
        let words = visit.words
        let name = words.name(of: board.hall)
        return .page(
            visit.page(
                name, crumbs: [PageLink(words["halls.title"], Paths.halls)], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(name)
                html.lead(words.address(of: board.hall))
                for ticket in own where ticket.hall == code {
                    html.banner(.information, words("hall.own-ticket", ["number": ticket.number])) { html in
                        html.element("p") { html in
                            html.link(PageLink(html.words["hall.see-ticket"], Paths.ticket(code, ticket.id)))
                        }
                    }
                }
                html.columns { html in
                    html.queueLines(board)
                    html.note(words["hall.how-it-works"])
                } aside: { html in
                    take(&html, board, context)
                    html.card(words["appointment.title"]) { html in
                        html.paragraph(html.words["appointment.lead"])
                        html.buttonLink(html.words["appointment.choose"], Paths.appointments(code), icon: .calendar)
                    }
                }
            }, status: refused.map { .init(code: $0.kind.rawValue) } ?? .ok)
    }

    private func tickets(_ context: SiteContext) async throws -> [Ticket] {
        guard case .person(let person)? = context.guest?.who else { return [] }
        return try await site.hall.tickets(of: person.id)
    }

    private func take(_ html: inout HTML, _ board: HallBoard, _ context: SiteContext) {
        let words = html.words
        let needs = board.waiting.map(\.need).filter { $0 != .special }
        html.card(words["hall.take-ticket"]) { html in
            guard case .person? = context.guest?.who else {
                html.paragraph(words["hall.sign-in-first"])
                html.buttonLink(words["hall.sign-in"], Paths.signIn(back: Paths.hall(board.hall.code)), .primary)
                return
            }
            guard !needs.isEmpty else { return html.note(words["hall.no-windows"]) }
            guard site.hall.givesTickets(at: board.hall.code) else {
                let closed = site.refusals[QueueRefusal.hallClosed, words]
                return html.note(words.sentences(closed.what, closed.mend))
            }
            html.form(Paths.hall(board.hall.code) + "/tickets", site.tokens(context)) { html in
                html.field(
                    Field(
                        "need", words["ticket.what-for"], .choice(needs.map { Option($0.rawValue, words[$0.wish]) }),
                        answer: Answer(needs.first?.rawValue ?? "")))
                html.field(.priority(words))
                html.button(words["hall.take-ticket"], icon: .ticket)
            }
        }
    }
}

extension Field {
    /// Whom the law favours.
    static func priority(_ words: Words, chosen: String = "") -> Field {
        let options =
            [Option("", words["priority.none"])]
            + PriorityGround.allCases.map {
                Option($0.rawValue, words[$0.word])
            }
        return Field(
            "priority", words["priority.title"], .choice(options), hint: words["priority.hint"],
            answer: Answer(chosen)
        ).with { $0.isOptional = true }
    }
}

extension HTML {
    /// Writes how many wait for each kind of window.
    mutating func queueLines(_ board: HallBoard) {
        let words = words
        table(
            words["hall.waiting-now"],
            [
                Column(words["capability.title"]), Column(words["hall.waiting"], isNumeric: true),
                Column(words["hall.windows-open"], isNumeric: true),
            ], board.waiting
        ) { html in
            html.empty(html.words["hall.no-windows"], html.words["hall.no-windows-help"])
        } row: { html, line in
            html.row { html in
                html.headCell(html.words[line.need.wish])
                html.cell(html.words.number(line.waiting), isNumeric: true)
                html.cell(html.words.number(line.windows), isNumeric: true)
            }
        }
    }
}

extension Site {
    /// The catalogue code behind an item code that a form names; nil for none.
    func item(_ code: String) async throws -> String? {
        guard !code.isEmpty else { return nil }
        guard let item = try await hall.item(code) else { throw DoorRefusal.malformedForm }
        return item.itemCode
    }
}
