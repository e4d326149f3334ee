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
        let found = try await store.read { tx in
            try CertificateTable.id(identifier, in: tx).flatMap { try CertificateTable.load($0, in: tx) }
        }
        guard let certificate = found else { throw CertificateRefusal.notFound }
        let verdict = try await verdict(on: certificate, trusting: keys)
        return Verification(
            certificate: certificate, standing: certificate.standing(on: time.now().day), verdict: verdict)
    }

    private func verdict(on certificate: Certificate, trusting keys: TrustedKeys) async throws -> SignatureVerdict? {
        guard let filing = certificate.filing, let data = try CertificateData(certificate)?.bytes() else { return nil }
        guard let bytes = Data(base64Encoded: filing.signature) else { return .invalid }
        let signature = Signature(keyID: filing.keyID, algorithm: filing.algorithm, bytes: [UInt8](bytes))
        return try await signing.run {
            try Verifier(trusted: keys).verdict(on: signature, of: data, madeAt: filing.signedAt)
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
