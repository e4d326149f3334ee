import Accounts
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// Limits that passed, as the public reads them and as the head explains them.
@Suite struct OverrunPageTests {
    private func late(
        _ body: @escaping @Sendable (CaseMaker, any TestClientProtocol, DossierID) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let maker = try await CaseMaker(try await Cast(house))
                let id = try await maker.dossier(.inReview)
                house.clock.move(seconds: 12 * 86_400)
                _ = try await Pulse(hall: house.hall).beat()
                try await body(maker, client, id)
            }
        }
    }

    private struct List: Decodable {
        struct Line: Decodable {
            let item: String
            let limit: String
            let due: String
            let explanation: String?
        }
        let overruns: [Line]
        let next: String?
    }

    @Test func `R38 the public reads what was late and why, and never whose it was`() async throws {
        try await late { maker, client, id in
            let head = try await DoorVisitor(client, "head-hrss", staff: true)
            let path = Paths.office(id)
            #expect(try await head.get("/office/procedures").page.contains("超时待说明理由"))
            let page = try await head.get(path).page
            #expect(page.contains("已超过承诺办结时限") && !page.contains("前作出决定。"), "nobody promises a day that is past")
            #expect(page.contains("overrun-explanations") && page.contains("第三十六条"))
            let before = try await client.execute(uri: "/overruns", method: .get)
            #expect(String(buffer: before.body).contains("尚未说明"))
            let empty = try await head.answer(
                path + "/overrun-explanations", on: path, [("limit", "promised"), ("note", " ")])
            empty.expect(refusal: DossierRefusal.reasonMissing)
            #expect(
                try await head.send(
                    path + "/overrun-explanations", on: path, [("limit", "promised"), ("note", "因系统升级延误")]) == 303)
            for uri in ["/overruns", "/overruns.json", "/overruns.csv"] {
                let answer = try await client.execute(uri: uri, method: .get)
                let text = String(buffer: answer.body)
                #expect(answer.status == .ok && text.contains("因系统升级延误"), "\(uri)")
                let applicant = try await maker.cast.house.hall.open(id).dossier.personal
                for secret in [applicant?.applicantName ?? "", Cast.firmCode, "13800000001"] {
                    #expect(!text.contains(secret), "\(uri) says \(secret)")
                }
            }
            let json = try await client.execute(uri: "/overruns.json", method: .get)
            let list = try JSONDecoder().decode(List.self, from: Data(String(buffer: json.body).utf8))
            #expect(list.overruns.map(\.limit) == ["promised"] && list.next == nil)
            #expect(json.headers[.accessControlAllowOrigin] == "*")
            let month = list.overruns[0].due.prefix(7)
            let same = try await client.execute(uri: "/overruns?month=\(month)", method: .get)
            #expect(String(buffer: same.body).contains("因系统升级延误"))
            let other = try await client.execute(uri: "/overruns?month=2001-01", method: .get)
            #expect(!String(buffer: other.body).contains("因系统升级延误"))
            let none = try await client.execute(uri: "/overruns?state=unexplained", method: .get)
            #expect(String(buffer: none.body).contains("没有超时办件"))
            let ledger = try await head.get(path + "/clock").page
            #expect(ledger.contains("因系统升级延误"))
            let reviewer = try await DoorVisitor(client, "review-hrss", staff: true)
            #expect(!(try await reviewer.get(path).page.contains("/overrun-explanations")))
        }
    }

    @Test(arguments: ["month=2018-13", "month=x", "state=all", "after=1", "after=2018-11-26.x.promised"])
    func `a program is told what it asks wrongly, a reader sees the list`(query: String) async throws {
        try await late { _, client, _ in
            for path in ["/overruns.json", "/overruns.csv"] {
                try await client.execute(uri: "\(path)?\(query)", method: .get).expect(code: "api.malformed")
            }
            #expect(try await client.execute(uri: "/overruns?\(query)", method: .get).status == .ok)
        }
    }

    @Test func `a program explains for the head, and reads it with the dossier and its clock`() async throws {
        try await late { _, client, id in
            let head = try await client.token("head-hrss", staff: true)
            let path = "/dossiers/\(id)/overrun-explanations"
            let statutory = #"{"limit": "statutory", "text": "x"}"#
            let wrong = try await client.api(.post, path, statutory, token: head, key: newKey())
            #expect(try wrong.problem().code == "dossier.not-overrun")
            let promised = #"{"limit": "promised", "text": "因系统升级延误"}"#
            let reviewer = try await client.token("review-hrss", staff: true)
            #expect(
                try await client.api(.post, path, promised, token: reviewer, key: newKey()).status == .forbidden)
            #expect(try await client.api(.post, path, promised, token: head, key: newKey()).status == .ok)
            for part in ["", "/clock"] {
                let answer = try await client.api(.get, "/dossiers/\(id)\(part)", token: head)
                #expect(String(buffer: answer.body).contains("因系统升级延误"), "\(part)")
            }
        }
    }
}
