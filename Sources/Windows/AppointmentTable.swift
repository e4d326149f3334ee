package import Store
package import Vocabulary

/// What is booked ahead.
package enum AppointmentTable {
    static let migration = Migration(
        "windows.003-appointments",
        tables: [
            Table(
                "appointment_slot", .distributed(by: "hall"),
                columns: """
                    hall TEXT NOT NULL, day BIGINT NOT NULL, minute BIGINT NOT NULL, taken BIGINT NOT NULL,
                    PRIMARY KEY (hall, day, minute)
                    """),
            Table(
                "appointment", .distributed(by: "hall"),
                columns: """
                    hall TEXT NOT NULL, id BYTEA NOT NULL, day BIGINT NOT NULL, minute BIGINT NOT NULL,
                    person BYTEA NOT NULL, item TEXT NOT NULL, booked_at BIGINT NOT NULL, state TEXT NOT NULL,
                    PRIMARY KEY (hall, id)
                    """,
                indexes: [
                    "appointment_by_slot ON appointment (hall, day, minute, id)",
                    "appointment_due ON appointment (state, day, minute, hall, id)",
                ]),
            Table(
                "appointment_of_person", .distributed(by: "person"),
                columns: """
                    person BYTEA NOT NULL, day BIGINT NOT NULL, hall TEXT NOT NULL, appointment BYTEA NOT NULL,
                    is_missed BIGINT NOT NULL, PRIMARY KEY (person, day)
                    """),
        ])

    private static let columns: StaticString = "id, hall, day, minute, person, item, booked_at, state"

    /// Books a place. Refuses a half hour whose `places` are taken, an item whose quota of the day is, and somebody who
    /// has booked on the day already: of those who book at the same instant exactly as many get a place as there are.
    package static func book(
        _ appointment: Appointment, of item: BookableItem, places: Int, stamp: Stamp, in tx: Transaction
    ) throws {
        precondition(item.code == appointment.itemCode, "the quota of what is booked")
        let slot = appointment.slot
        let isFirst = try tx.changes(
            """
            INSERT INTO appointment_of_person (person, day, hall, appointment, is_missed)
            VALUES (\(appointment.person), \(slot.day), \(appointment.hall.text), \(appointment.id), 0)
            ON CONFLICT (person, day) DO NOTHING
            """)
        guard isFirst == 1 else { throw AppointmentRefusal.oneADay }
        guard places > 0 else { throw AppointmentRefusal.slotFull }
        let hasPlace = try tx.changes(
            """
            INSERT INTO appointment_slot (hall, day, minute, taken)
            VALUES (\(appointment.hall.text), \(slot.day), \(slot.minute), 1)
            ON CONFLICT (hall, day, minute) DO UPDATE SET taken = appointment_slot.taken + 1
            WHERE appointment_slot.taken < \(places)
            """)
        guard hasPlace == 1 else { throw AppointmentRefusal.slotFull }
        try AppointmentQuota.take(item, on: slot.day, in: tx)
        try tx.execute(
            """
            INSERT INTO appointment (hall, id, day, minute, person, item, booked_at, state)
            VALUES (\(appointment.hall.text), \(appointment.id), \(slot.day), \(slot.minute), \(appointment.person),
                \(appointment.itemCode), \(appointment.bookedAt), \(appointment.state.rawValue))
            """)
        let part = Part(appointment, .booked)
        try WindowEntry.appointmentBooked.write(of: appointment.id.subject, part, numbered: 1, stamp: stamp, in: tx)
    }

    /// Writes that an appointment was cancelled, redeemed or missed. Refuses one that is over: the state is compared
    /// and set, so that of two who redeem it at once one is refused.
    package static func end(
        _ appointment: Appointment, as state: Appointment.State, stamp: Stamp, in tx: Transaction
    ) throws {
        let (hall, slot) = (appointment.hall.text, appointment.slot)
        let changed = try tx.changes(
            """
            UPDATE appointment SET state = \(state.rawValue)
            WHERE hall = \(hall) AND id = \(appointment.id) AND state = \(Appointment.State.booked.rawValue)
            """)
        guard changed == 1 else { throw AppointmentRefusal.over }
        switch state {
        case .cancelled:
            // The place is given out again, and the day is free.
            try tx.execute(
                """
                UPDATE appointment_slot SET taken = taken - 1
                WHERE hall = \(hall) AND day = \(slot.day) AND minute = \(slot.minute)
                """)
            try tx.execute(
                "DELETE FROM appointment_of_person WHERE person = \(appointment.person) AND day = \(slot.day)")
            try AppointmentQuota.giveBack(appointment.itemCode, on: slot.day, in: tx)
        case .missed:
            try tx.execute(
                """
                UPDATE appointment_of_person SET is_missed = 1
                WHERE person = \(appointment.person) AND day = \(slot.day)
                """)
        case .arrived, .booked: break
        }
        try Self.entry(of: state).write(
            of: appointment.id.subject, Part(appointment, state), numbered: 2, stamp: stamp, in: tx)
    }

    private static func entry(of state: Appointment.State) -> WindowEntry {
        switch state {
        case .booked: .appointmentBooked
        case .cancelled: .appointmentCancelled
        case .arrived: .appointmentArrived
        case .missed: .appointmentMissed
        }
    }

    /// The appointment; refuses one that the hall does not know.
    package static func appointment(
        _ id: AppointmentID, at hall: HallCode, in tx: Transaction
    ) throws -> Appointment {
        let row = try tx.row("SELECT \(raw: columns) FROM appointment WHERE hall = \(hall.text) AND id = \(id)")
        guard let row else { throw AppointmentRefusal.notFound }
        return try Appointment(row)
    }

    /// How many places of each half hour of a day are taken, by the minute at which it begins.
    package static func taken(at hall: HallCode, on day: CivilDate, in tx: Transaction) throws -> [Int: Int] {
        let rows = try tx.rows(
            """
            SELECT minute, taken FROM appointment_slot WHERE hall = \(hall.text) AND day = \(day)
            ORDER BY minute LIMIT \(1440 / Slot.minutes)
            """)
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.integer(0), try $0.integer(1)) })
    }

    /// How often somebody stayed away since a day.
    package static func missed(by person: PersonID, since day: CivilDate, in tx: Transaction) throws -> Int {
        try tx.row(
            """
            SELECT COUNT(*) FROM appointment_of_person
            WHERE person = \(person) AND day >= \(day) AND is_missed = 1
            """)?.integer(0) ?? 0
    }

    /// LIMIT: appointments of one person that are shown.
    package static let perPersonMax = 20

    /// What somebody has booked from a day on, in the order of the days.
    package static func appointments(
        of person: PersonID, from day: CivilDate, in tx: Transaction
    ) throws -> [Appointment] {
        let rows = try tx.rows(
            """
            SELECT hall, appointment FROM appointment_of_person WHERE person = \(person) AND day >= \(day)
            ORDER BY day LIMIT \(perPersonMax)
            """)
        return try rows.map { try appointment(try $0.id(1), at: try $0.value(0, HallCode.init), in: tx) }
    }

    /// What is booked at a hall on a day, by the half hours.
    package static func booked(at hall: HallCode, on day: CivilDate, limit: Int, in tx: Transaction) throws
        -> [Appointment]
    {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM appointment WHERE hall = \(hall.text) AND day = \(day)
            ORDER BY minute, id LIMIT \(limit)
            """
        ).map(Appointment.init)
    }

    /// What was booked for half hours that ended by now and was neither cancelled nor redeemed, the oldest first.
    package static func overdue(at now: Instant, limit: Int, in tx: Transaction) throws -> [Appointment] {
        let minute = now.minuteOfDay - Slot.minutes
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM appointment
            WHERE state = 'booked' AND (day < \(now.day) OR day = \(now.day) AND minute <= \(minute))
            ORDER BY day, minute, hall, id LIMIT \(limit)
            """
        ).map(Appointment.init)
    }

    private struct Part: Encodable {
        let hall: HallCode
        let day: CivilDate
        let minute: Int
        let person: PersonID
        let item: String
        let state: String

        init(_ appointment: Appointment, _ state: Appointment.State) {
            (hall, day, minute) = (appointment.hall, appointment.slot.day, appointment.slot.minute)
            (person, item, self.state) = (appointment.person, appointment.itemCode, state.rawValue)
        }
    }
}

extension Appointment {
    fileprivate init(_ row: Row) throws {
        self.init(
            try row.id(0), at: try row.value(1, HallCode.init), Slot(try row.day(2), minute: try row.integer(3)),
            for: try row.id(4), itemCode: try row.text(5), bookedAt: try row.instant(6),
            state: try row.value(7, State.init))
    }
}
