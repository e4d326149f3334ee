import Foundation
package import Store
import Vocabulary

/// A type of certificate: a row, not a case. There are thousands.
package struct CertificateKind: Equatable, Sendable, Codable {
    /// Who can hold one.
    package enum HolderKind: String, Sendable, Codable { case person, organisation }

    /// One field of the face, beyond what every certificate has.
    package struct FaceField: Equatable, Sendable, Codable {
        package let id: String
        package let label: String
        package let labelEnglish: String

        package init(id: String, label: String, labelEnglish: String) {
            self.id = id
            self.label = label
            self.labelEnglish = labelEnglish
        }
    }

    /// 21 characters: the defining body's credit code and a serial of three digits.
    package let code: String
    package let name: String
    package let nameEnglish: String
    package let holderKind: HolderKind
    /// Nil for long-term.
    package let validityMonths: Int?
    package let faceFields: [FaceField]

    package init(
        code: String, names: (zh: String, en: String), holderKind: HolderKind, validityMonths: Int?,
        faceFields: [FaceField]
    ) {
        self.code = code
        (name, nameEnglish) = names
        self.holderKind = holderKind
        self.validityMonths = validityMonths
        self.faceFields = faceFields
    }
}

/// The rows of certificate types.
package enum CertificateKindTable {
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
}
