package import Store
package import Vocabulary

/// The windows of the halls, and who sits there.
package enum WindowTable {
    private static let columns: StaticString = "id, hall, number, capabilities, shift, staff, since, paused_at"

    /// Adds a window. Refuses a hall that is not known, a number that is there already, and too many windows.
    package static func add(_ window: Window, stamp: Stamp, in tx: Transaction) throws {
        _ = try HallTable.hall(window.hall, in: tx)
        guard try windows(of: window.hall, in: tx).count < Window.perHallMax else { throw WindowRefusal.tooManyWindows }
        let isNew = try tx.changes(
            """
            INSERT INTO service_window (hall, number, id, capabilities)
            VALUES (\(window.hall.text), \(window.number), \(window.id), \(window.capabilityText))
            ON CONFLICT (hall, number) DO NOTHING
            """)
        guard isNew == 1 else { throw WindowRefusal.windowKnown }
        try WindowEntry.windowAdded.write(of: window.id.subject, WindowPart(window), stamp: stamp, in: tx)
    }

    /// Changes what a window can do. Refuses one at which somebody sits.
    package static func change(_ window: Window, stamp: Stamp, in tx: Transaction) throws {
        _ = try self.window(window.number, of: window.hall, in: tx)
        let changed = try tx.changes(
            """
            UPDATE service_window SET capabilities = \(window.capabilityText)
            WHERE hall = \(window.hall.text) AND number = \(window.number) AND staff IS NULL
            """)
        guard changed == 1 else { throw WindowRefusal.occupied }
        try WindowEntry.windowChanged.write(of: window.id.subject, WindowPart(window), stamp: stamp, in: tx)
    }

    /// Takes a window away. Refuses one at which somebody sits.
    package static func remove(_ number: Int, of hall: HallCode, stamp: Stamp, in tx: Transaction) throws {
        let window = try window(number, of: hall, in: tx)
        let changed = try tx.changes(
            "DELETE FROM service_window WHERE hall = \(hall.text) AND number = \(number) AND staff IS NULL")
        guard changed == 1 else { throw WindowRefusal.occupied }
        try WindowEntry.windowRemoved.write(of: window.id.subject, WindowPart(window), stamp: stamp, in: tx)
    }

    /// The window; refuses a number that the hall has not.
    package static func window(_ number: Int, of hall: HallCode, in tx: Transaction) throws -> Window {
        let row = try tx.row(
            "SELECT \(raw: columns) FROM service_window WHERE hall = \(hall.text) AND number = \(number)")
        guard let row else { throw WindowRefusal.windowNotFound }
        return try Window(row)
    }

    /// The windows of a hall, by number.
    package static func windows(of hall: HallCode, in tx: Transaction) throws -> [Window] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM service_window WHERE hall = \(hall.text)
            ORDER BY number LIMIT \(Window.perHallMax)
            """
        ).map(Window.init)
    }

    /// Where somebody sits; nil when she sits nowhere.
    package static func seat(of staff: StaffID, in tx: Transaction) throws -> Window? {
        let row = try tx.row("SELECT hall, number FROM window_seat WHERE staff = \(staff)")
        guard let row else { return nil }
        return try window(try row.integer(1), of: try row.value(0, HallCode.init), in: tx)
    }

    /// Who sits at a window, or sat there last; nil where nobody ever did.
    package static func lastSitting(at number: Int, of hall: HallCode, in tx: Transaction) throws -> StaffID? {
        try tx.row(
            """
            SELECT staff FROM window_shift WHERE hall = \(hall.text) AND number = \(number)
            ORDER BY id DESC LIMIT 1
            """
        )?.id(0)
    }

    /// Opens a window for somebody. Refuses one where somebody sits, and somebody who sits elsewhere.
    package static func open(
        _ number: Int, of hall: HallCode, for staff: StaffID, as shift: ShiftID, stamp: Stamp, in tx: Transaction
    ) throws {
        let window = try window(number, of: hall, in: tx)
        let isFree = try tx.changes(
            """
            INSERT INTO window_seat (staff, hall, number) VALUES (\(staff), \(hall.text), \(number))
            ON CONFLICT (staff) DO NOTHING
            """)
        guard isFree == 1 else { throw WindowRefusal.sitsElsewhere }
        let changed = try tx.changes(
            """
            UPDATE service_window SET shift = \(shift), staff = \(staff), since = \(stamp.now), paused_at = NULL
            WHERE hall = \(hall.text) AND number = \(number) AND staff IS NULL
            """)
        guard changed == 1 else { throw WindowRefusal.occupied }
        try tx.execute(
            """
            INSERT INTO window_shift (hall, id, number, staff, opened_at)
            VALUES (\(hall.text), \(shift), \(number), \(staff), \(stamp.now))
            """)
        let part = SittingPart(hall: hall, number: number, shift: shift, staff: staff, reason: nil)
        try WindowEntry.windowOpened.write(of: window.id.subject, part, stamp: stamp, in: tx)
    }

    /// Pauses, goes on (`reason` nil) at the window where somebody sits.
    package static func pause(_ window: Window, for reason: PauseReason?, stamp: Stamp, in tx: Transaction) throws {
        guard let sitting = window.sitting else { throw WindowRefusal.noSeat }
        let pausedAt = reason.map { _ in stamp.now }
        try tx.execute(
            """
            UPDATE service_window SET paused_at = \(pausedAt)
            WHERE hall = \(window.hall.text) AND number = \(window.number) AND shift = \(sitting.shift)
            """)
        let part = SittingPart(
            hall: window.hall, number: window.number, shift: sitting.shift, staff: sitting.staff,
            reason: reason?.rawValue)
        let entry: WindowEntry = reason == nil ? .windowResumed : .windowPaused
        try entry.write(of: window.id.subject, part, stamp: stamp, in: tx)
    }

    /// Closes the window where somebody sits.
    package static func close(_ window: Window, stamp: Stamp, in tx: Transaction) throws {
        guard let sitting = window.sitting else { throw WindowRefusal.noSeat }
        try tx.execute(
            """
            UPDATE service_window SET shift = NULL, staff = NULL, since = NULL, paused_at = NULL
            WHERE hall = \(window.hall.text) AND number = \(window.number) AND shift = \(sitting.shift)
            """)
        try tx.execute("DELETE FROM window_seat WHERE staff = \(sitting.staff)")
        try tx.execute(
            """
            UPDATE window_shift SET closed_at = \(stamp.now)
            WHERE hall = \(window.hall.text) AND id = \(sitting.shift)
            """)
        let part = SittingPart(
            hall: window.hall, number: window.number, shift: sitting.shift, staff: sitting.staff, reason: nil)
        try WindowEntry.windowClosed.write(of: window.id.subject, part, stamp: stamp, in: tx)
    }

    /// Windows that somebody opened before the instant and never closed.
    package static func forgotten(since instant: Instant, limit: Int, in tx: Transaction) throws -> [Window] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM service_window WHERE since < \(instant)
            ORDER BY since, hall, number LIMIT \(limit)
            """
        ).map(Window.init)
    }

    /// LIMIT: shifts of one hall that are looked at, the latest.
    package static let shiftsMax = 500

    /// The shifts of a hall that began in a span of time, in their order.
    package static func shifts(
        of hall: HallCode, from: Instant, upTo: Instant, in tx: Transaction
    ) throws -> [Shift] {
        try tx.rows(
            """
            SELECT id, number, staff, opened_at, closed_at FROM window_shift
            WHERE hall = \(hall.text) AND opened_at >= \(from) AND opened_at < \(upTo) ORDER BY id LIMIT \(shiftsMax)
            """
        ).map { row in
            Shift(
                id: try row.id(0), hall: hall, number: try row.integer(1), staff: try row.id(2),
                openedAt: try row.instant(3), closedAt: try row.optionalInstant(4))
        }
    }

    private struct WindowPart: Encodable {
        let hall: HallCode
        let number: Int
        let capabilities: [Capability]

        init(_ window: Window) {
            (hall, number, capabilities) = (window.hall, window.number, window.capabilities)
        }
    }

    private struct SittingPart: Encodable {
        let hall: HallCode
        let number: Int
        let shift: ShiftID
        let staff: StaffID
        let reason: String?
    }
}

extension Window {
    fileprivate var capabilityText: String { capabilities.map(\.rawValue).joined(separator: ",") }

    fileprivate init(_ row: Row) throws {
        let capabilities = try row.text(3).split(separator: ",").map { name in
            guard let capability = Capability(rawValue: String(name)) else {
                throw Fault.corrupt("a window that can do \(name)")
            }
            return capability
        }
        let shift: ShiftID? = try row.optionalID(4)
        let staff: StaffID? = try row.optionalID(5)
        var sitting: Sitting?
        if let shift, let staff, let since = try row.optionalInstant(6) {
            sitting = Sitting(shift, staff, since: since, pausedAt: try row.optionalInstant(7))
        }
        try self.init(
            try row.id(0), of: try row.value(1, HallCode.init), number: try row.integer(2),
            capabilities: capabilities, sitting: sitting)
    }
}
