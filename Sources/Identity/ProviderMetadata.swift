import Foundation
import Vocabulary

/// What a provider says of itself (OpenID Connect Discovery section 3), as far as it is needed.
struct ProviderMetadata: Sendable, Equatable {
    let authorization: String
    let token: String
    let keys: String
    let userInfo: String?
    let endSession: String?

    private struct Wire: Decodable {
        let issuer: String
        let authorization_endpoint: String
        let token_endpoint: String
        let jwks_uri: String
        let userinfo_endpoint: String?
        let end_session_endpoint: String?
        let code_challenge_methods_supported: [String]?
        let token_endpoint_auth_methods_supported: [String]?
    }

    /// Reads it; throws `garbled` for what is none, is another provider's, leads to an address without TLS, or cannot
    /// do what is needed.
    init(_ body: [UInt8], issuer: String) throws(ProviderRefusal) {
        let wire: Wire
        do {
            wire = try JSONDecoder().decode(Wire.self, from: Data(body))
        } catch {
            throw .garbled
        }
        let addresses = [
            wire.authorization_endpoint, wire.token_endpoint, wire.jwks_uri, wire.userinfo_endpoint,
            wire.end_session_endpoint,
        ].compactMap { $0 }
        guard wire.issuer == issuer, addresses.allSatisfy(ProviderAccount.isSafe),
            wire.code_challenge_methods_supported?.contains("S256") ?? true,
            wire.token_endpoint_auth_methods_supported?.contains("client_secret_basic") ?? true
        else { throw .garbled }
        (authorization, token, keys) = (wire.authorization_endpoint, wire.token_endpoint, wire.jwks_uri)
        (userInfo, endSession) = (wire.userinfo_endpoint, wire.end_session_endpoint)
    }
}

/// Addresses and bodies with parameters in them.
enum Parameters {
    private static let plain: CharacterSet = {
        var plain = CharacterSet(charactersIn: "-._~")
        plain.insert(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        return plain
    }()

    static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }

    static func form(_ pairs: [(String, String)]) -> String {
        pairs.map { encoded($0) + "=" + encoded($1) }.joined(separator: "&")
    }

    /// An address with these parameters beside its own.
    static func address(_ address: String, _ pairs: [(String, String)]) -> String {
        address + (address.contains("?") ? "&" : "?") + form(pairs)
    }
}
