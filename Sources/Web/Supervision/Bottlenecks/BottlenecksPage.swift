import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/bottlenecks`: where the time of closed cases went, for the city's supervisors and for heads, of their own
/// body: what to change first, steps, variants and what was done again; each number leads to its cases.
struct BottlenecksPage {
    let site: Site

    func get(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let view = try await view(request, context)
        let words = view.words
        return .page(
            site.visit(context, .office).page(
                words["time.title"], crumbs: [PageLink(words["stat.title"], StatisticsAsked.path)]
            ) { html in
                html.title(words["time.title"], over: view.scope)
                html.statisticsTabs(current: BottlenecksAsked.path)
                guard view.standing.months != nil else {
                    return html.empty(words["stat.empty"], words["stat.empty-help"])
                }
                view.filters(&html)
                guard view.found.whole.cases > 0 else { return html.empty(words["time.none"], words["time.none-help"]) }
                view.headline(&html)
                view.cut(&html)
                view.changes(&html)
                view.stepTable(&html)
                view.variants(&html)
                view.rounds(&html)
                view.files(&html)
                html.note(words["time.rules"])
            })
    }

    /// `GET /office/bottlenecks.csv`: one of the tables.
    func csv(_ request: Request, _ context: OverseerContext) async throws -> Response {
        guard let table = BottlenecksFile.Table(rawValue: request.asked("table")) else { throw DoorRefusal.noSuchPage }
        let view = try await view(request, context)
        return .csv(BottlenecksFile(view).csv(table), named: "bottlenecks-\(table.rawValue)", for: request)
    }

    /// `GET /office/bottlenecks.xlsx`: all tables as a workbook.
    func workbook(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let view = try await view(request, context)
        return .workbook(try BottlenecksFile(view).workbook, named: "bottlenecks", for: request)
    }

    private func view(_ request: Request, _ context: OverseerContext) async throws -> BottlenecksView {
        let hall = site.hall
        let today = hall.time.now().day
        let standing = try await hall.figuresStanding()
        let asked = BottlenecksAsked(request, counted: standing.months ?? Month(of: today)...Month(of: today))
        let scopes = Hall.figureScopes(of: context.guest.places.flatMap(\.grants), today: today)
        return BottlenecksView(
            asked: asked, standing: standing, found: try await hall.bottlenecks(asked.query(within: scopes)),
            scopes: scopes,
            names: StatisticsNames(
                site: site, called: try await hall.figureNames(), words: site.visit(context, .office).words))
    }
}
