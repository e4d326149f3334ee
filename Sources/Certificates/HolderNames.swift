package import Store
package import Vocabulary

/// The names of holders as certificates write them, and the way to them by a part of a name. Both are personal and
/// can be erased.
///
/// The words of a name are each of its characters and each pair of neighbours: of `张小明` they are `张`, `小`, `明`,
/// `张小`, `小明`. One character and two are one word; of three and more some pairs are asked for and the name itself
/// is compared. So both databases give the same answers, whatever their indexes are.
package enum HolderNames {
    /// LIMIT: characters of a name, or of a part, that are searched.
    package static let charactersMax = 60

    /// A name as it is compared: small letters, full-width forms as ASCII, no white space and nothing unseen.
    package static func folded(_ name: String) -> String {
        var folded = ""
        for scalar in name.unicodeScalars
        where !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control {
            let plain = (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : scalar
            folded += (plain ?? scalar).properties.lowercaseMapping
        }
        return folded
    }

    /// Whether the words stand in the name.
    package static func matches(_ words: String, in name: String) -> Bool {
        folded(name).contains(folded(words))
    }

    /// The characters of a name and its pairs of neighbours, in order.
    private static func parts(of name: String) -> (characters: [String], pairs: [String]) {
        let characters = folded(name).unicodeScalars.prefix(charactersMax).map { String($0) }
        return (characters, zip(characters, characters.dropFirst()).map { $0 + $1 })
    }

    /// The words of a name, each once.
    private static func words(of name: String) -> [String] {
        let (characters, pairs) = parts(of: name)
        var seen: Set<String> = []
        return (characters + pairs).filter { seen.insert($0).inserted }
    }

    /// The words of a name as they stand beside it; empty for a name that shows nothing.
    package static func line(of name: String) -> String { words(of: name).joined(separator: " ") }

    /// Notes a name of a holder; nothing when it is known. Other names of the same holder stay.
    package static func note(_ name: String, of holder: PersonID, in tx: Transaction) throws {
        guard !(try names(of: holder, in: tx).contains(name)) else { return }
        try tx.execute(
            """
            INSERT INTO certificate_holder_name (holder, name, words)
            VALUES (\(holder), \(name), \(line(of: name)))
            """)
        let words = words(of: name)
        guard tx.dialect == .sqlite, !words.isEmpty else { return }
        try tx.execute(
            """
            INSERT INTO certificate_name_word (word, holder)
            VALUES \(rows: words.map { [$0.sqlValue, holder.sqlValue] })
            ON CONFLICT (word, holder) DO NOTHING
            """)
    }

    /// The names under which somebody holds certificates.
    package static func names(of holder: PersonID, in tx: Transaction) throws -> [String] {
        try tx.rows(
            """
            SELECT name FROM certificate_holder_name WHERE holder = \(holder)
            ORDER BY name LIMIT \(Limits.pageRowsMax)
            """
        ).map { try $0.text(0) }
    }

    /// Erases the names of a holder and every way to them.
    package static func forget(_ holder: PersonID, in tx: Transaction) throws {
        if tx.dialect == .sqlite {
            for word in try names(of: holder, in: tx).flatMap(words(of:)) {
                try tx.execute("DELETE FROM certificate_name_word WHERE word = \(word) AND holder = \(holder)")
            }
        }
        try tx.execute("DELETE FROM certificate_holder_name WHERE holder = \(holder)")
    }

    /// One page of holders whose names hold the words, after one of them, in the order of their ids. Words that do not
    /// stand next to each other are told apart by the name itself, so a page may have fewer than were read; `read` says
    /// after whom nothing was looked at yet, nil at the end.
    static func holders(
        named words: String, after place: PersonID?, limit: Int, in tx: Transaction
    ) throws -> (found: [PersonID], read: PersonID?) {
        let (characters, pairs) = parts(of: words)
        guard let first = characters.first else { return ([], nil) }
        // LIMIT: three words are asked for, however many there are; the name itself decides.
        let asked = pairs.isEmpty ? [first, first, first] : [pairs[0], pairs[pairs.count / 2], pairs[pairs.count - 1]]
        let rows = try tx.rows(candidates(asked, place ?? PersonID(Subject(high: 0, low: 0)), limit))
        let holders = try rows.map { try $0.id(0) as PersonID }
        let found =
            characters.count < 3
            ? holders
            : try holders.filter { try names(of: $0, in: tx).contains { matches(words, in: $0) } }
        return (found, holders.count == limit ? holders.last : nil)
    }

    /// Who has all three words. PostgreSQL's index knows no order, and a list of hundreds of thousands would be sorted
    /// for each page. So the next names are looked through first (LIMIT: 4,000): a word that many have is met among
    /// them, and of any other the index has a short list.
    private static func candidates(_ words: [String], _ place: PersonID, _ limit: Int) -> SQL {
        SQL(
            sqlite: """
                SELECT w.holder FROM certificate_name_word w
                WHERE w.word = \(words[0])
                    AND EXISTS (
                        SELECT 1 FROM certificate_name_word m WHERE m.word = \(words[1]) AND m.holder = w.holder)
                    AND EXISTS (
                        SELECT 1 FROM certificate_name_word l WHERE l.word = \(words[2]) AND l.holder = w.holder)
                    AND w.holder > \(place)
                ORDER BY w.holder LIMIT \(limit)
                """,
            postgres: """
                WITH asked AS MATERIALIZED (
                    SELECT ARRAY[\(words[0]), \(words[1]), \(words[2])] AS words, \(place) AS place, \(limit) AS rows),
                near AS MATERIALIZED (
                    SELECT DISTINCT holder FROM (
                        SELECT holder, words FROM certificate_holder_name WHERE holder > (SELECT place FROM asked)
                        ORDER BY holder LIMIT 4000) next
                    WHERE string_to_array(words, ' ') @> (SELECT words FROM asked)
                    ORDER BY holder LIMIT (SELECT rows FROM asked)),
                far AS MATERIALIZED (
                    SELECT holder FROM certificate_holder_name
                    WHERE string_to_array(words, ' ') @> (SELECT words FROM asked)
                        AND holder > (SELECT place FROM asked)
                        AND (SELECT COUNT(*) FROM near) < (SELECT rows FROM asked))
                SELECT holder FROM near UNION SELECT holder FROM far
                ORDER BY holder LIMIT (SELECT rows FROM asked)
                """)
    }
}
