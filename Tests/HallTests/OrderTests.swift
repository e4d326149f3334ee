import Accounts
import Dossiers
import Hall
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

/// Supervision orders, from the finding to the head of the government.
@Suite struct OrderTests {
    private func late(_ house: SupervisionHouse) async throws -> DossierID {
        let id = try await house.examined()
        house.story.clock.move(days: 7)
        try await house.beat()
        return id
    }

    @Test(arguments: StoreUnderTest.all)
    func `an order is told to the head, answered, sent back and closed, and changes nothing of its case`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await late(house)
            let before = try await house.story.dossier(id)
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.issue(.promisePassed, on: id, by: .head)
            }
            await #expect(throws: OrderRefusal.findingNotFound) { try await house.issue(.deliveryPassed, on: id) }
            let attempt = house.story.token()
            let order = try await house.issue(.promisePassed, on: id, attempt: attempt)
            #expect(try await house.issue(.promisePassed, on: id, attempt: attempt) == order, "one click, one order")
            await #expect(throws: OrderRefusal.alreadyOrdered) { try await house.issue(.promisePassed, on: id) }
            #expect(try await house.findings(id).first?.state == .ordered)
            #expect(try await house.told(.head).first == "order-issued")
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.perform(.answer(text: "系统故障", done: "已办结"), on: order, by: .stranger)
            }
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.perform(.accept(text: "同意"), on: order, by: .head)
            }
            try await house.perform(.answer(text: "系统故障", done: "已办结"), on: order, by: .reviewer)
            #expect(try await house.told(.supervisor).first == "order-answered")
            try await house.perform(.sendBack(text: "未说明整改措施"), on: order, by: .supervisor)
            try await house.perform(.answer(text: "已整改", done: "增派人手"), on: order, by: .head)
            try await house.perform(.accept(text: "同意办结"), on: order, by: .supervisor)
            #expect(try await house.told(.head).first == "order-closed")
            #expect(try await house.story.dossier(id) == before, "the case is as it was")
            let opened = try await house.hall.order(order, for: try await house.guest(.head))
            #expect(opened.history.map(\.event.kind).last == "order.accepted")
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.hall.order(order, for: try await house.guest(.stranger))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an order that nobody answers goes to the head of the government and stays red until it is answered`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await late(house)
            let order = try await house.issue(.promisePassed, on: id)
            house.story.clock.move(days: 3)
            try await house.beat()
            #expect(try await house.orders(id).first?.isRed == false, "the last day is not over")
            house.story.clock.move(days: 1)
            try await house.beat()
            try await house.beat()
            #expect(try await house.orders(id).first?.isRed == true)
            #expect(try await house.told(.governor) == ["order-escalated"], "told once")
            #expect(try await house.told(.supervisor).first == "order-escalated")
            let board = try await house.hall.supervisionBoard(for: try await house.guest(.supervisor))
            #expect(board.red == 1 && board.orderCounts[.open] == 1)
            #expect(board.orders.first?.id == order)
            house.story.clock.move(days: 20)
            try await house.beat()
            let red = try #require(try await house.orders(id).first { $0.id == order })
            #expect(red.escalations == 1 && red.isRed, "the city's head is the top")
            try await house.perform(.answer(text: "系统故障", done: "已办结"), on: order, by: .head)
            #expect(try await house.orders(id).first { $0.id == order }?.isRed == false)
            let history = try await house.hall.order(order, for: try await house.guest(.governor)).history
            #expect(history[1].actor == .platform)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `past the limit of the law the platform orders at once, with one day`(_ place: StoreUnderTest) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await house.examined()
            house.story.clock.move(days: 22)
            try await house.beat()
            #expect(try await house.rules(id) == [.promisePassed, .statutoryPassed])
            let order = try #require(try await house.orders(id).first)
            #expect(order.issuer == .platform && order.issued.rule == .statutoryPassed && order.issued.days == 1)
            #expect(try await house.orders(id).count == 1)
            try await house.perform(.answer(text: "系统故障", done: "正在办理"), on: order.id, by: .head)
            #expect(try await house.told(.colleague).first == "order-answered", "whoever supervises may take it")
            try await house.perform(.accept(text: "同意"), on: order.id, by: .colleague)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an appeal is ruled on by another supervisor than whoever issued the order, where there is one`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await late(house)
            let order = try await house.issue(.promisePassed, on: id)
            try await house.perform(.appeal(reasons: "期限计算有误"), on: order, by: .decider)
            await #expect(throws: OrderRefusal.issuerMayNotRule) {
                try await house.perform(.rule(isUpheld: true, text: "期限无误"), on: order, by: .supervisor)
            }
            try await house.perform(.rule(isUpheld: false, text: "期限确有误"), on: order, by: .colleague)
            #expect(try await house.orders(id).first?.stage.name == .closed)
        }
        let alone = SupervisionHouse.Who.allCases.filter { $0 != .colleague }
        try await SupervisionHouse.open(place, alone) { house in
            let order = try await house.issue(.promisePassed, on: try await late(house))
            try await house.perform(.appeal(reasons: "期限计算有误"), on: order, by: .decider)
            try await house.perform(.rule(isUpheld: true, text: "期限无误"), on: order, by: .supervisor)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was ordered is done with when the order is closed, and open again when it is tried once more`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await house.examined()
            let state = { try await house.findings(id).first?.state }
            func attempt() async {
                await #expect(throws: DossierRefusal.timeNotTold) {
                    try await house.perform(
                        .special(.begin(.expertReview, days: 0, note: "需要评审")), on: id, by: .reviewer)
                }
            }
            await attempt()
            let order = try await house.issue(.triedUntoldSuspension, on: id)
            await attempt()
            #expect(try await state() == .ordered, "the order is not closed yet")
            try await house.perform(.answer(text: "误操作", done: "已培训"), on: order, by: .head)
            try await house.perform(.accept(text: "同意"), on: order, by: .supervisor)
            #expect(try await state() == .reviewed)
            await attempt()
            #expect(try await state() == .open)
            let supervisor = try await house.guest(.supervisor)
            #expect(try await house.hall.findings(.open, for: supervisor).map(\.count) == [3])
            let second = try await house.issue(.triedUntoldSuspension, on: id)
            try await house.perform(.withdraw(text: "误发"), on: second, by: .supervisor)
            #expect(try await state() == .open, "what is taken back leaves it to be looked at")
            #expect(Set(try await house.orders(id).map { $0.issued.number.suffix(2) }) == ["-1", "-2"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever saw an order before something happened to it is told so, and a look at a case is written down`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await late(house)
            let order = try await house.issue(.promisePassed, on: id)
            await #expect(throws: OrderRefusal.movedOn) {
                try await house.hall.perform(
                    .answer(text: "系统故障", done: "已办结"), on: order, by: try await house.guest(.head),
                    attempt: house.story.token().expecting(0))
            }
            let seen = try await house.hall.superviseCase(id, by: try await house.guest(.supervisor))
            #expect(seen.findings.map(\.rule) == [.promisePassed] && seen.orders.map(\.id) == [order])
            let looks = try await house.hall.looks(at: id)
            #expect(looks.map(\.purpose) == ["supervision"])
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.hall.superviseCase(id, by: try await house.guest(.stranger))
            }
            try await house.hall.review(
                .promisePassed, of: try await late(house), text: "已核实", by: try await house.guest(.supervisor))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what a supervisor lays down of lights counts for promises that run from that day`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let (hall, today) = (house.hall, house.hall.time.now().day)
            let terms = LightTerms(leftPercent: 75, dayPercent: 50)
            let tomorrow = today.advanced(byDays: 1)
            await #expect(throws: (any Error).self) {
                try await hall.layDown(terms, for: nil, from: tomorrow, seen: 0, by: try await house.guest(.head))
            }
            let supervisor = try await house.guest(.supervisor)
            await #expect(throws: LightRefusal.itemUnknown) {
                try await hall.layDown(terms, for: "999999999999", from: tomorrow, seen: 0, by: supervisor)
            }
            let before = try await house.examined()
            let edition = try await hall.layDown(terms, for: nil, from: tomorrow, seen: 0, by: supervisor)
            #expect(hall.lightBook.editions == [edition])
            await #expect(throws: LightRefusal.changedMeanwhile) {
                try await hall.layDown(terms, for: nil, from: tomorrow, seen: 0, by: supervisor)
            }
            // Another process learns it before the day begins.
            let other = try HallStory(store: hall.store, clock: house.story.clock).hall
            try await other.refreshCalendar()
            #expect(other.lightBook == hall.lightBook)
            house.story.clock.move(days: 1)
            let after = try await house.examined()
            // Four days each: of the first a fifth is one, of the second three quarters are three.
            house.story.clock.move(days: 2)
            try await house.beat()
            let light = { (id: DossierID) in hall.rules.light(of: try await house.story.dossier(id)) }
            #expect(try await light(before) == .green)
            #expect(try await light(after) == .yellow)
        }
    }
}
