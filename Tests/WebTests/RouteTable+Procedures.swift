import Accounts
import Dossiers
import Hall
import Vocabulary

@testable import Web

/// The procedures of the law at the doors: what applicants, windows and offices do beside the stages.
extension RouteRow {
    private static let told: [(UInt64, DossierCommand)] = [(1, .hearing(.tell(note: "涉及公共利益")))]
    private static let tolerated: [(UInt64, DossierCommand)] = [
        (1, .tolerance(.accept(lagging: ["staffOpinion"], days: 2, undertaking: .paper)))
    ]

    static let procedures: [RouteRow] = [
        draft("GET /drafts/{draft}/commitment", "/drafts/DRAFT/commitment", .answers(200)),
        draft(
            "POST /drafts/{draft}/commitment", "/drafts/DRAFT/commitment", .done, [("commitment", "signed")]),
        own("hearing-requests", at: .inReview, after: told),
        own("hearing-waivers", at: .inReview, after: told),
        own("lagging-materials", at: .received, after: tolerated, file: "staffOpinion"),
        counter("mending", at: .received, [("materials", "restPlan")]),
        counter(
            "tolerant-acceptance", at: .received,
            [("materials", "staffOpinion"), ("days", "2"), ("undertaking", "paper")], lacking: "staffOpinion"),
        counter(
            "lagging-materials", at: .received, [("materials", "staffOpinion")], after: tolerated,
            lacking: "staffOpinion"),
        counter("hearing-requests", at: .inReview, after: told),
        counter("hearing-waivers", at: .inReview, after: told),
        RouteRow(
            route: "GET /office/procedures", door: .office, path: "/office/procedures?q=NUMBER",
            answers: Dictionary(uniqueKeysWithValues: officers.map { ($0, .answers(200)) })),
        officeDeed("extension-requests", at: .inReview, by: .reviewer, [("days", "5"), ("note", "案情复杂")]),
        head("extensions", [("choice", "approve"), ("authority", "head"), ("days", "5"), ("note", "案情复杂")]),
        RouteRow(
            route: "GET /grants", door: .open, path: "/grants?q=x&month=2018-11&item=x&body=x&holder=x&after=x",
            answers: [:]),
        RouteRow(route: "GET /grants.json", door: .open, path: "/grants.json?month=2018-11", answers: [:]),
        RouteRow(route: "GET /grants.csv", door: .open, path: "/grants.csv", answers: [:]),
        RouteRow(
            route: "GET /overruns", door: .open, path: "/overruns?month=2018-11&state=unexplained&after=x",
            answers: [:]),
        RouteRow(
            route: "GET /overruns.json", door: .open, path: "/overruns.json?month=2018-11&state=unexplained",
            answers: [:]),
        RouteRow(route: "GET /overruns.csv", door: .open, path: "/overruns.csv", answers: [:]),
        both("third-parties", [("name", "邻居"), ("note", "设施相邻")]),
    ]

    private static func own(
        _ deed: String, at stage: Dossier.Stage.Name, after: [(UInt64, DossierCommand)], file: String? = nil
    ) -> RouteRow {
        var row = dossier("POST /dossiers/{dossier}/\(deed)", "/dossiers/DOSSIER/\(deed)", .done, at: stage, file: file)
        (row.after, row.lacking) = (after, file)
        return row
    }

    private static func counter(
        _ deed: String, at stage: Dossier.Stage.Name, _ fields: [(String, String)] = [],
        after: [(UInt64, DossierCommand)] = [], lacking: String? = nil
    ) -> RouteRow {
        var row = self.deed(deed, at: stage, fields)
        (row.after, row.lacking) = (after, lacking)
        return row
    }

    /// A deed of the head's alone.
    private static func head(_ deed: String, _ fields: [(String, String)]) -> RouteRow {
        var answers: [Visitor: Expected] = [:]
        for officer in officers { answers[officer] = .refused(PermitRefusal.noPower) }
        answers[.head] = .done
        return RouteRow(
            route: "POST /office/dossiers/{dossier}/{deed}", door: .office, path: "/office/dossiers/DOSSIER/\(deed)",
            stage: .inReview, fields: fields, answers: answers)
    }

    /// A deed of whoever examines or decides.
    private static func both(_ deed: String, _ fields: [(String, String)]) -> RouteRow {
        var answers: [Visitor: Expected] = [.reviewer: .done, .decider: .done]
        // Whoever has one of the two powers elsewhere lacks the other: the last one asked for is what she is told of.
        answers[.otherReviewer] = .refused(PermitRefusal.noPower)
        answers[.otherDecider] = .refused(PermitRefusal.outOfScope)
        answers[.head] = .refused(PermitRefusal.noPower)
        return RouteRow(
            route: "POST /office/dossiers/{dossier}/{deed}", door: .office, path: "/office/dossiers/DOSSIER/\(deed)",
            stage: .inReview, fields: fields, answers: answers)
    }
}
