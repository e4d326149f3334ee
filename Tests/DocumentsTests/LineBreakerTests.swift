import Testing
import Vocabulary

@testable import Documents

@Suite struct LineBreakerTests {
    private let breaker: LineBreaker

    init() throws {
        breaker = LineBreaker(typeface: try Typeface())
    }

    private func lines(_ text: String, _ width: Double) throws -> [String] {
        try breaker.lines(of: text, first: width, rest: width).map(\.text)
    }

    @Test func `a line holds as many characters as fit`() throws {
        #expect(try lines("一二三四五六七", 3) == ["一二三", "四五六", "七"])
        #expect(try lines("一二三", 3) == ["一二三"])
        #expect(try lines("", 3) == [""])
    }

    @Test func `a closing sign takes its character along to the next line`() throws {
        for sign in "，。、：；！？）》」" {
            #expect(try lines("一二三\(sign)四", 3) == ["一二", "三\(sign)四"], "\(sign)")
        }
        #expect(try lines("一二三」。", 3) == ["一二", "三」。"])
    }

    @Test func `an opening sign goes to the next line with what it opens`() throws {
        for sign in "（《「" { #expect(try lines("一二\(sign)三四", 3) == ["一二", "\(sign)三四"], "\(sign)") }
    }

    @Test func `words, numbers and codes stay whole`() throws {
        func width(_ text: String) throws -> Double { try breaker.typeface.width(of: text, size: 1) + 0.1 }
        #expect(try lines("编码 11350100 有效", width("11350100")) == ["编码", "11350100", "有效"])
        #expect(try lines("the counter opens at nine", width("the counter")) == ["the counter", "opens at", "nine"])
        #expect(try lines("见GB/T-9704的三条", width("GB/T-9704")) == ["见", "GB/T-9704", "的三条"])
    }

    @Test func `two dashes and an ellipsis are not torn apart`() throws {
        #expect(try lines("一二三——四", 4) == ["一二", "三——四"])
        #expect(try lines("一二三……四", 4) == ["一二", "三……四"])
    }

    @Test func `a code wider than a line is cut, and nothing of it is lost`() throws {
        let code = "113501000000000001X2026"
        let cut = try breaker.lines(of: code, first: 4, rest: 4)
        #expect(cut.count > 2)
        #expect(cut.map(\.text).joined() == code)
        #expect(cut.allSatisfy { $0.width <= 4 })
    }

    @Test func `what ends a line in the text ends one on the page, and an empty line stays`() throws {
        #expect(try lines("一\n二\r\n三\n\n四", 9) == ["一", "二", "三", "", "四"])
        #expect(try lines("一\t二", 9) == ["一 二"])
    }

    @Test func `spaces at the end of a line are left out, those at the beginning of a text are kept`() throws {
        #expect(try lines("一二   三四", 2) == ["一二", "三四"])
        #expect(try lines("\u{3000}\u{3000}一二", 4) == ["\u{3000}\u{3000}一二"])
        #expect(try lines("   ", 2) == [""])
    }

    @Test func `the first line may be narrower`() throws {
        let cut = try breaker.lines(of: "一二三四五", first: 1, rest: 3)
        #expect(cut.map(\.text) == ["一", "二三四", "五"])
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `whatever the text, lines fit, keep their signs and lose nothing`(_ seed: UInt64) throws {
        let dice = Dice.seeded(seed)
        let text = Samples.text(dice, pieces: 120)
        let width = 8 + Double(dice.roll() % 240) / 10
        let cut = try breaker.lines(of: text, first: width - 2, rest: width)
        let (closing, opening) = (Set("，。、：；！？）》」"), Set("（《「"))
        for (index, line) in cut.enumerated() {
            #expect(line.width <= (index == 0 ? width - 2 : width) + 1e-9, "\(line.text)")
            #expect(!line.text.isEmpty)
            if index > 0 { #expect(line.text.first.map { !closing.contains($0) } == true, "\(line.text)") }
            #expect(line.text.last.map { !opening.contains($0) } == true, "\(line.text)")
            #expect(abs(try breaker.typeface.width(of: line.text, size: 1) - line.width) < 1e-6)
        }
        let kept = cut.map(\.text).joined().filter { $0 != " " }
        #expect(kept == text.filter { $0 != " " }, "nothing but spaces is left out")
        // Every word stands on one line, for all of them are narrower than it.
        for word in ["Fuzhou", "one-window", "113501000000", "15,000.50"] {
            let (whole, found) = (text.ranges(of: word).count, cut.map { $0.text.ranges(of: word).count })
            #expect(found.reduce(0, +) == whole, "\(word)")
        }
    }

    @Test func `what does not fit is cut short with an ellipsis`() throws {
        #expect(try breaker.clipped("一二三", width: 3).text == "一二三")
        let short = try breaker.clipped("一二三四", width: 3)
        #expect(short.text == "一二…")
        #expect(short.width <= 3)
    }
}
