import Dossiers
import Vocabulary

/// The ledger of the product beside the books kept by hand.
struct NaiveLedger {
    let book: NaiveBook
    let now: Second

    /// What is wrong with a ledger; nil when it says what the books say.
    func complaint(_ ledger: ClockLedger) -> String? {
        guard ledger.runs.map(\.limit) == book.runs.map(\.limit) else {
            return "the ledger has \(ledger.runs.map(\.limit)), the books \(book.runs.map(\.limit))"
        }
        for (run, mine) in zip(ledger.runs, book.runs) {
            if let complaint = complaint(run, mine) { return "\(mine.limit) of line \(mine.event): \(complaint)" }
        }
        return nil
    }

    private func complaint(_ run: ClockLedger.Run, _ mine: NaiveRun) -> String? {
        guard run.startsAt.naive == mine.start, run.event == mine.event else { return "starts at \(run.startsAt)" }
        let length = book.length(mine)
        guard run.length.value == length.value, run.length.unit == length.unit else { return "length \(run.length)" }
        let (counted, day) = length.count(mine.start, stopped: mine.isDecision ? book.stopped : [])
        let end = end(mine, day)
        guard run.due.day.naive == end.day, run.due.end.naive == end.moment, run.due.isProvisional == end.isGuessed
        else { return "ends on \(run.due.day) and not on \(CivilDate(daysSinceEpoch: end.day))" }
        let last = max(end.day, mine.start.day)
        guard run.days.filter({ $0.count != nil }).map(\.day.naive) == counted.filter({ $0 <= last }) else {
            return "counts \(run.days.filter { $0.count != nil }.map(\.day))"
        }
        let numbers = run.days.compactMap(\.count)
        guard numbers == numbers.indices.map({ $0 + 1 }) else { return "numbers \(numbers)" }
        guard run.days.map(\.day.naive) == Array(mine.start.day...last) else { return "leaves days out" }
        return moves(run, mine, end) ?? result(run, mine, end, counted.filter { $0 <= last })
    }

    private func end(_ mine: NaiveRun, _ day: Day) -> NaiveBook.End {
        let calendar = NaiveCalendar.shared
        if mine.isDecision, let last = book.licenceEnd, last < day {
            return NaiveBook.End(day: last, moment: calendar.midnight(after: last), isGuessed: false)
        }
        let moment = mine.isForApplicant ? calendar.midnight(after: day) : calendar.closing(day)
        return NaiveBook.End(day: day, moment: moment, isGuessed: calendar.isGuessed(mine.start.day, day))
    }

    /// From the end that nothing moved to the end there is, each step from where the one before arrived.
    private func moves(_ run: ClockLedger.Run, _ mine: NaiveRun, _ end: NaiveBook.End) -> String? {
        let plain = mine.isDecision ? mine.length.end(mine.start) : end.day
        let chain = [plain] + run.moves.map(\.after.naive)
        guard run.moves.map(\.before.naive) == Array(chain.dropLast()), chain.last == end.day else {
            return "moves \(run.moves)"
        }
        let causes = book.stops.map(\.event) + (book.extended.map { [$0.event] } ?? []) + [1]
        let isKnown = run.moves.allSatisfy { $0.cause == .hearing || causes.contains($0.event) }
        return isKnown ? nil : "moved by \(run.moves.map(\.event))"
    }

    private func result(_ run: ClockLedger.Run, _ mine: NaiveRun, _ end: NaiveBook.End, _ counted: [Day]) -> String? {
        let calendar = NaiveCalendar.shared
        let expected: ClockLedger.Result
        switch mine.end {
        case .some(let done):
            let at = Instant(milliseconds: Int64(done.at - 8 * 3600) * 1000)
            let isInTime = done.at < end.moment
            expected =
                !isInTime
                ? .missed(event: done.event, at: at)
                : done.isDone ? .kept(event: done.event, at: at) : .dropped(event: done.event, at: at)
        case nil where now < end.moment: expected = .running(left: counted.count { $0 > now.day })
        case nil:
            let late = now.day > end.day ? ((end.day + 1)...now.day).count { calendar.works($0) } : 0
            // Past on its own last day, after the office has closed, that day is the one by which it is late.
            expected = .past(days: late + (now.day == end.day && calendar.works(now.day) ? 1 : 0))
        }
        return run.result == expected ? nil : "stands at \(run.result) and not at \(expected)"
    }
}
