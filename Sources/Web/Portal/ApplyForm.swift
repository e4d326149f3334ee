import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// A page of the declared form: a few questions, prefilled where the city knows the answer.
struct ApplyForm {
    let site: Site
    private var desk: ApplicationDesk { ApplicationDesk(site: site) }

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        let application = try await desk.open(context)
        return try await show(application, try page(context, application), context, defects: [])
    }

    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        var application = try await desk.open(context)
        let index = try page(context, application)
        application.take(form, page: index)
        let fields = Set(application.pages[index].fields.map(\.id))
        let defects = application.guide.validate(
            application.draft.contents.answers, situation: application.draft.contents.situation, tables: site.tables
        ).filter { fields.contains($0.element) }
        // What was typed is kept even when something is wrong with it.
        try await site.hall.save(application.draft)
        guard defects.isEmpty else { return try await show(application, index, context, defects: defects) }
        return .seeOther(Paths.draft(application.draft.id, application.after("form-\(index + 1)")))
    }

    /// `POST …/autosave`: keeps what is typed so far, right or wrong.
    func autosave(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        var application = try await desk.open(context)
        application.take(form, page: try page(context, application))
        try await site.hall.save(application.draft)
        return Response(status: .noContent)
    }

    private func page(_ context: PortalContext, _ application: Application) throws -> Int {
        guard let number = Int(try context.parameters.require("page")), (1...application.pages.count).contains(number)
        else { throw DoorRefusal.noSuchPage }
        return number - 1
    }

    private func show(
        _ application: Application, _ index: Int, _ context: PortalContext, defects: [GuideDefect]
    ) async throws -> Response {
        let faces = try await desk.faces(application)
        let words = site.visit(context, .portal).words
        let errors = defects.map { FieldError($0.element, words.sentence($0)) }
        return desk.page(application, "form-\(index + 1)", context, errors: errors) { html in
            for field in application.pages[index].fields {
                let error = errors.first { $0.field == field.id }?.sentence
                let typed = application.draft.contents.answers[field.id]
                let known = application.prefill(field, faces: faces, words)
                html.field(
                    field.asked(site.tables, words).with { asked in
                        asked.answer = .of(field, typed ?? known?.0 ?? "")
                        asked.answer.error = error
                        if typed == nil || typed == known?.0 { asked.answer.origin = known?.1 }
                    })
            }
            html.element("p", .class("links")) { html in
                let sample = Paths.form(application.item.itemCode, Paths.sample)
                html.link(PageLink(words["form.sample-link"], sample), icon: .file)
            }
            html.button(words["apply.continue"])
        }
    }
}

extension Application {
    /// Takes the answers of one page.
    fileprivate mutating func take(_ form: PostedForm, page index: Int) {
        for field in pages[index].fields {
            let value = form.group("")[field.id] ?? ""
            draft.contents.answers[field.id] = value.isEmpty ? nil : value
        }
        draft.contents.step = max(draft.contents.step, index + 2)
    }
}

extension Answer {
    /// An answer as its field holds it: several choices are joined by commas.
    static func of(_ field: FormField, _ value: String) -> Answer {
        var answer = Answer(value)
        if field.type == .multichoice { answer.values = value.split(separator: ",").map(String.init) }
        return answer
    }
}

extension FormField {
    /// The question as a page asks it.
    func asked(_ tables: CodeTables, _ words: Words, name: String? = nil) -> Field {
        let options =
            (options ?? []).map { Web.Option($0.id, words.pick($0.label)) }
            + (codeTable.map { tables.codes($0).map { Web.Option($0.code, words.pick($0.zh, $0.en)) } } ?? [])
        let most = maxLength ?? Limits.textCharactersMax
        let kind: FieldKind =
            switch type {
            case .text: .text(max: most)
            case .multiline: .multiline(max: most)
            case .integer: .integer((min ?? 0)...(max ?? Int(Int32.max)))
            case .date: .date
            case .choice: options.count > 7 ? .list(options) : .choice(options)
            case .multichoice: .choices(options)
            case .phone: .phone
            case .citizenID: .citizenID
            case .creditCode: .creditCode
            case .address: .address
            case .boolean: .yesNo
            case .money: .money
            }
        return Field(name ?? id, words.pick(label), kind, hint: hint.map(words.pick)).with { $0.isOptional = !required }
    }
}
