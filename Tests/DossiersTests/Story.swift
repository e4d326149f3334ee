import Catalogue
import Dossiers
import Store
import Testing
import Vocabulary

/// A life of a dossier told in one line: `try Story().submit("11-19").accept("11-20").review("11-23")`.
/// Days are those of 2018, at nine in the morning, unless a whole date is given.
struct Story: Sendable {
    static let applicant = PersonID(Subject(high: 1, low: 1))
    static let clerk = Actor.staff(StaffID(Subject(high: 2, low: 1)))
    static let reviewer = Actor.staff(StaffID(Subject(high: 2, low: 2)))
    static let decider = Actor.staff(StaffID(Subject(high: 2, low: 3)))
    static let issuer = Actor.staff(StaffID(Subject(high: 2, low: 4)))
    static let assistant = Actor.staff(StaffID(Subject(high: 2, low: 9)))
    static let help = Assisting(applicant: applicant, authority: AssistanceID(Subject(high: 5, low: 1)))
    static let certificate = CertificateID(Subject(high: 3, low: 1))
    static let id = DossierID(Subject(high: 4, low: 1))

    let rules: DossierRules
    let mode: ServiceMode
    let delivery: DeliveryMode
    /// The door to which a courier brings the result.
    let door: PostalAddress?
    let terms: Terms
    private(set) var dossier: Dossier?
    private(set) var events: [DossierEvent] = []
    private(set) var history: [DossierTable.HistoryLine] = []

    init(
        _ mode: ServiceMode = .fullyOnline, delivery: DeliveryMode? = nil, hasAddress: Bool = true,
        makesCertificate: Bool = true,
        statutory: TimeLimit? = nil, promised: TimeLimit? = nil, procedure: ProcedureTerms? = nil,
        lights: LightBook = .usual
    ) throws {
        rules = DossierRules(clock: LegalClock(calendar: try .shipped()), lights: lights)
        self.mode = mode
        let usual: DeliveryMode = mode.allows(.counter) ? .counter : mode.result == .courier ? .courier : .eCertificate
        self.delivery = delivery ?? usual
        door =
            self.delivery == .courier && hasAddress
            ? try PostalAddress(
                recipient: "林晓榕", mobile: "13800000001", division: "350102", street: "古田路1号101室") : nil
        terms = try Self.terms(
            makesCertificate: makesCertificate, statutory: statutory, promised: promised, procedure: procedure)
    }

    static func terms(
        makesCertificate: Bool = true, statutory: TimeLimit? = nil, promised: TimeLimit? = nil,
        procedure: ProcedureTerms? = nil
    ) throws -> Terms {
        let body = try #require(CreditCode("11350100MADEM002X0"))
        return Terms(
            item: Terms.Item(
                implementationCode: "11350100MADEM002X03000114111003", handlingItemCode: nil, name: "特殊工时审批",
                version: (1, String(repeating: "0", count: 64)),
                body: Terms.Body(body, name: "市人社局（示例）", region: .fuzhou)),
            limits: Terms.Limits(
                statutory: statutory ?? TimeLimit(20, .workingDays, article: "行政许可法第四十二条"),
                promised: promised ?? TimeLimit(4, .workingDays, article: "承诺")),
            result: makesCertificate
                ? Terms.Result(certificateType: "11350100MADEM002X0001", name: "准予决定书", validityMonths: 36) : .none,
            materials: ["form", "licence"], procedure: procedure)
    }

    func submission(
        materials: [HandedIn]? = nil, serial: Int = 1, isCommitted: Bool = false, renewal: Renewal? = nil,
        personal: Submission.Personal? = nil
    ) -> Submission {
        Submission(
            terms: terms,
            way: Submission.Way(
                mode: mode, delivery: delivery, situation: ["first": "yes"],
                hall: mode.submission == .counter ? Region("350111") : nil, isCommitted: isCommitted,
                renewal: renewal),
            parties: Submission.Parties(applicant: Self.applicant),
            numbers: DossierNumbers(
                implementationCode: terms.implementationCode, day: Self.day("11-19"), serial: serial,
                shortSerial: serial),
            contents: Submission.Contents(
                materials: materials ?? [HandedIn("form", .paper), HandedIn("licence", .paper)],
                personal: personal
                    ?? Submission.Personal(
                        applicant: ("示例企业一", "91350100MADEM0054D"), contactMobile: "13800000000",
                        answers: ["headcount": "120"], files: ([:], "123456")
                    ).delivered(to: door)))
    }

    static func day(_ text: String) -> CivilDate {
        guard let day = CivilDate(text.utf8.count == 5 ? "2018-\(text)" : text) else {
            preconditionFailure("not a day: \(text)")
        }
        return day
    }

    static func at(_ text: String) -> Instant { Instant(day(text), hour: 9) }

    // Deeds.

    func submit(
        _ day: String, materials: [HandedIn]? = nil, isCommitted: Bool = false, renewal: Renewal? = nil,
        assisting: Assisting? = nil
    ) throws -> Story {
        var story = self
        let own = mode.submission == .counter ? Self.clerk : .person(Self.applicant)
        let actor = assisting == nil ? own : Self.assistant
        let events = try rules.begin(
            submission(materials: materials, isCommitted: isCommitted, renewal: renewal), at: Self.at(day),
            assisting: assisting)
        var dossier = try Dossier(Self.id, try #require(events.first), at: Self.at(day), by: actor)
        for event in events.dropFirst() { try dossier.apply(event, at: Self.at(day), by: actor) }
        story.dossier = dossier
        story.events = events
        story.note(events, at: Self.at(day), by: actor)
        return story
    }

    func perform(
        _ command: DossierCommand, _ day: String, by actor: Actor, standing: DeskStanding = .own
    ) throws -> Story {
        try perform(command, at: Self.at(day), by: actor, standing: standing)
    }

    func perform(
        _ command: DossierCommand, at now: Instant, by actor: Actor, standing: DeskStanding = .own
    ) throws -> Story {
        var story = self
        var dossier = try #require(dossier)
        let events = try rules.decide(command, on: dossier, by: actor, at: now, standing: standing)
        for event in events {
            try dossier.apply(event, at: now, by: event.isByLaw ? .platform : actor)
        }
        story.dossier = dossier
        story.events += events
        story.note(events, at: now, by: actor)
        return story
    }

    private mutating func note(_ events: [DossierEvent], at: Instant, by actor: Actor) {
        for event in events {
            history.append(
                DossierTable.HistoryLine(
                    sequence: history.count + 1, at: at, actor: event.isByLaw ? .platform : actor, event: event))
        }
    }

    func receive(_ day: String) throws -> Story { try perform(.receive, day, by: Self.clerk) }
    func passPreReview(_ day: String) throws -> Story { try perform(.passPreReview, day, by: Self.clerk) }
    func returnIt(_ day: String) throws -> Story {
        try perform(
            .returnForPreReview([MaterialDefect("form", .incomplete, .overlooked)], note: "缺签章"), day, by: Self.clerk)
    }
    func resubmit(_ day: String) throws -> Story {
        try perform(.resubmit([HandedIn("form", .paper)]), day, by: .person(Self.applicant))
    }
    func requestCorrection(_ day: String) throws -> Story {
        try perform(
            .requestCorrection([MaterialDefect("licence", .expired, .overlooked)], note: "执照已过期"), day, by: Self.clerk)
    }
    func correct(_ day: String) throws -> Story {
        try perform(.supplyCorrection([HandedIn("licence", .paper)]), day, by: .person(Self.applicant))
    }
    func accept(_ day: String) throws -> Story { try perform(.accept, day, by: Self.clerk) }
    func decline(_ day: String, _ ground: DeclineGround = .otherAuthority) throws -> Story {
        try perform(
            .decline(ground, authority: ground == .otherAuthority ? "福州市教育局" : "", note: "请向市教育局申请"), day,
            by: Self.clerk)
    }
    func review(_ day: String, by actor: Actor = reviewer) throws -> Story {
        try perform(.passReview(.grant, opinion: "材料齐全，符合条件"), day, by: actor)
    }
    func sendBack(_ day: String) throws -> Story {
        try perform(.returnToReviewer(note: "请核实人数"), day, by: Self.decider)
    }
    func grant(_ day: String, by actor: Actor = decider) throws -> Story {
        let certificate = terms.certificateType == nil ? nil : Self.certificate
        return try perform(.grant(grounds: "符合法定条件", certificate: certificate), day, by: actor)
    }
    func refuse(_ day: String) throws -> Story {
        try perform(.refuse(grounds: "不符合第三条规定的条件", standard: ""), day, by: Self.decider)
    }
    func file(_ day: String) throws -> Story { try perform(.fileCertificate(Self.certificate), day, by: .platform) }
    func issue(_ day: String) throws -> Story { try perform(.issue(pickUpCode: "204911"), day, by: .platform) }
    func handOver(_ day: String) throws -> Story {
        let proof: HandOverProof =
            delivery == .eCertificate ? .electronic : delivery == .courier ? .courier : .pickUpCode
        return try perform(
            .handOver(proof, recipient: "林一"), day, by: proof == .pickUpCode ? Self.issuer : .platform)
    }
    func close(_ day: String) throws -> Story { try perform(.close, day, by: .platform) }
    func tick(_ day: String) throws -> Story { try perform(.tick, day, by: .platform) }

    // What one asks of a story.

    var stage: Dossier.Stage.Name? { dossier?.stage.name }
    var due: CivilDate? { dossier.flatMap { rules.due(of: $0)?.day } }
    var statutoryDue: CivilDate? { dossier.flatMap { rules.statutoryDue(of: $0)?.day } }
}
