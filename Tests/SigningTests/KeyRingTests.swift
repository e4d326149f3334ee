import Foundation
import Signing
import Testing
import Vocabulary

@Suite("The key ring")
struct KeyRingTests {
    private let now = Instant(milliseconds: 1_795_000_000_000)
    private let master = String(repeating: "0123456789abcdef", count: 4)

    private func body(_ code: String = Examples.body) throws -> CreditCode { try #require(CreditCode(code)) }

    private func ring(
        in folder: TemporaryFolder, masterKey: String?, forDemonstration: Bool = false
    ) throws -> KeyRing {
        try KeyRing(
            folder: folder.file("keys"), masterKey: masterKey, forDemonstration: forDemonstration, now: now)
    }

    private func mode(of path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? NSNumber).intValue
    }

    @Test(arguments: [true, false])
    func `keys are made once, encrypted, and found again`(hasSetting: Bool) throws {
        let folder = try TemporaryFolder()
        let masterKey = hasSetting ? master : nil
        let first = try ring(in: folder, masterKey: masterKey)
        let signer = try first.signer(for: try body(), now: now)
        let log = try first.logKey(now: now)
        #expect(try first.signer(for: try body(), now: now).keyID == signer.keyID)
        #expect(try first.signer(for: try body(Examples.otherBody), now: now).keyID != signer.keyID)
        let again = try ring(in: folder, masterKey: masterKey)
        #expect(try again.signer(for: try body(), now: now).publicKey == signer.publicKey)
        #expect(try again.logKey(now: now).publicKey == log.publicKey)
        let signature = try again.signer(for: try body(), now: now).sign([1])
        #expect(try signer.publicKey.verifies(signature, of: [1]))
        #expect(FileManager.default.fileExists(atPath: folder.file("keys/master.key")) != hasSetting)
        let roles = try again.descriptions().map(\.role)
        #expect(roles == [.body(try body()), .body(try body(Examples.otherBody)), .log])
    }

    @Test func `every role has a file of its own, and is found again by its name`() throws {
        let folder = try TemporaryFolder()
        let first = try ring(in: folder, masterKey: master)
        let roles: [KeyRole] = [
            .authority, .body(try body()), .log, .p256Authority, .bodyP256(try body()), .sealMaker,
        ]
        let made = try roles.map { try first.publicKey(of: $0, now: now) }
        let again = try ring(in: folder, masterKey: master)
        #expect(try again.descriptions().map(\.role) == roles)
        for (role, key) in zip(roles, made) {
            #expect(KeyRole("\(role)") == role && key.algorithm == role.algorithm)
            #expect(try again.publicKey(of: role, now: now) == key && again.holds(role))
            let signer = try again.signer(of: role, now: now)
            #expect(try key.verifies(try signer.sign([1]), of: [1]))
            #expect(signer.keyID == key.keyID)
        }
        #expect(try !again.holds(.body(try body(Examples.otherBody))))
        for text in ["", "body:", "p256-body:1", "body-\(Examples.body)", "Authority"] { #expect(KeyRole(text) == nil) }
    }

    @Test func `a retired key is gone, another one comes, and its signatures stay trusted`() throws {
        let folder = try TemporaryFolder()
        let (first, other) = (try ring(in: folder, masterKey: master), try ring(in: folder, masterKey: master))
        let role = KeyRole.body(try body())
        let old = try first.publicKey(of: role, now: now)
        #expect(try other.publicKey(of: role, now: now) == old)
        #expect(try other.trusted().map(\.countsUntil) == [nil])
        try first.retire(role, countsUntil: now)
        // Another process has neither the old one nor another new one.
        let new = try other.publicKey(of: role, now: now)
        #expect(new != old)
        for ring in [first, other] {
            #expect(try ring.publicKey(of: role, now: now) == new)
            let trusted = Dictionary(grouping: try ring.trusted(), by: \.keyID).mapValues { $0.map(\.countsUntil) }
            #expect(trusted == [old.keyID: [now], new.keyID: [nil]])
        }
        try first.retire(.sealMaker)
        #expect(try !first.holds(.sealMaker))
    }

    @Test func `no private key lies on the disk in clear, and every public one does`() throws {
        let folder = try TemporaryFolder()
        let ring = try ring(in: folder, masterKey: master)
        let signer = try ring.signer(for: try body(), now: now)
        let log = try ring.logKey(now: now)
        #expect(try folder.text(of: "keys/body-\(Examples.body).pub") == signer.publicKey.pem)
        #expect(try folder.text(of: "keys/log.pub") == log.publicKey.pem)
        let seed = log.rawRepresentation
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("keys")) {
            let text = try folder.text(of: "keys/\(name)")
            #expect(!text.contains(seed.hex) && !text.contains(Data(seed).base64EncodedString()), "\(name)")
            #expect(!text.contains("PRIVATE"), "\(name)")
        }
    }

    @Test func `folder and files are the owner's alone`() throws {
        let folder = try TemporaryFolder()
        _ = try ring(in: folder, masterKey: nil).signer(for: try body(), now: now)
        #expect(try mode(of: folder.file("keys")) == 0o700)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("keys")).sorted()
        #expect(names == ["body-\(Examples.body).key", "body-\(Examples.body).pub", "master.key", "ring"])
        for name in names { #expect(try mode(of: folder.file("keys/\(name)")) == 0o600, "\(name)") }
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o610])
    func `a file that others may use is refused`(mode: Int) throws {
        let folder = try TemporaryFolder()
        _ = try ring(in: folder, masterKey: nil).signer(for: try body(), now: now)
        for name in ["master.key", "ring", "body-\(Examples.body).key", "body-\(Examples.body).pub"] {
            let path = folder.file("keys/\(name)")
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            #expect(throws: KeyRingRefusal.exposedFile(name)) {
                try ring(in: folder, masterKey: nil).signer(for: try body(), now: now)
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        #expect(try ring(in: folder, masterKey: nil).descriptions().count == 1)
    }

    @Test func `a folder that others may use, and a link, are refused`() throws {
        let folder = try TemporaryFolder()
        _ = try ring(in: folder, masterKey: nil).logKey(now: now)
        let keys = folder.file("keys")
        try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: keys)
        #expect(throws: KeyRingRefusal.exposedFile(keys)) { try ring(in: folder, masterKey: nil) }
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: keys)
        try FileManager.default.moveItem(atPath: folder.file("keys/log.key"), toPath: folder.file("elsewhere"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("keys/log.key"), withDestinationPath: folder.file("elsewhere"))
        #expect(throws: KeyRingRefusal.exposedFile("log.key")) {
            try ring(in: folder, masterKey: nil).logKey(now: now)
        }
    }

    @Test func `another master key is refused before any key is made under it`() throws {
        let folder = try TemporaryFolder()
        _ = try ring(in: folder, masterKey: master)
        let other = String(repeating: "0", count: 63) + "1"
        #expect(throws: KeyRingRefusal.wrongMasterKey) { try ring(in: folder, masterKey: other) }
        #expect(throws: KeyRingRefusal.missingMasterKey) { try ring(in: folder, masterKey: nil) }
        #expect(try ring(in: folder, masterKey: master.uppercased()).descriptions().isEmpty)
    }

    @Test func `a master key is 64 hexadecimal digits`() throws {
        let folder = try TemporaryFolder()
        for text in ["", "secret", String(master.dropLast()), master + "0", master + "\n", "g" + master.dropFirst()] {
            #expect(throws: KeyRingRefusal.malformedMasterKey) { try ring(in: folder, masterKey: text) }
        }
    }

    @Test func `rings that open one folder at once agree on every key`() async throws {
        let folder = try TemporaryFolder()
        let body = try body()
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let ring = try ring(in: folder, masterKey: nil)
                    let log = try ring.logKey(now: now).publicKey.rawRepresentation.hex
                    return try ring.signer(for: body, now: now).keyID + log
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("keys"))
        #expect(names.filter { $0.hasPrefix(".") }.isEmpty, "unfinished files are removed")
    }

    @Test func `a ring has a limit`() throws {
        let folder = try TemporaryFolder()
        let ring = try ring(in: folder, masterKey: nil)
        _ = try ring.logKey(now: now)
        for number in 1..<KeyRing.keysMax { try folder.write([], to: "keys/body-\(number).key") }
        #expect(throws: KeyRefusal.tooManyKeys) { try ring.signer(for: try body(), now: now) }
        try FileManager.default.removeItem(atPath: folder.file("keys/body-1.key"))
        #expect(try ring.signer(for: try body(), now: now).keyID.utf8.count == 16)
    }

    @Test func `every refusal has a code of its own`() {
        let codes =
            KeyRingRefusal.codes + KeyRefusal.codes + NoteRefusal.codes + CMSRefusal.codes + COSERefusal.codes
            + TrustListRefusal.codes
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.hasPrefix("signing.") && $0 == $0.lowercased() })
    }
}
