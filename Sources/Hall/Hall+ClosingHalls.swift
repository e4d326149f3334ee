import Store
import Vocabulary
import Windows

/// What the end of a day does to queues: tickets nobody called lapse, windows nobody closed are closed, and
/// appointments nobody came to are missed.
extension Hall {
    /// LIMIT: tickets, windows and appointments that one round ends.
    static let closingMax = 200
    /// Minutes after closing for which people who still wait may be called.
    package static let lateMinutes = 60

    /// Ends what is over by now; answers how many things it ended. Each is one transaction, and what was ended before
    /// is left alone.
    package func closeHalls() async throws -> Int {
        let stamp = stamp(of: .platform)
        return try await lapseTickets(stamp) + closeForgottenWindows(stamp) + missAppointments(stamp)
    }

    private func lapseTickets(_ stamp: Stamp) async throws -> Int {
        let today = stamp.now.day
        return try await store.write { tx in
            var left = try TicketTable.leftOpen(before: today, limit: Self.closingMax, in: tx)
            for hall in try HallTable.halls(in: tx) where isLate(hall.code, stamp.now) {
                // Whoever stands at a window is served to the end of the day.
                let waiting = try TicketTable.open(in: hall.code, in: tx).filter { $0.day == today && !$0.isServed }
                left += waiting.prefix(max(0, Self.closingMax - left.count))
            }
            for hall in Set(left.map(\.hall)).sorted() { _ = try TicketTable.touch(hall, in: tx) }
            for ticket in left {
                let after = try TicketRules.apply(.lapse, to: ticket, by: nil, at: stamp.now)
                try TicketTable.update(after, after: .lapse, stamp: stamp, in: tx)
            }
            return left.count
        }
    }

    /// Whether the hall has been closed for so long that nobody is called any more today.
    private func isLate(_ hall: HallCode, _ now: Instant) -> Bool {
        let closes = calendar(at: hall).officeHours(on: now.day)?.closes ?? 0
        return now.minuteOfDay >= closes + Self.lateMinutes
    }

    private func closeForgottenWindows(_ stamp: Stamp) async throws -> Int {
        try await store.write { tx in
            let windows = try WindowTable.forgotten(
                since: Instant(stamp.now.day), limit: Self.closingMax, in: tx)
            for hall in Set(windows.map(\.hall)).sorted() { _ = try TicketTable.touch(hall, in: tx) }
            for window in windows {
                try settleCount(of: window, isKnown: true, stamp: stamp, in: tx)
                try WindowTable.close(window, stamp: stamp, in: tx)
            }
            return windows.count
        }
    }

    private func missAppointments(_ stamp: Stamp) async throws -> Int {
        try await store.write { tx in
            let overdue = try AppointmentTable.overdue(at: stamp.now, limit: Self.closingMax, in: tx)
            for appointment in overdue {
                try AppointmentTable.end(appointment, as: .missed, stamp: stamp, in: tx)
            }
            return overdue.count
        }
    }
}

extension Ticket {
    /// Whether a window is at work for it, even while its holder fetches something.
    fileprivate var isServed: Bool {
        switch state {
        case .serving, .interrupted: true
        case .waiting, .called, .passed, .served, .cancelled, .lapsed: false
        }
    }
}
