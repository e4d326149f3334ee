import Foundation
import Signing
import Testing
import Vocabulary

@Suite("A damaged key ring")
struct KeyRingDamageTests {
    private let now = Instant(milliseconds: 1_795_000_000_000)
    private let master = String(repeating: "0123456789abcdef", count: 4)

    private func body(_ code: String = Examples.body) throws -> CreditCode { try #require(CreditCode(code)) }

    private func ring(
        in folder: TemporaryFolder, masterKey: String?, forDemonstration: Bool = false
    ) throws -> KeyRing {
        try KeyRing(
            folder: folder.file("keys"), masterKey: masterKey, forDemonstration: forDemonstration, now: now)
    }

    @Test func `a file cut off anywhere is refused`() throws {
        let folder = try TemporaryFolder()
        _ = try ring(in: folder, masterKey: master).signer(for: try body(), now: now)
        for name in ["body-\(Examples.body).key", "ring", "body-\(Examples.body).pub"] {
            let whole = try folder.bytes(of: "keys/\(name)")
            for count in 0..<whole.count {
                try overwrite(Array(whole.prefix(count)), "keys/\(name)", in: folder)
                #expect(throws: KeyRingRefusal.tornFile(name), "\(count) bytes of \(name)") {
                    try ring(in: folder, masterKey: master).signer(for: try body(), now: now)
                }
            }
            for longer in [whole + [10], whole + whole, [UInt8](repeating: 65, count: 20_000)] {
                try overwrite(longer, "keys/\(name)", in: folder)
                #expect(throws: KeyRingRefusal.tornFile(name)) {
                    try ring(in: folder, masterKey: master).signer(for: try body(), now: now)
                }
            }
            try overwrite(whole, "keys/\(name)", in: folder)
        }
        #expect(try ring(in: folder, masterKey: master).descriptions().count == 1)
    }

    @Test func `a master key file cut off anywhere is refused`() throws {
        let folder = try TemporaryFolder()
        _ = try ring(in: folder, masterKey: nil)
        let whole = try folder.bytes(of: "keys/master.key")
        #expect(whole.count == 65)
        for count in 0..<whole.count {
            try overwrite(Array(whole.prefix(count)), "keys/master.key", in: folder)
            #expect(throws: KeyRingRefusal.malformedMasterKey) { try ring(in: folder, masterKey: nil) }
        }
        try FileManager.default.removeItem(atPath: folder.file("keys/master.key"))
        #expect(throws: KeyRingRefusal.missingMasterKey) { try ring(in: folder, masterKey: nil) }
    }

    @Test func `a flipped bit, a key in another's place and a missing ring file are refused`() throws {
        let folder = try TemporaryFolder()
        let first = try ring(in: folder, masterKey: master)
        _ = try first.signer(for: try body(), now: now)
        let name = "body-\(Examples.body).key"
        let whole = try folder.bytes(of: "keys/\(name)")
        for bit in stride(from: 0, to: whole.count * 8, by: 5) {
            try overwrite(whole.flipping(bit: bit), "keys/\(name)", in: folder)
            #expect(throws: KeyRingRefusal.tornFile(name), "bit \(bit)") {
                try ring(in: folder, masterKey: master).signer(for: try body(), now: now)
            }
        }
        let other = "body-\(Examples.otherBody).key"
        try FileManager.default.moveItem(atPath: folder.file("keys/\(name)"), toPath: folder.file("keys/\(other)"))
        try overwrite(whole, "keys/\(other)", in: folder)
        #expect(throws: KeyRingRefusal.tornFile(other)) {
            try ring(in: folder, masterKey: master).signer(for: try body(Examples.otherBody), now: now)
        }
        try FileManager.default.removeItem(atPath: folder.file("keys/ring"))
        #expect(throws: KeyRingRefusal.incompleteRing) { try ring(in: folder, masterKey: master) }
    }

    @Test func `a public file lost in a crash is made again, a foreign one refused`() throws {
        let folder = try TemporaryFolder()
        let key = try ring(in: folder, masterKey: master).logKey(now: now)
        try FileManager.default.removeItem(atPath: folder.file("keys/log.pub"))
        _ = try ring(in: folder, masterKey: master).logKey(now: now)
        #expect(try folder.text(of: "keys/log.pub") == key.publicKey.pem)
        try overwrite(Array(Ed25519PrivateKey().publicKey.pem.utf8), "keys/log.pub", in: folder)
        #expect(throws: KeyRingRefusal.tornFile("log.pub")) {
            try ring(in: folder, masterKey: master).logKey(now: now)
        }
    }

    private func overwrite(_ bytes: [UInt8], _ name: String, in folder: TemporaryFolder) throws {
        let handle = try FileHandle(forWritingTo: URL(filePath: folder.file(name)))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: bytes)
        try handle.close()
    }
}
