import Dossiers
import Hall
import Papers
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// What is public of dossiers is written with its cause, and again from the journal.
@Suite struct PublicationTests {
    private static let days = CivilDate(daysSinceEpoch: 0)...CivilDate(daysSinceEpoch: 40_000)

    @Test(arguments: StoreUnderTest.all)
    func `R38 what the pulse finds past is public at once, and its explanation with the deed`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.filed()
            try await story.perform(.accept, on: id, by: HallStory.clerk)
            story.clock.move(days: 9)
            _ = try await Pulse(hall: story.hall).beat()
            let late = try await story.hall.overruns(Self.days)
            #expect(late.map(\.dossier) == [id] && late.first?.explainedAt == nil)
            #expect(try await story.hall.unexplainedOverruns() == 1)
            try await story.perform(
                .overrun(.explain(.promised, text: "系统升级")), on: id, by: HallStory.performer(5, .lead))
            try await story.perform(.passReview(.refuse, opinion: "不符合"), on: id, by: HallStory.reviewer)
            try await story.perform(.refuse(grounds: "不符合", standard: ""), on: id, by: HallStory.decider)
            let decided = try await story.hall.overruns(Self.days)
            #expect(decided.map(\.explanation) == ["系统升级"] && decided.first?.taken == WorkingDays(7))
            #expect(try await story.hall.overruns(Self.days, isUnexplained: true) == [])
            try await store.write { tx in try tx.execute("DELETE FROM overrun") }
            #expect(try await story.hall.overruns(Self.days) == [])
            #expect(try await story.hall.rebuildPublications() == 1)
            #expect(try await story.hall.overruns(Self.days) == decided)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `R22 a grant is public with its decision, its end is marked, and both are rebuilt from the journal`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.granted()
            let all = PublicGrantTable.Filter(Self.days)
            let grant = try #require(try await story.hall.publicGrants(all).first)
            let paper = try #require(try await story.hall.papers(of: id).first { $0.kind == .grant })
            #expect(grant.number == paper.number && grant.decidedOn == paper.day && grant.end == nil)
            #expect(grant.holder == "示例企业一" && grant.holderCode?.code == "91350100MADEM0054D")
            #expect(grant.validUntil == CivilDate("2021-11-18") && grant.standing(on: grant.decidedOn) == .valid)
            #expect(try await story.hall.publicGrants(numbered: grant.certificateNumber) == [grant])
            story.clock.move(days: 3)
            try await story.perform(
                .licence(.end(.revoked(.fraud), sparesPublicInterest: true, note: "材料虚假")), on: id,
                by: HallStory.decider)
            let ended = try await story.hall.publicGrants(all)
            let revokedOn = try #require(CivilDate("2018-11-22"))
            #expect(ended.map(\.end) == [PublicGrant.End(.revoked, on: revokedOn)])
            try await store.write { tx in
                try tx.execute("DELETE FROM public_grant")
                try tx.execute("DELETE FROM public_grant_by_number")
                try tx.execute("DELETE FROM public_grant_name")
            }
            #expect(try await story.hall.publicGrants(all) == [])
            #expect(try await story.hall.rebuildPublications() == 1)
            #expect(try await story.hall.publicGrants(all) == ended)
            #expect(try await story.hall.publicNames(matching: "示例").map(\.kind) == [.body, .holder])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `R22 what is refused is not among the grants`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.filed()
            try await story.perform(.accept, on: id, by: HallStory.clerk)
            try await story.perform(.passReview(.refuse, opinion: "不符合"), on: id, by: HallStory.reviewer)
            try await story.perform(.refuse(grounds: "不符合", standard: ""), on: id, by: HallStory.decider)
            try await story.hall.rebuildPublications()
            #expect(try await story.hall.publicGrants(PublicGrantTable.Filter(Self.days)) == [])
        }
    }
}
