package import Store
package import Vocabulary

/// The queues of the halls. Whatever changes one raises its revision first: that is what screens watch, and it lets the
/// windows of a hall call one after the other, so that each sees what the others have called. That none is called twice
/// rests on the journal: each deed is the ticket's next entry, and there is one of each number.
package enum TicketTable {
    /// LIMIT: tickets that wait or are at a window in one hall.
    package static let openMax = 3000

    static let migration = Migration(
        "windows.002-tickets",
        tables: [
            Table(
                "hall_queue", .distributed(by: "hall"),
                columns: "hall TEXT NOT NULL PRIMARY KEY, revision BIGINT NOT NULL"),
            Table(
                "ticket", .distributed(by: "hall"),
                columns: """
                    hall TEXT NOT NULL, id BYTEA NOT NULL, day BIGINT NOT NULL, letter TEXT NOT NULL,
                    serial BIGINT NOT NULL, need TEXT NOT NULL, origin TEXT NOT NULL, item TEXT, person BYTEA,
                    priority TEXT, appointment BYTEA, begins BIGINT, taken_at BIGINT NOT NULL,
                    order_at BIGINT NOT NULL, order_of BYTEA NOT NULL, is_behind BIGINT NOT NULL,
                    state TEXT NOT NULL, number BIGINT, reserved_for BIGINT, calls BIGINT NOT NULL,
                    has_rejoined BIGINT NOT NULL, turn_at BIGINT, was_favoured BIGINT, called_at BIGINT,
                    started_at BIGINT, ended_at BIGINT, is_over BIGINT NOT NULL, revision BIGINT NOT NULL,
                    PRIMARY KEY (hall, id)
                    """,
                indexes: [
                    "UNIQUE ticket_by_number ON ticket (hall, day, letter, serial)",
                    "ticket_open ON ticket (hall, is_over, order_at, id)",
                    "ticket_by_turn ON ticket (hall, day, need, turn_at, id)",
                    "ticket_by_call ON ticket (hall, day, called_at, id)",
                    "ticket_by_person ON ticket (person, day, id)",
                    "ticket_left_open ON ticket (is_over, day, hall, id)",
                ]),
        ])

    static let columns: StaticString = """
        id, hall, day, letter, serial, need, origin, item, person, priority, appointment, begins, taken_at, order_at,
        state, number, reserved_for, calls, has_rejoined, turn_at, was_favoured, called_at, started_at, ended_at,
        revision, order_of, is_behind
        """

    /// Raises the queue's revision and answers it. Whoever changes the queue does this first.
    package static func touch(_ hall: HallCode, in tx: Transaction) throws -> Int {
        let row = try tx.row(
            """
            INSERT INTO hall_queue (hall, revision) VALUES (\(hall.text), 1)
            ON CONFLICT (hall) DO UPDATE SET revision = hall_queue.revision + 1 RETURNING revision
            """)
        guard let row else { throw Fault.corrupt("a queue without a revision") }
        return try row.integer(0)
    }

    /// The queue's revision; nought where nothing has happened yet.
    package static func revision(of hall: HallCode, in tx: Transaction) throws -> Int {
        try tx.row("SELECT revision FROM hall_queue WHERE hall = \(hall.text)")?.integer(0) ?? 0
    }

    /// Writes a new ticket with the next number of its letter.
    package static func add(_ taking: TicketTaking, as id: TicketID, stamp: Stamp, in tx: Transaction) throws -> Ticket
    {
        let day = stamp.now.day
        let serial = try Serials.take(
            1, of: "ticket-\(taking.hall)-\(taking.need.letter)", period: day.daysSinceEpoch, in: tx)
        let ticket = taking.ticket(id, serial: serial, at: stamp.now)
        try tx.execute(
            """
            INSERT INTO ticket (hall, id, day, letter, serial, need, origin, item, person, priority, appointment,
                begins, taken_at, order_at, order_of, is_behind, state, calls, has_rejoined, is_over, revision)
            VALUES (\(ticket.hall.text), \(id), \(day), \(ticket.letter), \(serial), \(ticket.need.rawValue),
                \(ticket.origin.rawValue), \(ticket.itemCode), \(ticket.person), \(ticket.priority?.rawValue),
                \(ticket.booking?.appointment), \(ticket.booking?.begins), \(stamp.now), \(stamp.now), \(id), 0,
                \(ticket.state.name), 0, 0, 0, 1)
            """)
        try WindowEntry.ticketTaken.write(of: id.subject, TakenPart(ticket), numbered: 1, stamp: stamp, in: tx)
        return ticket
    }

    /// Writes what a deed made of a ticket; of a finished one what it took, too.
    package static func update(_ ticket: Ticket, after deed: TicketDeed, stamp: Stamp, in tx: Transaction) throws {
        let part = DeedPart(ticket, deed)
        try deed.entry.write(of: ticket.id.subject, part, numbered: ticket.revision, stamp: stamp, in: tx)
        let changed = try tx.changes(
            """
            UPDATE ticket SET need = \(ticket.need.rawValue), order_at = \(ticket.place.at),
                order_of = \(ticket.place.ticket), is_behind = \(ticket.place.isBehind),
                state = \(ticket.state.name), number = \(ticket.window), reserved_for = \(ticket.reservedFor),
                calls = \(ticket.calls), has_rejoined = \(ticket.hasRejoined), turn_at = \(ticket.turnAt),
                was_favoured = \(ticket.wasFavoured), called_at = \(ticket.calledAt),
                started_at = \(ticket.startedAt), ended_at = \(ticket.endedAt), is_over = \(ticket.isOver),
                revision = \(ticket.revision)
            WHERE hall = \(ticket.hall.text) AND id = \(ticket.id) AND revision = \(ticket.revision - 1)
            """)
        guard changed == 1 else { throw QueueRefusal.calledElsewhere }
        guard deed == .finish else { return }
        let entries = try Journal.entries(of: ticket.id.subject, in: tx)
        try EffortTable.count(try TicketTrace(entries, now: stamp.now), in: tx)
    }

    /// The ticket; refuses one that the hall does not know.
    package static func ticket(_ id: TicketID, of hall: HallCode, in tx: Transaction) throws -> Ticket {
        let row = try tx.row("SELECT \(raw: columns) FROM ticket WHERE hall = \(hall.text) AND id = \(id)")
        guard let row else { throw QueueRefusal.ticketNotFound }
        return try Ticket(row)
    }

    /// Everything in a hall that is not over, roughly by its place.
    package static func open(in hall: HallCode, in tx: Transaction) throws -> [Ticket] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM ticket WHERE hall = \(hall.text) AND is_over = 0
            ORDER BY order_at, id LIMIT \(openMax)
            """
        ).map(Ticket.init)
    }

    /// How many favoured tickets were called in a row last, for what a window does; counted no further than `limit`.
    package static func favouredRun(
        _ needs: [Capability], of hall: HallCode, on day: CivilDate, limit: Int, in tx: Transaction
    ) throws -> Int {
        var last: [(turn: Instant, wasFavoured: Bool)] = []
        for need in needs {
            let rows = try tx.rows(
                """
                SELECT turn_at, was_favoured FROM ticket
                WHERE hall = \(hall.text) AND day = \(day) AND need = \(need.rawValue) AND turn_at IS NOT NULL
                ORDER BY turn_at DESC, id DESC LIMIT \(limit)
                """)
            last += try rows.map { (try $0.instant(0), try $0.bool(1)) }
        }
        return last.sorted { $0.turn > $1.turn }.prefix(limit).prefix { $0.wasFavoured }.count
    }

    /// Seconds that the latest matters of a kind took, from the call to the end.
    package static func measured(
        _ need: Capability, of hall: HallCode, on day: CivilDate, in tx: Transaction
    ) throws -> [Int64] {
        try tx.rows(
            """
            SELECT turn_at, ended_at FROM ticket
            WHERE hall = \(hall.text) AND day = \(day) AND need = \(need.rawValue) AND turn_at IS NOT NULL
                AND state = 'served' ORDER BY turn_at DESC, id DESC LIMIT \(WaitRules.measuredMax)
            """
        ).map { row in
            guard let ended = try row.optionalInstant(1) else { throw Fault.corrupt("a served ticket without an end") }
            return (ended.milliseconds - (try row.instant(0)).milliseconds) / 1000
        }
    }

    /// The latest calls of a day, the last first.
    package static func lastCalls(
        of hall: HallCode, on day: CivilDate, limit: Int, in tx: Transaction
    ) throws -> [Ticket] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM ticket
            WHERE hall = \(hall.text) AND day = \(day) AND called_at IS NOT NULL
            ORDER BY called_at DESC, id DESC LIMIT \(limit)
            """
        ).map(Ticket.init)
    }

    /// The tickets of a hall on a day in the order of their numbers, those after a number where one is given.
    package static func tickets(
        of hall: HallCode, on day: CivilDate, after: (letter: String, serial: Int)? = nil, limit: Int,
        in tx: Transaction
    ) throws -> [Ticket] {
        let (letter, serial) = after ?? ("", 0)
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM ticket
            WHERE hall = \(hall.text) AND day = \(day)
                AND (letter > \(letter) OR letter = \(letter) AND serial > \(serial))
            ORDER BY letter, serial, id LIMIT \(limit)
            """
        ).map(Ticket.init)
    }

    /// LIMIT: tickets of one person on one day that are looked at.
    private static let perPersonMax = 50

    /// The tickets of somebody on a day, in any hall, the latest first.
    package static func tickets(of person: PersonID, on day: CivilDate, in tx: Transaction) throws -> [Ticket] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM ticket WHERE person = \(person) AND day = \(day)
            ORDER BY id DESC LIMIT \(perPersonMax)
            """
        ).map(Ticket.init)
    }

    /// Tickets of earlier days that are not over, the oldest first.
    package static func leftOpen(before day: CivilDate, limit: Int, in tx: Transaction) throws -> [Ticket] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM ticket WHERE is_over = 0 AND day < \(day)
            ORDER BY day, hall, id LIMIT \(limit)
            """
        ).map(Ticket.init)
    }
}

private struct TakenPart: Encodable {
    let hall: HallCode
    let number: String
    let need: Capability
    let origin: Ticket.Origin
    let item: String?
    let person: PersonID?
    let priority: PriorityGround?
    let appointment: AppointmentID?

    init(_ ticket: Ticket) {
        (hall, number, need, origin) = (ticket.hall, ticket.number, ticket.need, ticket.origin)
        (item, person, priority) = (ticket.itemCode, ticket.person, ticket.priority)
        appointment = ticket.booking?.appointment
    }
}

private struct DeedPart: Encodable {
    let hall: HallCode
    let state: String
    let window: Int?
    let need: Capability
    let reservedFor: Int?
    let calls: Int
    let dossier: DossierID?
    let item: String?
    let deed: ServedDeed?

    init(_ ticket: Ticket, _ deed: TicketDeed) {
        (hall, state, window) = (ticket.hall, ticket.state.name, ticket.window)
        (need, reservedFor, calls) = (ticket.need, ticket.reservedFor, ticket.calls)
        let served: ServedDossier? = if case .serve(let served) = deed { served } else { nil }
        (dossier, item, self.deed) = (served?.dossier, served?.itemCode, served?.deed)
    }
}

extension Ticket {
    init(_ row: Row) throws {
        let begins = try row.optionalInstant(11)
        let appointment: AppointmentID? = try row.optionalID(10)
        guard let state = State(try row.text(14), window: try row.optionalInteger(15)) else {
            throw Fault.corrupt("a ticket in no state")
        }
        self.init(
            id: try row.id(0), hall: try row.value(1, HallCode.init), day: try row.day(2), serial: try row.integer(4),
            need: try row.value(5, Capability.init), letter: try row.text(3), origin: try row.value(6, Origin.init),
            itemCode: try row.optionalText(7), person: try row.optionalID(8),
            priority: try row.optionalText(9).map(Self.ground),
            booking: appointment.flatMap { id in begins.map { Booking(id, begins: $0) } },
            takenAt: try row.instant(12),
            place: Place(try row.instant(13), of: try row.id(25), isBehind: try row.bool(26)), state: state,
            reservedFor: try row.optionalInteger(16), calls: try row.integer(17), hasRejoined: try row.bool(18),
            turnAt: try row.optionalInstant(19), wasFavoured: try row.optionalInteger(20).map { $0 == 1 },
            calledAt: try row.optionalInstant(21), startedAt: try row.optionalInstant(22),
            endedAt: try row.optionalInstant(23), revision: try row.integer(24))
    }

    private static func ground(_ name: String) throws -> PriorityGround {
        guard let ground = PriorityGround(rawValue: name) else { throw Fault.corrupt("a priority for \(name)") }
        return ground
    }
}
