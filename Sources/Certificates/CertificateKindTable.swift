package import Store
package import Vocabulary

/// The rows of certificate types.
package enum CertificateKindTable {
    /// LIMIT: types that one question about names answers.
    package static let namedMax = 50

    static let migration = Migration(
        "certificates.001-kind",
        tables: [
            Table(
                "certificate_kind", .reference,
                columns: "code TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, definition BYTEA NOT NULL")
        ])

    /// Adds or replaces a type.
    package static func put(_ kind: CertificateKind, in tx: Transaction) throws {
        let definition = try CanonicalJSON.bytes(of: kind)
        try tx.execute(
            """
            INSERT INTO certificate_kind (code, name, definition) VALUES (\(kind.code), \(kind.name), \(definition))
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, definition = excluded.definition
            """)
    }

    /// Takes types in, each in the place of the one with its code, and writes an entry of the journal for each that is
    /// new or says something else than before, under a subject of this taking. Answers how many those are. At most
    /// `Journal.eventsPerSubjectMax` at once.
    @discardableResult
    package static func take(
        _ kinds: [CertificateKind], as subject: Subject, stamp: Stamp, in tx: Transaction
    ) throws -> Int {
        var taken: [KindTaken] = []
        for kind in kinds {
            let definition = try CanonicalJSON.bytes(of: kind)
            let before = try tx.row("SELECT definition FROM certificate_kind WHERE code = \(kind.code)")?.bytes(0)
            guard before != definition else { continue }
            try put(kind, in: tx)
            taken.append(KindTaken(code: kind.code, digest: BlobRef(of: definition).digest))
        }
        try Journal.append(taken, to: subject, after: 0, stamp: stamp, in: tx)
        return taken.count
    }

    /// The type with the code; nil when there is none.
    package static func kind(_ code: String, in tx: Transaction) throws -> CertificateKind? {
        let row = try tx.row("SELECT definition FROM certificate_kind WHERE code = \(code)")
        return try row.map { try CanonicalJSON.value(in: try $0.bytes(0)) }
    }

    /// One page of the types, by code, after one of them.
    package static func kinds(
        after code: String = "", limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [CertificateKind] {
        try tx.rows(
            "SELECT definition FROM certificate_kind WHERE code > \(code) ORDER BY code LIMIT \(limit)"
        ).map { try CanonicalJSON.value(in: try $0.bytes(0)) }
    }

    /// The types in whose names the words stand, by code. All names are read: there are thousands, not millions.
    package static func kinds(named words: String, in tx: Transaction) throws -> [CertificateKind] {
        guard !words.isEmpty else { return [] }
        let escaped = words.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        return try tx.rows(
            """
            SELECT definition FROM certificate_kind WHERE name LIKE \("%\(escaped)%") ESCAPE '\\'
            ORDER BY code LIMIT \(namedMax)
            """
        ).map { try CanonicalJSON.value(in: try $0.bytes(0)) }
    }
}

/// A type was taken in: its code, and the SHA-256 of the row.
private struct KindTaken: JournalEvent, Encodable {
    let code: String
    let digest: String

    static let version = 1
    var kind: String { "certificate-type.taken" }

    func publicPart() throws -> [UInt8] { try CanonicalJSON.bytes(of: self) }
    func personalPart() throws -> [UInt8]? { nil }
}
