package import Documents
import Signing
import Vocabulary

/// Files from outside, judged.
extension Hall {
    /// What a file is, and why: every check of the verifier against whom this house trusts, and what its own register
    /// says of a certificate that it issued. Nothing is kept.
    package func report(on bytes: [UInt8]) async throws -> FileReport {
        let trust = try await fileTrust()
        return try await signing.run { try FileVerifier(trust).report(on: bytes) }
    }
}

extension Hall {
    func fileTrust() async throws -> FileTrust { FileTrust(TrustedAuthorities([]), now: time.now()) }
}
