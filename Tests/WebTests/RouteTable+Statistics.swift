import Windows

@testable import Web

extension RouteRow {
    /// The figures of the city.
    static let statistics: [RouteRow] =
        [
            ("", ""), (".csv", ""), (".xlsx", ""), ("/report", ""), ("/cases", "?figure=filed"), ("/queues", ""),
            ("/queues.csv", "?hall=350111"), ("/queues.xlsx", "?sort=-median"),
            ("/queues/visits", "?hall=350111&window=1"),
        ].map { part, asked in
            RouteRow(
                route: "GET /office/statistics\(part)", door: .office, path: "/office/statistics\(part)\(asked)",
                answers: [.supervisor: .answers(200), .head: .answers(200)])
        } + [
            RouteRow(
                route: "GET /office/halls/{hall}/tickets/{ticket}", door: .office,
                path: "/office/halls/350111/tickets/00000000000000000000000001",
                answers: Dictionary(
                    uniqueKeysWithValues: [Visitor.administrator, .supervisor, .head].map {
                        ($0, .refused(QueueRefusal.ticketNotFound))
                    }))
        ]
        + [
            ("", ""), (".csv", "?table=steps"), (".xlsx", ""), ("/cases", "?of=step&what=decision"),
        ].map { part, query in
            RouteRow(
                route: "GET /office/bottlenecks\(part)", door: .office, path: "/office/bottlenecks\(part)\(query)",
                answers: [.supervisor: .answers(200), .head: .answers(200)])
        }
}
