import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// The last step: everything in one place, each answer with the way to change it; then it is sent.
struct ApplyCheck {
    let site: Site
    private var desk: ApplicationDesk { ApplicationDesk(site: site) }

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await show(try await desk.open(context), context, errors: [])
    }

    /// `POST /drafts/{draft}/check`: files the application.
    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let application = try await desk.open(context)
        if lacking(application, context) != nil {
            var response = try await show(application, context, errors: [])
            response.status = .forbidden
            return response
        }
        let words = site.visit(context, .portal).words
        var errors = application.gaps(site).map { FieldError($0.place.field, $0.sentence(words)) }
        let double = try await application.openFiling(site.hall)
        if double != nil, form["double"] != "yes" { errors.append(FieldError("double", words["apply.double-tick"])) }
        if !application.laggingSpecs.isEmpty, form["undertaking"] != "yes" {
            errors.append(FieldError("undertaking", words["tolerance.tick"]))
        }
        if form["truth"] != "yes" { errors.append(FieldError("truth", words["apply.truth-tick"])) }
        guard errors.isEmpty, let attempt = Attempt(form: form["token"]) else {
            return try await show(application, context, errors: errors)
        }
        let submission = try await application.submission(site, words)
        let level = context.guest.session.level(at: site.hall.time.now())
        let outcome = try await site.hall.submit(
            submission, by: .person(context.citizen.id, level: level), attempt: attempt)
        try await site.hall.discard(application.draft)
        return .seeOther(Paths.dossier(outcome.dossier) + "?filed=1")
    }

    /// The level that the chosen way demands, where the sign-in did not prove it.
    private func lacking(_ application: Application, _ context: PortalContext) -> AssuranceLevel? {
        application.draft.contents.mode.flatMap { site.hall.demandedLevel(for: $0, of: context.guest.session) }
    }

    private func show(
        _ application: Application, _ context: PortalContext, errors: [FieldError]
    ) async throws -> Response {
        let words = site.visit(context, .portal).words
        let double = try await application.openFiling(site.hall)
        let lacking = lacking(application, context)
        return desk.page(application, "check", context, errors: errors) { html in
            html.subheading(words["apply.situation"])
            html.summary(application.situationRows(words))
            for (index, page) in application.pages.enumerated() {
                html.subheading(words.pick(page.title))
                html.summary(page.fields.map { application.row($0, "form-\(index + 1)", site.tables, words) })
            }
            html.subheading(words["apply.materials"])
            html.summary(application.materialRows(words))
            html.subheading(words["apply.way"])
            html.summary([application.wayRow(words)] + application.addressRow(site, words))
            application.consent(&html)
            if let lacking {
                let check = Paths.draft(application.draft.id, "check")
                return html.raise(to: lacking, back: check, isOffered: site.identity != nil)
            }
            if let double {
                html.banner(.warning, words("apply.double", ["number": double.short]))
                html.field(
                    Field(
                        "double", words["apply.double-label"], .consent(words["apply.double-consent"]),
                        answer: Answer("", error: errors.first { $0.field == "double" }?.sentence)))
            }
            if !application.laggingSpecs.isEmpty {
                html.field(
                    Field(
                        "undertaking", words["tolerance.signed-text"], .consent(application.undertakingText(words)),
                        answer: Answer("", error: errors.first { $0.field == "undertaking" }?.sentence)))
            }
            html.field(
                Field(
                    "truth", words["apply.truth-label"], .consent(words["apply.truth-consent"]),
                    answer: Answer("", error: errors.first { $0.field == "truth" }?.sentence)))
            html.button(words["apply.send"])
        }
    }
}

extension Application {
    fileprivate func situationRows(_ words: Words) -> [SummaryRow] {
        guide.situations.map { situation in
            let chosen = situation.choices.first { $0.id == draft.contents.situation[situation.id] }
            return SummaryRow(
                words.pick(situation.question), chosen.map { words.pick($0.label) } ?? "",
                change: Paths.draft(draft.id, "situation"))
        }
    }

    fileprivate func row(_ field: FormField, _ step: String, _ tables: CodeTables, _ words: Words) -> SummaryRow {
        SummaryRow(
            words.pick(field.label), field.display(draft.contents.answers[field.id] ?? "", tables, words),
            change: Paths.draft(draft.id, step))
    }

    fileprivate func materialRows(_ words: Words) -> [SummaryRow] {
        let later = Set(laggingSpecs.map(\.id))
        return materials.map { material in
            let value: String =
                if isCommitted && offer?.materials.contains(material.id) == true {
                    words["commitment.in-place"]
                } else if later.contains(material.id) {
                    words["tolerance.later"]
                } else if let line = held[material.id] {
                    words("need.certificate", ["number": line.identifier.serial])
                } else if material.isTheForm {
                    words["apply.form-made"]
                } else {
                    words.list(kept(material.id).map(\.link.text))
                }
            return SummaryRow(words.pick(material.name), value, change: Paths.draft(draft.id, "materials"))
        }
    }

    /// Writes which certificates the authority will use, and for what: sending is the authorisation.
    fileprivate func consent(_ html: inout HTML) {
        let words = html.words
        let used = asked.compactMap { material in held[material.id].map { (material.name, $0.identifier.serial) } }
        guard !used.isEmpty else { return }
        html.subheading(words["use.consent-title"])
        html.paragraph(words["use.consent"])
        html.element("ul") { html in
            for (name, serial) in used {
                html.element("li", text: words("use.consent-row", ["name": words.pick(name), "number": serial]))
            }
        }
    }

    /// To which door a courier brings the result; nothing where none does.
    fileprivate func addressRow(_ site: Site, _ words: Words) -> [SummaryRow] {
        guard steps.contains("address") else { return [] }
        return [
            SummaryRow(
                words["apply.address"], draft.contents.deliverTo.map { site.line($0, words) } ?? "",
                change: Paths.draft(draft.id, "address"), note: words["address.free"])
        ]
    }

    fileprivate func wayRow(_ words: Words) -> SummaryRow {
        let (mode, delivery) = (draft.contents.mode, draft.contents.delivery)
        return SummaryRow(
            words["apply.way-question"], delivery.map { words.pick($0.label, $0.labelEnglish) } ?? "",
            change: Paths.draft(draft.id, "way"), note: mode.map { words.way($0, by: delivery) } ?? "")
    }
}

extension FormField {
    /// An answer as a reader sees it.
    func display(_ answer: String, _ tables: CodeTables, _ words: Words) -> String {
        switch type {
        case .choice, .multichoice:
            words.list(chosen(answer, tables).map { words.pick($0) })
        case .boolean: answer.isEmpty ? "" : words[answer == "true" ? Word("field.yes") : Word("field.no")]
        case .date: CivilDate(answer).map(words.date) ?? answer
        default: answer
        }
    }
}
