import Vocabulary

/// What the limits come to, day by day.
extension LedgerWriter {
    /// The limits with their days.
    func runs() -> [ClockLedger.Run] { opened.map(run) }

    private func run(_ open: Open) -> ClockLedger.Run {
        let isDecision = open.limit == .statutory || open.limit == .promised
        let pauses = isDecision ? rules.pauses(of: dossier) : []
        let days = rules.clock.entries(open.length, after: open.startsAt, pauses: pauses, today: open.startsAt.day)
        var due = rules.clock.due(open.length, after: open.startsAt, pauses: pauses, today: open.startsAt.day)
        if open.limit.isForApplicant { due = due.untilMidnight }
        var moves = isDecision ? moves(open, pauses) : []
        if isDecision, let last = rules.lastDay(of: dossier), last < due.day {
            moves.append(ClockLedger.Move(cause: .expiry, event: 1, before: due.day, after: last))
            due = Due(day: last, isProvisional: false)
        }
        return ClockLedger.Run(
            limit: open.limit, startsAt: open.startsAt, startRule: open.rule, event: open.event, length: open.length,
            days: days.filter { $0.day <= max(due.day, open.startsAt.day) }, due: due, moves: moves,
            result: result(open, due, days), overrun: overrun(open))
    }

    private func overrun(_ open: Open) -> Overrun? {
        let limit: ClockLimit? =
            switch open.limit {
            case .promised: .promised
            case .statutory: .statutory
            default: nil
            }
        return rules.overruns(of: dossier).first { $0.limit == limit }
    }

    /// The end without anything that moved it, and then with each thing more.
    private func moves(_ open: Open, _ pauses: [Pause]) -> [ClockLedger.Move] {
        let extended = open.limit == .statutory ? dossier.proceedings.extended : nil
        let plain = open.length.longer(by: -(extended?.value ?? 0))
        let end = { (length: TimeLimit, pauses: [Pause]) in
            rules.clock.due(length, after: open.startsAt, pauses: pauses, today: open.startsAt.day).day
        }
        var (moves, before): ([ClockLedger.Move], CivilDate) = ([], end(plain, []))
        for (index, pause) in pauses.enumerated() {
            let after = end(plain, Array(pauses[...index]))
            let cause = pause.cause?.special.map { ClockLedger.Move.Cause.special($0) } ?? .hearing
            if after != before {
                moves.append(
                    ClockLedger.Move(cause: cause, event: pause.cause?.event ?? 0, before: before, after: after))
            }
            before = after
        }
        if let extended {
            moves.append(
                ClockLedger.Move(
                    cause: .extended, event: extended.event, before: before, after: end(open.length, pauses)))
        }
        return moves
    }

    private func result(_ open: Open, _ due: Due, _ days: [ClockEntry]) -> ClockLedger.Result {
        if let end = open.end {
            if !end.isDone && end.at < due.end { return .dropped(event: end.event, at: end.at) }
            return end.isDone && end.at < due.end
                ? .kept(event: end.event, at: end.at) : .missed(event: end.event, at: end.at)
        }
        guard now >= due.end else {
            return .running(left: days.filter { $0.day > now.day && $0.day <= due.day && $0.count != nil }.count)
        }
        let late = rules.clock.calendar.workingDays(from: due.day.advanced(byDays: 1), upTo: now.day)
        return .past(days: late.count + (rules.clock.calendar.isWorkingDay(now.day) ? 1 : 0))
    }
}
