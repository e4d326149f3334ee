package import Store
import Vocabulary

/// The rows of templates: every version that a paper was ever pinned to.
package enum TemplateTable {
    static let table = Table(
        "paper_template", .reference,
        columns: """
            kind TEXT NOT NULL, version BIGINT NOT NULL, digest TEXT NOT NULL, definition BYTEA NOT NULL,
            PRIMARY KEY (kind, version)
            """,
        indexes: ["UNIQUE paper_template_by_digest ON paper_template (digest)"])

    /// Enters a version; new papers take the highest. The same again changes nothing. Refuses another text under a
    /// version that is there: papers are pinned to it.
    package static func put(_ template: PaperTemplate, in tx: Transaction) throws {
        let (digest, definition) = (try template.digest(), try template.bytes())
        try tx.execute(
            """
            INSERT INTO paper_template (kind, version, digest, definition)
            VALUES (\(template.kind), \(template.version), \(digest), \(definition))
            ON CONFLICT (kind, version) DO NOTHING
            """)
        let row = try tx.row(
            "SELECT digest FROM paper_template WHERE kind = \(template.kind) AND version = \(template.version)")
        guard try row?.text(0) == digest else {
            throw PaperRefusal.templateUnfit("version \(template.version) is there with another text")
        }
    }

    static func latest(_ kind: PaperKind, in tx: Transaction) throws -> (version: Int, digest: String)? {
        try tx.row(
            "SELECT version, digest FROM paper_template WHERE kind = \(kind.id) ORDER BY version DESC LIMIT 1"
        ).map { (try $0.integer(0), try $0.text(1)) }
    }

    static func template(_ digest: String, in tx: Transaction) throws -> PaperTemplate? {
        let row = try tx.row("SELECT definition FROM paper_template WHERE digest = \(digest)")
        guard let bytes = try row?.bytes(0) else { return nil }
        guard TemplateDigest.of(bytes) == digest else { throw Fault.corrupt("template \(digest) was changed") }
        return try CanonicalJSON.value(in: bytes)
    }
}
