import Catalogue
import Documents
import Hall
import Hummingbird
import Supervision
import Vocabulary
import Windows

/// `/office/statistics/queues`: how long people waited in the halls and what the windows did, for those who see the
/// figures of their places.
struct QueuesPage {
    let site: Site

    func get(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let view = try await QueuesView(site, request, context)
        let words = view.words
        return .page(
            site.visit(context, .office).page(
                words["queues.title"], crumbs: [PageLink(words["stat.title"], StatisticsAsked.path)]
            ) { html in
                html.title(words["queues.title"], over: view.scope)
                html.statisticsTabs(current: QueuesAsked.path)
                guard view.counted != nil else {
                    return html.empty(words["queues.empty"], words["queues.empty-help"])
                }
                view.filters(&html)
                guard view.figures.now.taken > 0 else {
                    return html.empty(words["queues.none"], words["queues.none-help"])
                }
                view.headline(&html)
                view.plots(&html)
                view.table(&html)
                html.note(words["queues.rules"])
            })
    }

    /// `GET /office/statistics/queues.csv`: every column of the table.
    func csv(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let view = try await QueuesView(site, request, context)
        return .csv(SheetRows.csv(of: view.sheet), named: "queues", for: request)
    }

    /// `GET /office/statistics/queues.xlsx`: the same as a workbook.
    func workbook(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let view = try await QueuesView(site, request, context)
        let table = WorkbookWriter.Sheet(
            view.words["queues.title"], widths: [16, 32] + view.columns.map { _ in 16 }, rows: view.sheet,
            numbers: Set(2..<view.columns.count + 2))
        let note = WorkbookWriter.Sheet(
            view.words["stat.note"], widths: [100], rows: [[view.scope], [view.words["queues.rules"]]])
        return .workbook(try WorkbookWriter.bytes(of: [table, note]), named: "queues", for: request)
    }
}

extension HTML {
    /// From the figures of cases to those of the halls' queues, and to where the time goes.
    mutating func statisticsTabs(current: String) {
        tabs(
            [
                PageLink(words["stat.tab-cases"], StatisticsAsked.path),
                PageLink(words["queues.title"], QueuesAsked.path),
                PageLink(words["time.title"], BottlenecksAsked.path),
            ], current: current)
    }
}
