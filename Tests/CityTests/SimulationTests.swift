import City
import Dossiers
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct SimulationTests {
    /// Runs a whole city on one store and answers what the auditor read in the sealed journal.
    static func run(
        seed: UInt64, lives: Int, on place: StoreUnderTest
    ) async throws -> (summary: Simulation.Summary, books: Auditor.Books) {
        let faults = PlannedFaults()
        var result: (Simulation.Summary, Auditor.Books)?
        let calendar = try WorkCalendar.shipped()
        try await place.use(Hall.migrations.filter { !$0.id.hasPrefix("store.") }, faults: faults.plan) { store in
            let city = try Simulation(seed: seed, lives: lives, store: store, faults: faults, calendar: calendar)
            let summary = try await city.run()
            let key = try NoteSigner(
                name: "onewindow.test/log",
                key: try Ed25519PrivateKey(rawRepresentation: .init(repeating: 1, count: 32)))
            let sealer = Sealer(store: store, holder: "test", origin: "onewindow.test/log") { text in
                try Note.signed(text, by: [key])
            }
            while try await sealer.seal(now: city.now) > 0 {}
            _ = try await sealer.checkpoint(now: city.now)
            let audit = JournalAudit(store: store, origin: "onewindow.test/log") { note, text in
                (try? Note.open(note, trusting: [key.verifierKey]))?.text == text
            }
            let report = try await audit.run()
            #expect(report.findings == [])
            #expect(report.checkpoints == 1)
            result = (summary, try await Auditor().books(of: city.simulatedHall))
        }
        return try #require(result)
    }

    @Test func `the same seed writes the same journal on SQLite and PostgreSQL, whatever fails`() async throws {
        let one = try await Self.run(seed: 20_181_119, lives: 200, on: .sqlite)
        let other = try await Self.run(seed: 20_181_119, lives: 200, on: .postgres)
        #expect(one.summary == other.summary)
        #expect(one.books == other.books)
        #expect(one.summary.faults > 20)
        #expect(one.books.submitted == 200)
    }

    @Test(arguments: 1...50)
    func `whatever a seed brings, the auditor finds nothing`(_ seed: UInt64) async throws {
        let (summary, books) = try await Self.run(seed: seed, lives: 12, on: .sqlite)
        #expect(books.findings == [])
        #expect(books.submitted == 12)
        #expect(summary.ended == 12)
        #expect(books.filed == books.certificates)
    }
}
