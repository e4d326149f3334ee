import Accounts
import Dossiers
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

/// How surely it must be known who files by a program.
@Suite struct FilingLevelTests {
    /// A house in which a filing in mode O1 demands the level.
    private func told(
        _ level: AssuranceLevel, _ body: @escaping @Sendable (FilingStory) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            var hall = house.hall
            hall.demands = try #require(LevelDemands("O1=\(level.rawValue)"))
            let site = try Site(
                hall: hall, interior: house.site.interior,
                entrance: (house.site.signIn, house.site.accountKey, isSecure: false), press: house.site.press,
                trustedKeys: house.site.trustedKeys)
            try await Application(router: Routes.router(site)).test(.router) { client in
                try await body(try await FilingStory(house, client))
            }
        }
    }

    /// The token of a session of Lin's that began at a level.
    private func session(_ level: AssuranceLevel, _ story: FilingStory) async throws -> String {
        let (token, now) = (SessionToken(.system), story.house.clock.source.now())
        try await story.house.hall.store.write { [lin = story.maker.cast.lin] tx in
            _ = try SessionTable.start(token, of: .person(lin), level: level, now: now, in: tx)
        }
        return token.cookie
    }

    @Test func `a citizen's session has the level over the API that it has on the pages, and no other`() async throws {
        try await told(.certificate) { story in
            let password = try await story.client.token("lin", staff: false)
            let principal: [String: JSONValue] = ["principal": .text(Cast.firmCode)]
            let (body, key) = (story.body(try await story.files(password), principal), newKey())
            let refused = try await story.send(body, token: password, key: key)
            #expect(refused.status == .forbidden)
            #expect(try refused.problem().code == LevelRefusal.tooLow.code)
            let proven = try await session(.certificate, story)
            let filed = try await story.send(body, token: proven, key: key)
            #expect(filed.status == .created, "the same, once more is proven: the key and the files had waited")
            let more = story.body(try await story.files(proven), principal.merging(["despiteOpen": .flag(true)]) { $1 })
            story.house.clock.move(seconds: Session.certificateSeconds)
            #expect(try await story.send(more, token: proven).problem().code == LevelRefusal.tooLow.code)
        }
    }

    @Test func `a partner's word is a real name and no certificate, and what is refused for it registers nobody`()
        async throws
    {
        let digits = "35010219920304123"
        let number = digits + String(try #require(CitizenID.checkCharacter(for: digits)))
        let stranger: [String: JSONValue] = ["agent": .record(["name": .text("苏晚"), "number": .text(number)])]
        for (level, isTaken) in [(AssuranceLevel.certificate, false), (.realName, true)] {
            try await told(level) { story in
                let secret = try await story.house.partner("province", [.file])
                let token = try await story.client.partnerToken("province", secret)
                let body = story.body(try await story.files(token)).merging(try await story.firm) { $1 }
                let answer = try await story.send(body.merging(stranger) { $1 }, token: token)
                if isTaken {
                    #expect(answer.status == .created, "\(String(buffer: answer.body))")
                } else {
                    #expect(try answer.problem().code == LevelRefusal.tooLow.code)
                }
                let known = try await story.house.hall.store.read { [key = story.house.site.accountKey] tx in
                    try PersonTable.find(.citizen(try #require(CitizenID(number))), key: key, in: tx)
                }
                #expect((known != nil) == isTaken)
                let list = try await story.client.api(.get, "/dossiers", token: token)
                #expect(String(buffer: list.body).contains("\"dossiers\":[]") != isTaken)
            }
        }
    }
}
