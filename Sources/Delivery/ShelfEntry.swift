import Store
import Vocabulary

/// What happens to kept results, as the journal tells it under their own subjects. Kinds are never renamed. Nothing of
/// it is personal.
package enum ShelfEntry: String, Sendable, CaseIterable {
    case ready = "shelf.ready"
    case placed = "shelf.placed"
    case reminded = "shelf.reminded"
    case archived = "shelf.archived"
    case left = "shelf.left"

    static let version = 1

    private struct Part: Encodable {
        let dossier: DossierID
        let hall: String?
        let position: ShelfPosition?
        let state: String
    }

    /// Writes that a result came to stand as it does, as its next entry. `former` is where it lay before, which the
    /// archive must know.
    func write(_ kept: KeptResult, former: ShelfPlace? = nil, stamp: Stamp, in tx: Transaction) throws {
        let sequence = try Journal.lastSequence(of: kept.id.subject, in: tx) + 1
        let part = Part(
            dossier: kept.matter.dossier, hall: kept.hall, position: (kept.place ?? former)?.position,
            state: kept.state.rawValue)
        let entry = JournalEntry(
            JournalEntry.Place(kept.id.subject, sequence: sequence, at: stamp.now, actor: stamp.actor), kind: rawValue,
            version: Self.version, body: try CanonicalJSON.bytes(of: part), personal: nil)
        try Journal.append([entry], in: tx)
    }
}

extension ShelfDeed {
    /// The entry of a deed; nil for one of which nothing is told.
    var entry: ShelfEntry? {
        switch self {
        case .place: .placed
        case .remind: .reminded
        case .archive: .archived
        case .leave: .left
        case .wait: nil
        }
    }
}
