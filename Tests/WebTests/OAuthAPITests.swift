import Accounts
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

@Suite struct OAuthAPITests {
    private struct Failed: Decodable { let error: String }

    @Test func `a secret in the body or in the header gives a short token for what is asked, or for everything`()
        async throws
    {
        try await DoorHouse.open { house in
            let secret = try await house.partner("bank-1", [.file, .read])
            try await house.app.test(.router) { client in
                let whole = try await client.oauth(
                    "grant_type=client_credentials&client_id=bank-1&client_secret=\(secret)")
                let answer = try whole.value(TokenAnswer.self)
                #expect(answer.token_type == "Bearer" && answer.expires_in == 600)
                #expect(answer.scope == "dossiers.file dossiers.read")
                #expect(whole.headers[.cacheControl] == "no-store")
                let basic = Data("bank-1:\(secret)".utf8).base64EncodedString()
                let part = try await client.oauth(
                    "grant_type=client_credentials&scope=dossiers.read", headers: [.authorization: "Basic \(basic)"])
                #expect(try part.value(TokenAnswer.self).scope == "dossiers.read")
                let read = try part.value(TokenAnswer.self).access_token
                let refused = try await client.api(.get, "/dossiers", token: read)
                #expect(try refused.problem().code == "partner.scope-missing")
                #expect(try await client.api(.get, "/dossiers", token: answer.access_token).status == .ok)
            }
        }
    }

    @Test func `whatever is wrong with a request for a token is said as the standard says it`() async throws {
        try await DoorHouse.open { house in
            let secret = try await house.partner("bank-1", [.file])
            let basic = Data("bank-1:\(secret)".utf8).base64EncodedString()
            let whole = "grant_type=client_credentials&client_id=bank-1"
            let cases: [(form: String, error: String, header: String?)] = [
                ("client_id=bank-1&client_secret=\(secret)", "invalid_request", nil),
                ("grant_type=password&client_id=bank-1&client_secret=\(secret)", "unsupported_grant_type", nil),
                (whole + "&client_secret=\(secret)&scope=dossiers.read", "invalid_scope", nil),
                (whole + "&client_secret=\(secret)&scope=everything", "invalid_scope", nil),
                (whole + "&client_secret=\(secret)&client_secret=\(secret)", "invalid_request", nil),
                (whole + "&client_secret=\(secret)", "invalid_request", "Basic \(basic)"),
                (whole + "&client_secret=%FF", "invalid_request", nil),
                (whole, "invalid_client", nil), (whole + "&client_secret=", "invalid_client", nil),
                (whole + "&client_secret=\(String(secret.reversed()))", "invalid_client", nil),
                ("grant_type=client_credentials&client_id=nobody&client_secret=\(secret)", "invalid_client", nil),
                ("grant_type=client_credentials&client_id=NO&client_secret=\(secret)", "invalid_client", nil),
                (whole, "invalid_client", "Basic ???"), (whole, "invalid_client", "Bearer \(secret)"),
                (whole, "invalid_client", "Basic \(Data("bank-1".utf8).base64EncodedString())"),
            ]
            try await house.app.test(.router) { client in
                for (form, error, header) in cases {
                    let answer = try await client.oauth(form, headers: header.map { [.authorization: $0] } ?? [:])
                    #expect(try answer.value(Failed.self).error == error, "\(form)")
                    #expect(answer.status == (error == "invalid_client" ? .unauthorized : .badRequest), "\(form)")
                    let asks = answer.headers[.wwwAuthenticate]?.hasPrefix("Basic") == true
                    #expect(asks == (error == "invalid_client"))
                }
                let json = try await client.api(.post, "/oauth/token", "{}")
                #expect(try json.value(Failed.self).error == "invalid_request")
                let large = try await client.oauth("x=" + String(repeating: "a", count: 9000))
                #expect(try large.problem().code == "api.too-large")
            }
        }
    }

    @Test func `the house says where tokens are to be had`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let answer = try await client.execute(uri: OAuthMetadata.path, method: .get)
                let value: JSONValue = try answer.value()
                #expect(value["issuer"] == .text("https://ow.example"))
                #expect(value["token_endpoint"] == .text("https://ow.example/api/v1/oauth/token"))
                #expect(value["scopes_supported"]?.list?.count == PartnerScope.allCases.count)
            }
        }
    }

    @Test func `a token that is over, of one who was shut out, or that nobody gave opens nothing`() async throws {
        try await DoorHouse.open { house in
            let secret = try await house.partner("bank-1", [.file])
            try await house.app.test(.router) { client in
                let token = try await client.partnerToken("bank-1", secret)
                #expect(try await client.api(.get, "/dossiers", token: token).status == .ok)
                for wrong in ["owp_", "owp_" + String(repeating: "0", count: 64)] {
                    let answer = try await client.api(.get, "/dossiers", token: wrong)
                    #expect(answer.status == .unauthorized)
                    #expect(try answer.problem().code == "partner.token-ended")
                }
                house.clock.move(seconds: 600)
                let over = try await client.api(.get, "/dossiers", token: token)
                #expect(try over.problem().code == "partner.token-ended")
                let fresh = try await client.partnerToken("bank-1", secret)
                try await house.hall.revokePartner(try #require(AccessID("bank-1")))
                #expect(try await client.api(.get, "/dossiers", token: fresh).problem().code == "partner.token-ended")
                let again = try await client.oauth(
                    "grant_type=client_credentials&client_id=bank-1&client_secret=\(secret)")
                #expect(try again.value(Failed.self).error == "invalid_client")
            }
        }
    }

    @Test func `a new secret ends the old one with its tokens`() async throws {
        try await DoorHouse.open { house in
            let secret = try await house.partner("bank-1", [.file])
            try await house.app.test(.router) { client in
                let token = try await client.partnerToken("bank-1", secret)
                let renewed = try await house.hall.renewPartner(try #require(AccessID("bank-1")))
                #expect(try await client.api(.get, "/dossiers", token: token).status == .unauthorized)
                let old = try await client.oauth(
                    "grant_type=client_credentials&client_id=bank-1&client_secret=\(secret)")
                #expect(old.status == .unauthorized)
                _ = try await client.partnerToken("bank-1", house.site.accountKey.secret(of: renewed))
            }
        }
    }

    @Test func `a partner asks so often in a minute and no more, and nobody else waits for it`() async throws {
        try await DoorHouse.open { house in
            let secret = try await house.partner("bank-1", [.file], perMinute: 4)
            let other = try await house.partner("bank-2", [.file], perMinute: 3)
            try await house.app.test(.router) { client in
                let token = try await client.partnerToken("bank-1", secret)
                for _ in 1...3 { #expect(try await client.api(.get, "/dossiers", token: token).status == .ok) }
                let refused = try await client.api(.get, "/dossiers", token: token)
                #expect(refused.status == .tooManyRequests)
                #expect(try refused.problem().code == "partner.too-many-calls")
                let wait = try #require(refused.headers[.retryAfter].flatMap { Int64($0) })
                #expect((1...60).contains(wait))
                let theirs = try await client.partnerToken("bank-2", other)
                #expect(try await client.api(.get, "/dossiers", token: theirs).status == .ok)
                let none = try await client.oauth(
                    "grant_type=client_credentials&client_id=bank-1&client_secret=\(secret)")
                #expect(try none.problem().code == "partner.too-many-calls", "a new token is no way round")
                house.clock.move(seconds: wait)
                #expect(try await client.api(.get, "/dossiers", token: token).status == .ok)
            }
        }
    }

    @Test func `a partner's token opens no door of people, and a session names no officials`() async throws {
        try await DoorHouse.open { house in
            let secret = try await house.partner("bank-1", PartnerScope.allCases)
            try await house.app.test(.router) { client in
                let token = try await client.partnerToken("bank-1", secret)
                let leaving = try await client.api(.delete, "/sessions/current", token: token)
                #expect(try leaving.problem().code == "door.wrong-door")
                let handing = try await client.api(
                    .post, "/dossiers/1/hand-over", #"{"proof": "identityCard"}"#, token: token, key: newKey())
                #expect(try handing.problem().code == "door.wrong-door")
                let clerk = try await client.token("window-city", staff: true)
                let spoken = try await client.report("/dossiers/1/acceptance", "{}", token: clerk, officer: "K-1")
                #expect(try spoken.problem().code == "partner.officer-unknown")
                let naming = try await client.api(
                    .put, "/officers/K-1", #"{"name": "周明", "citizenID": "350102198001011014"}"#, token: clerk)
                #expect(try naming.problem().code == "door.wrong-door")
            }
        }
    }
}
