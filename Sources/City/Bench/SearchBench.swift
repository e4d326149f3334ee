import Catalogue
import Hall
import Store
import Vocabulary

/// Fills a catalogue from a list of names for the city and its units and asks what people type: names, parts of names,
/// pinyin, initials, everyday words, slips of the hand. Each answer is the first page; suggestions are asked for too.
package struct SearchBench: Sendable {
    /// One JSON object on standard output.
    package struct Result: Encodable, Sendable {
        package var bench = "search"
        package var store = ""
        /// Items for each place together.
        package var count = 0
        package var fill_seconds = 0.0
        /// Milliseconds until the first question was answered, the index being read.
        package var first_milliseconds = 0.0
        package var samples = 0
        /// Milliseconds, by kind of question; `point-read` is a row by its primary key in the same run.
        package var latency: [String: Percentiles] = [:]
        package var found_share = 0.0
        package var resident_mebibytes_max = 0
    }

    private static let rowsMax = 20
    private static let suggestionsMax = 8
    /// Items that are written in one transaction.
    private static let batch = 50

    private let setting: BenchSetting
    private let sample: SampleCatalogue
    private let seed: UInt64
    private var hall: Hall { setting.hall }
    private let timings = Timings()

    /// A bench in a setting, with the names of the real list and the seed of what is typed.
    package init(_ setting: BenchSetting, seed: UInt64) throws {
        self.setting = setting
        self.seed = seed
        sample = SampleCatalogue(try DemonstrationCatalogue.realList())
    }

    /// Runs it whole; throws when a whole name does not find its item.
    package func run() async throws -> Result {
        let places = try Gazetteer.shipped().entries
        var result = Result()
        let start = ContinuousClock.now
        for first in stride(from: 0, to: sample.items.count, by: Self.batch) {
            let numbers = first..<min(first + Self.batch, sample.items.count)
            try await hall.store.write { tx in try sample.fill(numbers, in: places, tx: tx) }
        }
        result.fill_seconds = (ContinuousClock.now - start) / .seconds(1)
        let regions = places.map(\.region)
        let asking = ContinuousClock.now
        _ = try await hall.items(ItemQuery("许可", in: regions, limit: Self.rowsMax))
        result.first_milliseconds = (ContinuousClock.now - asking) / .milliseconds(1)
        setting.progress("asking \(setting.count) times")
        var found = 0
        let dice = Dice.seeded(seed)
        for _ in 0..<setting.count {
            let number = Int(dice.roll() % UInt64(sample.items.count))
            found += try await ask(sample.items[number].name, regions, dice) ? 1 : 0
        }
        result.latency = timings.percentiles()
        result.found_share = Double(found) / Double(max(setting.count, 1))
        (result.store, result.samples) = (hall.store.dialect.rawValue, setting.count)
        result.count = sample.items.count * places.count
        result.resident_mebibytes_max = ProcessMemory.peakMebibytes()
        return result
    }

    /// Asks for an item in every way; answers whether its damaged name finds it on the first page.
    private func ask(_ name: String, _ regions: [Region], _ dice: Dice) async throws -> Bool {
        let characters = Array(name)
        let cut = Int(dice.roll() % UInt64(characters.count))
        let part = String(characters[cut...].prefix(1 + Int(dice.roll() % 4)))
        var slip = characters
        slip[cut] = "龘"
        let whole = try await page("name", name, regions)
        guard whole.found.contains(where: { $0.line.name.zh == name }) else {
            throw Fault.corrupt("\(name) does not find itself")
        }
        _ = try await page("part", part, regions)
        _ = try await page("everyday", ["开饭店", "社保卡丢了", "生孩子", "我要开网约车", "退休"][cut % 5], regions)
        _ = try await page("pinyin", ["kuaiji", "changle", "shipinjingying", "yinhang", "hukou"][cut % 5], regions)
        _ = try await page("initials", ["cl", "spjy", "sbk", "jhz"][cut % 4], regions)
        _ = try await page("everything", "", regions)
        let damaged = try await page("slip", String(slip), regions)
        var suggestions = ItemQuery(part, in: regions, limit: Self.suggestionsMax)
        suggestions.isOncePerItem = true
        let typed = suggestions
        _ = try await timings.time("suggestions") { try await hall.items(typed) }
        _ = try await timings.time("point-read") {
            try await hall.store.read { tx in
                try tx.row("SELECT state, line FROM item WHERE code = \(whole.found[0].line.itemCode)")
            }
        }
        return damaged.found.contains { $0.line.name.zh == name }
    }

    private func page(_ kind: String, _ words: String, _ regions: [Region]) async throws -> ItemAnswer {
        var query = ItemQuery(words, in: regions, limit: Self.rowsMax)
        query.isOncePerItem = true
        let asked = query
        return try await timings.time(kind) { try await hall.items(asked) }
    }
}
