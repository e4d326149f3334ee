import Accounts
import Catalogue
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// 帮办代办: where letters of authority and dossiers meet, on both stores.
@Suite struct AssistanceHallTests {
    private static let item = "000114111003"

    /// A letter of a citizen's to somebody, given in writing.
    private static func letter(
        _ house: DeskHouse, from principal: PersonID, to who: DeskHouse.Who = .assistant, items: [String] = [item],
        days: Int = 30
    ) async throws -> Assistance {
        let hall = house.story.hall
        let today = hall.time.now().day
        let letter = try Assistance(
            AssistanceID(hall.ids.next()), principal: principal, staff: house[who],
            scope: (
                try items.map(ItemCodePrefix.init), try Term(from: today, until: today.advanced(byDays: days))
            ), letter: BlobRef(of: Array("signed".utf8)))
        let deed = Deed(by: .staff(house[who]), now: hall.time.now(), entropy: Entropy(hall.dice))
        try await hall.store.write { tx in try AssistanceTable.give(letter, by: deed, in: tx) }
        return letter
    }

    private static func file(_ house: DeskHouse, under letter: Assistance) async throws -> DossierID {
        let performer = house.story.hall.assisting(letter, by: try await house.guest(.assistant))
        let submission = try await house.story.submission(applicant: letter.principal)
        return try await house.story.hall.submit(submission, by: performer, attempt: house.story.token()).dossier
    }

    @Test(arguments: StoreUnderTest.all)
    func `an assistant files and corrects for the applicant, and every entry says who acted for whom`(
        _ place: StoreUnderTest
    ) async throws {
        try await DeskHouse.open(place) { house in
            let hall = house.story.hall
            let applicant = try await house.citizen(3)
            let letter = try await Self.letter(house, from: applicant)
            let id = try await Self.file(house, under: letter)
            let help = Assisting(applicant: applicant, authority: letter.id)
            let filed = try await hall.open(id)
            #expect(filed.history.map(\.event.kind) == ["dossier.submitted", "dossier.assisted", "dossier.received"])
            #expect(filed.history[1].event == .handling(.assisted(help, deed: "dossier.submitted")))
            #expect(filed.history.allSatisfy { $0.actor == .staff(house[.assistant]) })
            #expect(filed.dossier.submitted.applicant == applicant && filed.dossier.submitted.agent == nil)
            #expect(filed.assistants.map(\.id) == [house[.assistant]])
            try await house.perform(
                .requestCorrection([MaterialDefect("form", .incomplete, .overlooked)], note: "缺签章"), on: id, by: .clerk)
            let guest = try await house.guest(.assistant)
            let (opened, performer) = try await hall.openAssisted(id, by: guest, purpose: .assist)
            #expect(opened.dossier.stage.name == .correctionRequested)
            try await house.story.perform(.supplyCorrection([HandedIn("form", .paper)]), on: id, by: performer)
            let kinds = try await hall.open(id).history.suffix(2).map(\.event.kind)
            #expect(kinds == ["dossier.assisted", "dossier.corrected"])
            #expect(try await hall.looks(at: id).first?.purpose == "assist")
            #expect(try await hall.assisted(by: guest).map(\.id) == [id])
            // What she did not file herself she follows as well, when the letter names the item.
            let own = try await house.examined(applicant: applicant)
            #expect(Set(try await hall.assisted(by: guest).map(\.id)) == [id, own])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `without a letter that covers it today nothing is done or seen`(_ place: StoreUnderTest) async throws {
        try await DeskHouse.open(place) { house in
            let hall = house.story.hall
            let (applicant, guest) = (try await house.citizen(3), try await house.guest(.assistant))
            let id = try await house.examined(applicant: applicant)
            await #expect(throws: AssistanceRefusal.notFound) {
                try await hall.openAssisted(id, by: guest, purpose: .assist)
            }
            let other = try await Self.letter(house, from: applicant, items: ["000114111004"])
            await #expect(throws: AssistanceRefusal.itemNotNamed) {
                try await hall.openAssisted(id, by: guest, purpose: .assist)
            }
            await #expect(throws: AssistanceRefusal.itemNotNamed) { try await Self.file(house, under: other) }
            let short = try await Self.letter(house, from: applicant, days: 0)
            let filed = try await Self.file(house, under: short)
            house.story.clock.move(days: 1)
            await #expect(throws: AssistanceRefusal.notInTerm) { try await Self.file(house, under: short) }
            await #expect(throws: AssistanceRefusal.notInTerm) {
                try await hall.openAssisted(filed, by: try await house.guest(.assistant), purpose: .assist)
            }
            // Somebody else's letter opens nothing, and a desk without the power neither.
            let stranger = try await Self.letter(house, from: try await house.citizen(4))
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.story.perform(
                    .withdraw(note: ""), on: id,
                    by: hall.assisting(stranger, by: try await house.guest(.assistant)))
            }
            await #expect(throws: PermitRefusal.noPower) {
                try await hall.assisted(by: try await house.guest(.clerk))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the applicant ends it at once: what was opened before is refused at the next deed`(
        _ place: StoreUnderTest
    ) async throws {
        try await DeskHouse.open(place) { house in
            let hall = house.story.hall
            let applicant = try await house.citizen(3)
            let letter = try await Self.letter(house, from: applicant)
            let id = try await Self.file(house, under: letter)
            let guest = try await house.guest(.assistant)
            let (_, performer) = try await hall.openAssisted(id, by: guest, purpose: .assist)
            let stranger = try await house.citizen(4)
            guard case .citizen(let citizen)? = try await hall.person(applicant),
                case .citizen(let other)? = try await hall.person(stranger)
            else {
                Issue.record("the two are citizens")
                return
            }
            await #expect(throws: AssistanceRefusal.notFound) {
                try await hall.endAuthority(letter.id, of: applicant, by: other)
            }
            try await hall.endAuthority(letter.id, of: applicant, by: citizen)
            await #expect(throws: AssistanceRefusal.ended) {
                try await house.story.perform(.withdraw(note: ""), on: id, by: performer)
            }
            await #expect(throws: AssistanceRefusal.ended) {
                try await hall.openAssisted(id, by: guest, purpose: .assist)
            }
            await #expect(throws: AssistanceRefusal.ended) { try await Self.file(house, under: letter) }
            #expect(try await hall.assisted(by: guest).isEmpty)
            await #expect(throws: AssistanceRefusal.ended) {
                try await hall.endAuthority(letter.id, of: applicant, by: guest)
            }
            let line = try #require(try await hall.authorities(of: applicant).first)
            #expect(line.authority.endedAt != nil && line.staff?.id == house[.assistant])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one who received or examined a case does not assist in it`(_ place: StoreUnderTest) async throws {
        try await DeskHouse.open(place) { house in
            let applicant = try await house.citizen(3)
            let letter = try await Self.letter(house, from: applicant, to: .clerk)
            let id = try await Self.file(house, under: try await Self.letter(house, from: applicant))
            try await house.perform(.accept, on: id, by: .clerk)
            let help = Assisting(applicant: applicant, authority: letter.id)
            let both = Performer(.staff(house[.clerk]), assisting: help) { _, _ in }
            await #expect(throws: DossierRefusal.assistantMayNotHandle) {
                try await house.story.perform(.withdraw(note: ""), on: id, by: both)
            }
            await #expect(throws: DossierRefusal.assistantMayNotHandle) {
                try await house.story.perform(
                    .passReview(.grant, opinion: "符合"), on: id,
                    by: HallStory.performer(DeskHouse.Who.assistant.rawValue, .review))
            }
        }
    }
}
