import Certificates
import Foundation
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Proofs as files: what holds, and what is refused by name.
@Suite struct CertificateLogProofTests {
    private static let name = "test.example/log"

    /// A log of so many lines, signed by a key of its own, with the proof of one of them.
    private struct Sample {
        let key: NoteVerifierKey
        let proof: LogProof
        let opening: CertificateLogProof.Opening
        let checkpoint: String

        init(index: Int, size: Int, name: String = CertificateLogProofTests.name, opened: Bool = true) throws {
            let signer = try NoteSigner(
                name: name, key: try Ed25519PrivateKey(rawRepresentation: Array(repeating: 9, count: 32)))
            key = signer.verifierKey
            let salts = try (0..<size).map { number in
                try #require(CertificateLogEntry.Salt(bytes: Array(repeating: UInt8(number % 251), count: 32)))
            }
            let identifiers = try (0..<size).map { try Sheaf.reservation($0).identifier }
            let entries = try (0..<size).map { number in
                try #require(
                    CertificateLogEntry(.filed(Sheaf.filing), of: identifiers[number], salts[number], on: Sheaf.today))
            }
            var (edge, nodes) = (MerkleEdge.empty, [[Int]: [UInt8]]())
            for entry in entries {
                for node in edge.append(entry.leaf) { nodes[[node.height, node.index]] = node.hash }
            }
            let path = try MerkleProof.inclusion(of: index, in: size) { height, index in
                try #require(nodes[[height, index]])
            }
            opening = CertificateLogProof.Opening(identifiers[index], salts[index])
            checkpoint = try Note.signed(Checkpoint.text(origin: name, size: size, root: edge.root), by: [signer])
            proof = LogProof(
                extra: try CertificateLogProof(entries[index], opening: opened ? opening : nil).extra(),
                index: index, path: path, checkpoint: checkpoint)
        }

        func check(_ proof: LogProof? = nil, origin: String = CertificateLogProofTests.name) throws
            -> CertificateLogProof
        {
            try CertificateLogProof(checking: proof ?? self.proof, origin: origin, trusting: [key])
        }

        func changed(
            extra: [UInt8]?? = nil, index: Int? = nil, path: [[UInt8]]? = nil, checkpoint: String? = nil
        ) -> LogProof {
            LogProof(
                extra: extra ?? proof.extra, index: index ?? proof.index, path: path ?? proof.path,
                checkpoint: checkpoint ?? proof.checkpoint)
        }
    }

    @Test func `a proof holds wherever the line stands, and survives its file`() throws {
        let dice = Dice.seeded(31)
        for _ in 0..<60 {
            let size = 1 + Int(dice.roll() % 300)
            let index = Int(dice.roll() % UInt64(size))
            let sample = try Sample(index: index, size: size, opened: dice.roll() % 2 == 0)
            #expect(sample.proof.text.hasPrefix("c2sp.org/tlog-proof@v1\nextra "))
            let read = try LogProof(sample.proof.text)
            #expect(read == sample.proof)
            let checked = try sample.check(read)
            #expect(checked.opening == nil || checked.opening == sample.opening)
        }
    }

    @Test func `a wrong place, path, line, log, certificate or key is refused by name`() throws {
        let (sample, other) = (try Sample(index: 5, size: 11), try Sample(index: 6, size: 11))
        #expect(throws: CertificateLogRefusal.notIncluded) { try sample.check(sample.changed(index: 4)) }
        #expect(throws: CertificateLogRefusal.notIncluded) { try sample.check(sample.changed(path: other.proof.path)) }
        #expect(throws: CertificateLogRefusal.notIncluded) {
            try sample.check(sample.changed(path: sample.proof.path.dropLast()))
        }
        #expect(throws: CertificateLogRefusal.notIncluded) {
            try sample.check(sample.changed(extra: .some(other.proof.extra)))
        }
        #expect(throws: CertificateLogRefusal.notIncluded) {
            try sample.check(sample.changed(checkpoint: try Sample(index: 5, size: 12).checkpoint))
        }
        #expect(throws: CertificateLogRefusal.otherLog) { try sample.check(origin: "other.example/log") }
        #expect(throws: NoteRefusal.unverified) {
            try Sample(index: 5, size: 11, name: "other.example/log").check(sample.proof)
        }
        #expect(throws: CertificateLogRefusal.unreadable) { try sample.check(sample.changed(extra: .some(nil))) }
        #expect(throws: CertificateLogRefusal.unreadable) {
            try sample.check(sample.changed(extra: Array("{}".utf8)))
        }
        let entry = try sample.check().entry
        let foreign = try CertificateLogProof(entry, opening: other.opening).extra()
        #expect(throws: CertificateLogRefusal.otherCertificate) {
            try sample.check(sample.changed(extra: foreign))
        }
    }

    @Test func `a file in another form is no proof`() throws {
        let text = try Sample(index: 5, size: 11).proof.text
        let changes: [(String, String)] = [
            ("proof@v1", "proof@v2"), ("index 5", "index 05"), ("index 5", "index -5"), ("index 5", "index +5"),
            ("index 5\n", ""), ("extra ", "extra  "), ("\n\n", "\n"), ("index 5\n", "index 5\nAA==\n"),
            ("index 5\n", "index 5\r\n"),
        ]
        for (old, new) in changes {
            let changed = text.replacing(old, with: new, maxReplacements: 1)
            #expect(changed != text)
            #expect(throws: NoteRefusal.malformed, "\(old) → \(new)") { try LogProof(changed) }
        }
        let long = Array(repeating: "\(Data(repeating: 1, count: 32).base64EncodedString())\n", count: 64).joined()
        #expect(throws: NoteRefusal.malformed) {
            try LogProof(text.replacing("index 5\n", with: "index 5\n" + long, maxReplacements: 1))
        }
        let noise = Dice.seeded(3)
        for _ in 0..<200 {
            var bytes = Array(text.utf8)
            bytes[Int(noise.roll() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: noise.roll())
            // Whatever it says, it is read or refused.
            do throws(NoteRefusal) { _ = try LogProof(String(decoding: bytes, as: UTF8.self)) } catch {
                #expect(error == .malformed)
            }
        }
    }
}
