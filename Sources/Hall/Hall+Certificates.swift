package import Certificates
import Foundation
package import Signing
import Store
package import Vocabulary

/// The certificate library as the doors see it.
extension Hall {
    /// What is true of an identifier, and why.
    package struct Verification: Sendable {
        package let certificate: Certificate
        package let standing: Certificate.Standing
        /// What a verifier says of the signature; nil while there is none or once the data were erased.
        package let verdict: SignatureVerdict?
    }

    /// A type of certificate; nil when there is none.
    package func certificateKind(_ code: String) async throws -> CertificateKind? {
        try await store.read { tx in try CertificateKindTable.kind(code, in: tx) }
    }

    /// What a person holds, by type.
    package func certificates(of holder: PersonID) async throws -> [CertificateLine] {
        try await store.read { tx in try CertificateTable.held(by: holder, in: tx) }
    }

    /// A certificate; nil when there is none.
    package func certificate(_ id: CertificateID) async throws -> Certificate? {
        try await store.read { tx in try CertificateTable.load(id, in: tx) }
    }

    /// Looks an identifier up and checks the signature over the data that stand in the library. Refuses a malformed
    /// identifier and one that nobody has.
    package func verify(_ text: String, trusting keys: TrustedKeys) async throws -> Verification {
        guard let identifier = CertificateIdentifier(text) else { throw CertificateRefusal.malformedIdentifier }
        guard let found = try await register.answer(identifier) else { throw CertificateRefusal.notFound }
        let verdict = try await verdict(on: found, trusting: keys)
        return Verification(
            certificate: found.certificate, standing: found.certificate.standing(on: time.now().day), verdict: verdict)
    }

    private func verdict(on found: JudgedCertificate, trusting keys: TrustedKeys) async throws -> SignatureVerdict? {
        let certificate = found.certificate
        guard let filing = certificate.filing else { return nil }
        let trusted = keys[filing.keyID]
        let now = time.now()
        if let judgement = found.judgement, judgement.trusted == trusted, now < judgement.until {
            return judgement.verdict
        }
        guard let data = try CertificateData(certificate)?.bytes() else { return nil }
        guard let bytes = Data(base64Encoded: filing.signature) else { return .invalid }
        let signature = Signature(keyID: filing.keyID, algorithm: filing.algorithm, bytes: [UInt8](bytes))
        let verdict = try await signing.run {
            try Verifier(trusted: keys).verdict(on: signature, of: data, madeAt: filing.signedAt)
        }
        let judgement = JudgedCertificate.Judgement(
            trusted: trusted, verdict: verdict, until: now.advanced(bySeconds: JudgedCertificate.secondsMax))
        judged.keep(
            JudgedCertificate(certificate: certificate, extent: found.extent, judgement: judgement),
            of: certificate.id.subject)
        return verdict
    }
}

/// A certificate as it was read, and what was found of its signature.
struct JudgedCertificate: Sendable {
    let certificate: Certificate
    /// How much of its life was read: where that is still all, the certificate is still the same.
    let extent: Journal.Extent
    var judgement: Judgement?

    /// LIMIT: seconds until data and signature are read again, whoever changed them behind the journal's back.
    static let secondsMax: Int64 = 60

    /// What a signature is worth under the key that was trusted for it; nothing else of the keys decides it.
    struct Judgement: Sendable {
        let trusted: TrustedKey?
        let verdict: SignatureVerdict
        let until: Instant
    }

    /// Reads certificates by their identifiers; what was judged last time and has not changed since is not read again.
    static func reading(
        _ store: any Store, _ judged: FoldCache<JudgedCertificate>, _ time: TimeSource
    ) -> SharedReading<CertificateIdentifier, JudgedCertificate?> {
        SharedReading(name: "certificate-register") { identifiers in
            let now = time.now()
            return try await store.read { tx in
                try identifiers.map { identifier in
                    guard let id = try CertificateTable.id(identifier, in: tx) else { return nil }
                    let extent = try Journal.extent(of: id.subject, in: tx)
                    if let kept = judged.value(of: id.subject), kept.extent == extent, let judgement = kept.judgement,
                        now < judgement.until
                    {
                        return kept
                    }
                    return try CertificateTable.load(id, in: tx).map {
                        JudgedCertificate(certificate: $0, extent: extent)
                    }
                }
            }
        }
    }
}

extension Hall {
    /// Takes a certificate into the library that was made elsewhere: reserved, signed with the issuer's key and filed.
    package func takeOver(
        _ reservation: Certificate.Reservation, _ personal: Certificate.Personal
    ) async throws -> CertificateID {
        let id = CertificateID(ids.next())
        let now = time.now()
        let certificate = Certificate(id, reservation, personal, at: now)
        let signer = try signers.signer(for: reservation.identifier.issuer)
        guard let data = try CertificateData(certificate)?.bytes() else { throw CertificateRefusal.forgotten }
        let signature = try await signing.run { try signer.signature(of: data) }
        let filing = Certificate.Filing(
            digest: BlobRef(of: data).digest, algorithm: signature.algorithm, keyID: signature.keyID,
            signature: Data(signature.bytes).base64EncodedString(), signedAt: now)
        let event = try CertificateRules.file(filing, on: certificate)
        let stamp = Stamp(now: now, actor: .platform, entropy: Entropy(dice))
        try await store.write { tx in
            try CertificateTable.reserve(id, reservation, personal, stamp: stamp, in: tx)
            try CertificateTable.file(event, on: certificate, stamp: stamp, in: tx)
        }
        return id
    }
}
