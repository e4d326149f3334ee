import Accounts
import Hall
import Hummingbird
import Vocabulary

/// `/office/relatives`: 任职回避申报: the relatives whom a member of staff declared. Their names are compared and kept
/// nowhere.
struct RelativesPage {
    static let declaring = "declaration"

    let site: Site

    func get(_ request: Request, _ context: RelativeContext) async throws -> Response {
        try await show(request.asked("staff"), context)
    }

    func post(_ request: Request, _ context: RelativeContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            guard let number = EmployeeNumber(form["staff"]) else { throw AccountRefusal.staffNotFound }
            guard let name = FullName(form["name"]) else { throw AccountRefusal.relativeNameUnfit }
            try await site.hall.declare(
                try form.chosen("kind"), named: name, of: number, by: context.guest, attempt: attempt)
            return .seeOther(Paths.relatives(of: number.text))
        } catch let refusal as FormRefusal {
            return try await show(form["staff"], context, refused: form.refused(refusal))
        } catch let refusal as AccountRefusal {
            return try await show(form["staff"], context, refused: form.refused(refusal))
        }
    }

    /// `POST …/{relative}/withdrawal`.
    func withdraw(_ request: Request, _ context: RelativeContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        guard let id = RelativeID(try context.parameters.require("relative")) else {
            throw AccountRefusal.relativeNotFound
        }
        guard let number = EmployeeNumber(form["staff"]) else { throw AccountRefusal.staffNotFound }
        try await site.hall.withdraw(id, of: number, by: context.guest, attempt: attempt)
        return .seeOther(Paths.relatives(of: number.text))
    }

    private func show(
        _ asked: String, _ context: RelativeContext, refused: RefusedDeed? = nil
    ) async throws -> Response {
        var declared: Hall.Declared?
        var missing: (any Refusal)?
        if let number = EmployeeNumber(asked) {
            do {
                declared = try await site.hall.relatives(of: number, for: context.guest)
            } catch let refusal as AccountRefusal {
                missing = refusal
            }
        }
        let (found, unknown) = (declared, missing)
        let visit = site.visit(context, .office)
        let words = visit.words
        let tokens = site.tokens(context)
        return .page(
            visit.page(words["relative.title"], hasErrors: refused != nil) { html in
                html.refused(refused, site)
                if refused == nil { html.refused(unknown, site) }
                html.title(words["relative.title"])
                html.lead(words["relative.lead"])
                html.card(words["relative.declare"]) { html in
                    let form = DeedForm(Self.declaring, refused, site, words)
                    html.form(Paths.relatives, tokens) { html in
                        html.field(
                            form.field(
                                "staff", words["relative.staff"], .text(max: 20),
                                start: found?.staff.employeeNumber.text ?? asked))
                        html.field(
                            form.field(
                                "kind", words["relative.kind"],
                                .choice(Relative.Kind.allCases.map { Option($0.rawValue, words[$0.word]) })))
                        html.field(form.field("name", words["relative.name"], .text(max: FullName.charactersMax)))
                        html.note(words["relative.name-help"])
                        html.button(words["relative.declare"])
                    }
                }
                if let found { html.relatives(found, tokens) }
            }, status: refused?.status ?? unknown.map { .init(code: $0.kind.rawValue) } ?? .ok)
    }
}

extension PostedForm {
    fileprivate func refused(_ refusal: any Refusal) -> RefusedDeed {
        RefusedDeed(resource: RelativesPage.declaring, form: self, refusal: refusal)
    }
}

extension HTML {
    fileprivate mutating func relatives(_ declared: Hall.Declared, _ tokens: FormTokens) {
        let number = declared.staff.employeeNumber.text
        table(
            words("relative.of", ["number": number]),
            [Column(words["relative.kind"]), Column(words["relative.since"]), Column("")], declared.relatives
        ) { html in
            html.empty(html.words["relative.none"], html.words["relative.none-help"])
        } row: { html, relative in
            html.row { html in
                html.headCell(html.words[relative.kind.word])
                html.cell { $0.moment(relative.declaredAt) }
                html.cell { html in
                    html.deed("\(Paths.relatives)/\(relative.id)/withdrawal", tokens) { html in
                        html.hidden("staff", number)
                        html.button(html.words["relative.withdraw"], .quiet)
                    }
                }
            }
        }
    }
}
