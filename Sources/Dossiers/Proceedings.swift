package import Vocabulary

/// What runs beside the stages of a dossier: procedures that stop its clock, extensions, what may follow, what is
/// verified afterwards, and the limits that passed.
package struct Proceedings: Hashable, Sendable {
    package private(set) var handling = Handling()
    /// When the handling clock started; nil before acceptance. It stays when the dossier has ended.
    package private(set) var acceptedFrom: Instant?
    package private(set) var special: [SpecialRecord] = []
    package private(set) var hearing: Hearing?
    /// How much more time the examiner asked the head for; nil when nothing waits for an answer.
    package private(set) var extensionRequest: Int?
    package private(set) var extended: Extension?
    package private(set) var parties: [InterestedParty] = []
    package private(set) var tolerance: Tolerance?
    /// Nil where nothing was promised, and before the decision.
    package private(set) var verification: Verification?
    /// When it is going to be verified; nil until the applicant was told.
    package private(set) var visit: Verification.Visit?
    package private(set) var licenceEnds: [LicenceEnd] = []
    /// The end of the promise of which the office was last reminded.
    package private(set) var remindedOf: CivilDate?
    /// The limits that passed, each with the day on which it ended.
    package private(set) var passed: [ClockLimit: CivilDate] = [:]
    /// What was said in public of limits that passed, the latest text of each.
    package private(set) var explanations: [ClockLimit: OverrunExplanation] = [:]

    mutating func apply(_ event: DossierEvent, number: Int, at: Instant, by actor: Actor) throws {
        try handling.apply(event, number: number, at: at, by: actor)
        switch event {
        case .accepted(let from, _): acceptedFrom = from
        case .special(let event): try special.apply(event, number: number, at: at)
        case .hearing(let event): hearing = try Hearing.after(event, hearing, number: number, at: at)
        case .extended(let event): apply(event, number: number, at: at, by: actor)
        case .party(let event): try parties.apply(event, at: at)
        case .tolerance(let event):
            tolerance = try Tolerance.after(event, tolerance, number: number, at: at)
        case .commitment(.verified(let isKept, _, _)): verification = isKept ? .kept(at) : .broken(at)
        case .commitment(.announced(let visit)): self.visit = visit
        case .licence(.ended(let end, _)): licenceEnds.append(end)
        case .clock(.nearing(let day)): remindedOf = day
        case .clock(.passed(let limit, let day)): passed[limit] = day
        case .overrun(.explained(let limit, let due, let note)):
            explanations[limit] = OverrunExplanation(
                due: due, at: at, by: actor.staff, event: number, text: note?.text)
        default: break
        }
    }

    mutating func awaitVerification() { verification = .due }

    private mutating func apply(_ event: ExtensionEvent, number: Int, at: Instant, by actor: Actor) {
        switch event {
        case .requested(let value, _): extensionRequest = value
        case .approved(let value, _, _):
            extensionRequest = nil
            extended = Extension(value: value, approver: actor.staff, at: at, event: number)
        case .denied: extensionRequest = nil
        }
    }

    /// Whether something runs whose result the decision must wait for.
    package var isPaused: Bool { !special.running.isEmpty || hearing.map { $0.endedAt == nil } ?? false }

    /// Materials that may still follow.
    package var lagging: [String] { tolerance?.lagging ?? [] }
}
