package import Store
package import Vocabulary

/// Which dossier something is about, and where it belongs. It never changes.
package struct DossierFacts: Hashable, Sendable {
    package let id: DossierID
    package let number: String
    package let itemCode: String
    /// 12 characters: the item wherever it is implemented.
    package let catalogCode: String
    package let body: CreditCode
    package let region: Region
}

extension DossierTable {
    /// The facts of some dossiers; those that there are not are missing.
    package static func facts(of ids: [DossierID], in tx: Transaction) throws -> [DossierID: DossierFacts] {
        guard !ids.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT id, number, item, catalog_code, body, region FROM dossier WHERE id IN \(list: ids)
            ORDER BY id LIMIT \(ids.count)
            """)
        var facts: [DossierID: DossierFacts] = [:]
        for row in rows {
            let id: DossierID = try row.id(0)
            facts[id] = DossierFacts(
                id: id, number: try row.text(1), itemCode: try row.text(2), catalogCode: try row.text(3),
                body: try row.value(4, CreditCode.init), region: try row.value(5, Region.init))
        }
        return facts
    }
}
