import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// One draft on its way through the steps: situation, the form's pages, materials, way, check.
struct Application: Sendable {
    var draft: Draft
    let item: ItemVersion
    let applicant: Person
    let citizen: Citizen
    /// Certificates of the applicant or the writer that satisfy materials, by the material.
    let held: [String: CertificateLine]
    /// Certificates of the right type that do not serve, by the material, with why.
    let unfit: [String: Hall.Unfit]
    /// What was answered in the applicant's last application for the item; empty unless the form asks for it.
    let earlier: [String: String]

    var guide: Guide { item.guide }

    /// The addresses of the steps, in order.
    var steps: [String] {
        (guide.situations.isEmpty ? [] : ["situation"]) + pages.indices.map { "form-\($0 + 1)" }
            + (offer == nil ? [] : ["commitment"]) + ["materials", "way"]
            + (draft.contents.delivery?.carrier == .courier ? ["address"] : []) + ["check"]
    }

    var pages: [ApplicationForm.Page] { guide.form.pages(for: draft.contents.situation) }
    var materials: [MaterialSpec] { guide.materials(for: draft.contents.situation) }

    func steps(_ words: Words) -> [Step] {
        steps.map { step in
            let name: String =
                switch step {
                case "situation": words["apply.situation"]
                case "commitment": words["commitment.title"]
                case "materials": words["apply.materials"]
                case "way": words["apply.way"]
                case "address": words["apply.address"]
                case "check": words["apply.check"]
                default: pages.indices.contains(Self.page(step)) ? words.pick(pages[Self.page(step)].title) : step
                }
            return Step(name, href: Paths.draft(draft.id, step))
        }
    }

    /// The index of a form page by its step, `form-1` being the first.
    static func page(_ step: String) -> Int { (Int(step.dropFirst(5)) ?? 0) - 1 }

    /// The step after one; the check is the last.
    func after(_ step: String) -> String {
        let index = steps.firstIndex(of: step).map { $0 + 1 } ?? 0
        return steps[min(index, steps.count - 1)]
    }

    /// The step before one; nil before the first.
    func before(_ step: String) -> String? {
        steps.firstIndex(of: step).flatMap { $0 > 0 ? steps[$0 - 1] : nil }
    }

    /// What the account or the library can answer of a field, and where it comes from.
    func prefill(_ field: FormField, faces: [String: [String: String]], _ words: Words) -> (String, String)? {
        guard let prefill = field.prefill else { return nil }
        switch prefill.source {
        case .account: return account(prefill.field).map { ($0, words["apply.from-account"]) }
        case .certificate:
            guard let type = prefill.certificateTypeCode, let value = faces[type]?[prefill.field] else { return nil }
            return (value, words["apply.from-certificate"])
        case .earlier: return earlier[prefill.field].map { ($0, words["apply.from-earlier"]) }
        case .register: return applicant.registered(prefill.field).map { ($0, words["apply.from-register"]) }
        }
    }

    private func account(_ field: String) -> String? {
        applicant.known(field) ?? (field == "phone" ? citizen.mobile?.number : nil)
    }

    /// What will be handed in by now: the form itself, what the library holds, what was uploaded.
    var handedIn: [HandedIn] {
        asked.compactMap { material in
            if let certificate = held[material.id] { return HandedIn(material.id, .certificate(certificate.id)) }
            if material.isTheForm { return HandedIn(material.id, .answers) }
            return draft.contents.materials.first { $0.material == material.id }
        }
    }

    /// How often one must come, by what is asked for and what is held.
    var plan: TripPlan { TripPlan(guide, materials: asked, held: Set(held.keys)) }
}

/// Loads a draft with everything around it.
struct ApplicationDesk: Sendable {
    let site: Site

    func open(_ context: PortalContext) async throws -> Application {
        guard let id = DraftID(try context.parameters.require("draft")) else { throw DoorRefusal.noSuchPage }
        let draft = try await site.hall.draft(id, of: context.citizen.id)
        guard let item = try await site.hall.item(draft.implementationCode, version: draft.itemVersion) else {
            throw DoorRefusal.noSuchPage
        }
        let persons = try await site.hall.principals(of: context.citizen, in: .item(item.guide.catalogCode.code))
        guard let applicant = persons.first(where: { $0.id == draft.contents.applicant ?? context.citizen.id }) else {
            throw DoorRefusal.noSuchPage
        }
        let holdings = try await site.hall.holdings(
            for: item.guide.materials,
            of: applicant.id == context.citizen.id ? [applicant] : [applicant, .citizen(context.citizen)],
            applicant: applicant.id)
        let isAsked = item.guide.form.fields.contains { $0.prefill?.source == .earlier }
        let earlier =
            isAsked
            ? try await site.hall.lastAnswers(of: applicant.id, catalogCode: item.guide.catalogCode.code) : [:]
        return Application(
            draft: draft, item: item, applicant: applicant, citizen: context.citizen, held: holdings.satisfied,
            unfit: holdings.unfit, earlier: earlier)
    }

    /// `POST /items/{code}/drafts`: begins.
    func begin(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let code = try context.parameters.require("code")
        guard let item = try await site.hall.item(code) else { throw DoorRefusal.noSuchPage }
        let persons = try await site.hall.principals(of: context.citizen, in: .item(item.guide.catalogCode.code))
        let applicant = persons.first { $0.id.description == form["applicant"] } ?? .citizen(context.citizen)
        let asked = AskedSituation(form, item.guide)
        let draft = try await site.hall.begin(
            item, by: context.citizen.id, for: applicant.id, situation: asked.choices)
        // Who has said on the guide's page what the situation is, is not asked again; the step can be gone back to.
        let first = asked.isComplete ? "form-1" : "situation"
        return .seeOther(Paths.draft(draft.id, first))
    }

    /// The faces of the certificates that satisfy materials, by type, for prefilling.
    func faces(_ application: Application) async throws -> [String: [String: String]] {
        var faces: [String: [String: String]] = [:]
        for line in application.held.values {
            if let certificate = try await site.hall.certificate(line.id) {
                faces[line.identifier.type] = certificate.personal?.face ?? [:]
            }
        }
        return faces
    }

    /// The page around a step: how far one is, the way back, errors, the form.
    func page(
        _ application: Application, _ step: String, _ context: PortalContext, errors: [FieldError] = [],
        hasFiles: Bool = false, content: (inout HTML) -> Void, after: (inout HTML) -> Void = { _ in }
    ) -> Response {
        let visit = site.visit(context, .portal)
        let words = visit.words
        let steps = application.steps(words)
        let index = application.steps.firstIndex(of: step) ?? 0
        let title = steps[index].name
        return .page(
            visit.page(title, hasErrors: !errors.isEmpty) { html in
                html.reading { html in
                    if let before = application.before(step) { html.back(Paths.draft(application.draft.id, before)) }
                    html.steps(steps, current: index)
                    html.errorSummary(errors)
                    html.title(
                        title, over: words.pick(application.guide.itemName) + " · " + application.applicant.name.text)
                    html.form(
                        Paths.draft(application.draft.id, step), site.tokens(context),
                        autosave: step.hasPrefix("form-") ? Paths.draft(application.draft.id, step) + "/autosave" : nil,
                        hasFiles: hasFiles, content: content)
                    after(&html)
                }
            }, status: errors.isEmpty ? .ok : .init(code: 422))
    }
}
