import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct MerkleTests {
    /// The eight entries of the Certificate Transparency test vectors.
    private static let entries: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57),
        Array(0x60...0x6F),
    ]
    private static let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    private static func tree(_ size: Int) -> NaiveTree {
        NaiveTree(leaves: (0..<size).map { MerkleHash.leaf(Array("leaf-\($0)".utf8)) })
    }

    @Test func `roots are those of the Certificate Transparency vectors`() {
        var edge = MerkleEdge.empty
        #expect(hex(edge.root) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        for (entry, root) in zip(Self.entries, Self.roots) {
            edge.append(MerkleHash.leaf(entry))
            #expect(hex(edge.root) == root)
        }
    }

    @Test func `proofs are those of the Certificate Transparency vectors`() {
        let tree = NaiveTree(leaves: Self.entries.map(MerkleHash.leaf))
        let inclusion = { (index: Int, size: Int) in
            MerkleProof.inclusion(of: index, in: size, hash: tree.node).map(hex)
        }
        #expect(inclusion(0, 1) == [])
        #expect(
            inclusion(0, 8) == [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ])
        #expect(
            inclusion(5, 8) == [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])
        #expect(inclusion(2, 3) == ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"])
        #expect(
            MerkleProof.consistency(from: 6, to: 8, hash: tree.node).map(hex) == [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])
        #expect(
            MerkleProof.consistency(from: 2, to: 5, hash: tree.node).map(hex) == [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ])
    }

    @Test func `roots of nought to three hundred leaves equal the naive ones and pymerkle's`() throws {
        let url = try #require(
            Bundle.module.url(forResource: "Resources/merkle_roots_pymerkle.txt", withExtension: nil))
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        var known: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: " ").map(String.init)
            known[parts[0]] = parts[1]
        }
        #expect(known.count == 13)
        let tree = Self.tree(300)
        var edge = MerkleEdge.empty
        var all: [UInt8] = edge.root
        for size in 1...300 {
            edge.append(tree.leaves[size - 1])
            #expect(edge.root == tree.root(0..<size))
            #expect(MerkleEdge(size: size, bytes: edge.bytes) == edge)
            all += edge.root
            if let root = known["\(size)"] { #expect(hex(edge.root) == root) }
        }
        #expect(BlobRef(of: all).digest == known["all"])
    }

    @Test func `an append names each perfect subtree once, with its root`() {
        let tree = Self.tree(130)
        var edge = MerkleEdge.empty
        var named: [[Int]: [UInt8]] = [:]
        for leaf in tree.leaves {
            for subtree in edge.append(leaf) {
                #expect(named.updateValue(subtree.hash, forKey: [subtree.height, subtree.index]) == nil)
                #expect(subtree.hash == tree.node(subtree.height, subtree.index))
            }
        }
        #expect(named.count == (0..<8).reduce(0) { $0 + 130 >> $1 })
    }

    @Test func `an edge of another length than its size asks for is refused`() {
        #expect(MerkleEdge(size: 3, bytes: Array(repeating: 0, count: 32)) == nil)
        #expect(MerkleEdge(size: 4, bytes: Array(repeating: 0, count: 33)) == nil)
        #expect(MerkleEdge(size: -1, bytes: []) == nil)
        #expect(MerkleEdge(size: 0, bytes: []) == .empty)
    }

    @Test func `every leaf of every tree up to sixty-four is proven, and nothing else by its proof`() {
        let tree = Self.tree(65)
        for size in 1...64 {
            let root = tree.root(0..<size)
            for index in 0..<size {
                let path = MerkleProof.inclusion(of: index, in: size, hash: tree.node)
                let lead = { (leaf: Int, index: Int, size: Int, path: [[UInt8]]) in
                    MerkleProof.root(leaf: tree.leaves[leaf], index: index, size: size, path: path)
                }
                #expect(lead(index, index, size, path) == root)
                #expect(lead(index + 1, index, size, path) != root, "another leaf")
                #expect(lead(index, index + 1, size, path) != root, "a wrong index")
                #expect(lead(index, index - 1, size, path) != root, "a wrong index")
                #expect(lead(index, index, size, path + [root]) == nil, "a path that is too long")
                if !path.isEmpty {
                    #expect(lead(index, index, size, path.dropLast()) != root, "a path that is too short")
                }
                #expect(lead(index, index, size + 1, path) != tree.root(0..<size + 1), "a wrong size")
                for step in path.indices {
                    var forged = path
                    forged[step][(index + step) % 32] ^= 1 << (size % 8)
                    #expect(lead(index, index, size, forged) != root, "a flipped bit")
                }
            }
        }
    }

    @Test func `every tree up to sixty-four is proven a prefix of every later one, and of nothing else`() {
        let tree = Self.tree(65)
        let roots = (0...65).map { tree.root(0..<$0) }
        for second in 1...64 {
            for first in 1...second {
                let proof = MerkleProof.consistency(from: first, to: second, hash: tree.node)
                let holds = { (old: Int, oldRoot: [UInt8], new: Int, newRoot: [UInt8], proof: [[UInt8]]) in
                    MerkleProof.isConsistent(old: (old, oldRoot), new: (new, newRoot), proof: proof)
                }
                #expect(holds(first, roots[first], second, roots[second], proof))
                #expect(!holds(first, roots[first - 1], second, roots[second], proof), "another old root")
                #expect(!holds(first, roots[first], second, roots[second + 1], proof), "another new root")
                #expect(!holds(first, roots[first], second, roots[second], proof + [roots[1]]), "too long a proof")
                #expect(!holds(second + 1, roots[second + 1], second, roots[second], proof), "a larger old tree")
                #expect(!holds(0, roots[0], second, roots[second], proof), "no old tree")
                if !proof.isEmpty {
                    #expect(!holds(first, roots[first], second, roots[second], proof.dropLast()), "too short a proof")
                }
                for step in proof.indices {
                    var forged = proof
                    forged[step][(first + step) % 32] ^= 1 << (second % 8)
                    #expect(!holds(first, roots[first], second, roots[second], forged), "a flipped bit")
                }
            }
        }
    }

    @Test func `every flipped bit of a proof is refused`() {
        let tree = Self.tree(13)
        let (old, new) = (tree.root(0..<6), tree.root(0..<13))
        let path = MerkleProof.inclusion(of: 11, in: 13, hash: tree.node)
        let proof = MerkleProof.consistency(from: 6, to: 13, hash: tree.node)
        for bit in 0..<256 {
            for step in path.indices {
                var forged = path
                forged[step][bit / 8] ^= 1 << (bit % 8)
                #expect(MerkleProof.root(leaf: tree.leaves[11], index: 11, size: 13, path: forged) != new)
            }
            for step in proof.indices {
                var forged = proof
                forged[step][bit / 8] ^= 1 << (bit % 8)
                #expect(!MerkleProof.isConsistent(old: (6, old), new: (13, new), proof: forged))
            }
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `proofs of large trees lead to their roots`(_ seed: UInt64) {
        let dice = Dice.seeded(seed)
        let size = 1000 + Int(dice.roll() % 2000)
        let tree = Self.tree(size)
        let root = tree.root(0..<size)
        for _ in 0..<5 {
            let index = Int(dice.roll() % UInt64(size))
            let path = MerkleProof.inclusion(of: index, in: size, hash: tree.node)
            #expect(MerkleProof.root(leaf: tree.leaves[index], index: index, size: size, path: path) == root)
            #expect(MerkleProof.root(leaf: tree.leaves[index], index: index ^ 1, size: size, path: path) != root)
            let first = 1 + Int(dice.roll() % UInt64(size))
            let proof = MerkleProof.consistency(from: first, to: size, hash: tree.node)
            let old = tree.root(0..<first)
            #expect(MerkleProof.isConsistent(old: (first, old), new: (size, root), proof: proof))
            #expect(!MerkleProof.isConsistent(old: (first, root), new: (size, old), proof: proof) || first == size)
        }
    }
}
