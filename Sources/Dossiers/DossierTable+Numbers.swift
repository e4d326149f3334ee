package import Store
package import Vocabulary

extension DossierTable {
    /// LIMIT: dossiers whose numbers one statement asks for.
    private static let numbersMax = 500

    /// What a list of cases says of a dossier: its numbers, its item, and who decides it where.
    package struct Numbered: Hashable, Sendable {
        package let id: DossierID
        package let number: String
        package let short: String
        package let itemCode: String
        package let catalogCode: String
        package let body: CreditCode
        package let region: Region
    }

    /// The same of many dossiers, in the order of their ids; those that are not known are left out.
    package static func numbered(_ ids: [DossierID], in tx: Transaction) throws -> [Numbered] {
        var (found, rest): ([Numbered], ArraySlice<DossierID>) = ([], ids[...])
        while !rest.isEmpty {
            let rows = try tx.rows(
                """
                SELECT id, number, short, item, catalog_code, body, region FROM dossier
                WHERE id IN \(list: Array(rest.prefix(numbersMax))) ORDER BY id LIMIT \(numbersMax)
                """)
            found += try rows.map { row in
                Numbered(
                    id: try row.id(0), number: try row.text(1), short: try row.text(2), itemCode: try row.text(3),
                    catalogCode: try row.text(4), body: try row.value(5, CreditCode.init),
                    region: try row.value(6, Region.init))
            }
            rest = rest.dropFirst(numbersMax)
        }
        return found
    }
}
