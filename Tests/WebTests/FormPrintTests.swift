import Documents
import DocumentsTestSupport
import Dossiers
import Foundation
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Catalogue
@testable import Web

@Suite struct FormPrintTests {
    private static let catalogue = Result { try DemonstrationCatalogue.shipped() }

    /// One guide of each of the hand-made files.
    private static func guides() throws -> [Guide] {
        let all = try catalogue.get().guides
        return Set(all.map(\.standard.slug)).sorted().compactMap { slug in all.first { $0.standard.slug == slug } }
    }

    /// One guide of each power: the levels of an item offer different answers.
    private static func powers() throws -> [Guide] {
        try guides().flatMap { guide in
            let same = try catalogue.get().guides.filter { $0.standard.slug == guide.standard.slug }
            return Set(same.map(\.power.catalogCode.code)).sorted().compactMap { code in
                same.first { $0.power.catalogCode.code == code }
            }
        }
    }

    private static func paper(
        _ guide: Guide, _ language: Language, _ filling: FormPaper.Filling, code: String? = nil
    ) throws -> FormPaper {
        let item = ItemVersion(
            guide: guide, version: 3, digest: "", effectiveDate: try #require(CivilDate("2026-09-01")))
        return FormPaper(
            item: item, tables: try catalogue.get().tables, words: try WordTables.shipped().words(.portal, language),
            house: "福州市政务服务", code: (code ?? "https://ow.example/items/\(guide.itemCode)", "扫码"), filling: filling)
    }

    private static func print(_ paper: FormPaper, _ name: String = "") throws -> PrintedPaper {
        let bytes = try paper.file(Typeface()).bytes()
        if let folder = ProcessInfo.processInfo.environment["PRINT_SAMPLES"], !name.isEmpty {
            try Data(bytes).write(to: URL(filePath: "\(folder)/\(name).pdf"))
        }
        return try PrintedPaper(bytes)
    }

    private static func bare(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    /// Where each column of labels begins and ends, in points: the first, and the one in the middle.
    private static func labels(_ paper: PrintedPaper) throws -> String {
        try paper.letters(width: 147) + paper.letters(from: 298, width: 90)
    }

    @Test(arguments: Language.allCases)
    func `every guide's form prints blank, with every question, material and place to sign`(_ language: Language) throws
    {
        let guides = try Self.guides()
        #expect(guides.count == 14)
        for guide in guides {
            let paper = try Self.paper(guide, language, FormPaper.Filling(.blank, [:], [:]))
            let printed = try Self.print(paper, "form-\(guide.standard.slug)-\(language.rawValue)")
            #expect(try printed.fault() == nil)
            #expect(try printed.codes() == ["https://ow.example/items/\(guide.itemCode)"])
            let (names, letters) = (try Self.labels(printed), try printed.letters())
            let words = paper.words
            for field in guide.form.fields {
                #expect(names.contains(Self.bare(words.pick(field.label))), "\(guide.standard.slug): \(field.id)")
                for option in field.labels(paper.tables) {
                    #expect(letters.contains("□" + Self.bare(words.pick(option.label))), "\(field.id): \(option.id)")
                }
            }
            for material in guide.materials { #expect(letters.contains("□" + Self.bare(words.pick(material.name)))) }
            for text in [
                paper.title, guide.itemCode, words["form.pledge"], words["form.signature"], words["form.receiver"],
            ] {
                #expect(letters.contains(Self.bare(text)), "\(guide.standard.slug): \(text)")
            }
            #expect(!letters.contains("√"))
        }
    }

    @Test(arguments: Language.allCases)
    func `every guide's sample form shows every sample answer, and says that it is one`(_ language: Language) throws {
        for guide in try Self.powers() {
            let form = guide.form
            let paper = try Self.paper(guide, language, FormPaper.Filling(.sample, guide.sampleSituation, form.sample))
            let printed = try Self.print(paper, "sample-\(guide.catalogCode.code)-\(language.rawValue)")
            #expect(try printed.fault() == nil)
            let letters = try printed.letters()
            for page in form.pages(for: guide.sampleSituation) {
                for field in page.fields where ![.choice, .multichoice, .boolean].contains(field.type) {
                    let typed = form.sample[field.id] ?? ""
                    let day = field.type == .date ? CivilDate(typed).map(paper.words.plainDate) : nil
                    for line in (day ?? typed).split(separator: "\n") {
                        #expect(letters.contains(Self.bare(String(line))), "\(guide.standard.slug): \(field.id)")
                    }
                }
            }
            let ticks = form.pages(for: guide.sampleSituation).flatMap(\.fields).reduce(guide.situations.count) {
                sum, field in
                switch field.type {
                case .choice, .boolean: sum + (form.sample[field.id] == nil ? 0 : 1)
                case .multichoice: sum + (form.sample[field.id] ?? "").split(separator: ",").count
                default: sum
                }
            }
            #expect(letters.filter { $0 == "√" }.count == ticks, "\(guide.standard.slug)")
            let mark = Self.bare(paper.words["form.sample-mark"])
            #expect(
                try printed.pages().allSatisfy { Self.bare($0).contains(mark) }, "every page says that it is a sample")
        }
    }

    @Test
    func `a situation asks for its own questions and materials and for no others, in every situation of every guide`()
        throws
    {
        var (papers, absent) = (0, 0)
        for guide in try Self.guides() {
            // Each answer of each question once, the other questions answered in turn.
            for turn in 0..<(guide.situations.map(\.choices.count).max() ?? 0) {
                let situation = Dictionary(
                    uniqueKeysWithValues: guide.situations.map { ($0.id, $0.choices[turn % $0.choices.count].id) })
                let printed = try Self.print(
                    Self.paper(guide, .zh, FormPaper.Filling(.blank, situation, [:])))
                let (names, letters) = (try Self.labels(printed), try printed.letters())
                for field in guide.form.fields {
                    let others = guide.form.fields.filter { $0.id != field.id && $0.appliesWhen.hold(for: situation) }
                    // A label that is part of another's, or of a question, cannot be told from it.
                    let texts =
                        others.map(\.label.zh) + guide.situations.map(\.question.zh) + guide.form.pages.map(\.title.zh)
                    if texts.contains(where: { $0.contains(field.label.zh) }) { continue }
                    let isAsked = field.appliesWhen.hold(for: situation)
                    #expect(names.contains(Self.bare(field.label.zh)) == isAsked, "\(guide.standard.slug): \(field.id)")
                    absent += isAsked ? 0 : 1
                }
                for material in guide.materials where !material.appliesWhen.hold(for: situation) {
                    #expect(
                        !letters.contains("□" + Self.bare(material.name.zh)), "\(guide.standard.slug): \(material.id)")
                }
                #expect(!letters.contains("只在“"), "nothing is left open")
                #expect(letters.filter { $0 == "√" }.count == guide.situations.count)
                papers += 1
            }
        }
        #expect(papers > 40 && absent > 80)
    }

    @Test func `the same form is the same file, and every glyph is embedded`() throws {
        let guide = try #require(try Self.guides().first)
        let file = { (language: Language) in
            try Self.paper(guide, language, FormPaper.Filling(.blank, [:], [:])).file(Typeface()).bytes()
        }
        #expect(try file(.zh) == file(.zh))
        #expect(try file(.zh) != file(.en))
        let fonts = try PrintedPaper(file(.zh)).fonts()
        #expect(fonts.count == 1 && fonts.allSatisfy { $0.contains("yes yes yes") })
    }

    @Test func `a long answer goes on over the page, and a character without a picture is left to the hand`() throws {
        let guide = try #require(try Self.guides().first { $0.standard.slug == "special-working-hours" })
        let field = try #require(guide.form.fields.first { $0.type == .multiline })
        let text = (1...400).map { "第\($0)岗位" }.joined(separator: "、")
        var answers = guide.form.sample
        answers[field.id] = text
        answers[guide.form.fields[0].id] = "福州\u{20000}有限公司\u{1F600}，室温20℃"
        let filling = FormPaper.Filling(.sample, guide.sampleSituation, answers)
        let printed = try Self.print(Self.paper(guide, .zh, filling), "long")
        let letters = try printed.letters()
        for number in [1, 100, 200, 300, 400] { #expect(letters.contains("第\(number)岗位")) }
        #expect(letters.contains("福州〓有限公司〓，室温20°C"))
        #expect(letters.contains("“〓”处的字不在打印字库中"))
        #expect(try printed.fault() == nil)
    }
}
