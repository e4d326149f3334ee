import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `GET /window/intake`: who stands here, and what does she want? Any item of any department, any county. With
/// `ticket` it begins with whoever stands at the window, and with what she chose with her ticket.
struct Intake {
    /// LIMIT: items that a clerk chooses from.
    private static let itemsMax = 30

    let site: Site

    func get(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let query = { (name: String) in request.asked(name) }
        var (number, question) = (query("number").uppercased(), query("q"))
        let ticket = try await site.hall.seatView(of: context.guest)?.current
        let person: Person?
        if ticket != nil, number.isEmpty, !query("ticket").isEmpty {
            let known = try await site.hall.applicant(at: context.guest)
            person = known.person
            number = known.person?.number.text ?? ""
            if question.isEmpty, let code = known.itemCode {
                question = try await site.hall.item(code)?.guide.title.zh ?? ""
            }
        } else {
            person = try await find(number, context.guest)
        }
        let asked = ItemQuery(question, in: places(near: context.grants), limit: Self.itemsMax)
        let lines = question.isEmpty ? [] : try await site.hall.items(asked).found.map(\.line)
        return show(context, number: number, person: person, question: question, lines: lines, ticket: ticket)
    }

    /// `POST /window/intake`: registers a citizen whom the city does not know yet.
    func register(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let number = CitizenID(form["number"]), let name = FullName(form["name"]),
            let mobile = MobileNumber(form["mobile"])
        else {
            return show(context, number: form["number"], person: nil, question: "", lines: [], hasError: true)
        }
        try await site.hall.register(
            citizen: name, number: number, mobile: mobile, by: context.guest, key: site.accountKey)
        return .seeOther("/window/intake?number=\(number.number)")
    }

    /// The clerk's own place first, then the city, the province and the others.
    private func places(near grants: [Grant]) -> [Region] {
        let own = site.regions.entries.map(\.region).filter { region in
            grants.contains { $0.extent.region == region && $0.revokedAt == nil }
        }
        let all = own + [.fuzhou, .fujian] + site.regions.entries.map(\.region)
        return all.enumerated().filter { !all[..<$0.offset].contains($0.element) }.map(\.element)
    }

    private func find(_ text: String, _ guest: Hall.Guest) async throws -> Person? {
        let number = CitizenID(text).map(PersonNumber.citizen) ?? CreditCode(text).map(PersonNumber.organisation)
        guard let number else { return nil }
        return try await site.hall.person(numbered: number, for: guest, purpose: .intake, key: site.accountKey)
    }

    private func show(
        _ context: ClerkContext, number: String, person: Person?, question: String, lines: [ItemLine],
        ticket: Ticket? = nil, hasError: Bool = false
    ) -> Response {
        let visit = site.visit(context, .window)
        let words = visit.words
        let isKnownShape = CitizenID(number) != nil || CreditCode(number) != nil
        return .page(
            visit.page(words["nav.intake"], hasErrors: hasError) { html in
                html.title(words["nav.intake"])
                html.columns { html in
                    html.element(
                        "form", Attribute("method", "get"), Attribute("action", "/window/intake"), .flag("data-flow")
                    ) { html in
                        html.field(
                            Field(
                                "number", words["intake.number"], .text(max: 18), hint: words["intake.number-hint"],
                                answer: Answer(
                                    number, error: number.isEmpty || isKnownShape ? nil : words["intake.number-wrong"]))
                        )
                        html.field(
                            Field(
                                "q", words["intake.item"], .text(max: 100), hint: words["intake.item-hint"],
                                answer: Answer(question)))
                        html.button(words["deed.search"], key: "s")
                    }
                    if let person {
                        html.table(
                            words["intake.found"],
                            [
                                Column(words["column.item"]), Column(words["column.body"]),
                                Column(words["column.promise"]),
                            ],
                            lines
                        ) { html in
                            html.empty(words["intake.no-item"], words["intake.no-item-help"])
                        } row: { html, line in
                            html.row { html in
                                html.headCell(
                                    words.pick(line.title),
                                    href: "/window/intake/\(line.itemCode)?person=\(person.id)")
                                html.cell(words.pick(line.bodyName))
                                html.cell(words.promise(of: line))
                            }
                        }
                    }
                } aside: { html in
                    html.served(ticket)
                    if let person {
                        html.card(words["intake.person"]) { html in
                            html.summary([
                                SummaryRow(words["intake.name"], person.name.text),
                                SummaryRow(words["intake.number-short"], person.number.text),
                            ])
                        }
                    } else if CitizenID(number) != nil {
                        html.newcomer(number, site.tokens(context), words, hasError: hasError)
                    }
                }
            }, status: hasError ? .init(code: 422) : .ok)
    }
}

extension HTML {
    /// Writes the number that stands at the window, and the way back to the queue.
    mutating func served(_ ticket: Ticket?) {
        guard let ticket else { return }
        card(words["queue.now"]) { html in
            html.element("p", .class("ticket-number"), text: ticket.number)
            html.buttonLink(html.words["queue.back"], Paths.queue, key: "q")
        }
    }

    /// Writes the card with which somebody new is registered from her identity card.
    fileprivate mutating func newcomer(_ number: String, _ tokens: FormTokens, _ words: Words, hasError: Bool) {
        card(words["intake.new"]) { html in
            if hasError { html.banner(.error, words["intake.new-wrong"]) }
            html.form("/window/intake", tokens) { html in
                html.hidden("number", number)
                html.field(Field("name", words["intake.name"], .text(max: 120)))
                html.field(Field("mobile", words["intake.mobile"], .phone))
                html.button(words["intake.register"])
            }
        }
    }
}
