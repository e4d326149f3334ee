import Accounts
import Catalogue
import Certificates
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import Identity
import Vocabulary

@testable import Web

/// What a door answers.
enum Expected: Sendable {
    /// The page, or nothing to see, with this status.
    case answers(Int)
    /// The deed is done and the visitor is sent to see its result.
    case done
    /// The way to the sign-in page.
    case signIn
    case refused(any Refusal)
}

/// One request that every visitor makes.
struct RouteRow: Sendable {
    /// Who may pass through a door at all.
    enum Door: Sendable {
        case open, portal, window, issuing, office
    }

    /// As the router has it: `POST /window/dossiers/{dossier}/{deed}`.
    let route: String
    let door: Door
    /// What stands for the route's parameters; `DOSSIER`, `DRAFT`, `ITEM`, `PERSON`, `NEWCOMER`, `DIGEST`, `NUMBER`, `PAPER` (the latest), `CERTIFICATE` and `ASSET` are filled
    /// in.
    let path: String
    /// At which stage the case stands.
    var stage = Dossier.Stage.Name.received
    var fields: [(String, String)] = []
    /// The name of the material that is uploaded; nil for a form without files.
    var file: String?
    /// What has happened to the case at its stage, by members of staff with these numbers.
    var after: [(UInt64, DossierCommand)] = []
    /// The material without which the case was filed.
    var lacking: String?
    /// What those are answered who pass through the door.
    let answers: [Visitor: Expected]

    /// What this visitor is answered: first whether she is somebody, then whether it is her door, then whether the case
    /// is hers.
    func expected(_ visitor: Visitor) -> Expected {
        if door == .open { return answers[visitor] ?? .answers(200) }
        if visitor.isNobody { return route.hasPrefix("GET") ? .signIn : .refused(DoorRefusal.notSignedIn) }
        return answers[visitor] ?? .refused(DoorRefusal.wrongDoor)
    }

    /// The rows of everything that people use. A test holds them against the router.
    static let all =
        procedures + open + portal + window + issuing + office + papers + catalogue + calendar + notices + desks
        + certificates + presented + halls + parcels + originals + assist + links + statistics + supervision
        + evaluations + fileReviews + looks

    private static func all(_ expected: Expected) -> [Visitor: Expected] {
        Dictionary(uniqueKeysWithValues: Visitor.allCases.map { ($0, expected) })
    }

    private static let open: [RouteRow] = [
        RouteRow(route: "GET /", door: .open, path: "/", answers: [:]),
        RouteRow(route: "GET /assets/{file}", door: .open, path: "ASSET", answers: [:]),
        RouteRow(route: "GET \(OAuthMetadata.path)", door: .open, path: OAuthMetadata.path, answers: [:]),
        RouteRow(route: "GET /items", door: .open, path: "/items?q=food", answers: [:]),
        RouteRow(
            route: "GET /items", door: .open, path: "/items?q=food&place=350112&holder=firm&trips=1&theme=x&from=20",
            answers: [:]),
        RouteRow(route: "GET /items/suggestions", door: .open, path: "/items/suggestions?q=food", answers: [:]),
        RouteRow(route: "GET /items/{code}", door: .open, path: "/items/ITEM", answers: [:]),
        RouteRow(
            route: "GET /items/{code}", door: .open, path: "/items/ITEM?s.system=both&s.nowhere=1&s.procedure=x",
            answers: [:]),
        RouteRow(
            route: "GET /items/{code}/trips", door: .open, path: "/items/ITEM/trips?s.system=both&s.nowhere=1",
            answers: [:]),
        RouteRow(route: "GET /items/{code}/guide.pdf", door: .open, path: "/items/ITEM/guide.pdf", answers: [:]),
        RouteRow(
            route: "GET /figures", door: .open, path: "/figures?place=350111&department=x&after=y", answers: [:]),
        RouteRow(route: "GET /items/{code}/form.pdf", door: .open, path: "/items/ITEM/form.pdf", answers: [:]),
        RouteRow(route: "GET /verify", door: .open, path: "/verify", answers: [:]),
        RouteRow(route: "POST /verify", door: .open, path: "/verify", answers: all(.refused(UploadRefusal.malformed))),
        RouteRow(
            route: "GET /V/{code}", door: .open, path: "/V/AAAA",
            answers: all(.refused(CertificateRefusal.malformedCode))),
        RouteRow(
            route: "GET /v/{code}", door: .open, path: "/v/aaaa",
            answers: all(.refused(CertificateRefusal.malformedCode))),
        RouteRow(route: "GET /log", door: .open, path: "/log", answers: [:]),
        // Nothing is logged yet, and the house has no key of a log.
        RouteRow(
            route: "GET /log/certificates/checkpoint", door: .open, path: "/log/certificates/checkpoint",
            answers: all(.refused(CertificateLogRefusal.noSuchPart))),
        RouteRow(
            route: "GET /log/certificates/key", door: .open, path: "/log/certificates/key",
            answers: all(.refused(CertificateLogRefusal.noSuchPart))),
        RouteRow(
            route: "GET /log/certificates/tile/**", door: .open, path: "/log/certificates/tile/0/000",
            answers: all(.refused(CertificateLogRefusal.noSuchPart))),
        RouteRow(route: "GET /lookup", door: .open, path: "/lookup", answers: [:]),
        RouteRow(
            route: "POST /lookup", door: .open, path: "/lookup",
            fields: [("number", "NUMBER"), ("password", "123456")],
            answers: [:]),
        RouteRow(
            route: "POST /preferences", door: .open, path: "/preferences",
            fields: [("look", "en"), ("back", "/items")],
            answers: all(.done)),
        RouteRow(route: "GET /sign-in", door: .open, path: "/sign-in", answers: [:]),
        RouteRow(route: "POST /sign-in", door: .open, path: "/sign-in", answers: all(.answers(401))),
        RouteRow(route: "GET /staff/sign-in", door: .open, path: "/staff/sign-in", answers: [:]),
        RouteRow(route: "POST /staff/sign-in", door: .open, path: "/staff/sign-in", answers: all(.answers(401))),
        RouteRow(
            route: "POST /sign-out", door: .open, path: "/sign-out",
            answers: all(.done).merging([
                .nobody: .refused(DoorRefusal.notSignedIn), .goneClerk: .refused(DoorRefusal.notSignedIn),
            ]) { $1 }),
        // A house without a provider of identities.
        RouteRow(
            route: "GET /sign-in/unified", door: .open, path: "/sign-in/unified?back=/business",
            answers: all(.refused(ProviderRefusal.notOffered))),
        RouteRow(
            route: "GET /sign-in/unified/answer", door: .open, path: "/sign-in/unified/answer?code=c&state=s",
            answers: all(.refused(ProviderRefusal.notOffered))),
        RouteRow(
            route: "POST /sign-in/unified/ending", door: .open, path: "/sign-in/unified/ending",
            fields: [("logout_token", "x.y.z")], answers: all(.refused(ProviderRefusal.notOffered))),
        RouteRow(route: "GET /signed-out", door: .open, path: "/signed-out", answers: [:]),
        RouteRow(route: "GET /screen", door: .open, path: "/screen?place=350111", answers: [:]),
        RouteRow(route: "GET /items/{code}/screen", door: .open, path: "/items/ITEM/screen", answers: [:]),
        RouteRow(route: "GET /items/{code}/guide.json", door: .open, path: "/items/ITEM/guide.json", answers: [:]),
        RouteRow(route: "GET /items/{code}/guide.jsonld", door: .open, path: "/items/ITEM/guide.jsonld", answers: [:]),
        // Not there without the account's token.
        RouteRow(
            route: "GET /channels/wechat", door: .open, path: "/channels/wechat",
            answers: all(.refused(DoorRefusal.noSuchPage))),
        RouteRow(
            route: "POST /channels/wechat", door: .open, path: "/channels/wechat",
            answers: all(.refused(DoorRefusal.noSuchPage))),
        RouteRow(route: "GET /health", door: .open, path: "/health", answers: [:]),
        RouteRow(route: "GET /health/live", door: .open, path: "/health/live", answers: [:]),
        RouteRow(route: "GET /health/ready", door: .open, path: "/health/ready", answers: [:]),
        RouteRow(route: "GET /metrics", door: .open, path: "/metrics", answers: [:]),
    ]

    // The portal: any citizen has her own list; a case and a draft are there for nobody but those whose they are.

    private static let citizens: [Visitor: Expected] = [
        .stranger: .answers(200), .otherAgent: .answers(200), .applicant: .answers(200),
    ]

    static func owner(_ expected: Expected, others refusal: any Refusal) -> [Visitor: Expected] {
        [.applicant: expected, .stranger: .refused(refusal), .otherAgent: .refused(refusal)]
    }

    static func draft(
        _ route: String, _ path: String, _ expected: Expected, _ fields: [(String, String)] = [], file: String? = nil
    ) -> RouteRow {
        RouteRow(
            route: route, door: .portal, path: path, fields: fields, file: file,
            answers: owner(expected, others: DraftRefusal.notFound))
    }

    private static let portal: [RouteRow] = [
        RouteRow(route: "GET /business", door: .portal, path: "/business", answers: citizens),
        RouteRow(route: "GET /certificates", door: .portal, path: "/certificates", answers: citizens),
        RouteRow(
            route: "GET /certificates/{certificate}/log/{position}", door: .portal,
            path: "/certificates/00000000000000000000000001/log/0",
            answers: citizens.mapValues { _ in .refused(CertificateRefusal.notFound) }),
        RouteRow(
            route: "POST /items/{code}/drafts", door: .portal, path: "/items/ITEM/drafts",
            answers: citizens.mapValues { _ in .done }),
        draft("GET /drafts/{draft}/situation", "/drafts/DRAFT/situation", .answers(200)),
        draft(
            "POST /drafts/{draft}/situation", "/drafts/DRAFT/situation", .done,
            [
                ("situation-system", "both"), ("situation-procedure", "examination"), ("situation-filedBy", "self"),
            ]),
        draft("GET /drafts/{draft}/materials", "/drafts/DRAFT/materials", .answers(200)),
        draft("POST /drafts/{draft}/materials", "/drafts/DRAFT/materials", .done, file: "staffOpinion"),
        draft("GET /drafts/{draft}/files/{digest}", "/drafts/DRAFT/files/DIGEST", .answers(200)),
        draft("GET /drafts/{draft}/files/{digest}/report", "/drafts/DRAFT/files/DIGEST/report", .answers(200)),
        draft("GET /drafts/{draft}/way", "/drafts/DRAFT/way", .answers(200)),
        draft("POST /drafts/{draft}/way", "/drafts/DRAFT/way", .done, [("way", "O1.eCertificate")]),
        draft("GET /drafts/{draft}/check", "/drafts/DRAFT/check", .answers(200)),
        draft("POST /drafts/{draft}/check", "/drafts/DRAFT/check", .done, [("truth", "yes"), ("double", "yes")]),
        draft("GET /drafts/{draft}/form-{page}", "/drafts/DRAFT/form-1", .answers(200)),
        draft("POST /drafts/{draft}/form-{page}", "/drafts/DRAFT/form-1", .answers(422)),
        draft(
            "POST /drafts/{draft}/form-{page}/autosave", "/drafts/DRAFT/form-1/autosave", .answers(204),
            [("organisationName", "x")]),
        dossier("GET /dossiers/{dossier}", "/dossiers/DOSSIER", .answers(200)),
        dossier("GET /dossiers/{dossier}/clock", "/dossiers/DOSSIER/clock", .answers(200)),
        dossier("GET /dossiers/{dossier}/clock.pdf", "/dossiers/DOSSIER/clock.pdf", .answers(200)),
        dossier("GET /dossiers/{dossier}/form.pdf", "/dossiers/DOSSIER/form.pdf", .answers(200)),
        dossier("GET /dossiers/{dossier}/files/{digest}", "/dossiers/DOSSIER/files/DIGEST", .answers(200)),
        dossier(
            "GET /dossiers/{dossier}/files/{digest}/report", "/dossiers/DOSSIER/files/DIGEST/report", .answers(200)),
        dossier("POST /dossiers/{dossier}/withdrawal", "/dossiers/DOSSIER/withdrawal", .done, [("note", "不办了")]),
        dossier(
            "POST /dossiers/{dossier}/urging", "/dossiers/DOSSIER/urging", .done, [("note", "请尽快")], at: .inReview),
        dossier(
            "POST /dossiers/{dossier}/corrections", "/dossiers/DOSSIER/corrections", .done, at: .correctionRequested,
            file: "restPlan"),
        dossier(
            "POST /dossiers/{dossier}/corrections", "/dossiers/DOSSIER/corrections", .done, at: .preReviewReturned,
            file: "restPlan"),
    ]

    static func dossier(
        _ route: String, _ path: String, _ expected: Expected, _ fields: [(String, String)] = [],
        at stage: Dossier.Stage.Name = .received, file: String? = nil
    ) -> RouteRow {
        RouteRow(
            route: route, door: .portal, path: path, stage: stage, fields: fields, file: file,
            answers: owner(expected, others: DossierRefusal.notFound))
    }

    // A window takes every item of its city and what the province decides, and nothing of another city.

    private static let clerks: [Visitor: Expected] = [.clerk: .answers(200), .farClerk: .answers(200)]

    private static func opened(_ route: String, _ path: String, at stage: Dossier.Stage.Name = .received) -> RouteRow {
        RouteRow(
            route: "GET \(route)", door: .window, path: path, stage: stage,
            answers: [.clerk: .answers(200), .farClerk: .refused(PerformerRefusal.notAllowed)])
    }

    static func deed(
        _ deed: String, at stage: Dossier.Stage.Name, _ fields: [(String, String)] = []
    ) -> RouteRow {
        RouteRow(
            route: "POST /window/dossiers/{dossier}/{deed}", door: .window, path: "/window/dossiers/DOSSIER/\(deed)",
            stage: stage, fields: fields,
            answers: [.clerk: .done, .farClerk: .refused(PermitRefusal.outOfScope)])
    }

    private static let intake: [(String, String)] = [
        ("person", "PERSON"), ("situation-system", "flexible"), ("situation-procedure", "examination"),
        ("situation-filedBy", "self"), ("ANSWERS", ""), ("material-applicationForm", "meets"),
        ("material-restPlan", "meets"), ("delivery", "counter"), ("mobile", "13800000001"),
    ]

    private static let window: [RouteRow] = [
        RouteRow(route: "GET /window", door: .window, path: "/window", answers: clerks),
        RouteRow(route: "GET /window/intake", door: .window, path: "/window/intake?q=food", answers: clerks),
        RouteRow(
            route: "POST /window/intake", door: .window, path: "/window/intake",
            fields: [("number", "NEWCOMER"), ("name", "郑新"), ("mobile", "13800000009")],
            answers: [.clerk: .done, .farClerk: .done]),
        RouteRow(
            route: "GET /window/intake/{code}", door: .window, path: "/window/intake/ITEM?person=PERSON",
            answers: clerks),
        RouteRow(
            route: "POST /window/intake/{code}", door: .window, path: "/window/intake/ITEM", fields: intake,
            answers: [.clerk: .done, .farClerk: .refused(PermitRefusal.outOfScope)]),
        opened("/window/dossiers/{dossier}", "/window/dossiers/DOSSIER"),
        opened("/window/dossiers/{dossier}/clock", "/window/dossiers/DOSSIER/clock?days=5"),
        opened("/window/dossiers/{dossier}/clock.pdf", "/window/dossiers/DOSSIER/clock.pdf"),
        opened("/window/dossiers/{dossier}/form.pdf", "/window/dossiers/DOSSIER/form.pdf"),
        opened("/window/dossiers/{dossier}/slip", "/window/dossiers/DOSSIER/slip"),
        opened("/window/dossiers/{dossier}/files/{digest}", "/window/dossiers/DOSSIER/files/DIGEST"),
        opened("/window/dossiers/{dossier}/files/{digest}/report", "/window/dossiers/DOSSIER/files/DIGEST/report"),
        deed("acceptance", at: .received),
        deed(
            "correction-notices", at: .received,
            [("defect-restPlan", "illegible"), ("cause-restPlan", "overlooked"), ("note", "看不清")]),
        deed("corrections", at: .correctionRequested, [("materials", "restPlan")]),
        deed("resubmission", at: .preReviewReturned, [("materials", "restPlan")]),
        deed("non-acceptance", at: .received, [("ground", "notNeeded"), ("note", "无需许可")]),
        deed("receipt", at: .awaitingOriginals),
        deed("pre-review", at: .preReview),
        deed(
            "pre-review-return", at: .preReview,
            [("defect-restPlan", "illegible"), ("cause-restPlan", "E17"), ("note", "看不清")]),
    ]

    private static let issuing: [RouteRow] = [
        RouteRow(
            route: "GET /issuing", door: .issuing, path: "/issuing",
            answers: [.issuer: .answers(200), .farIssuer: .answers(200)]),
        RouteRow(
            route: "GET /issuing/dossiers/{dossier}", door: .issuing, path: "/issuing/dossiers/DOSSIER", stage: .issued,
            answers: [.issuer: .answers(200), .farIssuer: .refused(PerformerRefusal.notAllowed)]),
        RouteRow(
            route: "POST /issuing/dossiers/{dossier}/hand-over", door: .issuing,
            path: "/issuing/dossiers/DOSSIER/hand-over", stage: .issued,
            fields: [
                ("number", "350102188501010019"),
                ("signature", "10,100 60,40 110,150 160,60 200,90 240,100 280,90 320,110"),
            ],
            answers: [.issuer: .done, .farIssuer: .refused(PerformerRefusal.notAllowed)]),
        RouteRow(
            route: "POST /issuing/dossiers/{dossier}/shelf", door: .issuing, path: "/issuing/dossiers/DOSSIER/shelf",
            stage: .issued, fields: [("position", "C-07-11")],
            answers: [.issuer: .done, .farIssuer: .refused(PerformerRefusal.notAllowed)]),
        RouteRow(
            route: "GET /issuing/dossiers/{dossier}/papers/{paper}", door: .issuing,
            path: "/issuing/dossiers/DOSSIER/papers/PAPER", stage: .issued,
            answers: [.issuer: .answers(200), .farIssuer: .refused(PerformerRefusal.notAllowed)]),
    ]

    // An office: the department whose matter it is, and there whoever has the power of the deed.

    static let officers: [Visitor] = [.reviewer, .otherReviewer, .decider, .otherDecider, .head]

    /// The papers of the law, at stages at which there is one, at each door that opens them: as a page and as a file.
    private static let papers: [RouteRow] =
        [("PAPER", Dossier.Stage.Name.correctionRequested), ("PAPER.pdf", .inReview), ("PAPER", .issued)].flatMap {
            (paper: String, stage: Dossier.Stage.Name) in
            let (route, path) = ("dossiers/{dossier}/papers/{paper}", "dossiers/DOSSIER/papers/\(paper)")
            return [
                dossier("GET /\(route)", "/\(path)", .answers(200), at: stage),
                opened("/window/\(route)", "/window/\(path)", at: stage),
                officeCase("/office/\(route)", "/office/\(path)", at: stage),
            ]
        } + [
            RouteRow(
                route: "POST /window/dossiers/{dossier}/papers/{paper}/service", door: .window,
                path: "/window/dossiers/DOSSIER/papers/PAPER/service", stage: .inReview,
                fields: [("mode", "direct"), ("recipient", "林晓榕"), ("place", "福州市综合窗口")],
                answers: [.clerk: .done, .farClerk: .refused(PerformerRefusal.notAllowed)]),
            RouteRow(
                route: "POST /office/dossiers/{dossier}/papers/{paper}/voiding", door: .office,
                path: "/office/dossiers/DOSSIER/papers/PAPER/voiding", stage: .inReview, fields: [("note", "文号登记有误")],
                answers: [
                    .head: .done, .reviewer: .refused(PermitRefusal.noPower), .decider: .refused(PermitRefusal.noPower),
                    .otherReviewer: .refused(PerformerRefusal.notAllowed),
                    .otherDecider: .refused(PerformerRefusal.notAllowed),
                ]),
        ]

    /// The whole case for whoever leads the authority; a house without a key for it makes none.
    private static func evidence(_ method: String, _ expected: Expected) -> RouteRow {
        let refused = Expected.refused(PerformerRefusal.notAllowed)
        return RouteRow(
            route: "\(method) /office/dossiers/{dossier}/evidence", door: .office,
            path: "/office/dossiers/DOSSIER/evidence", stage: .inReview,
            answers: [
                .head: expected, .reviewer: refused, .decider: refused, .otherReviewer: refused, .otherDecider: refused,
            ])
    }

    private static func officeCase(
        _ route: String, _ path: String, at stage: Dossier.Stage.Name = .inReview
    ) -> RouteRow {
        let refused = Expected.refused(PerformerRefusal.notAllowed)
        return RouteRow(
            route: "GET \(route)", door: .office, path: path, stage: stage,
            answers: [
                .reviewer: .answers(200), .decider: .answers(200), .head: .answers(200), .otherReviewer: refused,
                .otherDecider: refused,
            ])
    }

    static func officeDeed(
        _ deed: String, at stage: Dossier.Stage.Name, by visitor: Visitor, _ fields: [(String, String)]
    ) -> RouteRow {
        var answers: [Visitor: Expected] = [:]
        for officer in officers { answers[officer] = .refused(PermitRefusal.noPower) }
        answers[visitor == .reviewer ? .otherReviewer : .otherDecider] = .refused(PermitRefusal.outOfScope)
        answers[visitor] = .done
        return RouteRow(
            route: "POST /office/dossiers/{dossier}/{deed}", door: .office, path: "/office/dossiers/DOSSIER/\(deed)",
            stage: stage, fields: fields, answers: answers)
    }

    private static let office: [RouteRow] = [
        RouteRow(
            route: "GET /office", door: .office, path: "/office",
            answers: Dictionary(uniqueKeysWithValues: officers.map { ($0, .answers(200)) })),
        officeCase("/office/dossiers/{dossier}", "/office/dossiers/DOSSIER"),
        officeCase("/office/dossiers/{dossier}/clock", "/office/dossiers/DOSSIER/clock?days=5"),
        officeCase("/office/dossiers/{dossier}/clock.pdf", "/office/dossiers/DOSSIER/clock.pdf"),
        officeCase("/office/dossiers/{dossier}/form.pdf", "/office/dossiers/DOSSIER/form.pdf"),
        evidence("GET", .answers(200)), evidence("POST", .refused(DoorRefusal.noSuchPage)),
        officeCase("/office/dossiers/{dossier}/files/{digest}", "/office/dossiers/DOSSIER/files/DIGEST"),
        officeCase("/office/dossiers/{dossier}/files/{digest}/report", "/office/dossiers/DOSSIER/files/DIGEST/report"),
        officeDeed("review", at: .inReview, by: .reviewer, [("choice", "grant"), ("note", "符合")]),
        officeDeed("taking", at: .inReview, by: .reviewer, []),
        officeDeed("taking", at: .reviewed, by: .decider, []),
        officeDeed("recusal", at: .inReview, by: .reviewer, [("note", "申请人是亲属")]),
        officeDeed("return", at: .reviewed, by: .decider, [("note", "请再核实")]),
        officeDeed("decision", at: .reviewed, by: .decider, [("choice", "grant"), ("note", "符合")]),
    ]

    private static func sheet(
        _ route: String, _ path: String, _ expected: Expected, _ fields: [(String, String)] = []
    ) -> RouteRow {
        RouteRow(route: route, door: .office, path: path, fields: fields, answers: [.editor: expected])
    }

    /// Sheets are the editors'; nobody else sees one. Deeds of the guides that ship: they are published already.
    private static let catalogue: [RouteRow] = [
        sheet("GET /office/catalogue", "/office/catalogue?state=published", .answers(200)),
        sheet("GET /office/catalogue/defects", "/office/catalogue/defects?days=30", .answers(200)),
        sheet("GET /office/catalogue/proposals", "/office/catalogue/proposals?state=taken", .answers(200)),
        sheet(
            "GET /office/catalogue/proposals/{proposal}", "/office/catalogue/proposals/00000000000000000000000001",
            .refused(CatalogueRefusal.proposalNotFound)),
        sheet(
            "POST /office/catalogue/proposals/{proposal}/{deed}",
            "/office/catalogue/proposals/00000000000000000000000001/completion",
            .refused(CatalogueRefusal.proposalNotFound), [("revision", "1")]),
        sheet("GET /office/catalogue/new", "/office/catalogue/new", .answers(200)),
        sheet(
            "POST /office/catalogue/new", "/office/catalogue/new", .done,
            [("name", "示例新事项许可"), ("type", "01"), ("department", "transport")]),
        sheet("GET /office/catalogue/{slug}", "/office/catalogue/road-freight", .answers(200)),
        sheet("GET /office/catalogue/{slug}/preview", "/office/catalogue/road-freight/preview", .answers(200)),
        sheet(
            "POST /office/catalogue/{slug}/{deed}", "/office/catalogue/road-freight/submission", .answers(409),
            [("revision", "1")]),
        sheet(
            "GET /office/catalogue/{slug}/fields/{key}", "/office/catalogue/road-freight/fields/materials",
            .answers(200)),
        sheet(
            "POST /office/catalogue/{slug}/fields/{key}", "/office/catalogue/road-freight/fields/promisedLimitNote",
            .done, [("revision", "1"), ("promisedLimitNote.zh", "自受理之日起"), ("promisedLimitNote.en", "From acceptance")]),
    ]

    private static let typhoon: [(String, String)] = [
        ("kind", "closures"), ("source", "示例公告"), ("announced", "2018-11-19"),
        ("text", "region,date,name,kind\n350100,2018-12-25,台风,closed"),
    ]

    private static func calendar(
        _ route: String, _ path: String, _ expected: Expected, _ fields: [(String, String)] = []
    ) -> RouteRow {
        RouteRow(route: route, door: .office, path: path, fields: fields, answers: [.administrator: expected])
    }

    /// The calendar is the administrators'.
    private static let calendar: [RouteRow] = [
        calendar("GET /office/calendar", "/office/calendar?year=2019&region=350121", .answers(200)),
        calendar("POST /office/calendar/preview", "/office/calendar/preview", .answers(200), typhoon),
        calendar("POST /office/calendar/editions", "/office/calendar/editions", .done, typhoon),
        calendar(
            "GET /office/calendar/editions/{edition}", "/office/calendar/editions/7",
            .refused(CalendarRefusal.editionNotFound)),
    ]
}
