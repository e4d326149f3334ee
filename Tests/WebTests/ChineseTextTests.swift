import Testing
import Vocabulary

@testable import Web

@Suite("Chinese on English pages") struct ChineseTextTests {
    private let tables: WordTables

    init() throws {
        tables = try WordTables.shipped()
    }

    private func render(_ language: Language, _ write: (inout HTML) -> Void) -> String {
        var html = HTML(words: tables.words(.portal, language))
        write(&html)
        return String(decoding: html.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("Accepted", "<p>Accepted</p>"),
        ("陈一鸣", "<p lang=\"zh-Hans-CN\">陈一鸣</p>"),
        ("榕审受〔2026〕第1号", "<p lang=\"zh-Hans-CN\">榕审受〔2026〕第1号</p>"),
        ("for 陈一鸣, today", "<p><span>for <span lang=\"zh-Hans-CN\">陈一鸣</span>, today</span></p>"),
        ("<福> & <州>", "<p><span>&lt;<span lang=\"zh-Hans-CN\">福&gt; &amp; &lt;州</span>&gt;</span></p>"),
    ])
    func `the text of an element says which part of it is Chinese`(text: String, written: String) {
        #expect(render(.en) { $0.element("p", text: text) } == written)
        let plain = render(.zh) { $0.element("p", text: text) }
        #expect(!plain.contains("lang="), "a Chinese page says so once")
    }

    @Test func `text among other things and words filled with data are marked as well`() {
        #expect(render(.en) { $0.text("林晓榕") } == "<span lang=\"zh-Hans-CN\">林晓榕</span>")
        let said = render(.en) { $0.say("need.held", ["by": "营业执照"]) }
        #expect(said.contains("<span lang=\"zh-Hans-CN\">营业执照</span>"))
    }

    @Test func `what says its language already is left alone`() {
        let written = render(.en) { html in
            html.element("article", Attribute("lang", "zh-Hans-CN")) { html in
                html.element("p", text: "受理通知书")
                html.text("福州")
            }
            html.text("福州")
        }
        #expect(
            written == "<article lang=\"zh-Hans-CN\"><p>受理通知书</p>福州</article>"
                + "<span lang=\"zh-Hans-CN\">福州</span>")
    }

    @Test func `an option, a title and a control hold no elements and carry the language themselves`() {
        #expect(
            render(.en) { $0.element("option", text: "Firm 福州") } == "<option lang=\"zh-Hans-CN\">Firm 福州</option>")
        let controls = [FieldKind.text(max: 20), .multiline(max: 20)].map { kind in
            render(.en) { $0.control(Field("name", "Name", kind, answer: Answer("陈一鸣"))) }
        }
        for control in controls {
            #expect(control.contains(" lang=\"zh-Hans-CN\""))
            #expect(!control.contains("<span"))
        }
        #expect(
            !render(.en) { $0.control(Field("name", "Name", .text(max: 20), answer: Answer("Chen"))) }.contains("lang"))
    }

    @Test(arguments: HTMLEscapingTests.samples)
    func `runs put together again are the text, and no two neighbours are alike`(sample: String) {
        let runs = ChineseText.runs(sample)
        #expect(runs.map(\.text).joined() == sample)
        #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.isChinese != $1.isChinese })
        #expect(runs.contains(where: \.isChinese) == ChineseText.isIn(sample))
    }
}
