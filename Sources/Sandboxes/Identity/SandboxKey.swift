import Crypto
import CryptoExtras
import JWTKit
package import Vocabulary

/// The provider's key: made when it starts, gone when it ends, under a name that it never had before.
package struct SandboxKey: Sendable {
    /// How tokens are signed.
    package enum Algorithm: String, Sendable, CaseIterable {
        case rs256 = "RS256"
        case es256 = "ES256"
    }

    /// What a token says; whatever it is, it may be signed and read here.
    private struct Saying: JWTPayload {
        let claims: JSONValue

        init(claims: JSONValue) { self.claims = claims }
        init(from decoder: any Decoder) throws { claims = try JSONValue(from: decoder) }
        func encode(to encoder: any Encoder) throws { try claims.encode(to: encoder) }
        /// A token that is over names somebody all the same, where she signs out.
        func verify(using algorithm: some JWTAlgorithm) throws {}
    }

    package let algorithm: Algorithm
    private let name: JWKIdentifier
    private let own = JWTKeyCollection()
    private let wrong = JWTKeyCollection()
    /// The public half, as it is published.
    let published: JSONValue

    package init(_ algorithm: Algorithm, dice: Dice) async throws {
        self.algorithm = algorithm
        let name = JWKIdentifier(string: "sandbox-" + PlainBase64.text(dice.bytes(9)))
        self.name = name
        var members: [String: JSONValue] = [
            "kid": .text(name.string), "use": .text("sig"), "alg": .text(algorithm.rawValue),
        ]
        switch algorithm {
        case .rs256:
            let key = try Self.rsa()
            let numbers = try key.publicKey.getKeyPrimitives()
            members["kty"] = .text("RSA")
            members["n"] = .text(PlainBase64.text(numbers.modulus))
            members["e"] = .text(PlainBase64.text(numbers.publicExponent))
            await own.add(rsa: key, digestAlgorithm: .sha256, kid: name)
            await wrong.add(rsa: try Self.rsa(), digestAlgorithm: .sha256, kid: name)
        case .es256:
            // The same key for publishing and for signing, since jwt-kit tells its public half in another alphabet.
            let key = P256.Signing.PrivateKey()
            let point = key.publicKey.x963Representation.dropFirst()
            members["kty"] = .text("EC")
            members["crv"] = .text("P-256")
            members["x"] = .text(PlainBase64.text(point.prefix(32)))
            members["y"] = .text(PlainBase64.text(point.dropFirst(32)))
            await own.add(ecdsa: try ES256PrivateKey(backing: key), kid: name)
            await wrong.add(ecdsa: ES256PrivateKey(), kid: name)
        }
        published = .record(members)
    }

    private static func rsa() throws -> JWTKit.Insecure.RSA.PrivateKey {
        try JWTKit.Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))
    }

    /// A token; with another key of the same name where its signature is to be wrong.
    func sign(_ claims: [String: JSONValue], wrongly isWrong: Bool = false) async throws -> String {
        try await (isWrong ? wrong : own).sign(Saying(claims: .record(claims)), kid: name)
    }

    /// What a token of this provider says; nil for another's.
    func claims(of token: String) async -> JSONValue? {
        do { return try await own.verify(token, as: Saying.self).claims } catch { return nil }
    }
}
