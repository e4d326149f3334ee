import Dossiers
import Store
import Testing
import Vocabulary

/// 帮办代办: what a member of staff does for an applicant is the applicant's, both stand in the events, and the two
/// parts are never played by one person.
@Suite struct AssistedTests {
    private static let helping = DeskStanding(assisting: Story.help)
    private static let assistant = StaffID(Subject(high: 2, low: 9))

    private static func filed() throws -> Story { try Story().submit("11-19", assisting: Story.help) }

    @Test func `a filing for somebody is followed by who did it for whom, and nobody took it in`() throws {
        let story = try Self.filed()
        #expect(story.events.map(\.kind) == ["dossier.submitted", "dossier.assisted", "dossier.received"])
        #expect(story.events[1] == .handling(.assisted(Story.help, deed: "dossier.submitted")))
        let dossier = try #require(story.dossier)
        #expect(dossier.submitted.applicant == Story.applicant)
        #expect(dossier.proceedings.handling.assistants == [Self.assistant])
        #expect(dossier.receivers == [] && dossier.visits == [])
        let folded = try story.history.dropFirst().reduce(
            into: Dossier(Story.id, story.events[0], at: Story.at("11-19"), by: Story.assistant)
        ) { try $0.apply($1.event, at: $1.at, by: $1.actor) }
        #expect(folded == dossier)
    }

    @Test func `a correction for somebody is hers: no clerk took it in, and nobody came to a hall`() throws {
        let story = try Self.filed().requestCorrection("11-20").perform(
            .supplyCorrection([HandedIn("licence", .paper)]), "11-21", by: Story.assistant, standing: Self.helping)
        #expect(story.events.suffix(2).map(\.kind) == ["dossier.assisted", "dossier.corrected"])
        let dossier = try #require(story.dossier)
        #expect(dossier.visits == [])
        #expect(!dossier.receivers.contains(Self.assistant))
        // The same brought to a window is a visit, and the clerk is a receiver.
        let brought = try #require(
            try Story().submit("11-19").requestCorrection("11-20").perform(
                .supplyCorrection([HandedIn("licence", .paper)]), "11-21", by: Story.assistant
            ).dossier)
        #expect(brought.visits.count == 1 && brought.receivers.contains(Self.assistant))
    }

    @Test func `whoever assists neither receives, examines nor decides`() throws {
        let filed = try Self.filed()
        #expect(throws: DossierRefusal.assistantMayNotHandle) {
            try filed.perform(.accept, "11-20", by: Story.assistant)
        }
        #expect(throws: DossierRefusal.assistantMayNotHandle) {
            try filed.perform(.accept, "11-20", by: Story.clerk, standing: DeskStanding(principal: Self.assistant))
        }
        let accepted = try filed.accept("11-20")
        #expect(throws: DossierRefusal.assistantMayNotHandle) {
            try accepted.review("11-21", by: Story.assistant)
        }
        #expect(throws: DossierRefusal.assistantMayNotHandle) {
            try accepted.perform(
                .handling(.assign(staff: Self.assistant, note: "")), "11-21", by: Story.decider)
        }
        let reviewed = try accepted.review("11-21")
        #expect(throws: DossierRefusal.assistantMayNotHandle) {
            try reviewed.grant("11-22", by: Story.assistant)
        }
        _ = try reviewed.grant("11-22")
    }

    @Test func `whoever received, examined or decided does not assist`() throws {
        let note = DossierCommand.withdraw(note: "")
        let accepted = try Story().submit("11-19").accept("11-20")
        #expect(throws: DossierRefusal.assistantMayNotHandle) {
            try accepted.perform(note, "11-21", by: Story.clerk, standing: Self.helping)
        }
        let reviewed = try accepted.review("11-21")
        #expect(throws: DossierRefusal.assistantMayNotHandle) {
            try reviewed.perform(note, "11-22", by: Story.reviewer, standing: Self.helping)
        }
        let withdrawn = try reviewed.perform(note, "11-22", by: Story.assistant, standing: Self.helping)
        #expect(withdrawn.events.suffix(2).map(\.kind) == ["dossier.assisted", "dossier.withdrawn"])
    }

    @Test func `an assistant urges as the applicant does`() throws {
        let urged = try Self.filed().accept("11-20").perform(
            .handling(.urge(note: "")), "11-21", by: Story.assistant, standing: Self.helping)
        #expect(urged.events.last == .handling(.urged(.applicant, nil)))
    }
}
