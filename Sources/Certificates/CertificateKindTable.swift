package import Store
import Vocabulary

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
