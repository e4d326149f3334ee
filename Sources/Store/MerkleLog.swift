import Crypto

/// The hashes of RFC 9162 (Certificate Transparency): a leaf is SHA-256(00 ‖ entry), a node SHA-256(01 ‖ left ‖ right).
package enum MerkleHash {
    /// The root of a log without entries: SHA-256 of nothing.
    package static let empty = Array(SHA256.hash(data: [UInt8]()))

    /// The hash of an entry.
    package static func leaf(_ entry: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: [0])
        hasher.update(data: entry)
        return Array(hasher.finalize())
    }

    /// The hash of two subtrees.
    package static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: [1])
        hasher.update(data: left)
        hasher.update(data: right)
        return Array(hasher.finalize())
    }
}

/// The right edge of a growing Merkle tree: one hash for each perfect subtree, the largest first. It is all one needs
/// to append and to say the root.
package struct MerkleEdge: Equatable, Sendable {
    /// How many leaves the tree has.
    package private(set) var size: Int
    /// The roots of the perfect subtrees; as many as `size` has binary ones.
    package private(set) var hashes: [[UInt8]]

    /// The tree without leaves.
    package static let empty = MerkleEdge(size: 0, hashes: [])

    private init(size: Int, hashes: [[UInt8]]) {
        self.size = size
        self.hashes = hashes
    }

    /// Reads what `bytes` wrote for a tree of this size; nil when the length does not fit.
    package init?(size: Int, bytes: [UInt8]) {
        guard size >= 0, bytes.count == size.nonzeroBitCount * 32 else { return nil }
        self.size = size
        hashes = stride(from: 0, to: bytes.count, by: 32).map { Array(bytes[$0..<$0 + 32]) }
    }

    /// The hashes one after another.
    package var bytes: [UInt8] { hashes.flatMap { $0 } }

    /// A perfect subtree that an append completed: 2^height leaves, the index-th of its height.
    package struct Completed: Equatable, Sendable {
        package let height: Int
        package let index: Int
        package let hash: [UInt8]
    }

    /// Adds a leaf's hash and answers the perfect subtrees that it completed, the leaf itself first.
    @discardableResult
    package mutating func append(_ leaf: [UInt8]) -> [Completed] {
        var completed = [Completed(height: 0, index: size, hash: leaf)]
        var hash = leaf
        var height = 0
        while size >> height & 1 == 1 {
            hash = MerkleHash.node(hashes.removeLast(), hash)
            height += 1
            completed.append(Completed(height: height, index: size >> height, hash: hash))
        }
        hashes.append(hash)
        size += 1
        return completed
    }

    /// The root of the tree (RFC 9162 section 2.1.1).
    package var root: [UInt8] {
        guard var hash = hashes.last else { return MerkleHash.empty }
        for left in hashes.dropLast().reversed() { hash = MerkleHash.node(left, hash) }
        return hash
    }
}

/// Proofs that outsiders check with the root alone.
package enum MerkleProof {
    /// The path from leaf `index` to the root of the first `size` leaves, lowest first (RFC 9162 section 2.1.3). `hash`
    /// answers the root of the perfect subtree of 2^height leaves with the given index.
    package static func inclusion(
        of index: Int, in size: Int, hash: (_ height: Int, _ index: Int) throws -> [UInt8]
    ) rethrows -> [[UInt8]] {
        precondition(index >= 0 && index < size, "a leaf of the tree")
        return try path(index, from: 0, to: size, hash)
    }

    /// The proof that the first `first` leaves are a prefix of the first `second` (RFC 9162 section 2.1.4).
    package static func consistency(
        from first: Int, to second: Int, hash: (_ height: Int, _ index: Int) throws -> [UInt8]
    ) rethrows -> [[UInt8]] {
        precondition(first > 0 && first <= second, "a tree and a later one")
        return first == second ? [] : try subproof(first, from: 0, to: second, isWhole: true, hash)
    }

    /// The root that a leaf's hash and its path lead to; nil when the path has the wrong length.
    package static func root(leaf: [UInt8], index: Int, size: Int, path: [[UInt8]]) -> [UInt8]? {
        guard index >= 0, index < size else { return nil }
        var (node, last, hash) = (index, size - 1, leaf)
        for sibling in path {
            if last == 0 { return nil }
            if node & 1 == 1 || node == last {
                hash = MerkleHash.node(sibling, hash)
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleHash.node(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 ? hash : nil
    }

    /// Whether a consistency proof leads from the old root to the new one (RFC 9162 section 2.1.4.2).
    package static func isConsistent(
        old: (size: Int, root: [UInt8]), new: (size: Int, root: [UInt8]), proof: [[UInt8]]
    ) -> Bool {
        guard old.size > 0, old.size <= new.size else { return false }
        if old.size == new.size { return proof.isEmpty && old.root == new.root }
        var path = proof
        if old.size & (old.size - 1) == 0 { path.insert(old.root, at: 0) }
        guard let start = path.first else { return false }
        var (node, last) = (old.size - 1, new.size - 1)
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        var (oldHash, newHash) = (start, start)
        for sibling in path.dropFirst() {
            if last == 0 { return false }
            if node & 1 == 1 || node == last {
                oldHash = MerkleHash.node(sibling, oldHash)
                newHash = MerkleHash.node(sibling, newHash)
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                newHash = MerkleHash.node(newHash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && oldHash == old.root && newHash == new.root
    }

    private typealias Lookup = (_ height: Int, _ index: Int) throws -> [UInt8]

    private static func path(_ index: Int, from start: Int, to end: Int, _ hash: Lookup) rethrows -> [[UInt8]] {
        guard end - start > 1 else { return [] }
        let middle = start + split(end - start)
        if index < middle {
            return try path(index, from: start, to: middle, hash) + [try root(from: middle, to: end, hash)]
        }
        return try path(index, from: middle, to: end, hash) + [try root(from: start, to: middle, hash)]
    }

    private static func subproof(
        _ first: Int, from start: Int, to end: Int, isWhole: Bool, _ hash: Lookup
    ) rethrows -> [[UInt8]] {
        if first == end { return isWhole ? [] : [try root(from: start, to: end, hash)] }
        let middle = start + split(end - start)
        if first <= middle {
            return try subproof(first, from: start, to: middle, isWhole: isWhole, hash)
                + [try root(from: middle, to: end, hash)]
        }
        return try subproof(first, from: middle, to: end, isWhole: false, hash)
            + [try root(from: start, to: middle, hash)]
    }

    /// The root over any range that starts at a multiple of the largest power of two within it.
    private static func root(from start: Int, to end: Int, _ hash: Lookup) rethrows -> [UInt8] {
        let count = end - start
        if count & (count - 1) == 0 {
            let height = count.trailingZeroBitCount
            return try hash(height, start >> height)
        }
        let middle = start + split(count)
        return MerkleHash.node(try root(from: start, to: middle, hash), try root(from: middle, to: end, hash))
    }

    /// The largest power of two smaller than the count (RFC 9162).
    private static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
