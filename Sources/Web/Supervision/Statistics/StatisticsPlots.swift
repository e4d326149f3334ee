import Supervision
import Vocabulary

/// The plots and the table of the statistics.
extension StatisticsView {
    func plots(_ html: inout HTML) {
        html.heading(words["stat.course"])
        let months = asked.months.course.lowerBound.through(asked.months.course.upperBound)
        let sums = Dictionary(byMonth.map { ($0.values[0], $0.sums) }) { first, _ in first }
        let values = { (figure: CaseFigure) in months.map { sums["\($0)"]?[figure] ?? 0 } }
        html.lineChart(
            [
                ChartLine(words["stat.filed"], values(.filed), .second),
                ChartLine(words["stat.decided"], values(.decided), .first),
                ChartLine(words["stat.late"], values(.late), .third),
            ], places: months.map(words.month))
        html.heading(words["stat.limits"])
        limits(&html)
        html.heading(words["stat.flow"])
        flow(&html)
        guard byRegion.count > 1 else { return }
        html.heading(words["stat.map"])
        map(&html)
    }

    /// Statutory, promised and taken, side by side.
    private func limits(_ html: inout HTML) {
        let parts: [(String, CaseFigure)] = [
            (words["stat.statutory-days"], .statutoryParts), (words["stat.promised-days"], .promisedParts),
            (words["stat.taken-days"], .takenParts),
        ]
        let most = max(parts.compactMap { now.tenthsOfDays($0.1) }.max() ?? 0, 1)
        html.element("dl", .class("bars")) { html in
            for (label, figure) in parts {
                let tenths = now.tenthsOfDays(figure)
                html.element("div") { html in
                    html.element("dt", text: label)
                    html.element("dd") { html in
                        html.bar(tenths ?? 0, of: most)
                        html.element("span", text: tenths.map(StatisticsColumn.tenths) ?? "–")
                    }
                }
            }
        }
        html.paragraph(
            words(
                "stat.compressed",
                [
                    "promised": now.promisedCompression.basisPoints.map(words.percent) ?? "–",
                    "actual": now.actualCompression.basisPoints.map(words.percent) ?? "–",
                    "n": words.number(now[.limited]),
                ]))
    }

    private func flow(_ html: inout HTML) {
        html.flowChart(
            words["stat.flow-help"],
            [
                step(words["stat.filed"], .filed, left: .leftUnreceived),
                step(words["stat.received"], .flowReceived, left: .leftUnaccepted),
                step(words["stat.accepted"], .flowAccepted, left: .leftUndecided),
                step(words["stat.decided"], .flowDecided, left: nil),
                step(words["stat.closed"], .flowClosed, left: nil),
            ], names: (words["stat.left"], words["stat.there"]))
    }

    private func step(_ label: String, _ figure: CaseFigure, left: CaseFigure?) -> FlowStep {
        FlowStep(
            label, came: now[figure], left: left.map { now[$0] } ?? 0,
            hrefs: (cases(figure), left.flatMap { cases($0) }))
    }

    /// What was filed, by place, as the map of the city.
    private func map(_ html: inout HTML) {
        let counts = Dictionary(byRegion.map { ($0.values[0], $0.sums[.filed]) }) { first, _ in first }
        let most = max(counts.values.max() ?? 0, 1)
        let tiles = names.site.tiles.map { tile -> (tile: MapTile, value: TileValue) in
            let count = counts[tile.region.code] ?? 0
            // A fifth of the most each; what there is at all is coloured.
            let strength = count == 0 ? 0 : max(1, (count * 5 + most - 1) / most)
            return (
                tile,
                TileValue(
                    names.short(tile.region), shown: words.number(count), value: count,
                    strength: strength,
                    href: count > 0 ? asked.asking(.region, tile.region.code).address() : nil)
            )
        }
        html.tileMap(words["stat.map-filed"], tiles)
    }

    /// The table, told apart as asked, each column in order when its head is chosen.
    func table(_ html: inout HTML) {
        html.heading(words["stat.table"])
        html.tabs(
            FigureDimension.allCases.map { PageLink(names.title($0), asked.told(by: $0).address()) },
            current: asked.told(by: asked.by).address())
        let columns = StatisticsColumn.shown
        let heads = columns.map { column in
            let isSorted = asked.sort == column.id
            return Column(
                words[column.title],
                sort: asked.sorted(by: column.id, isRising: isSorted && !asked.isRising).address(),
                order: isSorted ? asked.isRising ? .rising : .falling : nil, isNumeric: true)
        }
        html.element("div", .class("wrapping")) { html in
            html.table(
                words.count("stat.lines", lines.count), [Column(names.noun(asked.by))] + heads,
                Array(lines.prefix(Self.rowsMax))
            ) { _ in
            } row: { html, line in
                let own = asked.line(line.values[0])
                html.row { html in
                    html.headCell(names.name(line.values[0], of: asked.by), href: own.address())
                    for column in columns {
                        let href = column.figure.flatMap { cases($0, own) }
                        html.element("td", .class("number")) { html in
                            if let href, column.key(line.sums) ?? 0 > 0 {
                                html.element("a", .href(href), text: column.text(line.sums, words))
                            } else {
                                html.text(column.text(line.sums, words))
                            }
                        }
                    }
                }
            }
        }
        if lines.count > Self.rowsMax { html.note(words("stat.first-lines", ["n": words.number(Self.rowsMax)])) }
    }

    /// LIMIT: lines of the table on a page; files have them all.
    static let rowsMax = 200

    func files(_ html: inout HTML) {
        html.buttons { html in
            html.buttonLink(words["stat.workbook"], asked.address(".xlsx"), .secondary)
            html.buttonLink(words["stat.csv"], asked.address(".csv"), .secondary)
            let month = asked.months.upperBound
            html.buttonLink(words["stat.report"], asked.during(month...month).address("/report"), .secondary)
        }
    }

    /// What a report says first, in sentences.
    func summary(_ html: inout HTML) {
        html.lead(
            words(
                "stat.summary",
                [
                    "filed": words.number(now[.filed]), "accepted": words.number(now[.accepted]),
                    "decided": words.number(now[.decided]), "closed": words.number(now[.closed]),
                    "open": words.number(carried.out),
                ]))
        html.paragraph(
            words(
                "stat.summary-time",
                [
                    "onTime": now.onTimeRate.basisPoints.map(words.percent) ?? "–",
                    "late": words.number(now[.late]), "unlawful": words.number(now[.unlawful]),
                    "taken": now.tenthsOfDays(.takenParts).map(StatisticsColumn.tenths) ?? "–",
                    "statutory": now.tenthsOfDays(.statutoryParts).map(StatisticsColumn.tenths) ?? "–",
                ]))
    }
}
