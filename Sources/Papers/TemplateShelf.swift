import Foundation
package import Store
import Synchronization
import Vocabulary

/// The templates of papers: those that ship, and those that an installation has imported. A template is known by its
/// digest and never changes, so what was read once is kept.
package final class TemplateShelf: Sendable {
    /// LIMIT: imported templates that are kept in memory.
    private static let keptMax = 500

    private let shipped: [String: (template: PaperTemplate, digest: String)]
    private let kept: Mutex<[String: PaperTemplate]>

    /// The shelf with what ships, one file a kind. Throws `Fault.misconfigured` when a kind has none, and refuses one
    /// that is not whole.
    package init() throws {
        var shipped: [String: (template: PaperTemplate, digest: String)] = [:]
        var kept: [String: PaperTemplate] = [:]
        for kind in PaperKind.all {
            let file = Bundle.module.url(forResource: "Resources/templates/\(kind.id)", withExtension: "json")
            guard let file else { throw Fault.misconfigured("no template for \(kind.id)") }
            let template = try PaperTemplate([UInt8](Data(contentsOf: file)))
            guard template.kind == kind.id else { throw Fault.misconfigured("\(kind.id).json is another's") }
            let digest = try template.digest()
            (shipped[kind.id], kept[digest]) = ((template, digest), template)
        }
        self.shipped = shipped
        self.kept = Mutex(kept)
    }

    /// The template of a kind that new papers take, with its digest: the highest version that was imported, or the one
    /// that ships, which is then entered.
    package func current(_ kind: PaperKind, in tx: Transaction) throws -> (template: PaperTemplate, digest: String) {
        guard let own = shipped[kind.id] else { throw Fault.misconfigured("no template for \(kind.id)") }
        guard let row = try TemplateTable.latest(kind, in: tx), row.version >= own.template.version else {
            try TemplateTable.put(own.template, in: tx)
            return own
        }
        return row.digest == own.digest ? own : (try template(row.digest, in: tx), row.digest)
    }

    /// The template with a digest; throws `Fault.corrupt` when there is none.
    package func template(_ digest: String, in tx: Transaction) throws -> PaperTemplate {
        if let template = kept.withLock({ $0[digest] }) { return template }
        guard let template = try TemplateTable.template(digest, in: tx) else {
            throw Fault.corrupt("no template \(digest)")
        }
        kept.withLock { kept in
            if kept.count < Self.keptMax { kept[digest] = template }
        }
        return template
    }
}

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
