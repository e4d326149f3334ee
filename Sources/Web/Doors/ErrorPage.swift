import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// What a refusal says to a person: what happened, and what to do next.
package struct RefusalSentences: Sendable {
    struct Sentence: Decodable, Sendable {
        let zh: String
        let en: String
        let mendZh: String
        let mendEn: String
    }

    private let sentences: [String: Sentence]

    /// The sentences that ship; a test holds them against the codes of all rooms.
    package static func shipped() throws -> RefusalSentences {
        let data = try WebResource.data("words/refusals.json")
        return RefusalSentences(sentences: try JSONDecoder().decode([String: Sentence].self, from: data))
    }

    /// The codes that have a sentence.
    package var codes: [String] { sentences.keys.sorted() }

    /// What happened and what to do next, in Chinese, for a command line; nil for a code without a sentence.
    package func chinese(_ code: String) -> String? { sentences[code].map { "\($0.zh)\u{3002}\($0.mendZh)" } }

    /// What a code of this house says; nil for one of another house.
    func what(_ code: String, _ words: Words) -> String? {
        sentences[code].map { words.language == .zh ? $0.zh : $0.en }
    }

    subscript(code: String, words: Words) -> (what: String, mend: String) {
        guard let sentence = sentences[code] ?? sentences["other"] else { return (code, "") }
        return words.language == .zh ? (sentence.zh, sentence.mendZh) : (sentence.en, sentence.mendEn)
    }

    /// The sentence of a refusal, with whom it names.
    subscript(refusal: any Refusal, words: Words) -> (what: String, mend: String) {
        let sentence = self[refusal.code, words]
        guard let name = refusal.named else { return sentence }
        return (sentence.what.replacing("{name}", with: name), sentence.mend.replacing("{name}", with: name))
    }
}

/// The page of a refusal and the page of a fault: never a stack trace, always a way out.
struct ErrorPage {
    let site: Site

    func refused(_ refusal: any Refusal, _ context: SiteContext) -> Response {
        page(refusal.code, site.refusals[refusal, words(context)], .init(code: refusal.kind.rawValue), context)
    }

    func failed(_ fault: Fault, _ context: SiteContext) -> Response {
        let code = fault.isRetryable ? "fault.busy" : "fault.broken"
        var response = page(
            code, site.refusals[code, words(context)], fault.isRetryable ? .serviceUnavailable : .internalServerError,
            context)
        if fault.isRetryable { response.headers[.retryAfter] = "5" }
        return response
    }

    private func words(_ context: SiteContext) -> Words { site.visit(context, context.door).words }

    private func page(
        _ code: String, _ sentence: (what: String, mend: String), _ status: HTTPResponse.Status, _ context: SiteContext
    ) -> Response {
        let visit = site.visit(context, context.door)
        let html = visit.page(sentence.what) { html in
            html.reading { html in
                html.title(sentence.what)
                html.lead(sentence.mend)
                html.element("p", .class("note"), text: visit.words("error.code", ["code": code]))
                html.buttons { html in
                    if code == LevelRefusal.tooLow.code, site.identity != nil {
                        let name = visit.words[AssuranceLevel.realName.word]
                        html.buttonLink(
                            visit.words("level.raise", ["level": name]),
                            UnifiedSignIn.address(.realName, back: "/business"), .primary)
                    }
                    html.buttonLink(visit.words["error.home"], visit.door.home, .primary)
                }
            }
        }
        return .page(html, status: status)
    }
}

extension SiteContext {
    /// The door whose page this is, by its address.
    var door: Door {
        if path.hasPrefix("/window") || path.hasPrefix("/issuing") { return .window }
        return path.hasPrefix("/office") ? .office : .portal
    }
}
