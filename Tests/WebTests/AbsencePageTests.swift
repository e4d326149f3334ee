import Accounts
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// Leave and deputies at the door.
@Suite struct AbsencePageTests {
    private static let path = "/staff/absences"

    @Test func `leave that cannot be comes back with what was typed, and says at which field`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let officer = try await DoorVisitor(client, "review-hrss")
                let today = house.hall.time.now().day
                let days = [
                    ("from", today.advanced(byDays: 1).description), ("until", today.advanced(byDays: 2).description),
                ]
                let cases: [([(String, String)], String, String)] = [
                    (
                        [("deputy", "YC-1015"), ("from", "2026-13-99"), ("until", "2026-12-30")], "form.day-malformed",
                        "from"
                    ),
                    ([("deputy", "YC-1015"), days[0], ("until", "tomorrow")], "form.day-malformed", "until"),
                    ([("deputy", "nobody")] + days, AccountRefusal.staffNotFound.code, "deputy"),
                    ([("deputy", "YC-1003")] + days, AccountRefusal.deputyIsOneself.code, "deputy"),
                ]
                for (fields, code, field) in cases {
                    let answer = try await officer.answer(
                        Self.path, on: Self.path, [("staff", "YC-1003")] + fields)
                    let page = String(buffer: answer.body)
                    #expect(answer.status.code >= 400 && page.contains(code), "\(code)")
                    #expect(page.contains("field-absences-\(field)-error"), "\(code) is said at \(field)")
                    for (_, value) in fields { #expect(page.contains("value=\"\(value)\""), "\(value) stays") }
                }
                #expect(try await officer.get(Self.path).page.contains("/ending") == false, "nothing was entered")
            }
        }
    }
}
