import Dossiers
import Store
import Vocabulary

/// Chance with a memory: the same seed draws the same life.
struct LifeDice {
    private let dice: Dice

    init(_ seed: UInt64) { dice = Dice.seeded(seed &* 0x9E37_79B9 &+ 1) }

    func below(_ limit: Int) -> Int { Int(dice.roll() % UInt64(limit)) }
    func one(in number: Int) -> Bool { below(number) == 0 }
    func among(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }
    func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// What an item lays down, by chance.
struct LifeTerms {
    static let materials = ["form", "licence", "plan"]

    let dice: LifeDice

    private func limit(_ most: Int) -> TimeLimit {
        let units: [TimeLimit.Unit] = [.workingDays, .workingDays, .workingDays, .calendarDays, .months, .hours]
        let start: TimeLimit.Start = dice.one(in: 4) ? .receipt : .acceptance
        let unit = dice.pick(units)
        switch unit {
        case .months: return TimeLimit(dice.among(1...2), unit, from: start, article: "")
        case .hours: return TimeLimit(dice.among(1...60), unit, from: start, article: "")
        default: return TimeLimit(dice.one(in: 12) ? 0 : dice.among(1...most), unit, from: start, article: "")
        }
    }

    private var steps: [ReviewStep]? {
        guard dice.one(in: 2) else { return nil }
        let own = { dice.one(in: 2) ? WorkingDays(dice.below(6)) : nil }
        let sorts: [ReviewStep.Sort] = [.examination, .examination, .preExamination, .jointOpinion]
        return (1...dice.among(2...3)).map { number in
            ReviewStep(
                "step\(number)", names: ("步骤", "step"), number == 1 ? .examination : dice.pick(sorts), days: own())
        }
    }

    private var procedure: ProcedureTerms? {
        guard !dice.one(in: 4) else { return nil }
        let commitment = ProcedureTerms.CommitmentTerms(
            materials: ["licence"], verifyWithin: WorkingDays(dice.among(1...30)))
        return ProcedureTerms(
            authority: dice.pick([nil, .head, .government]), extensionMax: dice.pick([nil, nil, 3, 0]),
            tolerable: dice.pick([nil, ["plan"], ["licence", "plan"]]), commitment: dice.one(in: 2) ? commitment : nil,
            isLimited: dice.one(in: 4) ? true : nil, steps: steps)
    }

    func terms(makesCertificate: Bool) throws -> Terms {
        guard let body = CreditCode("11350100MADEM002X0") else { preconditionFailure("no body") }
        let statutory = limit(45)
        let promised = dice.one(in: 3) ? limit(20) : TimeLimit(dice.among(1...12), .workingDays, article: "")
        return Terms(
            item: Terms.Item(
                implementationCode: "11350100MADEM002X03000114111003", handlingItemCode: nil, name: "示例事项",
                version: (1, String(repeating: "0", count: 64)),
                body: Terms.Body(body, name: "示例机关", region: .fuzhou)),
            limits: Terms.Limits(
                statutory: statutory, promised: promised, delivery: WorkingDays(dice.pick([10, 10, 3, 0])),
                correction: WorkingDays(dice.pick([15, 15, 5]))),
            result: makesCertificate
                ? Terms.Result(certificateType: "11350100MADEM002X0001", name: "许可证", validityMonths: 36) : .none,
            materials: Self.materials, procedure: procedure)
    }

    private static let ways: [(ServiceMode, DeliveryMode)] = [
        (.fullyOnline, .eCertificate), (.preReviewThenCounter, .eCertificate), (.onlineThenCollect, .counter),
        (.nearestWindow, .counter), (.ordinary, .counter),
    ]

    /// An application on a day; what it renews runs out some time later.
    func submission(on day: CivilDate) throws -> Submission {
        let (mode, delivery) = dice.pick(Self.ways)
        let terms = try terms(makesCertificate: !dice.one(in: 4))
        let count = dice.pick([3, 3, 3, 2, 1])
        let renewal = Renewal(certificate: Story.certificate, validUntil: day.advanced(byDays: dice.among(0...120)))
        return Submission(
            terms: terms,
            way: Submission.Way(
                mode: mode, delivery: delivery, hall: mode.submission == .counter ? Region("350111") : nil,
                isCommitted: terms.procedure?.commitment != nil && dice.one(in: 2),
                renewal: dice.one(in: 5) ? renewal : nil),
            parties: Submission.Parties(applicant: Story.applicant),
            numbers: DossierNumbers(
                implementationCode: terms.implementationCode, day: day, serial: 1, shortSerial: 1),
            contents: Submission.Contents(
                materials: Self.materials.prefix(count).map { HandedIn($0, .paper) },
                personal: Submission.Personal(
                    applicant: ("示例企业一", "91350100MADEM0054D"), contactMobile: "13800000000", answers: [:],
                    files: ([:], "123456"))))
    }
}
