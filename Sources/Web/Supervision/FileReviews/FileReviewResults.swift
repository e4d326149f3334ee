import Catalogue
import Documents
import Hall
import Supervision
import Vocabulary

/// Marks by body, grades, and the points that were missed most. No case is named.
struct FileReviewResults: Sendable {
    /// LIMIT: points among those that were missed most.
    private static let missedMax = 10

    let site: Site
    let names: SupervisionNames
    let marks: FileMarks
    let missed: [String: Int]

    func write(_ html: inout HTML) {
        let words = html.words
        guard let mean = marks.mean else {
            return html.empty(words["filereview.no-results"], words["filereview.no-results-help"])
        }
        html.figures(
            [
                Figure(words["filereview.mean"], words.marks(tenths: mean)),
                Figure(words["filereview.final-files"], words.number(marks.files)),
            ] + FileGrade.allCases.map { Figure(words[$0.word], words.number(marks.grades[$0] ?? 0)) })
        html.subheading(words["filereview.by-body"])
        html.bars(marks.rows.map { (names.body($0.body), $0.mean, words.marks(tenths: $0.mean)) }, of: 1000)
        table(&html)
        html.subheading(words["filereview.missed"])
        let most = missed.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.missedMax)
        if most.isEmpty { html.note(words["filereview.none-missed"]) }
        html.bars(
            most.map { point, count in
                (
                    site.hall.checklist[point].map(words.name) ?? point, count,
                    words.count("filereview.files-count", count)
                )
            }, of: marks.files)
    }

    private func table(_ html: inout HTML) {
        html.table(
            html.words["filereview.by-body"],
            [
                Column(html.words["column.body"]), Column(html.words["filereview.final-files"], isNumeric: true),
                Column(html.words["filereview.mean"], isNumeric: true),
                Column(html.words["filereview.least"], isNumeric: true),
                Column(html.words["filereview.most"], isNumeric: true),
            ] + FileGrade.allCases.map { Column(html.words[$0.word], isNumeric: true) }, marks.rows
        ) { _ in
        } row: { html, line in
            html.row { html in
                let words = html.words
                html.headCell(names.body(line.body))
                html.cell(words.number(line.files), isNumeric: true)
                html.cell(words.marks(tenths: line.mean), isNumeric: true)
                html.cell(words.number(line.least), isNumeric: true)
                html.cell(words.number(line.most), isNumeric: true)
                for grade in FileGrade.allCases {
                    html.cell(words.number(line.grades[grade] ?? 0), isNumeric: true)
                }
            }
        }
    }
}

/// The results of a campaign as tables for spreadsheets.
struct FileReviewFile: Sendable {
    let board: Hall.FileReviewBoard
    let names: SupervisionNames
    let checklist: ReviewChecklist
    let words: Words

    private var bodies: [[String]] {
        [
            [
                words["filereview.code"], words["column.body"], words["filereview.final-files"],
                words["filereview.mean"], words["filereview.least"], words["filereview.most"],
            ] + FileGrade.allCases.map { words[$0.word] }
        ]
            + board.marks.rows.map { row in
                [
                    row.body.code, names.body(row.body), "\(row.files)", words.marks(tenths: row.mean), "\(row.least)",
                    "\(row.most)",
                ] + FileGrade.allCases.map { "\(row.grades[$0] ?? 0)" }
            }
    }

    private var missed: [[String]] {
        [[words["filereview.point"], words["filereview.basis"], words["filereview.files-missed"]]]
            + checklist.points.compactMap { point in
                board.missed[point.id].map { [words.name(point), words.basis(point), "\($0)"] }
            }
    }

    private var files: [[String]] {
        [
            [
                words["column.number"], words["column.item"], words["column.body"], words["column.state"],
                words["filereview.marks"], words["filereview.grade"],
            ]
        ]
            + board.files.map { line in
                [
                    line.matter.number, names.item(line.matter), names.body(line.matter.body),
                    words[line.stage.word], line.marks.map(String.init) ?? "",
                    line.grade.map { words[$0.word] } ?? "",
                ]
            }
    }

    /// Marks by body.
    var csv: [UInt8] { SheetRows.csv(of: bodies) }

    /// Marks by body, the points that were missed, and the files.
    var workbook: [UInt8] {
        get throws {
            try WorkbookWriter.bytes(of: [
                WorkbookWriter.Sheet(
                    words["filereview.by-body"], widths: [24, 32, 10, 10, 10, 10, 10, 10, 10], rows: bodies,
                    numbers: Set(2..<9)),
                WorkbookWriter.Sheet(
                    words["filereview.missed"], widths: [60, 40, 12], rows: missed, numbers: [2]),
                WorkbookWriter.Sheet(
                    words["filereview.files"], widths: [18, 40, 32, 18, 10, 12], rows: files, numbers: [4]),
            ])
        }
    }
}
