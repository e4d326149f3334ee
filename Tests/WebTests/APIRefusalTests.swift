import Accounts
import City
import Dossiers
import Foundation
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

@Suite struct APIRefusalTests {
    @Test func `every sort of refusal is a problem with its code, in the language that was asked for`() async throws {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            try await house.app.test(.router) { client in
                let clerk = try await client.token("window-city", staff: true)
                let path = "/dossiers/\(id)"
                let cases: [(HTTPRequest.Method, String, String?, String?, Int, String)] = [
                    (.get, "/nowhere", nil, nil, 404, "api.no-such-address"),
                    (.get, "", nil, nil, 404, "api.no-such-address"),
                    (.put, path, "{}", clerk, 405, "api.wrong-method"),
                    (.get, "/items/1234", nil, nil, 404, "catalogue.item-not-found"),
                    (.get, "/items?q=%E5", nil, nil, 400, "api.malformed"),
                    (.get, "/items?place=999999", nil, nil, 400, "api.malformed"),
                    (.get, "/items?trips=2", nil, nil, 400, "api.malformed"),
                    (.get, "/items?holder=nobody", nil, nil, 400, "api.malformed"),
                    (.get, "/items?from=-1", nil, nil, 400, "api.malformed"),
                    (.get, "/problems/nothing.known", nil, nil, 404, "api.no-such-address"),
                    (.get, "/certificates/1.2.3/verification", nil, nil, 422, "certificate.malformed-identifier"),
                    (.get, "/dossiers", nil, nil, 401, "door.not-signed-in"),
                    (.get, path, nil, nil, 401, "door.not-signed-in"),
                    (.get, "/items", nil, "abc", 401, "login.session-ended"),
                    (.get, "/items", nil, String(repeating: "0", count: 64), 401, "login.session-ended"),
                    (.get, "/dossiers/abc", nil, clerk, 404, "dossier.not-found"),
                    (.get, "/dossiers/00000000000000000000000001", nil, clerk, 404, "dossier.not-found"),
                    (.post, path + "/review", #"{"proposal": "grant", "opinion": "x"}"#, clerk, 403, "door.wrong-door"),
                    (.post, path + "/acceptance", "{}", clerk, 400, "api.idempotency-key-missing"),
                    (.post, path + "/acceptance", "", clerk, 400, "api.malformed"),
                ]
                for (method, path, body, token, status, code) in cases {
                    var titles: Set<String> = []
                    for language in ["zh-CN,zh;q=0.9,en;q=0.8", "en-GB"] {
                        let response = try await client.api(
                            method, path, body, token: token, headers: [.acceptLanguage: language])
                        let problem = try response.problem()
                        #expect(problem.status == status && problem.code == code, "\(method) \(path)")
                        #expect((response.headers[.wwwAuthenticate] != nil) == (status == 401))
                        titles.insert(problem.title)
                    }
                    #expect(titles.count == 2, "\(path) in two languages")
                }
                let explained = try await client.api(.get, "/problems/dossier.not-found")
                #expect(explained.status == .ok && String(buffer: explained.body).contains("mend") == false)
                let root = try await client.execute(uri: "/api", method: .get)
                #expect(try root.problem().code == "api.no-such-address")
            }
        }
    }

    @Test func `what is not this deed's JSON is refused, and nothing is written`() async throws {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            let material = try #require(try await house.hall.open(id).dossier.submitted.terms.materials.first)
            let notice = { @Sendable (cause: String) in
                #"{"defects": [{"material": "\#(material)", "kind": "illegible"\#(cause)}]}"#
            }
            try await house.app.test(.router) { client in
                let clerk = try await client.token("window-city", staff: true)
                let text = String(repeating: "长", count: Limits.textCharactersMax + 1)
                let note = String(repeating: "x", count: JSONReading.bytesMax)
                let cases: [(deed: String, body: String, code: String)] = [
                    ("acceptance", "", "api.malformed"), ("acceptance", "null", "api.malformed"),
                    ("acceptance", "[]", "api.malformed"), ("acceptance", "{", "api.malformed"),
                    ("acceptance", "{}{}", "api.malformed"), ("acceptance", #"{"note": 1}"#, "api.malformed"),
                    ("acceptance", String(repeating: "[", count: 60_000), "api.malformed"),
                    ("acceptance", String(repeating: #"{"a":"#, count: 10_000), "api.malformed"),
                    ("non-acceptance", #"{"ground": "notNeeded"}"#, "api.malformed"),
                    ("non-acceptance", #"{"ground": "because", "note": "x"}"#, "api.malformed"),
                    ("non-acceptance", #"{"ground": "notNeeded", "note": 5}"#, "api.malformed"),
                    ("non-acceptance", #"{"ground": "notNeeded", "note": "x", "Note": "y"}"#, "api.malformed"),
                    ("non-acceptance", #"{"ground": "notNeeded", "note": " "}"#, "dossier.reason-missing"),
                    ("non-acceptance", #"{"ground": "notNeeded", "note": "\#(text)"}"#, "dossier.text-too-long"),
                    ("non-acceptance", #"{"ground": "notNeeded", "note": "\#(note)"}"#, "api.too-large"),
                    ("correction-notices", #"{"defects": []}"#, "dossier.defects-missing"),
                    ("correction-notices", #"{"defects": [{"material": "x"}]}"#, "api.malformed"),
                    (
                        "correction-notices", #"{"defects": [{"material": "x", "kind": "missing"}]}"#,
                        "dossier.unknown-material"
                    ),
                    ("correction-notices", notice(""), "dossier.cause-missing"),
                    ("correction-notices", notice(#", "cause": "other""#), "dossier.cause-words-missing"),
                    (
                        "correction-notices", notice(#", "cause": "other", "words": "拨打13800000001""#),
                        "dossier.cause-words-personal"
                    ),
                    ("correction-notices", notice(#", "cause": "E47""#), "dossier.place-not-in-guide"),
                    ("correction-notices", notice(#", "cause": "form/x""#), "dossier.place-not-in-guide"),
                    ("correction-notices", notice(#", "cause": "whatever""#), "api.malformed"),
                ]
                let defect = #"{"material": "x", "kind": "missing"}"#
                let twice = #"{"defects": [\#(defect), \#(defect)]}"#
                let named = try await client.api(
                    .post, "/dossiers/\(id)/correction-notices", twice, token: clerk, key: newKey()
                ).problem()
                #expect(named.code == "api.material-twice")
                for (deed, body, code) in cases {
                    let response = try await client.api(
                        .post, "/dossiers/\(id)/\(deed)", body, token: clerk, key: newKey())
                    #expect(try response.problem().code == code, "\(deed) \(body.prefix(60))")
                    #expect(response.status.code < 500)
                }
                for key in ["short", String(repeating: "k", count: 65), "sixteen characters"] {
                    let response = try await client.api(
                        .post, "/dossiers/\(id)/acceptance", "{}", token: clerk, key: key)
                    #expect(try response.problem().code == "api.idempotency-key-missing")
                }
                let form = try await client.api(
                    .post, "/dossiers/\(id)/acceptance", "{}", token: clerk, key: newKey(),
                    headers: [.contentType: "application/x-www-form-urlencoded"])
                #expect(try form.problem().code == "api.not-json")
                let large = try await client.api(
                    .post, "/dossiers/\(id)/review", #"{"opinion": "\#(note)"}"#,
                    token: try await client.token("review-housing", staff: true), key: newKey())
                #expect(try large.problem().code == "api.too-large")
                #expect(try await house.sequence(of: id) == 2)
                #expect(try await house.hall.looks(at: id).isEmpty)
            }
        }
    }

    @Test func `citizens do none of the staff's deeds, and staff nothing of others`() async throws {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            try await house.app.test(.router) { client in
                let deeds = [
                    ("acceptance", "{}"), ("correction-notices", #"{"defects": []}"#),
                    ("non-acceptance", #"{"ground": "notNeeded", "note": "x"}"#),
                    ("review", #"{"proposal": "grant", "opinion": "x"}"#),
                    ("decision", #"{"decision": "grant", "grounds": "x"}"#),
                    ("hand-over", #"{"proof": "identityCard"}"#),
                ]
                for (login, isStaff) in [("chen", false), ("lin", false), ("supervisor", true), ("admin", true)] {
                    let token = try await client.token(login, staff: isStaff)
                    for (deed, body) in deeds {
                        let response = try await client.api(
                            .post, "/dossiers/\(id)/\(deed)", body, token: token, key: newKey())
                        #expect(response.status == .forbidden, "\(login) \(deed)")
                        #expect(try response.problem().code == "door.wrong-door")
                    }
                }
                // Another department's reviewer: the right door, the wrong dossier.
                let stranger = try await client.token("review-hrss", staff: true)
                let review = try await client.api(
                    .post, "/dossiers/\(id)/review", #"{"proposal": "grant", "opinion": "x"}"#, token: stranger,
                    key: newKey())
                #expect(try review.problem().code == "permit.out-of-scope")
                let look = try await client.api(.get, "/dossiers/\(id)", token: stranger)
                #expect(try look.problem().code == "permit.not-allowed")
                let lin = try await client.token("lin", staff: false)
                let read = try await client.api(.get, "/dossiers/\(id)", token: lin)
                #expect(try read.problem().code == "dossier.not-found")
                let withdrawal = try await client.api(
                    .post, "/dossiers/\(id)/withdrawal", "{}", token: lin, key: newKey())
                #expect(try withdrawal.problem().code == "dossier.not-found")
                #expect(try await house.sequence(of: id) == 2)
                #expect(try await house.hall.looks(at: id).isEmpty)
            }
        }
    }

    @Test func `a member of staff who reads leaves the entry that the page leaves, the citizen none`() async throws {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            try await house.app.test(.router) { client in
                for (login, purposes) in [
                    ("window-city", ["intake"]), ("review-housing", ["review", "intake"]),
                    ("issue-city", ["issuing", "review", "intake"]),
                ] {
                    let token = try await client.token(login, staff: true)
                    let response = try await client.api(.get, "/dossiers/\(id)", token: token)
                    #expect(response.status == .ok)
                    #expect(try await house.hall.looks(at: id).map(\.purpose).sorted() == purposes.sorted())
                }
                let chen = try await client.token("chen", staff: false)
                #expect(try await client.api(.get, "/dossiers/\(id)", token: chen).status == .ok)
                #expect(try await house.hall.looks(at: id).count == 3)
            }
        }
    }

    @Test func `a cookie opens nothing below /api, however the address is written`() async throws {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            try await house.app.test(.router) { client in
                let cookie = try await client.signIn("window-city", staff: true)
                let deed = "/v1/dossiers/\(id)/acceptance"
                let key = try #require(HTTPField.Name("Idempotency-Key"))
                for path in ["/api\(deed)", "//api\(deed)", "/api/\(deed)", "/%61pi\(deed)", "/API\(deed)"] {
                    let response = try await client.execute(
                        uri: path, method: .post,
                        headers: [.cookie: cookie, .contentType: "application/json", key: newKey()],
                        body: ByteBuffer(string: "{}"))
                    #expect([401, 404].contains(response.status.code), "\(path)")
                }
                let read = try await client.execute(
                    uri: "/api/v1/dossiers/\(id)", method: .get, headers: [.cookie: cookie])
                #expect(try read.problem().code == "door.not-signed-in")
                let look = try await client.execute(
                    uri: "/api/v1/dossiers", method: .get, headers: [.cookie: "look=en"])
                #expect(try look.problem().status == 401 && look.headers[.contentLanguage] == "zh-Hans-CN")
                #expect(try await house.sequence(of: id) == 2)
            }
        }
    }

    @Test func `a token opens no page, and none after its session was ended`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let token = try await client.token("chen", staff: false)
                let page = try await client.execute(
                    uri: "/business", method: .get, headers: [.authorization: "Bearer \(token)"])
                #expect(page.status.kind == .redirection)
                #expect(try await client.api(.get, "/dossiers", token: token).status == .ok)
                let gone = try await client.api(.delete, "/sessions/current", token: token)
                #expect(gone.status == .noContent && gone.headers[.contentLength] == nil)
                let dead = try await client.api(.get, "/dossiers", token: token)
                #expect(try dead.problem().code == "login.session-ended")
            }
        }
    }

    @Test func `a wrong password is refused like an unknown login, and too many of them wait`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                for (login, door) in [("lin", "portal"), ("nobody-at-all", "portal"), ("lin", "staff")] {
                    let wrong = try await client.api(
                        .post, "/sessions", #"{"login": "\#(login)", "password": "wrong-one", "door": "\#(door)"}"#)
                    #expect(try wrong.problem().code == "login.wrong")
                }
                let odd = try await client.api(
                    .post, "/sessions", #"{"login": "lin", "password": "x", "door": "back"}"#)
                #expect(try odd.problem().code == "api.malformed")
                var last = try await client.api(.post, "/sessions", "{}")
                for _ in 0..<Throttle.login.failuresMax {
                    last = try await client.api(
                        .post, "/sessions", #"{"login": "lin", "password": "wrong-one", "door": "portal"}"#)
                }
                #expect(try last.problem().code == "login.wait")
                #expect(last.status == .tooManyRequests && last.headers[.retryAfter] == "30")
            }
        }
    }

    @Test func `a store that does not answer is a problem that says when to come again`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                await house.hall.store.close()
                let login = #"{"login": "lin", "password": "x", "door": "portal"}"#
                for response in [
                    try await client.api(.get, "/items"), try await client.api(.post, "/sessions", login),
                    try await client.api(.get, "/items", token: String(repeating: "0", count: 64)),
                ] {
                    #expect(try response.problem().code == "fault.busy")
                    #expect(response.status == .serviceUnavailable && response.headers[.retryAfter] == "5")
                }
            }
        }
    }

    @Test func `HEAD answers like GET without a body, on pages and in the API`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                for path in ["/", "/items", "/sign-in", "/nowhere", "/business", "/api/v1/items", "/api/v1/nowhere"] {
                    let get = try await client.execute(uri: path, method: .get)
                    let head = try await client.execute(uri: path, method: .head)
                    #expect(head.status == get.status && head.body.readableBytes == 0, "\(path)")
                    for name in [HTTPField.Name.contentType, .contentLength, .location, .cacheControl] {
                        #expect(head.headers[name] == get.headers[name], "\(path) \(name)")
                    }
                }
            }
        }
    }

    @Test(arguments: [
        (nil, Language.zh), ("", .zh), ("*", .zh), ("fr", .zh), ("en", .en), ("EN-us", .en), ("zh-Hans-CN", .zh),
        ("en;q=0.5, zh;q=0.4", .en), ("en;q=0.4, zh;q=0.5", .zh), ("fr, en;q=0.1", .en), ("en;q=0", .zh),
        ("en;q=x", .zh), (";;,,-", .zh), ("english", .zh), ("zh, en", .zh), ("en, zh", .en),
    ])
    func `the language is the one that is liked best, and Chinese otherwise`(_ header: String?, _ language: Language) {
        #expect(Language(accepting: header) == language)
    }
}
