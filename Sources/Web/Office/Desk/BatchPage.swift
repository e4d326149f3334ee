import Accounts
import Catalogue
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// Like cases decided together: one text of grounds, and each still a command and a transaction of its own.
struct BatchPage {
    /// LIMIT: cases that are decided together.
    static let casesMax = 20
    /// LIMIT: answers that are shown as different, for each case.
    static let differencesMax = 8

    let site: Site

    /// `GET /office/batch?dossier=…`: what was chosen, with what differs, before anything is decided. Opening it is a
    /// look at each.
    func get(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let chosen = request.askedAll("dossier").prefix(Self.casesMax).compactMap { DossierID($0) }
        var opened: [DossierID: Hall.Opened] = [:]
        for id in Set(chosen).sorted() {
            opened[id] = try await site.hall.open(id, by: context.guest, with: [.decide], purpose: .batch)
        }
        let visit = site.visit(context, .office)
        guard let batch = Batch(opened.values.map(\.dossier).sorted { $0.id < $1.id }) else {
            return .page(
                visit.page(visit.words["batch.title"], crumbs: crumbs(visit.words)) { html in
                    html.title(visit.words["batch.title"])
                    html.empty(
                        visit.words["batch.none"], visit.words["batch.none-help"],
                        action: PageLink(visit.words["nav.office"], "/office"))
                })
        }
        let terms = batch.like[0].submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        let views = batch.like.compactMap { opened[$0.id] }.map {
            DossierView($0, item, site, visit.words, isForStaff: true)
        }
        return .page(
            visit.page(visit.words["batch.title"], crumbs: crumbs(visit.words)) { html in
                html.title(visit.words["batch.title"], over: views[0].title)
                html.lead(visit.words.count(batch.proposal.batch, batch.like.count))
                if batch.leftOut > 0 {
                    html.banner(.warning, visit.words.count("batch.left-out", batch.leftOut))
                }
                html.form("/office/batch/decisions", site.tokens(context)) { html in
                    html.hidden("choice", batch.proposal.rawValue)
                    table(&html, views)
                    html.field(
                        Field(
                            "note", visit.words["office.grounds"], .multiline(max: 2000),
                            hint: visit.words["batch.grounds-hint"]))
                    if batch.proposal == .refuse {
                        html.field(
                            Field(
                                "standard", visit.words["office.standard"], .text(max: 200),
                                hint: visit.words["office.standard-hint"]
                            ).with { $0.isOptional = true })
                    }
                    html.button(visit.words["batch.send"], key: "s")
                }
            })
    }

    private func table(_ html: inout HTML, _ views: [DossierView]) {
        let words = html.words
        let differing = differing(views)
        html.table(
            words["batch.title"],
            [Column(words["column.number"]), Column(words["column.applicant"]), Column(words["batch.differs"])], views
        ) { _ in
        } row: { html, view in
            html.row { html in
                html.element("th", Attribute("scope", "row")) { html in
                    html.element("a", .href(Paths.office(view.dossier.id)), text: view.dossier.submitted.numbers.short)
                    html.hidden("dossier", "\(view.dossier.id)")
                    html.element(
                        "input", Attribute("type", "hidden"), .data("name", "token-\(view.dossier.id)"),
                        .data("value", site.hall.newToken()), text: "")
                }
                html.cell(view.dossier.personal?.applicantName ?? "—")
                html.cell { html in
                    if differing.isEmpty { return html.text(words["batch.alike"]) }
                    html.summary(differing.map { SummaryRow($0.label, $0.value(view)) })
                }
            }
        }
    }

    /// A question whose answers are not all the same.
    private struct Difference {
        let label: String
        let value: (DossierView) -> String
    }

    private func differing(_ views: [DossierView]) -> [Difference] {
        let words = views[0].words
        var found = [
            Difference(label: words["dossier.delivery"]) {
                words.pick($0.dossier.submitted.delivery.label, $0.dossier.submitted.delivery.labelEnglish)
            },
            Difference(label: words["apply.materials"]) {
                words.list($0.dossier.materials.map { $0.material }.map(views[0].name))
            },
        ]
        let fields = views[0].item?.guide.form.pages(for: views[0].dossier.submitted.situation).flatMap(\.fields) ?? []
        found += fields.map { field in
            Difference(label: words.pick(field.label)) {
                field.display($0.dossier.personal?.answers[field.id] ?? "", site.tables, words)
            }
        }
        return Array(
            found.filter { difference in Set(views.map(difference.value)).count > 1 }.prefix(Self.differencesMax))
    }

    /// `POST /office/batch/decisions`: decides each, and says which went through and which was refused, and why. The
    /// same form sent again gets the same answers.
    func post(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let proposal = ReviewProposal(rawValue: form["choice"]) else { throw DoorRefusal.malformedForm }
        let ids = form.all("dossier").prefix(Self.casesMax).compactMap { DossierID($0) }
        let attempts = ids.compactMap { Attempt(form: form["token-\($0)"]) }
        guard !ids.isEmpty, attempts.count == ids.count else { throw DoorRefusal.malformedForm }
        // What is wrong with all of them is said once.
        if form["note"].isEmpty { throw DossierRefusal.reasonMissing }
        guard max(form["note"].count, form["standard"].count) <= Limits.textCharactersMax else {
            throw DossierRefusal.textTooLong
        }
        var results: [Result] = []
        for (id, attempt) in zip(ids, attempts) {
            results.append(try await decide(id, proposal, form, context, attempt))
        }
        let visit = site.visit(context, .office)
        let words = visit.words
        let done = results.filter { $0.refusal == nil }.count
        return .page(
            visit.page(words["batch.done-title"], crumbs: crumbs(words)) { html in
                html.title(words["batch.done-title"])
                html.banner(done == results.count ? .success : .warning, words.count("batch.done", done))
                html.table(
                    words["batch.done-title"], [Column(words["column.number"]), Column(words["batch.result"])], results
                ) { _ in
                } row: { html, result in
                    html.row { html in
                        html.headCell(result.number, href: Paths.office(result.id))
                        html.cell { html in
                            guard let refusal = result.refusal else {
                                html.tag(Tag(words[proposal == .grant ? "office.grant" : "office.refuse"], .good))
                                return
                            }
                            html.tag(Tag(words["batch.refused"], .bad))
                            html.element("p", text: words.sentences(refusal.what, refusal.mend))
                        }
                    }
                }
                html.buttons { $0.buttonLink(words["nav.office"], "/office", .primary) }
            }, status: done == 0 ? .conflict : .ok)
    }

    private struct Result {
        let id: DossierID
        let number: String
        let refusal: (what: String, mend: String)?
    }

    private func decide(
        _ id: DossierID, _ proposal: ReviewProposal, _ form: PostedForm, _ context: OfficerContext,
        _ attempt: Attempt
    ) async throws -> Result {
        let number = try await site.hall.shortNumber(of: id) ?? "\(id)"
        do {
            let command: DossierCommand =
                proposal == .grant
                ? try await site.hall.grant(id, grounds: form["note"])
                : .refuse(grounds: form["note"], standard: form["standard"])
            _ = try await site.hall.perform(command, on: id, by: context.performer(site), attempt: attempt)
            return Result(id: id, number: number, refusal: nil)
        } catch let refusal as any Refusal {
            let words = site.visit(context, .office).words
            return Result(id: id, number: number, refusal: site.refusals[refusal.code, words])
        }
    }

    private func crumbs(_ words: Words) -> [PageLink] { [PageLink(words["nav.office"], "/office")] }
}
