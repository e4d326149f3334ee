package import Store
import Vocabulary

/// The words under which an item of the catalogue is found and sorted, whoever implements it. Kept as a row of its own,
/// so that a search opens no guide.
package struct ItemWording: Hashable, Sendable, Codable {
    /// The names of the item and of its handling item.
    let names: [Bilingual]
    let resultName: Bilingual?
    /// Words that people say when they look for it: 开饭店.
    let spoken: [String]
    let spokenEnglish: [String]
    let topics: [Topic]

    /// The words of a standard.
    package init(_ standard: GuideStandard) {
        names = [standard.itemName] + (standard.handlingItem.map { [$0.name] } ?? [])
        resultName = standard.resultName
        (spoken, spokenEnglish) = (standard.searchWords, standard.searchWordsEnglish)
        topics = standard.topics
    }

    /// The words of an item of which only the name and the topics are known, as in a list of names.
    package init(name: Bilingual, topics: [Topic]) {
        (names, resultName, spoken, spokenEnglish, self.topics) = ([name], nil, [], [], topics)
    }
}

/// What changed in the catalogue since an index was built. Each publication and each change of a state raises the
/// generation by one, in the order of the commits: the unique index lets only one transaction have the next number.
package enum ItemChangeTable {
    /// LIMIT: changed items that are read in one snapshot before the rest is asked for.
    static let pageRowsMax = 2000

    static let migration = Migration(
        "catalogue.010-search",
        tables: [
            Table(
                "item_change", .reference, columns: "item TEXT NOT NULL PRIMARY KEY, generation BIGINT NOT NULL",
                indexes: ["UNIQUE item_change_by_generation ON item_change (generation)"]),
            Table("item_wording", .reference, columns: "slug TEXT NOT NULL PRIMARY KEY, wording BYTEA NOT NULL"),
        ],
        statements: [
            "INSERT INTO item_change (item, generation) SELECT code, ROW_NUMBER() OVER (ORDER BY code) FROM item",
            "DROP TABLE item_token",
        ])

    /// Notes the words of an item and that it changed.
    package static func put(_ wording: ItemWording, of slug: String, item: String, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO item_wording (slug, wording) VALUES (\(slug), \(try CanonicalJSON.bytes(of: wording)))
            ON CONFLICT (slug) DO UPDATE SET wording = excluded.wording
            """)
        try note(item, in: tx)
    }

    /// Notes that an item changed.
    static func note(_ item: String, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO item_change (item, generation) VALUES (\(item), \(try generation(in: tx) + 1))
            ON CONFLICT (item) DO UPDATE SET generation = excluded.generation
            """)
    }

    /// The number of the last change; nought before the first.
    package static func generation(in tx: Transaction) throws -> Int {
        try tx.row("SELECT generation FROM item_change ORDER BY generation DESC LIMIT 1")?.integer(0) ?? 0
    }

    /// The items that changed after a generation, in the order of their changes.
    static func items(after generation: Int, in tx: Transaction) throws -> [ItemChange] {
        try tx.rows(
            """
            SELECT item_change.generation, code, slug, region, department, body, state, line
            FROM item_change JOIN item ON item.code = item_change.item
            WHERE generation > \(generation) ORDER BY generation LIMIT \(pageRowsMax)
            """
        ).map { row in
            ItemChange(
                generation: try row.integer(0), code: try row.text(1), slug: try row.text(2),
                region: try row.value(3, Region.init), department: try row.text(4), body: try row.text(5),
                state: try row.value(6, ItemState.init), line: try row.bytes(7))
        }
    }

    /// The words of some items by their names on the web. An item that was published before there were such rows is
    /// read from its guide.
    static func wordings(of changes: [ItemChange], in tx: Transaction) throws -> [String: ItemWording] {
        var wordings: [String: ItemWording] = [:]
        for change in changes where wordings[change.slug] == nil {
            let row = try tx.row("SELECT wording FROM item_wording WHERE slug = \(change.slug)")
            if let row {
                wordings[change.slug] = try CanonicalJSON.value(in: try row.bytes(0))
            } else if let version = try ItemTable.version(of: change.code, in: tx) {
                wordings[change.slug] = ItemWording(version.guide.standard)
            }
        }
        return wordings
    }
}

/// An item as it stands after a change.
struct ItemChange: Sendable {
    let generation: Int
    let code: String
    let slug: String
    let region: Region
    let department: String
    let body: String
    let state: ItemState
    /// The bytes of its `ItemLine`.
    let line: [UInt8]

    /// The line as lists show it.
    func shown() throws -> ItemLine {
        var shown: ItemLine = try CanonicalJSON.value(in: line)
        shown.state = state
        return shown
    }
}
