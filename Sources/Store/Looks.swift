import Foundation
package import Vocabulary

/// Somebody of the staff looked at a person's record: an entry of the journal under a subject of its own.
package struct Look: Equatable, Sendable {
    /// What was looked at.
    package enum Target: String, Sendable, Codable {
        case dossier, material, certificate, person, evaluation
    }

    package let actor: Actor
    package let target: Target
    /// Whose or which: the dossier, the certificate, the person.
    package let of: Subject
    /// Why, in one of the platform's own words such as `review` or `intake`; after `case` stands its short number.
    package let purpose: String
    package let at: Instant

    package init(_ actor: Actor, target: Target, of subject: Subject, purpose: String, at: Instant) {
        self.actor = actor
        self.target = target
        of = subject
        self.purpose = purpose
        self.at = at
    }
}

/// The looks, in the journal and by what was looked at.
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

    private struct Body: Codable {
        let of: Subject
        let purpose: String
        let target: Look.Target
    }

    /// Writes the look down, before the page is sent. `id` is a new one.
    package static func record(_ look: Look, id: Subject, in tx: Transaction) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(Body(of: look.of, purpose: look.purpose, target: look.target))
        let place = JournalEntry.Place(id, sequence: 1, at: look.at, actor: look.actor)
        let entry = JournalEntry(place, kind: kind, version: 1, body: Array(body), personal: nil)
        try Journal.append([entry], in: tx)
        try tx.execute(
            """
            INSERT INTO look_by_target (target, look, at, actor, kind, purpose)
            VALUES (\(look.of), \(id), \(look.at), \(look.actor), \(look.target.rawValue), \(look.purpose))
            """)
    }

    /// Who looked at the thing, the latest first.
    package static func at(_ target: Subject, limit: Int = Limits.pageRowsMax, in tx: Transaction) throws -> [Look] {
        try tx.rows(
            """
            SELECT actor, kind, at, purpose FROM look_by_target WHERE target = \(target)
            ORDER BY look DESC LIMIT \(limit)
            """
        ).map { row in
            Look(
                try row.value(0, Actor.init), target: try row.value(1, Look.Target.init), of: target,
                purpose: try row.text(3), at: try row.instant(2))
        }
    }
}
