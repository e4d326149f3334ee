import Foundation
import Testing
import Vocabulary

@testable import Documents

@Suite struct TypefaceTests {
    @Test func `without its file the typeface says what to install`() throws {
        let fault = #expect(throws: Fault.self) { try Typeface(path: "/nowhere/none.ttc") }
        guard case .misconfigured(let text)? = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(text.contains("/nowhere/none.ttc"))
        #expect(text.contains("fonts-wqy-microhei"))
        #expect(text.contains("ONEWINDOW_FONT"))
    }

    @Test func `a file that is no TrueType face, or has not so many faces, is refused`() throws {
        #expect(throws: Fault.misconfigured("/etc/passwd has no face number 0")) { try Typeface(path: "/etc/passwd") }
        let path = Typeface.standardPath
        #expect(throws: Fault.misconfigured("\(path) has no face number 2")) { try Typeface(index: 2) }
        #expect(try Typeface(index: 1).postScriptName == "WenQuanYiMicroHeiMono")
        #expect(try Typeface().postScriptName == "WenQuanYiMicroHei")
    }

    @Test func `a face that lost its outlines is refused`() throws {
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: Typeface.standardPath)))
        // The name of the table in the directories of both faces.
        let name = Array("glyf".utf8)
        for index in 0..<1024 where Array(bytes[index..<index + 4]) == name { bytes[index] = UInt8(ascii: "x") }
        let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).ttc"
        try Data(bytes).write(to: URL(filePath: path))
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
        #expect(throws: Fault.misconfigured("\(path) has no TrueType outlines")) { try Typeface(path: path) }
    }

    @Test func `a character that the face does not draw is refused by its name`() throws {
        let typeface = try Typeface()
        #expect(throws: DocumentRefusal.missingCharacter("\u{20000}")) {
            try typeface.width(of: "林\u{20000}", size: 10)
        }
        #expect(throws: DocumentRefusal.missingCharacter("\u{1F600}")) { try typeface.glyph(of: "\u{1F600}") }
        #expect(throws: DocumentRefusal.missingCharacter("\u{7}")) { try typeface.glyph(of: "\u{7}") }
    }

    @Test func `a character that the face draws as nothing is refused as well`() throws {
        // The face has a glyph for the degree Celsius, without an outline.
        #expect(throws: DocumentRefusal.missingCharacter("℃")) { try Typeface().glyph(of: "℃") }
        #expect(throws: DocumentRefusal.missingCharacter("\u{200B}")) { try Typeface().glyph(of: "\u{200B}") }
        #expect(try Typeface().width(of: " \u{3000}", size: 1) > 1)
    }

    @Test func `a unit without a picture is spelled out, and only a unit`() throws {
        let typeface = try Typeface()
        #expect(try typeface.width(of: "20℃", size: 10) == typeface.width(of: "20°C", size: 10))
        #expect(
            String(String.UnicodeScalarView(typeface.drawn("5℃ 3㎡"))) == "5°C 3"
                + (typeface.printable("㎡", instead: "?")))
        #expect(typeface.printable("林\u{20000}\n℃", instead: "\u{3013}") == "林\u{3013}\n°C")
        #expect(try LineBreaker(typeface: typeface).lines(of: "室温℃", first: 9, rest: 9).map(\.text) == ["室温°C"])
        for letters in Typeface.spelledOut.values { #expect(try typeface.width(of: letters, size: 1) > 0) }
    }

    @Test func `a Chinese character is as wide as the size`() throws {
        let typeface = try Typeface()
        #expect(try typeface.width(of: "一窗受理", size: 10) == 40)
        let digits = try typeface.width(of: "1234567890", size: 10)
        #expect(try typeface.width(of: "0", size: 10) * 10 == digits, "figures are of one width")
    }

    @Test func `a subset holds its glyphs and little else`() throws {
        let typeface = try Typeface()
        let glyphs = try "一窗办".unicodeScalars.map { try typeface.glyph(of: $0).number }
        let subset = try FontSubset(of: typeface, glyphs: glyphs)
        #expect(Set(subset.numbers.keys) == Set(glyphs))
        #expect(Set(subset.numbers.values).count == glyphs.count)
        #expect(subset.bytes.count < 20_000)
        #expect(subset.bytes.prefix(4) == [0, 1, 0, 0])
    }
}
