import Testing
import Vocabulary

@testable import Identity

@Suite struct ProviderTests {
    private static func account(
        _ issuer: String = "https://id.example", secret: String = "s", scopes: String = "openid"
    ) -> ProviderAccount? {
        ProviderAccount(
            issuer: issuer, client: .init(id: "house", secret: secret), home: "https://ow.example", scopes: scopes)
    }

    @Test func `a provider is asked over TLS, or on this machine, with a name and a secret`() throws {
        let account = try #require(Self.account())
        #expect(account.answerAddress == "https://ow.example/sign-in/unified/answer")
        #expect(!"\(account)".contains("secret s"))
        #expect(Self.account("http://127.0.0.1:9400") != nil && Self.account("https://id.example/realms/fj") != nil)
        for issuer in ["http://id.example", "id.example", "", "https://", "https://u@id.example", "https://a.b/?x=1"] {
            #expect(Self.account(issuer) == nil, "\(issuer)")
        }
        #expect(Self.account(secret: "") == nil)
        #expect(Self.account(scopes: "profile") == nil && Self.account(scopes: "openid\r\nX: y") == nil)
    }

    private static func metadata(_ more: String = "", issuer: String = "https://id.example") throws -> ProviderMetadata
    {
        let text = """
            {"issuer": "https://id.example", "authorization_endpoint": "https://id.example/a?tenant=1",
             "token_endpoint": "https://id.example/t", "jwks_uri": "https://id.example/k"\(more)}
            """
        return try ProviderMetadata(Array(text.utf8), issuer: issuer)
    }

    @Test func `what a provider says of itself is its own, over TLS, and enough for PKCE`() throws {
        #expect(try Self.metadata().endSession == nil)
        #expect(try Self.metadata(#", "end_session_endpoint": "https://id.example/e""#).endSession != nil)
        let wrong = [
            #", "end_session_endpoint": "http://id.example/e""#, #", "userinfo_endpoint": "javascript:alert(1)""#,
            #", "code_challenge_methods_supported": ["plain"]"#,
            #", "token_endpoint_auth_methods_supported": ["private_key_jwt"]"#,
        ]
        for more in wrong { #expect(throws: ProviderRefusal.garbled) { try Self.metadata(more) } }
        #expect(throws: ProviderRefusal.garbled) { try Self.metadata(issuer: "https://id.example/") }
        #expect(throws: ProviderRefusal.garbled) {
            try ProviderMetadata(Array("{}".utf8), issuer: "https://id.example")
        }
    }

    @Test func `an answer has a code, or says why there is none`() throws {
        let account = try #require(Self.account())
        let code = { (code: String, error: String, issuer: String) throws(ProviderRefusal) in
            try IdentityProvider.code(code, error: error, issuer: issuer, of: account)
        }
        #expect(try code("c", "", "") == "c" && code("c", "", "https://id.example") == "c")
        #expect(throws: ProviderRefusal.declined) { try code("", "access_denied", "") }
        #expect(throws: ProviderRefusal.refused) { try code("c", "invalid_scope", "") }
        #expect(throws: ProviderRefusal.tokenIssuer) { try code("c", "", "https://evil.example") }
        #expect(throws: ProviderRefusal.garbled) { try code("", "", "") }
        #expect(throws: ProviderRefusal.garbled) { try code(String(repeating: "c", count: 2049), "", "") }
    }

    @Test func `where nobody answers, the sign-in is refused, and signing out leads nowhere else`() async throws {
        let account = try #require(Self.account("http://127.0.0.1:1"))
        let provider = IdentityProvider(account, time: TimeSource { Made.now })
        let mark = IdentityProvider.Mark(state: "s", nonce: "n", verifier: "v")
        await #expect(throws: ProviderRefusal.away) {
            _ = try await provider.signInAddress(for: mark, level: .realName, again: false)
        }
        #expect(try await provider.signOutAddress("t") == nil)
        #expect(provider.formTargets == ["http://127.0.0.1:1"])
    }

    @Test func `the challenge is the verifier's SHA-256, as RFC 7636 appendix B has it`() {
        let mark = IdentityProvider.Mark(
            state: "", nonce: "", verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(mark.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func `parameters are encoded wherever they stand`() {
        let address = Parameters.address("https://id.example/a?t=1", [("x", "a b&c=ü")])
        #expect(address == "https://id.example/a?t=1&x=a%20b%26c%3D%C3%BC")
        #expect(Parameters.address("https://id.example/a", [("x", "1")]) == "https://id.example/a?x=1")
    }
}

@Suite struct ClaimReadingTests {
    private static func said(_ values: [String: String]) -> Claims { Claims(values: values.mapValues { .text($0) }) }

    @Test func `the names of OpenID Connect are usual, and a province's own can be set`() throws {
        let digits = "35010219900101100"
        let check = try #require(CitizenID.checkCharacter(for: digits))
        let number = digits + String(check)
        let usual = ClaimReading.usual.particulars(
            Self.said([
                "name": "林小满", "identity_number": number, "phone_number": "+86 138 0000 0001", "acr": "realName",
            ]))
        #expect(usual.name == "林小满" && usual.number?.number == number && usual.level == .realName)
        #expect(usual.mobile?.number == "13800000001")
        let own = try #require(ClaimReading(names: "name=xm;number=sfzhm;level=djdm", levels: "urn:l?x=2=realName"))
        let said = own.particulars(Self.said(["xm": "林小满", "sfzhm": number, "djdm": "urn:l?x=2"]))
        #expect(said.name == "林小满" && said.number?.number == number && said.level == .realName)
        let unsaid = own.particulars(Self.said(["djdm": "certificate"]))
        #expect(unsaid.level == .registered, "levels that are said stand alone")
    }

    @Test func `what has not the shape of a number is none, and an unknown level is the lowest`() {
        let said = ClaimReading.usual.particulars(
            Self.said(["name": "", "identity_number": "35010219900101100?", "phone_number": "12", "acr": "gold"]))
        #expect(said == Particulars(level: .registered))
    }

    @Test func `whoever needs a level asks for it and for what is higher`() throws {
        #expect(ClaimReading.usual.asked(for: .realName) == "2 realName 3 certificate")
        #expect(ClaimReading.usual.asked(for: .certificate) == "3 certificate")
        let own = try #require(ClaimReading(names: "", levels: "loa1=registered"))
        #expect(own.asked(for: .realName) == "")
    }

    @Test(arguments: [("age=a", ""), ("name", ""), ("name=", ""), ("=a", ""), ("name=a;name=b", ""), ("", "x=gold")])
    func `what is no name and no level is refused`(_ names: String, _ levels: String) {
        #expect(ClaimReading(names: names, levels: levels) == nil)
    }
}
