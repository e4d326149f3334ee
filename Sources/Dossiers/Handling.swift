package import Vocabulary

/// The way of a dossier from desk to desk while it is examined: at which step it is, with whom it lies, who was asked.
package struct Handling: Hashable, Sendable {
    /// The step's id; nil before the first one is passed.
    package private(set) var step: String?
    /// When it came to the step, or to the decision.
    package private(set) var since: Instant?
    /// With whom it lies; nil while it is in the pool of its desk.
    package private(set) var holder: StaffID?
    package private(set) var heldSince: Instant?
    /// The end of the promise before which it came back into everybody's view.
    package private(set) var sharedFor: CivilDate?
    /// The last day on which each urged.
    package private(set) var urgedOn: [Actor: CivilDate] = [:]
    /// Whether somebody urged since the last step.
    package private(set) var isUrged = false
    /// 回避: they neither review nor decide it.
    package private(set) var excused: [StaffID] = []
    /// Who passed a step of the examination, in person or in whose place somebody did; none of them decides it.
    package private(set) var examiners: [StaffID] = []
    package private(set) var rounds: [OpinionRound] = []
    /// 帮办代办: staff who did something in it for the applicant; none of them receives, examines or decides it.
    package private(set) var assistants: [StaffID] = []
    /// The number of the event that such a member of staff does for the applicant.
    private var assisted: Int?
    /// In whose place the event of that number was done.
    private var acted: Place?

    private struct Place: Hashable { let principal: StaffID; let before: Int }

    mutating func apply(_ event: DossierEvent, number: Int, at: Instant, by actor: Actor) throws {
        switch event {
        case .accepted: arrive(at: at)
        case .reviewPassed, .handling(.passed):
            note([actor.staff, acted.flatMap { $0.before == number ? $0.principal : nil }])
            if case .handling(.passed(_, let next, _)) = event { step = next }
            arrive(at: at)
        case .returnedToReviewer: arrive(at: at)
        case .handling(let event): try apply(event, number: number, at: at, by: actor)
        case .granted, .refused, .withdrawn, .terminated, .clock(.renewed), .tolerance(.lapsed): leave()
        default: break
        }
    }

    private mutating func apply(_ event: HandlingEvent, number: Int, at: Instant, by actor: Actor) throws {
        switch event {
        case .passed: break
        case .sentBack(_, let to, _):
            step = to
            arrive(at: at)
        case .taken: hold(actor.staff, at: at)
        case .assigned(let staff, _, _): hold(staff, at: at)
        case .givenBack: hold(nil, at: at)
        case .urged:
            urgedOn[actor] = at.day
            isUrged = true
        case .recused(let staff, _, _):
            excused.append(staff)
            if holder == staff { hold(nil, at: at) }
        case .asked(let asked, let until, _): rounds.ask(asked, until: until, number: number)
        case .answered(let respondent, let answer, _):
            try rounds.answer(
                OpinionRound.Given(respondent: respondent, answer: answer, by: actor.staff, at: at))
        case .closed(let silent, let next):
            try rounds.close(silent: silent, at: at)
            if let next {
                step = next
                arrive(at: at)
            }
        case .fellBack(let day): sharedFor = day
        case .actedFor(let principal): acted = Place(principal: principal, before: number + 1)
        case .assisted:
            assisted = number + 1
            if let staff = actor.staff, !assistants.contains(staff) { assistants.append(staff) }
        }
    }

    /// Whether the event of that number is the applicant's own, done for her by a member of staff.
    func isAssisted(_ number: Int) -> Bool { assisted == number }

    /// At the next desk it lies with nobody yet.
    private mutating func arrive(at: Instant) {
        since = at
        isUrged = false
        hold(nil, at: at)
    }

    private mutating func leave() {
        isUrged = false
        (holder, heldSince) = (nil, nil)
    }

    private mutating func hold(_ staff: StaffID?, at: Instant) {
        holder = staff
        heldSince = staff.map { _ in at }
    }

    private mutating func note(_ staff: [StaffID?]) {
        for one in staff.compactMap(\.self) where !examiners.contains(one) { examiners.append(one) }
    }
}
