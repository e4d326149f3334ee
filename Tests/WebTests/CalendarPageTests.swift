import Accounts
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

/// The calendar in the office: a file is looked at before it is taken, and what is wrong is said at its field.
@Suite struct CalendarPageTests {
    private func open(_ body: @escaping @Sendable (DoorHouse, DoorVisitor) async throws -> Void) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                try await body(house, try await DoorVisitor(client, "admin"))
            }
        }
    }

    /// A closure announced today, for tomorrow.
    private static func fields(_ house: DoorHouse, _ lines: String...) -> [(String, String)] {
        let today = house.hall.time.now().day
        let tomorrow = "\(today.advanced(byDays: 1))"
        let text = (["region,date,name,kind"] + lines.map { $0.replacing("TOMORROW", with: tomorrow) })
            .joined(separator: "\r\n")
        return [("kind", "closures"), ("source", "榕防指示例1号"), ("announced", "\(today)"), ("text", text)]
    }

    @Test func `a closure is looked at, taken and listed, and the year shows it`() async throws {
        try await open { house, admin in
            let path = Paths.calendar
            let fields = Self.fields(house, "350100,TOMORROW,台风,closed")
            let preview = try await admin.answer(Paths.calendarPreview, on: path, fields)
            #expect(preview.status.code == 200)
            let page = String(buffer: preview.body)
            #expect(page.contains("更新的影响") && page.contains("name=\"seen\" value=\"0\""))
            #expect(house.hall.book.lastNumber == 0, "nothing is written")
            // The page of the effect carries what it needs to go on.
            let tokens = page.matches(of: /name="(csrf|token|kind|source|announced|seen|text)" value="([^"]*)"/)
            let body = tokens.map { "\($0.1)=\(Paths.query(String($0.2)))" }.joined(separator: "&")
            let taken = try await admin.client.execute(
                uri: "\(path)/editions", method: .post,
                headers: [.cookie: admin.cookie, .contentType: "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: body))
            #expect(taken.status.code == 303 && taken.headers[.location] == Paths.calendarEdition(1))
            let edition = try await admin.get(Paths.calendarEdition(1)).page
            #expect(edition.contains("榕防指示例1号") && edition.contains("台风") && edition.contains("没有期限变动"))
            let year = house.hall.time.now().day.advanced(byDays: 1).year
            let shown = try await admin.get("\(path)?year=\(year)&region=350121").page
            #expect(shown.contains("<td class=\"closed\"") && shown.contains("闽侯县"))
            // The same effect is shown no more: the calendar says it already, and the old page is out of date.
            let again = try await admin.answer(Paths.calendarPreview, on: path, fields)
            #expect(String(buffer: again.body).contains("日历已经包含这些内容"))
            let late = try await admin.client.execute(
                uri: "\(path)/editions", method: .post,
                headers: [.cookie: admin.cookie, .contentType: "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: body))
            #expect(late.status.code == 409)
            #expect(String(buffer: late.body).contains("calendar.changed-meanwhile"))
        }
    }

    @Test func `what is wrong is said at its field, with its line`() async throws {
        try await open { house, admin in
            let path = Paths.calendar
            let twice = Self.fields(house, "350100,TOMORROW,台风,closed", "350100,TOMORROW,台风,closed")
            let refused = try await admin.answer(Paths.calendarPreview, on: path, twice)
            #expect(refused.status.code == 422)
            let page = String(buffer: refused.body)
            #expect(page.contains("第3行。同一天出现两次") && page.contains("榕防指示例1号"))
            for (name, value) in [("source", ""), ("announced", "明天"), ("announced", "2999-01-01"), ("text", "")] {
                var fields = Self.fields(house, "350100,TOMORROW,台风,closed").filter { $0.0 != name }
                fields.append((name, value))
                #expect(try await admin.send(Paths.calendarPreview, on: path, fields) == 422, "\(name)")
            }
            var fields = Self.fields(house).filter { $0.0 != "kind" }
            fields.append(("kind", "weather"))
            #expect(try await admin.send(Paths.calendarPreview, on: path, fields) == 400)
            #expect(house.hall.book.lastNumber == 0)
        }
    }

    @Test func `a file is uploaded, and a foreign form uploads nothing`() async throws {
        try await open { house, admin in
            let page = try await admin.get(Paths.calendar).page
            let csrf = try #require(page.firstMatch(of: /name="csrf" value="([^"]*)"/)).1
            let fields = Self.fields(house, "350100,TOMORROW,台风,closed")
            let send = { (csrf: String, file: [UInt8]) in
                var body = ""
                for (name, value) in [("csrf", csrf)] + fields.dropLast() {
                    body += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
                }
                body += "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
                return try await admin.client.execute(
                    uri: Paths.calendarPreview, method: .post,
                    headers: [.cookie: admin.cookie, .contentType: "multipart/form-data; boundary=b"],
                    body: ByteBuffer(bytes: Array(body.utf8) + file + Array("\r\n--b--\r\n".utf8)))
            }
            let file = Array((fields.last?.1 ?? "").utf8)
            #expect(try await send(String(csrf), file).status.code == 200)
            #expect(try await send(String(csrf), [0xC9, 0xF3, 0x2C]).status.code == 422)
            #expect(try await send(String(csrf), [UInt8](repeating: 65, count: 70_000)).status.code == 413)
            #expect(try await send("1.\(String(repeating: "0", count: 64))", file).status.code >= 400)
            #expect(try await admin.send(Paths.calendarPreview, on: Paths.calendar, fields) == 200)
        }
    }

    @Test func `an administrator of a county closes her county, and neither the city nor a year`() async throws {
        try await open { house, admin in
            let today = house.hall.time.now().day
            let county = try #require(Region("350121"))
            let staff = Staff(
                StaffID(house.hall.ids.next()), name: try #require(FullName("周平")),
                employeeNumber: try #require(EmployeeNumber("MH-1")), region: county)
            let grant = Grant(
                GrantID(house.hall.ids.next()), staff: staff.id, role: .administrator,
                extent: Grant.Extent(region: county), term: try Term(from: today, until: nil))
            let (deed, token) = (house.deed, SessionToken(.system))
            try await house.hall.store.write { tx in
                try StaffTable.register(staff, by: deed, in: tx)
                try GrantTable.give(grant, by: deed, in: tx)
                _ = try SessionTable.start(token, of: .staff(staff.id), now: deed.now, in: tx)
            }
            let caller = Caller(client: admin.client, session: token, house: house)
            let path = "\(Paths.calendar)/editions"
            let city = try await caller.post(path, Self.fields(house, "350100,TOMORROW,台风,closed"))
            city.expect(refusal: PermitRefusal.outOfScope)
            #expect(house.hall.book.lastNumber == 0)
            let own = try await caller.post(path, Self.fields(house, "350121,TOMORROW,台风,closed"))
            #expect(own.status.code == 303 && house.hall.book.lastNumber == 1)
        }
    }

    @Test func `a year without a schedule says so, and the months of a year add up`() async throws {
        try await open { house, admin in
            let year = house.hall.time.now().day.year + 2
            let page = try await admin.get("\(Paths.calendar)?year=\(year)").page
            #expect(house.hall.rules.clock.calendar.isPublished(year) != page.contains("months provisional"))
            let shipped = try await admin.get("\(Paths.calendar)?year=2020").page
            #expect(!shipped.contains("months provisional"))
            // Each month says how many working days it has; together they are those of the vectors.
            let counts = shipped.matches(of: /(\d+)个工作日/).compactMap { Int($0.1) }
            #expect(counts.count == 13 && counts[0] == 249 && counts.dropFirst().reduce(0, +) == 249)
        }
    }
}
