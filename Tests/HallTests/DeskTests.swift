import Accounts
import Dossiers
import Hall
import Notices
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Colleagues, deputies and conflicts of interest: where the staff's room and the dossiers' meet, on both stores.
@Suite struct DeskTests {
    @Test(arguments: StoreUnderTest.all)
    func `a dossier goes to a colleague who has the power and is there, and to nobody else`(
        _ place: StoreUnderTest
    ) async throws {
        try await DeskHouse.open(place) { house in
            let id = try await house.examined()
            try await house.perform(.handling(.take), on: id, by: .reviewer)
            try await house.expect(
                refusal: DossierRefusal.colleagueWithoutPower,
                .handling(.delegate(staff: house[.stranger], note: "续办")), id)
            try await house.expect(
                refusal: DossierRefusal.colleagueWithoutPower, .handling(.delegate(staff: house[.decider], note: "续办")),
                id)
            try await house.expect(
                refusal: DossierRefusal.colleagueWithoutPower,
                .handling(
                    .ask(
                        respondents: [.officer(staff: StaffID(Subject(high: 9, low: 9)))], until: DeskHouse.until,
                        question: "可否")), id)
            try await house.away(.second, deputy: .reviewer)
            try await house.expect(
                refusal: DossierRefusal.colleagueAway, .handling(.delegate(staff: house[.second], note: "续办")), id)
            try await house.expect(
                refusal: DossierRefusal.colleagueAway,
                .handling(
                    .ask(respondents: [.officer(staff: house[.second])], until: DeskHouse.until, question: "可否")), id)
            try await house.perform(.handling(.delegate(staff: house[.third], note: "续办")), on: id, by: .reviewer)
            #expect(try await house.story.dossier(id).proceedings.handling.holder == house[.third])
            let told = try await house.story.hall.notices(for: .staff(house[.third]))
            #expect(told.map(\.kind.id) == ["delegated"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a deputy acts under her own name with the powers of who is away, and for whom is written down`(
        _ place: StoreUnderTest
    ) async throws {
        try await DeskHouse.open(place) { house in
            let id = try await house.examined()
            try await house.perform(.handling(.take), on: id, by: .reviewer)
            try await house.expect(refusal: PermitRefusal.noPower, .passReview(.grant, opinion: "符合"), id, by: .clerk)
            try await house.away(.reviewer, deputy: .clerk)
            #expect(try await house.lines(.deputised, .clerk) == [id])
            #expect(try await house.lines(.pool, .third) == [id])
            try await house.perform(.passReview(.grant, opinion: "符合"), on: id, by: .clerk)
            let history = try await house.story.hall.open(id).history.suffix(2)
            #expect(history.map(\.event.kind) == ["dossier.acted-for", "dossier.review-passed"])
            #expect(history.first?.event == .handling(.actedFor(house[.reviewer])))
            #expect(history.allSatisfy { $0.actor == .staff(house[.clerk]) })
            // The clerk has been examiner now, in the reviewer's place: neither of them decides.
            try await house.away(.decider, deputy: .clerk)
            let grant = try await house.story.hall.grant(id, grounds: "符合")
            try await house.expect(refusal: DossierRefusal.reviewerMayNotDecide, grant, id, by: .clerk)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `nobody examines or decides what is her own, her firm's or what she files for another`(
        _ place: StoreUnderTest
    ) async throws {
        try await DeskHouse.open(place) { house in
            let firm = try await house.person(representedBy: DeskHouse.ownNumber)
            let citizen = try await house.citizen(DeskHouse.ownNumber)
            let parties: [(applicant: PersonID, agent: PersonID?)] = [
                (citizen, nil), (firm, nil), (HallStory.applicant, citizen),
            ]
            for (applicant, agent) in parties {
                let id = try await house.examined(applicant: applicant, agent: agent)
                try await house.expect(refusal: DossierRefusal.conflictOfInterest, .handling(.take), id, by: .reviewer)
                try await house.expect(
                    refusal: DossierRefusal.conflictOfInterest, .passReview(.grant, opinion: "符合"), id, by: .reviewer)
                try await house.expect(
                    refusal: DossierRefusal.conflictOfInterest, .handling(.assign(staff: house[.reviewer], note: "")),
                    id,
                    by: .head)
                try await house.perform(.passReview(.grant, opinion: "符合"), on: id, by: .second)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `before the promise ends nothing stays unseen with somebody, and she, her deputy and the head see it`(
        _ place: StoreUnderTest
    ) async throws {
        try await DeskHouse.open(place) { house in
            let id = try await house.examined()
            try await house.perform(.handling(.take), on: id, by: .reviewer)
            #expect(try await house.lines(.pool, .second) == [])
            #expect(try await house.lines(.mine, .reviewer) == [id])
            // Promised by Friday, 23 November 2018.
            house.story.clock.move(days: 3)
            _ = try await Pulse(hall: house.story.hall).beat()
            #expect(try await house.lines(.pool, .second) == [id])
            #expect(try await house.lines(.soon, .head) == [id])
            #expect(try await house.lines(.soon, .stranger) == [])
            let told = try await house.story.hall.notices(for: .staff(house[.reviewer]))
            #expect(told.map(\.kind.id) == ["due-soon"])
            try await house.perform(.handling(.take), on: id, by: .second)
            #expect(try await house.lines(.mine, .second) == [id])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `who is urged is told, and the asked see what is asked until it is answered`(
        _ place: StoreUnderTest
    ) async throws {
        try await DeskHouse.open(place) { house in
            let id = try await house.examined()
            try await house.perform(.handling(.take), on: id, by: .reviewer)
            try await house.story.perform(
                .handling(.urge(note: "请尽快")), on: id, by: .person(HallStory.applicant))
            #expect(
                try await house.story.hall.notices(for: .staff(house[.reviewer])).map(\.kind.id) == ["urged"])
            let asked = Respondent.officer(staff: house[.stranger])
            try await house.perform(
                .handling(.ask(respondents: [asked], until: DeskHouse.until, question: "可否")), on: id, by: .reviewer)
            #expect(try await house.lines(.asked, .stranger) == [id])
            _ = try await house.story.hall.open(
                id, by: try await house.guest(.stranger), with: [.review], purpose: .review)
            try await house.perform(.handling(.answer(respondent: asked, .agree, text: "")), on: id, by: .stranger)
            #expect(try await house.lines(.asked, .stranger) == [])
            let again = try await house.examined()
            try await house.perform(
                .handling(.ask(respondents: [asked], until: DeskHouse.until, question: "可否")), on: again, by: .reviewer)
            try await house.story.perform(.withdraw(note: ""), on: again, by: .person(HallStory.applicant))
            #expect(try await house.lines(.asked, .stranger) == [])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an absence is entered by oneself or an administrator`(_ place: StoreUnderTest) async throws {
        try await DeskHouse.open(place) { house in
            let hall = house.story.hall
            let (one, two) = (DeskHouse.number(.second), DeskHouse.number(.reviewer))
            let days = (from: CivilDate(daysSinceEpoch: 17_860), until: CivilDate(daysSinceEpoch: 17_862))
            let stranger = try await house.guest(.stranger)
            await #expect(throws: PerformerRefusal.notAllowed) {
                _ = try await hall.enterAbsence(of: one, deputy: two, days: days, by: stranger)
            }
            let absence = try await hall.enterAbsence(
                of: one, deputy: two, days: days, by: try await house.guest(.second))
            await #expect(throws: PerformerRefusal.notAllowed) { try await hall.endAbsence(absence.id, by: stranger) }
            try await hall.endAbsence(absence.id, by: try await house.guest(.administrator))
            _ = try await hall.enterAbsence(of: one, deputy: two, days: days, by: try await house.guest(.administrator))
            #expect(try await hall.absences(for: try await house.guest(.second)).count == 2)
            #expect(try await hall.absences(for: try await house.guest(.administrator)).count == 1)
            #expect(try await hall.absences(for: stranger).isEmpty)
        }
    }
}
