import Catalogue
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /office/catalogue`: the sheets of the city's catalogue, and where each stands.
struct SheetList {
    let site: Site

    func get(_ request: Request, _ context: EditorContext) async throws -> Response {
        let state = SheetState(rawValue: request.asked("state"))
        let lines = try await site.hall.sheets(state, after: request.asked("after"))
        let open = try await site.hall.openProposals()
        let visit = site.visit(context, .office)
        let words = visit.words
        return .page(
            visit.page(words["nav.catalogue"]) { html in
                html.title(words["nav.catalogue"])
                html.lead(words["sheet.lead"])
                html.buttons { html in
                    html.buttonLink(words["sheet.new"], "/office/catalogue/new", .primary, key: "n")
                    html.buttonLink(words["misled.title"], MisguidancePage.path, .secondary, key: "d")
                    html.buttonLink(
                        open == 0 ? words["proposal.title"] : words.count("proposal.open-count", open),
                        ProposalsPage.path, .secondary)
                }
                html.filters("/office/catalogue") { html in
                    html.field(
                        Field(
                            "state", words["sheet.state"], .list(states(words)), answer: Answer(state?.rawValue ?? "")
                        )
                        .with { $0.isOptional = true })
                }
                html.table(
                    words["nav.catalogue"],
                    [
                        Column(words["column.item"]), Column(words["sheet.code"]), Column(words["sheet.state"]),
                        Column(words["sheet.missing"], isNumeric: true),
                    ], lines
                ) { html in
                    html.empty(words["sheet.none"], words["sheet.none-help"])
                } row: { html, line in
                    html.row { html in
                        html.headCell(line.name, href: Paths.sheet(line.slug))
                        html.cell(line.slug)
                        html.cell(words.pick(line.state.label))
                        html.cell(words.number(line.missing), isNumeric: true)
                    }
                }
                let next = lines.count < Limits.pageRowsMax ? nil : lines.last
                html.pager(
                    previous: nil,
                    next: next.map { "/office/catalogue?state=\(state?.rawValue ?? "")&after=\($0.slug)" })
            })
    }

    private func states(_ words: Words) -> [Option] {
        [Option("", words["sheet.every-state"])]
            + SheetState.allCases.map { Option($0.rawValue, words.pick($0.label)) }
    }
}

/// `/office/catalogue/new`: a new item; the program gives the code, and another item may lend its elements.
struct NewSheet {
    let site: Site

    func get(_ request: Request, _ context: EditorContext) async throws -> Response {
        show(context, PostedForm(fields: [:]), errors: [])
    }

    func post(_ request: Request, _ context: EditorContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let words = site.visit(context, .office).words
        var errors: [FieldError] = []
        if form["name"].isEmpty { errors.append(FieldError("name", words["sheet.name-missing"])) }
        let type = ItemType(rawValue: form["type"])
        if type == nil { errors.append(FieldError("type", words["sheet.type-missing"])) }
        let departments = site.composer.departments
        let department = departments.all.first { $0.key == form["department"] }
        if department == nil { errors.append(FieldError("department", words["sheet.department-missing"])) }
        guard let type, let department, errors.isEmpty else { return show(context, form, errors: errors) }
        let slug = try await site.hall.beginSheet(
            try CatalogueImport.Item(
                Bilingual(form["name"], form["nameEnglish"]), type, department, in: departments),
            like: form["template"], by: context.guest, site.composer)
        return .seeOther(Paths.sheet(slug))
    }

    private func show(_ context: EditorContext, _ form: PostedForm, errors: [FieldError]) -> Response {
        let visit = site.visit(context, .office)
        let words = visit.words
        let answer = { (name: String) in
            Answer(form[name], error: errors.first { $0.field == name }?.sentence)
        }
        return .page(
            visit.page(
                words["sheet.new"], crumbs: [PageLink(words["nav.catalogue"], "/office/catalogue")],
                hasErrors: !errors.isEmpty
            ) { html in
                html.title(words["sheet.new"])
                html.errorSummary(errors)
                html.form("/office/catalogue/new", site.tokens(context)) { html in
                    html.field(Field("name", words["sheet.name"], .text(max: 200), answer: answer("name")))
                    html.field(
                        Field(
                            "nameEnglish", words["sheet.name-english"], .text(max: 800), answer: answer("nameEnglish")
                        )
                        .with { $0.isOptional = true })
                    html.field(
                        Field(
                            "type", words["sheet.type"],
                            .list(site.tables.codes("itemType").map { Option($0.code, words.pick($0.zh, $0.en)) }),
                            answer: answer("type")))
                    html.field(
                        Field(
                            "department", words["sheet.department"],
                            .list(
                                site.composer.departments.all.map {
                                    Option($0.key, words.pick($0.name, $0.nameEnglish))
                                }),
                            answer: answer("department")))
                    html.field(
                        Field(
                            "template", words["sheet.template"], .text(max: 60), hint: words["sheet.template-hint"],
                            answer: answer("template")
                        ).with { $0.isOptional = true })
                    html.button(words["sheet.begin"])
                }
            }, status: errors.isEmpty ? .ok : .init(code: 422))
    }
}

/// `/office/catalogue/{slug}`: a sheet: what is filled in, what is wrong, what differs from what is in force, and the
/// deed that is next.
struct SheetPage {
    let site: Site

    func get(_ request: Request, _ context: EditorContext) async throws -> Response {
        try await show(context, withoutReason: nil)
    }

    /// The sheet; `withoutReason` is the deed that was sent without the reason that it must have.
    private func show(_ context: EditorContext, withoutReason deed: String?) async throws -> Response {
        let kept = try await site.hall.sheet(try context.parameters.require("slug"))
        let visit = site.visit(context, .office)
        let words = visit.words
        var view = SheetView(kept, site, words)
        view.withoutReason = deed
        let shown = view
        let errors = deed.map { [FieldError(SheetView.reason(of: $0), words["sheet.reason-missing"])] } ?? []
        let inForce = try await view.inForce()
        let slug = kept.sheet.slug
        let standing = try await site.hall.standing(of: slug)
        let misled = MisguidanceView(
            report: try await site.hall.misguidance(
                of: kept.sheet.powers.map(\.catalogCode.code),
                since: site.hall.time.now().day.advanced(byDays: 1 - MisguidancePage.spans[1])),
            guest: context.guest, site: site, words: words)
        let open = try await site.hall.proposals(of: kept.sheet.powers.map(\.catalogCode), site.composer)
        let impact = view.guides.isEmpty ? nil : try await site.hall.impact(of: view.guides, slug: slug)
        return .page(
            visit.page(
                view.title, crumbs: [PageLink(words["nav.catalogue"], "/office/catalogue")], hasErrors: !errors.isEmpty
            ) { html in
                html.title(shown.title, over: words("sheet.code-is", ["code": shown.code]))
                html.errorSummary(errors)
                html.lead(words[shown.next])
                if !open.isEmpty { ProposalNotice(proposals: open, words: words).show(&html) }
                html.columns(isAsideFirst: !errors.isEmpty) { html in
                    shown.defects(&html)
                    shown.fields(&html)
                    shown.differences(&html, inForce)
                } aside: { html in
                    shown.facts(&html, standing)
                    shown.impact(&html, impact, inForce)
                    misled.card(&html, slug: slug)
                    shown.deeds(&html, site.tokens(context))
                    shown.stops(&html, standing, site.tokens(context))
                }
            }, status: errors.isEmpty ? .ok : .init(code: 422))
    }

    /// `POST …/{deed}`: submission, return, approval, publication; suspension, resumption, cancellation.
    func post(_ request: Request, _ context: EditorContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let slug = try context.parameters.require("slug")
        guard let revision = Int(form["revision"]) else { throw DoorRefusal.malformedForm }
        let name = try context.parameters.require("deed")
        let reason = form[SheetView.reason(of: name)]
        let deed: SheetDeed
        switch name {
        case "submission": deed = .submit
        case "return": deed = .giveBack(reason: reason)
        case "approval": deed = .approve
        case "publication":
            guard let day = CivilDate(form["from"]) else { throw DoorRefusal.malformedForm }
            deed = .publish(from: day)
        case "suspension": deed = .suspend(reason: reason)
        case "resumption": deed = .resume
        case "cancellation": deed = .cancel(reason: reason)
        default: throw DoorRefusal.noSuchPage
        }
        do {
            try await site.hall.perform(deed, on: slug, revision: revision, by: context.guest, site.composer)
        } catch CatalogueRefusal.reasonMissing {
            return try await show(context, withoutReason: name)
        }
        return .seeOther(Paths.sheet(slug))
    }
}
