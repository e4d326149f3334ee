import Accounts
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// `POST /api/v1/oauth/token`: a short token for a partner's program by its own secret (RFC 6749 section 4.4, client
/// credentials). What goes wrong is said as RFC 6749 section 5.2 wants it.
struct OAuthAPI {
    static let path = "/api/v1/oauth/token"
    /// LIMIT: bytes of a request for a token.
    private static let bytesMax = 8 * 1024

    let site: Site

    private struct Answer: Encodable {
        let access_token: String
        let token_type: String
        let expires_in: Int64
        let scope: String
    }

    /// What stands in the way of a token. The raw values are RFC 6749's.
    enum Failure: String, Error, CaseIterable {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case unsupportedGrantType = "unsupported_grant_type"
        case invalidScope = "invalid_scope"
    }

    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        do {
            let form = try await Self.form(request)
            guard form["grant_type"] != nil else { throw Failure.invalidRequest }
            guard form["grant_type"] == "client_credentials" else { throw Failure.unsupportedGrantType }
            let (name, secret) = try Self.client(request, form)
            let asked = try Self.scopes(form["scope"] ?? "")
            guard let id = AccessID(name),
                let entrance = try await site.hall.enter(
                    id, secret: secret, scopes: asked, key: site.accountKey,
                    counting: { [site] in try site.partners.take($0, now: site.hall.time.now()) })
            else { throw Failure.invalidClient }
            return try .json(
                Answer(
                    access_token: entrance.token.text, token_type: "Bearer", expires_in: PartnerToken.seconds,
                    scope: entrance.scopes.map(\.rawValue).joined(separator: " ")))
        } catch let failure as Failure {
            return try refused(failure)
        } catch PartnerRefusal.scopeMissing {
            return try refused(.invalidScope)
        }
    }

    private func refused(_ failure: Failure) throws -> Response {
        var response = try Response.json(
            ["error": failure.rawValue], status: failure == .invalidClient ? .unauthorized : .badRequest)
        if failure == .invalidClient { response.headers[.wwwAuthenticate] = "Basic realm=\"onewindow\"" }
        return response
    }

    /// What was posted; refuses another type, a body that is too long, and a name that stands twice.
    private static func form(_ request: Request) async throws -> [String: String] {
        let type = request.headers[.contentType]?.split(separator: ";").first ?? ""
        guard type.trimmingCharacters(in: .whitespaces).lowercased() == "application/x-www-form-urlencoded" else {
            throw Failure.invalidRequest
        }
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= bytesMax else { throw APIRefusal.tooLarge }
            bytes += buffer.readableBytesView
        }
        var form: [String: String] = [:]
        for (name, values) in try fields(bytes) {
            guard values.count == 1 else { throw Failure.invalidRequest }
            form[name] = values[0]
        }
        return form
    }

    private static func fields(_ bytes: [UInt8]) throws -> [String: [String]] {
        guard let text = PostedForm.text(bytes), let fields = PostedForm.parse(text) else {
            throw Failure.invalidRequest
        }
        return fields
    }

    /// The client and its secret: in `Authorization: Basic`, or in the body; not in both (RFC 6749 section 2.3).
    private static func client(_ request: Request, _ form: [String: String]) throws -> (String, String) {
        guard let header = request.headers[.authorization] else {
            guard let name = form["client_id"], let secret = form["client_secret"] else { throw Failure.invalidClient }
            return (name, secret)
        }
        guard form["client_secret"] == nil else { throw Failure.invalidRequest }
        let scheme = "basic "
        guard header.lowercased().hasPrefix(scheme),
            let data = Data(base64Encoded: String(header.dropFirst(scheme.count)))
        else { throw Failure.invalidClient }
        let parts = String(decoding: data, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let name = parts[0].removingPercentEncoding,
            let secret = parts[1].removingPercentEncoding
        else { throw Failure.invalidClient }
        return (name, secret)
    }

    private static func scopes(_ text: String) throws -> [PartnerScope] {
        try text.split(separator: " ").map { name in
            guard let scope = PartnerScope(rawValue: String(name)) else { throw Failure.invalidScope }
            return scope
        }
    }
}

/// `GET /.well-known/oauth-authorization-server`: where tokens are to be had, and for what (RFC 8414).
struct OAuthMetadata {
    static let path = "/.well-known/oauth-authorization-server"
    let site: Site

    private struct Answer: Encodable {
        let issuer: String
        let token_endpoint: String
        let grant_types_supported: [String]
        let response_types_supported: [String]
        let token_endpoint_auth_methods_supported: [String]
        let scopes_supported: [String]
    }

    func get(_ request: Request, _ context: SiteContext) throws -> Response {
        try .json(
            Answer(
                issuer: site.press.address.origin, token_endpoint: site.press.address.absolute(OAuthAPI.path),
                grant_types_supported: ["client_credentials"], response_types_supported: [],
                token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
                scopes_supported: PartnerScope.allCases.map(\.rawValue)))
    }
}
