import Catalogue
import Documents
import Hall
import Supervision
import Vocabulary

/// Where the time goes, as tables for spreadsheets: codes beside the names, times in working days with a tenth.
struct BottlenecksFile {
    enum Table: String, CaseIterable {
        case changes, steps, variants

        var word: Word {
            switch self {
            case .changes: Word("time.first")
            case .steps: Word("time.steps")
            case .variants: Word("time.variants")
            }
        }

        /// The columns that hold numbers.
        var numbers: Set<Int> {
            switch self {
            case .changes: [8, 9, 10, 11, 12]
            case .steps: Set(6...15)
            case .variants: [2, 3]
            }
        }
    }

    private let view: BottlenecksView
    private var words: Words { view.words }

    init(_ view: BottlenecksView) {
        self.view = view
    }

    /// The head, the lines, and a last one that says so where the last items are left out.
    func rows(_ table: Table) -> [[String]] {
        switch table {
        case .changes: cut(changes)
        case .steps: cut(steps)
        case .variants: variants
        }
    }

    private func cut(_ rows: [[String]]) -> [[String]] {
        guard view.found.isCut else { return rows }
        return rows + [[words["time.cut"]] + Array(repeating: "", count: rows[0].count - 1)]
    }

    private var place: [String] {
        [
            words["stat.code"], words["stat.item"], words["stat.code"], words["stat.body"], words["stat.code"],
            words["time.step"],
        ]
    }

    private func place(_ item: String, _ body: String, _ step: CaseStep) -> [String] {
        [
            item, view.names.name(item, of: .item), body, view.names.name(body, of: .body), step.code,
            view.steps.name(step),
        ]
    }

    private var changes: [[String]] {
        let head =
            place + [
                words["time.cause"], words["time.why"], words["time.cases"], words["time.own-days"],
                words["time.reference-cases"], words["time.reference-days"], words["time.saved"],
            ]
        return [head]
            + view.found.improvements.map { change in
                place(change.item, change.body, change.step) + [
                    change.cause.rawValue, view.reason(change), "\(change.cases)", StepNames.days(change.parts),
                    change.reference.map { "\($0.cases)" } ?? "",
                    change.reference.map { StepNames.days($0.parts) } ?? "", StepNames.days(change.saved),
                ]
            }
    }

    private var steps: [[String]] {
        let head =
            place + [
                words["time.cases"], words["time.rounds-all"], words["time.again-cases"], words["time.waiting"],
                words["time.working"], words["time.again-days"], words["time.calendar-all"], words["time.limited"],
                words["time.over"], words["time.median"],
            ]
        return [head]
            + view.found.parts.map { line in
                let sums = line.sums
                let median = TimeBands.quantile(50, of: sums.bands).map { StepNames.days($0.parts) } ?? ""
                return place(line.values[0], line.values[1], line.step) + [
                    "\(sums[.cases])", "\(sums[.rounds])", "\(sums[.againCases])", StepNames.days(sums[.waitParts]),
                    StepNames.days(sums[.workParts]), StepNames.days(sums[.againParts]),
                    StatisticsColumn.tenths(sums.wholeMinutes * 10 / 1440), "\(sums[.limited])",
                    StepNames.days(sums[.overParts]), median,
                ]
            }
    }

    private var variants: [[String]] {
        [[words["stat.code"], words["time.way"], words["time.cases"], words["time.days-each"]]]
            + view.found.variants.map { line in
                [
                    line.variant, line.way.map { view.steps.name(code: $0) }.joined(separator: " → "),
                    "\(line.sums.cases)", StepNames.days(line.sums.parts, of: line.sums.cases),
                ]
            }
    }

    func csv(_ table: Table) -> [UInt8] { SheetRows.csv(of: rows(table)) }

    var workbook: [UInt8] {
        get throws {
            let sheets = Table.allCases.map { table in
                let rows = rows(table)
                return WorkbookWriter.Sheet(
                    words[table.word], widths: Array(repeating: 18, count: rows[0].count), rows: rows,
                    numbers: table.numbers)
            }
            let note = WorkbookWriter.Sheet(
                words["stat.note"], widths: [100], rows: [[view.scope], [words["time.rules"]]])
            return try WorkbookWriter.bytes(of: sheets + [note])
        }
    }
}
