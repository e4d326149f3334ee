import Dossiers
import Testing
import Vocabulary

/// The rules of the law from the acceptance to the decision, by their numbers.
@Suite struct ExaminationLawTests {
    @Test func `R14 what can be decided on the spot is decided on the spot`() throws {
        let counter = try Story(.nearestWindow).submit("11-19").accept("11-19").review("11-19").grant("11-19")
        #expect(counter.stage == .granted)
    }

    @Test func `R15 two look where a place or a thing is looked at`() throws {
        let running = try Story.examined().begin(.inspection, days: 5, "11-21")
        for staff in [[], [Story.two[0]], [Story.two[0], Story.two[0]]] {
            #expect(throws: DossierRefusal.twoStaffNeeded) { try running.end(.inspection, "11-23", staff: staff) }
        }
        #expect(try running.end(.inspection, "11-23").dossier?.proceedings.isPaused == false)
        let experts = try Story.examined().begin(.expertReview, days: 5, "11-21")
        #expect(try experts.end(.expertReview, "11-23", staff: []).dossier?.proceedings.isPaused == false)
    }

    @Test func `R16 once accepted nobody asks the applicant for anything again`() throws {
        let accepted = try Story.examined()
        #expect(throws: DossierRefusal.alreadyAccepted) { try accepted.requestCorrection("11-21") }
        #expect(throws: DossierRefusal.alreadyAccepted) { try accepted.review("11-21").requestCorrection("11-21") }
    }

    @Test func `R17 a third party is told and heard before the decision, or has five working days`() throws {
        let informed = try Story.examined().perform(
            .party(.inform(name: "相邻业主林二", matter: "拟准予的事项影响通行")), "11-21", by: Story.reviewer)
        #expect(throws: DossierRefusal.partyNotHeard) { try informed.review("11-28") }
        #expect(try informed.review("11-29").stage == .reviewed)
        let heard = try informed.perform(
            .party(.hear(party: 0, statement: "没有意见")), "11-22", by: Story.reviewer)
        #expect(try heard.review("11-22").grant("11-22").stage == .granted)
        #expect(throws: DossierRefusal.partyUnknown) {
            try informed.perform(.party(.hear(party: 1, statement: "意见")), "11-22", by: Story.reviewer)
        }
        #expect(throws: DossierRefusal.reasonMissing) {
            try informed.perform(.party(.inform(name: " ", matter: "影响")), "11-22", by: Story.reviewer)
        }
        var crowded = try Story.examined()
        for number in 1...InterestedParty.countMax {
            crowded = try crowded.perform(
                .party(.inform(name: "业主\(number)", matter: "影响通行")), "11-21", by: Story.reviewer)
        }
        #expect(throws: DossierRefusal.tooManyParties) {
            try crowded.perform(.party(.inform(name: "业主", matter: "影响通行")), "11-21", by: Story.reviewer)
        }
    }

    @Test func `R18 twenty working days from acceptance, ten more once, with the head's approval and reasons`() throws {
        let accepted = try Story.examined()
        #expect(accepted.statutoryDue == "2018-12-18")
        let extended = try accepted.extend(10, "12-10")
        #expect(extended.statutoryDue == "2019-01-02")
        // The promise stays where it was.
        #expect(extended.due == accepted.due)
        #expect(throws: DossierRefusal.extendedOnce) { try extended.extend(1, "12-11") }
        for value in [0, -1, 11] {
            #expect(throws: DossierRefusal.extensionTooLong) { try accepted.extend(value, "12-10") }
        }
        #expect(throws: DossierRefusal.wrongApprover) { try accepted.extend(10, "12-10", by: .government) }
        #expect(throws: DossierRefusal.limitPassed) { try accepted.extend(10, "12-19") }
        #expect(throws: DossierRefusal.reasonMissing) {
            try accepted.perform(.extend(.approve(value: 10, by: .head, note: " ")), "12-10", by: Story.head)
        }
    }

    @Test func `R18 an examiner asks for an extension and the head answers`() throws {
        let asked = try Story.examined().perform(
            .extend(.request(value: 5, note: "需向部委征求意见")), "12-03", by: Story.reviewer)
        #expect(asked.dossier?.proceedings.extensionRequest == 5)
        let denied = try asked.perform(.extend(.deny(by: .head, note: "可按期办结")), "12-04", by: Story.head)
        #expect(denied.dossier?.proceedings.extensionRequest == nil && denied.statutoryDue == asked.statutoryDue)
        #expect(throws: DossierRefusal.extensionNotRequested) {
            try denied.perform(.extend(.deny(by: .head, note: "可按期办结")), "12-04", by: Story.head)
        }
        #expect(try asked.extend(5, "12-04").dossier?.proceedings.extensionRequest == nil)
        let powers = { (command: ExtensionCommand) in DossierCommand.extend(command).powers }
        #expect(powers(.request(value: 5, note: "")) == [.review])
        #expect(powers(.approve(value: 5, by: .head, note: "")) == [.lead])
        #expect(powers(.approve(value: 5, by: .government, note: "")) == [.govern])
    }

    @Test func `R19 joint handling takes forty-five working days and fifteen more with the government's approval`()
        throws
    {
        let joint = try Story.examined(
            ProcedureTerms(authority: .government),
            statutory: TimeLimit(45, .workingDays, article: "行政许可法第四十二条第二款"))
        #expect(joint.statutoryDue == "2019-01-23")
        #expect(throws: DossierRefusal.wrongApprover) { try joint.extend(15, "12-10", by: .head) }
        #expect(throws: DossierRefusal.extensionTooLong) { try joint.extend(16, "12-10", by: .government) }
        #expect(try joint.extend(15, "12-10", by: .government).statutoryDue == "2019-02-18")
    }

    @Test func `R20 a refusal has its reasons`() throws {
        let reviewed = try Story.examined().review("11-21")
        #expect(throws: DossierRefusal.reasonMissing) {
            try reviewed.perform(.refuse(grounds: "", standard: ""), "11-21", by: Story.decider)
        }
    }

    @Test func `R23 the result is delivered within ten working days of the decision, or the light is red`() throws {
        let granted = try Story.examined().review("11-21").grant("11-21")
        #expect(granted.due == "2018-12-05")
        let late = try granted.tick("12-06")
        #expect(late.breaches == [.deliveryPassed] && late.light == .statutory)
        #expect(try granted.tick("12-05").breaches.isEmpty)
    }

    /// A grant without a certificate, filed at a window, of 21 November.
    private static func granted(_ delivery: DeliveryMode) throws -> Story {
        try Story(.nearestWindow, delivery: delivery, makesCertificate: false).submit("11-19").accept("11-20")
            .review("11-21").grant("11-21")
    }

    private static func deliveryResult(_ story: Story, _ day: String) throws -> ClockLedger.Result? {
        let dossier = try #require(story.dossier)
        return story.rules.ledger(of: dossier, history: story.history, at: Story.at(day)).current(.delivery)?.result
    }

    @Test func `R23 what the applicant fetches herself is delivered once it lies ready and she is told`() throws {
        let granted = try Self.granted(.counter)
        #expect(granted.due == "2018-12-05")
        let ready = try granted.issue("11-23")
        #expect(ready.due == nil && ready.light == nil)
        let unfetched = try ready.tick("12-28")
        #expect(unfetched.breaches.isEmpty && unfetched.stage == .issued)
        let kept = ClockLedger.Result.kept(event: ready.events.count, at: Story.at("11-23"))
        #expect(try Self.deliveryResult(unfetched, "12-28") == kept)
        #expect(try Self.deliveryResult(unfetched.handOver("12-29"), "12-29") == kept)
    }

    @Test func `R23 what lies ready too late was late, and stays so`() throws {
        let late = try Self.granted(.counter).issue("12-06")
        #expect(late.breaches == [.deliveryPassed] && late.light == nil)
        let missed = ClockLedger.Result.missed(event: late.events.count, at: Story.at("12-06"))
        #expect(try Self.deliveryResult(late, "12-07") == missed)
    }

    @Test func `R23 what a courier brings is delivered when it is there`() throws {
        let sent = try Self.granted(.courier).issue("11-23")
        #expect(sent.due == "2018-12-05")
        let late = try sent.tick("12-06")
        #expect(late.breaches == [.deliveryPassed] && late.light == .statutory)
    }

    @Test func `R24 only days of a procedure that was told in writing do not count`() throws {
        let promise = TimeLimit(5, .workingDays, article: "承诺")
        let accepted = try Story.examined(promised: promise)
        #expect(accepted.due == "2018-11-27")
        let running = try accepted.begin(.expertReview, days: 5, "11-21")
        #expect(running.due == "2018-12-04")
        // In hand a day earlier: only four days did not count.
        #expect(try running.end(.expertReview, "11-27").due == "2018-12-03")
        // In hand two days later than was told: the two days count.
        #expect(try running.end(.expertReview, "11-30").due == "2018-12-04")
        for days in [0, -3, SpecialRecord.toldDaysMax + 1] {
            #expect(throws: DossierRefusal.timeNotTold) { try accepted.begin(.testing, days: days, "11-21") }
        }
        #expect(throws: DossierRefusal.reasonMissing) {
            try accepted.perform(.special(.begin(.testing, days: 5, note: "")), "11-21", by: Story.reviewer)
        }
    }

    @Test func `R24 a second notice prolongs, and what was told passes visibly`() throws {
        let running = try Story.examined().begin(.expertReview, days: 5, "11-21")
        let prolonged = try running.perform(
            .special(.prolong(.expertReview, days: 3, note: "专家补充论证")), "11-26", by: Story.reviewer)
        #expect(prolonged.pauses.first?.to == "2018-12-03")
        let late = try running.tick("11-29")
        #expect(late.breaches == [.specialPassed] && late.light == .yellow)
        #expect(throws: DossierRefusal.procedureRuns) { try running.begin(.expertReview, days: 2, "11-22") }
        #expect(throws: DossierRefusal.procedureDoesNotRun) { try running.end(.testing, "11-22") }
        #expect(throws: DossierRefusal.procedureDoesNotRun) {
            try running.perform(.special(.prolong(.testing, days: 3, note: "延长")), "11-26", by: Story.reviewer)
        }
    }

    @Test
    func `R24 nothing is decided while a procedure runs, and nothing stops before acceptance or after the decision`()
        throws
    {
        let running = try Story.examined().begin(.appraisal, days: 5, "11-21")
        #expect(throws: DossierRefusal.procedureRuns) { try running.review("11-22") }
        #expect(throws: DossierRefusal.procedureRuns) {
            try Story.examined().review("11-21").begin(.appraisal, days: 5, "11-21").grant("11-22")
        }
        #expect(throws: DossierRefusal.notInReview) {
            try Story().submit("11-19").begin(.appraisal, days: 5, "11-19")
        }
        #expect(throws: DossierRefusal.alreadyDecided) {
            try Story.examined().review("11-21").grant("11-21").begin(.appraisal, days: 5, "11-22")
        }
    }

    @Test func `R24 procedures that overlap stop the clock once`() throws {
        let promise = TimeLimit(5, .workingDays, article: "承诺")
        let both = try Story.examined(promised: promise).begin(.inspection, days: 3, "11-21")
            .begin(.expertReview, days: 5, "11-22")
        // 21 to 28 November: six working days, not eight.
        #expect(both.due == "2018-12-05")
    }

    @Test func `R25 an inspection begins within five working days of the acceptance`() throws {
        let accepted = try Story.examined(promised: TimeLimit(15, .workingDays, article: "承诺"))
        #expect(try accepted.begin(.inspection, days: 3, "11-27").breaches.isEmpty)
        let late = try accepted.begin(.inspection, days: 3, "11-28")
        #expect(late.breaches == [.specialBegunLate] && late.light == .red)
        #expect(try accepted.begin(.expertReview, days: 3, "11-28").breaches.isEmpty)
    }

    @Test func `R25 what does not pass names the technical standard, and so does the refusal`() throws {
        let running = try Story.examined().begin(.testing, days: 5, "11-21")
        #expect(throws: DossierRefusal.standardMissing) { try running.end(.testing, "11-23", isFavourable: false) }
        let failed = try running.end(.testing, "11-23", isFavourable: false, standard: "GB 37488-2019")
            .review("11-23")
        #expect(throws: DossierRefusal.standardMissing) { try failed.refuse("11-23") }
        let refused = try failed.perform(
            .refuse(grounds: "检测不合格", standard: "GB 37488-2019"), "11-23", by: Story.decider)
        #expect(refused.stage == .refused)
    }

    @Test func `R26 the right is told, a hearing asked for in five days, held in twenty, announced seven ahead`() throws
    {
        let told = try Story.examined().tellHearing("11-21")
        #expect(throws: DossierRefusal.procedureRuns) { try told.review("11-22") }
        let requested = try told.requestHearing("11-28")
        #expect(throws: DossierRefusal.hearingTooSoon) { try requested.schedule("12-06", "11-28") }
        #expect(throws: DossierRefusal.hearingTooLate) { try requested.schedule("12-27", "11-28") }
        #expect(throws: DossierRefusal.hearingNotOnWorkingDay) { try requested.schedule("12-15", "11-28") }
        #expect(throws: DossierRefusal.dateInThePast) { try requested.schedule("11-27", "11-28") }
        #expect(throws: DossierRefusal.reviewerMayNotChair) {
            try Story.examined().begin(.appraisal, days: 1, "11-20").end(.appraisal, "11-20").tellHearing("11-21")
                .requestHearing("11-28").schedule("12-07", "11-28", chair: Story.reviewer)
        }
        let plan = Hearing.Plan(day: "2018-12-07", minute: 570, place: " ", chair: Story.two[0])
        #expect(throws: DossierRefusal.placeMissing) {
            try requested.perform(.hearing(.schedule(plan)), "11-28", by: Story.reviewer)
        }
        let scheduled = try requested.schedule("12-07", "11-28")
        #expect(throws: DossierRefusal.notTheChair) { try scheduled.record("12-07", by: Story.reviewer) }
        let outside = Actor.partner(PartnerID(Subject(high: 9, low: 9)), officer: OfficerCode("K-1"))
        #expect(throws: DossierRefusal.notTheChair) { try scheduled.record("12-07", by: outside) }
        #expect(throws: DossierRefusal.hearingTooSoon) { try scheduled.record("12-06") }
        let held = try scheduled.record("12-07")
        #expect(throws: DossierRefusal.chairMayNotReview) { try held.review("12-07", by: Story.chair) }
        #expect(try held.review("12-07").grant("12-07").stage == .granted)
    }

    @Test func `R26 nobody asks after five days, and whoever waives need not wait`() throws {
        let told = try Story.examined().tellHearing("11-21")
        let silent = try told.tick("11-29")
        #expect(silent.kinds.contains("hearing-waived"))
        #expect(throws: DossierRefusal.hearingNotTold) { try told.requestHearing("11-29") }
        #expect(try silent.review("11-29").stage == .reviewed)
        let waived = try told.perform(.hearing(.waive), "11-22", by: .person(Story.applicant))
        #expect(try waived.review("11-22").stage == .reviewed)
        #expect(throws: DossierRefusal.hearingNotTold) { try Story.examined().requestHearing("11-21") }
        #expect(throws: DossierRefusal.hearingToldOnce) { try told.tellHearing("11-22") }
        #expect(throws: DossierRefusal.hearingNotRequested) { try told.schedule("12-07", "11-22") }
        #expect(throws: DossierRefusal.hearingNotScheduled) { try told.record("11-22") }
    }

    @Test func `R26 a hearing stops the clock until it was held or should have been`() throws {
        let promise = TimeLimit(5, .workingDays, article: "承诺")
        let held = try Story.examined(promised: promise).tellHearing("11-21").requestHearing("11-22")
            .schedule("12-05", "11-23").record("12-05")
        // 21 November to 4 December do not count: ten working days.
        #expect(held.due == "2018-12-11")
        let forgotten = try Story.examined(promised: promise).tellHearing("11-21").requestHearing("11-22")
        #expect(forgotten.pauses.first?.to == "2018-12-20")
        #expect(try forgotten.tick("12-21").breaches == [.hearingPassed])
    }

    @Test func `R28 whoever applies thirty days before the expiry is renewed by silence`() throws {
        let renewal = Renewal(certificate: Story.certificate, validUntil: "2018-12-20")
        let inTime = try Story().submit("11-19", renewal: renewal).accept("11-20")
        #expect(inTime.due == "2018-11-26")
        #expect(inTime.statutoryDue == "2018-12-18")
        #expect(try inTime.tick("12-20").stage == .inReview)
        let renewed = try inTime.tick("12-21")
        #expect(renewed.kinds.contains("renewed-by-silence"))
        #expect(renewed.stage == .granted)
        #expect(renewed.dossier?.decision?.isGrant == true && renewed.dossier?.decision?.decider == nil)
        // Applied for too late, silence renews nothing.
        let late = Renewal(certificate: Story.certificate, validUntil: "2018-12-18")
        #expect(try Story().submit("11-19", renewal: late).accept("11-20").tick("12-21").stage == .inReview)
        // What has run out cannot be renewed.
        let over = Renewal(certificate: Story.certificate, validUntil: "2018-11-18")
        #expect(throws: DossierRefusal.renewalTooLate) { try Story().submit("11-19", renewal: over) }
    }

    @Test func `R28 a renewal is decided before the licence runs out, whatever the limit says`() throws {
        let renewal = Renewal(certificate: Story.certificate, validUntil: "2018-12-20")
        let long = TimeLimit(45, .workingDays, article: "行政许可法第四十二条")
        let story = try Story(statutory: long, promised: long).submit("11-19", renewal: renewal).accept("11-20")
        #expect(story.statutoryDue == "2018-12-20")
    }
}
