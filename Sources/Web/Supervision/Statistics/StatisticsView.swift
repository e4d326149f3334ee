import Hall
import Supervision
import Vocabulary

/// The statistics as somebody asked for them.
struct StatisticsView {
    let asked: StatisticsAsked
    let standing: Hall.FiguresStanding
    let now: FigureSums
    let before: FigureSums
    let byMonth: [FigureLine]
    let byRegion: [FigureLine]
    /// In the order that was asked for.
    let lines: [FigureLine]
    /// What had not ended when the months began, and when they ended.
    let carried: (into: Int, out: Int)
    let names: StatisticsNames

    var words: Words { names.words }

    /// Its tables: the whole, the whole of the span before, by month, by place, and as asked.
    init(asked: StatisticsAsked, found: Hall.Statistics, names: StatisticsNames) {
        (self.asked, self.names, standing, carried) = (asked, names, found.standing, found.carried)
        let tables = found.tables
        now = tables[0].first?.sums ?? FigureSums()
        before = tables[1].first?.sums ?? FigureSums()
        (byMonth, byRegion) = (tables[2], tables[3])
        lines = Self.ordered(tables[4], asked)
    }

    private static func ordered(_ lines: [FigureLine], _ asked: StatisticsAsked) -> [FigureLine] {
        guard let column = asked.sort.flatMap(StatisticsColumn.named) else {
            return asked.by == .month
                ? lines : lines.sorted { ($1.sums[.filed], $0.values[0]) < ($0.sums[.filed], $1.values[0]) }
        }
        return lines.sorted { (left: FigureLine, right: FigureLine) -> Bool in
            let keys = (column.key(left.sums), column.key(right.sums))
            switch keys {
            case (let left?, let right?) where left != right: return asked.isRising ? left < right : left > right
            case (nil, _?): return false
            case (_?, nil): return true
            default: return left.values[0] < right.values[0]
            }
        }
    }

    /// What is looked at: the months, and what is named.
    var scope: String {
        let (first, last) = (asked.months.lowerBound, asked.months.upperBound)
        let span =
            first == last
            ? words.month(first) : words("stat.span", ["from": words.month(first), "to": words.month(last)])
        let named = FigureDimension.allCases.compactMap { dimension in
            asked.values[dimension].map { names.name($0, of: dimension) }
        }
        return words.list([span] + named)
    }

    /// How far the figures are.
    func standing(_ html: inout HTML) {
        guard let at = standing.at else { return }
        let values: KeyValuePairs = [
            "n": words.number(standing.counted), "at": words.moment(at),
            "left": words.number(standing.sealed - standing.counted),
        ]
        html.note(words(standing.counted < standing.sealed ? "stat.counting" : "stat.counted", values))
    }

    func filters(_ html: inout HTML) {
        html.filters(StatisticsAsked.path) { html in
            html.monthFields(asked.months, counted: standing.months)
            let regions = names.site.regions.entries.map {
                Option($0.region.code, words.pick($0.name, $0.nameEnglish))
            }
            let modes = ServiceMode.all.map { Option($0.id, words.pick($0.label, $0.labelEnglish)) }
            for (dimension, options) in [(FigureDimension.region, regions), (.mode, modes)] {
                html.field(
                    Field(
                        dimension.rawValue, names.noun(dimension), .list(options),
                        answer: Answer(asked.values[dimension] ?? "")
                    ).with { ($0.isOptional, $0.blank) = (true, words["items.any"]) })
            }
            html.hidden("by", asked.by.rawValue)
            for dimension in [FigureDimension.body, .item, .hall] {
                if let value = asked.values[dimension] { html.hidden(dimension.field, StatisticsAsked.text(value)) }
            }
        }
        let chosen = FigureDimension.allCases.filter { asked.values[$0] != nil }
        guard !chosen.isEmpty else { return }
        html.buttons { html in
            for dimension in chosen {
                let name = names.name(asked.values[dimension] ?? "", of: dimension)
                html.buttonLink(
                    words("stat.without", ["name": name]), asked.asking(dimension, nil).address(), .secondary)
            }
        }
    }

    /// The list of dossiers behind a figure.
    func cases(_ figure: CaseFigure, _ asked: StatisticsAsked? = nil) -> String? {
        figure.hasCases ? (asked ?? self.asked).address("/cases", figure: figure.id) : nil
    }

    /// The large numbers with their change.
    func headline(_ html: inout HTML) {
        html.figures(
            [
                counted(.filed, words["stat.filed"]), counted(.accepted, words["stat.accepted"]),
                counted(.decided, words["stat.decided"]), counted(.closed, words["stat.closed"]),
                Figure(
                    words["stat.carried-out"], words.number(carried.out),
                    change: words("stat.carried-into", ["n": words.number(carried.into)])),
                counted(.late, words["stat.late"]), counted(.unlawful, words["stat.unlawful"]),
            ])
        html.figures(
            [
                rate(words["stat.on-time-rate"], .onTime) { $0.onTimeRate },
                rate(words["stat.actual-compression"], nil) { $0.actualCompression },
                rate(words["stat.one-trip-rate"], .atMostOneTrip) { $0.oneTripRate },
                rate(words["stat.zero-trip-rate"], .zeroTrip) { $0.zeroTripRate },
                rate(words["stat.online-rate"], .online) { $0.onlineRate },
                rate(words["stat.first-time-rate"], .firstTimeRight) { $0.firstTimeRate },
                rate(words["stat.express-rate"], .express) { $0.expressRate },
                rate(words["stat.reuse-rate"], .reusing) { $0.reuseRate },
            ])
    }

    private func counted(_ figure: CaseFigure, _ label: String) -> Figure {
        let (value, earlier) = (now[figure], before[figure])
        var change = ""
        if let points = FigureRate(value - earlier, of: earlier).basisPoints {
            change = words("stat.change", ["change": Self.signed(words.percent(points), points)])
        }
        return Figure(label, words.number(value), change: change, href: value > 0 ? cases(figure) : nil)
    }

    private func rate(_ label: String, _ figure: CaseFigure?, _ rate: (FigureSums) -> FigureRate) -> Figure {
        let (value, earlier) = (rate(now).basisPoints, rate(before).basisPoints)
        var change = ""
        if let value, let earlier {
            let points = value - earlier
            let text = String(words.percent(points).dropLast())
            change = words("stat.change-points", ["change": Self.signed(text, points)])
        }
        return Figure(label, value.map(words.percent) ?? "–", change: change, href: figure.flatMap { cases($0) })
    }

    private static func signed(_ text: String, _ value: Int) -> String { value > 0 ? "+" + text : text }
}

extension FigureSums {
    var isEmpty: Bool { CaseFigure.all.allSatisfy { self[$0] == 0 } }
}
