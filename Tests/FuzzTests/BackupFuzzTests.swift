import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// A damaged backup is refused or comes back with a fault; it never brings the process down or comes back unnoticed.
@Suite struct BackupFuzzTests {
    private static func backup(_ path: String) async throws -> [UInt8] {
        try await StoreUnderTest.sqlite.use { store in
            try await store.write { tx in
                for number in 0..<200 {
                    _ = try Journal.append([Sample.entry(Sample.subject(number), 1, personal: "示例")], in: tx)
                }
            }
            let file = try await BackupFile.begin(
                at: path, from: store, migrations: Shape.migrations, now: Sample.now)
            try file.finish()
        }
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    @Test func `a damaged backup never comes back unnoticed`() async throws {
        let folder = try TestFolder.fresh()
        let whole = try await Self.backup(folder + "/whole")
        var number = 0
        let rounds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"] == nil ? 12 : 400
        while number < rounds {
            number += 1
            let mutator = Mutator(Dice.seeded(Fuzz.seed &+ UInt64(number)))
            var changed = whole
            for _ in 0...mutator.below(40) { changed[mutator.below(changed.count)] = UInt8(mutator.below(256)) }
            let path = folder + "/damaged-\(number)"
            try Data(changed).write(to: URL(filePath: path))
            do {
                let file = try BackupFile(reading: path)
                let target = try SQLiteStore(path: folder + "/target-\(number).sqlite")
                _ = try await file.restore(into: target, migrations: Shape.migrations, now: Sample.now)
                let report = try await JournalAudit(store: target, origin: "test") { _, _ in true }.run()
                await target.close()
                #expect(report.pending == 200, "seed \(Fuzz.seed), round \(number)")
            } catch is any Refusal {
            } catch is Fault {
            }
            try FileManager.default.removeItem(atPath: path)
        }
    }
}
