package import Store
package import Vocabulary

/// The ways by name of an import: all names of the library are walked in the order of their holders, once for each part
/// of the pairs, because so many pairs have no room in memory.
extension HolderNames {
    /// LIMIT: pairs held in memory at once.
    package static let pairsMax = 1_500_000
    /// LIMIT: rows of one statement.
    private static let rowsMax = 300
    /// LIMIT: pairs of one transaction.
    package static let pairsPerTransaction = 30_000
    /// LIMIT: names read at once.
    package static let pageMax = 5000
    /// LIMIT: holders of a small import, whose names are looked at one by one.
    package static let smallImportMax = 20_000

    /// A pair as it is kept.
    package struct Pair: Sendable {
        package let token: Int
        package let holder: PersonID
        let isFirst: Bool
    }

    /// A holder and a name.
    package struct Named: Sendable {
        package let holder: PersonID
        let name: String
    }

    /// How many names an import left to be worked in.
    package static func importedCount(in tx: Transaction) throws -> Int {
        try tx.row("SELECT COUNT(*) FROM certificate_import_name")?.integer(0) ?? 0
    }

    /// How many names the library has.
    package static func count(in tx: Transaction) throws -> Int {
        try tx.row("SELECT COUNT(*) FROM certificate_holder_name")?.integer(0) ?? 0
    }

    /// A page of names in the order of their holders; those of one holder are never torn apart.
    package static func page(after holder: PersonID?, in tx: Transaction) throws -> [Named] {
        let start = holder ?? PersonID(Subject(high: 0, low: 0))
        var page = try tx.rows(
            """
            SELECT holder, name FROM certificate_holder_name WHERE holder > \(start)
            ORDER BY holder, name LIMIT \(pageMax)
            """
        ).map { Named(holder: try $0.id(0), name: try $0.text(1)) }
        guard page.count == pageMax, let last = page.last?.holder else { return page }
        page.removeAll { $0.holder == last }
        return page
            + (try tx.rows(
                """
                SELECT holder, name FROM certificate_holder_name WHERE holder = \(last) ORDER BY name LIMIT \(pageMax)
                """
            ).map { Named(holder: try $0.id(0), name: try $0.text(1)) })
    }

    /// The pairs of a page of names.
    package static func pairs(of page: [Named]) -> [Pair] {
        var (pairs, holder, known, seen): ([Pair], PersonID?, Set<UInt32>, Set<Int>) = ([], nil, [], [])
        for named in page {
            if named.holder != holder { (holder, known, seen) = (named.holder, [], []) }
            for (token, isFirst) in tokens(named.name, known: known) where seen.insert(token).inserted {
                pairs.append(Pair(token: token, holder: named.holder, isFirst: isFirst))
            }
            known.formUnion(scalars(named.name))
        }
        return pairs
    }

    /// Writes pairs, best in order. What a pair says of its holder's names is written again.
    package static func put(_ pairs: some Collection<Pair>, in tx: Transaction) throws {
        var rest = pairs[...]
        while !rest.isEmpty {
            let rows = rest.prefix(rowsMax).map { [$0.token.sqlValue, $0.holder.sqlValue, $0.isFirst.sqlValue] }
            try tx.execute(
                """
                INSERT INTO certificate_name_token (token, holder, is_first) VALUES \(rows: rows)
                ON CONFLICT (token, holder) DO UPDATE SET is_first = excluded.is_first
                """)
            rest = rest.dropFirst(rowsMax)
        }
    }

    /// The holders whose names an import left, after one of them.
    package static func imported(after holder: PersonID?, in tx: Transaction) throws -> [PersonID] {
        let start = holder ?? PersonID(Subject(high: 0, low: 0))
        return try tx.rows(
            """
            SELECT DISTINCT holder FROM certificate_import_name WHERE holder > \(start) ORDER BY holder LIMIT \(pageMax)
            """
        ).map { try $0.id(0) }
    }

    /// Writes the pairs of some holders.
    package static func putPairs(of holders: [PersonID], in tx: Transaction) throws {
        for holder in holders {
            let named = try names(of: holder, in: tx).map { Named(holder: holder, name: $0) }
            try put(pairs(of: named), in: tx)
        }
    }

    /// Forgets what an import left: its names are worked in.
    package static func clearImported(in tx: Transaction) throws {
        try tx.execute(
            SQL(sqlite: "DELETE FROM certificate_import_name", postgres: "TRUNCATE certificate_import_name"))
    }
}
