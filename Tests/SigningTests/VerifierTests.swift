import Signing
import Testing
import Vocabulary

@Suite("Signers and verifiers")
struct VerifierTests {
    private let message = Array("journal entry".utf8)
    private let start = Instant(milliseconds: 1_700_000_000_000)
    private var end: Instant { start.advanced(bySeconds: 1000) }
    private var during: Instant { start.advanced(bySeconds: 500) }

    private func owner() throws -> CreditCode { try #require(CreditCode(Examples.body)) }

    private func verifier(
        of keys: PublicKey..., revokedFrom: Instant? = nil
    ) throws -> Verifier {
        let trusted = try keys.map {
            TrustedKey(
                $0, owner: try owner(), valid: (start, end), revokedFrom: revokedFrom, isDemonstration: true)
        }
        return Verifier(trusted: try TrustedKeys(trusted))
    }

    @Test func `a body's signature is valid from the first instant to before the last`() throws {
        let signer = SM2Signer(key: try SM2PrivateKey())
        let verifier = try verifier(of: .sm2(signer.publicKey))
        let signature = try signer.signature(of: message)
        let verdicts = try [-1, 0, 500, 999, 1000].map {
            try verifier.verdict(on: signature, of: message, madeAt: start.advanced(bySeconds: $0))
        }
        #expect(verdicts == [.untrusted(.notYetValid), .valid, .valid, .valid, .untrusted(.expired)])
    }

    @Test func `a revoked key's earlier signatures go on counting`() throws {
        let signer = SM2Signer(key: try SM2PrivateKey())
        let signature = try signer.signature(of: message)
        let verifier = try verifier(of: .sm2(signer.publicKey), revokedFrom: during)
        let before = during.advanced(bySeconds: -1)
        #expect(try verifier.verdict(on: signature, of: message, madeAt: before) == .valid)
        #expect(try verifier.verdict(on: signature, of: message, madeAt: during) == .untrusted(.revoked))
    }

    @Test func `a changed message is invalid, even under a revoked key`() throws {
        let signer = SM2Signer(key: try SM2PrivateKey())
        let signature = try signer.signature(of: message)
        let verifier = try verifier(of: .sm2(signer.publicKey), revokedFrom: start)
        #expect(try verifier.verdict(on: signature, of: message + [0], madeAt: during) == .invalid)
        #expect(try verifier.verdict(on: signature, of: message, madeAt: during) == .untrusted(.revoked))
    }

    @Test func `another algorithm's name is invalid, an unknown one unsupported, a foreign key untrusted`() throws {
        let signer = SM2Signer(key: try SM2PrivateKey())
        let verifier = try verifier(of: .sm2(signer.publicKey))
        let bytes = try signer.sign(message)
        let cases: [(String, String, SignatureVerdict)] = [
            (signer.keyID, "sm2-sm3", .valid), (signer.keyID, "ed25519", .invalid), (signer.keyID, "rsa", .unsupported),
            (signer.keyID, "", .unsupported), ("0123456789abcdef", "sm2-sm3", .untrusted(.unknownKey)),
            (signer.keyID.uppercased() + " ", "sm2-sm3", .untrusted(.unknownKey)),
        ]
        for (keyID, algorithm, verdict) in cases {
            let signature = Signature(keyID: keyID, algorithm: algorithm, bytes: bytes)
            #expect(try verifier.verdict(on: signature, of: message, madeAt: during) == verdict)
        }
    }

    @Test func `an Ed25519 key is verified under its own id`() throws {
        let key = Ed25519PrivateKey()
        let verifier = try verifier(of: .ed25519(key.publicKey))
        let signature = Signature(
            keyID: PublicKey.ed25519(key.publicKey).keyID, algorithm: "ed25519", bytes: try key.sign(message))
        #expect(try verifier.verdict(on: signature, of: message, madeAt: during) == .valid)
        #expect(try verifier.verdict(on: signature, of: [], madeAt: during) == .invalid)
    }

    @Test func `a simulation's signatures are equal twice, and untrusted by everybody`() throws {
        let (one, again, other) = (
            try SimulationSigner(seed: 7), try SimulationSigner(seed: 7), try SimulationSigner(seed: 8)
        )
        #expect(try one.sign(message) == again.sign(message))
        #expect(try one.sign(message) != other.sign(message))
        #expect(one.publicKey.verifies(try one.sign(message), of: message))
        let trusting = try verifier(of: .ed25519(one.publicKey))
        for verifier in [trusting, Verifier(trusted: try TrustedKeys([]))] {
            let signature = try one.signature(of: message)
            #expect(signature.keyID == "simulation")
            #expect(try verifier.verdict(on: signature, of: message, madeAt: during) == .untrusted(.simulation))
            let unknown = Signature(keyID: "simulation", algorithm: "sm2-sm3", bytes: [])
            #expect(try verifier.verdict(on: unknown, of: message, madeAt: during) == .untrusted(.simulation))
        }
    }

    @Test func `a key id is the digest of the point, and stands once in a set`() throws {
        let key = try SM2PrivateKey().publicKey
        #expect(PublicKey.sm2(key).keyID == Array(SM3.digest(of: key.point).prefix(8)).hex)
        #expect(SM2Signer(key: try SM2PrivateKey()).keyID.utf8.count == 16)
        #expect(throws: KeyRefusal.ambiguousKey) { try verifier(of: .sm2(key), .sm2(key)) }
        let trusted = try verifier(of: .sm2(key)).trusted
        #expect(trusted[PublicKey.sm2(key).keyID]?.owner == (try owner()))
        #expect(trusted["simulation"] == nil)
    }

    @Test func `a set has a limit`() throws {
        let key = PublicKey.sm2(try SM2PrivateKey().publicKey)
        let trusted = TrustedKey(key, owner: try owner(), valid: (start, end), isDemonstration: true)
        #expect(throws: KeyRefusal.tooManyKeys) {
            try TrustedKeys(Array(repeating: trusted, count: TrustedKeys.keysMax + 1))
        }
    }
}

/// Synthetic bodies: the codes have valid check characters and belong to nobody.
enum Examples {
    static let body = "11350100000000019N"
    static let otherBody = "11350100000000027H"
}
