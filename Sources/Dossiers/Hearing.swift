package import Vocabulary

/// 听证 (行政许可法 arts 46-48): the right is told, a hearing is asked for within five working days, notice of time and
/// place is given seven working days ahead, it is held within twenty working days of the request, and the decision
/// rests on its record.
package struct Hearing: Hashable, Sendable {
    /// Working days in which whoever was told may ask for a hearing (art. 47).
    package static let requestWithin = WorkingDays(5)
    /// Working days from the request within which it is held (art. 47).
    package static let holdWithin = WorkingDays(20)
    /// Working days by which the notice comes before the hearing (art. 48(1)).
    package static let noticeAhead = WorkingDays(7)

    package let toldAt: Instant
    /// The event that told the right, by its number in the dossier.
    package let event: Int
    package fileprivate(set) var step: Step

    /// Where it stands.
    package enum Step: Hashable, Sendable {
        case told
        case requested(Instant)
        case scheduled(requestedAt: Instant, Plan)
        case held(requestedAt: Instant, Instant, Plan)
        /// Nobody asked within the time, or whoever might have asked said that she will not.
        case waived(Instant, bySilence: Bool)
    }

    /// When, where and under whom.
    package struct Plan: Hashable, Sendable, Codable {
        package let day: CivilDate
        /// Minutes since midnight in Fuzhou, 0...1439.
        package let minute: Int
        package let place: String
        /// Somebody who does not examine the application (art. 48(3)).
        package let chair: StaffID

        /// When it begins.
        package var at: Instant { Instant(day, hour: 0, minute: minute) }

        package init(day: CivilDate, minute: Int, place: String, chair: StaffID) {
            self.day = day
            self.minute = minute
            self.place = place
            self.chair = chair
        }
    }

    /// When it was over; nil while it is open.
    package var endedAt: Instant? {
        switch step {
        case .told, .requested, .scheduled: nil
        case .held(_, let at, _), .waived(let at, _): at
        }
    }

    /// Who conducts or conducted it.
    package var chair: StaffID? {
        switch step {
        case .scheduled(_, let plan), .held(_, _, let plan): plan.chair
        case .told, .requested, .waived: nil
        }
    }
}

/// What is wanted of a hearing.
package enum HearingCommand: Hashable, Sendable, Codable {
    /// Tells the applicant and those concerned that they may ask for a hearing, and on what.
    case tell(note: String)
    case request
    case waive
    /// Gives notice of time, place and chair; once more when it must be moved.
    case schedule(Hearing.Plan)
    /// Files the record, signed by those who were heard.
    case record(note: String)
}

/// What happened on the way to a hearing.
package enum HearingEvent: Hashable, Sendable {
    case told(DossierEvent.Note?)
    case requested
    case waived(bySilence: Bool)
    case scheduled(Hearing.Plan)
    case held(DossierEvent.Note?)
}

extension Hearing {
    /// The hearing after one more event; begins with `told`.
    static func after(_ event: HearingEvent, _ hearing: Hearing?, number: Int, at: Instant) throws -> Hearing {
        guard var hearing else {
            guard case .told = event else { throw Fault.corrupt("no hearing was told") }
            return Hearing(toldAt: at, event: number, step: .told)
        }
        switch (event, hearing.step) {
        case (.requested, .told): hearing.step = .requested(at)
        case (.waived(let bySilence), .told): hearing.step = .waived(at, bySilence: bySilence)
        case (.scheduled(let plan), .requested(let requestedAt)),
            (.scheduled(let plan), .scheduled(let requestedAt, _)):
            hearing.step = .scheduled(requestedAt: requestedAt, plan)
        case (.held, .scheduled(let requestedAt, let plan)):
            hearing.step = .held(requestedAt: requestedAt, at, plan)
        default: throw Fault.corrupt("\(event.kind) does not follow")
        }
        return hearing
    }
}

extension HearingEvent: DossierEventPart {
    private struct Silence: Codable { let bySilence: Bool }

    static let kinds = [
        "dossier.hearing-told", "dossier.hearing-requested", "dossier.hearing-waived", "dossier.hearing-scheduled",
        "dossier.hearing-held",
    ]

    var kind: String {
        switch self {
        case .told: Self.kinds[0]
        case .requested: Self.kinds[1]
        case .waived: Self.kinds[2]
        case .scheduled: Self.kinds[3]
        case .held: Self.kinds[4]
        }
    }

    var open: any Encodable {
        switch self {
        case .told, .requested, .held: Nothing()
        case .waived(let bySilence): Silence(bySilence: bySilence)
        case .scheduled(let plan): plan
        }
    }

    var personal: (any Encodable)? {
        switch self {
        case .told(let note), .held(let note): note
        case .requested, .waived, .scheduled: nil
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        switch kind {
        case Self.kinds[0]: self = .told(try parts.personal())
        case Self.kinds[1]: self = .requested
        case Self.kinds[2]: self = .waived(bySilence: (try parts.open() as Silence).bySilence)
        case Self.kinds[3]: self = .scheduled(try parts.open())
        case Self.kinds[4]: self = .held(try parts.personal())
        default: return nil
        }
    }
}
