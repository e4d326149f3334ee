import Testing
import Vocabulary

@testable import Web

@Suite struct WeChatXMLTests {
    private static func read(_ text: String) throws -> WeChatXML { try WeChatXML(Array(text.utf8)) }

    @Test func `text, CDATA, references, empty and nested elements are read`() throws {
        let xml = try Self.read(
            """
              <xml>
              <A><![CDATA[<&>]] ]]></A ><B>a &lt;&amp;&gt;&quot;&apos; &#23383;&#x5B57; > b</B>
              <C/><D></D><E><![CDATA[1]]>2<![CDATA[3]]></E>
              <F><item><G>deep</G></item><item><G>twice</G></item></F></xml>

            """)
        #expect(xml["A"] == "<&>]] ")
        #expect(xml["B"] == "a <&>\"' 字字 > b")
        #expect([xml["C"], xml["D"], xml["F"], xml["G"], xml["Z"]] == ["", "", "", "", ""])
        #expect(xml["E"] == "123")
    }

    @Test(arguments: [
        "", " ", "xml", "<xml>", "<xml/>", "<xml></xml", "<xml></xmls>", "<xml></xml><xml></xml>", "<xml></xml>x",
        "x<xml></xml>", "<XML></XML>", "<xml>text</xml>", "<xml><A></B></xml>", "<xml><A><B></A></B></xml>",
        "<xml><A>1</A><A>2</A></xml>", "<xml><A b=\"1\">1</A></xml>", "<xml><!-- x --></xml>",
        "<xml><A><!--x--></A></xml>",
        "<?xml version=\"1.0\"?><xml></xml>", "<xml><?php x?></xml>", "<!DOCTYPE xml><xml></xml>",
        "<xml><!DOCTYPE x></xml>", "<xml><A>&nbsp;</A></xml>", "<xml><A>&</A></xml>", "<xml><A>&lt</A></xml>",
        "<xml><A>&#0;</A></xml>", "<xml><A>&#xD800;</A></xml>", "<xml><A>&#x110000;</A></xml>",
        "<xml><A>&#+65;</A></xml>",
        "<xml><A>&#-65;</A></xml>", "<xml><A>&#;</A></xml>", "<xml><A>&#xFFFE;</A></xml>", "<xml><A>&;</A></xml>",
        "<xml><A>]]></A></xml>", "<xml><A><![CDATA[x</A></xml>", "<xml><A><![cdata[x]]></A></xml>", "<xml><>1</></xml>",
        "<xml><A:B>1</A:B></xml>", "<xml>< A>1</A></xml>", "<xml><A>\u{0}</A></xml>", "<xml><A>\u{7}</A></xml>",
        "\u{FEFF}<xml></xml>", "{\"xml\": 1}", "a=b&c=d",
    ])
    func `what is not this format is refused`(_ text: String) {
        #expect(throws: WeChatRefusal.malformed) { try Self.read(text) }
    }

    @Test func `entities of somebody's making, near or far, are never even declared`() {
        var laughs = "<!DOCTYPE lolz [<!ENTITY lol \"lol\">"
        for level in 1...9 {
            let before = level == 1 ? "lol" : "lol\(level - 1)"
            laughs += "<!ENTITY lol\(level) \"\(String(repeating: "&\(before);", count: 10))\">"
        }
        let attacks = [
            laughs + "]><xml><Content>&lol9;</Content></xml>",
            "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><xml><Content>&f;</Content></xml>",
            "<!DOCTYPE x SYSTEM \"http://127.0.0.1/x.dtd\"><xml></xml>", "<xml><Content>&lol9;</Content></xml>",
            "<xml xmlns:i=\"http://www.w3.org/2001/XInclude\"><i:include href=\"/etc/passwd\"/></xml>",
        ]
        for attack in attacks { #expect(throws: WeChatRefusal.malformed) { try Self.read(attack) } }
        // The same in the encodings in which a search for `<!DOCTYPE` would not see it.
        for attack in attacks {
            let wide = attack.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
            #expect(throws: WeChatRefusal.malformed) { try WeChatXML([0xFF, 0xFE] + wide) }
            #expect(throws: WeChatRefusal.malformed) { try WeChatXML(wide) }
        }
    }

    @Test func `depth and number of elements and the length of a name have limits`() throws {
        func nested(_ depth: Int) -> String {
            "<xml>" + String(repeating: "<A>", count: depth - 1) + String(repeating: "</A>", count: depth - 1)
                + "</xml>"
        }
        _ = try Self.read(nested(WeChatXML.depthMax))
        #expect(throws: WeChatRefusal.malformed) { try Self.read(nested(WeChatXML.depthMax + 1)) }
        #expect(throws: WeChatRefusal.malformed) { try Self.read(nested(20_000)) }
        func many(_ count: Int) -> String {
            "<xml>" + (1..<count).map { "<A\($0)/>" }.joined() + "</xml>"
        }
        _ = try Self.read(many(WeChatXML.elementsMax))
        #expect(throws: WeChatRefusal.malformed) { try Self.read(many(WeChatXML.elementsMax + 1)) }
        func named(_ length: Int) -> String { "<xml><\(String(repeating: "A", count: length))/></xml>" }
        _ = try Self.read(named(WeChatXML.nameCharactersMax))
        #expect(throws: WeChatRefusal.malformed) { try Self.read(named(WeChatXML.nameCharactersMax + 1)) }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE5, 0xAD]] {
            #expect(throws: WeChatRefusal.malformed) {
                try WeChatXML(Array("<xml><A>".utf8) + bytes + Array("</A></xml>".utf8))
            }
        }
    }

    @Test func `any text that is written is read again, and what is changed by chance is read or refused`() throws {
        let texts = [
            "]]>", "]]>]]>", "]]", "<a href=\"x\">字</a>", "&amp;", "]]]]><![CDATA[>", "👩‍👩‍👧\n", "", "\u{0}a\u{7F}",
        ]
        for text in texts {
            let kept = text.filter { $0 != "\u{0}" && $0 != "\u{7F}" }
            #expect(try Self.read("<xml><A>\(WeChatXML.text(text))</A></xml>")["A"] == kept)
        }
        let sample = Array(WeChatServer.text("开饭店 &amp;").utf8)
        var refused = 0
        for seed in 0..<UInt64(3000) {
            let dice = Dice.seeded(seed)
            var bytes = sample
            for _ in 0...Int(dice.roll() % 3) {
                let place = Int(dice.roll() % UInt64(bytes.count))
                switch dice.roll() % 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: dice.roll())
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int(dice.roll() % 9)))
                default:
                    bytes.insert(
                        contentsOf: Array(["<", ">", "&", "]]>", "</", "<![CDATA["][place % 6].utf8), at: place)
                }
            }
            do {
                _ = try WeChatMessage(WeChatXML(bytes))
            } catch {
                #expect(error == .malformed, "seed \(seed)")
                refused += 1
            }
        }
        #expect((1000..<3000).contains(refused))
    }
}
