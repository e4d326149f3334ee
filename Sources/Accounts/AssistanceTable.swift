package import Store
package import Vocabulary

/// The letters of authority with which staff assist, by principal and by member of staff.
package enum AssistanceTable {
    static let migration = Migration(
        "accounts.011-assistance",
        tables: [
            Table(
                "assistance", .distributed(by: "principal"),
                columns: """
                    principal BYTEA NOT NULL, id BYTEA NOT NULL, staff BYTEA NOT NULL, items TEXT NOT NULL,
                    from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, letter TEXT NOT NULL,
                    letter_size BIGINT NOT NULL, ended_at BIGINT, PRIMARY KEY (principal, id)
                    """),
            Table(
                "assistance_by_staff", .distributed(by: "staff"),
                columns: """
                    staff BYTEA NOT NULL, id BYTEA NOT NULL, principal BYTEA NOT NULL, PRIMARY KEY (staff, id)
                    """),
        ])

    private static let columns: StaticString =
        "id, principal, staff, items, from_day, until_day, letter, letter_size, ended_at"

    /// Takes a letter. Refuses a principal who is not known or was erased, a member of staff who does not serve or who
    /// would help herself, and more than `Assistance.lettersMax` letters of one principal or to one member of staff.
    package static func give(_ letter: Assistance, by deed: Deed, in tx: Transaction) throws {
        guard let principal = try PersonTable.person(letter.principal, in: tx) else {
            throw AccountRefusal.personNotFound
        }
        try Assistance.checkApart(try StaffTable.serving(letter.staff, in: tx), from: principal)
        let given = try tx.row("SELECT COUNT(*) FROM assistance WHERE principal = \(letter.principal)")
        let held = try tx.row("SELECT COUNT(*) FROM assistance_by_staff WHERE staff = \(letter.staff)")
        guard max(try given?.integer(0) ?? 0, try held?.integer(0) ?? 0) < Assistance.lettersMax else {
            throw AssistanceRefusal.tooManyLetters
        }
        try tx.execute(
            """
            INSERT INTO assistance (principal, id, staff, items, from_day, until_day, letter, letter_size)
            VALUES (\(letter.principal), \(letter.id), \(letter.staff),
                \(letter.items.map(\.text).joined(separator: ",")), \(letter.term.from), \(letter.term.until),
                \(letter.letter.digest), \(letter.letter.size))
            """)
        try tx.execute(
            """
            INSERT INTO assistance_by_staff (staff, id, principal)
            VALUES (\(letter.staff), \(letter.id), \(letter.principal))
            """)
        try AccountEntry.assistanceGiven.write(of: letter.principal.subject, Given(letter), by: deed, in: tx)
    }

    /// Ends a letter, at once. Refuses one that the principal never gave or that has ended.
    package static func end(
        _ id: AssistanceID, of principal: PersonID, by deed: Deed, in tx: Transaction
    ) throws {
        guard let letter = try letter(id, of: principal, in: tx) else { throw AssistanceRefusal.notFound }
        guard letter.endedAt == nil else { throw AssistanceRefusal.ended }
        try tx.execute("UPDATE assistance SET ended_at = \(deed.now) WHERE principal = \(principal) AND id = \(id)")
        try AccountEntry.assistanceEnded.write(of: principal.subject, Ended(authority: id), by: deed, in: tx)
    }

    /// One letter; nil for one that the principal never gave.
    package static func letter(
        _ id: AssistanceID, of principal: PersonID, in tx: Transaction
    ) throws -> Assistance? {
        try tx.row("SELECT \(raw: columns) FROM assistance WHERE principal = \(principal) AND id = \(id)")
            .map(Assistance.init)
    }

    /// The letters that a principal gave, the latest first.
    package static func given(
        by principal: PersonID, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Assistance] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM assistance WHERE principal = \(principal)
            ORDER BY id DESC LIMIT \(min(limit, Limits.pageRowsMax))
            """
        ).map(Assistance.init)
    }

    /// The letters of a principal to a member of staff, the latest first: what is asked before she does anything.
    package static func given(
        by principal: PersonID, to staff: StaffID, in tx: Transaction
    ) throws -> [Assistance] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM assistance WHERE principal = \(principal) AND staff = \(staff)
            ORDER BY id DESC LIMIT \(Limits.pageRowsMax)
            """
        ).map(Assistance.init)
    }

    /// The letters that a member of staff got, the latest first.
    package static func held(
        by staff: StaffID, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Assistance] {
        try tx.rows(
            """
            SELECT principal, id FROM assistance_by_staff WHERE staff = \(staff)
            ORDER BY id DESC LIMIT \(min(limit, Limits.pageRowsMax))
            """
        ).compactMap { try letter($0.id(1), of: $0.id(0), in: tx) }
    }

    private struct Given: Encodable {
        let authority: AssistanceID
        let from: CivilDate
        let items: [ItemCodePrefix]
        let letter: String
        let staff: StaffID
        let until: CivilDate?

        init(_ letter: Assistance) {
            (authority, staff, items) = (letter.id, letter.staff, letter.items)
            (from, until, self.letter) = (letter.term.from, letter.term.until, letter.letter.digest)
        }
    }

    private struct Ended: Encodable {
        let authority: AssistanceID
    }
}

extension Assistance {
    fileprivate init(_ row: Row) throws {
        let (id, principal, staff): (AssistanceID, PersonID, StaffID) = (try row.id(0), try row.id(1), try row.id(2))
        let texts = try row.text(3).split(separator: ",", omittingEmptySubsequences: false)
        let items = texts.compactMap { ItemCodePrefix(kept: String($0)) }
        let term = try Term(row, 4, 5)
        let letter = BlobRef(digest: try row.text(6), size: try row.integer(7))
        let endedAt = try row.optionalInstant(8)
        guard items.count == texts.count, let letter else { throw Fault.corrupt("a letter for assistance") }
        do throws(AssistanceRefusal) {
            let standing = try Assistance(id, principal: principal, staff: staff, scope: (items, term), letter: letter)
            self.init(standing, endedAt: endedAt)
        } catch {
            throw Fault.corrupt("a letter for assistance that lacks something")
        }
    }
}
