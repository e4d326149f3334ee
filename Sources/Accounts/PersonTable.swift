package import Store
package import Vocabulary

/// The people and organisations, by id and by number.
package enum PersonTable {
    static let migration = Migration(
        "accounts.001-people",
        tables: [
            Table(
                "person", .distributed(by: "id"),
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, kind TEXT NOT NULL, name TEXT, number TEXT, mobile TEXT,
                    representative_name TEXT, representative_number TEXT, registered_at BIGINT NOT NULL,
                    erased_at BIGINT
                    """),
            Table(
                "person_by_number", .distributed(by: "number_digest"),
                columns: """
                    kind TEXT NOT NULL, number_digest BYTEA NOT NULL, person BYTEA NOT NULL,
                    PRIMARY KEY (number_digest, kind)
                    """),
        ])

    /// Registers a person. Refuses a number that somebody has already.
    package static func register(_ person: Person, key: AccountKey, by deed: Deed, in tx: Transaction) throws {
        let number = person.number
        let isNew = try tx.changes(
            """
            INSERT INTO person_by_number (kind, number_digest, person)
            VALUES (\(number.kind), \(key.digest(of: number)), \(person.id))
            ON CONFLICT (number_digest, kind) DO NOTHING
            """)
        guard isNew == 1 else { throw AccountRefusal.numberKnown }
        let row = PersonRow(person)
        try tx.execute(
            """
            INSERT INTO person
                (id, kind, name, number, mobile, representative_name, representative_number, registered_at)
            VALUES (\(person.id), \(row.kind), \(row.name), \(row.number), \(row.mobile), \(row.representativeName),
                \(row.representativeNumber), \(deed.now))
            """)
        let entry = row.kind == PersonRow.citizen ? AccountEntry.citizenRegistered : .legalPersonRegistered
        try entry.write(of: person.id.subject, PublicPart(row), personal: row, by: deed, in: tx)
    }

    /// The person; nil when the id is not known. Refuses one whose data were erased.
    package static func person(_ id: PersonID, in tx: Transaction) throws -> Person? {
        let row = try tx.row(
            """
            SELECT kind, name, number, mobile, representative_name, representative_number, erased_at
            FROM person WHERE id = \(id)
            """)
        guard let row else { return nil }
        guard try row.optionalInstant(6) == nil else { throw AccountRefusal.personErased }
        return try PersonRow(row).person(id)
    }

    /// The person as far as her data are there; nil when the id is not known, and when they were erased.
    package static func remaining(_ id: PersonID, in tx: Transaction) throws -> Person? {
        do {
            return try person(id, in: tx)
        } catch AccountRefusal.personErased {
            return nil
        }
    }

    /// Who has the number; nil when nobody.
    package static func find(_ number: PersonNumber, key: AccountKey, in tx: Transaction) throws -> PersonID? {
        try tx.row(
            """
            SELECT person FROM person_by_number
            WHERE number_digest = \(key.digest(of: number)) AND kind = \(number.kind)
            """)?.id(0)
    }

    /// Who has the numbers, as far as anybody has.
    package static func find(
        _ numbers: Set<PersonNumber>, key: AccountKey, in tx: Transaction
    ) throws -> [PersonNumber: PersonID] {
        guard try tx.row("SELECT 1 FROM person_by_number LIMIT 1") != nil else { return [:] }
        let digests = Dictionary(
            numbers.map { (key.digest(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
        let asked = digests.keys.sorted { $0.lexicographicallyPrecedes($1) }
        var found: [PersonNumber: PersonID] = [:]
        for start in stride(from: 0, to: asked.count, by: askedMax) {
            let some = Array(asked[start..<min(start + askedMax, asked.count)])
            let rows = try tx.rows(
                """
                SELECT number_digest, kind, person FROM person_by_number WHERE number_digest IN \(list: some)
                ORDER BY number_digest, kind LIMIT \(2 * askedMax)
                """)
            for row in rows {
                guard let number = digests[try row.bytes(0)], number.kind == (try row.text(1)) else { continue }
                found[number] = try row.id(2)
            }
        }
        return found
    }

    /// LIMIT: numbers asked for in one statement.
    private static let askedMax = 1000

    /// The id under which somebody will be registered whom nobody registered yet: a digest of the number under the
    /// accounts' secret. What was filed for her before she came is hers from the first day.
    package static func expectedID(of number: PersonNumber, key: AccountKey) -> PersonID {
        let digest = key.digest(of: number.kind + "\n" + number.text, for: .holders)
        let words = stride(from: 0, to: 16, by: 8).map { start in
            digest[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        return PersonID(Subject(high: words[0], low: words[1]))
    }

    /// The id for a new registration: the expected one, or a fresh one where that was somebody's whose data were
    /// erased.
    package static func newID(
        of number: PersonNumber, fresh: PersonID, key: AccountKey, in tx: Transaction
    ) throws -> PersonID {
        let expected = expectedID(of: number, key: key)
        return try tx.row("SELECT 1 FROM person WHERE id = \(expected)") == nil ? expected : fresh
    }

    /// Changes name, mobile, kind of organisation or representative. Refuses another number: that is another person.
    package static func change(_ person: Person, by deed: Deed, in tx: Transaction) throws {
        guard let before = try self.person(person.id, in: tx) else { throw AccountRefusal.personNotFound }
        guard before.number == person.number else { throw AccountRefusal.numberStays }
        let row = PersonRow(person)
        try tx.execute(
            """
            UPDATE person SET kind = \(row.kind), name = \(row.name), mobile = \(row.mobile),
                representative_name = \(row.representativeName), representative_number = \(row.representativeNumber)
            WHERE id = \(person.id)
            """)
        try AccountEntry.personChanged.write(of: person.id.subject, PublicPart(row), personal: row, by: deed, in: tx)
    }

    /// Erases everything personal when its retention has ended: the columns, the way by number, the account, the
    /// sessions, and the personal parts of this room's entries. The id stays, and the log still verifies.
    package static func erase(_ id: PersonID, key: AccountKey, by deed: Deed, in tx: Transaction) throws {
        guard let person = try person(id, in: tx) else { throw AccountRefusal.personNotFound }
        try AccountTable.closeIfOpen(.person(id), by: deed, in: tx)
        try SessionTable.endAll(of: .person(id), in: tx)
        try IdentityLinkTable.unlink(id, in: tx)
        try tx.execute(
            """
            DELETE FROM person_by_number
            WHERE number_digest = \(key.digest(of: person.number)) AND kind = \(person.number.kind)
            """)
        try tx.execute(
            """
            UPDATE person SET name = NULL, number = NULL, mobile = NULL, representative_name = NULL,
                representative_number = NULL, erased_at = \(deed.now)
            WHERE id = \(id)
            """)
        try AccountEntry.forget(id.subject, in: tx)
        try AccountEntry.personErased.write(of: id.subject, by: deed, in: tx)
    }

    private struct PublicPart: Encodable {
        let kind: String

        init(_ row: PersonRow) {
            kind = row.kind
        }
    }
}

/// The columns of a person, which are the personal part of its entries too.
private struct PersonRow: Encodable {
    static let citizen = "citizen"

    let kind: String
    let name: String
    let number: String
    let mobile: String?
    let representativeName: String?
    let representativeNumber: String?

    init(_ person: Person) {
        (name, number) = (person.name.text, person.number.text)
        switch person {
        case .citizen(let citizen):
            (kind, mobile) = (Self.citizen, citizen.mobile?.number)
            (representativeName, representativeNumber) = (nil, nil)
        case .legalPerson(let legal):
            (kind, mobile) = (legal.kind.rawValue, nil)
            representativeName = legal.representative.name.text
            representativeNumber = legal.representative.number.number
        }
    }

    init(_ row: Row) throws {
        kind = try row.text(0)
        name = try row.text(1)
        number = try row.text(2)
        mobile = try row.optionalText(3)
        representativeName = try row.optionalText(4)
        representativeNumber = try row.optionalText(5)
    }

    func person(_ id: PersonID) throws -> Person {
        guard let person = kind == Self.citizen ? asCitizen(id) : asLegalPerson(id) else {
            throw Fault.corrupt("person \(id) cannot be read")
        }
        return person
    }

    private func asCitizen(_ id: PersonID) -> Person? {
        guard let name = FullName(name), let number = CitizenID(number) else { return nil }
        let mobile = mobile.flatMap(MobileNumber.init)
        guard (mobile == nil) == (self.mobile == nil) else { return nil }
        return .citizen(Citizen(id, name: name, number: number, mobile: mobile))
    }

    private func asLegalPerson(_ id: PersonID) -> Person? {
        guard let kind = LegalPersonKind(rawValue: kind), let name = FullName(name), let code = CreditCode(number),
            let representativeName = representativeName.flatMap(FullName.init),
            let representativeNumber = representativeNumber.flatMap(CitizenID.init)
        else { return nil }
        let representative = LegalPerson.Representative(name: representativeName, number: representativeNumber)
        return .legalPerson(LegalPerson(id, name: name, code: code, kind: kind, representative: representative))
    }
}
