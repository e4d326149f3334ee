import Documents
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import Testing
import Vocabulary
import Windows

@testable import Web

/// How long people waited, as those see it who answer for a place.
@Suite struct QueuePageTests {
    /// A house whose hall in Jin'an served some, sealed and counted.
    private func counted(
        _ body: @escaping @Sendable (DoorHouse, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let cast = try await Cast(house)
                let clerk = Caller(client: client, session: try await cast.session(of: .clerk), house: house)
                #expect(try await clerk.post("/window/seat", [("window", "350111 1")]).status == .seeOther)
                for minutes in [4, 9, 21] as [Int64] {
                    _ = try await house.hall.takeTicket(
                        Hall.TicketWish(at: try #require(HallCode("350111")), for: .comprehensive), by: .triage,
                        actor: .platform, attempt: try #require(Attempt(form: house.hall.newToken())))
                    house.clock.move(seconds: minutes * 60)
                    for deed in ["call", "start"] {
                        #expect(try await clerk.post("/window/queue/\(deed)").status == .seeOther)
                    }
                    house.clock.move(seconds: 420)
                    #expect(try await clerk.post("/window/queue/finish").status == .seeOther)
                }
                let sealer = Sealer(store: house.hall.store, holder: "test", origin: "test") { $0 }
                while try await sealer.seal(now: house.hall.time.now()) > 0 {}
                try await VisitFollower(hall: house.hall).follow()
                try await body(house, client)
            }
        }
    }

    private static let path = "/office/statistics/queues"

    @Test func `a supervisor sees how long people waited, by hall and hour, and each window's tickets`() async throws {
        try await counted { _, client in
            let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
            let page = try await supervisor.get(Self.path).page
            // 4, 9 and 21 minutes: half waited at most nine, two of three less than fifteen.
            for text in ["9分钟", "21分钟", "66.67%", "15分钟"] { #expect(page.contains(text), "\(text)") }
            let hours = page.matches(of: /<td class="heat-[1-5]" data-value="([0-9]+)">/).compactMap { Int($0.1) }
            #expect(!hours.isEmpty && hours.allSatisfy { (4 * 60...21 * 60).contains($0) })
            let hall = try await supervisor.get(Self.path + "?hall=350111").page
            let link = try #require(hall.firstMatch(of: /href="([^"]+\/visits[^"]+)"/)).1.replacing("&amp;", with: "&")
            let list = try await supervisor.get(String(link)).page
            #expect(list.matches(of: /<tr data-row>/).count == 3 && list.contains("A001"))
            let ticket = try #require(list.firstMatch(of: /href="(\/office\/halls\/350111\/tickets\/[^"]+)"/)).1
            #expect(try await supervisor.get(String(ticket)).page.contains("A001"))
            #expect(try await supervisor.get(Self.path + "/visits?hall=350111").status == 404, "of no window")
            #expect(try await supervisor.get(Self.path + "/visits?window=1").status == 404, "of no hall")
        }
    }

    @Test func `the files say what the page says`() async throws {
        try await counted { _, client in
            let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
            let csv = try await supervisor.get(Self.path + ".csv").page
            let lines = csv.split(whereSeparator: \.isNewline).map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            #expect(lines.count == 2 && lines[1][0] == "350111")
            // Tickets, served, left, half, nine in ten, soon, average wait and handling, cases, results.
            #expect(lines[1].dropFirst(2) == ["3", "3", "0.00", "9", "21", "66.67", "11.3", "7.0", "0", "0"])
            #expect(try await supervisor.get(Self.path + ".xlsx").status == 200)
            let sorted = try await supervisor.get(Self.path + ".csv?hall=350111&sort=taken").page
            #expect(sorted.contains("1,1号窗口,3,3,"))
        }
    }

    @Test func `before anybody came the page says so, and months without tickets too`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                _ = try await Cast(house)
                let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
                #expect(try await supervisor.get(Self.path).page.contains("还没有结束的号票"))
            }
        }
        try await counted { _, client in
            let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
            let page = try await supervisor.get(Self.path + "?from=2019-01&to=2019-02").page
            #expect(page.contains("所选月份没有号票"))
        }
    }
}
