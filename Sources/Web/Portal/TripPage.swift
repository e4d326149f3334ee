import Accounts
import Catalogue
import Hall
import Hummingbird
import Vocabulary

/// `GET /items/{code}/trips`: before one applies, how often one must come for an item, step by step, and what would
/// make it fewer: as somebody who holds nothing, or, signed in, with what one holds today.
struct TripPage {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.parameters.require("code")
        guard let item = try await site.hall.item(code) else { throw DoorRefusal.noSuchPage }
        let asked = AskedSituation(request, item.guide)
        let persons = try await ItemPage(site: site).persons(context, item.guide.catalogCode.code)
        let holdings = try await site.hall.holdings(for: item.guide.materials, of: persons)
        let visit = site.visit(context, .portal)
        let view = TripView(
            item: item, asked: asked,
            plan: TripPlan(
                item.guide, situation: asked.choices, held: Set(holdings.satisfied.keys),
                hasCourier: site.hall.carries(.courier)),
            isSignedIn: !persons.isEmpty, words: visit.words)
        return .page(page(view, visit))
    }

    private func page(_ view: TripView, _ visit: Visit) -> HTML {
        let words = visit.words
        let address = Paths.item(view.item.itemCode) + view.asked.query
        let crumbs = [PageLink(words["nav.items"], "/items"), PageLink(words.pick(view.guide.title), address)]
        return visit.page(words["trips.title"], crumbs: crumbs) { html in
            html.title(view.headline, over: words.pick(view.guide.title))
            html.lead(view.lead)
            html.note(view.holder)
            html.columns { html in
                view.steps(&html)
                html.situation(view.item, view.asked, at: Paths.trips(view.item.itemCode))
                view.others(&html)
                view.savings(&html)
            } aside: { html in
                html.card(words["trips.published"]) { html in
                    html.paragraph(words.promise(of: view.guide))
                    view.difference(&html)
                    html.buttonLink(words["trips.to-item"], address, .primary)
                    if !view.isSignedIn {
                        let back = Paths.trips(view.item.itemCode, view.asked.query)
                        html.buttonLink(words["trips.sign-in"], Paths.signIn(back: back))
                    }
                }
            }
        }
    }
}
