package import Store
package import Vocabulary

extension CertificateTable {
    /// Out of which dossiers some certificates came; those that came out of none, and those that there are not, are
    /// missing.
    package static func dossiers(
        of ids: [CertificateID], in tx: Transaction
    ) throws -> [CertificateID: DossierID] {
        guard !ids.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT id, dossier FROM certificate WHERE id IN \(list: ids) AND dossier IS NOT NULL
            ORDER BY id LIMIT \(ids.count)
            """)
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.id(0), try $0.id(1)) })
    }
}
