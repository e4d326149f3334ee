import Dossiers
import Store
import Vocabulary

/// Dossiers in every situation that the rules tell apart, each with how one comes there: what the table of situations
/// and commands is made of.
struct LawSituations {
    static let applicant = Actor.person(PersonID(Subject(high: 1, low: 1)))
    static let clerk = staff(1)
    static let reviewer = staff(2)
    static let decider = staff(3)
    static let issuer = staff(4)
    static let chair = staff(5)
    static let head = staff(6)
    static let visit = Verification.Visit(
        day: CivilDate(daysSinceEpoch: 17_868), minute: 540, place: "经营场所", staff: two)
    static let two = [StaffID(Subject(high: 2, low: 7)), StaffID(Subject(high: 2, low: 8))]
    static let certificate = CertificateID(Subject(high: 3, low: 1))
    /// Monday, 19 November 2018, nine o'clock.
    static let start = Instant(CivilDate(daysSinceEpoch: 17_854), hour: 9)

    static let steps = [
        ReviewStep("first", names: ("初审", "first look")), ReviewStep("last", names: ("复审", "second look")),
    ]
    static let colleague = StaffID(Subject(high: 2, low: 9))
    static let asked = Respondent.officer(staff: colleague)

    let rules: DossierRules

    private static func staff(_ number: UInt64) -> Actor { .staff(StaffID(Subject(high: 2, low: number))) }

    /// One situation: its name, the deeds that lead there, and the day on which one looks.
    struct Situation {
        let name: String
        let mode: ServiceMode
        let isCommitted: Bool
        let materials: [String]
        /// Whether the examination has two steps.
        let hasSteps: Bool
        let deeds: [(DossierCommand, Actor)]
        /// When one looks.
        let now: Instant

        init(
            _ name: String, _ deeds: [(DossierCommand, Actor)], mode: ServiceMode = .preReviewThenCounter,
            isCommitted: Bool = false, materials: [String] = ["form", "licence"], hasSteps: Bool = false,
            now: Instant = start
        ) {
            self.hasSteps = hasSteps
            (self.name, self.deeds, self.mode) = (name, deeds, mode)
            (self.isCommitted, self.materials, self.now) = (isCommitted, materials, now)
        }
    }

    /// The dossier of a situation.
    func dossier(_ situation: Situation) throws -> Dossier {
        let events = try rules.begin(try submission(situation), at: Self.start)
        let id = DossierID(Subject(high: 4, low: 1))
        var dossier = try Dossier(id, events[0], at: Self.start, by: Self.applicant)
        for event in events.dropFirst() { try dossier.apply(event, at: Self.start, by: Self.applicant) }
        for (command, actor) in situation.deeds {
            dossier = try LawTable.after(command, on: dossier, by: (actor, Self.start), rules).get()
        }
        return dossier
    }

    private func submission(_ situation: Situation) throws -> Submission {
        guard let body = CreditCode("11350100MADEM002X0") else { throw Fault.corrupt("the sample body has no code") }
        let code = "\(body.code)3000114111003"
        let terms = Terms(
            item: Terms.Item(
                implementationCode: code, handlingItemCode: nil, name: "示例事项",
                version: (1, String(repeating: "0", count: 64)),
                body: Terms.Body(body, name: "市人社局（示例）", region: .fuzhou)),
            limits: Terms.Limits(
                statutory: TimeLimit(20, .workingDays, article: "行政许可法第四十二条"),
                promised: TimeLimit(10, .workingDays, article: "承诺时限")),
            result: Terms.Result(certificateType: "11350100MADEM002X0001", name: "准予行政许可决定书", validityMonths: 36),
            materials: ["form", "licence"],
            procedure: ProcedureTerms(
                tolerable: ["licence"], commitment: .init(materials: ["licence"], verifyWithin: WorkingDays(20)),
                steps: situation.hasSteps ? Self.steps : nil))
        return Submission(
            terms: terms,
            way: Submission.Way(mode: situation.mode, delivery: .eCertificate, isCommitted: situation.isCommitted),
            parties: Submission.Parties(applicant: PersonID(Subject(high: 1, low: 1))),
            numbers: DossierNumbers(implementationCode: code, day: Self.start.day, serial: 1, shortSerial: 1),
            contents: Submission.Contents(
                materials: situation.materials.map { HandedIn($0, .paper) },
                personal: Submission.Personal(
                    applicant: ("示例申请人", "350102188501010019"), contactMobile: "13800000000", answers: [:],
                    files: ([:], "000000"))))
    }
}

extension LawSituations {
    private typealias Deeds = [(DossierCommand, Actor)]

    /// Every situation, in the order of a life.
    static var all: [Situation] {
        let received: Deeds = [(.receive, clerk)]
        let corrected: Deeds =
            received + [
                (.requestCorrection([MaterialDefect("licence", .expired)], note: ""), clerk),
                (.supplyCorrection([HandedIn("licence", .paper)]), applicant),
            ]
        let examined: Deeds = received + [(.accept, clerk)]
        let reviewed: Deeds = examined + [(.passReview(.grant, opinion: "符合"), reviewer)]
        let granted: Deeds = reviewed + [(.grant(grounds: "符合", certificate: certificate), decider)]
        let closed: Deeds =
            granted + [
                (.fileCertificate(certificate), .platform), (.issue(pickUpCode: ""), .platform),
                (.handOver(.electronic, recipient: ""), .platform), (.close, .platform),
            ]
        let told: Deeds = examined + [(.hearing(.tell(note: "涉及重大利益")), reviewer)]
        let asked: Deeds = told + [(.hearing(.request), applicant)]
        let tolerated: Deeds = [
            (.tolerance(.accept(lagging: ["licence"], days: 5, undertaking: .paper)), clerk)
        ]
        let committed: Deeds = [(.accept, clerk)]
        let onCommitment: Deeds = committed + [(.grant(grounds: "承诺", certificate: certificate), decider)]
        let revoke = LicenceCommand.end(.revoked(.fraud), sparesPublicInterest: true, note: "查明的事实")
        return [
            Situation("preReview", []),
            Situation(
                "preReviewReturned", [(.returnForPreReview([MaterialDefect("form", .incomplete)], note: ""), clerk)]),
            Situation("awaitingOriginals", [(.passPreReview, clerk)]),
            Situation("received", received), Situation("received · corrected", corrected),
            Situation("correctionRequested", Array(corrected.dropLast())),
            Situation("inReview", examined),
            Situation(
                "inReview · special", examined + [(.special(.begin(.inspection, days: 5, note: "核查")), reviewer)]),
            Situation("inReview · hearing told", told), Situation("inReview · hearing requested", asked),
            Situation("inReview · hearing scheduled", asked + [(.hearing(.schedule(LawTable.plan)), reviewer)]),
            Situation(
                "inReview · day of the hearing", asked + [(.hearing(.schedule(LawTable.plan)), reviewer)],
                now: Instant(LawTable.plan.day, hour: 9)),
            Situation(
                "inReview · extension requested",
                examined + [(.extend(.request(value: 5, note: "情况复杂")), reviewer)]),
            Situation(
                "inReview · extended", examined + [(.extend(.approve(value: 5, by: .head, note: "情况复杂")), head)]),
            Situation(
                "inReview · third party",
                examined + [(.party(.inform(name: "相邻业主", matter: "影响通行")), reviewer)]),
            Situation("inReview · tolerated", tolerated, mode: .fullyOnline, materials: ["form"]),
            Situation("inReview · committed", committed, mode: .fullyOnline, isCommitted: true, materials: ["form"]),
            Situation("inReview · promise past", examined, now: Instant(start.day.advanced(byDays: 20), hour: 9)),
            Situation("inReview · taken", examined + [(.handling(.take), reviewer)]),
            Situation("inReview · first of two steps", examined, hasSteps: true),
            Situation(
                "inReview · second of two steps", examined + [(.handling(.pass(opinion: "符合")), chair)],
                hasSteps: true),
            Situation("inReview · opinions asked", examined + [(.handling(LawTable.ask), reviewer)]),
            Situation("reviewed", reviewed), Situation("granted", granted),
            Situation("certified", Array(closed.dropLast(3))),
            Situation("refused", reviewed + [(.refuse(grounds: "不符合", standard: ""), decider)]),
            Situation("issued", Array(closed.dropLast(2))), Situation("handedOver", Array(closed.dropLast(1))),
            Situation("ended · closed", closed), Situation("ended · revoked", closed + [(.licence(revoke), decider)]),
            Situation(
                "granted · to verify", onCommitment, mode: .fullyOnline, isCommitted: true, materials: ["form"]),
            Situation("ended · withdrawn", [(.withdraw(note: ""), applicant)]),
        ]
    }
}
