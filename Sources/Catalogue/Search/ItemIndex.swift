package import Store
import Vocabulary

/// The catalogue as search holds it in memory: one entry for each item, one place for each implementation. A value: a
/// change makes the next one.
package struct ItemIndex: Sendable {
    /// The number of the last change that it knows.
    package let generation: Int
    let tools: SearchTools
    /// The items, in the order of their names on the web.
    let entries: [ItemEntry]
    /// The implementations in the order of their codes, and the entry of each.
    let places: [ItemChange]
    let entryOfPlace: [Int]
    /// For each entry its implementations that are not cancelled, one for each region, in the order of regions.
    let placesOfEntry: [[Int]]
    /// The entries whose names, or what else is said of them, hold a character or a pair of them.
    let named: [UInt64: [Int]]
    let said: [UInt64: [Int]]
    /// The entries of bodies of one name.
    let entriesOfBody: [[UInt32]: [Int]]
    private let rows: [String: ItemChange]
    private let wordings: [String: ItemWording]
    private let bodies: [String: Bilingual]

    /// The index of an empty catalogue.
    package init(_ tools: SearchTools) throws {
        try self.init(tools, generation: 0, [:], [:], kept: [:], bodies: [:])
    }

    private init(
        _ tools: SearchTools, generation: Int, _ rows: [String: ItemChange], _ wordings: [String: ItemWording],
        kept: [String: ItemEntry], bodies known: [String: Bilingual]
    ) throws {
        var (bodies, bySlug): ([String: Bilingual], [String: [Int]]) = (known, [:])
        let places = rows.values.sorted { $0.code < $1.code }
        for (number, place) in places.enumerated() {
            bySlug[place.slug, default: []].append(number)
            if bodies[place.body] == nil { bodies[place.body] = tools.withoutPlace(try place.shown().bodyName) }
        }
        var (entries, entryOfPlace): ([ItemEntry], [Int]) = ([], Array(repeating: 0, count: places.count))
        var (placesOfEntry, named, said): ([[Int]], [UInt64: [Int]], [UInt64: [Int]]) = ([], [:], [:])
        var entriesOfBody: [[UInt32]: [Int]] = [:]
        for (slug, numbers) in bySlug.sorted(by: { $0.key < $1.key }) {
            for number in numbers { entryOfPlace[number] = entries.count }
            let entry =
                try kept[slug] ?? Self.entry(slug, wordings[slug], numbers.map { places[$0] }, bodies: bodies, tools)
            for gram in Self.grams(of: entry.names) { named[gram, default: []].append(entries.count) }
            for gram in Self.grams(of: entry.others) { said[gram, default: []].append(entries.count) }
            for body in entry.bodies { entriesOfBody[body, default: []].append(entries.count) }
            var seen: Set<Region> = []
            let standing = numbers.filter { places[$0].state != .cancelled }
                .filter { seen.insert(places[$0].region).inserted }
            placesOfEntry.append(standing.sorted { places[$0].region < places[$1].region })
            entries.append(entry)
        }
        self.entriesOfBody = entriesOfBody
        (self.tools, self.generation, self.rows, self.wordings, self.bodies) =
            (tools, generation, rows, wordings, bodies)
        self.places = places
        (self.entries, self.entryOfPlace, self.placesOfEntry, self.named, self.said) =
            (entries, entryOfPlace, placesOfEntry, named, said)
    }

    private static func entry(
        _ slug: String, _ wording: ItemWording?, _ places: [ItemChange], bodies: [String: Bilingual],
        _ tools: SearchTools
    ) throws -> ItemEntry {
        let line = try places[0].shown()
        let own = Set(places.map(\.body)).sorted().compactMap { bodies[$0] }
        return ItemEntry(slug, wording ?? ItemWording(name: line.name, topics: []), line, bodies: own, tools)
    }

    private static func grams(of texts: [[UInt32]]) -> Set<UInt64> {
        Set(texts.flatMap { text in text.map { [UInt32].gram($0) } + (text.count > 1 ? text.grams : []) })
    }

    /// The index after some changes.
    func after(_ changes: [ItemChange], _ words: [String: ItemWording], generation: Int) throws -> ItemIndex {
        var (rows, wordings) = (rows, wordings)
        var touched: Set<String> = []
        for change in changes {
            touched.insert(change.slug)
            if let before = rows.updateValue(change, forKey: change.code) { touched.insert(before.slug) }
        }
        wordings.merge(words) { _, new in new }
        let kept = Dictionary(
            uniqueKeysWithValues: entries.filter { !touched.contains($0.slug) }.map { ($0.slug, $0) })
        let told = Set(changes.map(\.body))
        return try ItemIndex(
            tools, generation: generation, rows, wordings, kept: kept, bodies: bodies.filter { !told.contains($0.key) })
    }

    /// The index of what the database says now, from this one on.
    package func brought(upTo tx: Transaction) throws -> ItemIndex {
        var (changes, words, last): ([ItemChange], [String: ItemWording], Int) = ([], [:], generation)
        while true {
            let page = try ItemChangeTable.items(after: last, in: tx)
            words.merge(try ItemChangeTable.wordings(of: page, in: tx)) { _, new in new }
            changes += page
            last = page.last?.generation ?? last
            if page.count < ItemChangeTable.pageRowsMax { break }
        }
        return changes.isEmpty ? self : try after(changes, words, generation: last)
    }

    /// The departments of the catalogue with the names of their bodies in the city, without the city's; in the order of
    /// their codes.
    package var departments: [(code: String, name: Bilingual)] {
        var names: [String: (region: Region, body: String)] = [:]
        for place in places {
            let own = (region: place.region, body: place.body)
            let best = names[place.department] ?? own
            names[place.department] = (own.region, own.body) < (best.region, best.body) ? own : best
        }
        return names.sorted { $0.key < $1.key }.map { ($0.key, bodies[$0.value.body] ?? .same($0.key)) }
    }
}
