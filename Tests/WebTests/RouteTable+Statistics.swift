@testable import Web

extension RouteRow {
    /// The figures of the city.
    static let statistics: [RouteRow] = ["", ".csv", ".xlsx", "/report", "/cases"].map { part in
        RouteRow(
            route: "GET /office/statistics\(part)", door: .office,
            path: "/office/statistics\(part)" + (part == "/cases" ? "?figure=filed" : ""),
            answers: [.supervisor: .answers(200), .head: .answers(200)])
    }
}
