@testable import Web

extension RouteRow {
    /// The figures of the city.
    static let statistics: [RouteRow] =
        ["", ".csv", ".xlsx", "/report", "/cases"].map { part in
            RouteRow(
                route: "GET /office/statistics\(part)", door: .office,
                path: "/office/statistics\(part)" + (part == "/cases" ? "?figure=filed" : ""),
                answers: [.supervisor: .answers(200), .head: .answers(200)])
        }
        + [
            ("", ""), (".csv", "?table=steps"), (".xlsx", ""), ("/cases", "?of=step&what=decision"),
        ].map { part, query in
            RouteRow(
                route: "GET /office/bottlenecks\(part)", door: .office, path: "/office/bottlenecks\(part)\(query)",
                answers: [.supervisor: .answers(200), .head: .answers(200)])
        }
}
