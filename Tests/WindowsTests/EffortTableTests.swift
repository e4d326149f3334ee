import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("What an item really takes")
struct EffortTableTests {
    private typealias Story = QueueStory

    /// One who is served for so many seconds, with dossiers of these items, each after its seconds.
    private static func serve(
        _ number: Int, on day: CivilDate, _ dossiers: [(item: String, seconds: Int)], interrupted: Int = 0,
        in tx: Transaction
    ) throws {
        var now = Instant(day, hour: 9)
        var ticket = try TicketTable.add(
            TicketTaking(at: Story.hall, for: .comprehensive, by: .kiosk), as: TicketID(Sample.subject(number)),
            stamp: Story.stamp(now), in: tx)
        let step = { (deed: TicketDeed, seconds: Int) in
            now = now.advanced(bySeconds: Int64(seconds))
            let after = try TicketRules.apply(deed, to: ticket, by: 3, at: now)
            try TicketTable.update(after, after: deed, stamp: Story.stamp(now), in: tx)
            ticket = after
        }
        try step(.call(3), 300)
        try step(.start, 20)
        if interrupted > 0 {
            try step(.interrupt, 0)
            try step(.resume, interrupted)
        }
        for (index, dossier) in dossiers.enumerated() {
            now = now.advanced(bySeconds: Int64(dossier.seconds))
            try ServedTable.bind(
                Story.served(number * 10 + index, item: dossier.item), to: ticket, by: 3, stamp: Story.stamp(now),
                in: tx)
            ticket = try TicketTable.ticket(ticket.id, of: Story.hall, in: tx)
        }
        try step(.finish, 0)
    }

    @Test(arguments: StoreUnderTest.all)
    func `number, median and ninetieth of an item equal those of a recount, interruptions off`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await store.write { tx in
                let dice = Dice.seeded(33)
                var took: [String: [Int]] = [:]
                for number in 1...120 {
                    let dossiers = (0..<Int(dice.roll() % 3)).map { _ in
                        (item: "35010\(dice.roll() % 2)", seconds: Int(dice.roll() % 2400))
                    }
                    let interrupted = dice.roll() % 3 == 0 ? 600 : 0
                    try Self.serve(number, on: Story.day, dossiers, interrupted: interrupted, in: tx)
                    for dossier in dossiers { took[dossier.item, default: []].append(dossier.seconds) }
                }
                let items = try EffortTable.items(at: Story.hall, upTo: Story.day, in: tx)
                #expect(Set(items.map(\.itemCode)) == Set(took.keys) && items.count == 2)
                #expect(items[0].effort.cases >= items[1].effort.cases)
                for (item, effort) in items {
                    let seconds = took[item] ?? []
                    let minutes = seconds.map { min(($0 + 30) / 60, Effort.minutesMax) }.sorted()
                    #expect(effort.cases == seconds.count && effort.seconds == Int64(seconds.reduce(0, +)))
                    #expect(effort.mean == Int64(seconds.reduce(0, +) / seconds.count))
                    #expect(effort.median == minutes[(minutes.count + 1) / 2 - 1])
                    #expect(effort.ninetieth == minutes[(minutes.count * 90 + 99) / 100 - 1])
                }
                let windows = try EffortTable.effort(.need(.comprehensive), at: Story.hall, upTo: Story.day, in: tx)
                #expect(windows.cases == 120, "a ticket without a dossier took a window, too")
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is made again from the journal is what was written at the end of each ticket`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(WindowShape.migrations) { store in
            let rows = { @Sendable (tx: Transaction) in
                try tx.rows("SELECT * FROM window_effort ORDER BY hall, kind, what, month, minutes LIMIT 1000").map {
                    "\($0)"
                }
            }
            let next = Story.day.advanced(byMonths: 1)
            try await store.write { tx in
                for number in 1...30 {
                    let day = number % 3 == 0 ? next : Story.day.advanced(byDays: number % 4)
                    try Self.serve(number, on: day, [("350100", number * 17), ("350102", number * 40)], in: tx)
                }
            }
            let before = try await store.read { tx in try rows(tx) }
            #expect(before.count > 20)
            let read = try await store.write { tx in
                try tx.execute("UPDATE window_effort SET cases = cases + 1")
                return try EffortTable.rebuild(Story.hall, monthOf: Story.day, in: tx)
                    + EffortTable.rebuild(Story.hall, monthOf: next, in: tx)
            }
            #expect(read == 30)
            #expect(try await store.read { tx in try rows(tx) } == before)
        }
    }

    @Test func `only the last twelve months count, and what takes for ever counts as four hours`() async throws {
        try await StoreUnderTest.sqlite.use(WindowShape.migrations) { store in
            try await store.write { tx in
                try Self.serve(1, on: Story.day, [("350100", 5 * 3600)], in: tx)
                let effort = { (day: CivilDate) in
                    try EffortTable.effort(.item("350100"), at: Story.hall, upTo: day, in: tx)
                }
                #expect(try effort(Story.day).median == Effort.minutesMax)
                #expect(try effort(Story.day.advanced(byMonths: 11)).cases == 1)
                #expect(try effort(Story.day.advanced(byMonths: 12)).cases == 0)
                #expect(try effort(Story.day.advanced(byMonths: 12)).mean == nil)
                #expect(try effort(Story.day.advanced(byMonths: -1)).cases == 0)
                #expect(try EffortTable.firstDay(of: Story.hall, in: tx) == Story.day)
            }
        }
    }
}
