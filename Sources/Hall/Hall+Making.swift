import Certificates
import Dossiers
import Foundation
import Signing
import Store
import Vocabulary

/// 制证: the formal step between a grant and the end of a case.
extension Hall {
    /// What is made of a certificate: the signature over its data, and its sealed file where the house has seals.
    private struct Made {
        let filing: Certificate.Filing
        /// Nil without seals.
        let file: [UInt8]?
    }

    /// Makes the certificate of a grant, files it, and lets the dossier go on: in one transaction with the bytes of the
    /// sealed file.
    func makeCertificate(_ lease: Lease) async throws {
        let id = DossierID(lease.id.subject)
        let awaited = try await store.read { tx -> Certificate? in
            guard case .granted(_, .some(let id)) = try load(id, in: tx).stage else { return nil }
            return try CertificateTable.load(id, in: tx)
        }
        guard let certificate = awaited else {
            // Signed by another process, or the dossier ended without a result: nothing is left to do.
            _ = try await store.write { tx in try Outbox.complete(lease, in: tx) }
            return
        }
        let made = try await make(certificate)
        try await keepLarge(made.file)
        let now = made.filing.signedAt
        let stamp = Stamp(now: now, actor: .platform, entropy: Entropy(dice))
        let command = DossierCommand.fileCertificate(certificate.id)
        let mark = try CommandMark(command, on: id)
        let foreseen = foresee(command, on: id, by: .platform, stamp: stamp)
        let event = Result { try CertificateRules.file(made.filing, on: certificate) }
        let (_, dossier) = try await store.write { tx in
            try once(mark, .platform, .answering(lease), now, in: tx) {
                if let file = made.file, file.count <= Blobs.rowBytesMax { _ = try Blobs.put(file, now: now, in: tx) }
                try CertificateTable.file(try event.get(), on: certificate, stamp: stamp, in: tx)
                return try apply(command, on: id, by: .platform, stamp: stamp, seen: (foreseen, nil), in: tx)
            }
        }
        if let dossier { dossiers.keep(dossier, of: id.subject) }
    }

    /// Keeps a file that is too large for a row, durably, before anybody names it.
    private func keepLarge(_ file: [UInt8]?) async throws {
        guard let file, file.count > Blobs.rowBytesMax else { return }
        let upload = upload()
        try await upload.append(file)
        _ = try await upload.keep()
    }

    private func make(_ certificate: Certificate) async throws -> Made {
        guard let data = try CertificateData(certificate)?.bytes() else { throw CertificateRefusal.forgotten }
        guard let press, let personal = certificate.personal else {
            let signer = try signers.signer(for: certificate.reservation.identifier.issuer)
            let signature = try await signing.run { try signer.signature(of: data) }
            return Made(filing: filing(signature, of: data, nil, at: time.now()), file: nil)
        }
        let seal = try await seal(for: certificate.reservation.identifier.issuer, named: personal.issuerName)
        let order = try await order(for: certificate)
        // Only now: a demonstration makes seal and keys on first use, and nothing is signed before its key was there.
        let now = time.now()
        let (signature, file) = try await signing.run {
            (try seal.documentSigner.signature(of: data), try press.ofd(order, by: seal, at: now))
        }
        let kept = Certificate.SealedFile(BlobRef(of: file), seal: seal.seal.number)
        return Made(filing: filing(signature, of: data, kept, at: now), file: file)
    }

    private func filing(
        _ signature: Signature, of data: [UInt8], _ file: Certificate.SealedFile?, at now: Instant
    ) -> Certificate.Filing {
        Certificate.Filing(
            digest: BlobRef(of: data).digest, algorithm: signature.algorithm, keyID: signature.keyID,
            signature: Data(signature.bytes).base64EncodedString(), signedAt: now, file: file)
    }

    /// What the press needs to know: the certificate with its type and the name of its item.
    func order(for certificate: Certificate, copy: CertificateCopy? = nil) async throws -> CertificatePress.Order {
        let type = certificate.reservation.identifier.type
        let (kind, dossier) = try await store.read { tx in
            (
                try CertificateKindTable.kind(type, in: tx),
                try certificate.reservation.dossier.map { try load($0, in: tx) }
            )
        }
        guard let kind else { throw CertificateRefusal.unknownType }
        return CertificatePress.Order(certificate, kind, itemName: dossier?.submitted.terms.itemName, copy: copy)
    }
}
