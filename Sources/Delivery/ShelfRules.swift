package import Vocabulary

/// What may become of a result that lies ready.
package enum ShelfDeed: Hashable, Sendable {
    /// Somebody puts it there, or moves it there.
    case place(ShelfPlace)
    /// The applicant is reminded, the first time or the second.
    case remind
    case archive
    /// It is gone: handed over, or the case ended otherwise.
    case leave
    /// A courier is on the way: time looks again later.
    case wait(until: Instant)
}

/// The rules of the shelf: a result and a deed, the result afterwards or a refusal.
package enum ShelfRules {
    /// The result after a deed.
    package static func apply(
        _ deed: ShelfDeed, to kept: KeptResult, at now: Instant, _ terms: ShelfTerms = .usual
    ) throws(ShelfRefusal) -> KeptResult {
        guard kept.state != .left else { throw .gone }
        var after = kept
        switch deed {
        case .place(let place):
            guard kept.place != place else { throw .alreadyThere }
            // Whoever takes it out of the archive puts it on a shelf again; it was reminded of often enough.
            if kept.state == .archived { (after.state, after.stateAt) = (.remindedAgain, now) }
            (after.place, after.hall) = (place, place.hall)
        case .remind:
            switch kept.state {
            case .waiting: after.state = .reminded
            case .reminded: after.state = .remindedAgain
            case .remindedAgain, .archived, .left: throw .remindedTwice
            }
            after.stateAt = now
        case .archive:
            guard kept.state == .remindedAgain else { throw .notReminded }
            (after.state, after.stateAt, after.place) = (.archived, now, nil)
        case .leave: (after.state, after.stateAt, after.place) = (.left, now, nil)
        case .wait(let until):
            after.nextAt = until
            return after
        }
        after.nextAt = next(after: after, terms)?.at
        return after
    }

    /// What time does to it next, and when; nil when nothing. A step is never nearer to the one before than the terms
    /// say, so that a house that stood still for a month does not remind twice in a minute.
    package static func next(after kept: KeptResult, _ terms: ShelfTerms) -> (deed: ShelfDeed, at: Instant)? {
        // What a courier carries is not waited for here.
        guard kept.matter.delivery.carrier == .hall else { return nil }
        let days: (since: Instant, Int)
        let deed: ShelfDeed
        switch kept.state {
        case .waiting: (deed, days) = (.remind, (kept.readyAt, terms.remindAfterDays))
        case .reminded: (deed, days) = (.remind, (kept.stateAt, terms.remindAgainAfterDays - terms.remindAfterDays))
        case .remindedAgain:
            (deed, days) = (.archive, (kept.stateAt, terms.archiveAfterDays - terms.remindAgainAfterDays))
        case .archived, .left: return nil
        }
        return (deed, days.since.advanced(bySeconds: Int64(days.1) * 86_400))
    }
}
