package import Store
package import Vocabulary

/// Which subject of which provider is which person. What a provider calls somebody stands here as a digest only.
package enum IdentityLinkTable {
    static let migration = Migration(
        "accounts.014-identities",
        tables: [
            Table(
                "identity_link", .distributed(by: "subject_digest"),
                columns: """
                    subject_digest BYTEA NOT NULL PRIMARY KEY, person BYTEA NOT NULL, linked_at BIGINT NOT NULL
                    """),
            Table(
                "identity_link_by_person", .distributed(by: "person"),
                columns: """
                    person BYTEA NOT NULL, subject_digest BYTEA NOT NULL, PRIMARY KEY (person, subject_digest)
                    """),
            Table(
                "identity_spent", .distributed(by: "digest"),
                columns: "digest BYTEA NOT NULL PRIMARY KEY, until BIGINT NOT NULL",
                indexes: ["identity_spent_by_end ON identity_spent (until)"]),
            Table(
                "session_identity", .distributed(by: "digest"),
                columns: """
                    digest BYTEA NOT NULL PRIMARY KEY, subject_digest BYTEA NOT NULL, sid TEXT, hint BYTEA NOT NULL
                    """),
        ])
    /// LIMIT: remembered answers pruned in one transaction.
    package static let pruneMax = 500

    /// What the rules ask of the tables.
    package static func known(
        _ statement: IdentityStatement, key: AccountKey, in tx: Transaction
    ) throws -> IdentityLinkRules.Known {
        let linked = try person(statement.subject, key: key, in: tx)
        let numbered = try statement.number.flatMap { try PersonTable.find(.citizen($0), key: key, in: tx) }
        return IdentityLinkRules.Known(
            linked: try linked.flatMap { try PersonTable.person($0, in: tx) },
            numbered: try numbered.flatMap { try PersonTable.person($0, in: tx) },
            links: try numbered.map { try digests(of: $0, in: tx).count } ?? 0)
    }

    /// Who the subject is; nil when it was never linked.
    package static func person(
        _ subject: IdentityStatement.Subject, key: AccountKey, in tx: Transaction
    ) throws -> PersonID? {
        try tx.row("SELECT person FROM identity_link WHERE subject_digest = \(digest(subject, key))")?.id(0)
    }

    /// Links a subject to a person, for good. Refuses a subject that somebody has.
    package static func link(
        _ statement: IdentityStatement, to person: PersonID, key: AccountKey, by deed: Deed, in tx: Transaction
    ) throws {
        let digest = digest(statement.subject, key)
        let isNew = try tx.changes(
            """
            INSERT INTO identity_link (subject_digest, person, linked_at) VALUES (\(digest), \(person), \(deed.now))
            ON CONFLICT (subject_digest) DO NOTHING
            """)
        guard isNew == 1 else { throw IdentityLinkRefusal.subjectTaken }
        try tx.execute(
            "INSERT INTO identity_link_by_person (person, subject_digest) VALUES (\(person), \(digest))")
        try AccountEntry.identityLinked.write(
            of: person.subject, PublicPart(issuer: statement.subject.issuer, level: statement.level),
            personal: PersonalPart(subject: statement.subject.name), by: deed, in: tx)
    }

    /// Takes away what links somebody to providers, when her data are erased.
    static func unlink(_ person: PersonID, in tx: Transaction) throws {
        for digest in try digests(of: person, in: tx) {
            try tx.execute("DELETE FROM identity_link WHERE subject_digest = \(digest)")
        }
        try tx.execute("DELETE FROM identity_link_by_person WHERE person = \(person)")
    }

    /// Remembers that a request was answered; refuses the second answer.
    package static func spend(_ request: IdentityRequest, in tx: Transaction) throws {
        try spend(request.digest, until: request.rememberedUntil, in: tx)
    }

    /// Forgets what was answered and is over; answers how many.
    package static func prune(now: Instant, in tx: Transaction) throws -> Int {
        let rows = try tx.rows(
            """
            SELECT digest FROM identity_spent WHERE until <= \(now) ORDER BY until, digest LIMIT \(pruneMax)
            """)
        for row in rows { try tx.execute("DELETE FROM identity_spent WHERE digest = \(try row.bytes(0))") }
        return rows.count
    }

    static func spend(_ digest: [UInt8], until: Instant, in tx: Transaction) throws {
        let isNew = try tx.changes(
            """
            INSERT INTO identity_spent (digest, until) VALUES (\(digest), \(until)) ON CONFLICT (digest) DO NOTHING
            """)
        guard isNew == 1 else { throw IdentityLinkRefusal.requestSpent }
    }

    static func digest(_ subject: IdentityStatement.Subject, _ key: AccountKey) -> [UInt8] {
        key.digest(of: subject.issuer + "\n" + subject.name, for: .identities)
    }

    private static func digests(of person: PersonID, in tx: Transaction) throws -> [[UInt8]] {
        try tx.rows(
            """
            SELECT subject_digest FROM identity_link_by_person WHERE person = \(person) ORDER BY subject_digest
            LIMIT \(2 * IdentityLinkRules.linksPerPersonMax)
            """
        ).map { try $0.bytes(0) }
    }

    private struct PublicPart: Encodable {
        let issuer: String
        let level: AssuranceLevel
    }

    private struct PersonalPart: Encodable {
        let subject: String
    }
}
