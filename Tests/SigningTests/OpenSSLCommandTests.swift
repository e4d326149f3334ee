import Signing
import Testing

/// Both ways with the `openssl` command, which reads our keys and verifies our signatures and makes its own.
@Suite("The openssl command")
struct OpenSSLCommandTests {
    private let distinguishing = ["-sigopt", "distid:1234567812345678"]
    private let message = Array("一窗受理\n".utf8) + [0, 255, 10, 13]

    @Test func `it verifies what we signed, and only under the id`() throws {
        let folder = try TemporaryFolder()
        let key = try SM2PrivateKey()
        try folder.write(key.publicKey.pem, to: "public.pem")
        try folder.write(message, to: "message")
        try folder.write(try key.sign(message), to: "signature")
        let check = ["dgst", "-sm3", "-verify", "public.pem", "-signature", "signature"]
        let right = try openssl(check + distinguishing + ["message"], in: folder)
        #expect(right.status == 0)
        #expect(right.output.contains("Verified OK"))
        let wrong = try openssl(check + ["-sigopt", "distid:8765432187654321", "message"], in: folder)
        #expect(wrong.status != 0)
        let without = try openssl(check + ["message"], in: folder)
        #expect(without.status != 0, "without an id the command takes the empty one")
    }

    @Test func `we verify what it signed with a key of its own, and only under the id`() throws {
        let folder = try TemporaryFolder()
        try folder.write(message, to: "message")
        let steps = [
            ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", "private.pem"],
            ["pkey", "-in", "private.pem", "-pubout", "-out", "public.pem"],
            ["dgst", "-sm3", "-sign", "private.pem", "-out", "signature"] + distinguishing + ["message"],
            ["dgst", "-sm3", "-sign", "private.pem", "-out", "without", "message"],
        ]
        for step in steps {
            let run = try openssl(step, in: folder)
            #expect(run.status == 0, "\(step): \(run.output)")
        }
        let key = try SM2PublicKey(pem: try folder.text(of: "public.pem"))
        #expect(try key.verifies(try folder.bytes(of: "signature"), of: message))
        #expect(try !key.verifies(try folder.bytes(of: "signature"), of: message, userID: "8765432187654321"))
        #expect(try !key.verifies(try folder.bytes(of: "without"), of: message))
        let own = try SM2PrivateKey(pkcs8PEM: try folder.text(of: "private.pem"))
        #expect(own.publicKey == key)
        #expect(try key.verifies(try own.sign(message), of: message))
    }

    @Test func `it signs with a key of ours`() throws {
        let folder = try TemporaryFolder()
        let key = try SM2PrivateKey()
        try folder.write(message, to: "message")
        try folder.write(try key.pkcs8PEM, to: "private.pem")
        let signed = try openssl(
            ["dgst", "-sm3", "-sign", "private.pem", "-out", "signature"] + distinguishing + ["message"], in: folder)
        #expect(signed.status == 0)
        #expect(try key.publicKey.verifies(try folder.bytes(of: "signature"), of: message))
    }

    @Test func `it computes the same SM3`() throws {
        let folder = try TemporaryFolder()
        try folder.write(message, to: "message")
        let run = try openssl(["dgst", "-sm3", "-r", "message"], in: folder)
        #expect(run.output.hasPrefix(SM3.digest(of: message).hex + " "))
    }

    @Test func `it verifies our Ed25519`() throws {
        let folder = try TemporaryFolder()
        let key = Ed25519PrivateKey()
        try folder.write(key.publicKey.pem, to: "public.pem")
        try folder.write(message, to: "message")
        try folder.write(try key.sign(message), to: "signature")
        let run = try openssl(
            [
                "pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-rawin", "-in", "message", "-sigfile",
                "signature",
            ], in: folder)
        #expect(run.status == 0)
        #expect(try Ed25519PublicKey(pem: key.publicKey.pem) == key.publicKey)
    }
}
