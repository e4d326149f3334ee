package import Vocabulary

/// The figures of a catalogue: of all of it, of each place, department and item.
package struct CatalogueFigures: Sendable {
    /// An item with the figures of its implementations.
    package struct Item: Sendable {
        package let slug: String
        package let name: Bilingual
        package let figures: ItemFigures
    }

    /// The number of the catalogue's last change that they know.
    let generation: Int
    /// Every implementation that is not cancelled, by its code.
    private let ones: [String: (generation: Int, one: ItemFigures.One)]
    private let names: [String: Bilingual]

    package let whole: ItemFigures
    /// 事项: items, each once however many bodies implement it; and those of them that take no trip, and at most one,
    /// at every body.
    package let items: (all: Int, zeroTrip: Int, atMostOneTrip: Int)

    /// The figures of an index; what did not change since `before` is not read again.
    init(_ index: ItemIndex, before: CatalogueFigures? = nil) throws {
        var ones: [String: (generation: Int, one: ItemFigures.One)] = [:]
        for place in index.places where place.state != .cancelled {
            if let known = before?.ones[place.code], known.generation == place.generation {
                ones[place.code] = known
            } else {
                ones[place.code] = (place.generation, ItemFigures.One(try place.shown()))
            }
        }
        self.ones = ones
        generation = index.generation
        names = Dictionary(index.entries.map { ($0.slug, $0.name) }) { first, _ in first }
        whole = ones.values.reduce(into: ItemFigures()) { $0.add($1.one) }
        let bySlug = Self.grouped(ones.values.map(\.one), by: \.slug)
        items = (
            bySlug.count, bySlug.values.count { $0.zeroTrip == $0.implementations },
            bySlug.values.count { $0.atMostOneTrip == $0.implementations }
        )
    }

    private static func grouped<Key: Hashable>(
        _ ones: [ItemFigures.One], by key: (ItemFigures.One) -> Key
    ) -> [Key: ItemFigures] {
        ones.reduce(into: [:]) { $0[key($1), default: ItemFigures()].add($1) }
    }

    private func chosen(_ place: Region?, _ department: String?) -> [ItemFigures.One] {
        ones.values.map(\.one).filter { one in
            (place.map { $0 == one.region } ?? true) && (department.map { $0 == one.department } ?? true)
        }
    }

    /// Those of one place, of one department, of both, or all of them.
    package func figures(place: Region? = nil, department: String? = nil) -> ItemFigures {
        chosen(place, department).reduce(into: ItemFigures()) { $0.add($1) }
    }

    /// The figures of each place, of one department where one is named.
    package func byPlace(department: String? = nil) -> [Region: ItemFigures] {
        Self.grouped(chosen(nil, department), by: \.region)
    }

    /// The figures of each department, in one place where one is named.
    package func byDepartment(place: Region? = nil) -> [String: ItemFigures] {
        Self.grouped(chosen(place, nil), by: \.department)
    }

    /// The items of a place, of a department, or of all, in the order of their names on the web.
    package func byItem(place: Region? = nil, department: String? = nil) -> [Item] {
        Self.grouped(chosen(place, department), by: \.slug).sorted { $0.key < $1.key }
            .map { Item(slug: $0.key, name: names[$0.key] ?? .same($0.key), figures: $0.value) }
    }
}
