import Accounts
import Dossiers
import Hall
import Supervision
import Vocabulary

@testable import Web

/// Electronic supervision: lights, findings and orders.
extension RouteRow {
    private static let nobody = "00000000000000000000000001"

    private static func each(_ visitors: [Visitor], _ expected: Expected) -> [Visitor: Expected] {
        Dictionary(uniqueKeysWithValues: visitors.map { ($0, expected) })
    }

    /// Whoever sees what is found.
    private static let overseers: [Visitor] = [.supervisor, .head]
    /// Whoever gives orders and whoever answers them.
    private static let ordering: [Visitor] = [
        .supervisor, .head, .reviewer, .otherReviewer, .decider, .otherDecider,
    ]

    static let supervision: [RouteRow] = [
        RouteRow(
            route: "GET /office/supervision", door: .office, path: "/office/supervision",
            answers: each(overseers, .answers(200))),
        // A stream has no end; that of a view that is none is refused.
        RouteRow(
            route: "GET /office/supervision/{view}/events", door: .office, path: "/office/supervision/nothing/events",
            answers: each(overseers, .refused(DoorRefusal.noSuchPage))),
        RouteRow(
            route: "GET /office/supervision/findings", door: .office,
            path: "/office/supervision/findings?state=x&after=1.2", answers: each(overseers, .answers(200))),
        RouteRow(
            route: "GET /office/supervision/lights", door: .office, path: "/office/supervision/lights",
            answers: [.supervisor: .answers(200)]),
        RouteRow(
            route: "POST /office/supervision/lights", door: .office, path: "/office/supervision/lights",
            fields: [("item", ""), ("from", "2026-12-31"), ("left", "20"), ("day", "50"), ("seen", "0")],
            answers: [.supervisor: .done]),
        RouteRow(
            route: "GET /office/supervision/cases/{dossier}", door: .office,
            path: "/office/supervision/cases/DOSSIER", stage: .inReview, answers: each(overseers, .answers(200))),
        RouteRow(
            route: "POST /office/supervision/cases/{dossier}/{deed}", door: .office,
            path: "/office/supervision/cases/DOSSIER/orders", stage: .inReview,
            fields: [("text", "请说明原因"), ("days", "3")],
            answers: [.supervisor: .done, .head: .refused(PerformerRefusal.notAllowed)]),
        RouteRow(
            route: "GET /office/orders", door: .office, path: "/office/orders?stage=x&after=1",
            answers: each(ordering, .answers(200))),
        RouteRow(
            route: "GET /office/orders", door: .office, path: "/office/orders?case=\(nobody)",
            answers: each(ordering, .answers(200))),
        RouteRow(
            route: "GET /office/orders/{order}", door: .office, path: "/office/orders/\(nobody)",
            answers: each(ordering, .refused(OrderRefusal.notFound))),
        RouteRow(
            route: "POST /office/orders/{order}/{deed}", door: .office, path: "/office/orders/\(nobody)/answers",
            fields: [("seen", "0"), ("text", "系统故障"), ("done", "已办结")],
            answers: each(ordering, .refused(OrderRefusal.notFound))),
    ]
}
