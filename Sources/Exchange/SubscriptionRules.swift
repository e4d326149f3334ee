import Vocabulary

extension Subscription {
    /// Takes note of what a receiver answered.
    mutating func hear(_ answer: DeliveryAnswer, at now: Instant) {
        last = Last(at: now, name: answer.name, status: answer.status)
        if answer.isAccepted { (failures, failingSince) = (0, nil) }
    }

    /// Leaves a receiver in trouble alone: for so long as it asks for, or longer each time; for good where it wants
    /// nothing more; until somebody wakes it where it has been away for so many days. `roll` is any number.
    mutating func leaveAlone(because trouble: DeliveryAnswer, at now: Instant, _ terms: DeliveryTerms, roll: UInt64) {
        guard state == .active else { return }
        if trouble == .gone {
            state = .ended
            return
        }
        failures += 1
        let since = failingSince ?? now
        failingSince = since
        if now >= since.advanced(bySeconds: terms.daysDownMax * 86_400) { state = .asleep }
        var seconds = terms.pause(after: failures, max: terms.receiverSecondsMax, roll: roll)
        if case .overloaded(_, let asked?) = trouble { seconds = asked }
        pausedUntil = now.advanced(bySeconds: seconds)
    }
}
