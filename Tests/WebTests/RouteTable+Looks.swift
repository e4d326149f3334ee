import Accounts
import Dossiers
import Hall
import Supervision
import Vocabulary

@testable import Web

/// The access ledger: everybody reads the looks at what is hers; supervisors read what is unusual; who answers a
/// question says the house, not the door.
extension RouteRow {
    private static let nobody = "00000000000000000000000001"
    private static let people: [Visitor] = [.stranger, .otherAgent, .applicant]
    private static let staff: [Visitor] = [
        .clerk, .farClerk, .reviewer, .otherReviewer, .decider, .otherDecider, .head, .issuer, .farIssuer,
        .editor, .supervisor, .administrator, .assistant,
    ]

    private static func each(_ visitors: [Visitor], _ expected: Expected) -> [Visitor: Expected] {
        Dictionary(uniqueKeysWithValues: visitors.map { ($0, expected) })
    }

    static let looks: [RouteRow] = [
        RouteRow(
            route: "GET /looks", door: .portal, path: "/looks?of=x&before=y&person=z",
            answers: each(people, .answers(200))),
        RouteRow(
            route: "GET /looks/{look}", door: .portal, path: "/looks/\(nobody)",
            answers: each(people, .refused(LookInquiryRefusal.lookNotFound))),
        RouteRow(
            route: "POST /looks/{look}/{deed}", door: .portal, path: "/looks/\(nobody)/questions",
            fields: [("text", "为什么查阅")], answers: each(people, .refused(LookInquiryRefusal.lookNotFound))),
        RouteRow(
            route: "GET /office/looks", door: .office, path: "/office/looks?month=x",
            answers: [.supervisor: .answers(200)]),
        RouteRow(
            route: "GET /office/looks/patterns/{pattern}", door: .office,
            path: "/office/looks/patterns/after-hours?month=2026-11&body=window",
            answers: [.supervisor: .answers(200)]),
        RouteRow(
            route: "GET /office/looks/demands/{look}", door: .office, path: "/office/looks/demands/\(nobody)",
            answers: [.supervisor: .refused(LookInquiryRefusal.lookNotFound)]),
        RouteRow(
            route: "POST /office/looks/demands/{look}", door: .office, path: "/office/looks/demands/\(nobody)",
            fields: [("text", "请说明")], answers: [.supervisor: .refused(LookInquiryRefusal.lookNotFound)]),
        RouteRow(
            route: "GET /office/looks/questions", door: .office, path: "/office/looks/questions?stage=x&after=1",
            answers: each(staff, .answers(200))),
        RouteRow(
            route: "GET /office/looks/questions/{inquiry}", door: .office, path: "/office/looks/questions/\(nobody)",
            answers: each(staff, .refused(LookInquiryRefusal.notFound))),
        RouteRow(
            route: "POST /office/looks/questions/{inquiry}/{deed}", door: .office,
            path: "/office/looks/questions/\(nobody)/answers", fields: [("verdict", "justified"), ("text", "有理由")],
            answers: each(staff, .refused(LookInquiryRefusal.notFound))),
        RouteRow(
            route: "GET /office/relatives", door: .office, path: "/office/relatives?staff=NOBODY-1",
            answers: each([.head, .administrator], .answers(404))),
        RouteRow(
            route: "POST /office/relatives", door: .office, path: "/office/relatives",
            fields: [("staff", "NOBODY-1"), ("kind", "spouse"), ("name", "李四")],
            answers: each([.head, .administrator], .answers(404))),
        RouteRow(
            route: "POST /office/relatives/{relative}/withdrawal", door: .office,
            path: "/office/relatives/\(nobody)/withdrawal", fields: [("staff", "NOBODY-1")],
            answers: each([.head, .administrator], .refused(AccountRefusal.staffNotFound))),
    ]
}
