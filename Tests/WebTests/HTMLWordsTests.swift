import Foundation
import Testing
import Vocabulary

@testable import Web

@Suite("Words") struct HTMLWordsTests {
    private static let sources = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/Web")

    /// Every Swift file of the room.
    private static func urls() throws -> [URL] {
        let found = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        return try #require(found).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    /// Every Swift file of the room, with the folder it stands in.
    private static func files() throws -> [(folder: String, text: String)] {
        try urls().map {
            ($0.deletingLastPathComponent().lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
        }
    }

    private static func named() throws -> [(name: String, text: String)] {
        try urls().map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
    }

    @Test func `every word that the sources use is in the table of its door, in both languages`() throws {
        let tables = try WordTables.shipped().tables
        let shared = try #require(tables["shared"])
        let everywhere = tables.values.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        var (used, missing) = (0, Set<String>())
        for (folder, text) in try Self.files() {
            let own = tables[folder.lowercased()] ?? everywhere
            for match in text.matches(of: /(?:words[\[(]|say\(\s*|count\(\s*|Word\()\s*"([a-z0-9.-]+)"/) {
                let key = String(match.1)
                if shared[key] == nil && own[key] == nil { missing.insert("\(folder) \(key)") }
                used += 1
            }
        }
        #expect(missing.sorted() == [])
        #expect(used > 80)
    }

    @Test func `no word lies unused`() throws {
        let text = try Self.files().map(\.text).joined()
        let unused = try WordTables.shipped().tables.flatMap { door, table in
            table.keys.filter { !text.contains("\"\($0)\"") }.map { "\(door) \($0)" }
        }
        #expect(unused.sorted() == [])
    }

    @Test func `both languages say something, and with the same blanks`() throws {
        for (door, table) in try WordTables.shipped().tables {
            for (key, entry) in table {
                #expect(!entry.zh.isEmpty && !entry.en.isEmpty, "\(door) \(key)")
                let blanks = [entry.zh, entry.en].map { Set($0.matches(of: /\{[a-z]+\}/).map { String($0.0) }) }
                #expect(blanks[0] == blanks[1], "\(door) \(key)")
                #expect(entry.zh.contains { $0 >= "\u{4E00}" }, "\(door) \(key) is not Chinese")
                #expect(!entry.en.contains { $0 >= "\u{2E80}" }, "\(door) \(key) is not English")
            }
        }
    }

    @Test func `Chinese stands in the tables, not in the sources, but for dates, the switch and seals`() throws {
        let spared = ["Language.swift", "Phrases.swift", "Papers.swift"]
        for (name, text) in try Self.named() where !spared.contains(name) {
            for line in text.split(separator: "\n") where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
                let literals = line.matches(of: /"[^"]*"/).map { String($0.0) }
                #expect(!literals.contains(where: ChineseText.isIn), "\(name): \(line)")
            }
        }
    }

    @Test func `days and times read as people write them`() throws {
        let tables = try WordTables.shipped()
        let (zh, en) = (tables.words(.portal, .zh), tables.words(.portal, .en))
        let day = try #require(CivilDate(year: 2026, month: 11, day: 24))
        #expect(zh.date(day) == "2026年11月24日 (周二)")
        #expect(en.date(day) == "Tue 24 Nov 2026")
        #expect(zh.moment(Instant(day, hour: 9, minute: 5)) == "2026年11月24日 (周二) 09:05")
        #expect(en.moment(Instant(day, hour: 9, minute: 5)) == "Tue 24 Nov 2026, 09:05")
        #expect(zh.workingDays(WorkingDays(4)) == "4 个工作日")
        #expect(en.workingDays(WorkingDays(1)) == "1 working day")
        #expect(en.calendarDays(30) == "30 calendar days")
        #expect(zh.trips(0) == "一趟不用跑")
        #expect(en.trips(1) == "At most 1 trip")
    }

    @Test(arguments: [(0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12_900_000, "12,900,000"), (-1234, "−1,234")])
    func `numbers stand in groups of three`(number: Int, text: String) throws {
        #expect(try WordTables.shipped().words(.portal, .zh).number(number) == text)
    }

    @Test(arguments: [(5, "¥0.05"), (123_450, "¥1,234.50"), (-100, "−¥1.00"), (0, "¥0.00")])
    func `money has two decimals`(fen: Int, text: String) throws {
        #expect(try WordTables.shipped().words(.portal, .zh).money(fen: fen) == text)
    }

    @Test(arguments: [
        (1, "1 KB"), (84_000, "83 KB"), (1_048_576, "1 MB"), (2_570_000, "2.5 MB"), (20_971_520, "20 MB"),
    ])
    func `sizes are rounded for people`(bytes: Int, text: String) throws {
        #expect(try WordTables.shipped().words(.portal, .zh).size(bytes: bytes) == text)
    }

    @Test func `a value with braces is not filled a second time`() throws {
        let words = try WordTables.shipped().words(.portal, .zh)
        #expect(words("deed.copy-what", ["what": "{what}"]) == "复制{what}")
    }

    @Test(arguments: Language.allCases)
    func `preferences survive their cookie, and a torn cookie is no error`(language: Language) {
        for theme in Preferences.Theme.allCases {
            let preferences = Preferences(language: language, theme: theme, isElder: true, hasKeys: false)
            #expect(Preferences(cookie: preferences.cookie) == preferences)
        }
        #expect(Preferences(cookie: "xx.\u{0}.dark.dark.....") == Preferences(theme: .dark))
        #expect(Preferences(cookie: nil) == Preferences())
    }
}
