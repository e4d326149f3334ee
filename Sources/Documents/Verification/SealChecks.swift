import Signing
import Vocabulary

/// What is checked of a signature with a seal: its encoding, what it speaks of, who made it, with which seal.
struct SealChecks: Sendable {
    let trust: FileTrust

    private static let sm2 = SignatureAlgorithm.sm2.objectIdentifier

    /// Adds the checks from the encoding to the holder of the seal.
    func judge(_ parts: OFDSignatureParts, _ contents: OFDContents, _ report: inout SignatureReport) throws {
        guard let bytes = contents.files[parts.valuePath] else { return }
        let sealed: SealSignature
        do throws(SealDefect) {
            sealed = try SealSignature(der: bytes)
        } catch {
            let (outcome, detail) = error.finding
            report.checks.append(FileFinding(.encoding, outcome, detail: detail))
            for step in [FileStep.binding, .signature, .signer, .seal, .holder] {
                report.checks.append(FileFinding(step, .skipped))
            }
            return
        }
        report.madeAt = sealed.madeAt
        (report.sealName, report.sealNumber) = (sealed.seal.name, sealed.seal.id)
        report.checks.append(Self.encoding(sealed, parts))
        report.checks.append(Self.binding(sealed, parts))
        guard let certificate = certificate(sealed.certificate) else {
            report.checks.append(FileFinding(.signature, .failed(.malformedCertificate)))
            report.checks += [FileStep.signer, .seal, .holder].map { FileFinding($0, .skipped) }
            return
        }
        (report.signer, report.authority) = (certificate.subject, certificate.issuer)
        report.checks.append(
            try Self.signature(sealed.algorithm, by: certificate, .signature) { key in
                try key.verifies(sealed.signature, of: sealed.signed)
            })
        report.checks.append(try signer(certificate, among: [], at: sealed.madeAt))
        report.checks.append(try seal(sealed, parts, contents))
        report.checks.append(Self.holder(certificate, of: sealed.seal))
    }

    /// Well-formed, and nothing in it demands what is not known here.
    private static func encoding(_ sealed: SealSignature, _ parts: OFDSignatureParts) -> FileFinding {
        guard let unknown = (sealed.extensions + sealed.seal.extensions).first(where: \.isCritical) else {
            return FileFinding(.encoding, .passed, detail: parts.valuePath)
        }
        return FileFinding(.encoding, .unsupported(.unknownExtension), detail: unknown.id)
    }

    /// The signature speaks of this `Signature.xml` and no other.
    private static func binding(_ sealed: SealSignature, _ parts: OFDSignatureParts) -> FileFinding {
        guard sealed.dataHash == SM3.digest(of: parts.bytes) else {
            return FileFinding(.binding, .failed(.wrongFileDigest), detail: parts.path)
        }
        // Some programs leave the slash before the path out.
        let named = sealed.propertyInfo.hasPrefix("/") ? sealed.propertyInfo : "/" + sealed.propertyInfo
        guard named == parts.path else {
            return FileFinding(.binding, .failed(.wrongPath), detail: sealed.propertyInfo)
        }
        return FileFinding(.binding, .passed, detail: parts.path)
    }

    /// A signature by SM2 with SM3 under the user id of GM/T 0009; other algorithms are not judged.
    private static func signature(
        _ algorithm: String, by certificate: X509Certificate, _ step: FileStep,
        check: (SM2PublicKey) throws -> Bool
    ) throws -> FileFinding {
        guard algorithm == sm2, case .sm2(let key) = certificate.key else {
            return FileFinding(step, .unsupported(.unknownAlgorithm), detail: algorithm)
        }
        let isRight = try check(key)
        let defect = step == .seal ? FileDefect.wrongMakerSignature : .wrongSignature
        return FileFinding(step, isRight ? .passed : .failed(defect), detail: certificate.subject)
    }

    /// The certificate leads to a trusted authority and was in force when the signature was made.
    func signer(
        _ certificate: X509Certificate, among others: [X509Certificate], at instant: Instant, step: FileStep = .signer
    ) throws -> FileFinding {
        let verdict = try trust.authorities.verdict(on: certificate, at: instant, among: others)
        let outcome: FileFinding.Outcome =
            switch verdict {
            case .trusted: status(of: certificate, at: instant)
            case .unknownAuthority: .untrusted(.unknownAuthority)
            case .notYetValid: .failed(.certificateNotYetValid)
            case .expired: .failed(.certificateExpired)
            case .notForSigning: .failed(.notForSigning)
            case .wrongSignature: .failed(.wrongCertificateSignature)
            }
        return FileFinding(step, outcome, detail: certificate.subject)
    }

    private func status(of certificate: X509Certificate, at instant: Instant) -> FileFinding.Outcome {
        guard let list = trust.list else { return .undetermined(.statusUnknown) }
        switch list.status(ofCertificate: certificate, at: instant) {
        case .revoked, .suspended: return .failed(.certificateRevoked)
        // What was revoked stays so; what was good may have changed since the list was made.
        case .good: return list.isCurrent(at: trust.now) ? .passed : .undetermined(.statusUnknown)
        case .unknown: return .undetermined(.statusUnknown)
        }
    }

    /// The seal is the one that lies beside the signature, its maker signed it and is trusted, and it was in force.
    private func seal(
        _ sealed: SealSignature, _ parts: OFDSignatureParts, _ contents: OFDContents
    ) throws -> FileFinding {
        let seal = sealed.seal
        if let path = parts.sealPath, contents.files[path] != sealed.sealBytes {
            return FileFinding(.seal, .failed(.sealFileDiffers), detail: path)
        }
        guard let maker = certificate(seal.makerCertificate) else {
            return FileFinding(.seal, .failed(.malformedCertificate))
        }
        let signature = try Self.signature(seal.algorithm, by: maker, .seal) { key in
            try trust.authorities.hasSigned(seal.info, signature: seal.signature, by: key)
        }
        guard signature.outcome == .passed else { return signature }
        // The maker signed when the seal was made; the seal may well outlive the maker's certificate.
        let trusted = try signer(maker, among: [], at: seal.createdAt, step: .seal)
        guard trusted.outcome == .passed else { return trusted }
        let day = "\(seal.validFrom.day) – \(seal.validUntil.day)"
        if sealed.madeAt < seal.validFrom { return FileFinding(.seal, .failed(.sealNotYetValid), detail: day) }
        if sealed.madeAt > seal.validUntil { return FileFinding(.seal, .failed(.sealExpired), detail: day) }
        return FileFinding(.seal, standing(of: seal, at: sealed.madeAt), detail: seal.name)
    }

    private func standing(of seal: ElectronicSeal, at instant: Instant) -> FileFinding.Outcome {
        guard let list = trust.list else { return .undetermined(.statusUnknown) }
        switch list.status(ofSeal: seal.id, at: instant) {
        case .suspended: return .failed(.sealSuspended)
        case .revoked: return .failed(.sealRevoked)
        case .good: return list.isCurrent(at: trust.now) ? .passed : .undetermined(.statusUnknown)
        case .unknown: return .undetermined(.statusUnknown)
        }
    }

    /// The signer's certificate, or its digest, is in the seal's list.
    private static func holder(_ certificate: X509Certificate, of seal: ElectronicSeal) -> FileFinding {
        let isListed =
            switch seal.certificates {
            case .certificates(let list): list.contains(certificate.der)
            // What a digest was made of is free text in practice; SM3 over the certificate is what the standard means.
            case .digests(let list): list.contains { $0.value == SM3.digest(of: certificate.der) }
            }
        return FileFinding(.holder, isListed ? .passed : .failed(.signerNotListed), detail: seal.name)
    }

    private func certificate(_ der: [UInt8]) -> X509Certificate? {
        do throws(KeyRefusal) { return try trust.authorities.certificate(der: der) } catch { return nil }
    }
}

extension SealDefect {
    /// What the defect says of a file, and where it shows.
    var finding: (FileFinding.Outcome, String) {
        switch self {
        case .malformed(let field): (.failed(.malformedEncoding), field)
        case .tooLarge: (.failed(.malformedEncoding), "")
        case .unsupportedVersion(let version):
            (.unsupported(version < SealFacts.version ? .olderSeal : .newerSeal), "\(version)")
        case .signedData: (.unsupported(.signedData), "")
        }
    }
}
