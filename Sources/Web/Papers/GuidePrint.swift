import Catalogue
import Documents
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /items/{code}/guide.pdf`: the whole guide on A4, open to everybody. `language=zh` or `en` goes before the
/// reader's preference. What is said of the situation (`s.kind=first`) leaves the materials out that it does not ask
/// for, and is said on the paper.
struct GuidePrint {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.parameters.require("code")
        guard let item = try await site.hall.item(code) else { throw DoorRefusal.noSuchPage }
        let words = site.paperWords(request, context)
        let asked = AskedSituation(request, item.guide)
        let paper = GuidePaper(
            item: item, asked: asked, tables: site.tables, words: words, house: site.name(words.language),
            address: site.press.address.absolute(Paths.item(item.itemCode) + asked.query))
        let bytes = try await site.press.printed { typeface in try paper.file(typeface) }
        return .pdf(bytes, name: paper.title, for: request)
    }
}

/// A guide as a paper: who publishes it, from when it applies, the promise, the code that leads to its page, and every
/// element that applies in the groups A to H.
struct GuidePaper: Sendable {
    let item: ItemVersion
    let asked: AskedSituation
    let tables: CodeTables
    let words: Words
    /// The name of the house, at the top of every page.
    let house: String
    /// The address of the guide's page.
    let address: String

    private var guide: Guide { item.guide.narrowed(to: asked.choices) }

    /// The name of the item as the reader knows it.
    var title: String { words.pick(guide.title) }

    private var version: String {
        words("print.version", ["n": "\(item.version)", "day": words.plainDate(item.effectiveDate)])
    }

    /// The paper. The same version in the same language is the same file.
    func file(_ typeface: Typeface) throws -> PDFFile {
        let words = words
        let code = words("print.code", ["code": item.itemCode])
        let frame = PaperFrame(header: (house, words["print.guide"]), footer: "\(code) · \(version)") { page, pages in
            words("print.page", ["n": "\(page)", "m": "\(pages)"])
        }
        var layout = PaperLayout(frame, typeface: typeface)
        try layout.masthead(
            Masthead(
                over: words.pick(guide.implementingBody), title: title,
                facts: [words.stop(of: item), code, version, words.promise(of: guide)].compactMap { $0 }
                    + (asked.isAnswered ? [words("print.situation", ["situation": words.situation(asked)])] : []),
                code: (try QRCode(address), words["print.scan"])))
        let said = guide.statementsByGroup(tables)
        let groups = said.map { group, statements in (group, statements.map(row)) }
        let width = try layout.markWidth(of: groups.flatMap(\.1))
        for (group, rows) in groups {
            try layout.heading(words.pick(group.label), letter: group.rawValue)
            try layout.rows(rows, markWidth: width)
        }
        for note in notes(of: said.flatMap(\.statements)) {
            layout.gap(8)
            try layout.paragraph(note, .note)
        }
        return try layout.file(
            PDFFile.About(
                title: "\(title) · \(words["print.guide"])", language: words.language == .zh ? "zh-CN" : "en",
                createdAt: Instant(item.effectiveDate)))
    }

    private func row(_ statement: GuideStatement) -> Row {
        var marks: [String] = []
        if statement.isDemonstration { marks.append(words["item.demonstration"]) }
        if statement.isUnchecked { marks.append(words["item.unchecked"]) }
        return Row(words.pick(statement.element.label), statement.lines.map(words.pick), marks: marks)
    }

    /// What the marks mean, of those that there are.
    private func notes(of statements: [GuideStatement]) -> [String] {
        var notes: [String] = []
        if statements.contains(where: \.isDemonstration) {
            notes.append(words("print.demonstration", ["mark": words["item.demonstration"]]))
        }
        if statements.contains(where: \.isUnchecked) {
            notes.append(words("print.unchecked", ["mark": words["item.unchecked"]]))
        }
        return notes
    }
}
