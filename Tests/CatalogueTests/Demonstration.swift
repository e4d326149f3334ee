import Foundation
import Store
import Testing
import Vocabulary

@testable import Catalogue

/// The catalogue that ships, loaded once for all tests, and ways to break a guide of it.
enum Demonstration {
    static let loaded = Result { try DemonstrationCatalogue.shipped() }

    static func catalogue() throws -> DemonstrationCatalogue { try loaded.get() }

    static func guide(_ slug: String, in region: String = "350111") throws -> Guide {
        let place = try #require(Region(region))
        return try #require(try catalogue().guide(slug, in: place))
    }

    static let stamp = Stamp(
        now: Instant(CivilDate(daysSinceEpoch: 20790), hour: 9), actor: .platform,
        entropy: Entropy(seed: .init(repeating: 1, count: 32)))

    /// Publishes every guide, each under an id of its own.
    static func publish(in store: any Store) async throws {
        let guides = try catalogue().guides
        let day = CivilDate(daysSinceEpoch: 20781)
        try await store.write { tx in
            for (number, guide) in guides.enumerated() {
                try ItemTable.publish(
                    guide, effective: day, id: Subject(high: 1, low: UInt64(number)), stamp: stamp, in: tx)
            }
        }
    }

    /// The face fields of the types that exist, as the rules want them.
    static func faces() throws -> [String: [String]] {
        Dictionary(
            uniqueKeysWithValues: try catalogue().certificateTypes.map { ($0.code, $0.faceFields.map(\.id)) })
    }

    /// The codes of the defects of a guide of which one part was changed. The path goes through keys and list
    /// positions.
    static func defects(
        _ slug: String, in region: String = "350111", _ changes: (path: [any Sendable], value: any Sendable)...
    ) throws -> [String] {
        let guide = try broken(slug, in: region, changes)
        let catalogue = try catalogue()
        return CatalogueRules.defects(
            in: guide, certificateTypes: try faces(), tables: catalogue.composer.tables,
            directory: catalogue.composer.directory
        ).map(
            \.code)
    }

    static func broken(
        _ slug: String, in region: String = "350111", _ changes: [(path: [any Sendable], value: any Sendable)]
    ) throws -> Guide {
        let bytes = try CanonicalJSON.bytes(of: try guide(slug, in: region))
        var tree = try JSONSerialization.jsonObject(with: Data(bytes))
        for change in changes { tree = try setting(change.value, at: change.path[...], in: tree) }
        let data = try JSONSerialization.data(withJSONObject: tree)
        return try JSONDecoder().decode(Guide.self, from: data)
    }

    private static func setting(_ value: any Sendable, at path: ArraySlice<any Sendable>, in tree: Any) throws -> Any {
        guard let key = path.first else { return value }
        if var object = tree as? [String: Any], let name = key as? String {
            object[name] = try setting(value, at: path.dropFirst(), in: object[name] ?? NSNull())
            return object
        }
        var list = try #require(tree as? [Any])
        let index = try #require(key as? Int)
        list[index] = try setting(value, at: path.dropFirst(), in: list[index])
        return list
    }
}
