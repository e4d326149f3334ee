import Signing

/// Judges a file of either format by its bytes.
package struct FileVerifier: Sendable {
    private let trust: FileTrust

    /// Judges with this trust.
    package init(_ trust: FileTrust) {
        self.trust = trust
    }

    /// What the bytes are: an archive is read as OFD, what begins like a PDF as PDF, and anything else is no document.
    /// Throws only when libcrypto fails.
    package func report(on bytes: [UInt8]) throws -> FileReport {
        if bytes.starts(with: [0x50, 0x4B]) { return try OFDVerifier(trust).report(on: bytes) }
        if bytes.starts(with: "%PDF-".utf8) { return try PDFVerifier(trust).report(on: bytes) }
        let check = FileFinding(.container, .failed(.notADocument))
        return FileReport(format: .other, checks: [check], signatures: [], certificateData: nil)
    }
}
