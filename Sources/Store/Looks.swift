import Foundation
package import Vocabulary

/// Somebody of the staff looked at a person's record: an entry of the journal under a subject of its own.
package struct Look: Equatable, Sendable {
    /// What was looked at.
    package enum Target: String, Sendable, Codable {
        case dossier, material, certificate, person, evaluation
    }

    /// Who looked, and where she works. Older entries do not say where.
    package struct Looker: Equatable, Sendable {
        package let actor: Actor
        /// The body for which she works; nil for a window, which works for all.
        package let body: CreditCode?
        package let region: Region?

        package init(_ actor: Actor, body: CreditCode? = nil, region: Region? = nil) {
            (self.actor, self.body, self.region) = (actor, body, region)
        }
    }

    /// What was looked at, whose it is, and for which case.
    package struct Seen: Equatable, Sendable {
        package let target: Target
        package let of: Subject
        /// Nil where it was not said, in older entries, and where nobody can be said.
        package let holder: PersonID?
        /// Nil for a look for which there was no case.
        package let matter: DossierID?

        package init(_ target: Target, of subject: Subject, holder: PersonID?, for matter: DossierID?) {
            (self.target, of, self.holder, self.matter) = (target, subject, holder, matter)
        }

        /// A case has itself.
        package static func dossier(_ id: DossierID, of holder: PersonID) -> Seen {
            Seen(.dossier, of: id.subject, holder: holder, for: id)
        }

        package static func certificate(
            _ id: CertificateID, of holder: PersonID, for matter: DossierID? = nil
        ) -> Seen {
            Seen(.certificate, of: id.subject, holder: holder, for: matter)
        }

        package static func person(_ id: PersonID, for matter: DossierID? = nil) -> Seen {
            Seen(.person, of: id.subject, holder: id, for: matter)
        }
    }

    package let by: Looker
    package let seen: Seen
    /// Why, as the journal has it; older entries say a case here: `case` and its short number.
    package let purpose: String
    package let at: Instant

    package init(_ by: Looker, at seen: Seen, for purpose: LookPurpose, _ at: Instant) {
        self.init(by, at: seen, saying: purpose.rawValue, at)
    }

    init(_ by: Looker, at seen: Seen, saying purpose: String, _ at: Instant) {
        (self.by, self.seen, self.purpose, self.at) = (by, seen, purpose, at)
    }

    /// The same with whose record it was and its case, where an older entry does not say.
    package func with(holder: PersonID?, matter: DossierID?) -> Look {
        let seen = Seen(target, of: of, holder: holder, for: matter)
        return Look(by, at: seen, saying: purpose, at)
    }

    package var actor: Actor { by.actor }
    package var target: Target { seen.target }
    package var of: Subject { seen.of }
    /// Why; nil for a word that the list does not have any more.
    package var why: LookPurpose? { olderCaseNumber == nil ? LookPurpose(rawValue: purpose) : .handedIn }
    /// The short number of the case in an entry of before a look had one of its own.
    package var olderCaseNumber: String? { purpose.hasPrefix("case ") ? String(purpose.dropFirst(5)) : nil }
}

/// The looks, in the journal, by what was looked at and by whose it is.
package enum Looks {
    /// The kind of a look's entry.
    package static let kind = "look.taken"

    static let migration = Migration(
        "store.005-looks",
        tables: [
            Table(
                "look_by_target", .distributed(by: "target"),
                columns: """
                    target BYTEA NOT NULL, look BYTEA NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL,
                    kind TEXT NOT NULL, purpose TEXT NOT NULL, PRIMARY KEY (target, look)
                    """)
        ])

    /// Since then a look has its case, and is found by whose record it was.
    static let holderMigration = Migration(
        "store.009-looks-by-person",
        tables: [
            Table(
                "look_by_person", .distributed(by: "person"),
                columns: """
                    person BYTEA NOT NULL, look BYTEA NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, body TEXT,
                    region TEXT, kind TEXT NOT NULL, target BYTEA NOT NULL, matter BYTEA, purpose TEXT NOT NULL,
                    PRIMARY KEY (person, look)
                    """,
                indexes: [
                    "look_by_person_target ON look_by_person (person, target, look)",
                    "look_by_person_matter ON look_by_person (person, matter, look)",
                ])
        ],
        statements: ["ALTER TABLE look_by_target ADD COLUMN matter BYTEA"])

    private struct Body: Codable {
        let body: CreditCode?
        let holder: PersonID?
        let matter: DossierID?
        let of: Subject
        let purpose: String
        let region: Region?
        let target: Look.Target
    }

    /// A look that stands in the journal.
    package struct Taken: Equatable, Sendable {
        package let id: Subject
        package let look: Look

        package init(_ id: Subject, _ look: Look) { (self.id, self.look) = (id, look) }
    }

    /// Writes the look down, before the page is sent. `id` is a new one.
    package static func record(_ look: Look, id: Subject, in tx: Transaction) throws {
        let seen = look.seen
        let body = Body(
            body: look.by.body, holder: seen.holder, matter: seen.matter, of: seen.of, purpose: look.purpose,
            region: look.by.region, target: seen.target)
        let place = JournalEntry.Place(id, sequence: 1, at: look.at, actor: look.actor)
        let entry = JournalEntry(
            place, kind: kind, version: 2, body: try CanonicalJSON.bytes(of: body), personal: nil)
        try Journal.append([entry], in: tx)
        try tx.execute(
            """
            INSERT INTO look_by_target (target, look, at, actor, kind, purpose, matter)
            VALUES (\(seen.of), \(id), \(look.at), \(look.actor), \(seen.target.rawValue), \(look.purpose),
                \(seen.matter))
            """)
        try file(Taken(id, look), in: tx)
    }

    /// Writes the row by which whoever's record it was finds the look; nothing where that is not known, or it is there.
    package static func file(_ taken: Taken, in tx: Transaction) throws {
        let look = taken.look
        guard let holder = look.seen.holder else { return }
        try tx.execute(
            """
            INSERT INTO look_by_person (person, look, at, actor, body, region, kind, target, matter, purpose)
            VALUES (\(holder), \(taken.id), \(look.at), \(look.actor), \(look.by.body), \(look.by.region),
                \(look.target.rawValue), \(look.of), \(look.seen.matter), \(look.purpose))
            ON CONFLICT (person, look) DO NOTHING
            """)
    }

    /// Who looked at the thing, the latest first.
    package static func at(_ target: Subject, limit: Int = Limits.pageRowsMax, in tx: Transaction) throws -> [Look] {
        try tx.rows(
            """
            SELECT actor, kind, at, purpose, matter FROM look_by_target WHERE target = \(target)
            ORDER BY look DESC LIMIT \(limit)
            """
        ).map { row in
            let seen = Look.Seen(
                try row.value(1, Look.Target.init), of: target, holder: nil, for: try row.optionalID(4))
            return Look(
                Look.Looker(try row.value(0, Actor.init)), at: seen, saying: try row.text(3), try row.instant(2))
        }
    }

    /// The look with an id, as the journal has it; nil when there is none.
    package static func taken(_ id: Subject, in tx: Transaction) throws -> Taken? {
        guard let entry = try Journal.first(of: id, in: tx), entry.kind == kind else { return nil }
        guard [1, 2].contains(entry.version) else { throw Fault.corrupt("\(kind) version \(entry.version)") }
        let body: Body = try CanonicalJSON.value(in: entry.body)
        // A case is its own, whatever was said.
        let own = body.target == .dossier ? DossierID(body.of) : nil
        let seen = Look.Seen(body.target, of: body.of, holder: body.holder, for: body.matter ?? own)
        let by = Look.Looker(entry.actor, body: body.body, region: body.region)
        return Taken(id, Look(by, at: seen, saying: body.purpose, entry.at))
    }
}

/// The looks at what is somebody's.
extension Looks {
    private static let columns: StaticString = "look, at, actor, body, region, kind, target, matter, purpose"

    /// The looks at what is a person's, the latest first, before one of them; of one thing or one case where it is
    /// said.
    package static func of(
        _ person: PersonID, about thing: Subject? = nil, before last: Subject? = nil,
        limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Taken] {
        let before = last ?? Subject(high: .max, low: .max)
        guard let thing else {
            return try tx.rows(
                """
                SELECT \(raw: columns) FROM look_by_person WHERE person = \(person) AND look < \(before)
                ORDER BY look DESC LIMIT \(limit)
                """
            ).map { try taken($0, of: person) }
        }
        // Each way in has an index of its own.
        let found =
            try tx.rows(
                """
                SELECT \(raw: columns) FROM look_by_person
                WHERE person = \(person) AND target = \(thing) AND look < \(before) ORDER BY look DESC LIMIT \(limit)
                """)
            + tx.rows(
                """
                SELECT \(raw: columns) FROM look_by_person
                WHERE person = \(person) AND matter = \(thing) AND look < \(before) ORDER BY look DESC LIMIT \(limit)
                """)
        var seen: Set<Subject> = []
        return Array(
            try found.map { try taken($0, of: person) }.sorted { $0.id > $1.id }
                .filter { seen.insert($0.id).inserted }.prefix(limit))
    }

    /// Whether somebody looked at a person's own record since an instant.
    package static func isTaken(
        at person: PersonID, by actor: Actor, since start: Instant, in tx: Transaction
    ) throws -> Bool {
        try tx.row(
            """
            SELECT look FROM look_by_person
            WHERE person = \(person) AND target = \(person) AND at >= \(start) AND actor = \(actor)
            ORDER BY look DESC LIMIT 1
            """) != nil
    }

    /// One look at what is a person's; nil when there is none, or it is somebody else's.
    package static func look(_ id: Subject, of person: PersonID, in tx: Transaction) throws -> Taken? {
        try tx.row("SELECT \(raw: columns) FROM look_by_person WHERE person = \(person) AND look = \(id)")
            .map { try taken($0, of: person) }
    }

    private static func taken(_ row: Row, of person: PersonID) throws -> Taken {
        let by = Look.Looker(
            try row.value(2, Actor.init), body: try row.optionalText(3).flatMap(CreditCode.init),
            region: try row.optionalText(4).flatMap { Region($0) })
        let seen = Look.Seen(
            try row.value(5, Look.Target.init), of: try row.subject(6), holder: person, for: try row.optionalID(7))
        return Taken(try row.subject(0), Look(by, at: seen, saying: try row.text(8), try row.instant(1)))
    }

    /// Where a page of all looks begins.
    package struct Cursor: Hashable, Sendable {
        let target: Subject
        let look: Subject
    }

    /// One page of everything that was looked at, for a recount, after one of them.
    package static func page(
        after cursor: Cursor? = nil, limit: Int, in tx: Transaction
    ) throws -> (looks: [Taken], next: Cursor?) {
        let first = cursor ?? Cursor(target: Subject(high: 0, low: 0), look: Subject(high: 0, low: 0))
        let rows = try tx.rows(
            """
            SELECT target, look FROM look_by_target WHERE (target, look) > (\(first.target), \(first.look))
            ORDER BY target, look LIMIT \(limit)
            """
        ).map { Cursor(target: try $0.subject(0), look: try $0.subject(1)) }
        return (try rows.compactMap { try taken($0.look, in: tx) }, rows.count == limit ? rows.last : nil)
    }

    /// Notes the case of a look that was taken before a look's row had one.
    package static func mend(_ taken: Taken, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE look_by_target SET matter = \(taken.look.seen.matter)
            WHERE target = \(taken.look.of) AND look = \(taken.id)
            """)
    }
}
