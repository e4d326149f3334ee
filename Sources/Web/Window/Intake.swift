import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /window/intake`: who stands here, and what does she want? Any item of any department, any county.
struct Intake {
    let site: Site

    func get(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let query = { (name: String) in request.asked(name) ?? "" }
        let number = query("number").uppercased()
        let person = try await find(number)
        let lines =
            query("q").isEmpty
            ? [] : try await site.hall.items(saying: query("q"), in: places, limit: 20)
        return show(context, number: number, person: person, question: query("q"), lines: lines)
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

    private var places: [Region] { [.fujian] + site.regions.entries.map(\.region) }

    private func find(_ number: String) async throws -> Person? {
        if let citizen = CitizenID(number) {
            return try await site.hall.person(numbered: .citizen(citizen), key: site.accountKey)
        }
        guard let code = CreditCode(number) else { return nil }
        return try await site.hall.person(numbered: .organisation(code), key: site.accountKey)
    }

    private func show(
        _ context: ClerkContext, number: String, person: Person?, question: String, lines: [ItemLine],
        hasError: Bool = false
    ) -> Response {
        let visit = site.visit(context, .window)
        let words = visit.words
        let isKnownShape = CitizenID(number) != nil || CreditCode(number) != nil
        return .page(
            visit.page(words["nav.intake"], hasErrors: hasError) { html in
                html.title(words["nav.intake"])
                html.columns { html in
                    html.element("form", Attribute("method", "get"), Attribute("action", "/window/intake")) { html in
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
                                    words.pick(line.handlingItemName ?? line.name),
                                    href: "/window/intake/\(line.itemCode)?person=\(person.id)")
                                html.cell(words.pick(line.bodyName))
                                html.cell(words.promise(of: line))
                            }
                        }
                    }
                } aside: { html in
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
