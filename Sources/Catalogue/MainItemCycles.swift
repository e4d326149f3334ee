/// Items that are, through their main items, main items of themselves. An item that is its own main item is none: lists
/// name it so.
package struct MainItemCycles: Sendable {
    /// An item as lists tell it: a main item is of the same type.
    package struct Key: Hashable, Sendable {
        let type: ItemType
        let name: String

        package init(_ type: ItemType, _ name: String) {
            (self.type, self.name) = (type, name)
        }
    }

    private let members: Set<Key>

    /// Looks along the main items, empty for none; of an item that is named twice the last counts.
    package init(_ items: [(item: Key, mainItem: String)]) {
        var above: [Key: Key] = [:]
        for (item, main) in items where !main.isEmpty && main != item.name { above[item] = Key(item.type, main) }
        var (done, members): (Set<Key>, Set<Key>) = ([], [])
        for (start, _) in items {
            var (path, place, here): ([Key], [Key: Int], Key?) = ([], [:], start)
            while let key = here, !done.contains(key) {
                if let first = place[key] {
                    members.formUnion(path[first...])
                    break
                }
                place[key] = path.count
                path.append(key)
                here = above[key]
            }
            done.formUnion(path)
        }
        self.members = members
    }

    package func contains(_ item: Key) -> Bool { members.contains(item) }
}
