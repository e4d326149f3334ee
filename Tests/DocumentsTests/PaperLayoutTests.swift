import DocumentsTestSupport
import Testing
import Vocabulary

@testable import Documents

@Suite struct PaperLayoutTests {
    private let typeface: Typeface

    init() throws {
        typeface = try Typeface()
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `no page break loses a line or puts one out of order`(_ seed: UInt64) throws {
        let dice = Dice.seeded(seed)
        var expected: [String] = []
        let file = try Samples.file(typeface) { layout in
            for index in 1...60 {
                let text = "条\(index)，" + Samples.text(dice, pieces: Int(dice.roll() % 90))
                switch dice.roll() % 4 {
                case 0: try layout.heading(text)
                case 1: try layout.rows([Row("键\(index)", [text, "末\(index)"])])
                default: try layout.paragraph(text)
                }
                layout.gap(Double(dice.roll() % 20))
                expected.append("条\(index)，")
            }
        }
        #expect(file.sheets.count > 2)
        let written = file.sheets.flatMap { $0.texts.map(\.text) }
        let begun = written.compactMap { $0.prefixMatch(of: /条\d+，/).map { String($0.0) } }
        #expect(begun == expected)
        let paper = try PrintedPaper(file.bytes())
        #expect(try paper.pages().count == file.sheets.count)
        let letters = try paper.letters()
        let lost = written.filter { line in !letters.contains(line.filter { !$0.isWhitespace }) }
        #expect(lost == [])
    }

    @Test(arguments: [1, 2, 3, 7, 300])
    func `every line of a paragraph stands on some page, within the text`(_ count: Int) throws {
        let lines = (1...count).map { "第\($0)行" }
        let file = try Samples.file(typeface) { layout in try layout.paragraph(lines.joined(separator: "\n")) }
        let written = file.sheets.flatMap(\.texts).filter { $0.text.hasSuffix("行") }
        #expect(written.map(\.text) == lines)
        let (top, bottom) = (PaperFrame.top, Sheet.height - PaperFrame.bottom)
        #expect(written.allSatisfy { $0.at.y > top && $0.at.y < bottom })
    }

    @Test func `no heading ends a page, and no line of a paragraph stands alone`() throws {
        for height in stride(from: PaperFrame.textHeight - 120, to: PaperFrame.textHeight, by: 3) {
            let file = try Samples.file(typeface) { layout in
                try layout.paragraph("起")
                layout.gap(height)
                try layout.heading("标题")
                try layout.paragraph("甲\n乙\n丙\n丁")
            }
            let pages = file.sheets.map { $0.texts.map(\.text).filter { "标题甲乙丙丁".contains($0) } }
            #expect(pages.joined().elementsEqual(["标题", "甲", "乙", "丙", "丁"]))
            for page in pages {
                #expect(page.last != "标题")
                #expect(page != ["标题", "甲"] && page.last != "甲" && page.last != "丙", "\(page)")
            }
        }
    }

    @Test func `a row that a page cuts says its key and its marks again`() throws {
        let values = (1...60).map { "值\($0)" }
        let file = try Samples.file(typeface) { layout in
            try layout.rows([Row("申请材料", values, marks: ["示例", "待核"])], markWidth: 20)
        }
        #expect(file.sheets.count == 2)
        for sheet in file.sheets {
            let key = try #require(sheet.texts.first { $0.text == "申请材料" })
            let first = try #require(sheet.texts.first { $0.text.hasPrefix("值") })
            #expect(key.at.y == first.at.y)
            for text in ["申请材料", "示例", "待核"] {
                #expect(sheet.texts.filter { $0.text == text }.count == 1, "\(text)")
            }
        }
    }

    @Test func `columns are aligned and never touch`() throws {
        let long = String(repeating: "很长的内容", count: 40)
        let file = try Samples.file(typeface) { layout in
            try layout.rows(
                [
                    Row("很长很长很长很长很长很长的名称", ["短"], marks: ["示例", "待核"]), Row("短", [long, long], marks: ["示例"]),
                ], markWidth: 20)
        }
        let texts = try #require(file.sheets.first).texts.filter { (80...700).contains($0.at.y) }
        let edges = Set(texts.map { ($0.at.x * 100).rounded() / 100 }).sorted()
        #expect(edges.count == 3, "\(edges)")
        for (text, place) in texts {
            let end =
                place.x + (try typeface.width(of: text, size: place.x > Sheet.width - PaperFrame.side - 21 ? 8 : 10))
            let limit = edges.first { $0 > place.x + 0.01 } ?? Sheet.width - PaperFrame.side
            #expect(end <= limit + 0.01, "\(text)")
        }
    }

    @Test func `every page has its header, its footer and its number`() throws {
        let pages = try PrintedPaper(Samples.whole(typeface, pages: 4).bytes()).pages()
        #expect(pages.count == 4)
        for (index, page) in pages.enumerated() {
            #expect(page.contains("福州市政务服务"))
            // The reader drops narrow spaces beside Chinese.
            #expect(page.filter { $0 != " " }.contains("第\(index + 1)页共4页"))
        }
    }

    @Test func `a header that is too long is cut short and leaves the other end alone`() throws {
        let frame = PaperFrame(header: (String(repeating: "长", count: 200), "办事指南"), footer: "") { "\($0)/\($1)" }
        let file = try PaperLayout(frame, typeface: typeface).file(Samples.about)
        let texts = try #require(file.sheets.first).texts
        #expect(texts.contains { $0.text == "办事指南" })
        let cut = try #require(texts.first { $0.text.hasSuffix("…") })
        let right = try #require(texts.first { $0.text == "办事指南" })
        #expect(cut.at.x + (try typeface.width(of: cut.text, size: 8.5)) < right.at.x)
    }

    @Test func `a paper of more than two hundred pages is refused`() throws {
        let lines = Array(repeating: "行", count: 15_000).joined(separator: "\n")
        #expect(throws: DocumentRefusal.tooLong) { try Samples.file(typeface) { try $0.paragraph(lines) } }
    }

    @Test func `a paragraph may stand in the middle, at the right, or be set in`() throws {
        let file = try Samples.file(typeface) { layout in
            for alignment in [TextStyle.Alignment.left, .centre, .right] {
                try layout.paragraph("四个汉字", TextStyle(TextFace(10), alignment: alignment, indent: 2))
            }
        }
        let places = try #require(file.sheets.first).texts.filter { $0.text == "四个汉字" }.map(\.at.x)
        let (left, right) = (PaperFrame.side, Sheet.width - PaperFrame.side)
        for (place, wanted) in zip(places, [left + 20, Sheet.width / 2 - 20, right - 40]) {
            #expect(abs(place - wanted) < 0.01)
        }
        #expect(places.count == 3)
    }
}
