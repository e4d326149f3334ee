import Signing
import Vocabulary

@testable import Documents

extension FuzzTarget {
    private static let anchor: X509Certificate = {
        do {
            return try X509Certificate(der: Seeds.file("authority.der"))
        } catch {
            fatalError("the authority: \(error)")
        }
    }()

    /// Readers of keys, certificates and signatures.
    static let signingTargets = [
        FuzzTarget("x509") { bytes in
            let read = try X509Certificate(der: bytes)
            Finding.unless(read.der == bytes, "a certificate has two forms")
            let known = bytes == anchor.der || Seeds.file("body.der") == bytes || Seeds.file("maker.der") == bytes
            let verdict = try TrustedAuthorities([anchor]).verdict(on: read, at: Sealed.now, among: [])
            Finding.unless(verdict != .trusted || known, "a certificate that nobody issued is trusted")
        },
        FuzzTarget("key") { bytes in
            do { _ = try SM2PublicKey(der: bytes) } catch {}
            do { _ = try SM2PublicKey(point: bytes) } catch {}
            do { _ = try P256PublicKey(der: bytes) } catch {}
            do { _ = try P256PublicKey(point: bytes) } catch {}
        },
        FuzzTarget("cms") { bytes in
            let read = try CMS(der: bytes)
            guard try read.verdict() == .valid else { return }
            // Nobody signed the certificates themselves: their issuers are looked at by the verifier.
            let signer = try X509Certificate(der: Seeds.file("pdf-signer.der"))
            Finding.unless(read.signer.key == signer.key, "a signature with a key that did not sign is valid")
        },
        FuzzTarget("cbor") { bytes in
            Finding.unless(try CBOR(bytes).encoded == bytes, "a value has two forms")
        },
        FuzzTarget("token") { bytes in
            _ = try COSEToken(bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            if let read = Base32.bytes(text) { Finding.unless(Base32.text(read) == text, "base 32 in two forms") }
        },
        FuzzTarget("trust-list") { bytes in
            let list = try TrustList(reading: bytes, anchor: anchor)
            Finding.unless(
                bytes.starts(with: Seeds.file("trust.json").prefix { $0 != UInt8(ascii: "\n") }),
                "a list that nobody signed is read: \(list.content.nextUpdate)")
        },
    ]
}
