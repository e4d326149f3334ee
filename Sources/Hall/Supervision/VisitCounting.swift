import Store
package import Supervision
package import Vocabulary
package import Windows

extension CountedVisit {
    /// Counts a ticket that is over; nil for one that is not.
    package init?(_ trace: TicketTrace, sequence: Int) {
        guard trace.endedAt != nil, let last = trace.steps.last(where: { Self.ending($0.what) != nil }),
            let ending = Self.ending(last.what)
        else { return nil }
        let served = trace.steps.compactMap { step -> ServedDossier? in
            if case .served(let served) = step.what { served } else { nil }
        }
        let dossiers = { (deeds: Set<ServedDeed>) in
            Set(served.filter { deeds.contains($0.deed) }.map(\.dossier)).count
        }
        self.init(
            (trace.ticket.subject, trace.number, sequence),
            at: Place(
                hall: trace.hall.text, window: trace.steps.last { $0.window != nil }?.window ?? 0,
                need: trace.lastNeed.rawValue),
            takenAt: trace.takenAt,
            end: (ending, trace.steps.contains { $0.what == .called }),
            did: (
                Times(
                    waited: Int(trace.milliseconds(.waiting) / 1000), handled: Int(trace.milliseconds(.handling) / 1000)
                ),
                Deeds(intakes: dossiers([.intake, .originals]), handOvers: dossiers([.handOver]))
            ))
    }

    private static func ending(_ what: TicketTrace.What) -> Ending? {
        switch what {
        case .finished: .served
        case .cancelled: .cancelled
        case .lapsed: .lapsed
        default: nil
        }
    }
}

extension TicketTrace {
    /// What kind of window it was for at the end: a transfer changes it.
    fileprivate var lastNeed: Capability {
        for step in steps.reversed() {
            if case .transferred(let need, _) = step.what { return need }
        }
        return need
    }
}

/// Counts visits of tickets that are over, beside the figures of dossiers and with a mark of its own.
package struct VisitFollower: JournalFollower {
    private let hall: Hall

    package init(hall: Hall) {
        self.hall = hall
    }

    /// Goes on by at most `limit` entries; answers by how many.
    package func step(limit: Int = FigureTable.entriesMax) async throws -> Int {
        let now = hall.time.now()
        let (range, visits) = try await hall.store.read { tx in
            let start = try VisitTable.position(in: tx)
            let range = start..<max(start, min(try SealedLog.size(in: tx), start + limit))
            let heads = range.isEmpty ? [] : try SealedLog.heads(range, ofKinds: "windows.ticket-", in: tx)
            let visits = try heads.compactMap { head in
                let entries = try Journal.entries(of: head.subject, in: tx).prefix { $0.sequence <= head.sequence }
                return CountedVisit(try TicketTrace(Array(entries), now: now), sequence: head.sequence)
            }
            return (range, visits)
        }
        guard !range.isEmpty else { return 0 }
        let isDone = try await hall.store.write { tx in
            try VisitTable.count(visits, from: range, now: now, in: tx)
        }
        return isDone ? range.count : 0
    }

    /// Counts everything again from the first entry on.
    package func countAgain() async throws {
        try await hall.store.write { tx in try VisitTable.forget(in: tx) }
        try await follow()
    }
}

extension Hall {
    /// The queues of some months, on one snapshot.
    package struct QueueFigures: Sendable {
        package let now: QueueSums
        package let before: QueueSums
        package let byMonth: [QueueLine]
        package let byHall: [QueueLine]
        package let byWindow: [QueueLine]
        package let hours: [QueueHour]
        /// How long people waited, by hall.
        package let waits: [String: WaitCounts]
        package let halls: [ServiceHall]
    }

    /// The months in which somebody came to a hall; nil before anybody did.
    package func queueMonths() async throws -> ClosedRange<Month>? {
        try await store.read { tx in try VisitTable.months(in: tx) }
    }

    /// What was counted of queues; `before` is the span that it is compared with, `course` that of the line.
    package func queueFigures(
        _ query: QueueQuery, before: ClosedRange<Month>, course: ClosedRange<Month>
    ) async throws -> QueueFigures {
        try await store.read { tx in
            QueueFigures(
                now: try VisitTable.sums(query, in: tx), before: try VisitTable.sums(query.during(before), in: tx),
                byMonth: try VisitTable.lines(query.during(course), by: .month, in: tx),
                byHall: try VisitTable.lines(query, by: .hall, in: tx),
                byWindow: try VisitTable.lines(query, by: .window, in: tx),
                hours: try VisitTable.hours(query, in: tx), waits: try VisitTable.waits(query, in: tx),
                halls: try HallTable.halls(in: tx))
        }
    }

    /// The visits of a hall, in the order of their taking.
    package func queueVisits(
        _ query: QueueQuery, window: Int?, after cursor: VisitTable.VisitCursor?, limit: Int
    ) async throws -> [CountedVisit] {
        try await store.read { tx in
            try VisitTable.visits(query, window: window, after: cursor, limit: limit, in: tx)
        }
    }
}
