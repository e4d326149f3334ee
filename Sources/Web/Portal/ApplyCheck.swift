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
        let words = site.visit(context, .portal).words
        var errors = problems(application, words)
        let double = try await double(of: application)
        if double != nil, form["double"] != "yes" { errors.append(FieldError("double", words["apply.double-tick"])) }
        if !application.laggingSpecs.isEmpty, form["undertaking"] != "yes" {
            errors.append(FieldError("undertaking", words["tolerance.tick"]))
        }
        if form["truth"] != "yes" { errors.append(FieldError("truth", words["apply.truth-tick"])) }
        guard errors.isEmpty, let attempt = Attempt(form: form["token"]) else {
            return try await show(application, context, errors: errors)
        }
        let submission = try await submission(application, words)
        let outcome = try await site.hall.submit(submission, by: .person(context.citizen.id), attempt: attempt)
        try await site.hall.discard(application.draft)
        return .seeOther(Paths.dossier(outcome.dossier) + "?filed=1")
    }

    private func double(of application: Application) async throws -> DossierLine? {
        try await site.hall.openFiling(
            of: application.applicant.id, implementationCode: application.guide.implementationCode.code)
    }

    private func submission(_ application: Application, _ words: Words) async throws -> Submission {
        let contents = application.draft.contents
        let terms = try await site.hall.terms(of: application.item, situation: contents.situation)
        guard let mode = contents.mode, let delivery = contents.delivery else { throw DoorRefusal.malformedForm }
        let isOwn = application.applicant.id == application.citizen.id
        let names = contents.fileNames
        let signed = Submission.Signed(
            commitment: application.isCommitted ? contents.commitment : nil,
            undertaking: application.laggingSpecs.isEmpty ? nil : application.undertakingText(words))
        let renewal = try await site.hall.renewal(
            by: application.applicant.id, of: application.guide, situation: contents.situation)
        let change = try await site.hall.change(
            by: application.applicant.id, of: application.guide, situation: contents.situation)
        return Submission(
            terms: terms,
            way: Submission.Way(
                mode: mode, delivery: delivery, situation: contents.situation, isCommitted: application.isCommitted,
                renewal: renewal, change: change),
            parties: Submission.Parties(
                applicant: application.applicant.id, agent: isOwn ? nil : application.citizen.id),
            numbers: try await site.hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: application.handedIn,
                personal: Submission.Personal(
                    applicant: (application.applicant.name.text, application.applicant.number.text),
                    agentName: isOwn ? nil : application.citizen.name.text,
                    contactMobile: application.citizen.mobile?.number ?? "", answers: contents.answers,
                    files: (names, site.hall.queryPassword())
                ).signing(signed).delivered(to: delivery.carrier == .courier ? contents.deliverTo : nil)))
    }

    /// What still stands in the way, with the step where it can be mended.
    private func problems(_ application: Application, _ words: Words) -> [FieldError] {
        let contents = application.draft.contents
        let defects = application.guide.validate(
            contents.answers, situation: contents.situation, tables: site.tables)
        var errors = defects.map { FieldError($0.element, words.sentence($0)) }
        errors += application.missing.map {
            FieldError($0.id, words("apply.material-missing", ["name": words.pick($0.name)]))
        }
        let way = application.ways(site.hall).contains { $0.mode == contents.mode && $0.delivery == contents.delivery }
        if !way { errors.append(FieldError("way", words["apply.way-missing"])) }
        if application.steps.contains("address"), contents.deliverTo == nil {
            errors.append(FieldError("address", words["apply.address-missing"]))
        }
        if application.offer != nil, !application.isCommitted, contents.declinesCommitment != true {
            errors.append(FieldError("commitment", words["commitment.choose"]))
        }
        return errors
    }

    private func show(
        _ application: Application, _ context: PortalContext, errors: [FieldError]
    ) async throws -> Response {
        let words = site.visit(context, .portal).words
        let double = try await double(of: application)
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
