import Dossiers
import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/supervision/lights`: from when lights are yellow, for all items and for one.
struct LightTermsPage {
    let site: Site
    /// What its form is called among forms.
    private static let resource = "lights"
    /// LIMIT: settings that the page shows, the latest first.
    static let shownMax = 50

    func get(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    private func show(_ context: SupervisorContext, refused: RefusedDeed?) async throws -> Response {
        // Another process may have laid something down.
        try await site.hall.refreshCalendar()
        let book = site.hall.lightBook
        let visit = site.visit(context, .office)
        let words = visit.words
        return .page(
            visit.page(
                words["lights.title"], crumbs: [PageLink(words["supervision.title"], Paths.supervision)],
                hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(words["lights.title"])
                html.lead(words["lights.lead"])
                table(&html, book)
                html.card(words["lights.set"]) { html in
                    form(&html, book, DeedForm(Self.resource, refused, site, words), site.tokens(context))
                }
            }, status: refused?.status ?? .ok)
    }

    private func table(_ html: inout HTML, _ book: LightBook) {
        let words = html.words
        html.table(
            words["lights.title"],
            [
                Column(words["lights.item"]), Column(words["lights.from"]),
                Column(words["lights.left"], isNumeric: true), Column(words["lights.day"], isNumeric: true),
            ], Array(book.editions.suffix(Self.shownMax).reversed())
        ) { html in
            html.note(
                html.words(
                    "lights.none",
                    ["left": "\(LightTerms.usual.leftPercent)", "day": "\(LightTerms.usual.dayPercent)"]))
        } row: { html, edition in
            html.row { html in
                html.headCell(edition.item ?? html.words["lights.all"])
                html.cell { $0.date(edition.from) }
                html.cell("\(edition.terms.leftPercent)%", isNumeric: true)
                html.cell("\(edition.terms.dayPercent)%", isNumeric: true)
            }
        }
    }

    private func form(_ html: inout HTML, _ book: LightBook, _ form: DeedForm, _ tokens: FormTokens) {
        let words = html.words
        html.form(Paths.lightTerms, tokens) { html in
            html.hidden("seen", "\(book.lastNumber)")
            html.field(form.optional("item", words["lights.item"], .text(max: 12), hint: words["lights.item-hint"]))
            html.field(form.field("from", words["lights.from"], .date, hint: words["lights.from-hint"]))
            html.field(
                form.field(
                    "left", words["lights.left"], .integer(LightTerms.percents),
                    start: "\(LightTerms.usual.leftPercent)"))
            html.field(
                form.field(
                    "day", words["lights.day"], .integer(LightTerms.percents),
                    start: "\(LightTerms.usual.dayPercent)"))
            html.button(words["lights.set"])
        }
    }

    /// `POST …/lights`: lays it down; what cannot be comes back with everything that was typed.
    func post(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let seen = try form.seen()
        do {
            let terms = LightTerms(leftPercent: form.number("left"), dayPercent: form.number("day"))
            let item = form["item"].isEmpty ? nil : form["item"].uppercased()
            _ = try await site.hall.layDown(
                terms, for: item, from: try form.day("from"), seen: seen, by: context.guest)
            return .seeOther(Paths.lightTerms)
        } catch let refusal as any Refusal where refusal.belongsToAForm {
            return try await show(
                context, refused: RefusedDeed(resource: Self.resource, form: form, refusal: refusal))
        }
    }
}
