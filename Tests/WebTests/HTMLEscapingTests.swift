import Testing
import Vocabulary

@testable import Web

@Suite("Escaping") struct HTMLEscapingTests {
    private let words: Words

    init() throws {
        words = try WordTables.shipped().words(.portal, .zh)
    }

    private func render(_ write: (inout HTML) -> Void) -> String {
        var html = HTML(words: words)
        write(&html)
        return String(decoding: html.bytes, as: UTF8.self)
    }

    /// Strings of whatever breaks markup, with ordinary and astral characters between.
    static let samples: [String] = {
        let dice = Dice.seeded(7)
        let pieces: [String] = [
            "<", ">", "&", "\"", "'", "\u{0}", "\u{1}", "\u{7F}", "\n", "\r", "\t", "</script>", "<!--", "]]>", "&amp;",
            "窗", "𠮷", "é", "a",
            " ", "=", "`", "\u{FFFD}", "\u{202E}",
        ]
        return (0..<500).map { _ in
            (0..<Int(dice.roll() % 12)).map { _ in pieces[Int(dice.roll() % UInt64(pieces.count))] }.joined()
        }
    }()

    @Test(arguments: samples)
    func `text never opens a tag, and reads back as what went in`(sample: String) {
        let written = render { $0.text(sample) }
        #expect(!written.contains { "<>\"'".contains($0) })
        #expect(!written.utf8.contains { $0 < 0x20 && $0 != 9 && $0 != 10 || $0 == 0x7F })
        #expect(unescape(written) == visible(sample))
    }

    @Test(arguments: samples)
    func `an attribute never ends before its value does`(sample: String) {
        let written = render { $0.void("input", .data("value", sample), .flag("required")) }
        #expect(written.hasPrefix("<input value=\""))
        #expect(written.hasSuffix("\" required>"))
        #expect(written.count { $0 == "\"" } == 2)
        #expect(unescape(String(written.dropFirst(14).dropLast(11))) == visible(sample))
    }

    @Test func `a text area keeps a first empty line`() {
        let field = Field("note", "说明", .multiline(max: 10), answer: Answer("\nx"))
        #expect(render { $0.control(field) }.contains(">\n\nx</textarea>"))
    }

    @Test(arguments: [
        "javascript:alert(1)", "JavaScript:alert(1)", "//evil.example", "data:text/html,x", "\u{1}javascript:x", " /x",
        "",
        "/\\evil.example", "vbscript:x", "java\tscript:x", "evil",
    ])
    func `an address that leads out of the house by a back way leads nowhere`(target: String) {
        #expect(render { $0.element("a", .href(target), text: "x") } == "<a href=\"#\">x</a>")
    }

    @Test(arguments: ["/items/1?q=a", "#main", "?order=days", "https://www.gov.cn/", "tel:12345", "/"])
    func `an address of the house stays as it is`(target: String) {
        #expect(render { $0.element("a", .href(target), text: "x") } == "<a href=\"\(target)\">x</a>")
    }

    @Test func `an id holds no white space, and whoever describes it follows`() {
        let field = Field("the name", "名称", .text(max: 9), hint: "提示")
        let written = render { $0.field(field) }
        #expect(written.contains("id=\"field-the_name\""))
        #expect(written.contains("for=\"field-the_name\""))
        #expect(written.contains("aria-describedby=\"field-the_name-hint\""))
        #expect(written.contains("name=\"the name\""))
    }

    @Test func `a choice with help for itself and for its answers has no id twice`() throws {
        let field = Field("way", "方式", .choice([Option("a", "快递", hint: "2 天"), Option("b", "窗口")]), hint: "可改")
        #expect(try Markup(render { $0.field(field) }).problems == [])
    }

    private func unescape(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }

    /// What a reader can get to see of a string: forbidden control characters are marked as such.
    private func visible(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isForbidden = scalar.value < 0x20 && scalar != "\t" && scalar != "\n" || scalar.value == 0x7F
                    return isForbidden ? "\u{FFFD}" : scalar
                }))
    }
}
