import Accounts
import Catalogue
import Certificates
import HTTPTypes
import Vocabulary

/// Everything that the API below `/api/v1` can do, but for the sharing service, which has a document of its own.
enum APIContract {
    static let operations = operations()

    /// All of them, of a house with these places; any place where none is named.
    static func operations(places: [String] = []) -> [APIOperation] {
        open(places.isEmpty ? .region : .one(of: places)) + log + partners + cases + dossiers + applicants + clerks
            + officers + events
    }

    /// Below which address all of it is.
    static let root = "/api/v1"

    /// The methods that an address answers; empty where nothing is served. `HEAD` answers wherever `GET` does.
    static func methods(at path: String) -> [String] {
        guard path.hasPrefix(root + "/") else { return [] }
        let asked = path.dropFirst(root.count).split(separator: "/")
        let found = operations.filter { operation in
            let parts = operation.path.split(separator: "/")
            return parts.count == asked.count && zip(parts, asked).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        let methods = found.map(\.method.rawValue)
        return (methods + (methods.contains("GET") ? ["HEAD"] : [])).sorted()
    }

    static let code = APIOperation.Parameter.path("code", .itemCode)
    static let dossier = APIOperation.Parameter.path("dossier", .id)

    /// What everybody may ask.
    private static func open(_ place: JSONShape) -> [APIOperation] {
        [
            APIOperation(
                method: .get, path: "/openapi.json", id: "document", summary: "This document", askers: .everybody,
                answer: .json(.anything), isTagged: true),
            APIOperation(
                method: .get, path: "/problems/{code}", id: "problem",
                summary: "What the code of a refusal means, in both languages", askers: .everybody,
                parameters: [.path("code", .text("[a-z]+[.][a-z-]+"))],
                answer: .json(
                    .record([.must("code", .text), .must("title", .bilingual), .must("detail", .bilingual)]))),
            APIOperation(
                method: .post, path: "/sessions", id: "startSession",
                summary: "A session for a program that acts for a person or a member of staff", askers: .everybody,
                body: .json(.body(SessionsAPI.Entry.members)), status: 201,
                answer: .json(
                    .record([
                        .must("token", .text("[0-9a-f]{64}")), .must("door", .one(of: Accounts.Door.self)),
                        .must("startedAt", .instant),
                        .must("expiresAt", .instant.about("When it ends if nothing more happens.")),
                    ]))),
            APIOperation(
                method: .get, path: "/items", id: "searchItems",
                summary: "The catalogue's items that fit words and filters, best first", askers: .everybody,
                parameters: [
                    .query("q", .words.about("In Chinese, in pinyin or in English.")),
                    .query("place", place.about("A place of the city: its own items, the city's and the province's.")),
                    .query("holder", .one(of: ["person", "firm"])), .query("department", .words),
                    .query("theme", .words.about("Its Chinese name.")),
                    .query("trips", .one(of: ["0", "1"]).about("At most so many.")),
                    .query("item", .words.about("The name on the web.")),
                    .query("from", .whole(0...ItemQuery.offsetMax).about("How many are passed over.")),
                ],
                answer: .json(
                    .record([.must("total", .whole), .must("items", .list(.named("ItemLine"), max: 60))]))),
            APIOperation(
                method: .get, path: "/items/{code}", id: "item", summary: "An item with its guide", askers: .everybody,
                parameters: [code],
                answer: .json(
                    .record([
                        .must("code", .itemCode), .must("version", .whole), .must("digest", .digest),
                        .must("effectiveDate", .day),
                        .must("guide", .anything.about("The 46 elements, as the catalogue encodes them.")),
                    ]))),
            APIOperation(
                method: .get, path: "/items/{code}/form", id: "itemForm",
                summary: "The application form of an item as JSON Schema", askers: .everybody, parameters: [code],
                answer: .bytes(["application/schema+json"]), isTagged: true),
            APIOperation(
                method: .post, path: "/file-verifications", id: "verifyFile",
                summary: "Whether a sealed OFD or PDF is genuine, and why; the file is not kept", askers: .everybody,
                body: .bytes(["application/octet-stream"]), answer: .json(.named("FileReport"))),
            APIOperation(
                method: .get, path: "/certificates/{identifier}/verification", id: "verifyCertificate",
                summary: "What is true of a certificate's identifier, and why", askers: .everybody,
                parameters: [.path("identifier", .text("[0-9A-Z.]{1,200}"))], answer: .json(verification)),
        ]
    }

    private static let verification = JSONShape.record([
        .must("identifier", .text), .must("isGood", .flag),
        .must("register", .one(of: Certificate.Standing.self)),
        .must("signature", .one(of: ["valid", "invalid", "untrusted", "unsupported", "undetermined"])),
        .may("untrustedBecause", .text), .must("type", .text), .may("typeName", .text), .must("issuer", .creditCode),
        .may("issuerName", .text), .must("number", .text),
        .may("holder", .text.about("A person's name is masked.")), .must("validFrom", .day),
        .may("validUntil", .day.about("Missing for long-term.")),
    ])

    private static let log: [APIOperation] = [
        APIOperation(
            method: .get, path: "/log/checkpoint", id: "logCheckpoint",
            summary: "The newest checkpoint of the public log of certificates", askers: .everybody,
            answer: .json(
                .record([
                    .may("origin", .text), .must("size", .whole), .must("root", .base64),
                    .must("signedAt", .whole.about("Milliseconds since 1970.")), .must("note", .text),
                    .may("key", .text.about("The line that verifiers take.")),
                ]))),
        APIOperation(
            method: .get, path: "/log/entries", id: "logEntries", summary: "Lines of the log, 100 at most",
            askers: .everybody, parameters: [.query("from", .place)],
            answer: .json(
                .record([
                    .must(
                        "entries",
                        .list(
                            .record([.must("index", .whole), .must("entry", .text), .must("leaf", .base64)]),
                            max: LogAPI.linesMax)),
                    .may("next", .whole.about("From where the next page begins; missing at the end.")),
                ]))),
        APIOperation(
            method: .get, path: "/log/entries/{position}/proof", id: "logProof",
            summary: "The proof that a line is in the log (c2sp.org/tlog-proof@v1)", askers: .everybody,
            parameters: [.path("position", .place)], answer: .bytes(["text/plain"])),
        APIOperation(
            method: .get, path: "/log/consistency", id: "logConsistency",
            summary: "The proof that the log of so many lines begins that of more", askers: .everybody,
            parameters: [.must("from", .place), .must("to", .place)],
            answer: .json(
                .record([.must("from", .whole), .must("to", .whole), .must("hashes", .list(.base64))]))),
    ]

    /// What systems of other organisations begin with.
    private static let partners: [APIOperation] = [
        APIOperation(
            method: .post, path: "/oauth/token", id: "token",
            summary: "A short token for a partner by its own secret (OAuth 2.0 client credentials)",
            askers: .everybody,
            body: .form(
                .record([
                    .must("grant_type", .one(of: ["client_credentials"])), .may("client_id", .text),
                    .may("client_secret", .text),
                    .may("scope", .text.about("Parted by spaces; all where none is named.")),
                ])),
            answer: .json(
                .record([
                    .must("access_token", .text("owp_[0-9a-f]{64}")), .must("token_type", .one(of: ["Bearer"])),
                    .must("expires_in", .whole.about("Seconds.")), .must("scope", .text),
                ])), failure: .record([.must("error", .one(of: OAuthAPI.Failure.self))])),
        APIOperation(
            method: .put, path: "/officers/{code}", id: "nameOfficer",
            summary: "Who an official of the partner's organisation is, before it speaks for her",
            askers: .partners([.receive, .review, .decide, .lead]),
            parameters: [.path("code", .officer)], body: .json(.body(OfficersAPI.Naming.members)), status: 204),
    ]

    private static let readers = APIOperation.Askers.signedIn(
        "who may act in it, and the staff who handle it", or: [.read, .file])

    /// What whoever handles or filed a dossier may ask.
    private static let dossiers: [APIOperation] = [
        APIOperation(
            method: .delete, path: "/sessions/current", id: "endSession", summary: "The session ends",
            askers: .signedIn("anybody"), status: 204),
        APIOperation(
            method: .get, path: "/dossiers/{dossier}", id: "dossier", summary: "How a dossier stands",
            askers: readers, parameters: [dossier],
            answer: .json(.named("Dossier")), isTagged: true),
        APIOperation(
            method: .get, path: "/dossiers/{dossier}/clock", id: "dossierClock",
            summary: "The ledger of its limits: why each day counts or does not",
            askers: readers, parameters: [dossier],
            answer: .json(.named("Clock"))),
        APIOperation(
            method: .get, path: "/dossiers/{dossier}/papers/{paper}", id: "dossierPaper",
            summary: "A paper of the law as the file that is kept",
            askers: readers,
            parameters: [dossier, .path("paper", .id)], answer: .bytes(["application/pdf"])),
        deed(
            "hearing-requests", "requestHearing", "A hearing is asked for", "applicant, or a clerk for her", [.file],
            CounterBody.HearingRequest.self),
        deed(
            "hearing-waivers", "waiveHearing", "A hearing is given up", "applicant, or a clerk for her", [.file],
            CounterBody.HearingWaiver.self),
    ]

    private static let applicants: [APIOperation] = [
        deed("withdrawal", "withdraw", "The application is withdrawn", "applicant", [.file], DeedsAPI.Withdrawal.self)
    ]

    private static let clerks: [APIOperation] = [
        deed("acceptance", "accept", "It is accepted", "clerk", [.receive], DeedsAPI.Acceptance.self),
        deed(
            "correction-notices", "requestCorrections", "What is missing is said, once", "clerk", [.receive],
            DeedsAPI.CorrectionNotice.self),
        deed("non-acceptance", "decline", "It is not accepted", "clerk", [.receive], DeedsAPI.NonAcceptance.self),
        deed("mending", "mend", "What was mended on the spot", "clerk", [.receive], CounterBody.Mending.self),
        deed(
            "tolerant-acceptance", "acceptTolerantly", "It is accepted, and some materials follow", "clerk", [.receive],
            CounterBody.TolerantAcceptance.self),
        deed(
            "lagging-materials", "supplyLagging", "What followed", "clerk", [.receive],
            CounterBody.LaggingMaterials.self),
        deed("hand-over", "handOver", "The result is handed over", "issuing clerk", [], DeedsAPI.HandOver.self),
    ]

    private static let officers: [APIOperation] = [
        deed("review", "review", "It is examined", "reviewer", [.review], DeedsAPI.Review.self),
        deed("decision", "decide", "It is decided", "decider", [.decide], DeedsAPI.Decision.self),
        deed(
            "special-procedures", "beginSpecial", "A special procedure begins", "reviewer, decider",
            [.review, .decide],
            ProcedureBody.Beginning.self),
        deed(
            "special-prolongations", "prolongSpecial", "It takes longer", "reviewer, decider", [.review, .decide],
            ProcedureBody.Prolongation.self),
        deed(
            "special-results", "endSpecial", "It ends with a result", "reviewer, decider", [.review, .decide],
            ProcedureBody.Result.self),
        deed(
            "hearing-notices", "tellHearing", "The right to a hearing is told", "reviewer, decider",
            [.review, .decide],
            ProcedureBody.HearingNotice.self),
        deed(
            "hearings", "planHearing", "A hearing is fixed, or moved", "reviewer, decider", [.review, .decide],
            ProcedureBody.HearingPlan.self),
        deed(
            "hearing-records", "recordHearing", "A hearing is recorded", "its chair", [],
            ProcedureBody.HearingRecord.self),
        deed(
            "extension-requests", "requestExtension", "More time is asked for", "reviewer", [.review],
            ProcedureBody.ExtensionRequest.self),
        deed(
            "extensions", "answerExtension", "More time is given or refused", "head", [.lead],
            ProcedureBody.ExtensionAnswer.self),
        deed(
            "third-parties", "informParty", "Somebody else is concerned and told", "reviewer, decider",
            [.review, .decide],
            ProcedureBody.ThirdParty.self),
        deed(
            "third-party-statements", "hearParty", "What she said", "reviewer, decider", [.review, .decide],
            ProcedureBody.Statement.self),
        deed(
            "verification-notices", "announceVerification", "A visit is announced", "reviewer", [.review],
            ProcedureBody.VerificationNotice.self),
        deed(
            "verification", "verifyCommitment", "Whether a commitment was kept", "reviewer", [.review],
            ProcedureBody.Verification.self),
        deed(
            "licence-ends", "endLicence", "A licence ends", "decider, head", [.decide, .lead],
            ProcedureBody.LicenceEnding.self),
        deed(
            "overrun-explanations", "explainOverrun", "Why a limit passed", "decider, head", [.decide, .lead],
            ProcedureBody.OverrunExplaining.self),
    ]

    private static func deed<Body: JSONBody>(
        _ resource: String, _ id: String, _ summary: String, _ askers: String, _ scopes: [PartnerScope],
        _ body: Body.Type
    ) -> APIOperation {
        APIOperation(
            method: .post, path: "/dossiers/{dossier}/\(resource)", id: id, summary: summary,
            askers: .signedIn(askers, or: scopes), parameters: [dossier], body: .json(.body(body.members)),
            answer: .json(.named("DeedOutcome")),
            isDeed: true)
    }
}
