import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// The procedures as programs do them.
@Suite struct ProcedureAPITests {
    /// What a dossier's answer says of them.
    private struct Reply: Decodable {
        struct Proceedings: Decodable {
            struct Special: Decodable {
                let procedure: String
                let told: Int
                let isFavourable: Bool?
            }
            struct Hearing: Decodable {
                let step: String
                let day: String?
            }
            struct Extension: Decodable {
                let approved: Int?
                let requested: Int?
            }
            struct Parties: Decodable {
                let informed: Int
                let heard: Int
            }
            struct Tolerance: Decodable { let lagging: [String] }
            struct Pause: Decodable { let from: String }
            struct Ending: Decodable {
                let kind: String
                let ground: String
            }
            let special: [Special]
            let hearing: Hearing?
            let `extension`: Extension?
            let thirdParties: Parties
            let tolerance: Tolerance?
            let pauses: [Pause]
            let light: String?
            let breaches: [String]
            let licenceEnds: [Ending]
        }
        let proceedings: Proceedings
    }

    private struct Program: Sendable {
        let client: any TestClientProtocol
        let id: DossierID
        let token: String

        func post(_ deed: String, _ body: String) async throws -> TestResponse {
            try await client.api(.post, "/dossiers/\(id)/\(deed)", body, token: token, key: newKey())
        }

        func reply() async throws -> Reply.Proceedings {
            try await client.api(.get, "/dossiers/\(id)", token: token).value(Reply.self).proceedings
        }
    }

    private func visit(
        at stage: Dossier.Stage.Name, lacking: String? = nil,
        _ body: @escaping @Sendable (DoorHouse, any TestClientProtocol, DossierID) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let maker = try await CaseMaker(try await Cast(house))
                try await body(house, client, try await maker.dossier(stage, lacking: lacking))
            }
        }
    }

    @Test func `an examination's procedures go the way of their pages, and the answer shows them`() async throws {
        try await visit(at: .inReview) { house, client, id in
            let reviewer = Program(client: client, id: id, token: try await client.token("review-hrss", staff: true))
            let begin = #"{"procedure": "testing", "days": 3, "note": "抽样"}"#
            #expect(try await reviewer.post("special-procedures", begin).status == .ok)
            #expect(try await reviewer.post("special-procedures", begin).problem().code == "dossier.procedure-runs")
            let more = #"{"procedure": "testing", "days": 1, "note": "复检"}"#
            #expect(try await reviewer.post("special-prolongations", more).status == .ok)
            let unknown = try await reviewer.post(
                "special-results",
                #"{"procedure": "testing", "isFavourable": true, "staff": ["YC-9999"], "note": "合格"}"#)
            #expect(try unknown.problem().code == "accounts.staff-not-found")
            #expect(
                try await reviewer.post(
                    "special-results",
                    #"{"procedure": "testing", "isFavourable": true, "staff": ["YC-1003", "YC-1004"], "note": "合格"}"#
                ).status == .ok)
            #expect(try await reviewer.post("third-parties", #"{"name": "方邻", "matter": "相邻"}"#).status == .ok)
            #expect(
                try await reviewer.post("third-party-statements", #"{"party": 0, "note": "没有意见"}"#).status == .ok)
            #expect(try await reviewer.post("extension-requests", #"{"value": 5, "note": "复杂"}"#).status == .ok)
            let head = Program(client: client, id: id, token: try await client.token("head-hrss", staff: true))
            let answer = #"{"isApproved": true, "value": 5, "authority": "head", "note": "同意"}"#
            #expect(try await reviewer.post("extensions", answer).status == .forbidden)
            #expect(try await head.post("extensions", answer).status == .ok)
            let reply = try await reviewer.reply()
            #expect(reply.special.first?.told == 4 && reply.special.first?.isFavourable == true)
            #expect(reply.thirdParties.informed == 1 && reply.thirdParties.heard == 1)
            #expect(reply.extension?.approved == 5 && reply.extension?.requested == nil)
            #expect(reply.pauses.count == 1 && reply.light == "green" && reply.breaches.isEmpty)
            _ = house
        }
    }

    @Test func `a hearing is asked for by the applicant or by a clerk for her, and by nobody else`() async throws {
        try await visit(at: .inReview) { house, client, id in
            let reviewer = Program(client: client, id: id, token: try await client.token("review-hrss", staff: true))
            #expect(try await reviewer.post("hearing-notices", #"{"note": "公共利益"}"#).status == .ok)
            #expect(try await reviewer.post("hearing-requests", "{}").status == .forbidden)
            let stranger = Program(client: client, id: id, token: try await client.token("chen", staff: false))
            #expect(try await stranger.post("hearing-requests", "{}").problem().code == "dossier.not-found")
            let lin = Program(client: client, id: id, token: try await client.token("lin", staff: false))
            #expect(try await lin.post("hearing-requests", "{}").status == .ok)
            let clerk = Program(client: client, id: id, token: try await client.token("window-city", staff: true))
            #expect(try await clerk.post("hearing-waivers", "{}").problem().code == "dossier.hearing-not-told")
            let day = house.hall.rules.clock.due(WorkingDays(10), after: house.hall.time.now()).day
            let plan = #"{"day": "\#(day)", "time": "14:30", "place": "听证室", "chair": "YC-1004"}"#
            #expect(try await reviewer.post("hearings", plan).status == .ok)
            let odd = plan.replacing("14:30", with: "noon")
            #expect(try await reviewer.post("hearings", odd).problem().code == "form.time-malformed")
            let early = try await reviewer.post("hearing-records", #"{"note": "x"}"#)
            #expect(try early.problem().code == "dossier.not-the-chair")
            let reply = try await lin.reply()
            #expect(reply.hearing?.step == "scheduled" && reply.hearing?.day == day.description)
        }
    }

    @Test func `what may follow is accepted and taken in at a window`() async throws {
        try await visit(at: .received, lacking: "staffOpinion") { _, client, id in
            let clerk = Program(client: client, id: id, token: try await client.token("window-city", staff: true))
            #expect(try await clerk.post("mending", #"{"materials": ["restPlan"]}"#).status == .ok)
            let accept = #"{"materials": ["staffOpinion"], "days": 1, "undertaking": "paper"}"#
            #expect(try await clerk.post("tolerant-acceptance", accept).status == .ok)
            #expect(try await clerk.reply().tolerance?.lagging == ["staffOpinion"])
            let whole = #"{"materials": ["staffOpinion"]}"#
            #expect(try await clerk.post("lagging-materials", whole).status == .ok)
            #expect(try await clerk.post("lagging-materials", whole).problem().code == "dossier.nothing-may-follow")
        }
    }

    @Test func `a licence ends with its ground, and a commitment that nobody signed is not verified`() async throws {
        try await visit(at: .issued) { _, client, id in
            let decider = Program(client: client, id: id, token: try await client.token("decide-hrss", staff: true))
            let odd = #"{"kind": "revoked", "ground": "expired", "note": "x"}"#
            let unfit = try await decider.post("licence-ends", odd).problem()
            #expect(unfit.code == "api.ground-unfit")
            let end = #"{"kind": "cancelled", "ground": "dissolved", "note": "已注销"}"#
            #expect(try await decider.post("licence-ends", end).status == .ok)
            #expect(try await decider.reply().licenceEnds.first?.ground == "dissolved")
            let reviewer = Program(client: client, id: id, token: try await client.token("review-hrss", staff: true))
            let visit = #"{"day": "2026-12-01", "time": "9:30", "place": "x", "staff": ["YC-1003", "YC-1004"]}"#
            #expect(
                try await reviewer.post("verification-notices", visit).problem().code == "dossier.nothing-to-verify")
            let verify = #"{"isKept": true, "staff": ["YC-1003", "YC-1004"], "note": "x"}"#
            #expect(try await reviewer.post("verification", verify).problem().code == "dossier.nothing-to-verify")
        }
    }
}
