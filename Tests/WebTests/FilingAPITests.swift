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

/// Applications as programs send them.
struct FilingStory {
    let house: DoorHouse
    let client: any TestClientProtocol
    let maker: CaseMaker
    var path: String { "/items/\(maker.item.itemCode)/applications" }

    struct Filed: Decodable, Equatable {
        let dossier: String
        let sequence: Int
        let number: String
        let short: String
        let queryPassword: String
    }

    struct Upload: Decodable {
        let id: String
        let digest: String
        let size: Int
        let kind: String
    }

    struct Incomplete: Decodable {
        struct Place: Decodable {
            let at: String
            let code: String
            let detail: String
        }
        let code: String
        let errors: [Place]
    }

    init(_ house: DoorHouse, _ client: any TestClientProtocol) async throws {
        (self.house, self.client) = (house, client)
        maker = try await CaseMaker(try await Cast(house))
    }

    func upload(_ token: String, _ bytes: [UInt8] = smallPDF, name: String = "plan.pdf") async throws -> TestResponse {
        try await client.execute(
            uri: "/api/v1/uploads?name=\(name)", method: .post, headers: [.authorization: "Bearer \(token)"],
            body: ByteBuffer(bytes: bytes))
    }

    /// What the firm files, by its agent for a partner; `more` goes over it.
    func body(_ files: [String: [String]], _ more: [String: JSONValue] = [:]) -> [String: JSONValue] {
        let table = { (texts: [String: String]) in JSONValue.record(texts.mapValues(JSONValue.text)) }
        let whole: [String: JSONValue] = [
            "situation": table(maker.situation), "answers": table(maker.answers),
            "materials": .list(
                files.sorted { $0.key < $1.key }.map { material, ids in
                    .record(["material": .text(material), "files": .list(ids.map(JSONValue.text))])
                }),
            "way": .record(["mode": .text("O1"), "delivery": .text("eCertificate")]), "truth": .flag(true),
        ]
        return whole.merging(more) { $1 }
    }

    /// The firm of the demonstration with its agent, as a partner names them.
    var firm: [String: JSONValue] {
        get async throws {
            guard case .legalPerson(let firm) = try await house.person(Cast.firmCode),
                case .citizen(let lin)? = try await house.hall.person(maker.cast.lin)
            else { throw DoorRefusal.noSuchPage }
            let representative = JSONValue.record([
                "name": .text(firm.representative.name.text), "number": .text(firm.representative.number.number),
            ])
            return [
                "applicant": .record([
                    "organisation": .record([
                        "name": .text(firm.name.text), "code": .text(firm.code.code), "kind": .text(firm.kind.rawValue),
                        "representative": representative,
                    ])
                ]),
                "agent": .record([
                    "name": .text(lin.name.text), "number": .text(lin.number.number), "mobile": .text("13900000009"),
                ]),
            ]
        }
    }

    /// Sends the plan and the opinion that the item wants, and answers their ids.
    func files(_ token: String) async throws -> [String: [String]] {
        var ids: [String: [String]] = [:]
        for material in ["restPlan", "staffOpinion"] {
            ids[material] = [try await upload(token).value(Upload.self).id]
        }
        return ids
    }

    func send(_ body: [String: JSONValue], token: String, key: String = newKey()) async throws -> TestResponse {
        let text = String(decoding: try CanonicalJSON.bytes(of: JSONValue.record(body)), as: UTF8.self)
        return try await client.api(.post, path, text, token: token, key: key)
    }
}

@Suite struct FilingAPITests {
    private func told(_ body: @escaping @Sendable (FilingStory) async throws -> Void) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in try await body(try await FilingStory(house, client)) }
        }
    }

    @Test func `a citizen files as one object for the firm whose agent she is, and the page shows it`() async throws {
        try await told { story in
            let token = try await story.client.token("lin", staff: false)
            let key = newKey()
            let body = story.body(try await story.files(token), ["principal": .text(Cast.firmCode)])
            let answer = try await story.send(body, token: token, key: key)
            #expect(answer.status == .created, "\(String(buffer: answer.body))")
            let filed = try answer.value(FilingStory.Filed.self)
            #expect(answer.headers[.location] == "/api/v1/dossiers/\(filed.dossier)")
            let id = try #require(DossierID(filed.dossier))
            let dossier = try await story.house.hall.open(id).dossier
            #expect(dossier.submitted.applicant == story.maker.cast.firm)
            #expect(dossier.submitted.agent == story.maker.cast.lin)
            #expect(dossier.personal?.answers == story.maker.answers)
            #expect(dossier.personal?.fileNames[CaseMaker.digest] == "plan.pdf")
            story.house.clock.move(seconds: 2 * KeptUpload.seconds)
            let later = try await story.client.token("lin", staff: false)
            let again = try await story.send(body, token: later, key: key)
            #expect(
                try again.value(FilingStory.Filed.self) == filed, "the same key files nothing twice, days later too")
            story.house.clock.move(seconds: -2 * KeptUpload.seconds)
            let more = story.body(try await story.files(token), ["principal": .text(Cast.firmCode)])
            let second = try await story.send(more, token: token)
            #expect(try second.problem().code == "application.open-already")
            let known = try await story.send(more.merging(["despiteOpen": .flag(true)]) { $1 }, token: token)
            #expect(known.status == .created)
            let spent = try await story.send(more.merging(["despiteOpen": .flag(true)]) { $1 }, token: token)
            #expect(try spent.problem().code == "draft.upload-not-found", "a file is handed in once")
        }
    }

    @Test func `the same application sent twice at once is filed once and answered twice`() async throws {
        try await told { story in
            let token = try await story.client.token("lin", staff: false)
            for _ in 0..<8 {
                let key = newKey()
                let body = story.body(
                    try await story.files(token), ["principal": .text(Cast.firmCode), "despiteOpen": .flag(true)])
                async let one = story.send(body, token: token, key: key)
                async let other = story.send(body, token: token, key: key)
                let answers = [try await one, try await other]
                #expect(answers.map(\.status) == [.created, .created])
                let filed = try answers.map { try $0.value(FilingStory.Filed.self) }
                #expect(filed[0] == filed[1])
            }
        }
    }

    @Test func `a partner files for a firm, follows what it filed, and for people whom nobody knew before`()
        async throws
    {
        try await told { story in
            let secret = try await story.house.partner("province", [.file])
            let token = try await story.client.partnerToken("province", secret)
            let body = story.body(try await story.files(token)).merging(try await story.firm) { $1 }
            let filed = try await story.send(body, token: token).value(FilingStory.Filed.self)
            let id = try #require(DossierID(filed.dossier))
            let opened = try await story.house.hall.open(id)
            #expect(opened.dossier.personal?.contactMobile == "13900000009")
            #expect(opened.history.first?.actor.description.hasPrefix("partner:") == true)
            let looks = try await story.house.hall.looks(at: id).count
            let read = try await story.client.api(.get, "/dossiers/\(id)", token: token)
            #expect(try read.value(DossierReply.self).events.first?.by == "partner")
            #expect(try await story.house.hall.looks(at: id).count == looks + 1, "reading it is a look")
            let list = try await story.client.api(.get, "/dossiers", token: token)
            #expect(String(buffer: list.body).contains(filed.number))
            let found = try await story.client.api(.get, "/dossier-numbers/\(filed.short)", token: token)
            #expect(String(buffer: found.body).contains(filed.dossier))

            let digits = "35010219920304123"
            let check = try #require(CitizenID.checkCharacter(for: digits))
            let number = try #require(CitizenID(digits + String(check)))
            let fresh = story.body(try await story.files(token)).merging(try await story.firm) { $1 }
            let stranger: [String: JSONValue] = [
                "agent": .record(["name": .text("苏晚"), "number": .text(number.number)]), "despiteOpen": .flag(true),
            ]
            let more = try await story.send(fresh.merging(stranger) { $1 }, token: token)
            #expect(more.status == .created, "\(String(buffer: more.body))")
            #expect(try await story.house.person(.citizen(number)).name.text == "苏晚")
            let named = JSONValue.record(["name": .text("苏早"), "number": .text(number.number)])
            let third = story.body(try await story.files(token)).merging(try await story.firm) { $1 }
            let differs = try await story.send(third.merging(["agent": named]) { $1 }, token: token)
            #expect(try differs.problem().code == "partner.name-differs")
        }
    }

    @Test func `what is missing or wrong is said one by one, where it stands, and nobody is registered for it`()
        async throws
    {
        try await told { story in
            let secret = try await story.house.partner("province", [.file])
            let token = try await story.client.partnerToken("province", secret)
            let digits = "35010219920304123"
            let check = try #require(CitizenID.checkCharacter(for: digits))
            let number = digits + String(check)
            var answers = story.maker.answers
            let first = try #require(answers.keys.sorted().first)
            answers[first] = nil
            answers["shoeSize"] = "42"
            var body = story.body([:]).merging(try await story.firm) { $1 }
            body["answers"] = .record(answers.mapValues(JSONValue.text))
            body["agent"] = .record(["name": .text("苏晚"), "number": .text(number)])
            body["truth"] = .flag(false)
            body["way"] = .record(["mode": .text("W1"), "delivery": .text("eCertificate")])
            let answer = try await story.send(body, token: token)
            #expect(answer.status == .unprocessableContent)
            let said = try answer.value(FilingStory.Incomplete.self)
            #expect(said.code == "application.incomplete")
            let places = Set(said.errors.map { "\($0.at) \($0.code)" })
            for place in [
                "/answers/shoeSize form.unknown-field", "/materials application.material-missing",
                "/way application.way-missing", "/truth application.truth-missing",
            ] { #expect(places.contains(place), "\(place) among \(places.sorted())") }
            #expect(places.contains { $0.hasPrefix("/answers/\(first) ") })
            #expect(said.errors.allSatisfy { !$0.detail.isEmpty })
            let known = try await story.house.hall.store.read { [key = story.house.site.accountKey] tx in
                try PersonTable.find(.citizen(try #require(CitizenID(number))), key: key, in: tx)
            }
            #expect(known == nil)
        }
    }

    @Test func `answers are as the form's own schema has them: whole numbers, yes or no, several choices`() throws {
        let body = { (answers: String) in
            try JSONDecoder().decode(
                ApplicationBody.self,
                from: Data(#"{"answers": \#(answers), "way": {"mode": "O1", "delivery": "eCertificate"}}"#.utf8)
            ).typed()
        }
        let typed = try body(#"{"years": 3, "isNew": true, "posts": ["a", "b"], "name": "n"}"#)
        #expect(typed == ["years": "3", "isNew": "true", "posts": "a,b", "name": "n"])
        for unfit in [#"{"a": null}"#, #"{"a": {}}"#, #"{"a": [1]}"#] {
            #expect(throws: APIRefusal.malformed) { try body(unfit) }
        }
    }

    @Test func `whom an application is for must be one person, who can be`() async throws {
        try await told { story in
            let secret = try await story.house.partner("province", [.file])
            let token = try await story.client.partnerToken("province", secret)
            let files = try await story.files(token)
            let firm = try await story.firm
            let unfit: [[String: JSONValue]] = [
                [:], ["applicant": .record([:])], ["agent": .null],
                ["agent": .record(["name": .text("苏晚"), "number": .text("350102199203041230")])],
                ["agent": .record(["name": .text("苏晚"), "number": .text("1"), "mobile": .text("1")])],
                ["principal": .text("1")],
            ]
            for more in unfit {
                var body = story.body(files)
                if !more.isEmpty { body.merge(firm) { $1 } }
                body.merge(more) { $1 }
                let answer = try await story.send(body, token: token)
                #expect(try answer.problem().code == "partner.person-unfit", "\(more)")
            }
            let lin = try await story.client.token("lin", staff: false)
            let own = try await story.files(lin)
            let other = try await story.send(story.body(own, ["principal": .text("91350100MADEM0054E")]), token: lin)
            #expect(try other.problem().code == "permit.not-an-agent")
            let named = try await story.send(story.body(own).merging(firm) { $1 }, token: lin)
            #expect(try named.problem().code == "partner.person-unfit")
            let clerk = try await story.client.token("window-city", staff: true)
            #expect(try await story.send(story.body([:]), token: clerk).problem().code == "door.wrong-door")
        }
    }

    @Test func `a partner files only what it may`() async throws {
        try await told { story in
            let place = Grant.Extent(region: Region("350200"))
            let secret = try await story.house.partner("elsewhere", [.file], place)
            let token = try await story.client.partnerToken("elsewhere", secret)
            let body = story.body(try await story.files(token)).merging(try await story.firm) { $1 }
            #expect(try await story.send(body, token: token).problem().code == "partner.out-of-reach")
            let asked = body.merging(["agent": .record(["name": .text("别人"), "number": .text("1")])]) { $1 }
            let told = try await story.send(asked, token: token).problem().code
            #expect(told == "partner.out-of-reach", "it learns nothing of anybody")
            let reading = try await story.house.partner("reader", [.read])
            let reader = try await story.client.partnerToken("reader", reading)
            #expect(try await story.send(body, token: reader).problem().code == "partner.scope-missing")
            #expect(try await story.upload(reader).problem().code == "partner.scope-missing")
        }
    }

    @Test func `an upload is its sender's alone, for a day, and of a kind that is taken in`() async throws {
        try await told { story in
            let lin = try await story.client.token("lin", staff: false)
            let chen = try await story.client.token("chen", staff: false)
            let files = try await story.files(lin)
            let theirs = try await story.send(story.body(files), token: chen)
            #expect(try theirs.problem().code == "draft.upload-not-found")
            let upload = try await story.upload(lin).value(FilingStory.Upload.self)
            #expect(upload.digest == CaseMaker.digest && upload.kind == "pdf" && upload.size == smallPDF.count)
            let nonsense = try await story.upload(lin, Array("hello".utf8))
            #expect(try nonsense.problem().code == "upload.unknown-kind")
            #expect(try await story.upload(lin, []).problem().code == "upload.empty")
            let long = try await story.upload(lin, name: String(repeating: "a", count: 121))
            #expect(try long.problem().code == "api.malformed")
            story.house.clock.move(seconds: KeptUpload.seconds)
            let later = try await story.client.token("lin", staff: false)
            let late = try await story.send(
                story.body(files, ["principal": .text(Cast.firmCode)]), token: later)
            #expect(try late.problem().code == "draft.upload-not-found")
            #expect(try await Pulse(hall: story.house.hall).prune() > 0)
        }
    }

    @Test func `a material stands once, and there are only so many files`() async throws {
        try await told { story in
            let lin = try await story.client.token("lin", staff: false)
            let id = try await story.upload(lin).value(FilingStory.Upload.self).id
            let one = JSONValue.record(["material": .text("restPlan"), "files": .list([.text(id)])])
            let twice = try await story.send(story.body([:], ["materials": .list([one, one])]), token: lin)
            #expect(try twice.problem().code == "api.material-twice")
            let many = JSONValue.record([
                "material": .text("restPlan"),
                "files": .list(Array(repeating: .text(id), count: Limits.uploadFilesMax + 1)),
            ])
            let refused = try await story.send(story.body([:], ["materials": .list([many])]), token: lin)
            #expect(try refused.problem().code == "upload.too-many-files")
            let typo = JSONValue.record([
                "material": .text("restPlan"), "files": .list([.text(id)]), "filse": .list([]),
            ])
            let unknown = try await story.send(story.body([:], ["materials": .list([typo])]), token: lin)
            #expect(try unknown.problem().code == "api.malformed", "a misspelt member within is refused, too")
        }
    }
}
