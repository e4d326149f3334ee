import Catalogue
import Documents
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /items/{code}/form.pdf`: the application form on A4 to fill in by hand, open to everybody. It asks what the
/// situation of the address asks for (`s.kind=first`), and everything without one. `sample=1` is the form as the guide
/// fills it in, in the situation of its own (示范文本). `language=zh` or `en` goes before the reader's preference.
struct FormPrint {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.parameters.require("code")
        guard let item = try await site.hall.item(code) else { throw DoorRefusal.noSuchPage }
        let words = site.paperWords(request, context)
        let asked = AskedSituation(request, item.guide)
        let isSample = request.asked("sample") == "1"
        let query = isSample ? "" : asked.query
        let paper = FormPaper(
            item: item, tables: site.tables, words: words, house: site.name(words.language),
            code: (site.press.address.absolute(Paths.item(code) + query), words["print.scan"]),
            filling: isSample
                ? FormPaper.Filling(.sample, item.guide.sampleSituation, item.guide.form.sample)
                : FormPaper.Filling(.blank, asked.choices, [:]))
        let bytes = try await site.press.printed { typeface in try paper.file(typeface) }
        return .pdf(bytes, name: paper.title, for: request)
    }
}

extension DossierView {
    /// Whether there is a form to print: whoever's answers were erased has none.
    var hasForm: Bool { item != nil && dossier.personal != nil }

    /// The form as it was filled in, with what was handed in and when. Refuses a dossier whose answers were erased.
    func form(_ request: Request, _ context: some DoorContext) async throws -> Response {
        guard let item, let personal = dossier.personal else { throw DoorRefusal.noSuchPage }
        let (submitted, words) = (dossier.submitted, site.paperWords(request, context.site))
        var filling = FormPaper.Filling(.filed, submitted.situation, personal.answers)
        filling.handedIn = Set(dossier.materials.map(\.material))
        filling.filed = FormPaper.Filed(
            number: submitted.numbers.short, submittedAt: dossier.submittedAt, receivedAt: dossier.receivedAt)
        let paper = FormPaper(
            item: item, tables: site.tables, words: words, house: site.name(words.language),
            code: (submitted.numbers.short, submitted.numbers.short), filling: filling)
        let bytes = try await site.press.printed { typeface in try paper.file(typeface) }
        var response = Response.pdf(bytes, name: paper.title, for: request)
        // What somebody filled in stays in no cache.
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension Site {
    /// The words of a paper: in the language of the address, or of the reader.
    func paperWords(_ request: Request, _ context: SiteContext) -> Words {
        let language = Language(rawValue: request.asked("language")) ?? context.preferences.language
        return interior.tables.words(.portal, language)
    }

    /// The name of the house at the top of its papers.
    func name(_ language: Language) -> String {
        language == .zh ? interior.siteChinese : interior.siteEnglish
    }
}
