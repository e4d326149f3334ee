import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Many lines: the bulk path, and how little a proof reads.
@Suite struct CertificateLogScaleTests {
    private static func leaf(_ number: Int) throws -> CertificateLogTable.Leaf {
        let salt = try #require(CertificateLogEntry.Salt(bytes: Array(repeating: 7, count: 32)))
        let identifier = try Sheaf.reservation(number).identifier
        let entry = try #require(CertificateLogEntry(.filed(Sheaf.filing), of: identifier, salt, on: Sheaf.today))
        return CertificateLogTable.Leaf(Sheaf.id(number), sequence: 2, entry)
    }

    @Test(arguments: StoreUnderTest.all)
    func `fifty thousand lines in sorted batches give the root of the tree, and a proof reads a few tiles`(
        _ place: StoreUnderTest
    ) async throws {
        try await LogStory.use(place) { story in
            let leaves = try (0..<50_000).map(Self.leaf)
            let plain = PlainTree(leaves.map(\.entry.leaf))
            for start in stride(from: 0, to: leaves.count, by: 4096) {
                let range = start..<min(start + 4096, leaves.count)
                try await story.store.write { tx in
                    try CertificateLogTable.append(Array(leaves[range]), following: range, in: tx)
                }
            }
            let state = try await story.store.read { tx in try CertificateLogTable.state(in: tx) }
            #expect(state.edge == plain.edge && state.followed == 50_000)
            let (lines, tiles) = try await story.store.read { tx in
                (
                    try tx.row("SELECT COUNT(*) FROM certificate_log_entry")?.integer(0),
                    try tx.row("SELECT COUNT(*) FROM certificate_log_tile")?.integer(0)
                )
            }
            #expect(lines == 50_000 && tiles == 196 + 1)
            let dice = Dice.seeded(12)
            for _ in 0..<40 {
                let size = 1 + Int(dice.roll() % 50_000)
                let (index, first) = (Int(dice.roll() % UInt64(size)), 1 + Int(dice.roll() % UInt64(size)))
                let (path, proof, reads) = try await story.store.read { tx in
                    var path: [[UInt8]] = []
                    let plans = try tx.plans { tx in
                        path = try CertificateLogTable.inclusionProof(of: index, size: size, in: tx)
                    }
                    return (
                        path, try CertificateLogTable.consistencyProof(from: first, to: size, in: tx), plans.count
                    )
                }
                #expect(reads <= 4, "two tiles of each of two levels")
                #expect(
                    MerkleProof.root(leaf: leaves[index].entry.leaf, index: index, size: size, path: path)
                        == plain.root(size))
                #expect(
                    MerkleProof.isConsistent(
                        old: (first, plain.root(first)), new: (size, plain.root(size)), proof: proof))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a batch that begins elsewhere, or a certificate that is there already, is not appended`(
        _ place: StoreUnderTest
    ) async throws {
        try await LogStory.use(place) { story in
            let leaves = try (0..<3).map(Self.leaf)
            try await story.store.write { tx in
                try CertificateLogTable.append(leaves, following: 0..<3, in: tx)
            }
            for range in [0..<3, 4..<7] {
                await #expect(throws: Fault.contended) {
                    try await story.store.write { tx in
                        try CertificateLogTable.append([], following: range, in: tx)
                    }
                }
            }
            await #expect(throws: (any Error).self) {
                try await story.store.write { tx in
                    try CertificateLogTable.append([leaves[1]], following: 3..<4, in: tx)
                }
            }
            let state = try await story.store.read { tx in try CertificateLogTable.state(in: tx) }
            #expect(state.edge.size == 3 && state.followed == 3)
        }
    }
}

/// Every node of a tree, kept as it comes.
private struct PlainTree {
    private(set) var edge = MerkleEdge.empty
    private var nodes: [[[UInt8]]] = Array(repeating: [], count: 20)

    init(_ leaves: [[UInt8]]) {
        for leaf in leaves {
            for node in edge.append(leaf) { nodes[node.height].append(node.hash) }
        }
    }

    /// The root of the first `size` leaves: their perfect subtrees, the smallest first.
    func root(_ size: Int) -> [UInt8] {
        var root: [UInt8]?
        for height in 0..<20 where size >> height & 1 == 1 {
            let left = nodes[height][(size >> height) - 1]
            root = root.map { MerkleHash.node(left, $0) } ?? left
        }
        return root ?? MerkleHash.empty
    }
}
