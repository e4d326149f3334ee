import Accounts
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Identity
import Store
import Testing
import Vocabulary

@testable import Web

@Suite struct UnifiedSignInTests {
    /// A house whose provider is not there.
    private static func open(
        _ body: @escaping @Sendable (DoorHouse, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            let account = try #require(
                ProviderAccount(
                    issuer: "http://127.0.0.1:1", client: .init(id: "house", secret: "s"), home: "https://ow.example"))
            var site = house.site
            site.identity = IdentityProvider(account, time: house.clock.source)
            let app = Application(router: Routes.router(site))
            try await app.test(.router) { client in try await body(house, client) }
        }
    }

    private static func answer(
        _ query: String, _ client: any TestClientProtocol, cookie: String = ""
    ) async throws -> TestResponse {
        try await client.execute(
            uri: "/sign-in/unified/answer?" + query, method: .get, headers: cookie.isEmpty ? [:] : [.cookie: cookie])
    }

    @Test func `the way in stands on the page of the public only where there is one`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let page = try await client.execute(uri: "/sign-in", method: .get)
                #expect(!String(buffer: page.body).contains("/sign-in/unified"))
                let refused = try await client.execute(uri: "/sign-in/unified", method: .get)
                refused.expect(refusal: ProviderRefusal.notOffered)
                #expect(String(buffer: refused.body).contains("name=\"password\""))
            }
        }
        try await Self.open { _, client in
            for (path, isThere) in [("/sign-in?back=/certificates", true), ("/staff/sign-in", false)] {
                let page = String(buffer: try await client.execute(uri: path, method: .get).body)
                #expect(page.contains("/sign-in/unified") == isThere, "\(path)")
                #expect(page.contains("name=\"password\""))
            }
            let policy = try #require(HTTPField.Name("Content-Security-Policy"))
            let home = try await client.execute(uri: "/", method: .get)
            #expect(home.headers[policy]?.contains("form-action 'self' http://127.0.0.1:1;") == true)
        }
    }

    @Test func `where the provider is away, the page says so and keeps the other way in`() async throws {
        try await Self.open { _, client in
            let answer = try await client.execute(uri: "/sign-in/unified?back=/business", method: .get)
            answer.expect(refusal: ProviderRefusal.away)
            #expect(answer.headers[values: .setCookie].allSatisfy { !$0.hasPrefix("session=") })
            let page = String(buffer: answer.body)
            #expect(page.contains("name=\"password\"") && page.contains("value=\"/business\""))
        }
    }

    @Test func `an answer counts in the browser that asked, once, and within ten minutes`() async throws {
        try await Self.open { house, client in
            let (now, key) = (house.clock.source.now(), house.site.accountKey)
            let request = IdentityRequest(.seeded(1), back: "/items", level: .realName, now: now)
            let cookie = "unified=" + request.cookie(key)
            let state = "state=\(request.state)"
            try await Self.answer("code=c&" + state, client).expect(refusal: IdentityLinkRefusal.requestUnknown)
            try await Self.answer("code=c&state=0", client, cookie: cookie)
                .expect(refusal: IdentityLinkRefusal.requestUnknown)
            let declined = try await Self.answer("error=access_denied&" + state, client, cookie: cookie)
            declined.expect(refusal: ProviderRefusal.declined)
            #expect(declined.headers[values: .setCookie].contains { $0.hasPrefix("unified=;") })
            // Nobody is there to take the code; the answer is spent all the same.
            try await Self.answer("code=c&" + state, client, cookie: cookie).expect(refusal: ProviderRefusal.away)
            try await Self.answer("code=c&" + state, client, cookie: cookie)
                .expect(refusal: IdentityLinkRefusal.requestSpent)
            house.clock.move(seconds: 600)
            try await Self.answer("code=c&" + state, client, cookie: cookie)
                .expect(refusal: IdentityLinkRefusal.requestUnknown)
        }
    }

    @Test func `a session below a real name opens no program's door, and one that signs out is told so`() async throws {
        try await Self.open { house, client in
            let person = try await house.person("91350100MADEM0054D")
            let token = SessionToken(.system)
            let now = house.clock.source.now()
            try await house.hall.store.write { tx in
                _ = try SessionTable.start(token, of: .person(person.id), level: .registered, now: now, in: tx)
            }
            let answer = try await client.execute(
                uri: "/api/v1/dossiers", method: .get, headers: [.authorization: "Bearer \(token.cookie)"])
            #expect(answer.status == .forbidden)
            #expect(String(buffer: answer.body).contains("level.too-low"))
            let bye = try await client.execute(uri: "/signed-out", method: .get)
            #expect(bye.status == .ok)
        }
    }

    @Test func `below a real name one reads what is one's own, and is shown the way to a real name`() async throws {
        try await Self.open { house, client in
            let (token, now) = (SessionToken(.system), house.clock.source.now())
            let login = try #require(LoginName("chen"))
            try await house.hall.store.write { tx in
                guard let holder = try AccountTable.account(login, in: tx)?.holder else { return }
                _ = try SessionTable.start(token, of: holder, level: .registered, now: now, in: tx)
            }
            let caller = Caller(client: client, session: token, house: house)
            let business = String(buffer: try await caller.get("/business").body)
            #expect(business.contains("registered account"), "the menu says the level")
            for path in ["/business", "/certificates", "/notices"] {
                #expect(try await caller.get(path).status == .ok, "\(path)")
            }
            let deeds = [
                "/notices/reading", "/notices/preferences", "/certificates/x/presentations", "/dossiers/x/withdrawal",
            ]
            for path in deeds {
                let answer = try await caller.post(path)
                answer.expect(refusal: LevelRefusal.tooLow, path)
                #expect(String(buffer: answer.body).contains("/sign-in/unified?level=realName"))
            }
            // A page of another door has the same menu.
            try await caller.get("/window").expect(refusal: DoorRefusal.wrongDoor)
            try await caller.post("/drafts/x/check").expect(refusal: DoorRefusal.noSuchPage)
            #expect(try await caller.post("/sign-out").status == .seeOther)
        }
    }

    @Test func `a message that somebody signed out is taken from the provider alone`() async throws {
        try await Self.open { _, client in
            let headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            let answer = try await client.execute(
                uri: "/sign-in/unified/ending", method: .post, headers: headers,
                body: ByteBuffer(string: "logout_token=x.y.z"))
            #expect(answer.status == .serviceUnavailable, "without its keys nobody can tell")
            let foreign = try await client.execute(
                uri: "/sign-in/unified/ending", method: .post,
                headers: [.contentType: "application/x-www-form-urlencoded", .origin: "https://evil.example"],
                body: ByteBuffer(string: "logout_token=x.y.z"))
            foreign.expect(refusal: DoorRefusal.foreignOrigin)
        }
    }
}
