import Testing
import Vocabulary

@testable import Web

/// The main components as bytes, so that a change of markup is seen where it is made.
@Suite("Goldens") struct HTMLGoldenTests {
    private let zh: Words
    private let en: Words

    init() throws {
        let tables = try WordTables.shipped()
        zh = tables.words(.portal, .zh)
        en = tables.words(.portal, .en)
    }

    private func render(_ words: Words, _ write: (inout HTML) -> Void) -> String {
        var html = HTML(words: words)
        write(&html)
        return String(decoding: html.bytes, as: UTF8.self).replacing(/<svg.*?<\/svg>/, with: "<svg/>")
    }

    @Test func `a message has a sign with a word, a title, and what to do next`() {
        let written = render(zh) { html in
            html.banner(.warning, "缺 2 份材料") { $0.paragraph("请补齐") }
        }
        let golden = #"""
            <div class="banner warning" role="status"><svg/><div><p class="banner-title">缺 2 份材料</p>\#
            <p>请补齐</p>\#
            </div>\#
            </div>
            """#
        #expect(written == golden)
    }

    @Test func `an error summary leads to each field`() {
        let written = render(en) { html in
            html.errorSummary([FieldError("phone", "Give all 11 digits"), FieldError("area", "Use digits")])
        }
        let golden = #"""
            <div class="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title" data-focus><h2 id="error-summary-title">Please correct the following 2 answers</h2>\#
            <ul><li><a href="#field-phone">Give all 11 digits</a></li>\#
            <li><a href="#field-area">Use digits</a></li>\#
            </ul></div>
            """#
        #expect(written == golden)
    }

    @Test func `a field ties label, help, origin, error and control together`() {
        let written = render(zh) { html in
            html.field(Field("phone", "联系电话", .phone, answer: Answer("138", error: "少 8 位", origin: "营业执照")))
        }
        let golden = #"""
            <div class="field wrong"><label for="field-phone">联系电话</label>\#
            <p class="hint" id="field-phone-hint">11 位手机号码，用于接收办理进度短信</p>\#
            <p class="origin" id="field-phone-origin"><svg/>已自动填入，来源：营业执照</p>\#
            <p class="mistake" id="field-phone-error"><svg/>少 8 位</p>\#
            <input type="tel" class="middling" id="field-phone" name="phone" value="138" maxlength="13" spellcheck="false" autocomplete="tel-national" aria-describedby="field-phone-hint field-phone-origin field-phone-error" aria-invalid="true"></div>
            """#
        #expect(written == golden)
    }

    @Test func `a choice has a legend, and each answer a label and its help`() {
        let written = render(zh) { html in
            html.field(
                Field("way", "方式", .choice([Option("a", "快递", hint: "2 天"), Option("b", "窗口")]), answer: Answer("b")))
        }
        let golden = #"""
            <div class="field"><fieldset><legend>方式</legend>\#
            <div class="options"><div class="option"><input type="radio" id="field-way" name="way" value="a" aria-describedby="field-way-1-hint"><label for="field-way">快递</label>\#
            <p class="hint" id="field-way-1-hint">2 天</p>\#
            </div>\#
            <div class="option"><input type="radio" id="field-way-2" name="way" value="b" checked><label for="field-way-2">窗口</label>\#
            </div>\#
            </div>\#
            </fieldset></div>
            """#
        #expect(written == golden)
    }

    @Test func `an optional list says so and starts with nothing chosen`() {
        let written = render(en) { html in
            html.field(Field("area", "District", .list([Option("1", "Gulou")])).with { $0.isOptional = true })
        }
        let golden = #"""
            <div class="field"><label for="field-area">District<span class="optional"> (optional)</span></label>\#
            <select id="field-area" name="area"><option value="">Please choose</option><option value="1">Gulou</option></select></div>
            """#
        #expect(written == golden)
    }

    @Test func `a button shows its key and sends its value`() {
        let written = render(zh) { html in
            html.button("受理", sends: ButtonValue("deed", "accept"), key: "a")
        }
        let golden = #"""
            <button class="button primary" type="submit" name="deed" value="accept" data-key="a" aria-keyshortcuts="a"><span>受理</span><kbd aria-hidden="true">A</kbd></button>
            """#
        #expect(written == golden)
    }

    @Test func `a form carries both tokens and keeps a draft`() {
        let written = render(zh) { html in
            html.form("/a", FormTokens(csrf: "C", command: "T"), autosave: "/b") { _ in }
        }
        let golden = #"""
            <form method="post" action="/a" novalidate data-autosave="/b" data-said="已自动保存" data-failed="暂时未能保存。您填写的内容仍在本页，请勿关闭页面，我们会继续尝试。" data-sending="正在提交，请稍候"><input type="hidden" name="csrf" value="C"><input type="hidden" name="token" value="T"><p class="saved note" data-saved></p>\#
            </form>
            """#
        #expect(written == golden)
    }

    @Test func `steps name where one is, what is done, and what is to come`() {
        let written = render(zh) { html in
            html.steps([Step("甲", href: "/1"), Step("乙"), Step("丙")], current: 1)
        }
        let golden = #"""
            <nav class="steps" aria-label="办理步骤"><p class="steps-now">第 2 步，共 3 步：<span>乙</span></p>\#
            <ol><li class="done"><svg/><a href="/1">甲</a></li>\#
            <li class="now" aria-current="step"><span>乙</span></li>\#
            <li><span>丙</span></li>\#
            </ol></nav>
            """#
        #expect(written == golden)
    }

    @Test func `a summary leads to where an answer is changed`() {
        let written = render(en) { html in
            html.summary([SummaryRow("Phone", "138", change: "/p"), SummaryRow("Remarks", "")])
        }
        let golden = #"""
            <dl class="summary"><div><dt>Phone</dt>\#
            <dd><span>138</span></dd>\#
            <dd class="change"><a href="/p">Change<span class="unseen"> Phone</span></a></dd>\#
            </div>\#
            <div><dt>Remarks</dt>\#
            <dd><span>Not given</span></dd>\#
            </div>\#
            </dl>
            """#
        #expect(written == golden)
    }

    @Test func `a light is a shape and a word`() {
        let written = render(zh) { html in
            html.light(.redStatutory, days: "超 2 天")
        }
        let golden = #"""
            <span class="light red-statutory"><svg/><span>超过法定时限</span><span class="light-days">超 2 天</span></span>
            """#
        #expect(written == golden)
    }

    @Test func `a need that is held is ticked`() {
        let written = render(zh) { html in
            html.needs([
                NeedRow("营业执照", detail: "", standing: .held("9135")), NeedRow("平面图", detail: "1 份", standing: .wanted),
            ])
        }
        let golden = #"""
            <ul class="needs"><li class="held"><span class="need-box" aria-hidden="true"><svg/></span><div><p class="need-name">营业执照</p>\#
            <p class="good">已从电子证照库取得：9135，无需提交</p>\#
            </div>\#
            </li>\#
            <li><span class="need-box" aria-hidden="true"></span><div><p class="need-name">平面图</p>\#
            <p class="note">1 份</p>\#
            </div>\#
            </li>\#
            </ul>
            """#
        #expect(written == golden)
    }

    @Test func `a pager leads both ways`() {
        let written = render(en) { html in
            html.pager(previous: "?before=1", next: "?after=9")
        }
        let golden = #"""
            <nav class="pager" aria-label="Pages"><a href="?before=1" rel="prev"><svg/>Previous page</a><a href="?after=9" rel="next">Next page<svg/></a></nav>
            """#
        #expect(written == golden)
    }

    @Test func `an event says when`() {
        let written = render(en) { html in
            html.timeline([TimelineEvent(.on(CivilDate(daysSinceEpoch: 20_781)), "Accepted", state: .now)])
        }
        let golden = #"""
            <ol class="timeline"><li class="now" aria-current="step"><p class="event-title">Accepted</p>\#
            <p class="note"><time datetime="2026-11-24">Tue 24 Nov 2026</time></p>\#
            </li>\#
            </ol>
            """#
        #expect(written == golden)
    }

    @Test func `a number can be copied`() {
        let written = render(zh) { html in
            html.copyable("3501", name: "办件编号")
        }
        let golden = #"""
            <span class="copyable"><span class="code">3501</span><button type="button" class="copy" data-copy="3501" data-said="已复制" aria-label="复制办件编号" hidden><svg/><span>复制</span></button></span>
            """#
        #expect(written == golden)
    }

    @Test func `a figure leads to its cases`() {
        let written = render(zh) { html in
            html.figures([Figure("收件", "7", change: "+1", href: "/d")])
        }
        let golden = #"""
            <dl class="figures"><div><dt>收件</dt>\#
            <dd><span class="figure"><a href="/d">7</a></span><span class="note">+1</span></dd>\#
            </div>\#
            </dl>
            """#
        #expect(written == golden)
    }
}
