import City
import Dossiers
import Foundation
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// A small house of every version lies in `Resources/houses` as its backup; each must come forward on both databases.
/// `GOLDEN=record` adds one for the version that `Resources/houses/next.txt` names, and never changes one.
@Suite struct ReleasedHouseTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Resources/houses")

    private static func houses() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "backup" }.sorted { $0.path < $1.path }
    }

    private static func recordNext() async throws {
        let name = try String(contentsOf: folder.appending(path: "next.txt"), encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let path = folder.appending(path: "\(name).backup").path
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let calendar = try WorkCalendar.shipped()
        try await StoreUnderTest.sqlite.use(Hall.migrations.filter { !$0.id.hasPrefix("store.") }) { store in
            let city = try Simulation(
                seed: 7, lives: 10, store: store, faults: PlannedFaults(), calendar: calendar)
            _ = try await city.run()
            let sealer = Sealer(store: store, holder: "golden", origin: "golden") { $0 }
            while try await sealer.seal(now: city.now) > 0 {}
            _ = try await sealer.checkpoint(now: city.now)
            let file = try await BackupFile.begin(at: path, from: store, migrations: Hall.migrations, now: city.now)
            try file.finish()
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a house of every version comes forward, verifies and can be read`(_ place: StoreUnderTest) async throws {
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record", place.dialect == .sqlite {
            try await Self.recordNext()
        }
        let houses = try Self.houses()
        #expect(!houses.isEmpty)
        let calendar = try WorkCalendar.shipped()
        for house in houses {
            try await place.withDatabase { database in
                try await database.use { store in
                    let file = try BackupFile(reading: house.path)
                    let now = Instant(milliseconds: 1_600_000_000_000)
                    let counts = try await file.restore(into: store, migrations: Hall.migrations, now: now)
                    #expect(counts.contains { $0.table == "dossier" && $0.count == 10 })
                    let report = try await JournalAudit(store: store, origin: "golden") { $0 == $1 }.run()
                    #expect(report.findings == [] && report.pending == 0 && report.checkpoints == 1)
                    let hall = try Hall(
                        store: store, calendar: calendar,
                        world: Hall.World(time: TimeSource { now }, dice: .seeded(1)),
                        signers: try SimulationSigners(seed: 7))
                    let books = try await Auditor().books(of: hall)
                    #expect(books.submitted == 10 && books.findings == [])
                    let ids = try await store.read { tx in
                        try tx.rows("SELECT id FROM dossier ORDER BY id LIMIT 100").map { DossierID(try $0.subject(0)) }
                    }
                    for id in ids {
                        let opened = try await hall.open(id)
                        #expect(opened.dossier.hasEnded && opened.history.count == opened.dossier.sequence)
                    }
                }
            }
        }
    }
}
