import Delivery
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Sandboxes

/// Our connector against the sandbox's carrier, over a real connection.
@Suite struct CourierSandboxTests {
    private static let key = "a key for tests only"
    private static let now = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10)

    private struct House: Sendable {
        let ledger: CourierLedger
        let switches: CourierSwitches
        let courier: HTTPCourier
        let stranger: HTTPCourier
    }

    private static func open(_ body: @escaping @Sendable (House) async throws -> Void) async throws {
        let (ledger, switches, time) = (CourierLedger(), CourierSwitches(), TimeSource { now })
        let counter = CourierCounter(ledger: ledger, switches: switches, key: key, time: time)
        let workers = Workers(name: "test", threads: 2, queueMax: 8)
        try await Application(router: counter.router()).test(.live) { client in
            let url = "http://127.0.0.1:\(try #require(client.port))/v1"
            try await body(
                House(
                    ledger: ledger, switches: switches,
                    courier: try #require(HTTPCourier(url: url, key: key, time: time, workers: workers)),
                    stranger: try #require(
                        HTTPCourier(url: url, key: "another key of tests", time: time, workers: workers))))
        }
        await workers.drain()
    }

    private static func order(_ number: UInt64 = 1, division: String = "350102") throws -> CourierOrder {
        func address(_ division: String) throws -> PostalAddress {
            try PostalAddress(recipient: "林晓榕", mobile: "13800000001", division: division, street: "古田路1号")
        }
        let draft = ParcelDraft(
            .resultToDoor, of: DossierID(Subject(high: 1, low: 1)),
            by: ParcelEvent.Route(from: try address("350105"), to: try address("350102")), isFiledOnline: true)
        let event = try ParcelRules().order(draft, at: now)
        let id = ParcelID(Subject(high: 7, low: number))
        let entry = JournalEntry(
            JournalEntry.Place(id.subject, sequence: 1, at: now, actor: .platform), kind: event.kind,
            version: ParcelEvent.version, body: try event.publicPart(),
            personal: JournalEntry.Personal(
                salt: Array(repeating: 1, count: 16),
                bytes: Array(
                    String(decoding: try event.personalPart() ?? [], as: UTF8.self)
                        .replacing("350102", with: division).utf8)))
        let parcel = try #require(try Parcel.folded(id, [entry]))
        return try #require(CourierOrder(parcel))
    }

    @Test func `an order is taken once under its key, and found again`() async throws {
        try await Self.open { house in
            let before = try await house.courier.find("p1-1-0")
            #expect(before == nil)
            let (once, twice) = (
                try await house.courier.book(Self.order(), key: "p1-1-0"),
                try await house.courier.book(Self.order(), key: "p1-1-0")
            )
            #expect(once == twice && once.waybill == "YZ35010000001" && once.feeCents == 1100)
            #expect(once.promisedDay == Self.now.day.advanced(byDays: 2))
            let found = try await house.courier.find("p1-1-0")
            #expect(found == once)
            let other = try await house.courier.book(Self.order(2), key: "p2-1-0")
            #expect(other.waybill == "YZ35010000002")
        }
    }

    @Test func `a lost answer is unanswered, and the order was taken all the same`() async throws {
        try await Self.open { house in
            var faults = CourierFaults()
            faults.lostAnswers = 1
            house.switches.set(faults)
            await #expect(throws: CourierFailure.unanswered) {
                _ = try await house.courier.book(Self.order(), key: "p1-1-0")
            }
            let found = try await house.courier.find("p1-1-0")
            #expect(found?.waybill == "YZ35010000001")
        }
    }

    @Test func `each failure has its name`() async throws {
        try await Self.open { house in
            await #expect(throws: CourierFailure.unauthorised) {
                _ = try await house.stranger.book(Self.order(), key: "p1-1-0")
            }
            await #expect(throws: CourierFailure.rejected) {
                _ = try await house.courier.book(Self.order(division: "350203"), key: "p1-1-0")
            }
            await #expect(throws: CourierFailure.rejected) { try await house.courier.cancel("YZ9999999", key: "k") }
            var faults = CourierFaults()
            faults.isDown = true
            house.switches.set(faults)
            await #expect(throws: CourierFailure.unreachable) {
                _ = try await house.courier.book(Self.order(), key: "p1-1-0")
            }
        }
        #expect(CourierFailure.allCases.filter(\.isFinal) == [.rejected, .noCarrier, .forgotten])
        let workers = Workers(name: "test", threads: 1, queueMax: 8)
        let nobody = try #require(
            HTTPCourier(url: "http://127.0.0.1:1/v1", key: Self.key, time: TimeSource { Self.now }, workers: workers))
        await #expect(throws: CourierFailure.unreachable) { _ = try await nobody.find("k") }
        #expect(
            HTTPCourier(
                url: "http://courier.example.com", key: Self.key, time: TimeSource { Self.now }, workers: workers)
                == nil)
        await workers.drain()
    }

    @Test func `an order is taken back until the first report, and an address mended`() async throws {
        try await Self.open { house in
            let booking = try await house.courier.book(Self.order(), key: "p1-1-0")
            try await house.courier.cancel(booking.waybill, key: "p1-2-0")
            try await house.courier.cancel(booking.waybill, key: "p1-2-0")
            let due = await house.ledger.due(CourierFaults(), now: Self.now)
            #expect(due.isEmpty)
            let other = try await house.courier.book(Self.order(2), key: "p2-1-0")
            let reports = await house.ledger.due(CourierFaults(), now: Self.now)
            #expect(reports.map(\.report.kind) == ["pickedUp"])
            await #expect(throws: CourierFailure.rejected) {
                try await house.courier.cancel(other.waybill, key: "p2-2-0")
            }
            let better = try PostalAddress(
                recipient: "林晓榕", mobile: "13800000001", division: "350103", street: "八一七中路2号")
            try await house.courier.readdress(other.waybill, to: better, key: "p2-3-0")
        }
    }

    @Test func `reports come in their order, or as the switches say`() async throws {
        let ledger = CourierLedger()
        func order(_ street: String = "古田路1号") -> SandboxOrder {
            let address = SandboxOrder.Address(
                recipient: "林", mobile: "13800000001", division: "350102", street: street)
            return SandboxOrder(parcel: "p", direction: "resultToDoor", from: address, to: address, collectCents: 0)
        }
        var faults = CourierFaults()
        faults.loseEvery = 2
        let first = try await ledger.book(order(), key: "a", faults: faults, now: Self.now).parcel
        let second = try await ledger.book(order(), key: "b", faults: faults, now: Self.now).parcel
        let third = try await ledger.book(order("拒收路1号"), key: "c", faults: faults, now: Self.now).parcel
        #expect(first.reports.map(\.kind) == ["pickedUp", "inTransit", "delivered"])
        #expect(second.reports.map(\.kind) == ["pickedUp", "inTransit", "lost"])
        #expect(third.reports.map(\.kind) == ["pickedUp", "inTransit", "refused", "returned"])
        faults.isSilent = true
        #expect(await ledger.due(faults, now: Self.now).isEmpty)
        (faults.isSilent, faults.reorders) = (false, true)
        let early = await ledger.due(faults, now: Self.now)
        #expect(early.map(\.report.number) == [2, 2, 2])
        #expect(await ledger.due(faults, now: Self.now).isEmpty, "not before its pace")
        let later = await ledger.due(faults, now: Self.now.advanced(bySeconds: 1))
        #expect(later.map(\.report.number) == [1, 1, 1], "each is sent early once, and again in its turn")
        await ledger.note(first.waybill, 1, isTaken: true, refusedAs: nil)
        await ledger.note(second.waybill, 1, isTaken: false, refusedAs: "parcel.closed")
        let next = await ledger.due(CourierFaults(), now: Self.now.advanced(bySeconds: 3))
        #expect(next.map(\.report.number) == [2, 2, 1])
    }

    @Test func `what is lost stays lost until it is found, and comes to its door then`() async throws {
        let ledger = CourierLedger()
        let address = SandboxOrder.Address(
            recipient: "林", mobile: "13800000001", division: "350102", street: "古田路1号")
        let order = SandboxOrder(
            parcel: "p", direction: "originalsToWindow", from: address, to: address, collectCents: 0)
        var faults = CourierFaults()
        faults.loseEvery = 1
        let parcel = try await ledger.book(order, key: "a", faults: faults, now: Self.now).parcel
        var now = Self.now
        func round() async -> [String] {
            now = now.advanced(bySeconds: 1)
            let due = await ledger.due(faults, now: now)
            for one in due { await ledger.note(one.parcel.waybill, one.report.number, isTaken: true, refusedAs: nil) }
            return due.map(\.report.kind)
        }
        var reports: [String] = []
        for _ in 0..<5 { reports += await round() }
        #expect(reports == ["pickedUp", "inTransit", "lost"])
        faults.findsLost = true
        for _ in 0..<5 { reports += await round() }
        #expect(reports.dropFirst(3) == ["inTransit", "delivered"])
        #expect(await ledger.all.first?.waybill == parcel.waybill)
    }
}
