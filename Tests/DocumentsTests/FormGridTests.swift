import DocumentsTestSupport
import Foundation
import Testing
import Vocabulary

@testable import Documents

@Suite struct FormGridTests {
    private static func layout() throws -> PaperLayout {
        let frame = PaperFrame(header: ("房", "表"), footer: "号") { "\($0)/\($1)" }
        return PaperLayout(frame, typeface: try Typeface())
    }

    private static func marks(_ rows: [[FormCell]]) throws -> [[Mark]] {
        var layout = try layout()
        try layout.grid(rows)
        return Pagination.pages(layout.strips, height: PaperFrame.textHeight)
    }

    private static func lines(_ marks: [Mark]) -> (across: [Double], upright: [(x: Double, from: Double, to: Double)]) {
        var (across, upright) = ([Double](), [(x: Double, from: Double, to: Double)]())
        for case .line(let from, let to, _, _) in marks {
            if from.y == to.y { across.append(from.y) } else { upright.append((from.x, from.y, to.y)) }
        }
        return (across, upright)
    }

    private static func text(_ marks: [Mark]) -> String {
        marks.map { mark in if case .text(let text, _, _) = mark { text } else { "" } }.joined(separator: " ")
    }

    @Test func `a row has lines on all sides and between its columns, two for one question and four for two`() throws {
        for (cells, columns) in [(1, 2), (2, 4)] {
            let row = (0..<cells).map { FormCell("第\($0)问", .room(lines: 2)) }
            let page = try #require(try Self.marks([row]).first)
            let (across, upright) = Self.lines(page)
            #expect(upright.count == columns + 1)
            #expect(upright.map(\.x).max() == PaperFrame.textWidth && upright.map(\.x).min() == 0)
            #expect(across == [0, upright[0].to])
            #expect(upright[0].to >= Sheet.millimetres(12), "there is room to write by hand")
        }
    }

    @Test func `a row that a page cannot hold is closed below and opened again with its label`() throws {
        let long = (1...120).map { "第\($0)行" }
        let pages = try Self.marks([[FormCell("理由", .text(long))], [FormCell("末", .room(lines: 2))]])
        #expect(pages.count == 3)
        for page in pages.dropLast() {
            let (across, upright) = Self.lines(page)
            let bottom = try #require(upright.map(\.to).max())
            #expect(across.contains(0) && across.contains { abs($0 - bottom) < 0.01 })
            #expect(bottom <= PaperFrame.textHeight)
            #expect(Self.text(page).contains("理由"))
        }
        #expect(pages.map(Self.text).joined().contains("第120行"))
    }

    @Test func `a band stays with the first row beneath it`() throws {
        var layout = try Self.layout()
        layout.strips.append(Strip(height: PaperFrame.textHeight - 40))
        try layout.band("联系方式")
        try layout.grid([[FormCell("电话", .room(lines: 2))]])
        let pages = Pagination.pages(layout.strips, height: PaperFrame.textHeight)
        #expect(pages.count == 2)
        #expect(Self.text(pages[1]).contains("联系方式") && Self.text(pages[1]).contains("电话"))
    }

    @Test func `boxes stand side by side as they fit, those chosen are ticked, and long ones go on below`() throws {
        let boxes = [
            FormBox("甲"), FormBox("乙", isTicked: true), FormBox(String(repeating: "长", count: 60)), FormBox("丁"),
        ]
        let page = try #require(try Self.marks([[FormCell("选", .boxes(boxes))]]).first)
        let (squares, ticks) = (Self.text(page).count { $0 == "□" }, Self.text(page).count { $0 == "√" })
        #expect(squares == 4 && ticks == 1)
        for case .text(let text, let place, let face) in page {
            let end = place.x + (try Typeface().width(of: text, size: face.size))
            #expect(end <= PaperFrame.textWidth + 0.01, "\(text)")
        }
    }

    @Test func `what stands behind the room for a day never leaves its cell`() throws {
        let cells = [FormCell("日期", .units(["Year", "Month", "Day"])), FormCell("金额", .units(["yuan"]))]
        let page = try #require(try Self.marks([cells]).first)
        for case .text(let text, let place, let face) in page {
            let end = place.x + (try Typeface().width(of: text, size: face.size))
            #expect(end <= PaperFrame.textWidth + 0.01, "\(text)")
            if text == "Day" { #expect(end <= PaperFrame.textWidth / 2) }
        }
    }
}
