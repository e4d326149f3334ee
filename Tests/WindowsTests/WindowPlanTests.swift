import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("What is asked of tickets goes by an index")
struct WindowPlanTests {
    private typealias Story = QueueStory

    /// Fifty thousand tickets in ten halls on a hundred days, each for a dossier, and what they took.
    private static func fill(_ tx: Transaction) throws {
        try tx.execute(
            SQL(
                sqlite: """
                    CREATE TEMP TABLE filler AS
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
                    SELECT i, randomblob(16) AS id, CAST(350100 + i % 10 AS TEXT) AS hall FROM n
                    """,
                postgres: """
                    CREATE TEMP TABLE filler AS
                    SELECT i, decode(md5(i::text), 'hex') AS id, CAST(350100 + i % 10 AS TEXT) AS hall
                    FROM generate_series(1, 50000) AS i
                    """))
        try tx.execute(
            """
            INSERT INTO ticket (hall, id, day, letter, serial, need, origin, taken_at, order_at, order_of, is_behind,
                state, number, calls, has_rejoined, is_over, revision)
            SELECT hall, id, i / 500, 'A', i, 'comprehensive', 'kiosk', i, i, id, 0, 'served', 1, 1, 0, 1, 4
            FROM filler
            """)
        try tx.execute(
            "INSERT INTO dossier_ticket (dossier, ticket, deed, hall) SELECT id, id, 'intake', hall FROM filler")
        try tx.execute(
            """
            INSERT INTO window_effort (hall, kind, what, month, minutes, cases, seconds)
            SELECT hall, 'item', CAST(i % 50 AS TEXT), i / 500, i % 240, 1, 60 FROM filler
            WHERE true ON CONFLICT (hall, kind, what, month, minutes) DO NOTHING
            """)
        try tx.execute("INSERT INTO load_forecast_half SELECT hall, i, 540, 1, 1, 1, 1, 1 FROM filler")
        try tx.execute("INSERT INTO load_forecast SELECT hall, i, 0, 1, 1, 1 FROM filler")
        try tx.execute("INSERT INTO appointment_of_item SELECT 'x' || i, i, 1 FROM filler")
        if tx.dialect == .postgres { try tx.execute("ANALYZE") }
    }

    @Test(arguments: StoreUnderTest.all)
    func `no statement walks through all tickets, all efforts or all forecasts`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await store.write { tx in
                try Self.fill(tx)
                let (id, day) = (Sample.subject(1), CivilDate(daysSinceEpoch: 50))
                let asked: [(String, (Transaction) throws -> Void)] = [
                    ("counts", { _ = try LoadTable.counts(of: Story.hall, on: day, in: $0) }),
                    (
                        "tickets",
                        { _ = try TicketTable.tickets(of: Story.hall, on: day, after: ("A", 9), limit: 50, in: $0) }
                    ),
                    ("first day", { _ = try EffortTable.firstDay(of: Story.hall, in: $0) }),
                    ("effort", { _ = try EffortTable.effort(.item("7"), at: Story.hall, upTo: day, in: $0) }),
                    ("items", { _ = try EffortTable.items(at: Story.hall, upTo: day, in: $0) }),
                    ("forecast", { _ = try LoadTable.forecast(of: Story.hall, for: day, in: $0) }),
                    ("days", { _ = try LoadTable.days(of: Story.hall, before: day, limit: 20, in: $0) }),
                    ("tickets of a dossier", { _ = try ServedTable.tickets(of: DossierID(id), in: $0) }),
                    ("bound", { _ = try ServedTable.isBound(DossierID(id), to: TicketID(id), in: $0) }),
                    (
                        "quota",
                        {
                            let item = BookableItem("x7", isOffered: true, perDay: 20)
                            _ = try AppointmentQuota.left(item, on: CivilDate(daysSinceEpoch: 7), in: $0)
                        }
                    ),
                ]
                for (name, body) in asked {
                    for plan in try tx.plans(of: body) {
                        #expect(!plan.contains("SCAN") && !plan.contains("Seq Scan"), "\(name):\n\(plan)")
                    }
                }
            }
        }
    }
}
