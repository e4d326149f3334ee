import Dossiers
import Vocabulary

/// By when what must be done, and what silence does.
extension NaiveBook {
    /// A day and the moment at which it is too late.
    struct End: Equatable {
        let day: Day
        let moment: Second
        let isGuessed: Bool
    }

    /// What time does by itself.
    enum Silence: Equatable {
        case preReviewPassed, accepted(Second), lapsed, renewed, toleranceLapsed, waived, opinionsClosed
        case nearing(Day), passed(ClockLimit, Day), fellBack(Day)

        init?(_ event: DossierEvent) {
            switch event {
            case .preReviewPassed(true): self = .preReviewPassed
            case .accepted(let from, true): self = .accepted(from.naive)
            case .lapsed: self = .lapsed
            case .clock(.renewed): self = .renewed
            case .clock(.nearing(let day)): self = .nearing(day.naive)
            case .clock(.passed(let limit, let day)): self = .passed(limit, day.naive)
            case .tolerance(.lapsed): self = .toleranceLapsed
            case .hearing(.waived(true)): self = .waived
            case .handling(.fellBack(let day)): self = .fellBack(day.naive)
            case .handling(.closed): self = .opinionsClosed
            default: return nil
            }
        }
    }

    func end(_ limit: NaiveLimit, _ start: Second, stopped: [Range<Day>] = []) -> End {
        let day = limit.end(start, stopped: stopped)
        return End(
            day: day, moment: NaiveCalendar.shared.closing(day),
            isGuessed: NaiveCalendar.shared.isGuessed(start.day, day))
    }

    /// The same for the applicant, who has until midnight.
    func ends(_ days: Int, _ start: Second) -> End {
        let end = end(NaiveLimit(days), start)
        return End(day: end.day, moment: NaiveCalendar.shared.midnight(after: end.day), isGuessed: end.isGuessed)
    }

    /// From the notice up to the result, and never longer than was told.
    var stopped: [Range<Day>] {
        let calendar = NaiveCalendar.shared
        let range = { (from: Second, ended: Second?, told: Day) in
            let first = calendar.officeDay(from)
            let last = ended.map { min(calendar.officeDay($0), told) } ?? told
            return first..<max(first, last)
        }
        return stops.map { range($0.begun, $0.ended, $0.toldEnd) }
            + (talk.map { [range($0.told, $0.ended, $0.holdEnd ?? $0.requestEnd)] } ?? [])
    }

    /// The day on which the licence ends that silence would renew.
    var licenceEnd: Day? {
        guard let renewal = submitted.renewal, let complete else { return nil }
        let last = renewal.validUntil.naive
        return filed.day <= last - 30 && complete.day <= last ? last : nil
    }

    func start(_ limit: TimeLimit) -> Second? { limit.startsAt == .receipt ? complete : accepted?.from }

    func decision(_ limit: TimeLimit, more: Int = 0) -> End? {
        guard isExamined, let start = start(limit) else { return nil }
        let due = end(NaiveLimit(limit.value + more, limit.unit), start, stopped: stopped)
        guard let last = licenceEnd, last < due.day else { return due }
        return End(day: last, moment: NaiveCalendar.shared.midnight(after: last), isGuessed: false)
    }

    var promised: End? { decision(terms.promised) }
    var statutory: End? { decision(terms.statutory, more: extended?.value ?? 0) }
    var delivery: End? {
        guard case .decided(let at) = place else { return nil }
        return end(NaiveLimit(terms.delivery.count), at)
    }
    var verification: End? {
        guard mustVerify, let decided, let days = terms.procedure?.commitment?.verifyWithin else { return nil }
        return end(NaiveLimit(days.count), decided.at)
    }
    var stepEnd: End? {
        guard place == .examined, let step = currentStep, let arrived else { return nil }
        let own = step.sort == .preExamination ? min(step.ownDays?.count ?? 20, 20) : step.ownDays?.count
        return own.map { end(NaiveLimit($0), arrived, stopped: stopped) }
    }

    /// By when the authority must do what comes next.
    var due: End? {
        switch place {
        case .preReview(let since): end(NaiveLimit(1), since)
        case .received(let since): end(NaiveLimit(5), since)
        case .examined, .proposed: promised
        case .decided: delivery
        case .returned, .awaiting, .correction, .ready, .handed, .over: nil
        }
    }

    /// What time will do, in the order in which it comes when several things come at one moment.
    var silences: [(at: Second, what: Silence)] {
        switch place {
        case .preReview(let since): return [(end(NaiveLimit(1), since).moment, .preReviewPassed)]
        case .received(let since): return [(end(NaiveLimit(5), since).moment, .accepted(since))] + renewal
        case .correction(let since): return [(ends(terms.correction.count, since).moment, .lapsed)]
        case .examined, .proposed: return renewal + lagged + examination
        case .decided: return lagged + passes(.delivery, delivery) + passes(.verification, verification)
        case .returned, .awaiting: return []
        case .ready, .handed, .over: return passes(.verification, verification)
        }
    }

    /// The next thing that time will do.
    var next: (at: Second, what: Silence)? {
        silences.enumerated().min { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }?.element
    }

    private var renewal: [(at: Second, what: Silence)] {
        licenceEnd.map { [(NaiveCalendar.shared.midnight(after: $0), .renewed)] } ?? []
    }

    private var lagged: [(at: Second, what: Silence)] {
        guard let tolerance, !lagging.isEmpty else { return [] }
        return [(ends(tolerance.days, tolerance.at).moment, .toleranceLapsed)]
    }

    private func passes(_ limit: ClockLimit, _ end: End?) -> [(at: Second, what: Silence)] {
        guard let end, passed[limit].map({ $0 < end.day }) ?? true else { return [] }
        return [(end.moment, .passed(limit, end.day))]
    }

    private var examination: [(at: Second, what: Silence)] {
        var result: [(at: Second, what: Silence)] = []
        if let promised, reminded != promised.day { result.append((nearing(promised), .nearing(promised.day))) }
        result += passes(.promised, promised) + passes(.statutory, statutory) + passes(.step, stepEnd)
        if holder != nil, let promised, shared != promised.day {
            result.append((NaiveCalendar.shared.morning(2, before: promised.day), .fellBack(promised.day)))
        }
        if let round { result.append((NaiveCalendar.shared.midnight(after: round.until), .opinionsClosed)) }
        for stop in stops where stop.ended == nil { result += passes(.special, end(NaiveLimit(stop.told), stop.begun)) }
        if let talk, talk.ended == nil {
            if let requested = talk.requested {
                result += passes(.hearing, end(NaiveLimit(20), requested))
            } else {
                result.append((ends(5, talk.told).moment, .waived))
            }
        }
        return result
    }

    /// When little is left: a fifth of the promise in working days, at least one; of the office day one half.
    func nearing(_ end: End) -> Second {
        let calendar = NaiveCalendar.shared
        let (value, unit) = (terms.promised.value, terms.promised.unit)
        let days: Int? =
            switch unit {
            case _ where value == 0: nil
            case .workingDays: value
            case .calendarDays: value * 5 / 7
            case .months: value * 21
            case .hours, .minutes: nil
            }
        if let days { return calendar.morning(max(1, (days + 4) / 5), before: end.day) }
        let opening = end.day * 86_400 + NaiveCalendar.opens
        let (first, last) = (max(opening, start(terms.promised) ?? filed), calendar.closing(end.day))
        return first < last ? first + (last - first) / 2 : last
    }
}
