import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `GET /office/bottlenecks/cases`: the cases behind a number, in the order of the day on which they ended.
struct BottleneckCases {
    /// LIMIT: cases of one page.
    static let rowsMax = 50

    let site: Site

    func get(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let hall = site.hall
        let today = hall.time.now().day
        guard let selection = BottlenecksAsked.selection(request) else { throw DoorRefusal.noSuchPage }
        let month = Month(of: today)
        let asked = BottlenecksAsked(request, counted: try await hall.figuresStanding().months ?? month...month)
        let scopes = Hall.figureScopes(of: context.guest.places.flatMap(\.grants), today: today)
        let cases = try await hall.courseCases(
            selection, asked.query(within: scopes), after: Self.cursor(request.asked("after")), limit: Self.rowsMax)
        let visit = site.visit(context, .office)
        let names = StatisticsNames(site: site, called: try await hall.figureNames(), words: visit.words)
        let steps = StepNames(called: names.called, words: visit.words)
        let next = cases.count == Self.rowsMax ? cases.last?.line.course : nil
        return .page(
            visit.page(
                visit.words["stat.cases"], crumbs: [PageLink(visit.words["time.title"], asked.address())]
            ) { html in
                html.title(steps.title(selection), over: visit.words["stat.cases"])
                html.courseTable(cases, names, steps)
                html.pager(
                    previous: request.asked("after").isEmpty ? nil : asked.cases(selection),
                    next: next.map { asked.cases(selection, after: "\($0.endedOn).\($0.dossier)") })
            })
    }

    private static func cursor(_ text: String) -> FigureTable.CaseCursor? {
        let parts = text.split(separator: ".")
        guard parts.count == 2, let day = CivilDate(parts[0]), let dossier = DossierID(String(parts[1])) else {
            return nil
        }
        return FigureTable.CaseCursor(day: day, dossier: dossier)
    }
}

extension StepNames {
    func title(_ selection: CourseTable.Selection) -> String {
        switch selection {
        case .step(let step): name(step)
        case .again(let step): words("time.again-in", ["step": name(step)])
        case .over(let step): words("time.over-in", ["step": name(step)])
        case .variant: words["time.way"]
        }
    }
}

extension HTML {
    fileprivate mutating func courseTable(
        _ cases: [Hall.CourseCase], _ names: StatisticsNames, _ steps: StepNames
    ) {
        table(
            words["stat.cases"],
            [
                Column(words["column.number"]), Column(words["column.item"]), Column(names.noun(.region)),
                Column(names.noun(.body)), Column(words["time.ended-on"]),
                Column(words["time.in-step"], isNumeric: true), Column(words["time.in-all"], isNumeric: true),
                Column(words["time.way"]),
            ], cases
        ) { html in
            html.empty(html.words["stat.no-cases"], html.words["stat.no-cases-help"])
        } row: { html, one in
            let course = one.line.course
            html.row { html in
                html.headCell(one.number)
                html.cell(names.name(String(course.place.item.suffix(12)), of: .item))
                html.cell(names.name(course.place.region.code, of: .region))
                html.cell(names.name(course.place.body.code, of: .body))
                html.cell(html.words.plainDate(course.endedOn))
                html.cell(one.line.part.map { StepNames.days($0.whole.parts) } ?? "–", isNumeric: true)
                html.cell(StepNames.days(course.whole.parts), isNumeric: true)
                html.cell { $0.way(steps.way(course.variant.split(separator: ">").map(String.init))) }
            }
        }
    }
}
