import Delivery
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Notices
import Papers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// The issuing window at its door: what lies ready, the box that finds, the handing over, the proof.
@Suite struct IssuingPageTests {
    static let drawn = "10,100 60,40 110,150 160,60;200,90 240,100 280,90 320,110"
    /// Lin, who represents the sample firm by law.
    static let card = "350102188501010019"

    private struct Desk {
        let house: DoorHouse
        let maker: CaseMaker
        let issuer: Caller
        let client: any TestClientProtocol

        func caller(_ visitor: Visitor) async throws -> Caller {
            Caller(client: client, session: try await maker.cast.session(of: visitor), house: house)
        }

        func code(of id: DossierID) async throws -> String {
            guard case .issued(_, _, let code?) = try await house.hall.open(id).dossier.stage else {
                throw Fault.corrupt("no result under a code")
            }
            return code
        }

        func page(_ path: String) async throws -> String { String(buffer: try await issuer.get(path).body) }
    }

    private static func open(
        courier: CourierAccount? = nil, _ body: @Sendable (Desk) async throws -> Void
    ) async throws {
        try await DoorHouse.open(courier: courier) { house in
            let maker = try await CaseMaker(try await Cast(house))
            try await house.app.test(.router) { client in
                let session = try await maker.cast.session(of: .issuer)
                let issuer = Caller(client: client, session: session, house: house)
                try await body(Desk(house: house, maker: maker, issuer: issuer, client: client))
            }
        }
    }

    @Test func `one hit opens the case, several are a list, and none says so`() async throws {
        try await Self.open { desk in
            let (first, second) = (try await desk.maker.dossier(.issued), try await desk.maker.dossier(.issued))
            let path = Paths.issuing(first)
            let page = try await desk.page(path)
            #expect(page.contains("value=\"A-01-01\""), "the first free position stands in the form")
            #expect(try await desk.issuer.post(path + "/shelf", [("position", "a-3-12")]).status == .seeOther)
            let short = try await desk.house.hall.open(first).dossier.submitted.numbers.short
            for words in ["A-03-12", short, try await desk.code(of: first)] {
                let answer = try await desk.issuer.get("/issuing?q=\(Paths.query(words))")
                #expect(answer.headers[.location] == path, "\(words)")
            }
            for words in ["示例企业一", Cast.firmCode] {
                let list = try await desk.page("/issuing?q=\(Paths.query(words))")
                #expect(list.contains(path) && list.contains(Paths.issuing(second)), "\(words)")
                #expect(list.contains("2 found"))
            }
            let none = try await desk.page("/issuing?q=Z-09-09")
            #expect(none.contains("No such result lies ready") && !none.contains(path))
            let all = try await desk.page("/issuing")
            #expect(all.contains("A-03-12") && all.contains("Not on a shelf") && all.contains("autofocus"))
            #expect(all.contains("福州示例企业一有限公司"), "an organisation's name is no secret")
            let taken = try await desk.issuer.post(Paths.issuing(second) + "/shelf", [("position", "A-03-12")])
            #expect(taken.status == .conflict)
            #expect(String(buffer: taken.body).contains("Another result lies there"))
        }
    }

    @Test func `a wrong card is refused clearly, a drawn signature stands on the proof, and the proof prints`()
        async throws
    {
        try await Self.open { desk in
            let id = try await desk.maker.dossier(.issued)
            let path = Paths.issuing(id)
            let stranger = [("number", "350111188502020039"), ("signature", Self.drawn)]
            let refused = try await desk.issuer.post(path + "/hand-over", stranger)
            #expect(refused.status.code == 422)
            let said = String(buffer: refused.body)
            #expect(said.contains("may not take this result"))
            #expect(said.contains("350111188502020039"), "what was typed stays")
            let unsigned = try await desk.issuer.post(path + "/hand-over", [("number", Self.card)])
            #expect(String(buffer: unsigned.body).contains("has not signed"))
            let done = try await desk.issuer.post(
                path + "/hand-over", [("number", Self.card), ("signature", Self.drawn)])
            #expect(done.headers[.location] == path)
            let after = try await desk.page(path)
            let link = try #require(after.firstMatch(of: /href="([^"]+\/papers\/[^"]+)"/)).1
            let proof = try await desk.page(String(link))
            #expect(proof.contains("送达回证") && proof.contains("法定代表人") && proof.contains("核对居民身份证"))
            #expect(proof.contains("d=\"M10 100L60 40L110 150L160 60M200 90"))
            let file = try await desk.issuer.get(String(link) + ".pdf")
            #expect(file.status == .ok && file.headers[.contentType] == "application/pdf")
        }
    }

    @Test func `without a pen the code is the signature, and the page says so`() async throws {
        try await Self.open { desk in
            let id = try await desk.maker.dossier(.issued)
            let path = Paths.issuing(id)
            let page = try await desk.page(path)
            #expect(page.contains("the pick-up code is the signature") && page.contains("<canvas hidden"))
            let fields = [("code", try await desk.code(of: id)), ("recipient", "李明")]
            #expect(try await desk.issuer.post(path + "/hand-over", fields).status == .seeOther)
            let line = try #require(try await desk.house.hall.papers(of: id).last)
            #expect(line.kind == .serviceRecord)
            let proof = try await desk.page("\(path)/papers/\(line.id)")
            #expect(proof.contains("李明") && proof.contains("以取件码代签名") && !proof.contains("class=\"drawn\""))
        }
    }

    @Test func `what was not fetched is counted in the office, and offered to the applicant by courier for its price`()
        async throws
    {
        let courier = try CourierDoorTests.account()
        try await Self.open(courier: courier) { desk in
            let id = try await desk.maker.dossier(.issued)
            let applicant = try await desk.caller(.applicant)
            let path = Paths.dossier(id)
            let order = [
                ("recipient", "林晓榕"), ("mobile", "13800000001"), ("division", "350102"), ("street", "古田路1号101室"),
                ("agreed", "0"),
            ]
            #expect(!String(buffer: try await applicant.get(path).body).contains("Have it brought by courier"))
            for _ in 0..<2 {
                desk.house.clock.move(seconds: 15 * 86_400)
                _ = try await desk.house.hall.stepUncollected()
            }
            let again = try await desk.caller(.applicant)
            let page = String(buffer: try await again.get(path).body)
            #expect(page.contains("Have it brought by courier") && page.contains("Free (filed online)"))
            let supervisor = try await desk.caller(.supervisor)
            let office = String(buffer: try await supervisor.get("/office/uncollected").body)
            let short = try await desk.house.hall.open(id).dossier.submitted.numbers.short
            #expect(office.contains(short) && office.contains("Reminded twice"))
            #expect(try await again.post(path + "/parcels", order).headers[.location] == path)
            let sent = String(buffer: try await again.get(path).body)
            #expect(!sent.contains("Have it brought by courier") && sent.contains("goes to you by courier"))
            try await again.post(path + "/parcels", order).expect(refusal: ParcelRefusal.underWay)
        }
    }
}
