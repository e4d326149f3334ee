package import Store
package import Vocabulary

/// The staff, by id and by employee number.
package enum StaffTable {
    static let migration = Migration(
        "accounts.002-staff",
        tables: [
            Table(
                "staff", .reference,
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, employee_number TEXT NOT NULL, name TEXT, region TEXT NOT NULL,
                    left_at BIGINT
                    """,
                indexes: ["UNIQUE staff_by_employee_number ON staff (employee_number)"])
        ])

    static let numberMigration = Migration(
        "accounts.010-staff-number", statements: ["ALTER TABLE staff ADD COLUMN citizen_id TEXT"])

    private static let columns: StaticString = "id, name, employee_number, region, left_at, citizen_id"

    /// Registers a member of staff. Refuses an employee number that somebody has or had.
    package static func register(_ staff: Staff, by deed: Deed, in tx: Transaction) throws {
        let isNew = try tx.changes(
            """
            INSERT INTO staff (id, employee_number, name, region, citizen_id)
            VALUES (\(staff.id), \(staff.employeeNumber.text), \(staff.name?.text), \(staff.region),
                \(staff.citizenID?.number))
            ON CONFLICT (employee_number) DO NOTHING
            """)
        guard isNew == 1 else { throw AccountRefusal.employeeNumberTaken }
        try AccountEntry.staffRegistered.write(
            of: staff.id.subject, PublicPart(region: staff.region), personal: PersonalPart(staff), by: deed, in: tx)
    }

    /// The member of staff; nil when the id is not known.
    package static func staff(_ id: StaffID, in tx: Transaction) throws -> Staff? {
        try tx.row("SELECT \(raw: columns) FROM staff WHERE id = \(id)").map(Staff.init)
    }

    /// The member of staff with the employee number; nil when there is none.
    package static func staff(_ number: EmployeeNumber, in tx: Transaction) throws -> Staff? {
        try tx.row("SELECT \(raw: columns) FROM staff WHERE employee_number = \(number.text)").map(Staff.init)
    }

    /// All staff by employee number, after one of them.
    package static func page(
        after number: EmployeeNumber? = nil, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Staff] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM staff WHERE employee_number > \(number?.text ?? "")
            ORDER BY employee_number LIMIT \(min(limit, Limits.pageRowsMax))
            """
        ).map(Staff.init)
    }

    /// Changes name, region or the number of her identity card. Refuses somebody who left, and another employee number.
    package static func change(_ staff: Staff, by deed: Deed, in tx: Transaction) throws {
        let before = try serving(staff.id, in: tx)
        guard before.employeeNumber == staff.employeeNumber else { throw AccountRefusal.numberStays }
        try tx.execute(
            """
            UPDATE staff SET name = \(staff.name?.text), region = \(staff.region),
                citizen_id = \(staff.citizenID?.number)
            WHERE id = \(staff.id)
            """)
        try AccountEntry.staffChanged.write(
            of: staff.id.subject, PublicPart(region: staff.region), personal: PersonalPart(staff), by: deed, in: tx)
    }

    /// Somebody leaves: her grants are revoked, her account is closed and her sessions end in the same transaction.
    package static func leave(_ id: StaffID, by deed: Deed, in tx: Transaction) throws {
        _ = try serving(id, in: tx)
        try tx.execute("UPDATE staff SET left_at = \(deed.now) WHERE id = \(id)")
        for grant in try GrantTable.grants(of: id, in: tx) where grant.revokedAt == nil {
            try GrantTable.revoke(grant.id, by: deed, in: tx)
        }
        try AccountTable.closeIfOpen(.staff(id), by: deed, in: tx)
        try AccountEntry.staffLeft.write(of: id.subject, by: deed, in: tx)
    }

    /// Erases name, identity number and declared relatives of somebody who left, when their retention has ended. The
    /// employee number stays: deeds are hers for ever. Refuses somebody who serves.
    package static func erase(_ id: StaffID, by deed: Deed, in tx: Transaction) throws {
        guard let staff = try staff(id, in: tx) else { throw AccountRefusal.staffNotFound }
        guard !staff.serves else { throw AccountRefusal.staffServes }
        try tx.execute("UPDATE staff SET name = NULL, citizen_id = NULL WHERE id = \(id)")
        try tx.execute("DELETE FROM staff_relative WHERE staff = \(id)")
        try AccountEntry.forget(id.subject, in: tx)
        try AccountEntry.staffErased.write(of: id.subject, by: deed, in: tx)
    }

    /// The member of staff; refuses one who is not known or left.
    static func serving(_ id: StaffID, in tx: Transaction) throws -> Staff {
        guard let staff = try staff(id, in: tx) else { throw AccountRefusal.staffNotFound }
        guard staff.serves else { throw AccountRefusal.staffLeft }
        return staff
    }

    private struct PublicPart: Encodable {
        let region: Region
    }

    private struct PersonalPart: Encodable {
        let name: FullName?
        let employeeNumber: EmployeeNumber
        let citizenID: String?

        init(_ staff: Staff) {
            (name, employeeNumber, citizenID) = (staff.name, staff.employeeNumber, staff.citizenID?.number)
        }
    }
}

extension Staff {
    fileprivate init(_ row: Row) throws {
        let name = try row.optionalText(1)
        guard name == nil || name.flatMap(FullName.init) != nil else { throw Fault.corrupt("a member of staff's name") }
        let number = try row.optionalText(5)
        guard number == nil || number.flatMap(CitizenID.init) != nil else { throw Fault.corrupt("a staff's number") }
        self.init(
            try row.id(0), name: name.flatMap(FullName.init), employeeNumber: try row.value(2, EmployeeNumber.init),
            region: try row.value(3, Region.init), citizenID: number.flatMap(CitizenID.init),
            leftAt: try row.optionalInstant(4))
    }
}
