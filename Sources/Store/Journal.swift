import Crypto
package import Vocabulary

/// One thing that happened, for ever: an event of a room, or a look at somebody's record.
package struct JournalEntry: Equatable, Sendable {
    /// What it happened to.
    package let subject: Subject
    /// 1, 2, 3, … for each subject, without gaps.
    package let sequence: Int
    package let at: Instant
    package let actor: Actor
    /// `room.what`, never renamed.
    package let kind: String
    /// The version of the event's meaning.
    package let version: Int
    /// The public part: one JSON object, keys sorted, no white space. No names, numbers, addresses or free text.
    package let body: [UInt8]
    /// The personal part; nil when there is none or when it was erased.
    package let personal: Personal?
    /// SHA-256(salt ‖ personal part); SHA-256 of nothing when there never was one.
    package let innerDigest: [UInt8]

    /// What can be forgotten, with the salt that keeps its digest from being guessed.
    package struct Personal: Equatable, Sendable {
        package let salt: [UInt8]
        package let bytes: [UInt8]

        package init(salt: [UInt8], bytes: [UInt8]) {
            self.salt = salt
            self.bytes = bytes
        }
    }

    /// The digest of an entry without a personal part.
    package static let noPersonalDigest = Array(SHA256.hash(data: [UInt8]()))

    /// A new entry. The parts are refused, by precondition, above `Limits.eventBytesMax`.
    package init(_ place: Place, kind: String, version: Int, body: [UInt8], personal: Personal?) {
        precondition(body.count <= Limits.eventBytesMax, "the public part is within its limit")
        precondition(personal?.bytes.count ?? 0 <= Limits.eventBytesMax, "the personal part is within its limit")
        subject = place.subject
        sequence = place.sequence
        at = place.at
        actor = place.actor
        self.kind = kind
        self.version = version
        self.body = body
        self.personal = personal
        innerDigest = personal.map(Self.digest) ?? Self.noPersonalDigest
    }

    /// Where an entry stands: whose it is, the how-manieth, when, by whom.
    package struct Place: Sendable {
        package let subject: Subject
        package let sequence: Int
        package let at: Instant
        package let actor: Actor

        package init(_ subject: Subject, sequence: Int, at: Instant, actor: Actor) {
            self.subject = subject
            self.sequence = sequence
            self.at = at
            self.actor = actor
        }
    }

    static let columns: StaticString =
        "subject, sequence, at, actor, kind, version, body, salt, personal, inner_digest"

    init(_ row: Row) throws {
        subject = try row.subject(0)
        sequence = try row.integer(1)
        at = try row.instant(2)
        actor = try row.value(3, Actor.init)
        kind = try row.text(4)
        version = try row.integer(5)
        body = try row.bytes(6)
        switch (try row.optionalBytes(7), try row.optionalBytes(8)) {
        case (.some(let salt), .some(let bytes)): personal = Personal(salt: salt, bytes: bytes)
        case (.none, .none): personal = nil
        default: throw Fault.corrupt("a personal part is half erased")
        }
        innerDigest = try row.optionalBytes(9) ?? Self.noPersonalDigest
    }

    /// The entry in the log: SHA-256(00 ‖ public part ‖ inner digest).
    package var leaf: [UInt8] { MerkleHash.leaf(publicPart + innerDigest) }

    /// What the leaf covers in clear: one line of JSON, keys sorted, so that any program can make it again.
    package var publicPart: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(body.count + 160)
        text += "{\"actor\":\"\(actor)\",\"at\":\(at.milliseconds),\"event\":".utf8
        text += body
        text += ",\"kind\":\"\(kind)\",\"sequence\":\(sequence),\"subject\":\"\(subject)\",\"version\":\(version)}".utf8
        return text
    }

    /// Whether the personal part, where it is still there, is the one that was sealed.
    package var isPersonalPartIntact: Bool {
        personal.map { Self.digest($0) == innerDigest } ?? true
    }

    private static func digest(_ personal: Personal) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: personal.salt)
        hasher.update(data: personal.bytes)
        return Array(hasher.finalize())
    }
}

/// The book in which every room writes what happened. Rows are appended and never changed; only a personal part can be
/// erased.
package enum Journal {
    /// LIMIT: events of one subject; far above any life, it stops a loop.
    package static let eventsPerSubjectMax = 5000

    static let migration = Migration(
        "store.001-journal",
        tables: [
            Table(
                "journal", .distributed(by: "subject"),
                columns: """
                    subject BYTEA NOT NULL, sequence BIGINT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL,
                    kind TEXT NOT NULL, version BIGINT NOT NULL, body BYTEA NOT NULL, salt BYTEA, personal BYTEA,
                    inner_digest BYTEA, PRIMARY KEY (subject, sequence)
                    """),
            Table(
                "journal_pending", .distributed(by: "subject"),
                columns: """
                    subject BYTEA NOT NULL, sequence BIGINT NOT NULL, leaf BYTEA NOT NULL,
                    PRIMARY KEY (subject, sequence)
                    """),
        ])

    /// On SQLite a table that lies in its key's tree puts what is longer than a quarter of a page on a page of its own:
    /// each filing took one, nearly empty. Rows of their own lie one behind the other as they come; see decision 0055.
    static let ownRows = Migration(
        "store.010-journal-rows",
        own: [
            .sqlite: [
                """
                CREATE TABLE journal_row (
                    subject BLOB NOT NULL, sequence BIGINT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL,
                    kind TEXT NOT NULL, version BIGINT NOT NULL, body BLOB NOT NULL, salt BLOB, personal BLOB,
                    inner_digest BLOB, PRIMARY KEY (subject, sequence))
                """,
                """
                INSERT INTO journal_row SELECT subject, sequence, at, actor, kind, version, body, salt, personal,
                    inner_digest FROM journal
                """,
                "DROP TABLE journal",
                "ALTER TABLE journal_row RENAME TO journal",
            ]
        ])

    /// What lay in the old rows lies in no page any more, and what was erased in none of before.
    static let compacted = Migration("store.011-compact", compacting: "journal")

    /// Writes entries. Another entry at the same place means that another writer was first: the transaction is
    /// replayed. Throws `Fault.corrupt` for a sequence number outside 1...`eventsPerSubjectMax`.
    package static func append(_ entries: [JournalEntry], in tx: Transaction) throws {
        try append(PreparedEntries(entries), in: tx)
    }

    /// The same for entries that were made ready before.
    package static func append(_ prepared: PreparedEntries, in tx: Transaction) throws {
        for (entry, leaf) in prepared.rows {
            guard (1...eventsPerSubjectMax).contains(entry.sequence) else {
                throw Fault.corrupt("\(entry.subject) has no place for an event \(entry.sequence)")
            }
            let inner = entry.personal == nil ? nil : entry.innerDigest
            try tx.execute(
                """
                INSERT INTO journal (\(raw: JournalEntry.columns))
                VALUES (\(entry.subject), \(entry.sequence), \(entry.at), \(entry.actor), \(entry.kind),
                    \(entry.version), \(entry.body), \(entry.personal?.salt), \(entry.personal?.bytes), \(inner))
                """)
            try tx.execute(
                """
                INSERT INTO journal_pending (subject, sequence, leaf)
                VALUES (\(entry.subject), \(entry.sequence), \(leaf))
                """)
        }
    }

    /// The same in bulk, for entries that are given their positions in the same transaction.
    static func load(_ prepared: PreparedEntries, in tx: Transaction) throws {
        let rows = prepared.rows.map { entry, _ -> [SQLValue] in
            let inner = entry.personal == nil ? nil : entry.innerDigest
            return [
                entry.subject.sqlValue, entry.sequence.sqlValue, entry.at.sqlValue, entry.actor.sqlValue,
                entry.kind.sqlValue, entry.version.sqlValue, entry.body.sqlValue,
                (entry.personal?.salt).sqlValue, (entry.personal?.bytes).sqlValue, inner.sqlValue,
            ]
        }
        try tx.load(
            rows, into: "journal (subject, sequence, at, actor, kind, version, body, salt, personal, inner_digest)")
    }

    /// Everything that happened to one subject after a sequence number, in order.
    package static func entries(of subject: Subject, after sequence: Int = 0, in tx: Transaction) throws
        -> [JournalEntry]
    {
        try tx.rows(
            """
            SELECT \(raw: JournalEntry.columns) FROM journal
            WHERE subject = \(subject) AND sequence > \(sequence)
            ORDER BY sequence LIMIT \(eventsPerSubjectMax)
            """
        ).map(JournalEntry.init)
    }

    /// The first entry of one subject; nil when there is none.
    package static func first(of subject: Subject, in tx: Transaction) throws -> JournalEntry? {
        try tx.row(
            "SELECT \(raw: JournalEntry.columns) FROM journal WHERE subject = \(subject) AND sequence = 1"
        ).map(JournalEntry.init)
    }

    /// How much there is of a subject's life: entries are only added, and personal parts only erased.
    package struct Extent: Equatable, Sendable {
        package let entries: Int
        package let personalParts: Int
    }

    /// How much is there of a subject's life now.
    package static func extent(of subject: Subject, in tx: Transaction) throws -> Extent {
        let row = try tx.row("SELECT COUNT(*), COUNT(salt) FROM journal WHERE subject = \(subject)")
        return Extent(entries: try row?.integer(0) ?? 0, personalParts: try row?.integer(1) ?? 0)
    }

    /// The sequence number of the latest entry of one subject; 0 when there is none.
    package static func lastSequence(of subject: Subject, in tx: Transaction) throws -> Int {
        try tx.row("SELECT COALESCE(MAX(sequence), 0) FROM journal WHERE subject = \(subject)")?.integer(0) ?? 0
    }

    /// Erases the personal part of an entry. The leaf stays what it was.
    package static func forget(_ subject: Subject, sequence: Int, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE journal SET salt = NULL, personal = NULL
            WHERE subject = \(subject) AND sequence = \(sequence)
            """)
    }

    /// How many entries have no place in the log yet.
    package static func pendingCount(in tx: Transaction) throws -> Int {
        try tx.row("SELECT COUNT(*) FROM journal_pending")?.integer(0) ?? 0
    }
}

/// Random bytes for one command: the same again when the body is replayed, so that both databases write the same.
package struct Entropy: Sendable {
    private let seed: [UInt8]

    /// From 32 random bytes.
    package init(seed: [UInt8]) {
        precondition(seed.count == 32, "a seed of 32 bytes")
        self.seed = seed
    }

    /// Rolls a new seed.
    package init(_ dice: Dice) {
        seed = dice.bytes(32)
    }

    /// Sixteen bytes that belong to one purpose of this command (HKDF-SHA256).
    package func salt(for purpose: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: seed), info: Array(purpose.utf8), outputByteCount: 16)
        return key.withUnsafeBytes { Array($0) }
    }
}
