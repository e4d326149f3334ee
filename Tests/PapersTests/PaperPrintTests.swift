import Documents
import DocumentsTestSupport
import Foundation
import Papers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct PaperPrintTests {
    private let song: Typeface
    private let shelf: TemplateShelf

    init() throws {
        song = try Typeface(path: Typeface.songPath)
        shelf = try TemplateShelf()
    }

    /// A paper of a kind in the template that ships.
    private func issued(
        _ drafts: [PaperDraft]
    ) async throws -> [(paper: Paper, template: PaperTemplate)] {
        var papers: [(paper: Paper, template: PaperTemplate)] = []
        try await StoreUnderTest.sqlite.use(PaperTable.migrations) { store in
            try await store.write { [shelf] tx in
                for (index, draft) in drafts.enumerated() {
                    try PaperTable.issue(
                        draft, as: Cases.id(UInt64(index)), shelf: shelf, stamp: Cases.stamp(), in: tx)
                }
            }
            papers = try await store.read { [shelf] tx in
                try drafts.indices.map { index in
                    let paper = try PaperTable.load(Cases.id(UInt64(index)), in: tx)
                    return (paper, try shelf.template(paper.issued.template, in: tx))
                }
            }
        }
        return papers
    }

    private func file(_ kind: PaperKind, _ values: [String: PaperValue]? = nil) async throws -> [UInt8] {
        var draft = try Cases.draft(kind)
        if let values { draft.values = values }
        let (paper, template) = try #require(try await issued([draft]).first)
        return try PaperPrint(paper, template).file(song).bytes()
    }

    @Test(arguments: PaperKind.all.map(\.id))
    func `every kind prints with all that it must say, its fonts embedded, its pages counted`(_ id: String) async throws
    {
        let kind = try #require(PaperKind.named(id))
        let bytes = try await file(kind)
        if let folder = ProcessInfo.processInfo.environment["PAPERS"] {
            try Data(bytes).write(to: URL(filePath: "\(folder)/\(id).pdf"))
        }
        let printed = try PrintedPaper(bytes)
        #expect(try printed.fault() == nil)
        let fonts = try printed.fonts()
        #expect(!fonts.isEmpty)
        for font in fonts { #expect(font.contains(#/^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes /#)) }
        let letters = Self.flowing(try printed.letters())
        for particular in kind.particulars where !particular.id.hasSuffix("English") {
            for word in Self.words(of: try #require(Cases.values(kind)[particular.id])) {
                #expect(letters.contains(word), "\(id) does not say \(particular.id): \(word)")
            }
        }
        #expect(letters.contains("榕人社\(kind.word)〔2026〕第0001号"))
        #expect(letters.contains("示例文书不具有法律效力"))
        let pages = try printed.pages()
        for (index, page) in pages.enumerated() {
            #expect(page.contains("第 \(index + 1) 页 共 \(pages.count) 页"))
        }
        #expect(bytes.count <= Blobs.rowBytesMax)
    }

    /// The text as it flows over the pages: without what stands around each.
    private static func flowing(_ letters: String) -> String {
        let inside = letters.replacing(#/榕人社\p{Han}+〔2026〕第0001号第\d+页共\d+页/#, with: "")
        return "示例文书不具有法律效力" + inside.replacing("示例文书不具有法律效力", with: "")
    }

    /// What must be found of a value; terms are found by their Chinese words elsewhere.
    private static func words(of value: PaperValue) -> [String] {
        let texts =
            switch value {
            case .text(let text): [text]
            case .day(let day): [PaperDay.text(day, isChinese: true)]
            case .list(let lines): lines
            case .table(let rows): Array(rows.joined())
            case .drawing: [String]()
            }
        return texts.filter { !$0.hasPrefix("@") }.map { $0.filter { !$0.isWhitespace } }
    }

    @Test func `a term is printed in its words, never as its name`() async throws {
        let letters = try PrintedPaper(try await file(.correction)).letters()
        #expect(letters.contains("内容不全"))
        #expect(letters.contains("根据《中华人民共和国行政许可法》第三十二条第一款第四项"))
        #expect(!letters.contains("@"))
    }

    @Test func `what is no licence is called by another name, and cites the law by analogy`() async throws {
        var values = Cases.values(.refusal)
        (values["law"], values["decision"]) = (.text("@likewise"), .text("@refuseOther"))
        let letters = try PrintedPaper(try await file(.refusal, values)).letters()
        #expect(letters.contains("不予办理决定书"))
        #expect(letters.contains("参照《中华人民共和国行政许可法》第三十八条第二款的规定，本机关决定不予办理。"))
        #expect(!letters.contains("行政许可决定书"))
    }

    @Test func `what is not said leaves no empty sentence behind`() async throws {
        var values = Cases.values(.grant)
        for id in ["certificateNumber", "deliverBy", "basis"] { values[id] = nil }
        let letters = try PrintedPaper(try await file(.grant, values)).letters()
        for word in ["证照编号", "第四十四条", "办理依据", "{"] { #expect(!letters.contains(word), "\(word)") }
    }

    @Test func `a refusal names the reconsideration body, sixty days, the court and six months`() async throws {
        for kind in PaperKind.all where kind.isAdverse {
            let letters = Self.flowing(try PrintedPaper(try await file(kind)).letters())
            for word in ["六十日", "福州市人民政府", "六个月", "福州市鼓楼区人民法院", "行政复议法", "行政诉讼法", "全国行政复议服务平台"] {
                #expect(letters.contains(word), "\(kind.id) does not say \(word)")
            }
        }
    }

    @Test func `a long paper goes on on the next page, its table closed, its signature not alone`() async throws {
        var values = Cases.values(.correction)
        values["defects"] = .table(
            (1...40).map { ["材料\($0)", "@missing", String(repeating: "请按要求重新提交。", count: 1 + $0 % 9)] })
        let pages = try PrintedPaper(try await file(.correction, values)).pages()
        #expect(pages.count > 2)
        let last = try #require(pages.last)
        #expect(last.contains("特此告知"))
        #expect(last.contains("2026年11月23日"))
        #expect(pages.joined().contains("材料40"))
    }

    @Test func `the same paper is the same file, on whatever day it is printed`() async throws {
        #expect(try await file(.acceptance) == file(.acceptance))
    }

    @Test func `a real body's paper has no mark of an example`() async throws {
        var draft = try Cases.draft(.acceptance)
        draft = PaperDraft(
            .acceptance, by: try Cases.body("福州市公安局", isDemonstration: false), about: Cases.dossier, draft.values)
        let (paper, template) = try #require(try await issued([draft]).first)
        let letters = try PrintedPaper(PaperPrint(paper, template).file(song).bytes()).letters()
        #expect(!letters.contains("示例"))
    }

    @Test func `a name that the face cannot draw is refused, not boxed`() async throws {
        var values = Cases.values(.acceptance)
        values["applicant"] = .text("林\u{20000}")
        await #expect(throws: DocumentRefusal.missingCharacter("\u{20000}")) { try await file(.acceptance, values) }
    }

    @Test func `a reader of English gets a translation with the same facts`() async throws {
        let (paper, template) = try #require(try await issued([try Cases.draft(.refusal)]).first)
        let said = try paper.parts(template, isChinese: false).map { "\($0)" }.joined()
        for word in ["Special working hours", "article 38(2)", "60 days", "FZ20261124-0012"] {
            #expect(said.contains(word), "\(word)")
        }
        #expect(!said.contains("{"))
    }
}
