import Accounts
import Certificates
import Hall
import HTTPTypes
import Hummingbird
import Vocabulary

/// `GET /certificates/{certificate}/files/{format}` and `POST /certificates/{certificate}/copies`: a certificate to
/// take along, and a copy of it for one purpose.
struct CertificateFiles {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        let certificate = try await certificate(context)
        guard let format = Hall.CertificateFormat(rawValue: try context.parameters.require("format")) else {
            throw DoorRefusal.noSuchPage
        }
        return Self.answer(try await site.hall.file(of: certificate, as: format), certificate, format)
    }

    func copy(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let certificate = try await certificate(context)
        let format: Hall.CertificateFormat = form["format"] == "pdf" ? .pdf : .ofd
        do {
            let bytes = try await site.hall.copy(
                of: certificate, as: format, cause: form["purpose"], recipient: form["recipient"],
                days: Int(form["days"]) ?? 0)
            return Self.answer(bytes, certificate, format)
        } catch CertificateRefusal.malformedCopy {
            return try await CertificatePage(site: site).show(context, CopyAnswers(refused: form))
        }
    }

    private func certificate(_ context: PortalContext) async throws -> Certificate {
        guard let id = CertificateID(try context.parameters.require("certificate")) else {
            throw DoorRefusal.noSuchPage
        }
        let holders = try await site.hall.principals(of: context.citizen, in: .everything).map(\.id)
        return try await site.hall.open(id, for: holders).certificate
    }

    /// A download under the certificate's number.
    static func answer(
        _ bytes: [UInt8], _ certificate: Certificate, _ format: Hall.CertificateFormat
    ) -> Response {
        let name = "\(certificate.reservation.identifier.serial).\(format.rawValue)"
        return Response(
            status: .ok,
            headers: [
                .contentType: format.mediaType, .contentLength: "\(bytes.count)",
                .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "private, no-store",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// What a holder answered about a copy, as it was typed.
struct CopyAnswers {
    let purpose: String
    let recipient: String
    let days: String
    let format: String
    let isRefused: Bool

    /// Nothing answered yet.
    init() {
        (purpose, recipient, days, format, isRefused) = ("", "", "30", "pdf", false)
    }

    init(refused form: PostedForm) {
        (purpose, recipient, days, format) = (form["purpose"], form["recipient"], form["days"], form["format"])
        isRefused = true
    }
}

extension HTML {
    /// Writes what a holder can take along, and the form for a copy with a purpose.
    mutating func files(of certificate: Certificate, _ copy: CopyAnswers, tokens: FormTokens, _ words: Words) {
        let path = Paths.certificate(certificate.id)
        heading(words["certificate.files"])
        element("p") { html in
            html.buttonLink(words["certificate.file-ofd"], path + "/files/ofd")
            html.raw(" ")
            html.buttonLink(words["certificate.file-pdf"], path + "/files/pdf", .secondary)
            html.raw(" ")
            html.buttonLink(words["certificate.file-png"], path + "/files/png", .secondary)
        }
        heading(words["certificate.copy"])
        paragraph(words["certificate.copy-help"])
        form(path + "/copies", tokens) { html in
            html.field(
                Field(
                    "purpose", words["certificate.copy-purpose"], .text(max: CertificateCopy.causeCharactersMax),
                    answer: Answer(copy.purpose)))
            var recipient = Field(
                "recipient", words["certificate.copy-recipient"], .text(max: CertificateCopy.recipientCharactersMax),
                answer: Answer(copy.recipient))
            recipient.isOptional = true
            html.field(recipient)
            html.field(
                Field("days", words["certificate.copy-days"], .integer(Hall.copyDays), answer: Answer(copy.days)))
            html.field(
                Field(
                    "format", words["certificate.copy-format"],
                    .choice([Option("ofd", "OFD"), Option("pdf", "PDF")]), answer: Answer(copy.format)))
            html.button(words["certificate.copy-make"])
        }
    }
}
