import Foundation
import Signing
import Testing
import Vocabulary

/// Certificates, signatures of documents, tokens and trust lists that nobody wrote: read or refused, never believed.
@Suite struct CertificateFuzzTests {
    private static let now = Instant(milliseconds: 1_795_000_000_000)

    private struct Sample {
        let signer: any Signer
        let root: X509Certificate
        let leaf: X509Certificate

        init(_ key: PublicKey, _ signer: any Signer) throws {
            func order(_ use: CertificateOrder.Use, _ name: String) throws -> CertificateOrder {
                CertificateOrder(
                    use, for: try CertificateSubject(organisation: "机构", commonName: name), key: key,
                    serial: [UInt8](repeating: 7, count: 16), valid: now...now.advanced(bySeconds: 86_400))
            }
            self.signer = signer
            root = try X509Certificate.selfSigned(try order(.authority, "根"), by: signer)
            leaf = try X509Certificate.signed(try order(.signing, "章"), by: signer, of: root)
        }
    }

    private static func sm2() throws -> Sample {
        let key = try SM2PrivateKey(rawRepresentation: (UInt8(1)...32).map { $0 })
        return try Sample(.sm2(key.publicKey), SM2Signer(key: key))
    }

    private static func p256() throws -> Sample {
        let key = try P256PrivateKey(rawRepresentation: (UInt8(1)...32).map { $0 })
        return try Sample(.p256(key.publicKey), P256Signer(key: key))
    }

    @Test func `a changed certificate is read or refused, and never trusted`() throws {
        let samples = [try Self.sm2(), try Self.p256()]
        let trusted = TrustedAuthorities(samples.map(\.root))
        let ders = samples.flatMap { [$0.root.der, $0.leaf.der] }
        try Fuzz.rounds(1500) { mutator in
            let changed = mutator.bytes(like: ders)
            do {
                let read = try X509Certificate(der: changed)
                guard read.der == changed, !read.subject.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
                    throw Finding("a certificate is read otherwise", changed)
                }
                let verdict = try trusted.verdict(on: read, at: Self.now, among: samples.map(\.leaf))
                guard verdict != .trusted || ders.contains(changed) else {
                    throw Finding("a changed certificate is trusted", changed)
                }
            } catch is KeyRefusal {}
        }
    }

    @Test func `a changed signature of a document holds only in what is not signed`() throws {
        let sample = try Self.p256()
        let digest = [UInt8](repeating: 9, count: 32)
        let der = try CMS.signed(digest: digest, by: sample.signer, certificates: [sample.leaf, sample.root])
        try Fuzz.rounds(1500) { mutator in
            let changed = mutator.bytes(like: [der])
            do {
                let read = try CMS(der: changed)
                if try read.verdict() == .valid, read.digest != digest || read.signer != sample.leaf {
                    // Another signer would need another key.
                    guard read.signer.key == sample.leaf.key, read.digest == digest else {
                        throw Finding("a changed signature is valid", changed)
                    }
                }
                _ = try CMS(padded: changed + [0, 0])
            } catch is CMSRefusal {}
        }
    }

    @Test func `a token has one form, and holds in no other`() throws {
        for sample in [try Self.sm2(), try Self.p256()] {
            let token = try COSEToken.signed(
                payload: [1: .text("食品经营许可证"), 2: .integer(-7), 3: .bytes([1, 2])], by: sample.signer)
            let key = try #require(sample.leaf.publicKey)
            try Fuzz.rounds(1000) { mutator in
                let changed = mutator.bytes(like: [token.bytes])
                do {
                    let read = try COSEToken(changed)
                    guard try !read.verifies(with: key) || changed == token.bytes else {
                        throw Finding("a changed token verifies", changed)
                    }
                } catch is COSERefusal {}
                do {
                    guard try CBOR(changed).encoded == changed else {
                        throw Finding("a value has two forms", changed)
                    }
                } catch is COSERefusal {}
                let text = mutator.text(like: [Base32.text(token.bytes)])
                if let bytes = Base32.bytes(text), Base32.text(bytes) != text {
                    throw Finding("base 32 in two forms", text.utf8)
                }
            }
        }
    }

    @Test func `a trust list holds as it was signed`() throws {
        let sample = try Self.sm2()
        let content = TrustList.Content(
            authorities: [sample.root],
            revoked: [.init(fingerprint: sample.leaf.fingerprint, revokedAt: Self.now)], seals: [],
            valid: (Self.now, Self.now.advanced(bySeconds: 60)), isDemonstration: true)
        let bytes = try TrustList.signed(content, by: sample.signer, authority: sample.root)
        try Fuzz.rounds(600) { mutator in
            let changed = mutator.bytes(like: [bytes])
            do {
                guard try TrustList(reading: changed).content == content else {
                    throw Finding("a changed list is believed", changed)
                }
            } catch is TrustListRefusal {}
        }
    }
}
