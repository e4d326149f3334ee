import Crypto
import Foundation
import Testing
import Vocabulary

@testable import Sandboxes

/// What the provider of the sandbox knows by itself, without a connection.
@Suite struct IdentitySandboxTests {
    private static let back = "http://127.0.0.1:8080/sign-in/unified/answer"
    private static let now = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10)
    /// RFC 7636 appendix B.
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    private static let client = SandboxClient(
        id: "one window", secret: "s: %", places: .init(redirects: [back], signedOut: [], ending: nil))

    private static func form(_ other: [String: String?] = [:]) throws -> FormText {
        let usual: [String: String?] = [
            "response_type": "code", "client_id": "one window", "redirect_uri": back, "scope": "openid profile phone",
            "state": "a state of twenty-two", "nonce": "a nonce of twenty-two", "code_challenge": challenge,
            "code_challenge_method": "S256", "acr_values": "2 realName 3",
        ]
        let pairs = usual.merging(other) { _, said in said }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return try #require(FormText(String(FormText.address("", pairs).dropFirst())))
    }

    private static func wrong(_ findings: [IdentityFinding]) -> Set<IdentityCheck> {
        Set(findings.filter { !$0.isGood }.map(\.check))
    }

    @Test func `a request as the protocol has it is read, and nothing is found`() throws {
        let (read, findings) = SignInRequest.read(try Self.form(), of: Self.client)
        let request = try read.get()
        #expect(Self.wrong(findings).isEmpty && findings.count == 7)
        #expect(request.levels == ["2", "realName", "3"] && request.asked == ["openid", "profile", "phone"])
        #expect(request.isVerified(by: Self.verifier))
        for other in [
            nil, "", String(Self.verifier.dropLast()), Self.verifier + "=", String(repeating: "a", count: 129),
        ] {
            #expect(!request.isVerified(by: other))
        }
    }

    @Test func `nobody is sent back to an address that is not registered, and everything else goes back with an error`()
        throws
    {
        let unfit = { (other: [String: String?]) throws -> (SignInRequest.Unfit?, Set<IdentityCheck>) in
            let (read, findings) = SignInRequest.read(try Self.form(other), of: Self.client)
            guard case .failure(let unfit) = read else { return (nil, Self.wrong(findings)) }
            return (unfit, Self.wrong(findings))
        }
        let elsewhere = try unfit(["redirect_uri": Self.back + "/"])
        #expect(elsewhere.0 == .stays("redirect_uri") && elsewhere.1 == [.redirect])
        let another = try unfit(["client_id": "another"])
        #expect(another.0 == .stays("client_id") && another.1 == [.request])
        func goes(_ error: String) -> SignInRequest.Unfit {
            .goesBack(to: Self.back, state: "a state of twenty-two", error: error)
        }
        for other in [["code_challenge": nil], ["code_challenge_method": "plain"], ["code_challenge": "short"]] {
            let said = try unfit(other)
            #expect(said.0 == goes("invalid_request") && said.1 == [.pkce])
        }
        #expect(try unfit(["response_type": "token"]) == (goes("unsupported_response_type"), [.request]))
        #expect(try unfit(["scope": "profile"]) == (goes("invalid_scope"), [.scopes]))
        let lacking = try unfit(["state": "short", "nonce": nil, "acr_values": "9", "scope": "openid more"])
        #expect(lacking.0 == nil && lacking.1 == [.state, .nonce, .levels, .scopes])
    }

    @Test func `a form says each parameter once, encoded as forms are`() throws {
        let form = try #require(FormText("a=1+2%2B%E4%B8%80&b=&c"))
        #expect(form["a"] == "1 2+一" && form["b"] == nil && form["c"] == nil && form["d"] == nil)
        #expect(FormText("a=1&a=2") == nil && FormText("a=%zz") == nil)
        #expect(FormText.address("https://h/?x=1", [("a", "1 +ü"), ("b", nil)]) == "https://h/?x=1&a=1%20%2B%C3%BC")
        #expect(FormText.address("https://h/", [("b", nil)]) == "https://h/")
    }

    @Test func `a house proves itself by name and secret in the head, both encoded`() {
        func head(_ text: String) -> String { "Basic " + Data(text.utf8).base64EncodedString() }
        #expect(Self.client.isProven(by: head("one+window:s%3A%20%25")))
        #expect(Self.client.isProven(by: head("one%20window:s%3A+%25")))
        for text in ["one+window:s%3A", "one+window", "another:s%3A%20%25", ":", "one+windo:ws%3A%20%25"] {
            #expect(!Self.client.isProven(by: head(text)), "\(text)")
        }
        #expect(!Self.client.isProven(by: nil) && !Self.client.isProven(by: "Bearer x"))
        #expect(!Self.client.isProven(by: "Basic *"))
    }

    @Test func `a person has a name, a number with its right check character, and a level`() throws {
        let person = try #require(SandboxPerson("江小寒, 350102198808089015,realName"))
        #expect(person.name == "江小寒" && person.level == .realName)
        for text in [
            "江小寒,350102198808089016,realName", "江小寒,350102198808089015,gold", ",350102198808089015,realName",
            "江小寒,350102198808089015", "江小寒,350102198808089015,realName,more",
        ] { #expect(SandboxPerson(text) == nil, "\(text)") }
        let json = person.json
        #expect(SandboxPerson(json) == person)
        #expect(SandboxPerson(.record(["name": .text("江小寒")])) == nil)
        let other = try #require(CitizenID(person.otherNumber))
        #expect(other != person.number && other.birthday == person.number.birthday)
        #expect(!person.subject.contains("3501") && person.subject.count == 24)
    }

    @Test func `who is shipped is nobody twice, at every level`() throws {
        let shipped = try ShippedPeople()
        #expect(Set(shipped.people.map(\.number)).count == shipped.people.count)
        #expect(Set(shipped.people.map(\.level)) == Set(AssuranceLevel.allCases))
        #expect(shipped.words.values.allSatisfy { $0.contains(" ") }, "in both languages")
    }

    private static func grant() throws -> IdentityGrant {
        let request = try SignInRequest.read(try form(), of: client).0.get()
        let person = try #require(
            SandboxPerson(name: "江小寒", number: "350102198808089015", level: "realName", mobile: "13800000101"))
        return IdentityGrant(request: request, person: person, level: .certificate, sid: "s", at: now)
    }

    private static let words = IdentityWords(
        issuer: "http://127.0.0.1:8095", client: "one window", keepsParticulars: false)

    @Test func `a token says who came, and each switch changes one thing`() throws {
        let (grant, words) = (try Self.grant(), Self.words)
        let right = words.idToken(grant, at: Self.now)
        #expect(right["acr"]?.text == "3" && right["aud"]?.text == "one window" && right["name"]?.text == "江小寒")
        #expect(right["phone_number"]?.text == "+86 13800000101" && right["nonce"]?.text == "a nonce of twenty-two")
        let changes: [IdentityFault: Set<String>] = [
            .clockOff: ["iat", "exp"], .wrongNonce: ["nonce"], .wrongAudience: ["aud"], .lowerLevel: ["acr"],
            .otherNumber: ["identity_number"], .wrongSignature: [],
        ]
        for (fault, names) in changes {
            let said = words.idToken(grant, at: Self.now, .init(faults: [fault], clockOffSeconds: 600))
            #expect(Set(said.filter { right[$0.key] != $0.value }.keys) == names, "\(fault)")
        }
        let bare = IdentityWords(issuer: "i", client: "c", keepsParticulars: true)
        #expect(bare.idToken(grant, at: Self.now)["identity_number"] == nil)
        #expect(bare.userInfo(grant)["identity_number"]?.text == "350102198808089015")
        #expect(bare.userInfo(grant)["sub"] == right["sub"])
    }

    @Test(arguments: SandboxKey.Algorithm.allCases)
    func `a token is the provider's own, and another key's is not`(_ algorithm: SandboxKey.Algorithm) async throws {
        let key = try await SandboxKey(algorithm, dice: .system)
        let claims = Self.words.idToken(try Self.grant(), at: Self.now)
        let right = try await key.sign(claims)
        #expect(await key.claims(of: right) == .record(claims))
        #expect(await key.claims(of: try await key.sign(claims, wrongly: true)) == nil)
        #expect(await key.claims(of: try await SandboxKey(algorithm, dice: .system).sign(claims)) == nil)
        #expect(await key.claims(of: "no token") == nil)
        #expect(key.published["alg"]?.text == algorithm.rawValue && key.published["d"] == nil)
    }

    @Test func `a code counts once and for a minute`() async throws {
        let ticks = SandboxClock(machine: TimeSource { Self.now }, start: Self.now)
        let person = try #require(SandboxPerson("江小寒,350102198808089015,realName"))
        let ledger = IdentityLedger(people: [person], time: ticks.time, dice: .system)
        let request = try Self.grant().request
        let name = await ledger.wait(request)
        #expect(await ledger.take(name) == request)
        #expect(await ledger.take(name) == nil, "a page is answered once")
        #expect(await ledger.admit("nobody", at: nil, for: request) == nil)
        let code = try #require(await ledger.admit(person.subject, at: nil, for: request))
        guard case .grant(let grant) = await ledger.redeem(code) else { throw Fault.corrupt("no grant") }
        #expect(grant.level == .realName)
        guard case .usedBefore = await ledger.redeem(code) else { throw Fault.corrupt("used twice") }
        let late = try #require(await ledger.admit(person.subject, at: .registered, for: request))
        #expect(ticks.set(.record(["clock": .text("\(Self.now.advanced(bySeconds: 61))")])))
        guard case .tooLate = await ledger.redeem(late) else { throw Fault.corrupt("too late") }
        guard case .unknown = await ledger.redeem("no code") else { throw Fault.corrupt("unknown") }
        #expect(await ledger.areOwn(try Self.form()) == (true, true))
        #expect(await ledger.areOwn(try Self.form()) == (true, true), "the page may be loaded anew")
        #expect(await ledger.areOwn(try Self.form(["nonce": "another nonce of them"])) == (false, true))
        #expect(await ledger.areOwn(try Self.form(["code_challenge": "another"])) == (false, false))
    }

    @Test func `a session ends once`() async throws {
        let ledger = IdentityLedger(people: [], time: TimeSource { Self.now }, dice: .system)
        let grant = try Self.grant()
        let token = await ledger.begin(grant)
        #expect(await ledger.grant(of: token)?.sid == "s")
        #expect(await ledger.end("s", as: "here")?.person == grant.person)
        #expect(await ledger.end("s", as: "here") == nil)
        let message = Self.words.logout(try #require(await ledger.sessions.first), message: "m", at: Self.now)
        #expect(message["nonce"] == nil && message["sid"]?.text == "s" && message["jti"]?.text == "m")
        #expect(message["events"]?[IdentityWords.logoutEvent] != nil)
    }

    @Test func `the switches are those of the page, and what is told can be said back`() {
        var faults = IdentityFaults()
        #expect(faults.turn(.record(["lostReply": .number(2), "down": .flag(true)])) == nil)
        #expect(faults.turn(.record(["slowSeconds": .number(-1)])) == "slowSeconds")
        #expect(faults.turn(.record(["drift": .number(1)])) == "drift")
        var again = IdentityFaults()
        #expect(again.turn(faults.json) == nil && again.json == faults.json)
        let switches = IdentitySwitches(faults)
        #expect((1...4).map { _ in switches.fires(.lostReply, at: "/token") } == [false, true, false, true])
    }
}
