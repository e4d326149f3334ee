package import Store
package import Vocabulary

/// The grants of the staff. Rows are revoked, never removed, so that what somebody was allowed can be said later.
package enum GrantTable {
    static let migration = Migration(
        "accounts.003-grants",
        tables: [
            Table(
                "staff_grant", .reference,
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, staff BYTEA NOT NULL, role TEXT NOT NULL, department TEXT,
                    items TEXT, region TEXT, from_day BIGINT NOT NULL, until_day BIGINT, revoked_at BIGINT
                    """,
                indexes: ["staff_grant_by_staff ON staff_grant (staff, id)"])
        ])

    private static let columns: StaticString =
        "id, staff, role, department, items, region, from_day, until_day, revoked_at"

    /// Gives a grant. Refuses it to somebody who is not known or left, to oneself, and beyond `Grant.perStaffMax`.
    package static func give(_ grant: Grant, by deed: Deed, in tx: Transaction) throws {
        guard deed.actor != .staff(grant.staff) else { throw AccountRefusal.grantToOneself }
        _ = try StaffTable.serving(grant.staff, in: tx)
        guard try grants(of: grant.staff, in: tx).count < Grant.perStaffMax else { throw AccountRefusal.tooManyGrants }
        let extent = grant.extent
        try tx.execute(
            """
            INSERT INTO staff_grant (id, staff, role, department, items, region, from_day, until_day)
            VALUES (\(grant.id), \(grant.staff), \(grant.role.rawValue), \(extent.department), \(extent.items?.text),
                \(extent.region), \(grant.term.from), \(grant.term.until))
            """)
        try AccountEntry.granted.write(of: grant.staff.subject, Given(grant), by: deed, in: tx)
    }

    /// Takes a grant back, at once. Refuses one that is not known or was taken back already.
    package static func revoke(_ id: GrantID, by deed: Deed, in tx: Transaction) throws {
        guard let grant = try grant(id, in: tx) else { throw AccountRefusal.grantNotFound }
        guard grant.revokedAt == nil else { throw AccountRefusal.grantRevoked }
        try tx.execute("UPDATE staff_grant SET revoked_at = \(deed.now) WHERE id = \(id) AND revoked_at IS NULL")
        try AccountEntry.grantRevoked.write(of: grant.staff.subject, Revoked(grant: id), by: deed, in: tx)
    }

    /// The grant; nil when the id is not known.
    package static func grant(_ id: GrantID, in tx: Transaction) throws -> Grant? {
        try tx.row("SELECT \(raw: columns) FROM staff_grant WHERE id = \(id)").map(Grant.init)
    }

    /// Every grant that somebody has or had, in the order in which they were given: what `Permits` asks for.
    package static func grants(of staff: StaffID, in tx: Transaction) throws -> [Grant] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM staff_grant WHERE staff = \(staff) ORDER BY id LIMIT \(Grant.perStaffMax)
            """
        ).map(Grant.init)
    }

    /// All grants in the order in which they were given, after one of them.
    package static func page(
        after id: GrantID? = nil, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Grant] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM staff_grant WHERE id > \(id?.subject.bytes ?? [])
            ORDER BY id LIMIT \(min(limit, Limits.pageRowsMax))
            """
        ).map(Grant.init)
    }

    /// LIMIT: grants that are looked at to find who has a power somewhere.
    package static let lookedAtMax = 5_000

    /// Everybody who has a power for a thing of this scope today, in the order of their ids.
    package static func staff(
        with power: Power, in scope: Scope, today: CivilDate, in tx: Transaction
    ) throws -> [StaffID] {
        let roles = Role.allCases.filter { $0.powers.contains(power) }.map(\.rawValue)
        let grants = try tx.rows(
            """
            SELECT \(raw: columns) FROM staff_grant WHERE (department = \(scope.department) OR department IS NULL)
                AND role IN \(list: roles) AND revoked_at IS NULL AND from_day <= \(today)
            ORDER BY staff, id LIMIT \(lookedAtMax)
            """
        ).map(Grant.init)
        var found: [StaffID] = []
        for grant in grants where found.last != grant.staff {
            let reaches = Permits.reach(power, grants: [grant], today: today)
            if reaches.contains(where: { $0.covers(scope) }) { found.append(grant.staff) }
        }
        return found
    }

    /// Every grant of some roles that is in force today, by the ids of the staff.
    package static func inForce(_ roles: [Role], today: CivilDate, in tx: Transaction) throws -> [Grant] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM staff_grant
            WHERE role IN \(list: roles.map(\.rawValue)) AND revoked_at IS NULL AND from_day <= \(today)
            ORDER BY staff, id LIMIT \(lookedAtMax)
            """
        ).map(Grant.init).filter { $0.isInForce(on: today) }
    }

    private struct Given: Encodable {
        let grant: GrantID
        let role: Role
        let department: CreditCode?
        let items: ItemCodePrefix?
        let region: Region?
        let from: CivilDate
        let until: CivilDate?

        init(_ grant: Grant) {
            (self.grant, role) = (grant.id, grant.role)
            (department, items, region) = (grant.extent.department, grant.extent.items, grant.extent.region)
            (from, until) = (grant.term.from, grant.term.until)
        }
    }

    private struct Revoked: Encodable {
        let grant: GrantID
    }
}

extension Grant {
    fileprivate init(_ row: Row) throws {
        let extent = Extent(
            department: try row.optional(3, CreditCode.init), items: try row.optional(4, ItemCodePrefix.init(kept:)),
            region: try row.optional(5, Region.init))
        let grant = Grant(
            try row.id(0), staff: try row.id(1), role: try row.value(2, Role.init), extent: extent,
            term: try Term(row, 6, 7))
        self.init(grant, revokedAt: try row.optionalInstant(8))
    }
}

extension Row {
    /// Whatever can be made from a text, or nil for NULL; `Fault.corrupt` when it cannot.
    func optional<Value>(_ column: Int, _ make: (String) -> Value?) throws -> Value? {
        self[column] == .null ? nil : try value(column, make)
    }
}

extension ItemCodePrefix {
    /// Reads what a column holds; nil when it cannot have been written.
    init?(kept text: String) {
        do {
            self = try ItemCodePrefix(text)
        } catch {
            return nil
        }
    }
}
