package import Documents
package import Signing
import Store
package import Vocabulary

/// 制证: makes the files of certificates. The same certificate, seal and instant give the same bytes outside the values
/// of the signatures. May be used by any number of threads; a sealed OFD takes about a millisecond of a core.
package struct CertificatePress: Sendable {
    /// What is made: a certificate with its type, and what the copy says of itself when it is an annotated one.
    package struct Order: Sendable {
        package let certificate: Certificate
        package let kind: CertificateKind
        /// The name of the item that it comes from; nil for one from elsewhere.
        package let itemName: String?
        package let copy: CertificateCopy?

        package init(
            _ certificate: Certificate, _ kind: CertificateKind, itemName: String? = nil, copy: CertificateCopy? = nil
        ) {
            (self.certificate, self.kind) = (certificate, kind)
            (self.itemName, self.copy) = (itemName, copy)
        }
    }

    /// What a face of a demonstration says of itself.
    package static let example = "演示，无法律效力"
    private static let templateNames: [CertificateKind.Template: FaceTemplate.Name] = [
        .licence: .licence, .permit: .permit, .card: .card, .register: .register, .approval: .approval, .proof: .proof,
    ]

    /// LIMIT: seals whose look is remembered.
    private static let looksMax = 500

    private let templates: FaceTemplates
    private let typeface: Typeface
    private let address: String
    private let isDemonstration: Bool
    /// How seals show in PDF files, by their names.
    private let looks = Remembered<String, PDFSigning.Look>(limit: looksMax)

    /// A press that sets faces in a typeface; codes on them lead to the address (`https://host`).
    package init(typeface: Typeface, address: String, isDemonstration: Bool) throws {
        templates = try FaceTemplates()
        (self.typeface, self.address, self.isDemonstration) = (typeface, address, isDemonstration)
    }

    /// What the code on the face holds: an address in capitals, which every telephone opens and which carries the
    /// signed claims to whoever has no connection.
    package func code(_ token: COSEToken) -> String { "\(address.uppercased())/V/\(Base32.text(token.bytes))" }

    /// The sealed OFD. Refuses a certificate whose personal part was erased, a character that no typeface draws and a
    /// text that does not fit.
    package func ofd(_ order: Order, by seal: BodySeal, at instant: Instant) throws -> [UInt8] {
        let (face, data, personal) = try drawn(order, by: seal)
        let metadata = metadata(order, seal, instant)
        let about = OFDFile.About(
            title: personal.typeName, author: personal.issuerName, createdAt: instant,
            data: metadata.map { (name: $0.key, value: $0.value) })
        let attachment = OFDFile.Attachment(name: CertificateAttachment.name, format: "json", bytes: data)
        return try OFDFile(about, face: face, attachments: [attachment]).sealed(by: seal.sealer, at: instant)
    }

    /// The sealed PDF: the same face under the body's signature on P-256. Refuses what `ofd` refuses.
    package func pdf(_ order: Order, by seal: BodySeal, at instant: Instant) throws -> [UInt8] {
        let (face, data, personal) = try drawn(order, by: seal)
        let look = try looks.value(for: seal.seal.current.name) { PDFSigning.Look(try drawing(seal)) }
        return try face.pdf(PDFFile.About(title: personal.typeName, createdAt: instant)).signed(
            PDFSigning(
                name: personal.issuerName, signer: seal.documentSigner, certificates: seal.documentCertificates,
                at: instant, stamp: .init(sheet: 0, corner: face.seal.corner, look: look), data: data))
    }

    /// The first page as a picture. Refuses what `ofd` refuses.
    package func png(_ order: Order, by seal: BodySeal, dotsPerInch: Double = 110) throws -> [UInt8] {
        let (face, _, _) = try drawn(order, by: seal)
        return try face.png(dotsPerInch: dotsPerInch, seal: try drawing(seal))
    }

    private func drawing(_ seal: BodySeal) throws -> SealDrawing {
        try SealDrawing(
            .official, name: seal.seal.current.name, isExample: isDemonstration, typeface: typeface)
    }

    private func drawn(
        _ order: Order, by seal: BodySeal
    ) throws -> (face: DrawnFace, data: [UInt8], personal: Certificate.Personal) {
        guard let personal = order.certificate.personal, let data = CertificateData(order.certificate) else {
            throw CertificateRefusal.forgotten
        }
        let bytes = try data.bytes()
        guard let claims = CertificateClaims(order.certificate, digest: BlobRef(of: bytes).digest) else {
            throw CertificateRefusal.forgotten
        }
        var text = text(order, personal)
        text.code = code(try claims.token(by: seal.documentSigner))
        let name = Self.templateNames[order.kind.handling.template] ?? .licence
        return (try templates.face(of: text, as: name, typeface: typeface), bytes, personal)
    }

    private func text(_ order: Order, _ personal: Certificate.Personal) -> FaceText {
        let reservation = order.certificate.reservation
        let fields = order.kind.faceFields.compactMap { field -> FaceText.Field? in
            guard let value = personal.face[field.id], !value.isEmpty else { return nil }
            guard field.type == .date, let day = CivilDate(value) else { return FaceText.Field(field.label, value) }
            return FaceText.Field(field.label, CertificateMetadata.written(day))
        }
        var text = FaceText(
            title: personal.typeName, number: reservation.identifier.serial,
            identifier: reservation.identifier.description, holder: personal.holderName, fields: fields,
            issuer: personal.issuerName, issuedOn: reservation.validFrom)
        (text.validFrom, text.validUntil) = (reservation.validFrom, reservation.validUntil)
        text.example = isDemonstration ? Self.example : nil
        text.annotation = order.copy.map { copy in
            FaceText.Annotation(
                purpose: copy.cause, recipient: copy.recipient,
                validUntil: (copy.expiresAt ?? copy.madeAt).day)
        }
        return text
    }

    private func metadata(
        _ order: Order, _ seal: BodySeal, _ instant: Instant
    ) -> [(key: String, value: String)] {
        guard var metadata = CertificateMetadata(order.certificate) else { return [] }
        metadata = metadata.defined(by: order.kind).related(to: order.itemName)
            .sealed(.init(sealer: seal.seal.current.name, sealName: seal.seal.current.name, at: instant))
        if let copy = order.copy { metadata = metadata.annotated(copy) }
        return metadata.customData
    }
}
