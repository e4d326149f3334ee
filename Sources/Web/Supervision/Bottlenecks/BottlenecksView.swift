import Hall
import Supervision
import Vocabulary

/// Where the time goes, as somebody asked for it.
struct BottlenecksView {
    /// LIMIT: lines of what to change, and of variants, on a page; files have them all.
    static let changesMax = 20
    static let variantsMax = 10

    let asked: BottlenecksAsked
    let standing: Hall.FiguresStanding
    let found: Hall.Bottlenecks
    /// What the reader may see: bodies elsewhere are not named.
    let scopes: [FigureScope]
    let names: StatisticsNames

    var words: Words { names.words }
    var steps: StepNames { StepNames(called: names.called, words: words) }

    /// What is looked at: the months, and what is named.
    var scope: String {
        let (first, last) = (asked.months.lowerBound, asked.months.upperBound)
        let span =
            first == last
            ? words.month(first) : words("stat.span", ["from": words.month(first), "to": words.month(last)])
        return words.list([span] + chosen.map { names.name(asked.values[$0] ?? "", of: $0) })
    }

    private var chosen: [FigureDimension] { CourseTable.dimensions.filter { asked.values[$0] != nil } }

    func filters(_ html: inout HTML) {
        let counted = standing.months.map { $0.lowerBound.through($0.upperBound) } ?? []
        let ends = [asked.months.lowerBound, asked.months.upperBound].filter { !counted.contains($0) }
        let months = (counted + Set(ends)).sorted(by: >)
        html.filters(BottlenecksAsked.path) { html in
            for (name, label, month) in [
                ("from", words["stat.from"], asked.months.lowerBound),
                ("to", words["stat.to"], asked.months.upperBound),
            ] {
                html.field(
                    Field(
                        name, label, .list(months.map { Option("\($0)", words.month($0)) }),
                        answer: Answer("\(month)")
                    ).with { $0.isOptional = true })
            }
            let regions = names.site.regions.entries.map {
                Option($0.region.code, words.pick($0.name, $0.nameEnglish))
            }
            html.field(
                Field(
                    "region", names.noun(.region), .list([Option("", words["items.any"])] + regions),
                    answer: Answer(asked.values[.region] ?? "")
                ).with { $0.isOptional = true })
            for dimension in [FigureDimension.body, .item] {
                if let value = asked.values[dimension] { html.hidden(dimension.field, value) }
            }
        }
        guard !chosen.isEmpty else { return }
        html.buttons { html in
            for dimension in chosen {
                let name = names.name(asked.values[dimension] ?? "", of: dimension)
                html.buttonLink(
                    words("stat.without", ["name": name]), asked.asking(dimension, nil).address(), .secondary)
            }
        }
    }

    func headline(_ html: inout HTML) {
        let (whole, sums) = (found.whole, found.steps.map(\.sums).reduce(StepSums(), +))
        let hers = found.steps.filter { $0.step.side == .applicant }.map(\.sums.wholeParts).reduce(0, +)
        let saved = found.improvements.map { $0.savedAYear(months: asked.monthCount) }.reduce(0, +)
        html.figures([
            Figure(words["time.cases"], words.number(whole.cases)),
            Figure(words["time.days-each"], StepNames.days(whole.parts, of: whole.cases)),
            Figure(words["time.hers-each"], StepNames.days(hers, of: whole.cases)),
            Figure(words["time.again-all"], StepNames.days(sums[.againParts])),
            Figure(words["time.saved-year"], StepNames.days(saved)),
        ])
    }

    /// Says that not all items are told apart, where that is so.
    func cut(_ html: inout HTML) {
        if found.isCut { html.note(words["time.cut"]) }
    }

    // MARK: what to change first

    func changes(_ html: inout HTML) {
        html.heading(words["time.first"])
        let shown = Array(found.improvements.prefix(Self.changesMax))
        let most = shown.first?.saved ?? 0
        html.table(
            words["time.first"],
            [
                Column(words["time.step"]), Column(words["time.saved"], isNumeric: true),
                Column(words["stat.item"]), Column(words["stat.body"]), Column(words["time.why"]),
                Column(words["time.saved-year"], isNumeric: true),
            ], shown
        ) { html in
            html.empty(words["time.nothing"], words["time.nothing-help"])
        } row: { html, change in
            let own = asked.asking(.item, change.item).asking(.body, change.body)
            html.row { html in
                html.headCell(steps.name(change.step), href: own.cases(change.selection))
                html.element("td", .class("number")) { html in
                    html.text(StepNames.days(change.saved))
                    html.stackedBar([(change.saved, .first)], of: most)
                }
                html.element("td", .class("name")) { html in
                    html.element(
                        "a", .href(asked.asking(.item, change.item).address()),
                        text: names.name(change.item, of: .item))
                }
                html.element("td", .class("name")) { html in
                    html.element(
                        "a", .href(asked.asking(.body, change.body).address()),
                        text: names.name(change.body, of: .body))
                }
                html.element("td", .class("sentence"), text: reason(change))
                html.cell(StepNames.days(change.savedAYear(months: asked.monthCount)), isNumeric: true)
            }
        }
        if found.improvements.count > shown.count {
            html.note(words("stat.first-lines", ["n": words.number(shown.count)]))
        }
    }

    /// Why time is lost, so that the reader can work it out again.
    func reason(_ change: Improvement) -> String {
        let (cases, saved) = (words.number(change.cases), StepNames.days(change.saved))
        let each = StepNames.days(change.parts, of: change.cases)
        guard let reference = change.reference else {
            let word: StaticString = change.cause == .limit ? "time.why-limit" : "time.why-again"
            return words(word, ["cases": cases, "each": each, "saved": saved])
        }
        let best = reference.bodies.allSatisfy { body in scopes.contains { $0.bodies.contains(body) } }
        let bodies =
            best ? words.list(reference.bodies.map { names.name($0, of: .body) }) : words["time.best-quarter"]
        return words(
            change.cause == .queue ? "time.why-queue" : "time.why-work",
            [
                "cases": cases, "each": each, "bodies": bodies,
                "reference": StepNames.days(reference.parts, of: reference.cases),
                "less": StepNames.days(change.saved, of: change.cases), "saved": saved,
            ])
    }

    // MARK: steps

    func stepTable(_ html: inout HTML) {
        html.heading(words["time.steps"])
        html.toneKeys([
            (words["time.waiting"], .third), (words["time.working"], .first), (words["time.hers"], .fourth),
            (words["time.again"], .fifth),
        ])
        let lines = found.steps.sorted { $0.step < $1.step }
        let most = lines.map(\.sums.wholeParts).max() ?? 0
        html.table(
            words["time.steps"],
            [
                Column(words["time.step"]), Column(words["time.cases"], isNumeric: true),
                Column(words["time.waiting-each"], isNumeric: true),
                Column(words["time.working-each"], isNumeric: true),
                Column(words["time.again-each"], isNumeric: true), Column(words["time.median"], isNumeric: true),
                Column(words["time.ninth"], isNumeric: true), Column(words["time.calendar"], isNumeric: true),
                Column(words["time.all"]),
            ], lines
        ) { _ in
        } row: { html, line in
            let (sums, cases) = (line.sums, line.sums[.cases])
            html.row { html in
                html.headCell(steps.name(line.step), href: asked.cases(.step(line.step)))
                html.element("td", .class("number")) { $0.counted(cases, asked.cases(.step(line.step))) }
                for figure in [StepFigure.waitParts, .workParts, .againParts] {
                    html.cell(StepNames.days(sums[figure], of: cases), isNumeric: true)
                }
                for percent in [50, 90] {
                    html.cell(steps.days(TimeBands.quantile(percent, of: sums.bands)), isNumeric: true)
                }
                html.cell(
                    StatisticsColumn.tenths(sums.wholeMinutes * 10 / (1440 * max(cases, 1))), isNumeric: true)
                html.cell { html in
                    html.stackedBar(
                        [
                            (sums[.waitParts], line.step.side == .applicant ? .fourth : .third),
                            (sums[.workParts], .first), (sums[.againParts], .fifth),
                        ], of: most)
                }
            }
        }
    }

    // MARK: variants and rounds

    func variants(_ html: inout HTML) {
        html.heading(words["time.variants"])
        if let first = found.variants.first {
            html.paragraph(
                words(
                    "time.most-frequent",
                    [
                        "share": words.percent(part: first.sums.cases, of: found.whole.cases),
                        "n": words.number(found.variants.count),
                    ]))
        }
        html.table(
            words["time.variants"],
            [
                Column(words["time.way"]), Column(words["time.cases"], isNumeric: true), Column(words["time.share"]),
                Column(words["time.days-each"], isNumeric: true),
            ], Array(found.variants.prefix(Self.variantsMax))
        ) { _ in
        } row: { html, line in
            html.row { html in
                html.cell { $0.way(steps.way(line.way)) }
                html.element("td", .class("number")) {
                    $0.counted(line.sums.cases, asked.cases(.variant(line.variant)))
                }
                html.cell { html in
                    html.text(words.percent(part: line.sums.cases, of: found.whole.cases))
                    html.stackedBar([(line.sums.cases, .first)], of: found.whole.cases)
                }
                html.cell(StepNames.days(line.sums.parts, of: line.sums.cases), isNumeric: true)
            }
        }
    }

    func rounds(_ html: inout HTML) {
        html.heading(words["time.loops"])
        html.table(
            words["time.loops"],
            [
                Column(words["time.step"]), Column(words["time.again-cases"], isNumeric: true),
                Column(words["time.rounds"], isNumeric: true), Column(words["time.again-days"], isNumeric: true),
            ], found.steps.filter { $0.sums[.againCases] > 0 }.sorted { $0.step < $1.step }
        ) { html in
            html.empty(words["time.no-loops"], words["time.no-loops-help"])
        } row: { html, line in
            html.row { html in
                html.headCell(steps.name(line.step), href: asked.cases(.again(line.step)))
                html.element("td", .class("number")) {
                    $0.counted(line.sums[.againCases], asked.cases(.again(line.step)))
                }
                html.cell(words.number(line.sums[.rounds] - line.sums[.cases]), isNumeric: true)
                html.cell(StepNames.days(line.sums[.againParts]), isNumeric: true)
            }
        }
    }

    func files(_ html: inout HTML) {
        html.buttons { html in
            html.buttonLink(words["stat.workbook"], asked.address(".xlsx"), .secondary)
            for table in BottlenecksFile.Table.allCases {
                html.buttonLink(
                    words[table.word] + " CSV", asked.address(".csv", [("table", table.rawValue)]), .secondary)
            }
        }
    }
}

extension Improvement {
    /// The cases behind it.
    var selection: CourseTable.Selection {
        switch cause {
        case .queue, .work: .step(step)
        case .limit: .over(step)
        case .again: .again(step)
        }
    }
}
