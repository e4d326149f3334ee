package import Accounts
package import Certificates
import Documents
import Foundation
import Signing
import Store
import Vocabulary

/// The files that callers ask for: always copies that say what for, for whom and until when.
extension Hall {
    /// Days for which a copy may be used where nothing is asked.
    package static let sharedCopyDaysUsual = 30
    /// LIMIT: bytes of a file that is judged for a caller.
    package static let sharedFileBytesMax = 8 * 1024 * 1024

    /// downloadUrl: a temporary link to a copy of one certificate.
    func link(_ data: SharingData, _ caller: SharingCaller, _ desk: SharingDesk) async throws -> SharingReply {
        let expiresAt = try linkEnd(data)
        let certificate = try await shared(data, caller, "certIdentifier").certificate
        return SharingReply(
            data: try await link(to: certificate, until: expiresAt, data.cause, caller, desk), shown: [certificate.id])
    }

    /// downloadUrlsByHolderCode: a link for each certificate that a holder has of one type.
    func links(_ data: SharingData, _ caller: SharingCaller, _ desk: SharingDesk) async throws -> SharingReply {
        let expiresAt = try linkEnd(data)
        let certificates = try await held(data, caller, desk.key).certificates
        var links: [JSONValue] = []
        for certificate in certificates {
            links.append(try await link(to: certificate, until: expiresAt, data.cause, caller, desk))
        }
        return SharingReply(data: .record(["downloadUrls": .list(links)]), shown: certificates.map(\.id))
    }

    private func linkEnd(_ data: SharingData) throws -> Instant {
        let now = time.now()
        let usual = now.advanced(bySeconds: Int64(SharingLink.minutesUsual) * 60)
        let last = now.advanced(bySeconds: Int64(SharingLink.minutes.upperBound) * 60)
        let asked = try data.moment("expiryTime") ?? usual
        guard asked > now, asked <= last else { throw SharingRefusal.malformed }
        return asked
    }

    private func link(
        to certificate: Certificate, until expiresAt: Instant, _ cause: String, _ caller: SharingCaller,
        _ desk: SharingDesk
    ) async throws -> JSONValue {
        guard press != nil else { throw SharingRefusal.noCopies }
        let secret = Hex.text(dice.bytes(32))
        let link = SharingLink(
            ids.next(), to: certificate.id, for: caller.accessID, cause: cause, until: expiresAt)
        let digest = desk.key.linkDigest(of: secret)
        try await store.write { tx in try SharingTable.add(link, digest: digest, in: tx) }
        return .record([
            "certIdentifier": .text(certificate.reservation.identifier.description),
            "contentType": .text(CertificateFormat.ofd.mediaType),
            "url": .text("\(desk.address)/api/v1/sharing/download?id=\(secret)"),
        ])
    }

    /// GET download: the copy behind a link. The caller and the certificate are asked again: what was revoked since is
    /// not given. Refuses, all alike, a link that nobody knows, that is over or that was opened too often.
    package func download(_ secret: String, key: AccountKey) async throws -> (bytes: [UInt8], certificate: Certificate)
    {
        let (digest, now) = (key.linkDigest(of: secret), time.now())
        let (link, caller) = try await store.write { tx in
            let link = try SharingTable.open(digest, now: now, in: tx)
            guard let caller = try SharingTable.caller(link.accessID, in: tx), caller.revokedAt == nil else {
                throw SharingRefusal.unknownLink
            }
            return (link, caller)
        }
        let (certificate, kind) = try await permitted(link.certificate, caller)
        let bytes = try await copy(
            of: certificate, as: .ofd, for: caller, cause: link.cause, until: link.expiresAt)
        try await note(
            SharingEntry(.download, .ok, type: kind.code, certificates: [certificate.id], cause: link.cause), by: caller
        )
        return (bytes, certificate)
    }

    /// downloadFile: a copy as OFD or as a picture.
    func copy(_ data: SharingData, _ caller: SharingCaller) async throws -> SharingReply {
        guard let format = CertificateFormat(rawValue: try data.text("fileType")), format != .pdf else {
            throw SharingRefusal.malformed
        }
        let cause = try data.text("certificateCopyCause", max: CertificateCopy.causeCharactersMax)
        let now = time.now()
        let last = Instant(now.day.advanced(byDays: Self.copyDays.upperBound + 1))
        let usual = Instant(now.day.advanced(byDays: Self.sharedCopyDaysUsual))
        let expiresAt = try data.moment("certificateCopyExpiringTime") ?? usual
        guard expiresAt > now, expiresAt <= last else { throw SharingRefusal.malformed }
        let certificate = try await shared(data, caller, "certificateIdentifier").certificate
        let bytes = try await copy(of: certificate, as: format, for: caller, cause: cause, until: expiresAt)
        return SharingReply(
            data: .record([
                "certificateIdentifier": .text(certificate.reservation.identifier.description),
                "fileType": .text(format.rawValue), "content": .text(Data(bytes).base64EncodedString()),
            ]), shown: [certificate.id])
    }

    private func copy(
        of certificate: Certificate, as format: CertificateFormat, for caller: SharingCaller, cause: String,
        until expiresAt: Instant
    ) async throws -> [UInt8] {
        guard let maker = certificate.personal?.issuerName,
            let copy = CertificateCopy(
                madeAt: time.now(), maker: maker, cause: cause, recipient: caller.name, expiresAt: expiresAt)
        else { throw SharingRefusal.malformed }
        return try await press(certificate, as: format, copy: copy).bytes
    }

    /// verifyFile: whether a file is one of ours, of the type that is asked for, and still true.
    func fileCheck(_ data: SharingData, _ caller: SharingCaller) async throws -> SharingReply {
        let kind = try await permittedKind(try data.text("certTypeCode"), caller)
        guard try data.text("contentType") == "base64", let content = data.value["content"]?.text,
            let bytes = Data(base64Encoded: content), (1...Self.sharedFileBytesMax).contains(bytes.count)
        else { throw SharingRefusal.malformed }
        let report = try await report(on: [UInt8](bytes))
        let record = report.certificateData.flatMap { CertificateRecord($0) }
        let isOfType = record?.identifier.type == kind.code
        var members: [String: JSONValue] = [
            "valid": .flag(report.verdict == .valid && isOfType), "verdict": .text(report.verdict.rawValue),
        ]
        if let step = report.deciding?.step { members["step"] = .text("\(step.rawValue)") }
        if let reason = report.deciding?.outcome.defect { members["reason"] = .text(reason.rawValue) }
        if let record, isOfType { members["certIdentifier"] = .text(record.identifier.description) }
        return SharingReply(data: .record(members))
    }
}
