import Certificates
import Dossiers
import Foundation
import Notices
import Signing
import Store
import Vocabulary

/// What does the work of an effect. Delivery is at least once, so a handler answers with a command under the effect's
/// own token: the second time changes nothing.
struct EffectHandlers: Sendable {
    typealias Handler = @Sendable (Hall, Lease) async throws -> Void

    /// One entry a kind; a test fails when a kind has none.
    static let all: [String: Handler] = [
        Effect.signCertificate.kind: { try await $0.signCertificate($1) },
        Effect.issueResult.kind: { try await $0.issueResult($1) },
        Effect.deliverElectronically.kind: { hall, lease in
            try await hall.answer(lease, .handOver(.electronic, recipient: ""))
        },
        Effect.closeDossier.kind: { try await $0.answer($1, .close) },
        NoticeErrand.kind: { try await $0.deliverNotice($1) },
    ]
}

extension Hall {
    func answer(_ lease: Lease, _ command: DossierCommand) async throws {
        _ = try await perform(
            command, on: DossierID(lease.id.subject), by: .platform, attempt: .answering(lease))
    }

    /// 取件码: as many digits as people read out at a counter without a mistake.
    private static let pickUpDigits = 6

    /// Makes the result ready, with a pick-up code when it is fetched at a window.
    func issueResult(_ lease: Lease) async throws {
        // Drawn, so that nobody who knows the dossier knows the code; of two deliveries the first one's stands.
        let digits = dice.bytes(Self.pickUpDigits).map { "\($0 % 10)" }
        try await answer(lease, .issue(pickUpCode: digits.joined()))
    }

    /// Signs the certificate's data with the issuing body's key, files it, and lets the dossier go on: in one
    /// transaction.
    func signCertificate(_ lease: Lease) async throws {
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
        guard let data = try CertificateData(certificate)?.bytes() else { throw CertificateRefusal.forgotten }
        let signer = try signers.signer(for: certificate.reservation.identifier.issuer)
        let signature = try await signing.run { try signer.signature(of: data) }
        let now = time.now()
        let filing = Certificate.Filing(
            digest: BlobRef(of: data).digest, algorithm: signature.algorithm, keyID: signature.keyID,
            signature: Data(signature.bytes).base64EncodedString(), signedAt: now)
        let stamp = Stamp(now: now, actor: .platform, entropy: Entropy(dice))
        let command = DossierCommand.fileCertificate(certificate.id)
        let mark = try CommandMark(command, on: id)
        let foreseen = foresee(command, on: id, by: .platform, stamp: stamp)
        let event = Result { try CertificateRules.file(filing, on: certificate) }
        let (_, dossier) = try await store.write { tx in
            try once(mark, .platform, .answering(lease), now, in: tx) {
                try CertificateTable.file(try event.get(), on: certificate, stamp: stamp, in: tx)
                return try apply(command, on: id, by: .platform, stamp: stamp, foreseen: foreseen, in: tx)
            }
        }
        if let dossier { dossiers.keep(dossier, of: id.subject) }
    }
}
