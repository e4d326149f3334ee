import Documents
import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/statistics`: the figures of the city for its supervisors, those of one's own body for its heads: large
/// numbers with their change, plots, and a table told apart as one likes; each number leads to its dossiers.
struct StatisticsPage {
    let site: Site

    func get(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let view = try await view(request, context)
        let words = view.words
        return .page(
            site.visit(context, .office).page(words["stat.title"]) { html in
                html.title(words["stat.title"], over: view.scope)
                html.statisticsTabs(current: StatisticsAsked.path)
                view.standing(&html)
                guard view.standing.months != nil else {
                    return html.empty(words["stat.empty"], words["stat.empty-help"])
                }
                view.filters(&html)
                guard !view.now.isEmpty else { return html.empty(words["stat.none"], words["stat.none-help"]) }
                view.headline(&html)
                view.plots(&html)
                view.table(&html)
                view.files(&html)
                html.note(words["stat.rules"])
            })
    }

    /// `GET /office/statistics.csv`: every column of the table.
    func csv(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let view = try await view(request, context)
        return .csv(StatisticsFile(view).csv, named: "statistics", for: request)
    }

    /// `GET /office/statistics.xlsx`: the same as a workbook.
    func workbook(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let view = try await view(request, context)
        return .workbook(try StatisticsFile(view).workbook, named: "statistics", for: request)
    }

    /// `GET /office/statistics/report`: a month's report, made to be printed.
    func report(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let view = try await view(request, context)
        let words = view.words
        return .page(
            site.visit(context, .office).page(
                words["stat.report"], crumbs: [PageLink(words["stat.title"], view.asked.address())]
            ) { html in
                html.title(words["stat.report"], over: view.scope)
                guard !view.now.isEmpty else { return html.empty(words["stat.none"], words["stat.none-help"]) }
                view.summary(&html)
                view.headline(&html)
                view.plots(&html)
                view.table(&html)
                html.note(words["stat.rules"])
            })
    }

    private func view(_ request: Request, _ context: OverseerContext) async throws -> StatisticsView {
        let hall = site.hall
        let today = hall.time.now().day
        let counted = try await hall.figuresStanding().months ?? Month(of: today)...Month(of: today)
        let asked = StatisticsAsked(request, counted: counted)
        let scopes = Hall.figureScopes(of: context.guest.places.flatMap(\.grants), today: today)
        let query = asked.query(within: scopes)
        let found = try await hall.statistics(
            query,
            tables: [
                (query, []), (query.during(asked.months.before), []), (query.during(asked.months.course), [.month]),
                (query, [.region]), (query, [asked.by]),
            ])
        return StatisticsView(
            asked: asked, found: found,
            names: StatisticsNames(site: site, called: found.names, words: site.visit(context, .office).words))
    }
}

/// How what figures are told apart by is called.
struct StatisticsNames {
    let site: Site
    /// Bodies and items by their codes, in Chinese.
    let called: [String: String]
    let words: Words

    func name(_ value: String, of dimension: FigureDimension) -> String {
        switch dimension {
        case .month: Month(value).map { words.month($0) } ?? value
        case .region: place(value)
        case .body, .item: called[value] ?? value
        case .hall: value.isEmpty ? words["stat.filed-online"] : place(value)
        case .mode: ServiceMode.named(value).map { words.pick($0.label, $0.labelEnglish) } ?? value
        }
    }

    /// The noun: what a column holds.
    func noun(_ dimension: FigureDimension) -> String {
        switch dimension {
        case .month: words["stat.month"]
        case .region: words["stat.region"]
        case .body: words["stat.body"]
        case .item: words["stat.item"]
        case .hall: words["stat.hall"]
        case .mode: words["stat.mode"]
        }
    }

    func title(_ dimension: FigureDimension) -> String {
        switch dimension {
        case .month: words["stat.by-month"]
        case .region: words["stat.by-region"]
        case .body: words["stat.by-body"]
        case .item: words["stat.by-item"]
        case .hall: words["stat.by-hall"]
        case .mode: words["stat.by-mode"]
        }
    }

    /// A place as a tile of the map says it: in English without what kind of place it is.
    func short(_ region: Region) -> String {
        let name = place(region.code)
        guard words.language != .zh, let end = name.lastIndex(of: " ") else { return name }
        return String(name[..<end])
    }

    private func place(_ code: String) -> String {
        guard let region = Region(code) else { return code }
        if region == .fujian { return words["figures.province"] }
        return site.regions.entry(region).map { words.pick($0.name, $0.nameEnglish) } ?? code
    }
}
