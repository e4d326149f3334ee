import Accounts
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// What went wrong below `/api`, for a program: RFC 9457, in the language that it asked for.
struct Problem: Encodable {
    /// Where the code is explained.
    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
    /// What is wrong and where, each by itself; missing where the code says it all.
    var errors: [Place]?

    /// One thing that is wrong with what was sent.
    struct Place: Encodable {
        /// The member, as a JSON Pointer (RFC 6901).
        let at: String
        let code: String
        let detail: String
    }

    /// Where a code is explained, as a reference within this site.
    static func address(_ code: String) -> String { "/api/v1/problems/\(code)" }
}

/// The answers of the API to whatever is not a success. Never a page, never a stack trace.
struct Problems {
    /// Seconds after which a fault that passes is worth another try.
    static let retrySeconds = 5
    let site: Site

    func refused(_ refusal: any Refusal, _ context: SiteContext) -> Response {
        let words = words(context)
        let errors = (refusal as? ApplicationIncomplete)?.gaps.map { gap in
            Problem.Place(at: gap.place.pointer, code: gap.code, detail: gap.sentence(words))
        }
        var response = answer(
            refusal.code, .init(code: refusal.kind.rawValue), context,
            sentence: site.refusals[refusal, words], errors: errors)
        if refusal.kind == .unauthenticated {
            // RFC 9110 section 11.6.1: whoever is refused so is told how to come in.
            response.headers[.wwwAuthenticate] = "Bearer realm=\"onewindow\""
        }
        if case PartnerRefusal.tooManyCalls = refusal {
            response.headers[.retryAfter] = "\(PartnerMeter.wait(site.hall.time.now()))"
        }
        if case LoginRefusal.wait(let until) = refusal {
            let milliseconds = until.milliseconds - site.hall.time.now().milliseconds
            response.headers[.retryAfter] = "\(max(1, (milliseconds + 999) / 1000))"
        }
        return response
    }

    /// Nothing is served there: not at all, or not by this method.
    func noSuchAddress(_ request: Request, _ context: SiteContext) -> Response {
        let methods = APIContract.methods(at: request.uri.path)
        guard !methods.isEmpty else { return refused(APIRefusal.noSuchAddress, context) }
        var response = refused(APIRefusal.wrongMethod, context)
        response.headers[.allow] = methods.joined(separator: ", ")
        return response
    }

    func failed(_ fault: Fault, _ context: SiteContext) -> Response {
        guard fault.isRetryable else { return answer("fault.broken", .internalServerError, context) }
        var response = answer("fault.busy", .serviceUnavailable, context)
        response.headers[.retryAfter] = "\(Self.retrySeconds)"
        return response
    }

    private func words(_ context: SiteContext) -> Words {
        site.interior.tables.words(.portal, context.preferences.language)
    }

    private func answer(
        _ code: String, _ status: HTTPResponse.Status, _ context: SiteContext,
        sentence: (what: String, mend: String)? = nil, errors: [Problem.Place]? = nil
    ) -> Response {
        let sentence = sentence ?? site.refusals[code, words(context)]
        let problem = Problem(
            type: Problem.address(code), title: sentence.what, status: status.code, detail: sentence.mend, code: code,
            errors: errors)
        do {
            var response = try Response.json(problem, status: status)
            response.headers[.contentType] = "application/problem+json"
            response.headers[.contentLanguage] = "\(context.preferences.language.tag)"
            return response
        } catch {
            preconditionFailure("texts and a number are always JSON")
        }
    }
}

/// `GET /api/v1/problems/{code}`: what a code means, in both languages.
struct ProblemPage {
    let site: Site

    private struct Answer: Encodable {
        let code: String
        let title: Bilingual
        let detail: Bilingual
    }

    private struct Bilingual: Encodable {
        let zh: String
        let en: String
    }

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.parameters.require("code")
        guard site.refusals.codes.contains(code) else { throw APIRefusal.noSuchAddress }
        let chinese = site.refusals[code, site.interior.tables.words(.portal, .zh)]
        let english = site.refusals[code, site.interior.tables.words(.portal, .en)]
        return try .json(
            Answer(
                code: code, title: Bilingual(zh: chinese.what, en: english.what),
                detail: Bilingual(zh: chinese.mend, en: english.mend)))
    }
}

extension Response {
    /// A value as JSON with sorted keys.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let bytes = try CanonicalJSON.bytes(of: value)
        return Response(
            status: status, headers: [.contentType: "application/json", .contentLength: "\(bytes.count)"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension Language {
    /// LIMIT: languages of an `Accept-Language` that are read.
    private static let acceptedMax = 16

    /// The language that an `Accept-Language` likes best among ours (RFC 9110 section 12.5.4); Chinese when it names
    /// neither.
    init(accepting header: String?) {
        var best: (language: Language, weight: Double)?
        for part in (header ?? "").split(separator: ",").prefix(Self.acceptedMax) {
            let pieces = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            guard let tag = pieces.first, let primary = tag.split(separator: "-").first,
                let language = Language(rawValue: String(primary))
            else { continue }
            let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }
            let weight = quality.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        self = best?.language ?? .zh
    }
}
