import Certificates
package import Documents
import Signing
import Store
import Vocabulary

/// Files from outside, judged.
extension Hall {
    /// What a file is, and why: every check of the verifier against whom this house trusts, and what its own register
    /// says of a certificate that it issued. Nothing is kept.
    package func report(on bytes: [UInt8]) async throws -> FileReport {
        try await report(on: bytes, asOf: .lately)
    }

    /// How old what is known of seals and keys may be.
    enum TrustAge {
        /// Half a second: for whoever asks once.
        case lately
        /// Not at all: for a report that is kept.
        case thisMoment
    }

    func report(on bytes: [UInt8], asOf age: TrustAge) async throws -> FileReport {
        let trust = try await fileTrust(age)
        let report = try await signing.run { try FileVerifier(trust).report(on: bytes) }
        guard let data = report.certificateData, !report.signatures.isEmpty else { return report }
        return report.adding(try await registered(data))
    }

    /// Whom this house trusts: itself, by the list that it gives to others. Nobody before the ceremony.
    private func fileTrust(_ age: TrustAge) async throws -> FileTrust {
        let now = time.now()
        do {
            return FileTrust(try await trust(asOf: age), now: now)
        } catch SealRefusal.noCeremony, SealRefusal.noKeys {
            return FileTrust(TrustedAuthorities([]), now: now)
        }
    }

    /// What the register says of the data that a file carries.
    private func registered(_ data: [UInt8]) async throws -> FileFinding {
        guard let record = CertificateRecord(data) else {
            return FileFinding(.register, .undetermined(.registerUnreachable))
        }
        let text = record.identifier.description
        let found = try await store.read { tx in
            try CertificateTable.id(record.identifier, in: tx).flatMap { try CertificateTable.load($0, in: tx) }
        }
        guard let certificate = found else {
            // A body that has a seal here enters whatever it issues here.
            let isOurs = try await store.read { tx in try SealTable.seal(of: record.identifier.issuer, in: tx) != nil }
            let outcome: FileFinding.Outcome =
                isOurs ? .failed(.notRegistered) : .undetermined(.registerUnreachable)
            return FileFinding(.register, outcome, detail: text)
        }
        guard certificate.dataDigest == BlobRef(of: data).digest else {
            return FileFinding(.register, .failed(.registeredOtherwise), detail: text)
        }
        switch certificate.standing(on: time.now().day) {
        case .valid: return FileFinding(.register, .passed, detail: text)
        case let standing: return FileFinding(.register, .failed(.certificateEnded), detail: standing.rawValue)
        }
    }
}
