import Delivery
import Hall
import Vocabulary
import Windows

@testable import Web

/// Originals at the doors: at a window only for whoever sits at one, in an office for oneself. What is taken, handed on
/// and counted, `OriginalsDoorTests` shows.
extension RouteRow {
    private static let label = CustodyCode(bits: 5).text
    private static let seated: [Visitor] = [.clerk, .farClerk, .issuer, .farIssuer]

    private static func both(
        _ method: String, _ path: String, _ real: String, _ window: Expected, office: Expected? = nil,
        _ fields: [(String, String)] = []
    ) -> [RouteRow] {
        let doors: [(door: Web.Door, visitors: [Visitor], expected: Expected)] = [
            (.window, seated, window), (.office, officers, office ?? window),
        ]
        return doors.map { door, visitors, expected in
            let address = Paths.originals(door)
            return RouteRow(
                route: "\(method) \(address)\(path)", door: door == .window ? .window : .office,
                path: address + real, fields: fields,
                answers: Dictionary(uniqueKeysWithValues: visitors.map { ($0, expected) }))
        }
    }

    static let originals: [RouteRow] =
        both("GET", "", "", .answers(200))
        + both("POST", "", "", .answers(404), [("label", label)])
        + both("GET", "/count", "/count", .answers(200))
        + both("POST", "/count", "/count", .refused(WindowRefusal.noSeat), office: .answers(200), [("labels", "")])
        + both("GET", "/{code}", "/\(label)", .refused(CustodyRefusal.notFound))
        + both("GET", "/{code}/label", "/\(label)/label", .refused(CustodyRefusal.notFound))
        + both("POST", "/{code}/{deed}", "/\(label)/withdrawal", .refused(CustodyRefusal.notFound))
        + [
            RouteRow(
                route: "POST /window/dossiers/{dossier}/originals", door: .window,
                path: "/window/dossiers/DOSSIER/originals", fields: [("material", "restPlan"), ("sheets", "2")],
                answers: [.clerk: .answers(409), .farClerk: .refused(PerformerRefusal.notAllowed)])
        ]
}
