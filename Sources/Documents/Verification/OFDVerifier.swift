import Signing
import Vocabulary

/// Judges sealed OFD files (GB/T 33190 with seals of GB/T 38540-2020), every check by its name. Pure: it looks at the
/// bytes, the trusted authorities and the list of statuses, and asks nobody.
package struct OFDVerifier: Sendable {
    /// LIMIT: bytes of a file.
    package static let bytesMax = OFDContents.bytesMax
    /// Whom it trusts, and what it knows of certificates and seals.
    let trust: FileTrust

    /// Judges with this trust.
    package init(_ trust: FileTrust) {
        self.trust = trust
    }

    /// What the bytes are. Throws only when libcrypto fails.
    package func report(on bytes: [UInt8]) throws -> FileReport {
        var report = FileReport(format: .ofd, checks: [], signatures: [], certificateData: nil)
        guard let reading = Reading(bytes, &report) else { return report }
        for index in reading.signatures.indices {
            report.signatures.append(try self.report(on: index, of: reading))
        }
        return report
    }

    /// What is judged: the package, its document and its signatures.
    private struct Reading {
        let contents: OFDContents
        let document: OFDDocument
        let list: String
        let signatures: [OFDSignatureParts]

        /// Reads the package and says in the report how far that went; nil when nothing is left to judge.
        init?(_ bytes: [UInt8], _ report: inout FileReport) {
            var step = FileStep.container
            do throws(FileObstacle) {
                contents = try OFDContents(bytes)
                report.checks.append(FileFinding(.container, .passed, detail: "\(contents.paths.count)"))
                step = .documents
                document = try contents.document()
                report.checks.append(FileFinding(.documents, .passed, detail: "\(document.pages.count)"))
                report.certificateData = try CertificateAttachment.data(in: contents, document)
                guard let list = document.signatures else { return nil }
                self.list = list
                step = .signatureParts
                signatures = try Self.signatures(in: contents, list)
            } catch {
                report.checks.append(FileFinding(step, error.outcome, detail: error.detail))
                return nil
            }
        }

        private static func signatures(
            in contents: OFDContents, _ list: String
        ) throws(FileObstacle) -> [OFDSignatureParts] {
            let listed = try contents.tree(list).all("Signature")
            guard listed.count <= OFDContents.signaturesMax else {
                throw FileObstacle(.failed(.tooManySignatures), "\(listed.count)")
            }
            let parts = try listed.map { (one) throws(FileObstacle) in
                try OFDSignatureParts(listed: one, in: list, of: contents)
            }
            guard Set(parts.map(\.path)).count == parts.count else {
                throw FileObstacle(.failed(.malformedSignature), list)
            }
            return parts
        }
    }
}

extension OFDVerifier {
    private func report(on index: Int, of reading: Reading) throws -> SignatureReport {
        let (parts, contents) = (reading.signatures[index], reading.contents)
        var report = SignatureReport(at: parts.path)
        report.checks.append(FileFinding(.signatureParts, .passed, detail: parts.valuePath))
        report.checks.append(Self.digests(parts, contents))
        report.checks.append(Self.coverage(parts, reading.list, later: reading.signatures[(index + 1)...], contents))
        guard parts.type == "Seal" else {
            report.checks.append(FileFinding(.encoding, .unsupported(.signedData), detail: parts.valuePath))
            return report
        }
        try SealChecks(trust: trust).judge(parts, contents, &report)
        let missing = parts.stampPages.first { !reading.document.pages.contains($0) }
        report.checks.append(
            FileFinding(
                .stamps, missing == nil ? .passed : .failed(.missingStampPage),
                detail: missing ?? "\(parts.stampPages.count)"))
        return report
    }

    /// Every covered file is there and has the digest that was signed.
    private static func digests(_ parts: OFDSignatureParts, _ contents: OFDContents) -> FileFinding {
        // 1.2.156.10197.1.401 is SM3, with .1 "without a key"; some programs write the name.
        guard ["1.2.156.10197.1.401", "1.2.156.10197.1.401.1", "SM3", "sm3"].contains(parts.digestMethod) else {
            return FileFinding(.digests, .unsupported(.unknownDigest), detail: parts.digestMethod)
        }
        var seen: Set<String> = []
        for reference in parts.references {
            guard seen.insert(reference.path).inserted else {
                return FileFinding(.digests, .failed(.coveredTwice), detail: reference.path)
            }
            guard let bytes = contents.files[reference.path] else {
                return FileFinding(.digests, .failed(.missingCoveredFile), detail: reference.path)
            }
            guard SM3.digest(of: bytes) == reference.digest else {
                return FileFinding(.digests, .failed(.wrongDigest), detail: reference.path)
            }
        }
        return FileFinding(.digests, .passed, detail: "\(parts.references.count)")
    }

    /// No file is left uncovered but the list of signatures, the signature's own two files, and those of later ones.
    private static func coverage(
        _ parts: OFDSignatureParts, _ list: String, later: ArraySlice<OFDSignatureParts>, _ contents: OFDContents
    ) -> FileFinding {
        var covered = Set(parts.references.map(\.path)).union(parts.own).union([list])
        for signature in later {
            covered.formUnion(signature.own)
            if let seal = signature.sealPath { covered.insert(seal) }
        }
        let outside = contents.paths.first { !covered.contains($0) }
        return FileFinding(
            .coverage, outside == nil ? .passed : .failed(.uncoveredFile), detail: outside ?? "\(covered.count)")
    }
}
