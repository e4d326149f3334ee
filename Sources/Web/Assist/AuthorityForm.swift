import Accounts
import Catalogue
import Dossiers
import Hall
import Hummingbird
import Papers
import Vocabulary

/// How an authority comes to be: who is helped and in what (`/assist/authorities`), the letter that she signs
/// (`/assist/letter`), and its scan.
struct AuthorityForm {
    /// LIMIT: items to choose from, and lines of the catalogue that are looked at for them.
    private static let (itemsMax, linesMax) = (20, 60)
    /// What the form of the scan is called among forms.
    private static let signing = "signing"

    let site: Site

    /// `GET /assist/authorities`: finds the person by her card, and the items.
    func get(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let (number, question) = (request.asked("number").uppercased(), request.asked("q"))
        let known = CitizenID(number).map(PersonNumber.citizen) ?? CreditCode(number).map(PersonNumber.organisation)
        let person: Person? =
            if let known {
                try await site.hall.person(
                    numbered: known, for: context.guest, purpose: .assist, key: site.accountKey)
            } else { nil }
        let found = try await items(question, near: context.staff.region)
        let visit = site.visit(context, .window)
        let words = visit.words
        let wrong = number.isEmpty || known != nil ? nil : words["intake.number-wrong"]
        return .page(
            visit.page(
                words["assist.new"], crumbs: [PageLink(words["assist.title"], Paths.assist)], hasErrors: wrong != nil
            ) { html in
                html.title(words["assist.new"])
                html.lead(words["assist.new-lead"])
                html.element(
                    "form", Attribute("method", "get"), .address("action", Paths.authorities), .flag("data-flow")
                ) { html in
                    html.field(
                        Field(
                            "number", words["intake.number"], .text(max: 18), hint: words["intake.number-hint"],
                            answer: Answer(number, error: wrong)))
                    html.field(
                        Field(
                            "q", words["intake.item"], .text(max: 100), hint: words["intake.item-hint"],
                            answer: Answer(question)))
                    html.button(words["deed.search"], .secondary, key: "s")
                }
                if let person {
                    choices(&html, person, found)
                } else if known != nil {
                    html.banner(.warning, words["assist.unknown"]) { $0.paragraph(words["assist.unknown-help"]) }
                }
            })
    }

    /// What a letter can name: each code of the catalogue once, the nearest body's first. One power at two levels has
    /// two codes.
    private func items(_ question: String, near place: Region) async throws -> [ItemLine] {
        guard !question.isEmpty else { return [] }
        let all = [place, .fuzhou, .fujian] + site.regions.entries.map(\.region)
        let places = all.enumerated().filter { !all[..<$0.offset].contains($0.element) }.map(\.element)
        let lines = try await site.hall.items(ItemQuery(question, in: places, limit: Self.linesMax)).found.map(\.line)
        var seen: Set<String> = []
        return Array(lines.filter { seen.insert($0.catalogCode).inserted }.prefix(Self.itemsMax))
    }

    private func choices(_ html: inout HTML, _ person: Person, _ found: [ItemLine]) {
        let words = html.words
        html.heading(words["assist.scope"])
        html.summary([
            SummaryRow(words["intake.name"], person.name.text),
            SummaryRow(words["intake.number-short"], person.number.text),
        ])
        guard !found.isEmpty else { return html.note(words["assist.find-items"]) }
        html.element("form", Attribute("method", "get"), .address("action", Paths.letter)) { html in
            html.hidden("person", person.id.description)
            html.field(
                Field(
                    "items", words["assist.items"],
                    .choices(found.map { Option($0.catalogCode, words.pick($0.title)) })))
            let quarter = site.hall.time.now().day.advanced(byMonths: 3)
            html.field(Field("until", words["assist.until"], .date, answer: Answer(quarter.description)))
            html.button(words["assist.make-letter"])
        }
    }

    /// `GET /assist/letter`: the letter as it is printed and signed, and where its scan is handed in.
    func letter(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let asked = Asked(
            person: request.asked("person"), items: request.askedAll("items"), until: request.asked("until"))
        return try await show(asked, context, refused: nil)
    }

    /// `POST /assist/authorities`: takes the scan; from now on the letter stands.
    func post(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let upload = try await UploadedForm(request, context, site: site, filesLeft: 1)
        let form = upload.form
        let asked = Asked(person: form["person"], items: form.all("items"), until: form["until"])
        guard let principal = PersonID(asked.person) else { throw DoorRefusal.malformedForm }
        do {
            if let refused = upload.refused.first { throw refused.refusal }
            let draft = Hall.LetterDraft(
                principal: principal, items: try asked.items.map(ItemCodePrefix.init), until: CivilDate(asked.until),
                letter: upload.handedIn.first)
            let id = try await site.hall.giveAuthority(draft, to: context.guest)
            return .seeOther("\(Paths.authorities)/\(principal)/\(id)")
        } catch let refusal as any Refusal where refusal.isAboutLetter {
            return try await show(
                asked, context, refused: RefusedDeed(resource: Self.signing, form: form, refusal: refusal))
        }
    }

    /// What the letter is to say.
    private struct Asked {
        let person: String
        let items: [String]
        let until: String
    }

    private func show(_ asked: Asked, _ context: AssistantContext, refused: RefusedDeed?) async throws -> Response {
        guard let id = PersonID(asked.person),
            let person = try await site.hall.person(id, for: context.guest, purpose: .assist)
        else { throw DoorRefusal.noSuchPage }
        var items: [ItemLine] = []
        for code in asked.items.prefix(Assistance.itemsMax) {
            if let line = try await site.hall.items(catalogued: code).first { items.append(line) }
        }
        guard !items.isEmpty else { throw AssistanceRefusal.withoutItems }
        guard let until = CivilDate(asked.until) else { throw AssistanceRefusal.termTooLong }
        let visit = site.visit(context, .window)
        let words = visit.words
        let parts = parts(person, items, until, context.staff)
        return .page(
            visit.page(
                words["assist.letter"],
                crumbs: [
                    PageLink(words["assist.title"], Paths.assist), PageLink(words["assist.new"], Paths.authorities),
                ],
                hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.paper(parts, seal: nil)
                html.element("div", .class("paper-deeds")) { html in
                    html.printButton()
                    html.card(words["assist.hand-in"]) { html in
                        html.paragraph(words["assist.hand-in-help"])
                        html.form(Paths.authorities, site.tokens(context), hasFiles: true) { html in
                            html.hidden("person", asked.person)
                            for item in items { html.hidden("items", item.catalogCode) }
                            html.hidden("until", until.description)
                            html.field(
                                DeedForm(Self.signing, refused, site, words).field(
                                    "letter", words["assist.scan"],
                                    .files([".pdf", ".ofd", ".jpg", ".png"], max: 1, kept: [])))
                            html.button(words["assist.take"])
                        }
                    }
                }
            }, status: refused?.status ?? .ok)
    }

    /// The letter itself, in Chinese whatever the reader's language: who, to whom, in what, until when, and that it
    /// costs nothing and can be ended at any time (民法典 arts 165, 173).
    private func parts(_ person: Person, _ items: [ItemLine], _ until: CivilDate, _ staff: Staff) -> [PaperPart] {
        let words = site.interior.tables.words(.window, .zh)
        let name = staff.name?.text ?? staff.employeeNumber.text
        return [
            .title(words["assist.letter"]),
            .facts([
                fact(words["assist.letter-principal"], person.name.text),
                fact(words["intake.number-short"], person.number.text),
                fact(
                    words["assist.letter-agent"],
                    words("assist.staff", ["name": name, "number": staff.employeeNumber.text])),
                fact(words["assist.letter-items"], words.list(items.map { words.pick($0.title) })),
                fact(words["assist.letter-powers"], words["assist.letter-powers-text"]),
                fact(words["assist.letter-term"], words("assist.letter-until", ["day": words.date(until)])),
            ]),
            .paragraph(words["assist.letter-free"]), .paragraph(words["assist.letter-ends"]),
            .signers([words["assist.letter-signature"], words["assist.letter-day"]], nil),
        ]
    }

    private func fact(_ name: String, _ value: String) -> PaperPart.Fact { PaperPart.Fact(name: name, value: value) }
}

extension ItemLine {
    /// 12 characters: the item wherever it is implemented.
    var catalogCode: String { String(itemCode.dropFirst(19).prefix(12)) }
}

extension Refusal {
    /// Whether it says something about a letter that is handed in, so that the page comes back with it.
    fileprivate var isAboutLetter: Bool {
        switch self as any Refusal {
        case is AssistanceRefusal, is AccountRefusal, is UploadRefusal: true
        default: false
        }
    }
}
