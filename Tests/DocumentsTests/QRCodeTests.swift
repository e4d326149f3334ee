import DocumentsTestSupport
import Testing
import Vocabulary

@testable import Documents

@Suite struct QRCodeTests {
    @Test func `the smallest code has finders in three corners`() throws {
        let rows = try QRCode("1").rows
        #expect(rows.count == 21)
        #expect(rows.allSatisfy { $0.count == 21 })
        let edge = "1111111".map { $0 == "1" }
        #expect(Array(rows[0].prefix(7)) == edge)
        #expect(Array(rows[0].suffix(7)) == edge)
        #expect(Array(rows[20].prefix(7)) == edge)
        #expect(!rows[7][0...7].contains(true), "the finder stands apart")
    }

    @Test func `what does not fit into a code is refused`() throws {
        #expect(try QRCode(String(repeating: "x", count: 2331)).side == 177)
        for text in ["", "a\u{0}b", String(repeating: "x", count: 2332), String(repeating: "窗", count: 1000)] {
            #expect(throws: DocumentRefusal.unfitForCode) { try QRCode(text) }
        }
    }

    @Test func `the rectangles cover exactly the dark modules, with four light ones around`() throws {
        let code = try QRCode("https://ow.example/")
        let width = Double(code.side + 8)
        var covered = Set<[Int]>()
        for rectangle in code.rectangles(at: Point(0, 0), width: width) {
            #expect(abs(rectangle.height - 1) < 1e-9)
            for step in 0..<Int(rectangle.width.rounded()) {
                covered.insert([
                    Int((rectangle.corner.y).rounded()) - 4, Int(rectangle.corner.x.rounded()) + step - 4,
                ])
            }
        }
        let dark = code.rows.enumerated().flatMap { y, row in row.indices.filter { row[$0] }.map { [y, $0] } }
        #expect(covered == Set(dark))
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a scanner reads from paper what was written`(_ seed: UInt64) throws {
        let dice = Dice.seeded(seed)
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-._~/?=&%")
        let length = 20 + Int(dice.roll() % 100)
        let tail = String((0..<length).map { _ in letters[Int(dice.roll() % UInt64(letters.count))] })
        let text = "https://ow.example/\(tail)"
        let file = try Samples.file(try Typeface()) { layout in
            try layout.masthead(Masthead(over: "局", title: "题", code: (try QRCode(text), "扫码")))
        }
        #expect(try PrintedPaper(file.bytes()).codes() == [text])
    }
}
