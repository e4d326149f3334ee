@testable import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct IdentityLinkTests {
    static let subject = IdentityStatement.Subject(issuer: "https://id.example", name: "s-1")

    static func statement(
        _ level: AssuranceLevel = .realName, name: String? = "林小满", serial: Int? = 1,
        subject: IdentityStatement.Subject = subject
    ) throws -> IdentityStatement {
        IdentityStatement(
            subject, level: level, name: name.flatMap(FullName.init), number: try serial.map(Cast.number))
    }

    private typealias Known = IdentityLinkRules.Known

    @Test func `whoever is known is linked, whoever is new is registered, whoever was here enters`() throws {
        let lin = try Cast.citizen(1)
        let decide = IdentityLinkRules.decide
        #expect(try decide(try Self.statement(), Known()) == .registers(lin.name, lin.number))
        #expect(try decide(try Self.statement(), Known(numbered: .citizen(lin))) == .links(lin.id))
        for statement in [try Self.statement(), try Self.statement(.registered, name: nil, serial: nil)] {
            #expect(try decide(statement, Known(linked: .citizen(lin))) == .enters(lin.id))
        }
    }

    @Test func `an account without a real name is nobody, whatever number it says`() throws {
        let lin = try Cast.citizen(1)
        #expect(throws: IdentityLinkRefusal.levelTooLow) {
            try IdentityLinkRules.decide(try Self.statement(.registered), known: Known(numbered: .citizen(lin)))
        }
        #expect(throws: IdentityLinkRefusal.levelTooLow) {
            try IdentityLinkRules.decide(try Self.statement(.registered, name: nil, serial: nil), known: Known())
        }
        for (name, serial) in [(nil, 1), ("林小满", nil)] as [(String?, Int?)] {
            #expect(throws: IdentityLinkRefusal.particularsMissing) {
                try IdentityLinkRules.decide(try Self.statement(name: name, serial: serial), known: Known())
            }
        }
    }

    @Test func `a subject is never moved to another number, and a number never goes to another name`() throws {
        let (lin, wang) = (try Cast.citizen(1), try Cast.citizen(2, name: "王大寒"))
        for level in AssuranceLevel.allCases {
            #expect(throws: IdentityLinkRefusal.subjectTaken) {
                try IdentityLinkRules.decide(
                    try Self.statement(level, name: "王大寒", serial: 2),
                    known: Known(linked: .citizen(lin), numbered: .citizen(wang)))
            }
        }
        #expect(throws: IdentityLinkRefusal.nameDiffers) {
            try IdentityLinkRules.decide(try Self.statement(name: "林大满"), known: Known(numbered: .citizen(lin)))
        }
    }

    @Test func `LIMIT: a person has five subjects`() throws {
        let lin = try Cast.citizen(1)
        let statement = try Self.statement()
        let fourth = try IdentityLinkRules.decide(statement, known: Known(numbered: .citizen(lin), links: 4))
        #expect(fourth == .links(lin.id))
        #expect(throws: IdentityLinkRefusal.tooManyLinks) {
            try IdentityLinkRules.decide(statement, known: Known(numbered: .citizen(lin), links: 5))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a link is found again, belongs to one person, and goes with her data`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let (key, lin, wang) = (try Cast.key(), try Cast.citizen(1), try Cast.citizen(2, name: "王大寒"))
            let (statement, other) = (try Self.statement(), try Self.statement(name: "王大寒", serial: 2))
            try await store.write { tx in
                try PersonTable.register(.citizen(lin), key: key, by: Cast.deed(), in: tx)
                try PersonTable.register(.citizen(wang), key: key, by: Cast.deed(), in: tx)
                try IdentityLinkTable.link(statement, to: lin.id, key: key, by: Cast.deed(), in: tx)
            }
            let known = try await store.read { tx in try IdentityLinkTable.known(other, key: key, in: tx) }
            #expect(known.linked == .citizen(lin) && known.numbered == .citizen(wang) && known.links == 0)
            await #expect(throws: IdentityLinkRefusal.subjectTaken) {
                try await store.write { tx in
                    try IdentityLinkTable.link(other, to: wang.id, key: key, by: Cast.deed(), in: tx)
                }
            }
            let token = SessionToken(Dice.seeded(1))
            try await store.write { tx in
                try SessionTable.start(token, of: .person(lin.id), level: .certificate, now: Cast.now, in: tx)
                try PersonTable.erase(lin.id, key: key, by: Cast.deed(), in: tx)
            }
            let after = try await store.read { tx in try IdentityLinkTable.known(statement, key: key, in: tx) }
            #expect(after.linked == nil && after.numbered == nil)
            await #expect(throws: LoginRefusal.sessionEnded) {
                try await store.read { tx in try SessionTable.session(token, now: Cast.now, in: tx) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an answer counts once, and is forgotten when it could not count any more`(_ place: StoreUnderTest)
        async throws
    {
        try await place.use(AccountShape.migrations) { store in
            let request = IdentityRequest(.seeded(1), back: "", level: .realName, now: Cast.now)
            try await store.write { tx in try IdentityLinkTable.spend(request, in: tx) }
            await #expect(throws: IdentityLinkRefusal.requestSpent) {
                try await store.write { tx in try IdentityLinkTable.spend(request, in: tx) }
            }
            for (second, pruned) in [(599, 0), (600, 1), (601, 0)] as [(Int64, Int)] {
                let count = try await store.write { tx in
                    try IdentityLinkTable.prune(now: Cast.now.later(second), in: tx)
                }
                #expect(count == pruned)
            }
        }
    }
}

@Suite struct IdentityRequestTests {
    @Test func `a request comes back in its cookie, and an altered or late one does not`() throws {
        let (key, now) = (try Cast.key(), Cast.now)
        let request = IdentityRequest(.seeded(1), back: "/items?q=餐饮", level: .certificate, now: now)
        let cookie = request.cookie(key)
        #expect(IdentityRequest(cookie: cookie, now: now.later(599), key: key) == request)
        #expect(IdentityRequest(cookie: cookie, now: now.later(600), key: key) == nil)
        #expect(IdentityRequest(cookie: cookie, now: now, key: try Cast.key(8)) == nil)
        let altered = [
            cookie.replacing("certificate", with: "registered"), String(cookie.dropLast()), cookie + "0", "", "....",
            cookie.replacing(".2f", with: ".2e"),
        ]
        for text in altered { #expect(IdentityRequest(cookie: text, now: now, key: key) == nil, "\(text)") }
    }

    @Test func `state, nonce and verifier differ, follow from the secret, and fit PKCE`() throws {
        let request = IdentityRequest(.seeded(1), back: "", level: .realName, now: Cast.now)
        let other = IdentityRequest(.seeded(2), back: "", level: .realName, now: Cast.now)
        let texts = [request, other].flatMap { [$0.state, $0.nonce, $0.verifier] }
        #expect(Set(texts).count == 6)
        #expect(texts.allSatisfy { (43...128).contains($0.utf8.count) })
        #expect(request.isAnswered(with: request.state))
        for state in [other.state, request.nonce, "", request.state + "0", request.state.uppercased()] {
            #expect(!request.isAnswered(with: state))
        }
        #expect("\(request)" == "IdentityRequest(***)")
    }

    @Test func `LIMIT: a place to go back to of more than 512 bytes is forgotten`() {
        let (fits, long) = ("/" + String(repeating: "a", count: 511), "/" + String(repeating: "a", count: 512))
        #expect(IdentityRequest(.seeded(1), back: fits, level: .realName, now: Cast.now).back == fits)
        #expect(IdentityRequest(.seeded(1), back: long, level: .realName, now: Cast.now).back == "")
    }
}

@Suite struct SessionOriginTests {
    @Test(
        arguments: [
            (.certificate, 1799, .certificate), (.certificate, 1800, .realName), (.realName, 90_000, .realName),
            (.registered, 90_000, .registered),
        ] as [(AssuranceLevel, Int64, AssuranceLevel)])
    func `the proof of a certificate holds for half an hour`(
        _ level: AssuranceLevel, _ second: Int64, _ then: AssuranceLevel
    ) {
        let session = Session([], holder: SessionTests.citizen, level: level, startedAt: Cast.now, seenAt: Cast.now)
        #expect(session.level(at: Cast.now.later(second)) == then)
    }

    @Test(arguments: StoreUnderTest.all)
    func `the level stays with the session, and one from before has a password's`(_ place: StoreUnderTest) async throws
    {
        try await place.use(AccountShape.migrations) { store in
            let token = SessionToken(Dice.seeded(1))
            try await store.write { tx in
                _ = try SessionTable.start(token, of: SessionTests.citizen, level: .registered, now: Cast.now, in: tx)
            }
            let kept = try await store.read { tx in try SessionTable.session(token, now: Cast.now, in: tx) }
            #expect(kept.level(at: Cast.now) == .registered)
            try await store.write { tx in try tx.execute("UPDATE session SET level = NULL") }
            let old = try await store.read { tx in try SessionTable.session(token, now: Cast.now, in: tx) }
            #expect(old.level(at: Cast.now) == .realName)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the provider's token is read with the browser's secret alone, and is gone with the session`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(AccountShape.migrations) { store in
            let (key, token) = (try Cast.key(), SessionToken(Dice.seeded(1)))
            let origin = SessionOrigin(IdentityLinkTests.subject, sid: "sid-1", token: "head.body.signature")
            let (hint, kept) = try await store.write { tx in
                let session = try SessionTable.start(token, of: SessionTests.citizen, now: Cast.now, in: tx)
                try SessionTable.keep(origin, of: token, key: key, in: tx)
                let hint = try tx.row("SELECT hint FROM session_identity")?.bytes(0) ?? []
                let kept = try SessionTable.providerToken(of: token, in: tx)
                try SessionTable.end(session, in: tx)
                #expect(try tx.row("SELECT digest FROM session_identity") == nil)
                return (hint, kept)
            }
            #expect(kept == "head.body.signature")
            #expect(!String(decoding: hint, as: UTF8.self).contains("body"))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a message of the provider ends the sessions it names, once`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let (key, lin) = (try Cast.key(), try Cast.citizen(1))
            let subject = IdentityLinkTests.subject
            let statement = try IdentityLinkTests.statement()
            let tokens = (1...4).map { SessionToken(Dice.seeded($0)) }
            try await store.write { tx in
                try PersonTable.register(.citizen(lin), key: key, by: Cast.deed(), in: tx)
                try IdentityLinkTable.link(statement, to: lin.id, key: key, by: Cast.deed(), in: tx)
                for (token, sid) in zip(tokens, ["a", "b", "c"] as [String?] + [nil]) {
                    try SessionTable.start(token, of: .person(lin.id), now: Cast.now, in: tx)
                    // The last began with a password.
                    guard let sid else { continue }
                    try SessionTable.keep(SessionOrigin(subject, sid: sid, token: "t"), of: token, key: key, in: tx)
                }
            }
            let end = { (sid: String?, message: String, name: String) in
                let ending = SignedOutThere(
                    IdentityStatement.Subject(issuer: subject.issuer, name: name), sid: sid, message: message,
                    until: Cast.now.later(600))
                return try await store.write { tx in try SessionTable.end(ending, key: key, in: tx) }
            }
            #expect(try await end("a", "m-1", "s-1") == 1)
            await #expect(throws: IdentityLinkRefusal.requestSpent) { _ = try await end("a", "m-1", "s-1") }
            #expect(try await end("a", "m-2", "s-1") == 0)
            #expect(try await end(nil, "m-3", "nobody") == 0)
            #expect(try await end(nil, "m-4", "s-1") == 2)
            let last = try await store.read { tx in try SessionTable.session(tokens[3], now: Cast.now, in: tx) }
            #expect(last.holder == .person(lin.id))
        }
    }
}
