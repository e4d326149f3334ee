import Vocabulary

/// A tile of a tree (c2sp.org/tlog-tiles): up to 256 hashes of one height, side by side. Level 0 are the leaves, level
/// 1 the roots of 256 leaves each, and so on.
package struct MerkleTile: Hashable, Comparable, Sendable {
    /// Levels lie so many heights apart.
    package static let height = 8
    /// Hashes of a full tile.
    package static let width = 1 << height

    package let level: Int
    /// 0, 1, 2, … within the level.
    package let index: Int

    package init(level: Int, index: Int) { (self.level, self.index) = (level, index) }

    /// How many hashes the tile has in a tree of this size; 0 when it is not there.
    package func count(in size: Int) -> Int {
        let whole = level < Int.bitWidth / Self.height ? size >> (level * Self.height) : 0
        return min(max(whole - index * Self.width, 0), Self.width)
    }

    /// The tiles that are begun and not full in a tree of this size, the lowest first.
    static func open(in size: Int) -> [MerkleTile] {
        (0..<Int.bitWidth / height).compactMap { level in
            let whole = size >> (level * height)
            return whole % width == 0 ? nil : MerkleTile(level: level, index: whole / width)
        }
    }

    package static func < (left: MerkleTile, right: MerkleTile) -> Bool {
        (left.level, left.index) < (right.level, right.index)
    }

    /// The root of the perfect subtree of 2^height leaves with this index, from the one tile that has it. `hashes`
    /// answers a tile's hashes one after another; throws `Fault.corrupt` when they are too few.
    package static func node(
        _ height: Int, _ index: Int, hashes: (MerkleTile) throws -> [UInt8]
    ) throws -> [UInt8] {
        let (level, rest) = (height / Self.height, height % Self.height)
        let first = index << rest
        let tile = MerkleTile(level: level, index: first / width)
        let bytes = try hashes(tile)
        let (start, end) = (first % width * 32, (first % width + 1 << rest) * 32)
        guard end <= bytes.count else { throw Fault.corrupt("tile \(tile.level)/\(tile.index) is too short") }
        var edge = MerkleEdge.empty
        for place in stride(from: start, to: end, by: 32) { edge.append(Array(bytes[place..<place + 32])) }
        return edge.root
    }
}

/// Appends leaves to a tree that is kept as tiles: n leaves change about n/256 of them.
package struct MerkleTiler: Sendable {
    /// The right edge of the tree.
    package private(set) var edge: MerkleEdge
    private var tiles: [MerkleTile: [UInt8]] = [:]
    private var changed: Set<MerkleTile> = []

    /// A tree that ends so; `hashes` answers its tiles that are not full yet, at most one a level. Throws
    /// `Fault.corrupt` when one is not as long as the size says.
    package init(_ edge: MerkleEdge, hashes: (MerkleTile) throws -> [UInt8]) throws {
        self.edge = edge
        for tile in MerkleTile.open(in: edge.size) {
            let bytes = try hashes(tile)
            guard bytes.count == tile.count(in: edge.size) * 32 else {
                throw Fault.corrupt("tile \(tile.level)/\(tile.index) has \(bytes.count / 32) hashes")
            }
            tiles[tile] = bytes
        }
    }

    /// The tree without leaves.
    package init() { edge = .empty }

    /// Adds a leaf's hash.
    package mutating func append(_ leaf: [UInt8]) {
        for node in edge.append(leaf) where node.height % MerkleTile.height == 0 {
            let tile = MerkleTile(level: node.height / MerkleTile.height, index: node.index / MerkleTile.width)
            tiles[tile, default: []] += node.hash
            changed.insert(tile)
        }
    }

    /// The tiles that changed since the last time, in order, as they are now.
    package mutating func takeChanged() -> [(tile: MerkleTile, hashes: [UInt8])] {
        let taken = changed.sorted().map { (tile: $0, hashes: tiles[$0] ?? []) }
        for (tile, hashes) in taken where hashes.count == MerkleTile.width * 32 { tiles[tile] = nil }
        changed = []
        return taken
    }
}
