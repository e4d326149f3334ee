import Foundation
import Signing
import Testing
import Vocabulary

@Suite("Key backups and demonstration keys")
struct KeyBackupTests {
    private let now = Instant(milliseconds: 1_795_000_000_000)
    private let passphrase = "十二个字以上的口令一二三"

    private func body() throws -> CreditCode { try #require(CreditCode(Examples.body)) }

    /// As cheap as the limits allow.
    private func backup(of role: KeyRole, from ring: KeyRing) throws -> String {
        try #require(try ring.exportPrivate(role, passphrase: passphrase, rounds: KeyBackup.roundsRange.lowerBound))
    }

    private func ring(_ name: String, in folder: TemporaryFolder, forDemonstration: Bool = false) throws -> KeyRing {
        try KeyRing(folder: folder.file(name), masterKey: nil, forDemonstration: forDemonstration, now: now)
    }

    @Test func `a backup brings the key into another ring, once and twice`() throws {
        let folder = try TemporaryFolder()
        let (old, new) = (try ring("old", in: folder), try ring("new", in: folder))
        let signer = try old.signer(for: try body(), now: now)
        let backup = try backup(of: .body(try body()), from: old)
        let description = try new.importPrivate(backup, passphrase: passphrase)
        #expect(description.keyID == signer.keyID)
        #expect(try new.importPrivate(backup, passphrase: passphrase) == description)
        #expect(try ring("new", in: folder).signer(for: try body(), now: now).publicKey == signer.publicKey)
        #expect(try old.exportPrivate(.log, passphrase: passphrase) == nil)
    }

    @Test func `keys of seals travel as others do`() throws {
        let folder = try TemporaryFolder()
        let (old, new) = (try ring("old", in: folder), try ring("new", in: folder))
        for role in [KeyRole.authority, .sealMaker, .p256Authority, .bodyP256(try body())] {
            let key = try old.publicKey(of: role, now: now)
            _ = try new.importPrivate(try backup(of: role, from: old), passphrase: passphrase)
            #expect(try key.verifies(try new.signer(of: role, now: now).sign([7]), of: [7]), "\(role)")
        }
    }

    @Test func `a key does not replace another`() throws {
        let folder = try TemporaryFolder()
        let (old, new) = (try ring("old", in: folder), try ring("new", in: folder))
        _ = try old.logKey(now: now)
        let kept = try new.logKey(now: now).publicKey
        let backup = try backup(of: .log, from: old)
        #expect(throws: KeyRingRefusal.keyExists) { try new.importPrivate(backup, passphrase: passphrase) }
        #expect(try ring("new", in: folder).logKey(now: now).publicKey == kept)
    }

    @Test func `a wrong passphrase, a torn backup and costs beyond the limits are refused`() throws {
        let folder = try TemporaryFolder()
        let ring = try ring("keys", in: folder)
        _ = try ring.logKey(now: now)
        let backup = try backup(of: .log, from: ring)
        #expect(throws: KeyRingRefusal.wrongPassphrase) { try ring.importPrivate(backup, passphrase: passphrase + "。") }
        for count in 0..<backup.utf8.count {
            let cut = String(decoding: Array(backup.utf8.prefix(count)), as: UTF8.self)
            #expect(throws: KeyRingRefusal.malformedBackup) { try ring.importPrivate(cut, passphrase: passphrase) }
        }
        for rounds in [1, 1 << 13, 1 << 19, 1 << 40, 100_000, -1, 0] {
            let costly = resealed(
                backup.replacingOccurrences(of: "\"rounds\":16384", with: "\"rounds\":\(rounds)"))
            #expect(throws: KeyRingRefusal.unfitCost) { try ring.importPrivate(costly, passphrase: passphrase) }
        }
        let unmarked = resealed(
            backup.replacingOccurrences(of: "\"isDemonstration\":false", with: "\"isDemonstration\":true"))
        #expect(unmarked != backup)
        #expect(throws: KeyRingRefusal.wrongPassphrase) { try ring.importPrivate(unmarked, passphrase: passphrase) }
    }

    @Test func `a short and an overlong passphrase are refused, and the same words typed otherwise are taken`() throws {
        let folder = try TemporaryFolder()
        let ring = try ring("keys", in: folder)
        _ = try ring.logKey(now: now)
        for words in ["", "elevenchars", String(repeating: "字", count: 342)] {
            #expect(throws: KeyRingRefusal.unfitPassphrase) { try ring.exportPrivate(.log, passphrase: words) }
        }
        #expect(throws: KeyRingRefusal.unfitCost) {
            try ring.exportPrivate(.log, passphrase: passphrase, rounds: KeyBackup.roundsRange.upperBound * 2)
        }
        let composed = "caf\u{E9} caf\u{E9} caf\u{E9}"
        let backup = try #require(
            try ring.exportPrivate(.log, passphrase: composed, rounds: KeyBackup.roundsRange.lowerBound))
        #expect(try ring.importPrivate(backup, passphrase: "cafe\u{301} cafe\u{301} cafe\u{301}").role == .log)
    }

    @Test func `a demonstration's keys say that they have no legal force, and the mark is sealed`() throws {
        let folder = try TemporaryFolder()
        let demonstration = try ring("demo", in: folder, forDemonstration: true)
        _ = try demonstration.signer(for: try body(), now: now)
        let descriptions = try demonstration.descriptions()
        #expect(descriptions.map(\.isDemonstration) == [true])
        for name in ["ring", "body-\(Examples.body).key"] {
            #expect(try folder.text(of: "demo/\(name)").contains("演示密钥，其签名不具有法律效力"))
        }
        #expect(try ring("demo", in: folder).isDemonstration, "opening a ring for service does not make it real")
        let marked = try folder.text(of: "demo/ring")
        try folder.write(
            resealed(marked.replacingOccurrences(of: "\"isDemonstration\":true", with: "\"isDemonstration\":false")),
            to: "demo/ring")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file("demo/ring"))
        #expect(throws: KeyRingRefusal.wrongMasterKey) { try ring("demo", in: folder) }
    }

    @Test func `demonstration keys and real ones do not mix`() throws {
        let folder = try TemporaryFolder()
        let demonstration = try ring("demo", in: folder, forDemonstration: true)
        _ = try demonstration.logKey(now: now)
        let real = try ring("real", in: folder)
        let backup = try backup(of: .log, from: demonstration)
        #expect(throws: KeyRingRefusal.demonstrationMixed) { try real.importPrivate(backup, passphrase: passphrase) }
        #expect(throws: KeyRingRefusal.demonstrationMixed) { try ring("real", in: folder, forDemonstration: true) }
    }

    /// The text with a digest that fits it, as somebody would write who has no key.
    private func resealed(_ text: String) -> String {
        let lines = text.split(separator: "\n").prefix(3).map { "\($0)\n" }.joined()
        return lines + Digests.sha256(Array(lines.utf8)).hex + "\n"
    }
}
