import Dossiers
import Vocabulary

/// The light as the time of day shows it, whatever was written down of it.
extension NaiveBook {
    /// The light at a moment at which time has done what it does.
    func light(_ now: Second) -> Light? {
        guard let due else { return nil }
        let isBroken = rulesBroken(now)
        guard isExamined else {
            if let delivery, delivery.moment <= now { return .statutory }
            return isBroken || wasLate(now) ? .red : .green
        }
        if let statutory, statutory.moment <= now { return .statutory }
        if due.moment <= now || isBroken { return .red }
        let isLate = stepEnd.map { $0.moment <= now } ?? false
        let tookLonger = stops.contains { end(NaiveLimit($0.told), $0.begun).moment <= $0.ended ?? now }
        return isLate || tookLonger || nearing(due) <= now ? .yellow : .green
    }

    /// What stays broken whatever comes after: silence, an inspection that began late, a hearing that was held late.
    private func rulesBroken(_ now: Second) -> Bool {
        guard let accepted else { return false }
        if accepted.bySilence { return true }
        if decided != nil, passed[.hearing] != nil { return true }
        if isExamined, let talk, let requested = talk.requested,
            end(NaiveLimit(20), requested).moment <= talk.ended ?? now
        {
            return true
        }
        return stops.contains { stop in
            [.inspection, .testing, .quarantine].contains(stop.procedure)
                && stop.begun.day > NaiveLimit(5).end(accepted.written)
        }
    }

    /// Whether the promise, the law, a told time or the verification was passed before the decision or since.
    private func wasLate(_ now: Second) -> Bool {
        guard decided != nil else { return false }
        if [.promised, .statutory, .special].contains(where: { passed[$0] != nil }) { return true }
        if passed[.verification] != nil { return true }
        return mustVerify && (verification.map { $0.moment <= now } ?? false)
    }
}
