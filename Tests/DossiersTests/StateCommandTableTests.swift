import Catalogue
import Dossiers
import Store
import Testing
import Vocabulary

/// The table of state × command: every pair has its answer here, a stage to go to or a refusal.
@Suite struct StateCommandTableTests {
    /// One column a command, in this order; a result on paper is handed over by somebody, a certificate by the platform.
    static func commands(
        _ delivery: DeliveryMode
    ) -> [(name: String, command: DossierCommand, actor: Actor)] {
        let isElectronic = delivery == .eCertificate
        return [
            ("return", .returnForPreReview([MaterialDefect("form", .illegible, .overlooked)], note: ""), Story.clerk),
            ("resubmit", .resubmit([HandedIn("form", .paper)]), .person(Story.applicant)),
            ("pass", .passPreReview, Story.clerk),
            ("receive", .receive, Story.clerk),
            ("correct?", .requestCorrection([MaterialDefect("form", .missing, .overlooked)], note: ""), Story.clerk),
            ("supply", .supplyCorrection([HandedIn("licence", .paper)]), .person(Story.applicant)),
            ("accept", .accept, Story.clerk),
            ("decline", .decline(.notNeeded, authority: "", note: "无需许可"), Story.clerk),
            ("review", .passReview(.grant, opinion: "符合"), Story.reviewer),
            ("back", .returnToReviewer(note: "再查"), Story.decider),
            ("grant", .grant(grounds: "符合", certificate: Story.certificate), Story.decider),
            ("refuse", .refuse(grounds: "不符合", standard: ""), Story.decider),
            ("file", .fileCertificate(Story.certificate), .platform),
            ("issue", .issue(pickUpCode: "1"), .platform),
            (
                "handOver", .handOver(isElectronic ? .electronic : .pickUpCode, recipient: ""),
                isElectronic ? .platform : Story.issuer
            ),
            ("close", .close, .platform),
            ("withdraw", .withdraw(note: ""), .person(Story.applicant)),
            ("terminate", .terminate(note: "申请人终止"), Story.decider),
            ("tick", .tick, .platform),
        ]
    }

    /// The refusals by a short name, so that the table can be read.
    static let short: [String: DossierRefusal] = [
        "!pre": .notInPreReview, "!mode": .noPreReviewInThisMode, "!ret": .notReturned, "!rcvd": .alreadyReceived,
        "!not": .notReceived, "!nocor": .noCorrectionRequested, "!acc": .alreadyAccepted, "!rev": .notInReview,
        "!unrev": .notReviewed, "!dec": .alreadyDecided, "!nocert": .noCertificateAwaited, "!pend": .certificatePending,
        "!undec": .notDecided, "!noissue": .notIssued, "!iss": .alreadyIssued, "!hand": .notHandedOver,
        "!handed": .alreadyHandedOver, "!end": .alreadyEnded,
    ]

    /// One row a stage. A stage's own name means that nothing moves.
    static let table = """
        preReview           preReviewReturned !ret preReviewPassed received !not !nocor !not !not \
        !rev !rev !rev !rev !nocert !undec !noissue !hand ended ended preReview
        preReviewReturned   !pre preReview !pre !pre !not !nocor !not !not \
        !rev !rev !rev !rev !nocert !undec !noissue !hand ended ended preReviewReturned
        awaitingOriginals   !pre !ret !pre received !not !nocor !not !not \
        !rev !rev !rev !rev !nocert !undec !noissue !hand ended ended awaitingOriginals
        received            !pre !ret !pre !rcvd correctionRequested !nocor inReview ended \
        !rev !rev !rev !rev !nocert !undec !noissue !hand ended ended received
        correctionRequested !pre !ret !pre !rcvd !not received !not !not \
        !rev !rev !rev !rev !nocert !undec !noissue !hand ended ended correctionRequested
        inReview            !pre !ret !pre !rcvd !acc !nocor !acc !acc \
        reviewed !unrev !unrev !unrev !nocert !undec !noissue !hand ended ended inReview
        reviewed            !pre !ret !pre !rcvd !acc !nocor !acc !acc \
        !rev inReview granted refused !nocert !undec !noissue !hand ended ended reviewed
        granted             !pre !ret !pre !rcvd !dec !nocor !dec !dec \
        !dec !dec !dec !dec certified !pend !noissue !hand !dec !dec granted
        certified           !pre !ret !pre !rcvd !dec !nocor !dec !dec \
        !dec !dec !dec !dec !nocert issued !noissue !hand !dec !dec certified
        refused             !pre !ret !pre !rcvd !dec !nocor !dec !dec \
        !dec !dec !dec !dec !nocert issued !noissue !hand !dec !dec refused
        issued              !pre !ret !pre !rcvd !dec !nocor !dec !dec \
        !dec !dec !dec !dec !nocert !iss handedOver !hand !dec !dec issued
        handedOver          !pre !ret !pre !rcvd !dec !nocor !dec !dec \
        !dec !dec !dec !dec !nocert !handed !handed ended !dec !dec handedOver
        ended               !end !end !end !end !end !end !end !end \
        !end !end !end !end !end !end !end !end !end !end ended
        """

    /// A story that stands at the stage, in the mode with most stages (O5: pre-review, then paper at the counter).
    static func story(at stage: Dossier.Stage.Name) throws -> Story {
        let submitted = try Story(.preReviewThenCounter).submit("11-19")
        let inReview = { try submitted.receive("11-19").accept("11-19") }
        let granted = { try inReview().review("11-19").grant("11-19") }
        switch stage {
        case .preReview: return submitted
        case .preReviewReturned: return try submitted.returnIt("11-19")
        case .awaitingOriginals: return try submitted.passPreReview("11-19")
        case .received: return try submitted.receive("11-19")
        case .correctionRequested: return try submitted.receive("11-19").requestCorrection("11-19")
        case .inReview: return try inReview()
        case .reviewed: return try inReview().review("11-19")
        case .granted: return try granted()
        case .certified: return try granted().file("11-19")
        case .refused: return try inReview().review("11-19").refuse("11-19")
        case .issued: return try granted().file("11-19").issue("11-19")
        case .handedOver: return try granted().file("11-19").issue("11-19").handOver("11-19")
        case .ended: return try granted().file("11-19").issue("11-19").handOver("11-19").close("11-19")
        }
    }

    @Test(arguments: Dossier.Stage.Name.allCases)
    func `every command has its answer at every stage`(_ stage: Dossier.Stage.Name) throws {
        let row = try #require(
            Self.table.split(separator: "\n").map { $0.split(separator: " ") }.first { $0[0] == stage.rawValue })
        let story = try Self.story(at: stage)
        let commands = Self.commands(story.delivery)
        #expect(row.count == commands.count + 1)
        #expect(story.stage == stage)
        for (cell, column) in zip(row.dropFirst(), commands) {
            let answer = Result { try story.perform(column.command, "11-19", by: column.actor) }
            if let refusal = Self.short[String(cell)] {
                #expect(throws: refusal, "\(stage) × \(column.name)") { try answer.get() }
            } else {
                let expected = cell == "preReviewPassed" ? "awaitingOriginals" : String(cell)
                #expect(try answer.get().stage?.rawValue == expected, "\(stage) × \(column.name)")
            }
        }
    }

    @Test(arguments: Dossier.Stage.Name.allCases)
    func `nothing is submitted twice`(_ stage: Dossier.Stage.Name) throws {
        let story = try Self.story(at: stage)
        #expect(throws: stage == .ended ? DossierRefusal.alreadyEnded : .alreadySubmitted) {
            try story.perform(.submit(story.submission()), "11-19", by: .person(Story.applicant))
        }
    }

    @Test(arguments: Dossier.Stage.Name.allCases)
    func `a dossier is the fold of its events, written and read again`(_ stage: Dossier.Stage.Name) throws {
        let story = try Self.story(at: stage)
        let dossier = try #require(story.dossier)
        #expect(dossier.sequence == story.events.count)
        for (index, event) in story.events.enumerated() {
            let place = JournalEntry.Place(
                Story.id.subject, sequence: index + 1, at: Story.at("11-19"), actor: .platform)
            let personal = try event.personalPart().map { JournalEntry.Personal(salt: [], bytes: $0) }
            let entry = JournalEntry(
                place, kind: event.kind, version: DossierEvent.version, body: try event.publicPart(),
                personal: personal)
            #expect(try DossierEvent(entry) == event)
        }
    }
}
