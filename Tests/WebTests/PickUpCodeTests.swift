import Accounts
import Dossiers
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

@Suite struct PickUpCodeTests {
    @Test func `the pick-up code is for the applicant to show, and no page of the staff tells it`() async throws {
        try await DoorHouse.open { house in
            let cast = try await Cast(house)
            let id = try await CaseMaker(cast).dossier(.issued)
            guard case .issued(_, _, .some(let code)) = try await house.hall.open(id).dossier.stage else {
                Issue.record("the result lies ready under a code")
                return
            }
            let pages: [(Visitor, String)] = [
                (.applicant, "/dossiers/\(id)"), (.clerk, "/window/dossiers/\(id)"),
                (.decider, "/office/dossiers/\(id)"), (.issuer, "/issuing/dossiers/\(id)"),
            ]
            try await house.app.test(.router) { client in
                for (visitor, path) in pages {
                    let session = try #require(try await cast.session(of: visitor))
                    let page = try await client.execute(
                        uri: path, method: .get, headers: [.cookie: "session=\(session.cookie)"])
                    #expect(page.status == .ok, "\(visitor)")
                    #expect(String(buffer: page.body).contains(code) == (visitor == .applicant), "\(visitor)")
                }
            }
        }
    }
}
