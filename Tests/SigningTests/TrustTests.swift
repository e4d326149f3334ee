import Foundation
import Signing
import Testing
import Vocabulary

@Suite("Keys of other rings")
struct TrustTests {
    private let now = Instant(milliseconds: 1_795_000_000_000)

    private func ring(_ name: String, in folder: TemporaryFolder, forDemonstration: Bool = false) throws -> KeyRing {
        try KeyRing(folder: folder.file(name), masterKey: nil, forDemonstration: forDemonstration, now: now)
    }

    @Test func `a key of another ring counts beside the ring's own, once, and after opening again`() throws {
        let folder = try TemporaryFolder()
        let (old, new) = (try ring("old", in: folder), try ring("new", in: folder))
        let body = try #require(CreditCode(Examples.body))
        _ = try old.logKey(now: now)
        _ = try old.signer(for: body, now: now)
        _ = try new.signer(for: body, now: now)
        for _ in 0..<2 { for key in try old.descriptions() { try new.trust(key) } }
        let expected = try Set(old.descriptions().map(\.keyID) + new.descriptions().map(\.keyID))
        #expect(try new.trusted().map(\.keyID).count == 3)
        #expect(try Set(new.trusted().map(\.keyID)) == expected)
        #expect(try Set(ring("new", in: folder).trusted().map(\.keyID)) == expected)
        // A trusted key is no key to sign with.
        #expect(try new.descriptions().count == 1)
        for key in try new.descriptions() { try new.trust(key) }
        #expect(try new.trusted().count == 3)
    }

    @Test func `a demonstration's key never counts among real ones, and a changed line is no key`() throws {
        let folder = try TemporaryFolder()
        let (real, play) = (try ring("real", in: folder), try ring("play", in: folder, forDemonstration: true))
        _ = try play.logKey(now: now)
        _ = try real.logKey(now: now)
        let key = try #require(try play.descriptions().first)
        #expect(throws: KeyRingRefusal.demonstrationMixed) { try real.trust(key) }
        let own = try #require(try real.descriptions().first)
        let text = String(decoding: try JSONEncoder().encode(own), as: UTF8.self)
        let changed = text.replacingOccurrences(of: own.keyID, with: String(own.keyID.reversed()))
        let forged = try JSONDecoder().decode(KeyDescription.self, from: Data(changed.utf8))
        #expect(throws: KeyRingRefusal.malformedBackup) { try real.trust(forged) }
        let path = folder.file("real")
        try Data("torn".utf8).write(to: URL(filePath: "\(path)/log-\(own.keyID).trusted"))
        #expect(chmod("\(path)/log-\(own.keyID).trusted", 0o600) == 0)
        #expect(throws: KeyRingRefusal.tornFile("log-\(own.keyID).trusted")) { try ring("real", in: folder).trusted() }
    }

    @Test func `another secret travels under its name and passphrase only`() throws {
        let secret = Array(UInt8(0)..<32)
        let cheap = KeyBackup.roundsRange.lowerBound
        #expect(throws: KeyRingRefusal.unfitPassphrase) {
            try KeyBackup.seal(secret, named: "account", passphrase: "太短的口令", rounds: cheap)
        }
        let passphrase = "只供测试的一个足够长的口令句"
        let good = try KeyBackup.seal(secret, named: "account", passphrase: passphrase, rounds: cheap)
        #expect(try KeyBackup.open(good, named: "account", passphrase: passphrase) == secret)
        #expect(!good.contains("000102"))
        #expect(throws: KeyRingRefusal.wrongPassphrase) {
            try KeyBackup.open(good, named: "account", passphrase: passphrase + "。")
        }
        #expect(throws: KeyRingRefusal.malformedBackup) {
            try KeyBackup.open(good, named: "other", passphrase: passphrase)
        }
        #expect(throws: KeyRingRefusal.malformedBackup) {
            try KeyBackup.open(String(good.dropLast(3)), named: "account", passphrase: passphrase)
        }
    }
}
