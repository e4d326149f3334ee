package import Store
package import Vocabulary

extension ItemTable {
    /// The items of some regions that fit plain words, best first: at least half of what was said must fit. Items that
    /// are cancelled are left out. Both databases answer alike.
    ///
    /// LIMIT: the first `ItemWords.queryCharactersMax` characters are read.
    package static func search(
        _ words: String, in regions: [Region], limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [ItemLine] {
        let tokens = ItemWords.query(words)
        guard !tokens.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT item.state, item.line FROM item
            JOIN (
                SELECT slug, CAST(SUM(weight) AS BIGINT) AS score FROM item_token WHERE token IN \(list: tokens)
                GROUP BY slug HAVING COUNT(*) >= \((tokens.count + 1) / 2)
            ) AS found ON found.slug = item.slug
            WHERE item.region IN \(list: regions) AND item.state <> \(ItemState.cancelled.rawValue)
            ORDER BY found.score DESC, item.code LIMIT \(limit)
            """
        ).map(line)
    }
}
