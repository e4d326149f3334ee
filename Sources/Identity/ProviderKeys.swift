import Foundation
import JWTKit
import Vocabulary

/// The public keys of a provider with which tokens may be signed here.
struct ProviderKeys: Sendable {
    /// LIMIT: keys of one provider; those beyond are not looked at.
    static let keysMax = 32
    /// The ways of signing that are taken: none of those under a shared secret, and never `none`.
    static let algorithms = ["RS256", "ES256"]

    private struct Wire: Decodable {
        let keys: [Key]
    }

    struct Key: Decodable, Sendable {
        let kty: String
        let kid: String?
        let use: String?
        let alg: String?
        let n: String?
        let e: String?
        let crv: String?
        let x: String?
        let y: String?

        /// What the key can sign with; nil for keys of other kinds and other purposes.
        var algorithm: String? {
            let own: String? =
                switch (kty, crv) {
                case ("RSA", _) where n != nil && e != nil: "RS256"
                case ("EC", "P-256") where x != nil && y != nil: "ES256"
                default: nil
                }
            guard let own, use ?? "sig" == "sig", alg ?? own == own else { return nil }
            return own
        }
    }

    /// The parts of a token's head that are asked about.
    private struct Head: Decodable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    let keys: [Key]

    /// Reads a set of keys; throws `garbled` for what is none.
    init(_ body: [UInt8]) throws(ProviderRefusal) {
        do {
            keys = try JSONDecoder().decode(Wire.self, from: Data(body)).keys.prefix(Self.keysMax)
                .filter { $0.algorithm != nil }
        } catch {
            throw .garbled
        }
    }

    /// What a token says, after its signature was found right. Refuses another way of signing than those two
    /// (`tokenAlgorithm`), a key that is not here (`tokenKey`), a wrong signature.
    func claims(of token: String) async throws -> Claims {
        let head = try Self.head(of: token)
        guard Self.algorithms.contains(head.alg), head.crit == nil else { throw ProviderRefusal.tokenAlgorithm }
        let key = try key(head)
        let collection = JWTKeyCollection()
        do {
            try await collection.add(jwk: key.jwk)
        } catch {
            throw ProviderRefusal.tokenKey
        }
        do {
            return try await collection.verify(token, as: Claims.self)
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw ProviderRefusal.tokenMalformed
        } catch {
            throw ProviderRefusal.tokenSignature
        }
    }

    /// The key by its name, or the only one that fits where the token names none.
    private func key(_ head: Head) throws(ProviderRefusal) -> Key {
        let fitting = keys.filter { $0.algorithm == head.alg && (head.kid == nil || $0.kid == head.kid) }
        guard let key = fitting.first, fitting.count == 1 else { throw .tokenKey }
        return key
    }

    private static func head(of token: String) throws(ProviderRefusal) -> Head {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64URL.bytes(String(parts[0])) else { throw .tokenMalformed }
        do {
            return try JSONDecoder().decode(Head.self, from: Data(bytes))
        } catch {
            throw .tokenMalformed
        }
    }
}

extension ProviderKeys.Key {
    /// Under one name of ours: there is one key in the collection, whatever the token calls it.
    fileprivate var jwk: JWK {
        let name = kid.map { JWKIdentifier(string: $0) } ?? "only"
        return kty == "RSA"
            ? .rsa(.rs256, identifier: name, modulus: n, exponent: e)
            : .ecdsa(.es256, identifier: name, x: x, y: y, curve: .p256)
    }
}

/// Base 64 as addresses and tokens carry it (RFC 4648 section 5), without padding.
enum Base64URL {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Nil for what has other characters.
    static func bytes(_ text: String) -> [UInt8]? {
        guard !text.utf8.contains(where: { "+/=".utf8.contains($0) }) else { return nil }
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain + padding).map(Array.init)
    }
}
