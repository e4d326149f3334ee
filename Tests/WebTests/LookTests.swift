import Accounts
import Catalogue
import Certificates
import Dossiers
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Signing
import Store
import Testing
import Vocabulary

@testable import Web

@Suite struct LookTests {
    /// Files an application of the demonstration's constructor and answers its dossier.
    private static func filed(in house: DoorHouse) async throws -> DossierID {
        let line = try #require(try await house.hall.item("second-class-constructor", in: [.fujian]))
        let item = try #require(try await house.hall.item(line.itemCode))
        let terms = try await house.hall.terms(of: item, situation: [:])
        let applicant = PersonID(Subject(high: 1, low: 1))
        let submission = Submission(
            terms: terms, way: Submission.Way(mode: .fullyOnline, delivery: .eCertificate),
            parties: Submission.Parties(applicant: applicant),
            numbers: try await house.hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: terms.materials.map { HandedIn($0, .paper) },
                personal: Submission.Personal(
                    applicant: ("陈一鸣", "350102188501010019"), contactMobile: "13800000002", answers: [:],
                    files: ([:], "123456"))))
        let attempt = try #require(Attempt(form: house.hall.newToken()))
        return try await house.hall.submit(submission, by: .person(applicant), attempt: attempt).dossier
    }

    @Test func `opening a dossier leaves an entry with actor, dossier and purpose before the page is sent`()
        async throws
    {
        try await DoorHouse.open { house in
            let id = try await Self.filed(in: house)
            try await house.app.test(.router) { client in
                let clerk = try await client.signIn("window-city", staff: true)
                let page = try await client.execute(
                    uri: "/window/dossiers/\(id)", method: .get, headers: [.cookie: clerk])
                #expect(page.status == .ok)
                let looks = try await house.hall.looks(at: id)
                #expect(looks.map(\.purpose) == ["intake"])
                #expect(looks.first?.of == id.subject)
                guard case .staff = looks.first?.actor else {
                    Issue.record("a look has an actor of the staff")
                    return
                }
                let stranger = try await client.signIn("review-hrss", staff: true)
                let refused = try await client.execute(
                    uri: "/office/dossiers/\(id)", method: .get, headers: [.cookie: stranger])
                #expect(refused.status == .forbidden)
                #expect(try await house.hall.looks(at: id).count == 1)
            }
        }
    }

    @Test func `a certificate under the simulation key verifies as untrusted`() async throws {
        try await DoorHouse.open { house in
            let person = try await house.person("91350100MADEM0054D")
            let line = try #require(try await house.hall.certificates(of: person.id).first)
            let found = try await house.hall.verify(line.identifier.description, trusting: try TrustedKeys([]))
            #expect(found.verdict == .untrusted(.simulation))
            #expect(found.standing == .valid)
        }
    }

    @Test func `a search by somebody's number leaves an entry about that person, and none when nobody has it`()
        async throws
    {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let clerk = try await client.signIn("window-city", staff: true)
                let looks = { @Sendable in
                    try await house.hall.store.read { tx in
                        try tx.rows("SELECT target, purpose FROM look_by_target WHERE kind = 'person' LIMIT 10")
                    }
                }
                let numbers = [("91350100MADEM0054D", 1), ("35010219900101123X", 1), ("not-a-number", 1)]
                for (number, count) in numbers {
                    let page = try await client.execute(
                        uri: "/window/intake?number=\(number)", method: .get, headers: [.cookie: clerk])
                    #expect(page.status == .ok)
                    #expect(try await looks().count == count, "\(number)")
                }
                let person = try await house.person("91350100MADEM0054D")
                #expect(try await looks().first?.subject(0) == person.id.subject)
                #expect(try await looks().first?.text(1) == "intake")
            }
        }
    }

    @Test func `the form that follows a search belongs to its look, and opened on another day is a look of its own`()
        async throws
    {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let person = try await house.person("91350100MADEM0054D")
                let line = try #require(try await house.hall.item("special-working-hours", in: [.fuzhou]))
                let open = { @Sendable (path: String) in
                    let clerk = try await client.signIn("window-city", staff: true)
                    let page = try await client.execute(uri: path, method: .get, headers: [.cookie: clerk])
                    #expect(page.status == .ok, "\(path)")
                    return try await house.hall.looks(of: [person.id]).map(\.word)
                }
                let form = "/window/intake/\(line.itemCode)?person=\(person.id)"
                #expect(try await open("/window/intake?number=91350100MADEM0054D") == ["intake"])
                #expect(try await open(form) == ["intake"])
                house.clock.move(seconds: 86_400)
                #expect(try await open(form) == ["intake", "intake"], "whoever kept the address")
                #expect(try await open(form) == ["intake", "intake"])
            }
        }
    }
}
