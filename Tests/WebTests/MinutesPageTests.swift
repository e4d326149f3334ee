import Accounts
import Catalogue
import Dossiers
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary
import Windows

@testable import Web

/// From the ticket to the minutes, on the pages of windows and of those who run a hall.
@Suite struct MinutesPageTests {
    private static let jinan = "350111"
    private static let desk = "/office/halls/\(jinan)"

    /// A hall with somebody who waits, and those who work there.
    private struct Counter {
        let maker: CaseMaker
        let clerk: Caller
        let admin: Caller
        let client: any TestClientProtocol

        var house: DoorHouse { maker.cast.house }

        init(_ house: DoorHouse, _ client: any TestClientProtocol) async throws {
            let cast = try await Cast(house)
            maker = try await CaseMaker(cast)
            self.client = client
            clerk = Caller(client: client, session: try await cast.session(of: .clerk), house: house)
            admin = Caller(client: client, session: try await cast.session(of: .administrator), house: house)
        }

        func caller(_ visitor: Visitor) async throws -> Caller {
            Caller(client: client, session: try await maker.cast.session(of: visitor), house: house)
        }

        func take(_ need: Capability = .comprehensive, at hall: String = jinan) async throws -> TicketID {
            let code = try #require(HallCode(hall))
            return try await house.hall.takeTicket(
                Hall.TicketWish(at: code, for: need), by: .triage, actor: .platform,
                attempt: try #require(Attempt(form: house.hall.newToken())))
        }

        /// Somebody stands at the window of a clerk.
        func standing(_ clerk: Caller, at window: String, for need: Capability = .comprehensive) async throws
            -> TicketID
        {
            let id = try await take(need, at: String(window.prefix { $0 != " " }))
            #expect(try await clerk.post("/window/seat", [("window", window)]).status == .seeOther)
            house.clock.move(seconds: 660)
            #expect(try await clerk.post("/window/queue/call").status == .seeOther)
            house.clock.move(seconds: 60)
            #expect(try await clerk.post("/window/queue/start").status == .seeOther)
            return id
        }

        /// The intake of special working hours, with the ticket that its page named.
        func intake(_ served: TicketID?) async throws -> TestResponse {
            let fields = [
                ("person", maker.cast.firm.description), ("situation-system", "flexible"),
                ("situation-procedure", "examination"), ("situation-filedBy", "self"),
                ("material-applicationForm", "meets"), ("material-restPlan", "meets"), ("delivery", "counter"),
                ("mobile", "13800000001"),
            ]
            return try await clerk.post(
                "/window/intake/\(maker.line.itemCode)",
                fields + maker.answers.map { ("answer-\($0.key)", $0.value) }
                    + (served.map { [("served", $0.description)] } ?? []))
        }

        var intakePage: String {
            get async throws {
                let query =
                    "person=\(maker.cast.firm)&situation-system=flexible"
                    + "&situation-procedure=examination&situation-filedBy=self"
                return try await text(clerk.get("/window/intake/\(maker.line.itemCode)?\(query)"))
            }
        }

        func text(_ response: TestResponse) -> String { String(buffer: response.body) }
    }

    private static func open(_ body: @escaping @Sendable (Counter) async throws -> Void) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in try await body(try await Counter(house, client)) }
        }
    }

    @Test func `what is taken in at a window stands in the trace of the number and on the pages of the case`()
        async throws
    {
        try await Self.open { counter in
            let ticket = try await counter.standing(counter.clerk, at: "\(Self.jinan) 1")
            let page = try await counter.intakePage
            #expect(page.contains("name=\"served\" value=\"\(ticket)\"") && page.contains("A001"))
            counter.house.clock.move(seconds: 300)
            let filed = try await counter.intake(ticket)
            let slip = try #require(filed.headers[.location])
            let id = try #require(DossierID(String(slip.split(separator: "/")[2])))
            #expect(try await counter.clerk.post("/window/queue/interruption").status == .seeOther)
            counter.house.clock.move(seconds: 240)
            let back = [("ticket", ticket.description)]
            #expect(try await counter.clerk.post("/window/queue/resumption", back).status == .seeOther)
            counter.house.clock.move(seconds: 120)
            #expect(try await counter.clerk.post("/window/queue/finish").status == .seeOther)
            let trace = counter.text(try await counter.admin.get("\(Self.desk)/tickets/\(ticket)"))
            let number = try #require(try await counter.house.hall.shortNumber(of: id))
            for said in [
                "What happened with A001", "23 minutes from the taking to the end", "Waited 11 minutes",
                "Called to window 1", "Came to window 1", "Taken in (case \(number))", "Away for 4 minutes",
                "Back at the window", "Handled for 7 minutes", "Done",
                "aria-label=\"Waited 11 minutes, Called for 1 minute, Handled for 5 minutes",
            ] { #expect(trace.contains(said), "\(said)") }
            #expect(!trace.contains("示例企业"), "it says nothing of whose it was")
            let own = counter.text(try await counter.clerk.get("/window/dossiers/\(id)"))
            #expect(own.contains("At the windows") && own.contains("Waited 11 minutes"))
            let minutes = counter.text(try await counter.admin.get("\(Self.desk)/minutes"))
            #expect(minutes.contains("\(Self.desk)/tickets/\(ticket)") && minutes.contains("7 minutes"))
            #expect(minutes.contains("Not enough days yet") && minutes.contains("No forecast can be checked yet"))
        }
    }

    @Test func `a form whose number has left the window comes back, and files without it when it is sent again`()
        async throws
    {
        try await Self.open { counter in
            let ticket = try await counter.standing(counter.clerk, at: "\(Self.jinan) 1")
            #expect(try await counter.clerk.post("/window/queue/finish").status == .seeOther)
            let refused = try await counter.intake(ticket)
            let page = counter.text(refused)
            #expect(refused.status == .conflict && page.contains("This number does not stand at your window any more"))
            #expect(!page.contains("name=\"served\""), "another press does not bind it to somebody else")
            #expect(try await counter.intake(nil).status == .seeOther)
            let malformed = try await counter.clerk.post(
                "/window/dossiers/\(try await counter.maker.dossier(.received))/acceptance", [("served", "x")])
            #expect(malformed.status == .badRequest)
        }
    }

    @Test func `a result that is handed over stands in the trace of who fetched it`() async throws {
        try await Self.open { counter in
            let issued = try await counter.maker.dossier(.issued)
            let issuer = try await counter.caller(.issuer)
            let ticket = try await counter.standing(issuer, at: "350100 4", for: .issuing)
            let path = "/issuing/dossiers/\(issued)"
            #expect(counter.text(try await issuer.get(path)).contains("name=\"served\" value=\"\(ticket)\""))
            let fields = [
                ("number", IssuingPageTests.card), ("signature", IssuingPageTests.drawn),
                ("served", ticket.description),
            ]
            #expect(try await issuer.post(path + "/hand-over", fields).status == .seeOther)
            let trace = counter.text(try await counter.admin.get("/office/halls/350100/tickets/\(ticket)"))
            #expect(trace.contains("Result handed over") && !trace.contains("林小满"))
            let late = try await counter.maker.dossier(.issued)
            #expect(try await issuer.post("/window/queue/finish").status == .seeOther)
            let refused = try await issuer.post("/issuing/dossiers/\(late)/hand-over", fields)
            #expect(refused.status == .conflict)
            #expect(try await counter.maker.stage(of: late) == .issued)
        }
    }

    @Test func `the load of the next day, how far off the last one was, and pages of a day's numbers`() async throws {
        try await Self.open { counter in
            let week: Int64 = 7 * 86_400
            // Three Tuesdays, a quarter to three in the afternoon.
            for people in [2, 4, 6] {
                for _ in 0..<people { _ = try await counter.take() }
                counter.house.clock.move(seconds: week)
            }
            // The evening before the fourth.
            counter.house.clock.move(seconds: -86_400 + 5 * 3600)
            #expect(try await counter.house.hall.forecastLoads() == 1)
            let admin = try await counter.caller(.administrator)
            let before = counter.text(try await admin.get("\(Self.desk)/minutes"))
            #expect(
                before.contains("Load forecast for Tue 15 Dec 2026") && before.contains("it is not changed any more"))
            #expect(
                before.contains("14:00–14:30") && before.contains("4.0") && before.contains("class=\"plot upright\""))
            counter.house.clock.move(seconds: 86_400 - 5 * 3600)
            _ = try await counter.take()
            counter.house.clock.move(seconds: 86_400)
            let later = try await counter.caller(.administrator)
            let after = counter.text(try await later.get("\(Self.desk)/minutes?day=2026-12-08&after=A004"))
            #expect(after.contains("Forecasts against what happened") && after.contains("Tue 15 Dec 2026"))
            #expect(after.contains("A005") && after.contains("A006") && !after.contains(">A004<"))
            #expect(after.contains("0.2 people off in a half hour"), "three people in seventeen half hours")
        }
    }
}
