import Hall
import Vocabulary
import Windows

@testable import Web

/// Halls, queues and appointments. A browser that is no kiosk takes no ticket; a ticket is its holder's who has its
/// address.
extension RouteRow {
    private static let nobody = "00000000000000000000000001"
    private static let hall = "/halls/350111"

    private static func everybody(_ expected: Expected) -> [Visitor: Expected] {
        Dictionary(uniqueKeysWithValues: Visitor.allCases.map { ($0, expected) })
    }

    private static func open(_ route: String, _ path: String, _ expected: Expected) -> RouteRow {
        RouteRow(route: route, door: .open, path: hall + path, answers: everybody(expected))
    }

    private static let citizens: [Visitor] = [.stranger, .otherAgent, .applicant]

    private static func portal(
        _ route: String, _ path: String, _ expected: Expected, _ fields: [(String, String)] = []
    ) -> RouteRow {
        RouteRow(
            route: route, door: .portal, path: hall + path, fields: fields,
            answers: Dictionary(uniqueKeysWithValues: citizens.map { ($0, expected) }))
    }

    private static let seats: [Visitor] = [.clerk, .farClerk, .issuer, .farIssuer]

    /// Those of this city, and those of another one.
    private static func seat(
        _ route: String, _ path: String, _ near: Expected, far: Expected? = nil, _ fields: [(String, String)] = []
    ) -> RouteRow {
        let answers = seats.map { ($0, $0 == .farClerk || $0 == .farIssuer ? far ?? near : near) }
        return RouteRow(
            route: route, door: .window, path: path, fields: fields, answers: Dictionary(uniqueKeysWithValues: answers))
    }

    private static func admin(
        _ route: String, _ path: String, _ expected: Expected, _ fields: [(String, String)] = []
    ) -> RouteRow {
        RouteRow(route: route, door: .office, path: path, fields: fields, answers: [.administrator: expected])
    }

    static let halls: [RouteRow] = [
        RouteRow(route: "GET /halls", door: .open, path: "/halls", answers: [:]),
        open("GET /halls/{hall}", "", .answers(200)),
        open("GET /halls/{hall}/board", "/board", .answers(200)),
        open("GET /halls/{hall}/windows/{window}", "/windows/1", .answers(200)),
        // A stream has no end; that of a hall that is none is refused.
        RouteRow(
            route: "GET /halls/{hall}/board/events", door: .open, path: "/halls/350199/board/events",
            answers: everybody(.refused(WindowRefusal.hallNotFound))),
        open(
            "GET /halls/{hall}/windows/{window}/events", "/windows/99/events", .refused(WindowRefusal.windowNotFound)),
        open("GET /halls/{hall}/kiosk", "/kiosk", .refused(WindowRefusal.kioskUnknown)),
        open("GET /halls/{hall}/kiosk/items", "/kiosk/items", .refused(WindowRefusal.kioskUnknown)),
        open("GET /halls/{hall}/kiosk/ticket", "/kiosk/ticket?need=issuing", .refused(WindowRefusal.kioskUnknown)),
        RouteRow(
            route: "POST /halls/{hall}/kiosk/ticket", door: .open, path: hall + "/kiosk/ticket",
            fields: [("need", "comprehensive")], answers: everybody(.refused(WindowRefusal.kioskUnknown))),
        open(
            "GET /halls/{hall}/kiosk/tickets/{ticket}", "/kiosk/tickets/\(nobody)",
            .refused(WindowRefusal.kioskUnknown)),
        open("GET /halls/{hall}/tickets/{ticket}", "/tickets/\(nobody)", .refused(QueueRefusal.ticketNotFound)),
        open(
            "POST /halls/{hall}/tickets/{ticket}/cancellation", "/tickets/\(nobody)/cancellation",
            .refused(QueueRefusal.ticketNotFound)),
        open(
            "POST /halls/{hall}/tickets/{ticket}/return", "/tickets/\(nobody)/return",
            .refused(QueueRefusal.ticketNotFound)),
        portal("POST /halls/{hall}/tickets", "/tickets", .done, [("need", "comprehensive"), ("priority", "")]),
        portal("GET /halls/{hall}/appointments", "/appointments?q=food", .answers(200)),
        portal(
            "POST /halls/{hall}/appointments", "/appointments", .done,
            [("item", "ITEM"), ("slot", "2026-11-25 540")]),
        portal(
            "POST /halls/{hall}/appointments/{appointment}/cancellation", "/appointments/\(nobody)/cancellation",
            .refused(AppointmentRefusal.notFound)),
        portal(
            "POST /halls/{hall}/appointments/{appointment}/arrival", "/appointments/\(nobody)/arrival",
            .refused(AppointmentRefusal.notFound)),
        seat("GET /window/queue", "/window/queue", .answers(200)),
        seat("GET /window/queue/applicant", "/window/queue/applicant", .refused(WindowRefusal.noSeat)),
        seat("POST /window/queue/{deed}", "/window/queue/call", .answers(409)),
        // A window that does not exist: what opens one, `QueueDeskTests` shows.
        seat("POST /window/seat", "/window/seat", .answers(404), far: .answers(403), [("window", "350111 99")]),
        seat("POST /window/seat/pause", "/window/seat/pause", .answers(409), [("reason", "rest")]),
        seat("POST /window/seat/closing", "/window/seat/closing", .answers(409)),
        seat("GET /window/triage", "/window/triage", .answers(200)),
        seat(
            "GET /window/triage/{hall}/{ticket}", "/window/triage/350111/\(nobody)",
            .refused(QueueRefusal.ticketNotFound)),
        RouteRow(
            route: "POST /window/triage", door: .window, path: "/window/triage",
            fields: [("hall", "350111"), ("need", "comprehensive"), ("priority", "disabled")],
            answers: [
                .clerk: .done, .issuer: .done, .farClerk: .refused(WindowRefusal.otherPlace),
                .farIssuer: .refused(WindowRefusal.otherPlace),
            ]),
        admin("GET /office/halls", "/office/halls", .answers(200)),
        admin(
            "POST /office/halls", "/office/halls", .done,
            [
                ("code", "350111001"), ("name", "示例街道大厅"), ("name-en", "Sample hall"), ("address", "示例路"),
                ("address-en", "Shili Road"), ("places", "5"),
            ]),
        admin("GET /office/halls/{hall}", "/office/halls/350111", .answers(200)),
        admin("GET /office/halls/{hall}/minutes", "/office/halls/350111/minutes?day=x&after=A1", .answers(200)),
        admin(
            "POST /office/halls/{hall}/{deed}", "/office/halls/350111/windows", .done,
            [("number", "77"), ("capability", "comprehensive")]),
    ]
}
