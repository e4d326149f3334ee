import Foundation
import Vocabulary

/// The doors of the house that have pages; each has its own table of words beside the shared one.
package enum Door: String, Sendable, CaseIterable {
    case portal
    case window
    case office
}

/// A key of the word tables as a value, for types that carry their name with them.
package struct Word: Sendable {
    /// The key, `room.word`; a test finds it in the sources and checks that both languages have it.
    package let key: StaticString

    /// The word with this key.
    package init(_ key: StaticString) {
        self.key = key
    }
}

/// All words of the interface, read once at start.
package struct WordTables: Sendable {
    struct Entry: Codable, Sendable, Equatable {
        let zh: String
        let en: String
        /// English for exactly one; Chinese has no plural.
        let one: String?
    }

    let tables: [String: [String: Entry]]
    /// The words of each door: its own table goes before the shared one.
    private let ofDoors: [Door: [String: Entry]]

    init(tables: [String: [String: Entry]]) {
        self.tables = tables
        ofDoors = Dictionary(
            uniqueKeysWithValues: Door.allCases.map { door in
                (door, (tables["shared"] ?? [:]).merging(tables[door.rawValue] ?? [:]) { _, own in own })
            })
    }

    /// The tables that ship: `shared.json` and one for each door. Throws `Fault.misconfigured` when one is missing or
    /// cannot be read, `Fault.corrupt` when a word stands in two that are shared.
    package static func shipped() throws -> WordTables {
        var tables: [String: [String: Entry]] = [:]
        for name in ["shared"] + Door.allCases.map(\.rawValue) {
            tables[name] = try JSONDecoder().decode([String: Entry].self, from: WebResource.data("words/\(name).json"))
        }
        // The words of pages, papers and channels stand in files of their own and are shared by all doors.
        let own = [
            "pages", "papers", "channels", "procedures", "certificates", "verify", "halls", "trips", "delivery",
            "assist", "evaluations", "orders", "statistics", "queues", "filereviews", "bottlenecks", "open-data",
            "looks",
        ]
        for name in own {
            let own = try JSONDecoder().decode([String: Entry].self, from: WebResource.data("words/\(name).json"))
            let twice = Set(own.keys).intersection(tables["shared"].map { Set($0.keys) } ?? [])
            guard twice.isEmpty else { throw Fault.corrupt("words in two tables: \(twice.sorted())") }
            tables["shared", default: [:]].merge(own) { shared, _ in shared }
        }
        return WordTables(tables: tables)
    }

    /// The words of one door in one language.
    package func words(_ door: Door, _ language: Language) -> Words {
        Words(language: language, table: ofDoors[door] ?? [:])
    }
}

/// The words that one reader sees.
package struct Words: Sendable {
    /// The language of the words.
    package let language: Language
    private let table: [String: WordTables.Entry]

    init(language: Language, table: [String: WordTables.Entry]) {
        self.language = language
        self.table = table
    }

    /// The word with this key. A key that no table has is a bug, which a test over the sources finds.
    package subscript(key: StaticString) -> String {
        let entry = entry(key)
        return language == .zh ? entry.zh : entry.en
    }

    /// The word that a value carries.
    package subscript(word: Word) -> String { self[word.key] }

    /// The word with its `{names}` replaced by values.
    package func callAsFunction(_ key: StaticString, _ values: KeyValuePairs<String, String> = [:]) -> String {
        fill(self[key], values)
    }

    /// The word for a number: `{n}` is the number, and English has a form of its own for one.
    package func count(_ key: StaticString, _ number: Int) -> String {
        let entry = entry(key)
        let text = language == .zh ? entry.zh : number == 1 ? entry.one ?? entry.en : entry.en
        return fill(text, ["n": self.number(number)])
    }

    /// The name in the reader's language, where data carries both; Chinese where the English one is missing.
    package func pick(_ chinese: String, _ english: String?) -> String {
        guard language != .zh, let english, !english.isEmpty else { return chinese }
        return english
    }

    /// The Chinese of a word, whoever reads it.
    func chinese(_ word: Word) -> String { entry(word.key).zh }

    private func entry(_ key: StaticString) -> WordTables.Entry {
        guard let entry = table["\(key)"] else { preconditionFailure("no word for \(key)") }
        return entry
    }

    private func fill(_ text: String, _ values: KeyValuePairs<String, String>) -> String {
        guard !values.isEmpty else { return text }
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            filled += rest[..<open]
            filled += values.first { $0.key == name }?.value ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}

/// The resource files of this room.
enum WebResource {
    static func data(_ name: String) throws -> Data {
        guard let url = Bundle.module.url(forResource: "Resources/\(name)", withExtension: nil) else {
            throw Fault.misconfigured("resource \(name) is missing beside the program")
        }
        return try Data(contentsOf: url)
    }
}
