import Documents
import Dossiers
import Foundation
import Hall
import HTTPTypes
import Hummingbird
import Papers
import Vocabulary

/// A paper of a dossier at one of the doors: as a page and, with `.pdf` behind its number, as the file that is kept
/// byte for byte.
struct DossierPaper {
    let site: Site
    let opened: Hall.OpenedPaper
    let isFile: Bool

    private static let suffix = ".pdf"

    /// The paper that an address names. Refuses one that is not this dossier's, as if there were none.
    init(_ site: Site, _ dossier: DossierID, _ name: String) async throws {
        isFile = name.hasSuffix(Self.suffix)
        guard let id = PaperID(isFile ? String(name.dropLast(Self.suffix.count)) : name) else {
            throw DoorRefusal.noSuchPage
        }
        self.site = site
        opened = try await site.hall.paper(id, of: dossier)
    }

    var paper: Paper { opened.paper }

    /// The bytes of the paper, made now when nobody wanted it before.
    func file(for actor: Actor) async throws -> [UInt8] {
        try await site.hall.file(of: opened, for: actor, printer: site.press.printedInSong)
    }

    /// The paper at a door: opening it produces it. `more` is written beneath, and not printed.
    func response(
        _ request: Request, _ visit: Visit, for actor: Actor, back: String,
        more: (inout HTML) -> Void = { _ in }
    ) async throws -> Response {
        guard !isFile else {
            let bytes = try await file(for: actor)
            var response = Response.pdf(bytes, name: "\(title) \(paper.issued.number)", for: request)
            // What is addressed to somebody stays in no cache.
            response.headers[.cacheControl] = "no-store"
            return response
        }
        let unprintable = try await whyUnprintable(for: actor)
        let parts = try paper.parts(opened.template)
        let translation = visit.words.language == .zh ? [] : try paper.parts(opened.template, isChinese: false)
        let (seal, words) = (try await seal(visit.words), visit.words)
        return .page(
            visit.sheet(
                words.language == .zh ? title : opened.template.en.title, back: PageLink(words["window.back"], back)
            ) {
                html in
                if paper.isVoided {
                    html.banner(.warning, words["paper.voided"]) { html in
                        if let reason = paper.voidReason { html.paragraph(reason) }
                    }
                }
                if let unprintable {
                    let sentence = site.refusals[unprintable.code, words]
                    html.banner(.warning, sentence.what) { $0.paragraph(sentence.mend) }
                }
                html.paper(
                    parts, seal: seal, example: paper.issued.body.isDemonstration ? PaperPrint.example : nil)
                html.element("div", .class("paper-deeds")) { html in
                    html.buttonLink(words["paper.file"], "\(back)/papers/\(paper.id)\(Self.suffix)")
                    service(&html, words)
                    more(&html)
                }
                guard !translation.isEmpty else { return }
                html.reading { html in
                    html.heading(opened.template.en.title)
                    html.note(words["paper.translation"])
                    html.translation(translation)
                }
            })
    }

    /// Produces the paper, and answers why it cannot be: a name whose character the face lacks can still be read.
    private func whyUnprintable(for actor: Actor) async throws -> DocumentRefusal? {
        do {
            _ = try await file(for: actor)
            return nil
        } catch let refusal as DocumentRefusal {
            return refusal
        }
    }

    private var title: String { opened.template.title(paper.values ?? [:]) }

    /// How it was served, once it was.
    private func service(_ html: inout HTML, _ words: Words) {
        guard let service = paper.service else { return }
        html.note(
            words(
                "paper.served",
                [
                    "mode": words[service.served.mode.word], "at": words.moment(service.served.servedAt),
                ]))
    }

    private func seal(_ words: Words) async throws -> PaperSeal? {
        guard let kind = try paper.kind().seal else { return nil }
        let body = paper.issued.body
        let drawing = try await site.press.seal(kind, name: body.plainName, isExample: body.isDemonstration)
        let name = words(kind == .official ? "paper.seal-official" : "paper.seal-acceptance", ["body": body.plainName])
        return PaperSeal(
            path: drawing.svg, label: body.isDemonstration ? words("paper.seal-example", ["seal": name]) : name)
    }
}

extension ServingMode {
    /// The word of the mode.
    var word: StaticString {
        switch self {
        case .direct: "serving.direct"
        case .left: "serving.left"
        case .mail: "serving.mail"
        case .agent: "serving.agent"
        case .electronic: "serving.electronic"
        case .notice: "serving.notice"
        }
    }
}

extension DossierView {
    /// Links to the form and the papers of the dossier whose address at this door is `path`.
    func paperLinks(_ html: inout HTML, _ path: String) {
        if hasForm { html.buttonLink(words["form.filled-link"], "\(path)/form.pdf") }
        for line in opened.papers {
            let name = words.language == .zh ? line.title : line.kind.title.en
            let title = line.isVoided ? words("paper.void-title", ["title": name]) : name
            html.element("div", .class("paper-line")) { html in
                html.buttonLink(title, "\(path)/papers/\(line.id)")
                html.note(line.number)
            }
        }
    }

    /// Whether there is anything to print.
    var hasPapers: Bool { hasForm || !opened.papers.isEmpty }
}
