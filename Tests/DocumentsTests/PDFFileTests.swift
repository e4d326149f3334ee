import DocumentsTestSupport
import Testing
import Vocabulary

@testable import Documents

@Suite struct PDFFileTests {
    private let typeface: Typeface

    init() throws {
        typeface = try Typeface()
    }

    @Test func `the same paper is the same file, and another day is another one`() throws {
        let bytes = try Samples.whole(typeface).bytes()
        #expect(try Samples.whole(try Typeface()).bytes() == bytes)
        let sheets = try Samples.whole(typeface).sheets
        let about = PDFFile.About(title: Samples.about.title, createdAt: Instant(milliseconds: 0))
        let other = try PDFFile(about, sheets: sheets, typeface: typeface).bytes()
        #expect(other != bytes)
        let ids = try [bytes, other].map { file in
            try #require(String(decoding: file, as: UTF8.self).firstMatch(of: /\/ID \[<([0-9A-F]{32})> <\1>\]/)).1
        }
        #expect(ids[0] != ids[1])
    }

    @Test func `other programs find the file sound`() throws {
        for pages in [1, 3] {
            let paper = try PrintedPaper(Samples.whole(typeface, pages: pages).bytes())
            #expect(try paper.fault() == nil)
            let info = try paper.info()
            #expect(info.contains(/Title: +特殊工时审批（示例）\n/))
            #expect(info.contains("Pages:           \(pages)\n"))
            #expect(info.contains("A4"))
            #expect(info.contains(/PDF version: +1\.5/))
            #expect(info.contains("2026-11-24T"))
        }
    }

    @Test func `its font is an embedded subset of TrueType outlines, with the characters behind its codes`() throws {
        let fonts = try PrintedPaper(Samples.whole(typeface).bytes()).fonts()
        #expect(fonts.count == 1)
        let font = try #require(fonts.first)
        #expect(font.contains(#/^[A-Z]{6}\+WenQuanYiMicroHei +CID TrueType +Identity-H +yes yes yes /#))
    }

    @Test func `the file says that it is Chinese`() throws {
        let text = String(decoding: try Samples.whole(typeface).bytes(), as: UTF8.self)
        #expect(text.contains("/Lang (zh-CN)"))
        #expect(text.contains("/DisplayDocTitle true"))
    }

    @Test func `what is copied is what was written, signs and figures of other scripts too`() throws {
        let text = "三·四•五—六…七（八）“九”①〇km²"
        let file = try Samples.file(typeface) { layout in try layout.paragraph(text) }
        #expect(try PrintedPaper(file.bytes()).letters().contains(text))
    }

    @Test func `every character has a code of its own, from 1, in the order of Unicode`() throws {
        let sheet = [Mark.text("窗一 \u{A0}a一", at: Point(0, 0), face: TextFace(10))]
        let runs = try PDFFonts(typeface, for: [sheet]).runs(of: " a\u{A0}一窗")
        #expect(runs.map(\.name) == ["F"])
        #expect(runs.map(\.codes) == ["00010002000300040005"])
    }

    @Test func `a character that the typeface lacks is refused, wherever it stands`() throws {
        let missing = DocumentRefusal.missingCharacter("\u{20000}")
        #expect(throws: missing) { try Samples.file(typeface) { try $0.paragraph("林\u{20000}") } }
        #expect(throws: missing) { try Samples.file(typeface) { try $0.heading("林\u{20000}") } }
        #expect(throws: missing) { try Samples.file(typeface) { try $0.rows([Row("名", ["林\u{20000}"])]) } }
        let sheet = [Mark.text("林\u{20000}", at: Point(0, 0), face: TextFace(10))]
        #expect(throws: missing) { try PDFFile(Samples.about, sheets: [sheet], typeface: typeface).bytes() }
    }

    @Test func `a paper without a word is a sound file`() throws {
        let paper = try PrintedPaper(PDFFile(Samples.about, sheets: [[]], typeface: typeface).bytes())
        #expect(try paper.fault() == nil)
    }

    @Test func `more than a hundred characters are all found again`() throws {
        let text = String(String.UnicodeScalarView((0x4E00..<0x4E00 + 350).compactMap(Unicode.Scalar.init)))
        let file = try Samples.file(typeface) { layout in try layout.paragraph(text) }
        #expect(try PrintedPaper(file.bytes()).letters().contains(text))
    }

    @Test(arguments: [
        (0.0, "0"), (1, "1"), (1.5, "1.5"), (-1.5, "-1.5"), (0.05, "0.05"), (-0.05, "-0.05"), (12.344, "12.34"),
        (12.345_1, "12.35"), (-0.001, "0"), (595.276, "595.28"),
    ])
    func `a number is written without an exponent`(_ value: Double, _ text: String) {
        #expect(PDFText.number(value) == text)
    }
}
