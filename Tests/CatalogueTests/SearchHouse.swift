import Foundation
import Testing
import Vocabulary

@testable import Catalogue

/// A catalogue of the guides that ship and the real list of names, in memory.
enum SearchHouse {
    static let jinan = Region("350111") ?? .fuzhou
    static let changle = Region("350112") ?? .fuzhou
    static let places: [Region] = [jinan, .fuzhou, .fujian]

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Resources")

    static func resource(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }

    static let sample: Result<SampleCatalogue, any Error> = Result {
        SampleCatalogue(try DemonstrationCatalogue.realList())
    }
    static let tools = Result { try SearchTools.shipped() }

    /// The guides everywhere, and the list in Jin'an and Changle.
    static let loaded: Result<ItemIndex, any Error> = Result {
        let places = try Gazetteer.shipped().entries.filter { [jinan, changle].contains($0.region) }
        let sample = try Self.sample.get()
        let list = sample.items.indices.flatMap { number in
            places.map { (sample.line(number, in: $0), sample.wording(number)) }
        }
        let guides = try Demonstration.catalogue().guides.map { ($0.line(version: 1), ItemWording($0.standard)) }
        return try index(of: guides + list)
    }

    static func index(of items: [(line: ItemLine, wording: ItemWording)]) throws -> ItemIndex {
        let changes = try items.enumerated().map { number, item in
            ItemChange(
                generation: number + 1, code: item.line.itemCode, slug: item.line.slug, region: item.line.region,
                department: item.line.department, body: item.line.department + item.line.region.code,
                state: item.line.state, line: try CanonicalJSON.bytes(of: item.line))
        }
        let wordings = Dictionary(items.map { ($0.line.slug, $0.wording) }) { first, _ in first }
        return try ItemIndex(try tools.get()).after(changes, wordings, generation: changes.count)
    }

    /// The items that a question finds, best first, each with the name of its item and of its handling item.
    static func found(_ words: String, limit: Int) throws -> [[String]] {
        var query = ItemQuery(words, in: places, limit: limit)
        query.isOncePerItem = true
        return try loaded.get().answer(query).found.map { found in
            [found.line.name.zh] + (found.line.handlingItemName.map { [$0.zh] } ?? [])
        }
    }

    /// The names that a question finds, best first, each item once.
    static func names(_ words: String, in regions: [Region] = places, limit: Int = 10) throws -> [String] {
        var query = ItemQuery(words, in: regions, limit: limit)
        query.isOncePerItem = true
        return try loaded.get().answer(query).found.map { ($0.line.handlingItemName ?? $0.line.name).zh }
    }
}
