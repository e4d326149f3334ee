package import Store
package import Vocabulary

extension ParcelTable {
    /// Of which dossiers some parcels are; those that there are not are missing.
    package static func dossiers(of ids: [ParcelID], in tx: Transaction) throws -> [ParcelID: DossierID] {
        guard !ids.isEmpty else { return [:] }
        let rows = try tx.rows(
            "SELECT id, dossier FROM parcel WHERE id IN \(list: ids) ORDER BY id LIMIT \(ids.count)")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.id(0), try $0.id(1)) })
    }
}
