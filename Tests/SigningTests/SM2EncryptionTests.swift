import Foundation
import Signing
import Testing

@Suite struct SM2EncryptionTests {
    @Test func `what is encrypted for a key opens with it alone, at any length`() throws {
        let (key, other) = (try SM2PrivateKey(), try SM2PrivateKey())
        for count in [1, 31, 32, 33, 255, 256, 100_000] {
            let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let ciphertext = try key.publicKey.encrypt(message)
            #expect(ciphertext.count <= count + SM2Encryption.overheadBytesMax)
            #expect(try key.decrypt(ciphertext) == message)
            #expect(throws: KeyRefusal.malformedMessage) { try other.decrypt(ciphertext) }
        }
        #expect(try key.publicKey.encrypt([1]) != key.publicKey.encrypt([1]))
    }

    @Test func `the example of the standard opens`() throws {
        // GB/T 32918.5-2017, annex C: C1 C3 C2 of "encryption standard", here as the DER of GM/T 0009.
        let scalar = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
        let x = "04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"
        let y = "e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"
        let digest = "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766"
        let cipher = "21886ca989ca9c7d58087307ca93092d651efa"
        let parts = try #require(Hex.bytes("0220\(x)022100\(y)0420\(digest)0413\(cipher)"))
        let whole = [0x30, UInt8(parts.count)] + parts
        let key = try SM2PrivateKey(rawRepresentation: try #require(Hex.bytes(scalar)))
        #expect(String(decoding: try key.decrypt(whole), as: UTF8.self) == "encryption standard")
    }

    @Test func `whatever is no ciphertext is refused`() throws {
        let key = try SM2PrivateKey()
        let ciphertext = try key.publicKey.encrypt(Array("一窗".utf8))
        for place in stride(from: 0, to: ciphertext.count, by: 5) {
            var changed = ciphertext
            changed[place] ^= 0x55
            #expect(throws: KeyRefusal.malformedMessage) { try key.decrypt(changed) }
        }
        for length in [0, 1, 40, ciphertext.count - 1] {
            #expect(throws: KeyRefusal.malformedMessage) { try key.decrypt(Array(ciphertext.prefix(length))) }
        }
        #expect(throws: KeyRefusal.malformedMessage) { try key.publicKey.encrypt([]) }
    }

    @Test func `openssl opens what is encrypted here, and the other way round`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "sm2-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) } }
        func path(_ name: String) -> String { folder.appending(path: name).path() }
        func openssl(_ arguments: String...) throws {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/openssl")
            process.arguments = arguments
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(arguments)")
        }
        let key = try SM2PrivateKey()
        let message = Array(String(repeating: "持证主体", count: 2000).utf8)
        try Data(key.pkcs8PEM.utf8).write(to: URL(filePath: path("key.pem")))
        try Data(key.publicKey.pem.utf8).write(to: URL(filePath: path("public.pem")))
        try Data(try key.publicKey.encrypt(message)).write(to: URL(filePath: path("ours")))
        try Data(message).write(to: URL(filePath: path("message")))
        try openssl("pkeyutl", "-decrypt", "-inkey", path("key.pem"), "-in", path("ours"), "-out", path("opened"))
        #expect(try Data(contentsOf: URL(filePath: path("opened"))) == Data(message))
        try openssl(
            "pkeyutl", "-encrypt", "-pubin", "-inkey", path("public.pem"), "-in", path("message"), "-out",
            path("theirs"))
        #expect(try key.decrypt(Array(try Data(contentsOf: URL(filePath: path("theirs"))))) == message)
    }
}
