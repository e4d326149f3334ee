package import Certificates
import Store
import Vocabulary

/// The files of a certificate, for its holder and for the body that issued it.
extension Hall {
    /// What a certificate can be taken along as.
    package enum CertificateFormat: String, Sendable, CaseIterable {
        case ofd, pdf, png

        package var mediaType: String {
            switch self {
            case .ofd: "application/ofd"
            case .pdf: "application/pdf"
            case .png: "image/png"
            }
        }
    }

    /// LIMIT: days for which a copy may be used.
    package static let copyDays = 1...365

    /// The file of a certificate: the sealed OFD, which is made when somebody first asks where it was not made with the
    /// certificate, and is the file from then on; or a PDF or picture made of it now. Refuses one that is not in force
    /// where a file had to be made, and a house without seals.
    package func file(of certificate: Certificate, as format: CertificateFormat) async throws -> [UInt8] {
        guard format == .ofd else { return try await press(certificate, as: format, copy: nil).bytes }
        if let kept = certificate.file { return try await bytes(of: kept, certificate.id) }
        let made = try await press(certificate, as: .ofd, copy: nil)
        // A large file is durable before anybody names it; nobody finds one that is not named.
        let upload = upload()
        try await upload.append(made.bytes)
        let large = try await upload.settle()
        let stamp = stamp(of: .platform)
        let file = Certificate.SealedFile(BlobRef(of: made.bytes), seal: made.seal)
        let first = try await store.write { tx in
            let first = try CertificateTable.keep(file, of: certificate.id, stamp: stamp, in: tx)
            guard first == file else { return first }
            if let large {
                try Blobs.name(large, now: stamp.now, in: tx)
            } else {
                try Blobs.put(made.bytes, now: stamp.now, in: tx)
            }
            return first
        }
        return first == file ? made.bytes : try await bytes(of: first, certificate.id)
    }

    private func bytes(of kept: Certificate.SealedFile, _ id: CertificateID) async throws -> [UInt8] {
        guard let ref = BlobRef(digest: kept.digest, size: kept.size), let bytes = try await bytes(of: ref) else {
            throw Fault.corrupt("the file of certificate \(id) is gone")
        }
        return bytes
    }

    /// 加注件: a sealed copy that says for what and for whom it is and until when, with a watermark across the page.
    /// Refuses one without a purpose or beyond `copyDays`, and a certificate that is not in force.
    package func copy(
        of certificate: Certificate, as format: CertificateFormat, cause: String, recipient: String, days: Int
    ) async throws -> [UInt8] {
        let now = time.now()
        guard Self.copyDays.contains(days), let maker = certificate.personal?.holderName,
            let copy = CertificateCopy(
                madeAt: now, maker: maker, cause: cause, recipient: recipient.isEmpty ? nil : recipient,
                expiresAt: Instant(now.day.advanced(byDays: days)))
        else { throw CertificateRefusal.malformedCopy }
        return try await press(certificate, as: format, copy: copy).bytes
    }

    /// A file with the number of the seal that it bears.
    func press(
        _ certificate: Certificate, as format: CertificateFormat, copy: CertificateCopy?
    ) async throws -> (bytes: [UInt8], seal: String) {
        guard let press else { throw CertificateRefusal.noFile }
        try CertificateRules.requirePressable(certificate, on: time.now().day)
        guard let personal = certificate.personal else { throw CertificateRefusal.forgotten }
        let seal = try await seal(for: certificate.reservation.identifier.issuer, named: personal.issuerName)
        let order = try await order(for: certificate, copy: copy)
        // The seal may have been made just now.
        let sealedAt = time.now()
        let bytes = try await signing.run {
            switch format {
            case .ofd: try press.ofd(order, by: seal, at: sealedAt)
            case .pdf: try press.pdf(order, by: seal, at: sealedAt)
            case .png: try press.png(order, by: seal)
            }
        }
        return (bytes, seal.seal.number)
    }
}
