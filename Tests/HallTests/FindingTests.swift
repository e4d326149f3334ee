import Catalogue
import Dossiers
import Exchange
import Hall
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

/// What supervision finds: what happened, what was tried, and what another house says of itself.
@Suite struct FindingTests {
    @Test(arguments: StoreUnderTest.all)
    func `a promise that passes is found when it does, and is over when it is decided; the finding stays`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await house.examined()
            house.story.clock.move(days: 4)
            try await house.beat()
            #expect(try await house.rules(id) == [], "yellow is no breach")
            house.story.clock.move(days: 3)
            try await house.beat()
            let found = try #require(try await house.findings(id).first)
            #expect(found.rule == .promisePassed && found.stands && found.state == .open)
            #expect(found.matter.region == .fuzhou && found.matter.catalogCode == "000114111003")
            #expect(try await house.orders(id) == [], "no order is given by rule about a promise")
            try await house.beat()
            #expect(try await house.findings(id) == [found], "found once")
            try await house.perform(.passReview(.refuse, opinion: "不符合"), on: id, by: .reviewer)
            try await house.perform(.refuse(grounds: "不符合法定条件", standard: ""), on: id, by: .decider)
            let over = try #require(try await house.findings(id).first)
            #expect(!over.stands && over.count == 1 && over.state == .open)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is tried against the law is refused and written down by itself, whoever of the staff tries it`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await house.examined()
            let untold = DossierCommand.special(.begin(.expertReview, days: 0, note: "需要评审"))
            for _ in 0..<2 {
                await #expect(throws: DossierRefusal.timeNotTold) {
                    try await house.perform(untold, on: id, by: .reviewer)
                }
            }
            await #expect(throws: DossierRefusal.reasonMissing) {
                try await house.perform(
                    .special(.begin(.expertReview, days: 3, note: " ")), on: id, by: .reviewer)
            }
            let found = try #require(try await house.findings(id).first)
            #expect(found.rule == .triedUntoldSuspension && found.rule.isSuspension)
            #expect(found.count == 3 && !found.stands)
            let entries = try await house.hall.store.read { tx in try Journal.entries(of: found.id.subject, in: tx) }
            #expect(entries.allSatisfy { $0.actor == .staff(house[.reviewer]) && $0.personal == nil })
            #expect(try await house.story.dossier(id).proceedings.special == [], "nothing came of it")
            // Whoever may not do it at all has tried nothing.
            await #expect(throws: (any Error).self) { try await house.perform(untold, on: id, by: .stranger) }
            #expect(try await house.findings(id).first?.count == 3)
            try await house.perform(.passReview(.refuse, opinion: "不符合"), on: id, by: .reviewer)
            await #expect(throws: DossierRefusal.reasonMissing) {
                try await house.perform(.refuse(grounds: "", standard: ""), on: id, by: .decider)
            }
            #expect(try await house.rules(id) == [.triedUntoldSuspension, .triedWithoutReasons])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a second notice about what the first could have named is tried and found; a refused click is not`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await house.story.filed()
            let (clerk, own) = (HallStory.performer(40, .receive), Performer.person(HallStory.applicant))
            let defects = [MaterialDefect("form", .illegible, .overlooked)]
            try await house.story.perform(.requestCorrection(defects, note: ""), on: id, by: clerk)
            try await house.story.perform(.supplyCorrection([HandedIn("form", .paper)]), on: id, by: own)
            await #expect(throws: DossierRefusal.correctionRequestedOnce) {
                try await house.story.perform(.requestCorrection(defects, note: ""), on: id, by: clerk)
            }
            #expect(try await house.rules(id) == [.triedSecondCorrection])
            try await house.story.perform(.accept, on: id, by: clerk)
            await #expect(throws: DossierRefusal.alreadyAccepted) {
                try await house.story.perform(.accept, on: id, by: clerk)
            }
            // The law binds the authority: what an applicant asks for in vain is no breach.
            await #expect(throws: DossierRefusal.hearingNotTold) {
                try await house.story.perform(.hearing(.request), on: id, by: own)
            }
            #expect(try await house.rules(id) == [.triedSecondCorrection])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an unlawful suspension is found when it runs longer than told, and when it began too late`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let long = try await house.examined()
            try await house.perform(
                .special(.begin(.expertReview, days: 2, note: "需要评审")), on: long, by: .reviewer)
            let late = try await house.examined()
            house.story.clock.move(days: 3)
            try await house.beat()
            #expect(try await house.rules(long) == [.specialPassed])
            #expect(try await house.findings(long).first?.stands == true)
            let finding = SpecialRecord.Finding(isFavourable: true)
            try await house.perform(.special(.end(.expertReview, finding, note: "评审意见")), on: long, by: .reviewer)
            #expect(try await house.findings(long).first?.stands == false)
            house.story.clock.move(days: 6)
            try await house.perform(.special(.begin(.inspection, days: 1, note: "现场勘验")), on: late, by: .reviewer)
            #expect(try await house.rules(late).contains(.specialBegunLate))
            await #expect(throws: DossierRefusal.twoStaffNeeded) {
                let alone = SpecialRecord.Finding(isFavourable: true, staff: [house[.reviewer]])
                try await house.perform(.special(.end(.inspection, alone, note: "合格")), on: late, by: .reviewer)
            }
            #expect(try await house.rules(late).contains(.triedAlone))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a department's record of a procedure that nobody was told of is a claim, until it is told`(
        _ place: StoreUnderTest
    ) async throws {
        try await LinkStory.open(place) { link in
            let find = { (id: DossierID) in
                try await link.story.hall.store.read { tx in try FindingTable.of(id, in: tx) }
            }
            let (id, number) = try await link.filed()
            let claim = try link.special("专家评审", number, ["handle_user": LinkStory.examiner])
            try await link.expectEarly(claim)
            #expect(try await find(id) == [], "out of its order, before the acceptance")
            try await link.take(try link.step("受理", "1", number, by: LinkStory.receiver))
            for _ in 0..<2 { try await link.expectEarly(claim) }
            let found = try #require(try await find(id).first)
            #expect(found.rule == .claimedSuspension && found.count == 1 && found.stands)
            // Without the number of days it is a suspension that was tried without telling.
            await #expect(throws: DossierRefusal.timeNotTold) {
                try await link.take(try link.step("专家评审开始", "3", number, by: LinkStory.examiner))
            }
            #expect(try await find(id).map(\.rule) == [.claimedSuspension, .triedUntoldSuspension])
            try await link.take(
                try link.step("专家评审开始", "3", number, by: LinkStory.examiner, ["remark": "5"]), at: "9")
            #expect(try await find(id).first?.stands == false)
            let (over, other) = try await link.filed()
            try await link.take(try link.step("受理", "1", other, by: LinkStory.receiver))
            try await link.reviewed(other, proposing: "2")
            try await link.take(try link.result("1", other))
            await #expect(throws: LinkRefusal.tooLate) {
                try await link.take(try link.special("专家评审", other, ["handle_user": LinkStory.examiner]))
            }
            #expect(try await find(over).map(\.rule) == [.claimedSuspension])
        }
    }

    @Test func `every breach of a dossier has its rule under the same name`() {
        for breach in Breach.allCases { #expect(breach.rule.rawValue == breach.rawValue) }
        let happened = FindingRule.allCases.filter { !$0.isTried && $0 != .claimedSuspension }
        #expect(happened.map(\.rawValue) == Breach.allCases.map(\.rawValue))
    }
}
