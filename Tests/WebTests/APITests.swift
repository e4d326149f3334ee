import Accounts
import Catalogue
import Certificates
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

@Suite struct APITests {
    @Test func `a dossier is accepted, reviewed and decided over the API, and everybody reads how it stands`()
        async throws
    {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            try await house.app.test(.router) { client in
                let clerk = try await client.token("window-city", staff: true)
                let deeds = [
                    (clerk, "acceptance", "{}"),
                    (
                        try await client.token("review-housing", staff: true), "review",
                        #"{"proposal": "grant", "opinion": "符合条件"}"#
                    ),
                    (
                        try await client.token("decide-housing", staff: true), "decision",
                        #"{"decision": "grant", "grounds": "符合条件"}"#
                    ),
                ]
                var sequence = try await house.sequence(of: id)
                for (token, deed, body) in deeds {
                    let response = try await client.api(
                        .post, "/dossiers/\(id)/\(deed)", body, token: token, key: newKey())
                    sequence += 1
                    #expect(response.status == .ok, "\(deed): \(String(buffer: response.body))")
                    #expect(
                        try response.value(DeedAnswer.self) == DeedAnswer(dossier: "\(id)", sequence: sequence))
                }
                #expect(try await house.hall.open(id).dossier.stage.name == .granted)
                let chen = try await client.token("chen", staff: false)
                let read = try await client.api(.get, "/dossiers/\(id)", token: chen)
                let dossier = try read.value(DossierReply.self)
                #expect(dossier.stage == "granted" && dossier.decision?.isGrant == true)
                let kinds = [
                    "dossier.submitted", "dossier.received", "dossier.accepted", "dossier.review-passed",
                    "dossier.granted",
                ]
                #expect(dossier.events.map(\.kind) == kinds)
                #expect(dossier.events.map(\.by) == ["person", "person", "staff", "staff", "staff"])
                #expect(dossier.events[3].body == .record(["proposal": .text("grant")]))
                let now = house.hall.time.now().description
                #expect(dossier.receipt == DossierReply.Receipt(at: now, event: 2, by: "submission"))
                #expect(dossier.due.authority?.day == "2026-12-08" && dossier.due.statutory == nil)
                for personal in ["陈一鸣", "350102188501010019", "13800000002", "123456", "符合条件"] {
                    #expect(!String(buffer: read.body).contains(personal), "\(personal)")
                }
            }
        }
    }

    @Test func `the papers of a case are listed, and each is fetched as the file that the pages give`() async throws {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            try await house.app.test(.router) { client in
                let clerk = try await client.token("window-city", staff: true)
                _ = try await client.api(.post, "/dossiers/\(id)/acceptance", "{}", token: clerk, key: newKey())
                let chen = try await client.token("chen", staff: false)
                let read = try await client.api(.get, "/dossiers/\(id)", token: chen)
                let papers = try read.value(PapersReply.self).papers
                #expect(papers.map(\.kind) == ["receipt", "acceptance-notice"])
                #expect(papers.allSatisfy { $0.number.hasSuffix("〔2026〕第0001号") && !$0.isVoided })
                for paper in papers {
                    let file = try await client.api(.get, "/dossiers/\(id)/papers/\(paper.id)", token: chen)
                    #expect(file.status == .ok && file.headers[.contentType] == "application/pdf")
                    let kept = try await client.api(.get, "/dossiers/\(id)/papers/\(paper.id)", token: clerk)
                    #expect(file.body == kept.body)
                    let lin = try await client.token("lin", staff: false)
                    let other = try await client.api(.get, "/dossiers/\(id)/papers/\(paper.id)", token: lin)
                    #expect(other.status == .notFound)
                }
                let none = try await client.api(.get, "/dossiers/\(id)/papers/x", token: chen)
                #expect(none.status == .notFound)
            }
        }
    }

    private struct PapersReply: Decodable {
        struct Line: Decodable {
            let id: String
            let kind: String
            let number: String
            let isVoided: Bool
        }
        let papers: [Line]
    }

    @Test func `a filing that lacks something is sent back, withdrawn or not accepted, each with its date`()
        async throws
    {
        try await DoorHouse.open { house in
            let chen = try await house.chen()
            let first = try await house.filed(for: chen, without: 1)
            let second = try await house.filed(for: chen)
            try await house.app.test(.router) { client in
                let clerk = try await client.token("window-city", staff: true)
                let citizen = try await client.token("chen", staff: false)
                let missing = try await house.hall.open(first).dossier.missingMaterials
                let notice =
                    #"{"defects": [{"material": "\#(missing[0])", "kind": "missing", "cause": "E17"}], "note": "请补齐"}"#
                let asked = try await client.api(
                    .post, "/dossiers/\(first)/correction-notices", notice, token: clerk, key: newKey())
                #expect(asked.status == .ok)
                let read = try await client.api(.get, "/dossiers/\(first)", token: citizen)
                let dossier = try read.value(DossierReply.self)
                #expect(dossier.stage == "correctionRequested" && dossier.missingMaterials == missing)
                #expect(dossier.due.authority == nil && dossier.due.applicant?.day == "2026-12-15")
                let key = newKey()
                for _ in 1...2 {
                    let out = try await client.api(
                        .post, "/dossiers/\(first)/withdrawal", #"{"note": "不办了"}"#, token: citizen, key: key)
                    #expect(try out.value(DeedAnswer.self).sequence == 4)
                }
                #expect(try await house.hall.open(first).dossier.ending == .withdrawn)
                let declined = try await client.api(
                    .post, "/dossiers/\(second)/non-acceptance", #"{"ground": "notNeeded", "note": "无需许可"}"#,
                    token: clerk, key: newKey())
                #expect(declined.status == .ok)
                #expect(try await house.hall.open(second).dossier.ending == .declined)
            }
        }
    }

    @Test func `a result is handed over against its code, and only that`() async throws {
        try await DoorHouse.open { house in
            let chen = try await house.chen()
            let id = try await house.filed(for: chen, .onlineThenCollect, delivery: .counter)
            try await house.app.test(.router) { client in
                for (login, deed, body) in [
                    ("window-city", "acceptance", "{}"),
                    ("review-housing", "review", #"{"proposal": "refuse", "opinion": "不符合"}"#),
                    ("decide-housing", "decision", #"{"decision": "refuse", "grounds": "不符合"}"#),
                ] {
                    let response = try await client.api(
                        .post, "/dossiers/\(id)/\(deed)", body, token: try await client.token(login, staff: true),
                        key: newKey())
                    #expect(response.status == .ok, "\(deed): \(String(buffer: response.body))")
                }
                try await house.settle()
                guard case .issued(_, _, let code?) = try await house.hall.open(id).dossier.stage else {
                    Issue.record("the result lies ready under a code")
                    return
                }
                let issuer = try await client.token("issue-city", staff: true)
                let key = newKey()
                let path = "/dossiers/\(id)/hand-over"
                for wrong in ["", "000000x", String(code.reversed()) + "0"] {
                    let response = try await client.api(
                        .post, path, #"{"proof": "pickUpCode", "code": "\#(wrong)"}"#, token: issuer, key: key)
                    #expect(try response.problem().code == "api.wrong-pick-up-code")
                }
                let looks = try await house.hall.looks(at: id)
                #expect(looks.map(\.purpose) == ["issuing", "issuing", "issuing"])
                let electronic = try await client.api(
                    .post, path, #"{"proof": "electronic"}"#, token: issuer, key: key)
                #expect(try electronic.problem().code == "api.malformed")
                let right = #"{"proof": "pickUpCode", "code": "\#(code)", "recipient": "陈一鸣"}"#
                let first = try await client.api(.post, path, right, token: issuer, key: key)
                #expect(first.status == .ok)
                let again = try await client.api(.post, path, right, token: issuer, key: key)
                #expect(try again.value(DeedAnswer.self) == (try first.value(DeedAnswer.self)))
                let other = try await client.api(.post, path, right, token: issuer, key: newKey())
                #expect(other.status == .conflict)
                let citizen = try await client.token("chen", staff: false)
                let read = try await client.api(.get, "/dossiers/\(id)", token: citizen).value(DossierReply.self)
                #expect(read.trips.promised == 1 && read.trips.made == 1)
                #expect(read.trips.visits.map(\.purposes) == [["result"]])
            }
        }
    }

    @Test func `a key that comes back gets the same answer, and refuses another command`() async throws {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            try await house.app.test(.router) { client in
                let clerk = try await client.token("window-city", staff: true)
                let key = newKey()
                var answers: [DeedAnswer] = []
                for _ in 1...3 {
                    let response = try await client.api(
                        .post, "/dossiers/\(id)/acceptance", "{}", token: clerk, key: key)
                    answers.append(try response.value())
                }
                #expect(Set(answers.map(\.sequence)) == [3])
                #expect(try await house.sequence(of: id) == 3)
                let another = try await client.api(
                    .post, "/dossiers/\(id)/non-acceptance", #"{"ground": "notNeeded", "note": "无需许可"}"#,
                    token: clerk, key: key)
                #expect(another.status == .init(code: 422))
                #expect(try another.problem().code == "token.used-for-another-command")
                let anew = try await client.api(
                    .post, "/dossiers/\(id)/acceptance", "{}", token: clerk, key: newKey())
                #expect(try anew.problem().code == "dossier.already-accepted")
                #expect(try await house.sequence(of: id) == 3)
            }
        }
    }

    @Test func `a grant that is asked for again with its key makes no second certificate`() async throws {
        try await DoorHouse.open { house in
            let chen = try await house.chen()
            let id = try await house.filed(for: chen)
            try await house.app.test(.router) { client in
                let review = #"{"proposal": "grant", "opinion": "符合"}"#
                let clerk = try await client.token("window-city", staff: true)
                let reviewer = try await client.token("review-housing", staff: true)
                let decider = try await client.token("decide-housing", staff: true)
                _ = try await client.api(.post, "/dossiers/\(id)/acceptance", "{}", token: clerk, key: newKey())
                _ = try await client.api(.post, "/dossiers/\(id)/review", review, token: reviewer, key: newKey())
                let held = try await house.hall.certificates(of: chen).count
                let key = newKey()
                for _ in 1...2 {
                    let response = try await client.api(
                        .post, "/dossiers/\(id)/decision", #"{"decision": "grant", "grounds": "符合"}"#,
                        token: decider, key: key)
                    #expect(try response.value(DeedAnswer.self).sequence == 5)
                }
                #expect(try await house.hall.certificates(of: chen).count == held + 1)
            }
        }
    }

    @Test func `the dossiers of a citizen are listed newest first, page by page, and nobody else's`() async throws {
        struct List: Decodable {
            struct Line: Decodable { let id: String }
            let dossiers: [Line]
            let next: String?
        }
        try await DoorHouse.open { house in
            let chen = try await house.chen()
            var filed: [String] = []
            for _ in 0..<Limits.pageRowsMax + 2 { filed.insert("\(try await house.filed(for: chen))", at: 0) }
            let ids = filed
            _ = try await house.filed(for: PersonID(Subject(high: 1, low: 1)))
            try await house.app.test(.router) { client in
                let token = try await client.token("chen", staff: false)
                let first = try await client.api(.get, "/dossiers", token: token).value(List.self)
                #expect(first.dossiers.map(\.id) == Array(ids.prefix(Limits.pageRowsMax)))
                let next = try #require(first.next)
                let second = try await client.api(.get, "/dossiers?before=\(next)", token: token).value(List.self)
                #expect(second.dossiers.map(\.id) == Array(ids.suffix(2)) && second.next == nil)
                let lin = try await client.token("lin", staff: false)
                #expect(try await client.api(.get, "/dossiers", token: lin).value(List.self).dossiers.isEmpty)
                let odd = try await client.api(.get, "/dossiers?before=x", token: token)
                #expect(try odd.problem().code == "api.malformed")
            }
        }
    }

    @Test func `a form is a schema of its version, open to any site, and not sent twice`() async throws {
        try await DoorHouse.open { house in
            let line = try #require(try await house.hall.item("special-working-hours", in: [.fuzhou]))
            let item = try #require(try await house.hall.item(line.itemCode))
            let path = "/items/\(line.itemCode)/form"
            try await house.app.test(.router) { client in
                let answer = try await client.api(.get, path)
                #expect(answer.headers[.contentType] == "application/schema+json")
                #expect(answer.headers[.accessControlAllowOrigin] == "*")
                let schema = try answer.value(JSONValue.self)
                #expect(schema["$id"]?.text == "https://ow.example/api/v1\(path)")
                #expect(schema["x-item"]?["digest"]?.text == item.digest && schema["x-item"]?["version"] == .number(1))
                let tag = try #require(answer.headers[.eTag])
                let again = try await client.execute(
                    uri: "/api/v1\(path)", method: .get, headers: [.ifNoneMatch: tag])
                #expect(again.status == .notModified && again.body.readableBytes == 0)
                let none = try await client.api(.get, "/items/1/form")
                #expect(try none.problem().code == CatalogueRefusal.itemNotFound.code)
            }
        }
    }

    @Test func `the catalogue and the verification of a certificate are open to everybody`() async throws {
        struct List: Decodable {
            struct Line: Decodable { let itemCode: String }
            let items: [Line]
        }
        struct Item: Decodable {
            let code: String
            let guide: JSONValue
        }
        struct Verdict: Decodable {
            let isGood: Bool
            let register: String
            let signature: String
            let untrustedBecause: String?
            let holder: String?
        }
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let found = try await client.api(.get, "/items?q=%E5%BB%BA%E9%80%A0%E5%B8%88").value(List.self)
                let code = try #require(found.items.first?.itemCode)
                let near = try await client.api(.get, "/items?q=shipin&place=350112&holder=firm").value(List.self)
                #expect(near.items.first?.itemCode.isEmpty == false && near.items.count < 5)
                #expect(try await client.api(.get, "/items").value(List.self).items.count > found.items.count)
                let response = try await client.api(.get, "/items/\(code)")
                let item = try #require(try await house.hall.item(code))
                let encoded: JSONValue = try CanonicalJSON.value(in: CanonicalJSON.bytes(of: item.guide))
                #expect(try response.value(Item.self).guide == encoded)
                let chen = try await house.chen()
                let held = try #require(try await house.hall.certificates(of: chen).first)
                let verified = try await client.api(.get, "/certificates/\(held.identifier)/verification")
                let verdict = try verified.value(Verdict.self)
                #expect(!verdict.isGood && verdict.register == "valid")
                #expect(verdict.signature == "untrusted" && verdict.untrustedBecause == "simulation")
                #expect(verdict.holder == "陈**")
            }
        }
    }
}
