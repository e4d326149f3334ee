import Exchange
import Vocabulary

@testable import Web

/// The addresses around links to other houses.
extension RouteRow {
    private static let nobody = "00000000000000000000000001"

    static let links: [RouteRow] = [
        row("GET /office/exchange/records", "/office/exchange/records?number=0", .answers(200)),
        row("GET /office/exchange/links", "/office/exchange/links", .answers(200)),
        row(
            "GET /office/exchange/links/{subscription}", "/office/exchange/links/\(nobody)?day=x",
            .refused(ExchangeRefusal.notFound)),
        row(
            "POST /office/exchange/links/{subscription}/comparisons", "/office/exchange/links/\(nobody)/comparisons",
            .refused(ExchangeRefusal.notFound), [("day", "2026-11-24")]),
        row(
            "POST /office/exchange/links/{subscription}/healings", "/office/exchange/links/\(nobody)/healings",
            .refused(ExchangeRefusal.notFound), [("day", "2026-11-24"), ("all", "1")]),
        row(
            "POST /office/exchange/links/{subscription}/sendings", "/office/exchange/links/\(nobody)/sendings",
            .refused(ExchangeRefusal.notFound), [("family", "up_pro_accept"), ("key", "x")]),
        row(
            "POST /office/exchange/links/{subscription}/repetitions", "/office/exchange/links/\(nobody)/repetitions",
            .refused(ExchangeRefusal.notFound), [("arrival", "1")]),
    ]

    private static func row(
        _ route: String, _ path: String, _ expected: Expected, _ fields: [(String, String)] = []
    ) -> RouteRow {
        RouteRow(
            route: route, door: .office, path: path, fields: fields,
            answers: [.supervisor: expected, .administrator: expected])
    }
}
