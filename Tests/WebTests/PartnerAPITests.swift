import Accounts
import Catalogue
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

/// Departments' systems as they report what their officials did.
@Suite struct PartnerAPITests {
    @Test func `a department's system accepts, examines and decides for officials who answer by name`() async throws {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            let secret = try await house.partner("housing", [.read, .receive, .review, .decide])
            try await house.app.test(.router) { client in
                let token = try await client.partnerToken("housing", secret)
                let path = "/dossiers/\(id)"
                let nobody = try await client.report(path + "/acceptance", "{}", token: token, officer: nil)
                #expect(try nobody.problem().code == "partner.officer-missing")
                let unknown = try await client.report(path + "/acceptance", "{}", token: token, officer: "K-1")
                #expect(try unknown.problem().code == "partner.officer-unknown")
                for code in ["K-1", "K-2", "K-3"] { try await client.name(code, token: token) }
                let accepted = try await client.report(path + "/acceptance", "{}", token: token, officer: "K-1")
                #expect(accepted.status == .ok, "\(String(buffer: accepted.body))")
                let review = #"{"proposal": "grant", "opinion": "符合条件"}"#
                let reviewed = try await client.report(path + "/review", review, token: token, officer: "K-2")
                #expect(reviewed.status == .ok)
                let decision = #"{"decision": "grant", "grounds": "符合条件"}"#
                let taker = try await client.report(path + "/decision", decision, token: token, officer: "K-1")
                #expect(try taker.problem().code == "dossier.receiver-may-not-decide")
                let reviewer = try await client.report(path + "/decision", decision, token: token, officer: "K-2")
                #expect(try reviewer.problem().code == "dossier.reviewer-may-not-decide")
                let decided = try await client.report(path + "/decision", decision, token: token, officer: "K-3")
                #expect(decided.status == .ok, "\(String(buffer: decided.body))")
                let history = try await house.hall.open(id).history
                let theirs = history.filter { "\($0.actor)".hasSuffix(":K-2") }
                #expect(theirs.map(\.event.kind) == ["dossier.review-passed"])
                let read = try await client.api(.get, path, token: token)
                #expect(try read.value(DossierReply.self).stage == "granted")
                #expect(!String(buffer: read.body).contains("K-2"), "who did it is the house's to know")
            }
        }
    }

    @Test func `whoever received here does not decide over there, and the other way round: the number tells`()
        async throws
    {
        try await DoorHouse.open { house in
            let secret = try await house.partner("housing", [.receive, .review, .decide])
            let other = try await house.partner("province", [.decide])
            try await house.app.test(.router) { client in
                let id = try await house.filed(for: try await house.chen())
                let (token, theirs) = (
                    try await client.partnerToken("housing", secret), try await client.partnerToken("province", other)
                )
                for code in ["K-1", "K-2"] { try await client.name(code, token: token) }
                // Another house's code for the same person.
                #expect(try await client.naming("Z-7", as: "1", token: theirs).status == .noContent)
                #expect(try await client.naming("Z-8", as: "2", token: theirs).status == .noContent)
                let path = "/dossiers/\(id)"
                #expect(try await client.report(path + "/acceptance", "{}", token: token, officer: "K-1").status == .ok)
                let review = #"{"proposal": "grant", "opinion": "符合"}"#
                #expect(try await client.report(path + "/review", review, token: token, officer: "K-2").status == .ok)
                let decision = #"{"decision": "grant", "grounds": "符合"}"#
                let received = try await client.report(path + "/decision", decision, token: theirs, officer: "Z-7")
                #expect(try received.problem().code == "dossier.receiver-may-not-decide")
                let examined = try await client.report(path + "/decision", decision, token: theirs, officer: "Z-8")
                #expect(try examined.problem().code == "dossier.reviewer-may-not-decide")
            }
        }
    }

    @Test func `what lies with an officer here is not examined over her head`() async throws {
        try await DoorHouse.open { house in
            let secret = try await house.partner("housing", [.receive, .review])
            try await house.app.test(.router) { client in
                let story = try await FilingStory(house, client)
                let id = try await story.maker.dossier(.inReview)
                let reviewer = try await client.token("review-hrss", staff: true)
                let session = try #require(SessionToken(reviewer))
                let staff = try #require(try await house.hall.guest(session))
                let attempt = try #require(Attempt(form: house.hall.newToken()))
                _ = try await house.hall.perform(
                    .handling(.take), on: id, by: staff.performer(today: house.hall.time.now().day), attempt: attempt)
                let token = try await client.partnerToken("housing", secret)
                try await client.name("K-2", token: token)
                let review = #"{"proposal": "grant", "opinion": "符合"}"#
                let over = try await client.report("/dossiers/\(id)/review", review, token: token, officer: "K-2")
                #expect(try over.problem().code == "dossier.lies-with-another")
            }
        }
    }

    @Test func `nobody decides over there what is her own matter`() async throws {
        try await DoorHouse.open { house in
            let chen = try await house.chen()
            guard case .citizen(let citizen)? = try await house.hall.person(chen) else { return }
            let id = try await house.filed(for: chen)
            let secret = try await house.partner("housing", [.receive, .review])
            try await house.app.test(.router) { client in
                let token = try await client.partnerToken("housing", secret)
                let own = #"{"name": "陈一鸣", "citizenID": "\#(citizen.number.number)"}"#
                _ = try await client.api(.put, "/officers/K-9", own, token: token)
                try await client.name("K-1", token: token)
                let path = "/dossiers/\(id)"
                #expect(try await client.report(path + "/acceptance", "{}", token: token, officer: "K-1").status == .ok)
                let review = try await client.report(
                    path + "/review", #"{"proposal": "grant", "opinion": "符合"}"#, token: token, officer: "K-9")
                #expect(try review.problem().code == "dossier.conflict-of-interest")
            }
        }
    }

    @Test func `a system does what its scopes say, for what they cover`() async throws {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            let elsewhere = Grant.Extent(department: CreditCode("11350100MADEM002X0"))
            let secret = try await house.partner("hrss", [.read, .receive], elsewhere)
            let half = try await house.partner("half", [.review])
            try await house.app.test(.router) { client in
                let token = try await client.partnerToken("hrss", secret)
                try await client.name("K-1", token: token)
                let path = "/dossiers/\(id)"
                let accepted = try await client.report(path + "/acceptance", "{}", token: token, officer: "K-1")
                #expect(try accepted.problem().code == "partner.out-of-reach")
                #expect(try await client.api(.get, path, token: token).problem().code == "partner.out-of-reach")
                let withdrawn = try await client.report(path + "/withdrawal", "{}", token: token, officer: nil)
                #expect(try withdrawn.problem().code == "partner.out-of-reach", "it did not file it")
                let other = try await client.partnerToken("half", half)
                let taken = try await client.report(path + "/acceptance", "{}", token: other, officer: nil)
                #expect(try taken.problem().code == "partner.scope-missing")
                #expect(try await house.hall.open(id).dossier.stage.name == .received)
            }
        }
    }

    @Test func `an official's number, name and identity number must be such`() async throws {
        try await DoorHouse.open { house in
            let secret = try await house.partner("housing", [.receive])
            try await house.app.test(.router) { client in
                let token = try await client.partnerToken("housing", secret)
                let unfit = [
                    ("K-1", #"{"name": " ", "citizenID": "350102198001011014"}"#),
                    (String(repeating: "K", count: 33), #"{"name": "周明", "citizenID": "350102198001011014"}"#),
                    ("K-1", #"{"name": "周明", "citizenID": "350102199203041230"}"#),
                ]
                for (code, body) in unfit {
                    let answer = try await client.api(.put, "/officers/\(code)", body, token: token)
                    #expect(try answer.problem().code == "partner.officer-unfit", "\(code) \(body)")
                }
                try await client.name("K-1", token: token)
                for (code, serial) in [("K-9", "1"), ("K-1", "2")] {
                    let taken = try await client.naming(code, as: serial, token: token)
                    #expect(try taken.problem().code == "partner.officer-taken")
                }
                let nameless = try await client.api(.put, "/officers/K-2", #"{"name": "周明"}"#, token: token)
                #expect(try nameless.problem().code == "api.malformed")
            }
        }
    }

    @Test func `a deed on a dossier as it was seen is done only while it stands there`() async throws {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            try await house.app.test(.router) { client in
                let clerk = try await client.token("window-city", staff: true)
                let chen = try await client.token("chen", staff: false)
                let seen = try await client.api(.get, "/dossiers/\(id)", token: clerk)
                let tag = try #require(seen.headers[.eTag])
                let again = try await client.api(
                    .get, "/dossiers/\(id)", token: clerk, headers: [.ifNoneMatch: tag])
                #expect(again.status == .notModified && again.body.readableBytes == 0)
                let path = "/dossiers/\(id)/acceptance"
                for stale in ["\"1.0\"", "W/\(tag)", "nonsense"] {
                    let refused = try await client.api(
                        .post, path, "{}", token: clerk, key: newKey(), headers: [.ifMatch: stale])
                    #expect(refused.status == .preconditionFailed)
                    #expect(try refused.problem().code == "dossier.moved-on")
                }
                let key = newKey()
                for _ in 1...2 {
                    let done = try await client.api(
                        .post, path, "{}", token: clerk, key: key, headers: [.ifMatch: tag])
                    #expect(done.status == .ok, "the same key gets the same answer, though it has moved on since")
                }
                let late = try await client.api(
                    .post, "/dossiers/\(id)/withdrawal", "{}", token: chen, key: newKey(), headers: [.ifMatch: tag])
                #expect(late.status == .preconditionFailed)
                let whatever = try await client.api(
                    .post, "/dossiers/\(id)/withdrawal", "{}", token: chen, key: newKey(), headers: [.ifMatch: "*"])
                #expect(whatever.status == .ok)
            }
        }
    }

    @Test func `what was asked for is handed in over the API, and read where it lies`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let story = try await FilingStory(house, client)
                let id = try await story.maker.dossier(.correctionRequested)
                let lin = try await client.token("lin", staff: false)
                let upload = try await story.upload(lin).value(FilingStory.Upload.self)
                let body = #"{"materials": [{"material": "restPlan", "files": ["\#(upload.id)"]}]}"#
                let empty = try await client.api(
                    .post, "/dossiers/\(id)/materials", #"{"materials": [{"material": "restPlan", "files": []}]}"#,
                    token: lin, key: newKey())
                #expect(try empty.problem().code == "api.malformed", "a material without a file is none")
                let key = newKey()
                let done = try await client.api(.post, "/dossiers/\(id)/materials", body, token: lin, key: key)
                #expect(done.status == .ok, "\(String(buffer: done.body))")
                let again = try await client.api(.post, "/dossiers/\(id)/materials", body, token: lin, key: key)
                #expect(try again.value(DeedAnswer.self) == done.value(DeedAnswer.self), "its stage has moved on since")
                let other = try await client.api(
                    .post, "/dossiers/\(id)/materials", body + " ", token: lin, key: key)
                #expect(try other.problem().code == "token.used-for-another-command")
                #expect(try await house.hall.open(id).dossier.stage.name == .received)
                let list = try await client.api(.get, "/dossiers/\(id)/materials", token: lin)
                #expect(String(buffer: list.body).contains(upload.digest))
                let file = try await client.api(.get, "/dossiers/\(id)/files/\(upload.digest)", token: lin)
                #expect(Array(buffer: file.body) == smallPDF && file.headers[.contentType] == "application/pdf")
                #expect(file.headers[.cacheControl] == "no-store")
                let chen = try await client.token("chen", staff: false)
                let foreign = try await client.api(.get, "/dossiers/\(id)/files/\(upload.digest)", token: chen)
                #expect(try foreign.problem().code == "dossier.not-found")
            }
        }
    }

    @Test func `the certificate that a case made is listed and fetched, and a look of staff is written down`()
        async throws
    {
        try await DoorHouse.open { house in
            let id = try await house.filed(for: try await house.chen())
            try await house.app.test(.router) { client in
                let story = try await FilingStory(house, client)
                for (number, command) in [
                    (UInt64(1), DossierCommand.accept), (2, .passReview(.grant, opinion: "符合")),
                    (3, try await house.hall.grant(id, grounds: "符合")),
                ] { try await story.maker.perform(command, on: id, as: number) }
                try await house.settle()
                let chen = try await client.token("chen", staff: false)
                let list = try await client.api(.get, "/dossiers/\(id)/certificates", token: chen)
                let value: JSONValue = try list.value()
                let one = try #require(value["certificates"]?.list?.first)
                #expect(one["standing"] == .text("valid"))
                let certificate = try #require(one["id"]?.text)
                let path = "/dossiers/\(id)/certificates/\(certificate)/files/ofd"
                // This house has no seals: the refusal is the same as on the page.
                let file = try await client.api(.get, path, token: chen)
                #expect(try file.problem().code == "certificate.no-file")
                for wrong in ["\(id)/files/ofd", "\(certificate)/files/doc"] {
                    let answer = try await client.api(.get, "/dossiers/\(id)/certificates/\(wrong)", token: chen)
                    #expect(try answer.problem().code == "certificate.not-found")
                }
                let clerk = try await client.token("decide-housing", staff: true)
                _ = try await client.api(.get, path, token: clerk)
                let looks = try await house.hall.store.read { tx in
                    try Looks.at(try #require(CertificateID(certificate)).subject, in: tx)
                }
                #expect(looks.contains { $0.target == .certificate && $0.actor.description.hasPrefix("staff:") })
            }
        }
    }
}
