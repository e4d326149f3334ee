import JWTKit
import Testing
import Vocabulary

@testable import Identity

/// A token as a provider makes it, with what a test says otherwise.
enum Made {
    static let now = Instant(milliseconds: 1_795_500_000_000)
    static let seconds = 1_795_500_000.0
    static let expected = TokenRules.Expected(issuer: "https://id.example", client: "house", now: now)

    static func claims(_ other: [String: Claims.Value?] = [:]) -> Claims {
        var values: [String: Claims.Value] = [
            "iss": .text("https://id.example"), "aud": .text("house"), "sub": .text("s-1"), "nonce": .text("n-1"),
            "iat": .number(seconds), "exp": .number(seconds + 300),
        ]
        for (name, value) in other { values[name] = value }
        return Claims(values: values)
    }

    static func ending(_ other: [String: Claims.Value?] = [:]) -> Claims {
        claims(
            ["nonce": nil, "jti": .text("m-1"), "events": .names([TokenRules.logoutEvent])]
                .merging(other) { _, own in own })
    }
}

@Suite struct TokenRuleTests {
    private static func signIn(_ other: [String: Claims.Value?] = [:]) throws(ProviderRefusal) -> String {
        try TokenRules.signIn(Made.claims(other), nonce: "n-1", Made.expected)
    }

    @Test func `a token for this house and this sign-in names the subject`() throws {
        #expect(try Self.signIn() == "s-1")
        #expect(try Self.signIn(["aud": .texts(["house"])]) == "s-1")
        #expect(try Self.signIn(["aud": .texts(["house", "other"]), "azp": .text("house")]) == "s-1")
    }

    @Test func `a token of another provider, for another house or another sign-in is refused`() {
        for issuer in ["https://id.example/", "https://evil.example", ""] {
            #expect(throws: ProviderRefusal.tokenIssuer) { try Self.signIn(["iss": .text(issuer)]) }
        }
        let audiences: [[String: Claims.Value?]] = [
            ["aud": .text("other")], ["aud": nil], ["aud": .texts(["house", "other"])], ["azp": .text("other")],
            ["aud": .texts(["house", "other"]), "azp": .text("other")], ["aud": .number(1)],
        ]
        for audience in audiences {
            #expect(throws: ProviderRefusal.tokenAudience) { try Self.signIn(audience) }
        }
        for nonce in [.text("n-2"), nil, .text("")] as [Claims.Value?] {
            #expect(throws: ProviderRefusal.tokenNonce) { try Self.signIn(["nonce": nonce]) }
        }
    }

    @Test func `LIMIT: the provider's clock may be off by a minute, and a token may be ten minutes old`() throws {
        let (at, tolerance, age) = (Made.seconds, 60.0, 600.0)
        _ = try Self.signIn(["exp": .number(at - tolerance + 1)])
        _ = try Self.signIn(["iat": .number(at + tolerance)])
        _ = try Self.signIn(["iat": .number(at - age - tolerance)])
        let wrong: [[String: Claims.Value?]] = [
            ["exp": .number(at - tolerance)], ["iat": .number(at + tolerance + 1)],
            ["iat": .number(at - age - tolerance - 1)], ["nbf": .number(at + tolerance + 1)],
        ]
        for claims in wrong { #expect(throws: ProviderRefusal.tokenTime) { try Self.signIn(claims) } }
        let absent: [[String: Claims.Value?]] = [
            ["exp": nil], ["iat": nil], ["exp": .text("tomorrow")], ["exp": .number(1e300)], ["iat": .number(-1)],
            ["sub": nil], ["sub": .text("")], ["sub": .text(String(repeating: "x", count: 256))],
        ]
        for claims in absent { #expect(throws: ProviderRefusal.tokenMalformed) { try Self.signIn(claims) } }
    }

    @Test func `who signed out there is named by a token of its own kind`() throws {
        let ending = try TokenRules.signOut(Made.ending(["sid": .text("sid-1")]), Made.expected)
        #expect(ending == TokenRules.Ending(subject: "s-1", sid: "sid-1", message: "m-1"))
        let wrong: [[String: Claims.Value?]] = [
            ["nonce": .text("n-1")], ["events": nil], ["events": .names(["other"])], ["jti": nil], ["sub": nil],
        ]
        for claims in wrong {
            #expect(throws: ProviderRefusal.tokenMalformed) {
                try TokenRules.signOut(Made.ending(claims), Made.expected)
            }
        }
        #expect(throws: ProviderRefusal.tokenTime) {
            try TokenRules.signOut(Made.ending(["exp": .number(Made.seconds - 60)]), Made.expected)
        }
    }
}

@Suite struct ProviderKeyTests {
    private struct Said: JWTPayload {
        let sub: String
        let amr = ["pwd"]
        let more = ["a": 1.5]
        let yes = true
        func verify(using algorithm: some JWTAlgorithm) throws {}
        private enum CodingKeys: CodingKey { case sub, amr, more, yes }
        init(sub: String) { self.sub = sub }
        init(from decoder: any Decoder) throws {
            sub = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .sub)
        }
    }

    private static func token(_ key: ES256PrivateKey, kid: JWKIdentifier = "one") async throws -> String {
        try await JWTKeyCollection().add(ecdsa: key, kid: kid).sign(Said(sub: "s-1"), kid: kid)
    }

    private static func json(_ key: ES256PrivateKey, kid: String = "one", more: String = "") throws -> String {
        let (x, y) = try #require(key.parameters)
        let text = { (text: String) in
            text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        return #"{"kty":"EC","crv":"P-256","kid":"\#(kid)","x":"\#(text(x))","y":"\#(text(y))"\#(more)}"#
    }

    private static func keys(_ keys: String...) throws -> ProviderKeys {
        try ProviderKeys(Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8))
    }

    @Test func `a token says what it says, once its signature is right`() async throws {
        let key = ES256PrivateKey()
        let claims = try await Self.keys(try Self.json(key)).claims(of: try await Self.token(key))
        #expect(claims.text("sub") == "s-1")
        #expect(claims.texts("amr") == ["pwd"] && claims.has("a", in: "more"))
        #expect(claims.values["yes"] == .other)
    }

    @Test func `another's signature, another key and an altered body are refused`() async throws {
        let (key, other) = (ES256PrivateKey(), ES256PrivateKey())
        let token = try await Self.token(key)
        await #expect(throws: ProviderRefusal.tokenSignature) {
            _ = try await Self.keys(try Self.json(other)).claims(of: token)
        }
        await #expect(throws: ProviderRefusal.tokenKey) {
            _ = try await Self.keys(try Self.json(key, kid: "two")).claims(of: token)
        }
        let parts = token.split(separator: ".")
        let body = Base64URL.text(Array(#"{"sub":"s-2"}"#.utf8))
        await #expect(throws: ProviderRefusal.tokenSignature) {
            _ = try await Self.keys(try Self.json(key)).claims(of: "\(parts[0]).\(body).\(parts[2])")
        }
    }

    @Test(arguments: ["none", "HS256", "RS512", "ES384", "nOnE", "EdDSA"])
    func `no other way of signing is taken, whatever the signature`(_ algorithm: String) async throws {
        let key = ES256PrivateKey()
        let rest = try await Self.token(key).split(separator: ".").dropFirst().joined(separator: ".")
        let head = Base64URL.text(Array(#"{"alg":"\#(algorithm)","kid":"one"}"#.utf8))
        await #expect(throws: ProviderRefusal.tokenAlgorithm) {
            _ = try await Self.keys(try Self.json(key)).claims(of: "\(head).\(rest)")
        }
    }

    @Test func `a key for another purpose, of another kind or twice does not count`() async throws {
        let key = ES256PrivateKey()
        let token = try await Self.token(key)
        let json = try Self.json(key)
        let purposes = [#","use":"enc""#, #","alg":"ES384""#]
        for more in purposes {
            await #expect(throws: ProviderRefusal.tokenKey) {
                _ = try await Self.keys(try Self.json(key, more: more)).claims(of: token)
            }
        }
        await #expect(throws: ProviderRefusal.tokenKey) { _ = try await Self.keys(json, json).claims(of: token) }
        let found = try Self.keys(#"{"kty":"oct","k":"AA"}"#, #"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#, json)
        #expect(found.keys.count == 1)
        _ = try await found.claims(of: token)
    }

    @Test(arguments: ["", "a.b", "a.b.c.d", "....", "e30.e30.e30", "x.y.z"])
    func `what is no token is refused`(_ text: String) async throws {
        let keys = try Self.keys(try Self.json(ES256PrivateKey()))
        await #expect(throws: ProviderRefusal.tokenMalformed) { _ = try await keys.claims(of: text) }
    }

    @Test(arguments: ["", "[]", "{}", #"{"keys":{}}"#, "<html>"])
    func `what is no set of keys is refused`(_ text: String) {
        #expect(throws: ProviderRefusal.garbled) { _ = try ProviderKeys(Array(text.utf8)) }
    }

    @Test func `LIMIT: 32 keys of a provider are looked at`() throws {
        let many = try (0..<40).map { try Self.json(ES256PrivateKey(), kid: "k\($0)") }.joined(separator: ",")
        #expect(try ProviderKeys(Array(#"{"keys":[\#(many)]}"#.utf8)).keys.count == 32)
    }
}
