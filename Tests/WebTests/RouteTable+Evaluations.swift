import Dossiers
import Supervision
import Vocabulary
import Windows

@testable import Web

/// Evaluations: everybody reads what is published; a case is judged by whoever may act in it; who handles a bad review
/// says the house, not the door.
extension RouteRow {
    private static let nobody = "00000000000000000000000001"
    private static let staff: [Visitor] = [
        .clerk, .farClerk, .reviewer, .otherReviewer, .decider, .otherDecider, .head, .issuer, .farIssuer,
        .editor, .supervisor, .administrator, .assistant,
    ]

    private static func each(_ visitors: [Visitor], _ expected: Expected) -> [Visitor: Expected] {
        Dictionary(uniqueKeysWithValues: visitors.map { ($0, expected) })
    }

    private static func unknown(_ route: String, _ path: String, _ expected: Expected) -> RouteRow {
        RouteRow(
            route: route, door: .open, path: path, fields: [("grade", "5"), ("window", "1")],
            answers: each(Visitor.allCases, expected))
    }

    static let evaluations: [RouteRow] = [
        RouteRow(route: "GET /evaluations", door: .open, path: "/evaluations?before=x", answers: [:]),
        RouteRow(route: "GET /open-data", door: .open, path: "/open-data", answers: [:]),
        unknown("GET /open-data/{file}", "/open-data/figures-2001-01.csv", .refused(DoorRefusal.noSuchPage)),
        unknown(
            "GET /e/{place}/{of}/{mark}", "/e/case/\(nobody)/0123456789abcdef", .refused(EvaluationRefusal.linkWrong)),
        unknown(
            "POST /e/{place}/{of}/{mark}", "/e/350111/\(nobody)/0123456789abcdef",
            .refused(EvaluationRefusal.linkWrong)),
        unknown(
            "GET /halls/{hall}/kiosk/evaluation", "/halls/350111/kiosk/evaluation?window=1",
            .refused(WindowRefusal.kioskUnknown)),
        unknown(
            "POST /halls/{hall}/kiosk/evaluation", "/halls/350111/kiosk/evaluation",
            .refused(WindowRefusal.kioskUnknown)),
        dossier("GET /dossiers/{dossier}/evaluation", "/dossiers/DOSSIER/evaluation", .answers(200)),
        dossier(
            "POST /dossiers/{dossier}/evaluation", "/dossiers/DOSSIER/evaluation", .answers(409), [("grade", "5")]),
        dossier(
            "POST /dossiers/{dossier}/evaluation", "/dossiers/DOSSIER/evaluation", .answers(422), [("grade", "9")],
            at: .ended),
        dossier(
            "POST /dossiers/{dossier}/evaluation", "/dossiers/DOSSIER/evaluation", .done, [("grade", "5")],
            at: .ended),
        RouteRow(
            route: "GET /window/evaluations", door: .window, path: "/window/evaluations",
            answers: each([.clerk, .farClerk, .issuer, .farIssuer], .answers(200))),
        RouteRow(
            route: "POST /window/evaluations", door: .window, path: "/window/evaluations",
            fields: [("number", "A999"), ("channel", "phone"), ("grade", "2")],
            answers: each([.clerk, .farClerk, .issuer, .farIssuer], .answers(404))),
        RouteRow(
            route: "GET /office/evaluations", door: .office, path: "/office/evaluations",
            answers: each(staff, .answers(200))),
        RouteRow(
            route: "GET /office/evaluations/{review}", door: .office, path: "/office/evaluations/\(nobody)",
            answers: each(staff, .refused(RectificationRefusal.notFound))),
        RouteRow(
            route: "POST /office/evaluations/{review}/{deed}", door: .office,
            path: "/office/evaluations/\(nobody)/contacts", fields: [("contact", "reached"), ("note", "已致电")],
            answers: each(staff, .refused(RectificationRefusal.notFound))),
    ]
}
