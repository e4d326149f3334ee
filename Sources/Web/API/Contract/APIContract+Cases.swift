import Accounts
import Certificates
import Delivery
import Dossiers
import HTTPTypes
import Hall
import Vocabulary

/// What is filed, and what comes of it.
extension APIContract {
    private static let readers = APIOperation.Askers.signedIn(
        "who may act in it, and the staff who handle it", or: [.read, .file])
    private static let applicants = APIOperation.Askers.signedIn("applicant, or a clerk for her", or: [.file])

    static let cases: [APIOperation] =
        [
            APIOperation(
                method: .post, path: "/uploads", id: "upload",
                summary: "A file (PDF, OFD, JPEG or PNG) before it is said what it is for; kept for a day",
                askers: .signedIn("anybody", or: [.file]),
                parameters: [.query("name", .text(max: KeptUpload.nameCharactersMax).about("What it is called."))],
                body: .bytes(["application/octet-stream"]), status: 201,
                answer: .json(
                    .record([
                        .must("id", .id), .must("digest", .digest), .must("size", .whole),
                        .must("kind", .one(of: FileKind.self)), .must("keptUntil", .instant),
                    ]))),
            APIOperation(
                method: .post, path: "/items/{code}/applications", id: "apply", summary: "An application as one object",
                askers: .signedIn("citizen, for herself and whom she acts for", or: [.file]),
                parameters: [code], body: .json(.body(ApplicationBody.members)), status: 201,
                answer: .json(
                    .record([
                        .must("dossier", .id), .must("sequence", .whole), .must("number", .text), .must("short", .text),
                        .must(
                            "queryPassword", .text.about("With the short number it opens the public page.")),
                    ])), isDeed: true),
            APIOperation(
                method: .get, path: "/dossiers", id: "dossiers",
                summary:
                    "One's own dossiers, and those in which one may act; a partner's are those that it filed",
                askers: .signedIn("citizen", or: [.file]),
                parameters: [.query("before", .text("([0-9a-hjkmnp-tv-z]{26})?"))],
                answer: .json(
                    .record([
                        .must("dossiers", .list(.named("DossierSummary"), max: Limits.pageRowsMax)),
                        .may("next", .id.about("Sent as `before`, it asks for the page after this one.")),
                    ]))),
            APIOperation(
                method: .get, path: "/dossier-numbers/{number}", id: "dossierByNumber",
                summary: "The dossier with a long or a short number", askers: readers,
                parameters: [.path("number", .text("[0-9A-Z-]{1,50}").such(as: .text("FZ2611280001")))],
                answer: .json(.record([.must("dossier", .id)]))),
            APIOperation(
                method: .get, path: "/dossiers/{dossier}/materials", id: "materials", summary: "What was handed in",
                askers: readers, parameters: [dossier],
                answer: .json(
                    .record([
                        .must(
                            "materials",
                            .list(
                                .record([
                                    .must("material", .text),
                                    .must("source", .one(of: ["files", "certificate", "paper", "answers"])),
                                    .must(
                                        "files",
                                        .list(
                                            .record([
                                                .must("digest", .digest), .must("size", .whole), .may("name", .text),
                                            ]))),
                                ])))
                    ]))),
            APIOperation(
                method: .post, path: "/dossiers/{dossier}/materials", id: "handIn",
                summary:
                    "What is asked for now is handed in: after a pre-review, after a notice, or what was to follow",
                askers: applicants, parameters: [dossier], body: .json(.body(MaterialsAPI.Supply.members)),
                answer: .json(.named("DeedOutcome")), isDeed: true),
            APIOperation(
                method: .get, path: "/dossiers/{dossier}/files/{digest}", id: "file",
                summary: "A file that was handed in", askers: readers,
                parameters: [dossier, .path("digest", .digest)],
                answer: .bytes(FileKind.allCases.map(\.mediaType))),
        ] + results

    private static let results: [APIOperation] = [
        APIOperation(
            method: .get, path: "/dossiers/{dossier}/certificates", id: "certificates",
            summary: "The certificate that it made", askers: readers, parameters: [dossier],
            answer: .json(
                .record([
                    .must(
                        "certificates",
                        .list(
                            .record([
                                .must("id", .id), .must("identifier", .text), .must("type", .text),
                                .may("typeName", .text), .must("number", .text),
                                .must("standing", .one(of: Certificate.Standing.self)), .must("validFrom", .day),
                                .may("validUntil", .day.about("Missing for long-term.")),
                            ])))
                ]))),
        APIOperation(
            method: .get, path: "/dossiers/{dossier}/certificates/{certificate}/files/{format}", id: "certificateFile",
            summary: "Its file: the sealed OFD as it was made, or a PDF or a picture of it", askers: readers,
            parameters: [
                dossier, .path("certificate", .id), .path("format", .one(of: Hall.CertificateFormat.self)),
            ], answer: .bytes(Hall.CertificateFormat.allCases.map(\.mediaType))),
        APIOperation(
            method: .get, path: "/dossiers/{dossier}/parcels", id: "parcels", summary: "What a courier carries for it",
            askers: readers, parameters: [dossier],
            answer: .json(
                .record([
                    .must(
                        "parcels",
                        .list(
                            .record([
                                .must("id", .id), .must("direction", .one(of: ParcelDirection.self)),
                                .must("stage", .one(of: Parcel.Stage.self)), .may("waybill", .text),
                                .may("promisedDay", .day), .must("isLate", .flag), .must("cents", .whole),
                                .must(
                                    "reports",
                                    .list(
                                        .record([
                                            .must("kind", .one(of: ParcelScan.Kind.self)), .must("at", .instant),
                                        ]))),
                            ])))
                ]))),
        parcel("address", "readdress", "A wrong address is mended, once", ResultsAPI.Readdressing.self),
        parcel(
            "cancellation", "cancelParcel", "The courier is called off; the result is fetched at a window",
            ResultsAPI.Cancellation.self),
    ]

    private static func parcel<Body: JSONBody>(
        _ resource: String, _ id: String, _ summary: String, _ body: Body.Type
    ) -> APIOperation {
        APIOperation(
            method: .post, path: "/dossiers/{dossier}/parcels/{parcel}/\(resource)", id: id, summary: summary,
            askers: applicants, parameters: [dossier, .path("parcel", .id)], body: .json(.body(body.members)),
            status: 204, isDeed: true)
    }
}
