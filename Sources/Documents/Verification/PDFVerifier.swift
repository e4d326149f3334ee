import Signing

/// Judges signed PDF files (ISO 32000-1, 12.8; PAdES of ETSI EN 319 142-1), every check by its name. Pure, like
/// `OFDVerifier`.
///
/// It is stricter than a reader: the last signature must cover every byte but its own value, so that no later revision
/// can show another face; what stood in the file before it was signed is what the signer signed.
package struct PDFVerifier: Sendable {
    /// LIMIT: bytes of a file, and signatures in it.
    package static let bytesMax = 50 * 1024 * 1024
    static let signaturesMax = 100

    let trust: FileTrust

    /// Judges with this trust.
    package init(_ trust: FileTrust) {
        self.trust = trust
    }

    /// What the bytes are. Throws only when libcrypto fails.
    package func report(on bytes: [UInt8]) throws -> FileReport {
        var report = FileReport(format: .pdf, checks: [], signatures: [], certificateData: nil)
        guard bytes.count <= Self.bytesMax else {
            report.checks.append(FileFinding(.container, .failed(.unpacksTooLarge)))
            return report
        }
        guard let reading = QPDFReading(bytes), reading.root.isDictionary else {
            report.checks.append(FileFinding(.container, .failed(.damagedContainer)))
            return report
        }
        guard !reading.isEncrypted else {
            report.checks.append(FileFinding(.container, .failed(.encrypted)))
            return report
        }
        report.checks.append(FileFinding(.container, .passed))
        report.certificateData = reading.attachment(CertificateAttachment.name)
        guard let fields = reading.signedFields(), fields.count <= Self.signaturesMax else {
            report.checks.append(FileFinding(.signatureParts, .failed(.tooManySignatures)))
            return report
        }
        let signatures = fields.map { PDFSignature(name: $0.name, $0.value, in: bytes) }
        let last = signatures.compactMap(\.end).max()
        for signature in signatures {
            report.signatures.append(try self.report(on: signature, isLast: signature.end == last, bytes))
        }
        return report
    }

    private func report(on signature: PDFSignature, isLast: Bool, _ bytes: [UInt8]) throws -> SignatureReport {
        var report = SignatureReport(at: signature.name)
        report.madeAt = signature.madeAt
        switch signature.parts {
        case .failure(let obstacle):
            report.checks.append(FileFinding(.signatureParts, obstacle.outcome, detail: obstacle.detail))
        case .success(let parts):
            report.checks.append(FileFinding(.signatureParts, .passed, detail: signature.name))
            report.checks.append(Self.coverage(parts, isLast: isLast, bytes))
            try CMSChecks(trust: trust).judge(parts, at: signature.madeAt, bytes, &report)
        }
        return report
    }

    /// The signature covers the file to its last byte, all but the gap that holds its value.
    private static func coverage(_ parts: PDFSignature.Parts, isLast: Bool, _ bytes: [UInt8]) -> FileFinding {
        let rest = bytes.count - parts.end
        guard rest > 0 else { return FileFinding(.coverage, .passed, detail: "\(bytes.count)") }
        // What changed between two signatures is not judged; what nobody signed at all counts as changed.
        return FileFinding(
            .coverage, isLast ? .failed(.changedAfterwards) : .unsupported(.changedAfterwards), detail: "\(rest)")
    }
}
