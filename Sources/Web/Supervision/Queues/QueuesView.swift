import Hall
import Hummingbird
import Supervision
import Vocabulary
import Windows

/// The figures of queues as somebody asked for them.
struct QueuesView {
    let asked: QueuesAsked
    /// The months in which somebody came; nil before anybody did.
    let counted: ClosedRange<Month>?
    let figures: Hall.QueueFigures
    let words: Words

    init(_ site: Site, _ request: Request, _ context: OverseerContext) async throws {
        let hall = site.hall
        let today = hall.time.now().day
        counted = try await hall.queueMonths()
        asked = QueuesAsked(request, counted: counted ?? Month(of: today)...Month(of: today))
        let grants = context.guest.places.flatMap(\.grants)
        let regions = Hall.figureScopes(of: grants, today: today).map(\.regions)
        figures = try await hall.queueFigures(
            asked.query(in: regions), before: asked.months.before, course: asked.months.course)
        words = site.visit(context, .office).words
    }

    private var now: QueueSums { figures.now }

    /// How long everybody waited.
    private var waits: WaitCounts { figures.waits.values.reduce(WaitCounts(), +) }

    /// What is looked at: the months, and the hall.
    var scope: String {
        let (first, last) = (asked.months.lowerBound, asked.months.upperBound)
        let span =
            first == last
            ? words.month(first) : words("stat.span", ["from": words.month(first), "to": words.month(last)])
        return words.list([span, asked.hall.map { name($0.text) } ?? words["queues.whole"]])
    }

    private func name(_ code: String) -> String {
        figures.halls.first { $0.code.text == code }.map { words.name(of: $0) } ?? code
    }

    func filters(_ html: inout HTML) {
        html.filters(QueuesAsked.path) { html in
            html.monthFields(asked.months, counted: counted)
            let halls = figures.halls.map { Option($0.code.text, words.name(of: $0)) }
            html.field(
                Field(
                    "hall", words["stat.hall"], .list(halls), answer: Answer(asked.hall?.text ?? "")
                ).with { ($0.isOptional, $0.blank) = (true, words["queues.whole"]) })
        }
    }

    func headline(_ html: inout HTML) {
        let minutes = { (share: Int) in
            waits.minutes(ofHundred: share).map { words.minutes($0) } ?? "–"
        }
        html.figures([
            Figure(words["queues.taken"], words.number(now.taken), change: change(now.taken, figures.before.taken)),
            Figure(words["queues.median"], minutes(50)), Figure(words["queues.long"], minutes(90)),
            Figure(
                words["queues.share"],
                FigureRate(waits.within(QueueColumn.shortMinutes), of: waits.all).basisPoints.map(words.percent)
                    ?? "–"),
            Figure(
                words["queues.average"], time(now.averageWait),
                change: change(now.averageWait ?? 0, figures.before.averageWait ?? 0)),
            Figure(words["queues.handling"], time(now.averageHandling)),
            Figure(words["queues.unserved"], now.unservedRate.basisPoints.map(words.percent) ?? "–"),
        ])
    }

    private func time(_ seconds: Int?) -> String {
        seconds.map { words.minutes(($0 + 30) / 60) } ?? "–"
    }

    private func change(_ value: Int, _ earlier: Int) -> String {
        guard let points = FigureRate(value - earlier, of: earlier).basisPoints else { return "" }
        return words("queues.change", ["change": (points > 0 ? "+" : "") + words.percent(points)])
    }

    func plots(_ html: inout HTML) {
        html.heading(words["queues.hours-title"])
        html.hourMap(
            words["queues.hours"],
            figures.hours.map { hour in
                HourValue(
                    weekday: hour.weekday, hour: hour.hour,
                    shown: hour.averageWait.map { words.number(($0 + 30) / 60) } ?? "–", value: hour.averageWait ?? 0)
            })
        html.heading(words["queues.course"])
        let months = asked.months.course.lowerBound.through(asked.months.course.upperBound)
        let values = { (value: (QueueSums) -> Int) in
            months.map { month in
                figures.byMonth.first { $0.value == month.description }.map { value($0.sums) } ?? 0
            }
        }
        html.lineChart(
            [
                ChartLine(words["queues.taken"], values(\.taken), .second),
                ChartLine(words["queues.served"], values(\.served), .first),
                ChartLine(words["queues.unserved"], values { $0.cancelled + $0.lapsed }, .third),
            ], places: months.map(words.month))
    }

    var columns: [QueueColumn] { asked.hall == nil ? QueueColumn.halls : QueueColumn.windows }

    /// The halls, or the windows of the one that is asked for, in the order that is asked for.
    var rows: [QueueRow] {
        let rows = asked.hall == nil ? halls : windows
        guard let column = columns.first(where: { $0.id == asked.sort }) else { return rows }
        return rows.sorted { left, right in
            switch (column.value(left), column.value(right)) {
            case (let left?, let right?) where left != right: asked.isRising ? left < right : left > right
            case (nil, _?): false
            case (_?, nil): true
            default: left.code < right.code
            }
        }
    }

    private var halls: [QueueRow] {
        figures.byHall.map { line in
            QueueRow(
                name: name(line.value), code: line.value, sums: line.sums, waits: figures.waits[line.value],
                href: HallCode(line.value).map { asked.asking($0).address() })
        }
    }

    private var windows: [QueueRow] {
        figures.byWindow.compactMap { line in
            guard let number = line.value.split(separator: " ").last.flatMap({ Int($0) }) else { return nil }
            return QueueRow(
                name: number == 0 ? words["queues.no-window"] : words("queues.window", ["n": words.number(number)]),
                code: "\(number)", sums: line.sums, waits: nil,
                href: asked.address("/visits", window: "\(number)"))
        }
    }

    /// The table as spreadsheets read it: every column, the codes beside the names.
    var sheet: [[String]] {
        [[words["stat.code"], words[title]] + columns.map { words[$0.title] }]
            + rows.map { row in [row.code, row.name] + columns.map { $0.cell(row) } }
    }

    private var title: Word { Word(asked.hall == nil ? "stat.hall" : "queues.window-column") }

    func table(_ html: inout HTML) {
        html.heading(words[asked.hall == nil ? Word("queues.each-hall") : Word("queues.each-window")])
        if asked.hall == nil { html.note(words["queues.choose-hall"]) }
        let heads = columns.map { column in
            let isSorted = asked.sort == column.id
            return Column(
                words[column.title], sort: asked.sorted(by: column.id, isRising: isSorted && !asked.isRising).address(),
                order: isSorted ? asked.isRising ? .rising : .falling : nil, isNumeric: true)
        }
        html.element("div", .class("wrapping")) { html in
            html.table(
                words[asked.hall == nil ? Word("queues.each-hall") : Word("queues.each-window")],
                [Column(words[title])] + heads, rows
            ) { _ in
            } row: { html, row in
                html.row { html in
                    html.headCell(row.name, href: row.href)
                    for column in columns { html.cell(column.text(row, words), isNumeric: true) }
                }
            }
        }
        html.buttons { html in
            html.buttonLink(words["stat.workbook"], asked.address(".xlsx"), .secondary)
            html.buttonLink(words["stat.csv"], asked.address(".csv"), .secondary)
        }
    }
}
