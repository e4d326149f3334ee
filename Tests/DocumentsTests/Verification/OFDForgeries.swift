import Documents
import Foundation
import Signing
import Vocabulary

extension OFDVerifierTests.Forgery {
    static let all = containers + documents + contents + signatures + seals

    private static let page = "Doc_0/Pages/Page_0/Content.xml"

    private static let containers: [Self] = [
        .archive("bytes behind the archive", .container, .trailingBytes) { $0 + [0x0A] },
        .archive("bytes before the archive", .container, .notADocument) { [0x50, 0x4B] + $0 },
        .archive("a picture called ofd", .container, .notADocument) { _ in [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] },
        .archive("half an archive", .container, .damagedContainer) { Array($0.prefix($0.count / 2)) },
        .archive("an entry marked as encrypted", .container, .encrypted) { Self.flagged($0) },
        .archive("a header that names another file than the directory", .container, .ambiguousContainer) { bytes in
            // The first entry's own header: 30 bytes, then its name.
            var bytes = bytes
            bytes[30] = UInt8(ascii: "X")
            return bytes
        },
        .afterwards("two entries of one name", .container, .nameTwice) { $0 + [("OFD.xml", [1])] },
        .afterwards("two names that differ in case", .container, .nameTwice) { $0 + [("ofd.XML", [1])] },
        .afterwards("a name that leads out", .container, .unsafeName) { $0 + [("../evil.xml", [1])] },
        .afterwards("an entry that unpacks to far more", .container, .unpacksTooLarge) {
            $0 + [("bomb", [UInt8](repeating: 0, count: 160 * 1024 * 1024))]
        },
        .afterwards("thousands of pages", .container, .tooManyEntries) { files in
            files + (1...1_001).map { ("Doc_0/Pages/Page_\($0)/Content.xml", [1]) }
        },
    ]

    private static let documents: [Self] = [
        .afterwards("a missing template page", .documents, .missingPart) {
            $0.changing("Doc_0/Tpls/Tpl_0/Content.xml") { _ in nil }
        },
        .afterwards("a missing page", .documents, .missingPart) { $0.changing(page) { _ in nil } },
        .afterwards("no OFD.xml", .documents, .missingPart) { $0.changing("OFD.xml") { _ in nil } },
        .afterwards("an entity of one's own", .documents, .documentType) {
            $0.changing("OFD.xml") { Array("<!DOCTYPE x [<!ENTITY a \"b\">]>".utf8) + $0 }
        },
        .afterwards("XML that breaks off", .documents, .malformedXML) {
            $0.changing("Doc_0/Document.xml") { Array($0.dropLast(20)) }
        },
        .afterwards("a path that leads out", .documents, .unsafeName) {
            $0.replacing("Pages/Page_0", with: "../../etc", in: "Doc_0/Document.xml")
        },
        .afterwards("a thousand pages and one", .documents, .tooManyPages) { files in
            files.replacing(
                "</ofd:Pages>",
                with: String(repeating: "<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/>", count: 1_000)
                    + "</ofd:Pages>", in: "Doc_0/Document.xml")
        },
        .afterwards("a second document", .documents, .severalDocuments, verdict: .unsupported) {
            $0.replacing(
                "</ofd:DocBody>", with: "</ofd:DocBody><ofd:DocBody><ofd:DocRoot>x</ofd:DocRoot></ofd:DocBody>",
                in: "OFD.xml")
        },
        .afterwards("a list of signatures that is gone", .signatureParts, .missingPart) {
            $0.changing(SealedOFD.listPath) { _ in nil }
        },
        .afterwards("a signature that is gone", .signatureParts, .missingSignaturePart) {
            $0.changing(SealedOFD.signPath) { _ in nil }
        },
        .afterwards("a signed value that is gone", .signatureParts, .missingSignaturePart) {
            $0.changing(SealedOFD.valuePath) { _ in nil }
        },
        .afterwards("a signature listed twice", .signatureParts, .malformedSignature) { files in
            files.replacing(
                "</ofd:Signatures>",
                with: "<ofd:Signature ID=\"1\" BaseLoc=\"Sign_0/Signature.xml\"/></ofd:Signatures>",
                in: SealedOFD.listPath)
        },
        .afterwards("a hundred signatures and one", .signatureParts, .tooManySignatures) { files in
            files.replacing(
                "</ofd:Signatures>",
                with: String(repeating: "<ofd:Signature ID=\"1\" BaseLoc=\"S\"/>", count: 100) + "</ofd:Signatures>",
                in: SealedOFD.listPath)
        },
    ]

    private static let contents: [Self] = [
        .afterwards("a changed page", .digests, .wrongDigest) { $0.changing(page) { $0 + [UInt8(ascii: " ")] } },
        .afterwards("a changed page with its new digest", .binding, .wrongFileDigest) { files in
            let old = files.first { $0.name == page }?.bytes ?? []
            let new = old + [UInt8(ascii: " ")]
            return files.changing(page) { _ in new }.replacing(
                Data(SM3.digest(of: old)).base64EncodedString(),
                with: Data(SM3.digest(of: new)).base64EncodedString(), in: SealedOFD.signPath)
        },
        .afterwards("other data in the attachment", .digests, .wrongDigest) {
            $0.replacing("2026000001", with: "2026000002", in: "Doc_0/Attachs/certificate.json")
        },
        .afterwards("an extra file", .coverage, .uncoveredFile) { $0 + [("Doc_0/extra.xml", [1])] },
        .sealing("a page that no reference covers", .coverage, .uncoveredFile) { $0.uncovered = [page] },
        .sealing("a template that no reference covers", .coverage, .uncoveredFile) {
            $0.uncovered = ["Doc_0/Tpls/Tpl_0/Content.xml"]
        },
        .sealing("a seal that no reference covers", .coverage, .uncoveredFile) { $0.uncovered = [SealedOFD.sealPath] },
        .sealing("a covered file that was never there", .digests, .missingCoveredFile) {
            $0.describe = { $0.replacing("FileRef=\"/OFD.xml\"", with: "FileRef=\"/gone.xml\"") }
        },
        .sealing("a reference twice", .digests, .coveredTwice) {
            $0.describe = { $0.replacing("FileRef=\"/Doc_0/Document.xml\"", with: "FileRef=\"/OFD.xml\"") }
        },
        .sealing("a digest by MD5", .digests, .unknownDigest, verdict: .unsupported) { $0.checkMethod = "MD5" },
        .sealing("a seal on a page that is not there", .stamps, .missingStampPage) { $0.stampPage = "2" },
    ]

    private static let signatures: [Self] = [
        .sealing("a signature made for another file", .binding, .wrongFileDigest) {
            $0.dataHash = [UInt8](repeating: 7, count: 32)
        },
        .sealing("a signature that names another file", .binding, .wrongPath) { $0.propertyInfo = "/OFD.xml" },
        .afterwards("a flipped bit in the signature", .signature, .wrongSignature) {
            // The last bytes of the value are those of the signature's second number.
            $0.changing(SealedOFD.valuePath) { Array($0.dropLast()) + [$0[$0.count - 1] ^ 1] }
        },
        .afterwards("a byte behind the signature", .encoding, .malformedEncoding) {
            $0.changing(SealedOFD.valuePath) { $0 + [0] }
        },
        .afterwards("a signature that breaks off", .encoding, .malformedEncoding) {
            $0.changing(SealedOFD.valuePath) { Array($0.dropLast(10)) }
        },
        .afterwards("a length longer than it need be", .encoding, .malformedEncoding) {
            // 30 82 xx xx becomes 30 83 00 xx xx.
            $0.changing(SealedOFD.valuePath) { [$0[0], 0x83, 0x00] + Array($0.dropFirst(2)) }
        },
        .sealing("another user id", .signature, .wrongSignature) {
            $0.signer = ForeignIDSigner(key: $0.house.body.key)
        },
        .sealing("a certificate that belongs to another key", .signature, .wrongSignature) {
            $0.certificate = $0.house.maker.certificate
        },
        .sealing("a certificate that is none", .signature, .malformedCertificate) { $0.certificateBytes = [1, 2, 3] },
        .sealing("an authority that signs a document itself", .signer, .notForSigning) {
            ($0.signer, $0.certificate) = (SM2Signer(key: $0.house.authorityKey), $0.house.authority)
        },
        .afterwards("a seal of the older standard", .encoding, .olderSeal, verdict: .unsupported) {
            let seal = HandDER.sequence(HandDER.sequence(HandDER.integer(1)), HandDER.sequence(HandDER.octets([1])))
            return $0.changing(SealedOFD.valuePath) { _ in HandDER.signature(seal: seal) }
        },
        .afterwards("a seal of a newer standard", .encoding, .newerSeal, verdict: .unsupported) {
            $0.changing(SealedOFD.valuePath) { _ in HandDER.signature(version: 5) }
        },
        .sealing("somebody who may not use the seal", .holder, .signerNotListed) {
            ($0.signer, $0.certificate) = (SM2Signer(key: $0.house.maker.key), $0.house.maker.certificate)
        },
        .sealing("sealed before the certificates began", .signer, .certificateNotYetValid) {
            $0.sealedAt = SealHouse.created.advanced(bySeconds: -7200)
        },
        .sealing("sealed after the certificates ended", .signer, .certificateExpired) {
            $0.sealedAt = SealHouse.validUntil.advanced(bySeconds: 7200)
        },
        .sealing("a signer of an unknown authority", .signer, .unknownAuthority, verdict: .untrusted) {
            let other = try SealHouse(name: "别处印章中心(示例)")
            ($0.signer, $0.certificate) = (SM2Signer(key: other.body.key), other.body.certificate)
            $0.seal = try $0.house.seal($0.house.facts(certificates: .certificates([other.body.certificate.der])))
        },
        .sealing("a signer whose certificate only looks like the authority's", .signer, .wrongCertificateSignature) {
            // Another authority of the same name, whose key names itself like ours.
            let key = try SM2PrivateKey()
            let forged = try ForgedCertificate(of: $0.house.body.certificate, signedBy: key)
            $0.certificate = forged.certificate
            $0.seal = try $0.house.seal($0.house.facts(certificates: .certificates([forged.certificate.der])))
        },
    ]

    private static let seals: [Self] = [
        .sealing("another seal beside the signature", .seal, .sealFileDiffers) {
            $0.sealFile = try $0.house.seal($0.house.facts(picture: [4, 5, 6])).der
        },
        .afterwards("a changed seal beside the signature", .digests, .wrongDigest) {
            $0.changing(SealedOFD.sealPath) { Array($0.dropLast()) + [$0[$0.count - 1] ^ 1] }
        },
        .sealing("a seal that had expired", .seal, .sealExpired) {
            $0.seal = try $0.house.seal($0.house.facts(until: SealHouse.sealedAt.advanced(bySeconds: -1)))
        },
        .sealing("a seal that had not begun", .seal, .sealNotYetValid) {
            $0.seal = try $0.house.seal($0.house.facts(from: SealHouse.sealedAt.advanced(bySeconds: 1)))
        },
        .sealing("a picture replaced under the maker's signature", .seal, .wrongMakerSignature) {
            $0.seal = try $0.house.seal().withAnother(picture: [9, 9, 9], for: [1, 2, 3])
        },
        .sealing("a maker's signature without the user id", .seal, .wrongMakerSignature) {
            let house = $0.house
            $0.seal = try ElectronicSeal.made(
                of: house.facts(), by: ForeignIDSigner(key: house.maker.key), certificate: house.maker.certificate.der)
        },
        .sealing("a maker of an unknown authority", .seal, .unknownAuthority, verdict: .untrusted) {
            $0.seal = try $0.house.seal(by: try SealHouse(name: "别处印章中心(示例)").maker)
        },
        .sealing("a seal that lists a digest of another certificate", .holder, .signerNotListed) {
            let digest = SM3.digest(of: $0.house.maker.certificate.der)
            $0.seal = try $0.house.seal($0.house.facts(certificates: .digests([.init(type: "SM3", value: digest)])))
        },
    ]

    /// Sets the mark of encryption in the directory and in the header of the first entry.
    private static func flagged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes[6] |= 1
        let directory = bytes.indices.first { Array(bytes[$0..<min($0 + 4, bytes.count)]) == [0x50, 0x4B, 1, 2] } ?? 0
        bytes[directory + 8] |= 1
        return bytes
    }
}

extension ElectronicSeal {
    /// The same seal with another picture of the same length, as somebody does who has not the maker's key.
    func withAnother(picture: [UInt8], for old: [UInt8]) throws -> ElectronicSeal {
        var bytes = der
        // OCTET STRING of three bytes.
        let sought = [0x04, UInt8(old.count)] + old
        let place = bytes.indices.first { bytes[$0...].starts(with: sought) } ?? 0
        bytes.replaceSubrange((place + 2)..<(place + 2 + old.count), with: picture)
        return try ElectronicSeal(der: bytes)
    }
}

/// A certificate with everything of another one but its signature.
struct ForgedCertificate {
    let certificate: X509Certificate

    init(of original: X509Certificate, signedBy key: SM2PrivateKey) throws {
        // The last bytes of the certificate are those of its signature.
        var der = original.der
        der[der.count - 1] ^= 1
        certificate = try X509Certificate(der: der)
    }
}
