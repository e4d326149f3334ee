import Catalogue
import Dossiers
import Store
import Testing
import Vocabulary

/// Steps, desks, opinions: the way of a dossier while it is examined.
@Suite struct HandlingTests {
    static let second = staff(12)
    static let third = staff(13)
    /// A body of a district below the one that decides.
    static var lower: ReviewStep.Body {
        get throws {
            ReviewStep.Body(
                try #require(CreditCode("91350100MADEM0054D")), region: try #require(Region("350111")))
        }
    }

    static func staff(_ number: UInt64) -> Actor { .staff(id(number)) }
    static func id(_ number: UInt64) -> StaffID { StaffID(Subject(high: 2, low: number)) }

    static let steps = [
        ReviewStep("first", names: ("初审", "First look"), days: WorkingDays(2)),
        ReviewStep("joint", names: ("会签", "Opinions"), .jointOpinion),
        ReviewStep("last", names: ("复审", "Second look")),
    ]

    static func examined(_ steps: [ReviewStep] = steps) throws -> Story {
        try Story.examined(
            ProcedureTerms(steps: steps), promised: TimeLimit(10, .workingDays, article: "承诺"))
    }

    @Test func `an examination passes its steps in their order, and only the last one proposes a decision`() throws {
        let story = try Self.examined()
        #expect(story.dossier?.step?.id == "first" && story.stage == .inReview)
        #expect(throws: DossierRefusal.stepNotLast) { try story.review("11-20") }
        #expect(throws: DossierRefusal.reasonMissing) { try story.pass("", "11-20") }
        let second = try story.pass("符合", "11-20")
        #expect(second.dossier?.step?.id == "joint" && second.stage == .inReview)
        #expect(throws: DossierRefusal.nobodyAsked) { try second.pass("符合", "11-21") }
        let third = try second.ask([.officer(staff: Self.id(12))], until: "11-23", "11-21")
            .answer(.officer(staff: Self.id(12)), .agree, "11-22", by: Self.second)
        #expect(third.dossier?.step?.id == "last")
        #expect(throws: DossierRefusal.lastStep) { try third.pass("符合", "11-22") }
        #expect(try third.review("11-22", by: Self.third).stage == .reviewed)
        #expect(try third.review("11-22", by: Self.third).grant("11-23").stage == .granted)
    }

    @Test func `nobody who passed any of the steps decides`() throws {
        let reviewed = try Self.examined([Self.steps[0], Self.steps[2]]).pass("符合", "11-20").review(
            "11-21", by: Self.second)
        #expect(throws: DossierRefusal.reviewerMayNotDecide) { try reviewed.grant("11-22", by: Story.reviewer) }
        #expect(throws: DossierRefusal.reviewerMayNotDecide) { try reviewed.grant("11-22", by: Self.second) }
        #expect(try reviewed.grant("11-22").stage == .granted)
    }

    @Test func `it goes back to any earlier step, with a reason, from the examination and from the decision`() throws {
        let story = try Self.examined([Self.steps[0], Self.steps[2]])
        #expect(throws: DossierRefusal.noEarlierStep) { try story.sendBack(to: "first", "11-20") }
        let second = try story.pass("符合", "11-20")
        #expect(throws: DossierRefusal.noEarlierStep) { try second.sendBack(to: "last", "11-21") }
        #expect(throws: DossierRefusal.reasonMissing) { try second.sendBack(to: "first", "11-21", note: " ") }
        #expect(try second.sendBack(to: "first", "11-21").dossier?.step?.id == "first")
        let reviewed = try second.review("11-21", by: Self.second)
        let back = try reviewed.sendBack(to: "first", "11-22", by: Story.decider)
        #expect(back.stage == .inReview && back.dossier?.step?.id == "first")
        #expect(try reviewed.sendBack(to: "last", "11-22", by: Story.decider).dossier?.step?.id == "last")
        #expect(throws: DossierRefusal.reviewerMayNotDecide) {
            try reviewed.sendBack(to: "first", "11-22", by: Self.second)
        }
    }

    @Test func `a step past its own time makes the light yellow until it is passed`() throws {
        let story = try Self.examined()
        #expect(story.rules.stepDue(of: try #require(story.dossier))?.day == "2018-11-22")
        #expect(try story.tick("11-22").light == .green)
        let late = try story.tick("11-23")
        #expect(late.light == .yellow && late.kinds.last == "limit-passed")
        #expect(late.events.last == .clock(.passed(.step, "2018-11-22")))
        #expect(try late.pass("符合", "11-23").light == .green)
        #expect(late.breaches.isEmpty)
    }

    @Test func `a stop does not count for a step, and a pre-examination has twenty days and no more`() throws {
        let stopped = try Self.examined().begin(.expertReview, days: 3, "11-20")
        #expect(stopped.rules.stepDue(of: try #require(stopped.dossier))?.day == "2018-11-26")
        let pre = ReviewStep("pre", names: ("初审", "Pre-examination"), .preExamination, body: try Self.lower)
        #expect(pre.days == WorkingDays(20))
        let long = ReviewStep(
            "pre", names: ("初审", "Pre-examination"), .preExamination, days: WorkingDays(30), body: try Self.lower)
        #expect(long.days == WorkingDays(20))
    }

    @Test func `a pre-examination lies on the desk of the lower body, and its opinion goes up`() throws {
        let pre = ReviewStep("pre", names: ("初审", "Pre-examination"), .preExamination, body: try Self.lower)
        let story = try Self.examined([pre, Self.steps[2]])
        let lower = try Self.lower
        #expect(story.dossier?.desk.body == lower.code && story.dossier?.desk.region == lower.region)
        let up = try story.pass("初审意见：符合", "11-21")
        #expect(up.dossier?.desk.body == up.terms.body)
        // The upper level asks the applicant for nothing again (art. 35).
        #expect(throws: DossierRefusal.alreadyAccepted) { try up.requestCorrection("11-22") }
        #expect(throws: DossierRefusal.alreadyAccepted) {
            try up.perform(.mend([HandedIn("form", .paper)]), "11-22", by: Story.clerk)
        }
    }

    @Test func `R16 after the pre-examination the upper level asks the applicant for nothing, and its time is a wake`()
        throws
    {
        let pre = ReviewStep(
            "pre", names: ("初审", "Pre-examination"), .preExamination, days: WorkingDays(2), body: try Self.lower)
        let story = try Self.examined([pre, Self.steps[2]])
        let late = try story.tick("11-23")
        #expect(late.events.last == .clock(.passed(.step, "2018-11-22")))
        let up = try late.pass("初审意见：符合", "11-23")
        for (command, actor) in [
            (DossierCommand.requestCorrection([MaterialDefect("form", .missing, .overlooked)], note: ""), Story.clerk),
            (.mend([HandedIn("form", .paper)]), Story.clerk),
            (.supplyCorrection([HandedIn("form", .paper)]), .person(Story.applicant)),
        ] {
            #expect(throws: DossierRefusal.self) { try up.perform(command, "11-24", by: actor) }
        }
        #expect(try up.review("11-26").stage == .reviewed)
    }

    @Test func `whoever takes a dossier has it alone, gives it back or gives it to a colleague`() throws {
        let story = try Self.examined().take("11-20")
        #expect(story.dossier?.proceedings.handling.holder == Self.id(2))
        #expect(throws: DossierRefusal.alreadyTaken) { try story.take("11-20") }
        #expect(throws: DossierRefusal.liesWithAnother) { try story.take("11-20", by: Self.second) }
        #expect(throws: DossierRefusal.liesWithAnother) { try story.pass("符合", "11-20", by: Self.second) }
        #expect(throws: DossierRefusal.liesWithAnother) {
            try story.handle(.giveBack(note: ""), "11-20", by: Self.second)
        }
        let back = try story.handle(.giveBack(note: ""), "11-20", by: Story.reviewer)
        #expect(back.dossier?.proceedings.handling.holder == nil)
        #expect(throws: DossierRefusal.notHeld) {
            try back.handle(.giveBack(note: ""), "11-20", by: Story.reviewer)
        }
        let given = try story.handle(.delegate(staff: Self.id(12), note: "请续办"), "11-20", by: Story.reviewer)
        #expect(given.dossier?.proceedings.handling.holder == Self.id(12))
        #expect(try given.pass("符合", "11-21", by: Self.second).dossier?.proceedings.handling.holder == nil)
        let assigned = try given.handle(.assign(staff: Self.id(13), note: ""), "11-21", by: Story.head)
        #expect(assigned.dossier?.proceedings.handling.holder == Self.id(13))
        #expect(throws: DossierRefusal.alreadyTaken) {
            try assigned.handle(.assign(staff: Self.id(13), note: ""), "11-21", by: Story.head)
        }
    }

    @Test func `a decision comes to nobody who received or examined it`() throws {
        let reviewed = try Story.examined().review("11-20")
        let assign = { (staff: StaffID) in
            try reviewed.handle(.assign(staff: staff, note: ""), "11-20", by: Story.head)
        }
        #expect(throws: DossierRefusal.reviewerMayNotDecide) { try assign(Self.id(2)) }
        #expect(throws: DossierRefusal.receiverMayNotDecide) { try assign(Self.id(1)) }
        #expect(try assign(Self.id(3)).grant("11-20").stage == .granted)
        #expect(throws: DossierRefusal.reviewerMayNotDecide) { try reviewed.take("11-20") }
    }

    @Test func `one working day before the promise ends it is in everybody's view again`() throws {
        // Promised by Tuesday, 4 December 2018.
        let story = try Self.examined([Self.steps[2]]).take("11-20")
        #expect(story.due == "2018-12-04")
        #expect(try story.tick("11-30").kinds.contains("fell-back") == false)
        let shared = try story.tick("12-03")
        #expect(shared.events.last == .handling(.fellBack("2018-12-04")))
        #expect(shared.dossier?.proceedings.handling.holder == Self.id(2))
        #expect(try shared.review("12-03", by: Self.second).stage == .reviewed)
        #expect(try shared.take("12-03", by: Self.second).dossier?.proceedings.handling.holder == Self.id(12))
        #expect(try Self.examined([Self.steps[2]]).tick("12-03").kinds.contains("fell-back") == false)
    }

    @Test func `each urges once for every working day`() throws {
        let applicant = Actor.person(Story.applicant)
        let story = try Self.examined().handle(.urge(note: "请尽快"), "11-23", by: applicant)
        #expect(story.dossier?.proceedings.handling.isUrged == true)
        #expect(throws: DossierRefusal.urgedToday) { try story.handle(.urge(note: ""), "11-23", by: applicant) }
        // Saturday is no working day.
        #expect(throws: DossierRefusal.urgedToday) { try story.handle(.urge(note: ""), "11-24", by: applicant) }
        let office = try story.handle(.urge(note: ""), "11-23", by: Story.head)
        #expect(try office.handle(.urge(note: ""), "11-26", by: applicant).kinds.last == "urged")
        #expect(try office.pass("符合", "11-23").dossier?.proceedings.handling.isUrged == false)
    }
}
