import Crypto
import Signing
import Vocabulary

/// What is checked of a PDF's signature: its encoding, what it speaks of, who made it.
struct CMSChecks: Sendable {
    /// The forms of `/Contents` that are judged: PAdES and its elder (ISO 32000-1, 12.8.3.3).
    private static let filters: Set<String> = ["ETSI.CAdES.detached", "adbe.pkcs7.detached"]

    let trust: FileTrust

    /// Adds the checks from the digest to the signer.
    func judge(
        _ parts: PDFSignature.Parts, at claimed: Instant?, _ bytes: [UInt8], _ report: inout SignatureReport
    ) throws {
        guard Self.filters.contains(parts.subFilter) else {
            report.checks.append(FileFinding(.encoding, .unsupported(.unknownAlgorithm), detail: parts.subFilter))
            return
        }
        let cms: CMS
        do throws(CMSRefusal) {
            cms = try CMS(padded: parts.value)
        } catch {
            let outcome: FileFinding.Outcome =
                switch error {
                case .malformed: .failed(.malformedEncoding)
                case .unsupported: .unsupported(.unknownAlgorithm)
                case .missingSigner: .failed(.malformedCertificate)
                }
            report.checks.append(FileFinding(.encoding, outcome))
            report.checks += [FileStep.digests, .signature, .signer, .holder].map { FileFinding($0, .skipped) }
            return
        }
        (report.signer, report.authority) = (cms.signer.subject, cms.signer.issuer)
        report.checks.append(FileFinding(.encoding, .passed, detail: parts.subFilter))
        report.checks.append(Self.digest(cms, parts, bytes))
        report.checks.append(try Self.signature(cms))
        let instant = claimed ?? cms.signingTime
        report.madeAt = instant
        // Without any time the certificate must be good today.
        let seal = SealChecks(trust: trust)
        report.checks.append(try seal.signer(cms.signer, among: cms.certificates, at: instant ?? trust.now))
        report.checks.append(Self.named(cms, parts))
    }

    private static func digest(_ cms: CMS, _ parts: PDFSignature.Parts, _ bytes: [UInt8]) -> FileFinding {
        guard cms.digest.count == SHA256.byteCount else {
            return FileFinding(.digests, .unsupported(.unknownDigest), detail: cms.digestAlgorithm)
        }
        var digest = SHA256()
        digest.update(data: bytes[..<parts.gap.lowerBound])
        digest.update(data: bytes[parts.gap.upperBound..<parts.end])
        let isRight = digest.finalize().elementsEqual(cms.digest)
        return FileFinding(.digests, isRight ? .passed : .failed(.wrongDigest), detail: "\(parts.end)")
    }

    private static func signature(_ cms: CMS) throws -> FileFinding {
        let outcome: FileFinding.Outcome =
            switch try cms.verdict() {
            case .valid: .passed
            case .wrongSignature: .failed(.wrongSignature)
            case .unsupported: .unsupported(.unknownAlgorithm)
            }
        return FileFinding(.signature, outcome, detail: cms.signer.subject)
    }

    /// The signature names its signer's certificate, so that no other certificate of the same key can take its place
    /// (ETSI EN 319 122-1, 5.2.2); PAdES demands it.
    private static func named(_ cms: CMS, _ parts: PDFSignature.Parts) -> FileFinding {
        let mayLack = parts.subFilter == "adbe.pkcs7.detached"
        let isNamed = cms.namesSigner ?? mayLack
        return FileFinding(.holder, isNamed ? .passed : .failed(.signerNotNamed), detail: cms.signer.subject)
    }
}
