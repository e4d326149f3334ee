import Supervision

@testable import Web

extension RouteRow {
    private static let readers: [Visitor] = [
        .clerk, .farClerk, .reviewer, .otherReviewer, .decider, .otherDecider, .head, .issuer, .farIssuer, .editor,
        .supervisor, .administrator, .assistant,
    ]
    private static let unknown = "00000000000000000000000000"

    private static func each(_ visitors: [Visitor], _ answer: Expected) -> [Visitor: Expected] {
        Dictionary(uniqueKeysWithValues: visitors.map { ($0, answer) })
    }

    /// Reviews of closed files.
    static let fileReviews: [RouteRow] =
        [
            RouteRow(
                route: "GET /file-reviews", door: .open, path: "/file-reviews",
                answers: [:]),
            RouteRow(
                route: "GET /file-reviews/{review}", door: .open, path: "/file-reviews/\(unknown)",
                answers: each(Visitor.allCases, .refused(FileReviewRefusal.notFound))),
            RouteRow(
                route: "GET /office/file-reviews", door: .office, path: "/office/file-reviews",
                answers: each(readers, .answers(200))),
            RouteRow(
                route: "POST /office/file-reviews", door: .office, path: "/office/file-reviews",
                fields: [("from", "x")], answers: each(readers, .answers(422))),
            RouteRow(
                route: "GET /office/reviewed-files/{file}", door: .office, path: "/office/reviewed-files/\(unknown)",
                answers: each(readers, .refused(FileReviewRefusal.notFound))),
            RouteRow(
                route: "POST /office/reviewed-files/{file}/{deed}", door: .office,
                path: "/office/reviewed-files/\(unknown)/confirmation",
                answers: each(readers, .refused(FileReviewRefusal.notFound))),
        ]
        + ["", "/population.txt", "/results.csv", "/results.xlsx", "/report"].map { part in
            RouteRow(
                route: "GET /office/file-reviews/{review}\(part)", door: .office,
                path: "/office/file-reviews/\(unknown)\(part)",
                answers: [.supervisor: .refused(FileReviewRefusal.notFound)])
        } + [
            RouteRow(
                route: "POST /office/file-reviews/{review}/{deed}", door: .office,
                path: "/office/file-reviews/\(unknown)/draw",
                answers: [.supervisor: .refused(FileReviewRefusal.notFound)])
        ]
}
