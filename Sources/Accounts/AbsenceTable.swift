package import Store
package import Vocabulary

/// Who is away when, and who acts for her. Rows are ended, never removed, so that in whose place somebody acted can be
/// said later.
package enum AbsenceTable {
    static let migration = Migration(
        "accounts.009-absences",
        tables: [
            Table(
                "staff_absence", .reference,
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, staff BYTEA NOT NULL, deputy BYTEA NOT NULL,
                    from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, ended_at BIGINT
                    """,
                indexes: [
                    "staff_absence_by_staff ON staff_absence (staff, until_day, id)",
                    "staff_absence_by_deputy ON staff_absence (deputy, until_day, id)",
                    "staff_absence_by_day ON staff_absence (until_day, id)",
                ])
        ])

    private static let columns: StaticString = "id, staff, deputy, from_day, until_day, ended_at"

    /// Enters an absence. Refuses people who are not known or left, days that are over, days on which she is away
    /// already, and a deputy who is away on one of them.
    package static func enter(_ absence: Absence, by deed: Deed, in tx: Transaction) throws {
        _ = try StaffTable.serving(absence.staff, in: tx)
        _ = try StaffTable.serving(absence.deputy, in: tx)
        guard absence.days.upperBound >= deed.now.day else { throw AccountRefusal.absenceOver }
        if try isAway(absence.staff, within: absence.days, in: tx) { throw AccountRefusal.absenceOverlaps }
        if try isAway(absence.deputy, within: absence.days, in: tx) { throw AccountRefusal.deputyAway }
        guard try absences(of: absence.staff, in: tx).count < Absence.perStaffMax else {
            throw AccountRefusal.tooManyAbsences
        }
        try tx.execute(
            """
            INSERT INTO staff_absence (id, staff, deputy, from_day, until_day)
            VALUES (\(absence.id), \(absence.staff), \(absence.deputy), \(absence.days.lowerBound),
                \(absence.days.upperBound))
            """)
        try AccountEntry.absenceEntered.write(of: absence.staff.subject, Entered(absence), by: deed, in: tx)
    }

    /// Ends an absence: from now on she is there. Refuses one that is not known, ended already or over.
    package static func end(_ id: AbsenceID, by deed: Deed, in tx: Transaction) throws {
        guard let absence = try absence(id, in: tx) else { throw AccountRefusal.absenceNotFound }
        guard absence.endedAt == nil, absence.days.upperBound >= deed.now.day else { throw AccountRefusal.absenceOver }
        try tx.execute("UPDATE staff_absence SET ended_at = \(deed.now) WHERE id = \(id) AND ended_at IS NULL")
        try AccountEntry.absenceEnded.write(of: absence.staff.subject, Ended(absence: id), by: deed, in: tx)
    }

    /// The absence; nil when the id is not known.
    package static func absence(_ id: AbsenceID, in tx: Transaction) throws -> Absence? {
        try tx.row("SELECT \(raw: columns) FROM staff_absence WHERE id = \(id)").map(Absence.init)
    }

    /// The absences of somebody, the latest first.
    package static func absences(
        of staff: StaffID, limit: Int = Absence.perStaffMax, in tx: Transaction
    ) throws -> [Absence] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM staff_absence WHERE staff = \(staff)
            ORDER BY until_day DESC, id DESC LIMIT \(limit)
            """
        ).map(Absence.init)
    }

    /// Everybody's absences that are not over on the day, by their end.
    package static func upcoming(from day: CivilDate, limit: Int = Limits.pageRowsMax, in tx: Transaction) throws
        -> [Absence]
    {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM staff_absence WHERE until_day >= \(day) AND ended_at IS NULL
            ORDER BY until_day, id LIMIT \(limit)
            """
        ).map(Absence.init)
    }

    /// LIMIT: people of whom one takes the place at once, and people who are away at once.
    package static let awayMax = 200

    /// Those in whose place somebody acts on the day.
    package static func deputised(by staff: StaffID, on day: CivilDate, in tx: Transaction) throws -> [Absence] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM staff_absence WHERE deputy = \(staff) AND until_day >= \(day)
                AND from_day <= \(day) AND ended_at IS NULL ORDER BY until_day, id LIMIT \(awayMax)
            """
        ).map(Absence.init)
    }

    /// Everybody who is away on the day.
    package static func away(on day: CivilDate, in tx: Transaction) throws -> [Absence] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM staff_absence WHERE until_day >= \(day) AND from_day <= \(day)
                AND ended_at IS NULL ORDER BY until_day, id LIMIT \(awayMax)
            """
        ).map(Absence.init)
    }

    /// Whether somebody is away on the day.
    package static func isAway(_ staff: StaffID, on day: CivilDate, in tx: Transaction) throws -> Bool {
        try isAway(staff, within: day...day, in: tx)
    }

    private static func isAway(
        _ staff: StaffID, within days: ClosedRange<CivilDate>, in tx: Transaction
    ) throws -> Bool {
        try tx.row(
            """
            SELECT 1 FROM staff_absence WHERE staff = \(staff) AND until_day >= \(days.lowerBound)
                AND from_day <= \(days.upperBound) AND ended_at IS NULL LIMIT 1
            """) != nil
    }

    private struct Entered: Encodable {
        let absence: AbsenceID
        let deputy: StaffID
        let from: CivilDate
        let until: CivilDate

        init(_ absence: Absence) {
            (self.absence, deputy) = (absence.id, absence.deputy)
            (from, until) = (absence.days.lowerBound, absence.days.upperBound)
        }
    }

    private struct Ended: Encodable {
        let absence: AbsenceID
    }
}

extension Absence {
    fileprivate init(_ row: Row) throws {
        let (from, until) = (try row.day(3), try row.day(4))
        guard from <= until else { throw Fault.corrupt("an absence that ends before it begins") }
        self.init(
            try row.id(0), of: try row.id(1), deputy: try row.id(2), days: from...until,
            endedAt: try row.optionalInstant(5))
    }
}
