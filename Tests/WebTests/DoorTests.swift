import Accounts
import Catalogue
import City
import Dossiers
import Foundation
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

@Suite struct DoorTests {
    @Test func `every door refuses whoever has not signed in, and every wrong role`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let keys: [(login: String, staff: Bool, opens: String)] = [
                    ("lin", false, "/business"), ("window-jinan", true, "/window"), ("issue-city", true, "/issuing"),
                    ("review-hrss", true, "/office"), ("decide-hrss", true, "/office"), ("supervisor", true, "none"),
                    ("editor", true, "none"), ("admin", true, "none"),
                ]
                let doors = ["/business", "/certificates", "/window", "/window/intake", "/issuing", "/office"]
                for door in doors {
                    let response = try await client.execute(uri: door, method: .get)
                    #expect(response.status.kind == .redirection, "\(door) without a session")
                }
                for key in keys {
                    let cookie = try await client.signIn(key.login, staff: key.staff)
                    for door in doors {
                        let response = try await client.execute(uri: door, method: .get, headers: [.cookie: cookie])
                        let isOpen = door.hasPrefix(key.opens) || (key.opens == "/business" && door == "/certificates")
                        #expect(response.status == (isOpen ? .ok : .forbidden), "\(key.login) at \(door)")
                    }
                }
            }
        }
    }

    @Test func `a deed needs somebody, and somebody of that door`() async throws {
        try await BadInputTests.open { stage in
            let id = try await stage.maker.dossier(.received)
            let path = "/window/dossiers/\(id)/acceptance"
            try await stage.unchanged("deeds of others") {
                try await stage.caller(.nobody).post(path).expect(refusal: DoorRefusal.notSignedIn)
                for visitor in [Visitor.applicant, .reviewer, .administrator] {
                    try await stage.caller(visitor).post(path).expect(refusal: DoorRefusal.wrongDoor, "\(visitor)")
                }
            }
        }
    }

    @Test func `a form without this session's token does nothing`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let cookie = try await client.signIn("lin", staff: false)
                let code = try #require(
                    try await house.hall.items(in: .fuzhou, limit: 1).first?.itemCode)
                for body in ["", "csrf=", "csrf=\(String(repeating: "0", count: 64))"] {
                    let response = try await client.execute(
                        uri: "/items/\(code)/drafts", method: .post,
                        headers: [.cookie: cookie, .contentType: "application/x-www-form-urlencoded"],
                        body: ByteBuffer(string: body))
                    #expect(response.status == .forbidden)
                    #expect(String(buffer: response.body).contains("login.forged"))
                }
            }
        }
    }

    @Test func `a form from another site is refused before it is read`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let response = try await client.execute(
                    uri: "/lookup", method: .post,
                    headers: [.origin: "https://elsewhere.example", .contentType: "application/x-www-form-urlencoded"],
                    body: ByteBuffer(string: "number=1&password=2"))
                #expect(response.status == .forbidden)
            }
        }
    }

    @Test func `a wrong password and an unknown login get the same answer`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                var answers: [String] = []
                for login in ["lin", "nobody-at-all"] {
                    let form = try await client.execute(uri: "/sign-in", method: .get)
                    let nonce = try #require(form.headers[values: .setCookie].first { $0.hasPrefix("sign-in=") })
                    let token = try #require(
                        String(buffer: form.body).firstMatch(of: /name="csrf" value="([0-9]+\.[0-9a-f]+)"/)
                    ).1
                    let response = try await client.execute(
                        uri: "/sign-in", method: .post,
                        headers: [
                            .cookie: String(nonce.prefix { $0 != ";" }),
                            .contentType: "application/x-www-form-urlencoded",
                        ], body: ByteBuffer(string: "login=\(login)&password=wrong-password&csrf=\(token)"))
                    #expect(response.status == .unauthorized)
                    #expect(response.headers[values: .setCookie].allSatisfy { !$0.hasPrefix("session=") })
                    answers.append(
                        try #require(String(buffer: response.body).firstMatch(of: /banner-title">([^<]+)/)).1
                            .description)
                }
                #expect(answers[0] == answers[1])
            }
        }
    }

    @Test(arguments: ["/", "/items", "/items?q=%E9%A5%AD%E5%BA%97", "/verify", "/lookup", "/sign-in", "/staff/sign-in"])
    func `open pages render whole in both languages`(_ path: String) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                for language in ["zh", "en"] {
                    let response = try await client.execute(
                        uri: path, method: .get, headers: [.cookie: "look=\(language).light.usual.keys"])
                    #expect(response.status == .ok)
                    let page = String(buffer: response.body)
                    #expect(page.hasPrefix("<!doctype html>"))
                    #expect(page.contains(language == "zh" ? "lang=\"zh-Hans-CN\"" : "lang=\"en\""))
                    let policy = try #require(HTTPField.Name("Content-Security-Policy"))
                    #expect(response.headers[policy] == Visit.contentSecurityPolicy)
                }
            }
        }
    }

    @Test func `every guide's page renders all its elements in both languages`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let lines =
                    try await house.hall.items(in: .fuzhou, limit: 100)
                    + house.hall.items(in: .fujian, limit: 100)
                #expect(lines.count > 8)
                for line in lines {
                    for language in ["zh", "en"] {
                        let response = try await client.execute(
                            uri: "/items/\(line.itemCode)", method: .get, headers: [.cookie: "look=\(language)"])
                        #expect(response.status == .ok, "\(line.slug)")
                    }
                }
            }
        }
    }

    @Test func `what is not there is a page with the way out, never a stack trace`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                for path in ["/nowhere", "/items/1234", "/verify?identifier=1.2.3"] {
                    let response = try await client.execute(uri: path, method: .get)
                    #expect(response.status.code < 500)
                    #expect(String(buffer: response.body).contains("<main"))
                }
                let missing = try await client.execute(uri: "/nowhere", method: .get)
                #expect(missing.status == .notFound)
            }
        }
    }

    @Test func `what an address asks is decoded once, as forms and links write it`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let search = try await client.execute(uri: "/items?q=100%25+sure%2B", method: .get)
                #expect(String(buffer: search.body).contains("value=\"100% sure+\""))
                let back = Paths.signIn(back: "/items?q=%E9%A5%AD")
                let entrance = try await client.execute(uri: back, method: .get)
                #expect(String(buffer: entrance.body).contains("name=\"back\" value=\"/items?q=%E9%A5%AD\""))
            }
        }
    }

    @Test func `a body beyond its limit is refused and not kept`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let response = try await client.execute(
                    uri: "/lookup", method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
                    body: ByteBuffer(repeating: 65, count: PostedForm.bytesMax + 1))
                #expect((400..<500).contains(response.status.code))
            }
        }
    }
}
