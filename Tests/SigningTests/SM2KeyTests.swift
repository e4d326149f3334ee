import Signing
import Testing

@Suite("SM2 keys")
struct SM2KeyTests {
    @Test func `a key survives PEM, DER and raw bytes`() throws {
        let key = try SM2PrivateKey()
        #expect(try SM2PrivateKey(pkcs8PEM: key.pkcs8PEM).rawRepresentation == key.rawRepresentation)
        #expect(try SM2PrivateKey(pkcs8DER: key.pkcs8DER).publicKey == key.publicKey)
        #expect(try SM2PrivateKey(rawRepresentation: key.rawRepresentation).publicKey == key.publicKey)
        #expect(try SM2PublicKey(pem: key.publicKey.pem) == key.publicKey)
        #expect(try SM2PublicKey(der: key.publicKey.der) == key.publicKey)
        #expect(try SM2PublicKey(point: key.publicKey.point) == key.publicKey)
        #expect("\(key)" == "SM2PrivateKey")
    }

    @Test func `numbers outside one to n minus two are no private keys`() throws {
        let order = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d541"
        let greatest = [UInt8](hexadecimal: order + "21")
        let key = try SM2PrivateKey(rawRepresentation: greatest)
        #expect(try key.publicKey.verifies(try key.sign([1]), of: [1]))
        let texts = [order + "22", order + "23", order + "24", String(repeating: "ff", count: 32)]
        let bad = texts.map([UInt8].init(hexadecimal:))
        for raw in bad + [[UInt8](repeating: 0, count: 32), [], Array(greatest.dropLast()), [0] + greatest] {
            #expect(throws: KeyRefusal.malformedKey) { try SM2PrivateKey(rawRepresentation: raw) }
        }
    }

    @Test func `a point off the curve, compressed or at infinity is no public key`() throws {
        let point = try SM2PrivateKey().publicKey.point
        let compressed = Array([2 + point[64] % 2] + point[1...32])
        let hybrid = Array([6 + point[64] % 2] + point[1...])
        let noughts = [4] + [UInt8](repeating: 0, count: 64)
        let bad: [[UInt8]] = [
            [], [0], compressed, hybrid, noughts, Array(point.dropLast()), point + [0], point.flipping(bit: 300),
        ]
        for bytes in bad {
            #expect(throws: KeyRefusal.malformedKey) { try SM2PublicKey(point: bytes) }
        }
    }

    @Test func `a private key file that is cut, lengthened or of another curve is refused`() throws {
        let der = try SM2PrivateKey().pkcs8DER
        for count in 0..<der.count {
            #expect(throws: KeyRefusal.malformedKey) { try SM2PrivateKey(pkcs8DER: Array(der.prefix(count))) }
        }
        #expect(throws: KeyRefusal.malformedKey) { try SM2PrivateKey(pkcs8DER: der + [0]) }
        let folder = try TemporaryFolder()
        for curve in ["P-256", "secp256k1"] {
            let made = try openssl(
                ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:\(curve)", "-out", "other.pem"],
                in: folder)
            #expect(made.status == 0)
            let pem = try folder.text(of: "other.pem")
            #expect(throws: KeyRefusal.malformedKey) { try SM2PrivateKey(pkcs8PEM: pem) }
        }
    }

    @Test func `a private key with the point of another is refused`() throws {
        let (one, two) = (try SM2PrivateKey(), try SM2PrivateKey())
        let mixed = try one.pkcs8DER.dropLast(65) + two.publicKey.point
        #expect(throws: KeyRefusal.malformedKey) { try SM2PrivateKey(pkcs8DER: Array(mixed)) }
    }

    @Test func `PEM of another kind, encrypted, doubled or overlong is refused`() throws {
        let key = try SM2PrivateKey()
        let (secret, open) = (try key.pkcs8PEM, key.publicKey.pem)
        let folder = try TemporaryFolder()
        try folder.write(secret, to: "key.pem")
        let encrypted = try openssl(
            ["pkcs8", "-topk8", "-v2", "aes256", "-passout", "pass:secret", "-in", "key.pem", "-out", "sealed.pem"],
            in: folder)
        #expect(encrypted.status == 0)
        let sealed = try folder.text(of: "sealed.pem")
        for text in [sealed, open, secret + secret, "", "x", secret + String(repeating: "\n", count: 4096)] {
            #expect(throws: KeyRefusal.malformedKey) { try SM2PrivateKey(pkcs8PEM: text) }
        }
        for text in [secret, open + open, String(open.dropFirst()), "-----BEGIN PUBLIC KEY-----\n"] {
            #expect(throws: KeyRefusal.malformedKey) { try SM2PublicKey(pem: text) }
        }
    }
}
