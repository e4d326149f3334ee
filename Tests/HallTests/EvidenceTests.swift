import Dossiers
import Foundation
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Hall

/// The whole record of a case, for whoever verifies it without this program. That it does verify, and that no byte of
/// it can be changed, is shown by Tests/Processes/evidence.py.
@Suite struct EvidenceTests {
    private static let origin = "onewindow.test/journal"

    private static func tools(_ story: HallStory, seals: Bool = true) throws -> (Hall.EvidenceTools, NoteVerifierKey) {
        let signer = try NoteSigner(name: origin, key: Ed25519PrivateKey())
        let sealer = Sealer(store: story.hall.store, holder: "test", origin: origin) {
            try Note.signed($0, by: [signer])
        }
        let clock = story.clock
        let tools = Hall.EvidenceTools(
            key: signer.verifierKey.text, sign: { try Note.signed($0, by: [signer]) },
            seal: {
                guard seals else { return }
                while try await sealer.seal(now: clock.source.now()) > 0 {}
                _ = try await sealer.checkpoint(now: clock.source.now())
            }, printer: { _ in Array("%PDF-1.4 of a paper".utf8) }, clock: { _ in "the clock\n" })
        return (tools, signer.verifierKey)
    }

    /// Names and bytes of a stored archive.
    private static func files(_ archive: [UInt8]) throws -> [String: [UInt8]] {
        var (files, at): ([String: [UInt8]], Int) = ([:], 0)
        func number(_ place: Int, _ count: Int) -> Int {
            (0..<count).reduce(0) { $0 | Int(archive[place + $1]) << (8 * $1) }
        }
        while archive[at..<(at + 4)].elementsEqual([0x50, 0x4B, 3, 4]) {
            let (size, length) = (number(at + 18, 4), number(at + 26, 2))
            let name = String(decoding: archive[(at + 30)..<(at + 30 + length)], as: UTF8.self)
            files[name] = Array(archive[(at + 30 + length)..<(at + 30 + length + size)])
            at += 30 + length + size
        }
        return files
    }

    @Test(arguments: StoreUnderTest.all)
    func `a pack holds every entry with its proof and every file, and a signed list of all of it`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.granted()
            try await story.settle()
            let (tools, key) = try Self.tools(story)
            let pack = try await story.hall.evidence(of: id, by: Hall.Looker(.platform), tools)
            let files = try Self.files(pack.bytes)
            let note = try Note.open(
                String(decoding: try #require(files["manifest.txt"]), as: UTF8.self), trusting: [key])
            let listed = note.text.split(separator: "\n").dropFirst(3)
            #expect(listed.count == files.count - 1)
            for line in listed {
                let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
                let bytes = try #require(files[parts[1].trimmingCharacters(in: .whitespaces)])
                #expect(BlobRef(of: bytes).digest == parts[0])
            }
            let texts = files.filter { $0.key.hasPrefix("journal/") }.map { String(decoding: $0.value, as: UTF8.self) }
            #expect(texts.count == pack.entries)
            for kind in ["dossier.submitted", "dossier.granted", "paper.issued", "look.taken"] {
                #expect(texts.contains { $0.contains(kind) }, "\(kind)")
            }
            #expect(files.keys.contains { $0.hasPrefix("files/") && $0.hasSuffix(".pdf") } && pack.files > 0)
            let verifier = try EvidenceKit.verifier()
            #expect(files["clock.txt"] == Array("the clock\n".utf8) && files["verify.py"] == verifier)
            #expect(try await story.hall.looks(at: id).map(\.purpose) == ["evidence"])
        }
    }

    @Test func `no pack is made of a case that the log does not cover, nor of more than it holds`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.granted()
            try await story.settle()
            var limits = Hall.EvidenceLimits()
            limits.sealTriesMax = 2
            let (silent, _) = try Self.tools(story, seals: false)
            let unsealed = await #expect(throws: EvidenceRefusal.self) {
                _ = try await story.hall.evidence(of: id, by: Hall.Looker(.platform), silent, within: limits)
            }
            #expect(unsealed?.code == "evidence.not-sealed")
            limits.bytesMax = 1
            let (tools, _) = try Self.tools(story)
            let large = await #expect(throws: EvidenceRefusal.self) {
                _ = try await story.hall.evidence(of: id, by: Hall.Looker(.platform), tools, within: limits)
            }
            #expect(large?.code == "evidence.too-large")
        }
    }

    @Test func `a file that a case names and that is gone is a fault of the house, not a pack without it`()
        async throws
    {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.granted()
            try await story.settle()
            let (tools, _) = try Self.tools(story)
            _ = try await story.hall.evidence(of: id, by: Hall.Looker(.platform), tools)
            try await store.write { tx in try tx.execute("DELETE FROM blob") }
            await #expect(throws: Fault.self) {
                _ = try await story.hall.evidence(of: id, by: Hall.Looker(.platform), tools)
            }
        }
    }

    @Test func `the same contents are the same bytes`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.granted()
            let (tools, _) = try Self.tools(story)
            let first = try await story.hall.evidence(of: id, by: Hall.Looker(.platform), tools)
            let second = try await story.hall.evidence(of: id, by: Hall.Looker(.platform), tools)
            let (one, two) = (try Self.files(first.bytes), try Self.files(second.bytes))
            #expect(one["case.json"] == two["case.json"] && one["index.json"] == two["index.json"])
            #expect(second.entries == first.entries, "each has its own look and no other's")
        }
    }
}
