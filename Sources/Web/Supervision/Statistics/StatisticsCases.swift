import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `GET /office/statistics/cases`: the dossiers behind a figure, in the order of the day on which they count.
struct StatisticsCases {
    /// LIMIT: dossiers of one page.
    static let rowsMax = 50

    let site: Site

    func get(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let hall = site.hall
        let today = hall.time.now().day
        guard let figure = CaseFigure.named(request.asked("figure")), figure.hasCases else {
            throw DoorRefusal.noSuchPage
        }
        let month = Month(of: today)
        let asked = StatisticsAsked(
            request, counted: try await hall.figuresStanding().months ?? month...month)
        let scopes = Hall.figureScopes(of: context.guest.places.flatMap(\.grants), today: today)
        let cases = try await hall.figureCases(
            figure, asked.query(within: scopes), after: Self.cursor(request.asked("after")), limit: Self.rowsMax)
        let visit = site.visit(context, .office)
        let words = visit.words
        let names = StatisticsNames(site: site, called: try await hall.figureNames(), words: words)
        let title = StatisticsColumn.named(figure.id).map { words[$0.title] } ?? words["stat.cases"]
        let next = cases.count == Self.rowsMax ? cases.last.flatMap { Self.text($0.counted, figure) } : nil
        return .page(
            visit.page(words["stat.cases"], crumbs: [PageLink(words["stat.title"], asked.address())]) { html in
                html.title(title, over: words["stat.cases"])
                html.caseTable(cases, figure, names)
                html.pager(
                    previous: request.asked("after").isEmpty ? nil : asked.address("/cases", figure: figure.id),
                    next: next.map { asked.address("/cases", figure: figure.id, after: $0) })
            })
    }

    private static func text(_ dossier: CountedCase, _ figure: CaseFigure) -> String? {
        dossier.day(of: figure).map { "\($0).\(dossier.dossier)" }
    }

    private static func cursor(_ text: String) -> FigureTable.CaseCursor? {
        let parts = text.split(separator: ".")
        guard parts.count == 2, let day = CivilDate(parts[0]), let dossier = DossierID(String(parts[1])) else {
            return nil
        }
        return FigureTable.CaseCursor(day: day, dossier: dossier)
    }
}

extension HTML {
    fileprivate mutating func caseTable(
        _ cases: [Hall.FigureCase], _ figure: CaseFigure, _ names: StatisticsNames
    ) {
        table(
            words["stat.cases"],
            [
                Column(words["column.number"]), Column(words["column.item"]), Column(names.noun(.region)),
                Column(names.noun(.body)), Column(words["stat.filed-on"]), Column(words["stat.decided-on"]),
                Column(words["stat.taken-days"], isNumeric: true), Column(words["stat.standing"]),
            ], cases
        ) { html in
            html.empty(html.words["stat.no-cases"], html.words["stat.no-cases-help"])
        } row: { html, line in
            let counted = line.counted
            html.row { html in
                html.headCell(line.number)
                html.cell(names.name(String(counted.place.item.suffix(12)), of: .item))
                html.cell(names.name(counted.place.region.code, of: .region))
                html.cell(names.name(counted.place.body.code, of: .body))
                html.cell(html.words.plainDate(counted.days.filed))
                html.cell(counted.days.decided.map(html.words.plainDate) ?? "–")
                html.cell(
                    counted.days.decided == nil
                        ? "–" : html.words.number(counted.times.taken / DayParts.aDay), isNumeric: true)
                html.cell(html.words[counted.standing.word])
            }
        }
    }
}

extension CountedCase.Standing {
    fileprivate var word: Word {
        switch self {
        case .undecided: Word("stat.undecided")
        case .early: Word("stat.early")
        case .inTime: Word("stat.in-time")
        case .late: Word("stat.late")
        case .unlawful: Word("stat.unlawful")
        }
    }
}
