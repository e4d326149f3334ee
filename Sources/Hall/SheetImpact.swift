package import Catalogue
import Dossiers
import Store
package import Vocabulary

/// What publishing a sheet changes: for places and bodies, for those whose cases are open, for guides on paper.
package struct SheetImpact: Sendable, Equatable {
    package let places: Int
    package let implementations: Int
    /// Open cases of the item, which go on under their own version; `isAtLeast` when there are more.
    package let openDossiers: (count: Int, isAtLeast: Bool)
    /// The bodies that implement it now and no longer would.
    package let ending: [CreditCode]

    package static func == (left: SheetImpact, right: SheetImpact) -> Bool {
        (left.places, left.implementations) == (right.places, right.implementations)
            && left.openDossiers == right.openDossiers && left.ending == right.ending
    }
}

extension Hall {
    /// What publishing these guides of an item would change.
    package func impact(of guides: [Guide], slug: String) async throws -> SheetImpact {
        try await store.read { tx in
            let now = try ItemTable.standing(of: slug, in: tx)?.open ?? []
            let codes = Set(guides.map(\.itemCode))
            var (count, isAtLeast) = (0, false)
            for one in now {
                let open = try DossierTable.open(item: one.code, at: one.body, in: tx)
                count += open.count
                isAtLeast = isAtLeast || open.isAtLeast
            }
            return SheetImpact(
                places: Set(guides.map(\.body.region)).count, implementations: guides.count,
                openDossiers: (count, isAtLeast), ending: now.filter { !codes.contains($0.code) }.map(\.body))
        }
    }
}
