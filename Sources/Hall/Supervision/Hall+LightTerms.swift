import Accounts
import Catalogue
package import Dossiers
import Store
package import Vocabulary

/// From when lights are yellow, as supervisors lay it down.
extension Hall {
    /// All that was laid down.
    package var lightBook: LightBook { lights.book }

    /// Lays down from when lights are yellow, for an item by its catalogue code or for all; promises that run from that
    /// day on go by it. `seen` is the number of the edition after which she saw the book. Refuses whoever does not
    /// supervise the whole city, and what `LightBook.next` refuses.
    package func layDown(
        _ terms: LightTerms, for item: String?, from day: CivilDate, seen: Int, by guest: Guest
    ) async throws -> LightEdition {
        let (stamp, subject, known) = (stamp(of: guest.session.holder.actor), ids.next(), lights.book)
        guard case .staff(_, let grants) = guest.who else { throw PerformerRefusal.notAllowed }
        try Permits.check(.supervise, wholeOf: .fuzhou, grants: grants, today: stamp.now.day)
        let edition = try await store.write { tx in
            let book = try known.brought(upTo: tx)
            guard book.lastNumber == seen else { throw LightRefusal.changedMeanwhile }
            if let item, try MisguidanceTable.item(of: item, in: tx) == nil { throw LightRefusal.itemUnknown }
            let edition = try book.next(terms, for: item, from: day, today: stamp.now.day)
            try LightTable.append(edition, as: subject, stamp: stamp, in: tx)
            return edition
        }
        try await lights.refresh(store)
        return edition
    }
}
