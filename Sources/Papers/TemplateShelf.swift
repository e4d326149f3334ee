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
