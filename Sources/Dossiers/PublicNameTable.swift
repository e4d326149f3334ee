package import Store
import Vocabulary

/// What the public list of grants can be narrowed to, by name: items, bodies and organisations that have a grant.
package enum PublicNameTable {
    /// What a name is of.
    package enum Kind: String, Sendable, CaseIterable { case item, body, holder }

    /// A name with the code by which the list is narrowed to it.
    package struct Name: Hashable, Sendable {
        package let kind: Kind
        package let code: String
        package let name: String
    }

    /// LIMIT: names that one search answers, of each kind.
    package static let namesMax = 20
    /// LIMIT: characters of a name that is searched for.
    package static let searchedMax = 60

    static let table = Table(
        "public_grant_name", .distributed(by: "code"),
        columns: "kind TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (code, kind)",
        indexes: ["public_grant_name_by_name ON public_grant_name (kind, name, code)"])

    /// Notes a name. An organisation that took another is found by the latest; an item or body by its first.
    static func note(_ kind: Kind, _ code: String, _ name: String, in tx: Transaction) throws {
        let known = try tx.row(
            "SELECT name FROM public_grant_name WHERE code = \(code) AND kind = \(kind.rawValue)")?.text(0)
        guard known == nil || (kind == .holder && known != name) else { return }
        try tx.execute(
            """
            INSERT INTO public_grant_name (kind, code, name) VALUES (\(kind.rawValue), \(code), \(name))
            ON CONFLICT (code, kind) DO UPDATE SET name = excluded.name
            """)
    }

    /// The name of a code; nil for one that no grant has.
    package static func name(_ kind: Kind, _ code: String, in tx: Transaction) throws -> String? {
        try tx.row("SELECT name FROM public_grant_name WHERE code = \(code) AND kind = \(kind.rawValue)")?.text(0)
    }

    /// Items and bodies in whose names the words stand, and organisations whose names begin with them, in the order of
    /// their names. Items and bodies are few; organisations are many and are read along the index.
    package static func names(matching words: String, in tx: Transaction) throws -> [Name] {
        let words = String(words.prefix(searchedMax))
        guard !words.isEmpty else { return [] }
        let escaped = words.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        var found: [Name] = []
        for kind in [Kind.item, .body] {
            found += try tx.rows(
                """
                SELECT kind, code, name FROM public_grant_name
                WHERE kind = \(kind.rawValue) AND name LIKE \("%\(escaped)%") ESCAPE '\\'
                ORDER BY name, code LIMIT \(namesMax)
                """
            ).map(name)
        }
        // Texts are compared byte by byte: what begins with the words lies before the words with the last character.
        return try found
            + tx.rows(
                """
                SELECT kind, code, name FROM public_grant_name
                WHERE kind = 'holder' AND name >= \(words) AND name < \(words + "\u{10FFFF}")
                ORDER BY name, code LIMIT \(namesMax)
                """
            ).map(name)
    }

    private static func name(_ row: Row) throws -> Name {
        Name(kind: try row.value(0, Kind.init), code: try row.text(1), name: try row.text(2))
    }
}
