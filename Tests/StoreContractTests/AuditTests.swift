import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct AuditTests {
    /// A journal of so many subjects with three events each, sealed in batches, with a checkpoint after each batch.
    private static func journal(of subjects: Int, in store: any Store) async throws {
        let sealer = SealerTests.sealer(store)
        for start in stride(from: 0, to: subjects, by: 200) {
            try await store.write { tx in
                for number in start..<min(start + 200, subjects) {
                    let subject = Sample.subject(number)
                    let words = number % 3 == 0 ? "林晓 \(number)" : nil
                    try Journal.append((1...3).map { Sample.entry(subject, $0, personal: words) }, in: tx)
                }
            }
            _ = try await sealer.seal(now: Sample.now)
            _ = try await sealer.checkpoint(now: Sample.now)
        }
    }

    private static func audit(_ store: any Store) async throws -> JournalAudit.Report {
        try await JournalAudit(store: store, origin: "test.log") { note, text in note == "\(text)\n— signed\n" }.run()
    }

    @Test(arguments: StoreUnderTest.all)
    func `a clean journal of thousands holds, with what waits and what was forgotten`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            let empty = try await Self.audit(store)
            #expect(empty.holds)
            try await Self.journal(of: 1000, in: store)
            try await store.write { tx in
                for number in stride(from: 0, to: 30, by: 3) {
                    try Journal.forget(Sample.subject(number), sequence: 2, in: tx)
                }
                try Journal.append([Sample.entry(Sample.subject(5000), 1)], in: tx)
            }
            let report = try await Self.audit(store)
            #expect(report.findings == [])
            #expect(report.holds)
            #expect(report.sealed == 3000)
            #expect(report.pending == 1)
            #expect(report.checkpoints == 5)
            #expect(report.erased == 10)
        }
    }

    /// What a forger with the database's password may try, and a word of what the audit must say.
    private struct Forgery: Sendable {
        let name: String
        let finding: String
        let forge: @Sendable (Transaction) throws -> Void

        init(_ name: String, _ finding: String, _ forge: @escaping @Sendable (Transaction) throws -> Void) {
            self.name = name
            self.finding = finding
            self.forge = forge
        }
    }

    private static let subject = Sample.subject(6)
    private static let forgeries = [
        Forgery("a changed body", "position 19 was changed") { tx in
            try tx.execute("UPDATE journal SET body = \(Array("{}".utf8)) WHERE subject = \(subject) AND sequence = 2")
        },
        Forgery("another actor", "position 19 was changed") { tx in
            let actor = Actor.person(PersonID(Sample.subject(1)))
            try tx.execute("UPDATE journal SET actor = \(actor) WHERE subject = \(subject) AND sequence = 2")
        },
        Forgery("an actor that is none", "position 19 cannot be read") { tx in
            try tx.execute("UPDATE journal SET actor = 'nobody' WHERE subject = \(subject) AND sequence = 2")
        },
        Forgery("another time", "position 19 was changed") { tx in
            try tx.execute("UPDATE journal SET at = at - 1 WHERE subject = \(subject) AND sequence = 2")
        },
        Forgery("a changed personal part", "personal part at position 19") { tx in
            try tx.execute(
                """
                UPDATE journal SET personal = \(Array("x".utf8)) WHERE subject = \(subject) AND sequence = 2
                """)
        },
        Forgery("a changed inner digest", "position 19 was changed") { tx in
            try tx.execute("UPDATE journal SET inner_digest = NULL WHERE subject = \(subject) AND sequence = 2")
        },
        Forgery("a half erased personal part", "position 19 cannot be read") { tx in
            try tx.execute("UPDATE journal SET salt = NULL WHERE subject = \(subject) AND sequence = 2")
        },
        Forgery("a deleted entry", "position 19 is gone") { tx in
            try tx.execute("DELETE FROM journal WHERE subject = \(subject) AND sequence = 2")
        },
        Forgery("a deleted last entry of its subject", "position 20 is gone") { tx in
            try tx.execute("DELETE FROM journal WHERE subject = \(subject) AND sequence = 3")
        },
        Forgery("a deleted leaf", "position 19 is missing") { tx in
            try tx.execute("DELETE FROM journal_leaf WHERE position = 19")
        },
        Forgery("a deleted entry and its leaf", "position 19 is missing") { tx in
            try tx.execute("DELETE FROM journal_leaf WHERE position = 19")
            try tx.execute("DELETE FROM journal WHERE subject = \(subject) AND sequence = 2")
        },
        Forgery("swapped positions", "another root") { tx in
            try tx.execute("UPDATE journal_leaf SET position = 100000 WHERE position = 19")
            try tx.execute("UPDATE journal_leaf SET position = 19 WHERE position = 20")
            try tx.execute("UPDATE journal_leaf SET position = 20 WHERE position = 100000")
        },
        Forgery("a body changed with its leaf", "another root") { tx in
            let old = try Journal.entries(of: subject, in: tx)[1]
            let place = JournalEntry.Place(subject, sequence: 2, at: old.at, actor: old.actor)
            let new = JournalEntry(place, kind: old.kind, version: 1, body: Array("{}".utf8), personal: old.personal)
            try tx.execute("UPDATE journal SET body = \(new.body) WHERE subject = \(subject) AND sequence = 2")
            try tx.execute("UPDATE journal_leaf SET leaf = \(new.leaf) WHERE position = 19")
        },
        Forgery("a checkpoint with another root", "checkpoint 30 has another root") { tx in
            try tx.execute("UPDATE journal_checkpoint SET root = \(MerkleHash.empty) WHERE size = 30")
        },
        Forgery("a checkpoint that another hand signed", "checkpoint 30 is not signed") { tx in
            try tx.execute("UPDATE journal_checkpoint SET note = 'forged' WHERE size = 30")
        },
        Forgery("a checkpoint of entries to come", "checkpoint 31 covers more entries") { tx in
            try tx.execute("INSERT INTO journal_checkpoint SELECT 31, at, root, note FROM journal_checkpoint")
        },
        Forgery("a tail cut off, with its checkpoint and leaf", "does not end as the sealer left it") { tx in
            let last = Sample.subject(9)
            try tx.execute("DELETE FROM journal_checkpoint")
            try tx.execute("DELETE FROM journal_leaf WHERE position = 29")
            try tx.execute("DELETE FROM journal WHERE subject = \(last) AND sequence = 3")
        },
        Forgery("a gap in a sequence", "has a gap") { tx in
            try Journal.append([Sample.entry(subject, 5)], in: tx)
        },
        Forgery("an entry beside the books", "entries, but") { tx in
            try Journal.append([Sample.entry(Sample.subject(77), 1)], in: tx)
            try tx.execute("DELETE FROM journal_pending")
        },
    ]

    @Test(arguments: StoreUnderTest.all)
    func `every forgery is found and named`(_ place: StoreUnderTest) async throws {
        let tables = [
            "journal", "journal_pending", "journal_leaf", "journal_node", "journal_checkpoint", "journal_sealer",
        ]
        try await place.use { store in
            for forgery in Self.forgeries {
                try await store.write { tx in
                    for table in tables { try tx.execute(SQL(stringLiteral: "DELETE FROM \(table)")) }
                }
                try await Self.journal(of: 10, in: store)
                let before = try await Self.audit(store)
                #expect(before.findings == [])
                try await store.write { tx in try forgery.forge(tx) }
                let report = try await Self.audit(store)
                #expect(!report.holds, "\(forgery.name)")
                #expect(
                    report.findings.contains { $0.contains(forgery.finding) }, "\(forgery.name): \(report.findings)")
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a report names at most a hundred findings`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await Self.journal(of: 60, in: store)
            try await store.write { tx in try tx.execute("UPDATE journal SET kind = 'test.other'") }
            let report = try await Self.audit(store)
            #expect(report.findings.count == JournalAudit.findingsMax)
            #expect(report.sealed == 180)
        }
    }
}
