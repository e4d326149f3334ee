import Store

/// The tree of RFC 9162 as its section 2.1.1 writes it down: slow and plain, to compare with.
struct NaiveTree {
    let leaves: [[UInt8]]

    func root(_ range: Range<Int>) -> [UInt8] {
        if range.isEmpty { return MerkleHash.empty }
        if range.count == 1 { return leaves[range.lowerBound] }
        var half = 1
        while half * 2 < range.count { half *= 2 }
        let middle = range.lowerBound + half
        return MerkleHash.node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
    }

    /// Answers what `MerkleProof` asks for.
    func node(_ height: Int, _ index: Int) -> [UInt8] {
        root(index << height..<(index + 1) << height)
    }
}
