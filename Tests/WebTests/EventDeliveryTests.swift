import Accounts
import Dossiers
import Exchange
import Foundation
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@testable import Web

/// A house that delivers to a program on this machine.
private struct Told {
    let house: DoorHouse
    let client: any TestClientProtocol
    let program: ListeningProgram
    let token: String
    let subscription: SubscriptionReply

    /// Runs the lanes of the house while the body does, with one subscription from the end of the journal on.
    static func open(
        on place: StoreUnderTest = .sqlite, terms: DeliveryTerms = .usual, faults: FaultPlan? = nil,
        _ body: @escaping @Sendable (Told) async throws -> Void
    ) async throws {
        let (program, postman) = (ListeningProgram(), Postman(time: DoorClock().source, requestSeconds: 2))
        try await DoorHouse.open(on: place, faults: faults, postman: postman) { house in
            let token = try await house.partner("told")
            try await house.seal()
            try await program.app.test(.live) { listener in
                let port = try #require(listener.port)
                try await house.app.test(.router) { client in
                    let wish = #"{"url": "http://127.0.0.1:\#(port)/hook"}"#
                    let subscription: SubscriptionReply = try await client.api(
                        .post, "/subscriptions", wish, token: token
                    ).value()
                    let told = Told(
                        house: house, client: client, program: program, token: token, subscription: subscription)
                    let lanes = try #require(house.hall.lanes(key: house.site.accountKey, terms: terms))
                    let delivery = EventDelivery(lanes, holder: "test") { said in
                        if faults == nil { Issue.record("\(said)") }
                    }
                    let work = Task { try await delivery.run() }
                    do { try await body(told) } catch { Issue.record(error) }
                    work.cancel()
                    _ = await work.result
                }
            }
        }
        await postman.close()
    }

    /// Asks until it is so. A minute is for machines that do much else.
    func until(_ what: Comment, _ check: () async throws -> Bool) async throws {
        for _ in 0..<600 {
            if try await check() { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record(what)
    }

    func standing() async throws -> SubscriptionReply {
        try await client.api(.get, "/subscriptions/\(subscription.id)", token: token).value()
    }

    func file() async throws {
        _ = try await house.filed(for: try await house.chen())
        try await house.seal()
    }
}

@Suite struct EventDeliveryTests {
    @Test(arguments: StoreUnderTest.all)
    func `what happens comes to the receiver as the feed says it, signed, and the cursor follows`(
        _ place: StoreUnderTest
    ) async throws {
        try await Told.open(on: place) { told in
            try await told.file()
            try await told.until("two events came") { told.program.came.count == 2 }
            let feed = try await told.client.api(
                .get, "/events?after=\(told.subscription.cursor)", token: told.token)
            let text = String(buffer: feed.body)
            for came in told.program.came {
                #expect(text.contains(String(decoding: came.body, as: UTF8.self)))
                #expect(text.contains("\"id\":\"\(came.id)\""))
                #expect(came.signature.hasPrefix("v1,") && Int(came.timestamp) != nil)
            }
            let next = try feed.value(FeedReply.self).next
            try await told.until("the cursor is written down") { try await told.standing().cursor == next }
            #expect(try await told.standing().last?.outcome == "accepted")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a receiver that is away for a whole day gets everything afterwards, in order, each under one name`(
        _ place: StoreUnderTest
    ) async throws {
        try await Told.open(on: place) { told in
            told.program.answer(503)
            let (house, chen) = (told.house, try await told.house.chen())
            let maker = try await CaseMaker(try await Cast(house))
            for hour in 0..<24 {
                let id = try await house.filed(for: chen)
                if hour % 2 == 0 { try await maker.perform(.accept, on: id, as: 1) }
                try await house.seal()
                house.clock.move(seconds: 3600)
            }
            try await told.until("it is left alone") {
                try await house.hall.subscriptions().allSatisfy { $0.subscription.pausedUntil != nil }
            }
            #expect(try await house.hall.subscriptions().allSatisfy { $0.held.waiting + $0.held.dead == 0 })
            let tried = told.program.came.count
            #expect((1...60).contains(tried), "it was left alone most of the day: \(tried)")
            told.program.answer(200)
            // The longest pause there is: an hour, and a fifth more where the dice want it.
            house.clock.move(seconds: DeliveryTerms.usual.receiverSecondsMax * 2)
            let told24 = 24 * 2 + 12
            try await told.until("everything came") {
                Set(told.program.came.dropFirst(tried).map(\.id)).count == told24
            }
            let partner = try #require(try await house.hall.partners().first?.partner)
            let token = try await told.client.partnerToken("told", house.site.accountKey.secret(of: partner))
            let feed: FeedReply = try await told.client.api(
                .get, "/events?limit=500&after=\(told.subscription.cursor)", token: token
            ).value()
            // A clock that jumps takes the lease from a lane that is at work: what it sent then comes once more, under
            // the same name.
            var names: Set<String> = []
            let came = told.program.came.dropFirst(tried).filter { names.insert($0.id).inserted }
            #expect(feed.events.count == told24 && came.count == told24, "nothing is lost")
            #expect(names == Set(feed.events.map(\.id)))
            let events = try came.map { try JSONDecoder().decode(FeedReply.Event.self, from: Data($0.body)) }
            for (dossier, own) in Dictionary(grouping: events, by: \.dossier) {
                #expect(own.map(\.sequence) == Array(1...own.count), "\(dossier)")
            }
        }
    }

    @Test func `what is refused to the last becomes a dead letter, which a keeper sends again`() async throws {
        var terms = DeliveryTerms.usual
        (terms.triesMax, terms.firstSeconds) = (1, 1)
        try await Told.open(terms: terms) { told in
            told.program.answer(500)
            try await told.file()
            let id = try #require(SubscriptionID(told.subscription.id))
            try await told.until("the first was refused") { told.program.came.count >= 1 }
            var asked = 0
            try await told.until("it waits") {
                asked += 1
                // Slowly: a lease lasts thirty seconds of this clock.
                if asked.isMultiple(of: 10) { told.house.clock.move(seconds: 3) }
                return try await told.house.hall.deadLetters(of: id).count == 2
            }
            told.program.answer(200)
            let keeper = try await DoorVisitor(told.client, "supervisor")
            let page = try await keeper.get("/office/exchange").page
            #expect(page.contains("示例大数据局") && page.contains("dossier.submitted"))
            let letters = try await told.house.hall.deadLetters(of: id)
            // Before the first is wanted: it may be sent while the second is asked for.
            let before = told.program.came.count
            for letter in letters {
                let deed = "/office/exchange/\(id)/events/\(letter.held.position)/redelivery"
                #expect(try await keeper.send(deed, on: "/office/exchange") == 303)
            }
            try await told.until("both are sent again") { told.program.came.count >= before + 2 }
            try await told.until("nothing is held") {
                try await told.house.hall.subscriptions().allSatisfy { $0.held.waiting + $0.held.dead == 0 }
            }
            #expect(Set(told.program.came.map(\.id)).count == 2, "an event has one name")
        }
    }

    @Test func `a receiver that says so is left alone, and tried at once when a keeper or its partner wants`()
        async throws
    {
        try await Told.open { told in
            told.program.answer(503)
            try await told.file()
            try await told.until("it is left alone") { try await told.standing().pausedUntil != nil }
            let standing = try await told.standing()
            let feed: FeedReply = try await told.client.api(
                .get, "/events?after=\(told.subscription.cursor)", token: told.token
            ).value()
            let first = try #require(feed.events.first.flatMap { Int($0.cursor) })
            #expect(standing.failures == 1 && standing.cursor == "\(first - 1)", "it stands before the first")
            #expect(told.program.came.count == 1)
            let path = "/subscriptions/\(told.subscription.id)/pings"
            let busy: PingReply = try await told.client.api(.post, path, "{}", token: told.token).value()
            #expect(!busy.isAccepted && busy.outcome == "overloaded" && busy.status == 503)
            told.program.answer(200)
            let keeper = try await DoorVisitor(told.client, "supervisor")
            #expect(
                try await keeper.send("/office/exchange/\(told.subscription.id)/waking", on: "/office/exchange") == 303)
            try await told.until("both came") { told.program.came.count == 4 }
            let ping: PingReply = try await told.client.api(.post, path, "{}", token: told.token).value()
            #expect(ping.isAccepted)
        }
    }

    @Test func `whoever says 410 is told nothing more`() async throws {
        try await Told.open { told in
            told.program.answer(410)
            try await told.file()
            try await told.until("it has ended") { try await told.standing().state == "ended" }
            try await told.file()
            try await Task.sleep(for: .seconds(1))
            #expect(told.program.came.count == 1)
            let path = "/subscriptions/\(told.subscription.id)"
            try await told.client.api(.post, "\(path)/pings", "{}", token: told.token).problem()
                .expect(refusal: ExchangeRefusal.ended)
        }
    }

    @Test func `a partner whose grant is taken is told nothing more`() async throws {
        try await Told.open { told in
            let id = try #require(AccessID("told"))
            let grants = try await told.house.hall.partners().first { $0.partner.clientID == id }?.grants
            try await told.house.hall.take(try #require(grants?.first).id, from: id)
            // What concerns a partner is asked anew every few seconds.
            try await Task.sleep(for: .seconds(6))
            try await told.file()
            try await Task.sleep(for: .seconds(1))
            #expect(told.program.came.isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a store that fails now and then delays what is told, and loses nothing`(
        _ place: StoreUnderTest
    ) async throws {
        let state = Mutex<(isOn: Bool, count: Int)>((false, 0))
        let faults = FaultPlan { point in
            let strikes = state.withLock { state in
                guard state.isOn, point != .statement else { return false }
                state.count += 1
                return state.count.isMultiple(of: 3)
            }
            if strikes { throw Fault.unavailable("planned") }
        }
        try await Told.open(on: place, faults: faults) { told in
            for _ in 0..<10 { try await told.file() }
            state.withLock { $0.isOn = true }
            try await told.until("all came") { Set(told.program.came.map(\.id)).count == 20 }
            state.withLock { $0.isOn = false }
            let feed: FeedReply = try await told.client.api(
                .get, "/events?after=\(told.subscription.cursor)", token: told.token
            ).value()
            try await told.until("the cursor is written down") { try await told.standing().cursor == feed.next }
            var firsts: [String] = []
            for came in told.program.came where !firsts.contains(came.id) { firsts.append(came.id) }
            #expect(Set(firsts) == Set(feed.events.map(\.id)))
            for dossier in Set(feed.events.map(\.dossier)) {
                let order = feed.events.filter { $0.dossier == dossier }.map(\.id)
                #expect(firsts.filter(order.contains) == order, "in order")
            }
        }
    }
}
