import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct PlanTests {
    /// Fifty thousand rows in each of the large tables, and up-to-date figures for PostgreSQL's planner.
    private static func fill(_ tx: Transaction) throws {
        let some = Array("{}".utf8)
        let numbers = SQL(
            sqlite: """
                CREATE TEMP TABLE filler AS
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
                SELECT i, randomblob(16) AS id FROM n
                """,
            postgres: """
                CREATE TEMP TABLE filler AS
                SELECT i, decode(md5(i::text), 'hex') AS id FROM generate_series(1, 50000) AS i
                """)
        try tx.execute(numbers)
        try tx.execute(
            """
            INSERT INTO journal (subject, sequence, at, actor, kind, version, body)
            SELECT id, 1, i, 'platform', 'test.x', 1, \(some) FROM filler
            """)
        try tx.execute("INSERT INTO journal_pending (subject, sequence, leaf) SELECT id, 1, id FROM filler")
        try tx.execute(
            """
            INSERT INTO journal_leaf (position, subject, sequence, leaf) SELECT i - 1, id, 1, id FROM filler
            """)
        try tx.execute(
            """
            INSERT INTO outbox (subject, sequence, ordinal, kind, payload, lease_until, attempts, holder)
            SELECT id, 1, 0, 'test.x', \(some), i * 1000, 0, '' FROM filler
            """)
        try tx.execute("INSERT INTO command_token (token, command, answer, at) SELECT id, id, id, i FROM filler")
        try tx.execute(
            """
            INSERT INTO look_by_target (target, look, at, actor, kind, purpose)
            SELECT id, id, i, 'platform', 'dossier', 'review' FROM filler
            """)
        try tx.execute("INSERT INTO journal_checkpoint (size, at, root, note) SELECT i, i, id, '' FROM filler")
        try tx.execute("INSERT INTO blob (digest, size, at, bytes) SELECT 'digest ' || i, i, i, id FROM filler")
        try tx.execute(
            """
            INSERT INTO outbox_spent (subject, sequence, ordinal, kind, payload, attempts, failure, at)
            SELECT id, 1, 0, 'test.x', id, 12, '', i FROM filler
            """)
        if tx.dialect == .postgres { try tx.execute("ANALYZE") }
    }

    /// No statement walks through a whole table to find what it needs, or sorts more than it answers.
    private static func expectIndexed(_ name: String, _ plans: [String], _ dialect: Dialect) {
        #expect(!plans.isEmpty)
        for plan in plans {
            let isWhole =
                dialect == .sqlite
                ? plan.contains("SCAN") || plan.contains("TEMP B-TREE FOR ORDER BY")
                : plan.contains("Seq Scan") || plan.contains("  ->  Sort")
            #expect(!isWhole, "\(name):\n\(plan)")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the hottest statements find their rows by an index`(_ place: StoreUnderTest) async throws {
        let subject = Sample.subject(1)
        let token = try #require(CommandToken("0123456789abcdef"))
        let hot: [(String, @Sendable (Transaction) throws -> Void)] = [
            ("journal by subject", { tx in _ = try Journal.entries(of: subject, in: tx) }),
            ("last sequence", { tx in _ = try Journal.lastSequence(of: subject, in: tx) }),
            ("token", { tx in _ = try Tokens.answer(to: token, by: .platform, command: [], in: tx) }),
            (
                "lease",
                { tx in
                    _ = try Outbox.lease(limit: 10, holder: "a", now: Instant(milliseconds: 40_000_000), in: tx)
                }
            ),
            ("position", { tx in _ = try SealedLog.position(of: subject, sequence: 1, in: tx) }),
            ("looks", { tx in _ = try Looks.at(subject, in: tx) }),
            ("blob", { tx in _ = try Blobs.bytes(of: BlobRef(of: []), in: tx) }),
        ]
        try await place.use { store in
            try await store.write { tx in try Self.fill(tx) }
            for (name, ask) in hot {
                let plans = try await store.write { tx in try tx.plans { try ask($0) } }
                Self.expectIndexed(name, plans, place.dialect)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the sealer reads what waits in the order of its key, and the log in the order of its positions`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            let plans = try await store.write { tx in
                try Self.fill(tx)
                return try tx.plans { tx in
                    _ = try tx.rows(
                        "SELECT subject, sequence, leaf FROM journal_pending ORDER BY subject, sequence LIMIT 10")
                    _ = try SealedLog.entries(from: 20_000, limit: 10, in: tx)
                    _ = try SealedLog.latestCheckpoint(in: tx)
                    _ = try Outbox.spent(limit: 10, in: tx)
                }
            }
            for plan in plans {
                #expect(
                    !plan.contains("TEMP B-TREE") && !plan.contains("Sort") && !plan.contains("Seq Scan"), "\(plan)")
            }
        }
    }

    /// SQLite knows nothing of how many rows there are, and walked through the journal to find what waits.
    @Test func `on SQLite it is asked of what waits and of what is new, never of the whole journal`() async throws {
        try await StoreUnderTest.sqlite.use { store in
            let plans = try await store.write { tx in
                try Self.fill(tx)
                return try tx.plans { tx in
                    _ = try SealedLog.mayMiss(before: Instant(milliseconds: -1), from: 49_000, in: tx)
                }
            }
            #expect(plans.count { $0.contains("SEARCH j USING") } == 2, "\(plans)")
        }
    }
}
