package import Store
package import Vocabulary

/// The relatives whom the staff declared, by the digest of their names.
package enum RelativeTable {
    static let migration = Migration(
        "accounts.016-relatives",
        tables: [
            Table(
                "staff_relative", .distributed(by: "staff"),
                columns: """
                    staff BYTEA NOT NULL, id BYTEA NOT NULL, kind TEXT NOT NULL, name BYTEA NOT NULL,
                    declared_at BIGINT NOT NULL, PRIMARY KEY (staff, id)
                    """)
        ])

    /// Enters a relative under the digest of her name. Refuses staff who are not known or left, a name that is declared
    /// already, and more than `Relative.perStaffMax`.
    package static func declare(_ relative: Relative, name: [UInt8], by deed: Deed, in tx: Transaction) throws {
        _ = try StaffTable.serving(relative.staff, in: tx)
        guard try relatives(of: relative.staff, in: tx).count < Relative.perStaffMax else {
            throw AccountRefusal.tooManyRelatives
        }
        guard try !bears(name, relative.staff, in: tx) else { throw AccountRefusal.relativeKnown }
        try tx.execute(
            """
            INSERT INTO staff_relative (staff, id, kind, name, declared_at)
            VALUES (\(relative.staff), \(relative.id), \(relative.kind.rawValue), \(name), \(relative.declaredAt))
            """)
        try AccountEntry.relativeDeclared.write(
            of: relative.staff.subject, Part(kind: relative.kind, relative: relative.id), by: deed, in: tx)
    }

    /// Takes a declaration back; the row goes, the entry stays.
    package static func withdraw(_ id: RelativeID, of staff: StaffID, by deed: Deed, in tx: Transaction) throws {
        guard let relative = try relatives(of: staff, in: tx).first(where: { $0.id == id }) else {
            throw AccountRefusal.relativeNotFound
        }
        try tx.execute("DELETE FROM staff_relative WHERE staff = \(staff) AND id = \(id)")
        try AccountEntry.relativeWithdrawn.write(
            of: staff.subject, Part(kind: relative.kind, relative: id), by: deed, in: tx)
    }

    /// Whom somebody declared, in the order in which they were.
    package static func relatives(of staff: StaffID, in tx: Transaction) throws -> [Relative] {
        try tx.rows(
            """
            SELECT id, kind, declared_at FROM staff_relative WHERE staff = \(staff)
            ORDER BY id LIMIT \(Relative.perStaffMax)
            """
        ).map {
            Relative(
                try $0.id(0), of: staff, try $0.value(1, Relative.Kind.init), declaredAt: try $0.instant(2))
        }
    }

    /// Whether a name is that of a relative of hers.
    package static func bears(_ name: [UInt8], _ staff: StaffID, in tx: Transaction) throws -> Bool {
        try tx.row("SELECT 1 FROM staff_relative WHERE staff = \(staff) AND name = \(name) LIMIT 1") != nil
    }

    private struct Part: Encodable {
        let kind: Relative.Kind
        let relative: RelativeID
    }
}
