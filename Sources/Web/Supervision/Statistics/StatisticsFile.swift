import Catalogue
import Documents
import Supervision
import Vocabulary

/// The statistics as a table for spreadsheets: every column, the codes beside the names, numbers as plain digits.
struct StatisticsFile {
    private let view: StatisticsView

    init(_ view: StatisticsView) {
        self.view = view
    }

    private var head: [String] {
        [view.words["stat.code"], view.names.noun(view.asked.by)]
            + StatisticsColumn.all.map { column in
                let title = view.words[column.title]
                if case .rate = column.content { return title + " %" }
                return title
            }
    }

    private var rows: [[String]] {
        view.lines.map { line in
            [line.values[0], view.names.name(line.values[0], of: view.asked.by)]
                + StatisticsColumn.all.map { $0.cell(line.sums) }
        } + [["", view.words["stat.whole"]] + StatisticsColumn.all.map { $0.cell(view.now) }]
    }

    var csv: [UInt8] { SheetRows.csv(of: [head] + rows) }

    var workbook: [UInt8] {
        get throws {
            let columns = StatisticsColumn.all.count
            let table = WorkbookWriter.Sheet(
                view.words["stat.title"], widths: [24, 32] + Array(repeating: 12, count: columns),
                rows: [head] + rows, numbers: Set(2..<columns + 2))
            let note = WorkbookWriter.Sheet(
                view.words["stat.note"], widths: [100], rows: [[view.scope], [view.words["stat.rules"]]])
            return try WorkbookWriter.bytes(of: [table, note])
        }
    }
}
