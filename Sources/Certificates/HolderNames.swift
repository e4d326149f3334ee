package import Store
package import Vocabulary

/// The names of holders as certificates write them, and the way to them by a part of a name. Both are personal and
/// can be erased.
///
/// A name is kept as pairs of neighbouring characters, the last one alone: `张小明` as `张小`, `小明`, `明`. Two
/// characters are one pair; one character is the range of all pairs that it begins; of three and more every pair is
/// asked for and the name itself is compared. Both databases read the same tables, so that they give the same answers.
package enum HolderNames {
    /// LIMIT: characters of a name, or of a part, that are searched.
    package static let charactersMax = 60

    /// A name as it is compared: small letters, full-width forms as ASCII, no white space.
    package static func folded(_ name: String) -> String {
        var folded = ""
        for scalar in name.unicodeScalars where !scalar.properties.isWhitespace {
            let plain = (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : scalar
            folded += (plain ?? scalar).properties.lowercaseMapping
        }
        return folded
    }

    /// Whether the words stand in the name.
    package static func matches(_ words: String, in name: String) -> Bool {
        folded(name).contains(folded(words))
    }

    /// The pair of a character and the one after it, or of the last character and nothing.
    private static func token(_ first: UInt32, _ second: UInt32) -> Int { Int(first) << 21 | Int(second) }

    static func scalars(_ text: String) -> [UInt32] {
        folded(text).unicodeScalars.prefix(charactersMax).map(\.value)
    }

    /// All pairs of a name, each once, with whether it is the first that its first character begins.
    static func tokens(_ name: String, known: Set<UInt32> = []) -> [(token: Int, isFirst: Bool)] {
        let characters = scalars(name)
        var (tokens, seen, begun): ([(token: Int, isFirst: Bool)], Set<Int>, Set<UInt32>) = ([], [], known)
        for (index, character) in characters.enumerated() {
            let next = index + 1 < characters.count ? characters[index + 1] : 0
            let pair = token(character, next)
            guard seen.insert(pair).inserted else { continue }
            tokens.append((pair, begun.insert(character).inserted))
        }
        return tokens
    }

    /// Notes a name of a holder; nothing when it is known. Other names of the same holder stay.
    package static func note(_ name: String, of holder: PersonID, in tx: Transaction) throws {
        let names = try names(of: holder, in: tx)
        guard !names.contains(name) else { return }
        try tx.execute("INSERT INTO certificate_holder_name (holder, name) VALUES (\(holder), \(name))")
        let known = Set(names.flatMap(scalars))
        for (token, isFirst) in tokens(name, known: known) {
            try tx.execute(
                """
                INSERT INTO certificate_name_token (token, holder, is_first) VALUES (\(token), \(holder), \(isFirst))
                ON CONFLICT (token, holder) DO NOTHING
                """)
        }
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
        for name in try names(of: holder, in: tx) {
            for (token, _) in tokens(name) {
                try tx.execute("DELETE FROM certificate_name_token WHERE token = \(token) AND holder = \(holder)")
            }
        }
        try tx.execute("DELETE FROM certificate_holder_name WHERE holder = \(holder)")
    }

    /// A holder who may be meant, and where the walk goes on after her.
    struct Place: Hashable, Sendable {
        let token: Int
        let holder: PersonID
    }

    /// One page of holders whose names hold the words, after a place, in the order of their tokens and ids. Pairs that
    /// do not stand next to each other are told apart by the name itself, so a page may have fewer than were read;
    /// `read` says after which place nothing was looked at yet, nil at the end.
    static func holders(
        named words: String, after place: Place?, limit: Int, in tx: Transaction
    ) throws -> (found: [Place], read: Place?) {
        let characters = scalars(words)
        guard let first = characters.first else { return ([], nil) }
        let rows = try candidates(characters, first, after: place, limit: limit, in: tx)
        let places = try rows.map { Place(token: try $0.integer(0), holder: try $0.id(1)) }
        let found =
            characters.count < 3
            ? places
            : try places.filter { place in
                try names(of: place.holder, in: tx).contains { matches(words, in: $0) }
            }
        return (found, places.count == limit ? places.last : nil)
    }

    private static func candidates(
        _ characters: [UInt32], _ first: UInt32, after place: Place?, limit: Int, in tx: Transaction
    ) throws -> [Row] {
        let after = place ?? Place(token: 0, holder: PersonID(Subject(high: 0, low: 0)))
        guard characters.count > 1 else {
            return try tx.rows(
                """
                SELECT token, holder FROM certificate_name_token
                WHERE token >= \(token(first, 0)) AND token < \(token(first + 1, 0)) AND is_first = 1
                    AND (token, holder) > (\(after.token), \(after.holder))
                ORDER BY token, holder LIMIT \(limit)
                """)
        }
        let pairs = zip(characters, characters.dropFirst()).map { token($0, $1) }
        // LIMIT: three pairs are asked for, however long the words are; the name itself decides.
        let (middle, last) = (pairs[pairs.count / 2], pairs[pairs.count - 1])
        return try tx.rows(
            """
            SELECT t.token, t.holder FROM certificate_name_token t
            WHERE t.token = \(pairs[0]) AND t.holder > \(after.holder)
                AND EXISTS (SELECT 1 FROM certificate_name_token m WHERE m.token = \(middle) AND m.holder = t.holder)
                AND EXISTS (SELECT 1 FROM certificate_name_token l WHERE l.token = \(last) AND l.holder = t.holder)
            ORDER BY t.holder LIMIT \(limit)
            """)
    }
}
