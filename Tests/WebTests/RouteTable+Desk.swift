import Accounts
import Dossiers
import Hall
import Vocabulary

@testable import Web

/// Desks: what is due soon, like cases together, leave and deputies.
extension RouteRow {
    private static let staff: [Visitor] = [
        .clerk, .farClerk, .reviewer, .otherReviewer, .decider, .otherDecider, .issuer, .farIssuer, .editor,
        .supervisor, .head, .administrator, .assistant,
    ]

    private static func each(_ visitors: [Visitor], _ expected: Expected) -> [Visitor: Expected] {
        Dictionary(uniqueKeysWithValues: visitors.map { ($0, expected) })
    }

    private static let others: [Visitor] = [.reviewer, .otherReviewer, .otherDecider, .head]

    static let desks: [RouteRow] = [
        RouteRow(
            route: "GET /office/due-soon", door: .office, path: "/office/due-soon?after=x",
            answers: each([.supervisor, .head], .answers(200))),
        RouteRow(
            route: "POST /office/due-soon/{dossier}/urging", door: .office, path: "/office/due-soon/DOSSIER/urging",
            stage: .inReview, answers: each([.supervisor, .head], .done)),
        RouteRow(
            route: "GET /office/batch", door: .office, path: "/office/batch?dossier=DOSSIER", stage: .reviewed,
            answers: each(others, .refused(PerformerRefusal.notAllowed)).merging([.decider: .answers(200)]) { $1 }),
        RouteRow(
            route: "POST /office/batch/decisions", door: .office, path: "/office/batch/decisions", stage: .reviewed,
            fields: [
                ("dossier", "DOSSIER"), ("token-DOSSIER", "DOSSIER"), ("choice", "grant"), ("note", "符合法定条件"),
            ],
            answers: each(others, .answers(409)).merging([.decider: .answers(200)]) { $1 }),
        RouteRow(
            route: "GET /staff/absences", door: .office, path: "/staff/absences", answers: each(staff, .answers(200))),
        // Everybody enters her own; an administrator anybody's, but none twice.
        RouteRow(
            route: "POST /staff/absences", door: .office, path: "/staff/absences",
            fields: [("staff", "XM-1"), ("deputy", "XM-2"), ("from", "2026-12-01"), ("until", "2026-12-02")],
            answers: each(staff, .refused(PerformerRefusal.notAllowed)).merging([
                .farClerk: .done, .administrator: .answers(409),
            ]) { $1 }),
        RouteRow(
            route: "POST /staff/absences/{absence}/ending", door: .office,
            path: "/staff/absences/00000000000000000000000001/ending",
            answers: each(staff, .refused(AccountRefusal.absenceNotFound))),
    ]
}
