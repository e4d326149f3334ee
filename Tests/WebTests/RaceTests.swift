import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// Two people at one case at the same moment: one wins, the other is told what happened.
@Suite struct RaceTests {
    private struct Deed: Sendable {
        let caller: Caller
        let path: String
        var fields: [(String, String)] = []
        var token: String?
    }

    /// Sends both at once and answers the answers in their order.
    private static func race(_ one: Deed, _ two: Deed) async throws -> [TestResponse] {
        async let first = one.caller.post(one.path, one.fields, token: one.token)
        async let second = two.caller.post(two.path, two.fields, token: two.token)
        return [try await first, try await second]
    }

    @Test(arguments: StoreUnderTest.all)
    func `of two deeds at once one is done and the other is told why not`(_ place: StoreUnderTest) async throws {
        try await BadInputTests.open(on: place) { stage in
            let (clerk, applicant) = (try await stage.caller(.clerk), try await stage.caller(.applicant))
            let (decider, again) = (try await stage.caller(.decider), try await stage.caller(.clerk))
            let decline = [("ground", "notNeeded"), ("note", "无需许可")]
            for _ in 0..<8 {
                let received = try await stage.maker.dossier(.received)
                let window = "/window/dossiers/\(received)"
                let accepting = try await Self.race(
                    Deed(caller: clerk, path: window + "/acceptance"),
                    Deed(caller: again, path: window + "/non-acceptance", fields: decline))
                Self.check(accepting, [.alreadyAccepted, .alreadyEnded])
                let reviewed = try await stage.maker.dossier(.reviewed)
                let deciding = try await Self.race(
                    Deed(
                        caller: decider, path: "/office/dossiers/\(reviewed)/decision",
                        fields: [("choice", "refuse"), ("note", "不符合")]),
                    Deed(caller: applicant, path: "/dossiers/\(reviewed)/withdrawal"))
                Self.check(deciding, [.alreadyDecided, .alreadyEnded])
            }
        }
    }

    private static func check(_ answers: [TestResponse], _ reasons: [DossierRefusal]) {
        let losers = answers.filter { $0.status != .seeOther }
        #expect(losers.count == 1)
        for loser in losers {
            #expect(loser.status == .conflict)
            #expect(reasons.map(\.code).contains(loser.code ?? ""), "\(loser.code ?? "")")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a double click is one deed, and a double application one case`(_ place: StoreUnderTest) async throws {
        try await BadInputTests.open(on: place) { stage in
            let (clerk, applicant) = (try await stage.caller(.clerk), try await stage.caller(.applicant))
            for _ in 0..<8 {
                let received = try await stage.maker.dossier(.received)
                let accept = Deed(
                    caller: clerk, path: "/window/dossiers/\(received)/acceptance", token: stage.house.hall.newToken())
                for answer in try await Self.race(accept, accept) { #expect(answer.status == .seeOther) }
                let draft = try await stage.maker.draft()
                let before = try await stage.house.hall.dossiers(of: stage.maker.cast.firm).count
                let send = Deed(
                    caller: applicant, path: "/drafts/\(draft)/check", fields: [("truth", "yes"), ("double", "yes")],
                    token: stage.house.hall.newToken())
                let answers = try await Self.race(send, send)
                #expect(answers.contains { $0.status == .seeOther })
                let places = Set(answers.compactMap { $0.headers[.location] })
                #expect(places.count == 1)
                for answer in answers where answer.status != .seeOther { answer.expect(refusal: DraftRefusal.notFound) }
                #expect(try await stage.house.hall.dossiers(of: stage.maker.cast.firm).count == before + 1)
            }
        }
    }
}
