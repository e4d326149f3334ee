import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct BackupTests {
    private static let migrations = Shape.migrations + [Notes.migration]

    /// From where to where: any store's backup can be brought back into any other.
    static let ways = StoreUnderTest.all.flatMap { from in StoreUnderTest.all.map { (from, $0) } }

    /// Writes entries until it is told to stop; each write is one note and one entry of the journal.
    private static func load(_ store: any Store, from first: Int) -> Task<Int, any Error> {
        Task {
            var number = first
            while !Task.isCancelled {
                let entry = Sample.entry(Sample.subject(number), 1, personal: "林晓榕")
                try await store.write { [number] tx in
                    try Notes.add(number, in: tx)
                    _ = try Journal.append([entry], in: tx)
                }
                number += 1
            }
            return number - first
        }
    }

    private static func backup(
        of store: any Store, files: BlobFiles? = nil, at path: String
    ) async throws -> [String] {
        let file = try await BackupFile.begin(at: path, from: store, migrations: migrations, now: Sample.now)
        let damaged = try files.map { try file.add($0) } ?? []
        try file.finish()
        return damaged
    }

    private static func counts(_ file: BackupFile) throws -> [String: Int] {
        Dictionary(uniqueKeysWithValues: try file.counts().map { ($0.table, $0.count) })
    }

    private static func audit(_ store: any Store) async throws -> JournalAudit.Report {
        try await JournalAudit(store: store, origin: "test") { _, _ in true }.run()
    }

    @Test(arguments: ways)
    func `a backup under load comes back whole into either database, and its journal verifies`(
        from: StoreUnderTest, into: StoreUnderTest
    ) async throws {
        let path = try TestFolder.fresh() + "/backup"
        try await from.use([Notes.migration]) { store in
            for number in 0..<300 {
                try await store.write { tx in
                    try Notes.add(number, "福州 \(number)", number: -number, in: tx)
                    _ = try Journal.append([Sample.entry(Sample.subject(number), 1)], in: tx)
                    _ = try Blobs.put(Array(repeating: UInt8(number % 7), count: 1000), now: Sample.now, in: tx)
                }
            }
            let sealer = Sealer(store: store, holder: "test", origin: "test") { $0 }
            _ = try await sealer.seal(now: Sample.now)
            _ = try await sealer.checkpoint(now: Sample.now)
            let load = Self.load(store, from: 1000)
            _ = try await Self.backup(of: store, at: path)
            load.cancel()
            let written = try await load.value
            #expect(written > 0)
        }
        let file = try BackupFile(reading: path)
        let counts = try Self.counts(file)
        let notes = try #require(counts["note"])
        #expect(notes >= 300 && counts["journal"] == notes && counts["blob"] == 7)
        try await into.withDatabase { database in
            try await database.use { store in
                let restored = try await file.restore(into: store, migrations: Self.migrations, now: Sample.now)
                #expect(restored.map(\.table) == counts.keys.sorted())
                try await Notes.expect(notes, in: store)
                let report = try await Self.audit(store)
                #expect(report.holds && report.sealed == 300 && report.pending == notes - 300)
                #expect(report.checkpoints == 1)
                let row = try await store.read { tx in
                    try tx.row("SELECT text, bytes, number FROM note WHERE id = 299")
                }
                #expect(try row?.text(0) == "福州 299" && row?.integer(2) == -299 && row?.optionalBytes(1) == nil)
                // The restored house goes on where the other one was.
                try await store.write { tx in
                    _ = try Journal.append([Sample.entry(Sample.subject(299), 2)], in: tx)
                }
                let sealer = Sealer(store: store, holder: "test", origin: "test") { $0 }
                _ = try await sealer.seal(now: Sample.now.advanced(bySeconds: 3600))
                let after = try await Self.audit(store)
                #expect(after.holds && after.pending == 0)
            }
        }
    }

    @Test func `large files travel with the database, and one that is missing or torn is named`() async throws {
        let folder = try TestFolder.fresh()
        let files = try BlobFiles(directory: folder + "/blobs")
        let contents = (0..<3).map { seed in (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ seed) } }
        let refs = try contents.enumerated().map { index, bytes in
            let writer = try files.begin(name: "\(index)")
            try writer.append(bytes)
            return try writer.finish()
        }
        try await StoreUnderTest.sqlite.use([Notes.migration]) { store in
            for ref in refs { try await store.write { tx in try Blobs.name(ref, now: Sample.now, in: tx) } }
            let whole = try await Self.backup(of: store, files: files, at: folder + "/whole")
            #expect(whole.isEmpty)
            try Data("torn".utf8).write(to: URL(filePath: files.path(of: refs[1])))
            try FileManager.default.removeItem(atPath: files.path(of: refs[2]))
            let damaged = try await Self.backup(of: store, files: files, at: folder + "/damaged")
            #expect(damaged == [refs[1], refs[2]].map(\.digest).sorted())
        }
        let copies = try BlobFiles(directory: folder + "/copies")
        #expect(try BackupFile(reading: folder + "/whole").extract(to: copies).isEmpty)
        for (ref, bytes) in zip(refs, contents) { #expect(try copies.bytes(of: ref) == bytes) }
        let rest = try BlobFiles(directory: folder + "/rest")
        let missing = try BackupFile(reading: folder + "/damaged").extract(to: rest)
        #expect(missing == [refs[1], refs[2]].map(\.digest).sorted())
        #expect(try rest.digests() == [refs[0].digest])
    }

    @Test func `a backup of an earlier version is brought forward, one of a later version is refused`() async throws {
        let folder = try TestFolder.fresh()
        try await StoreUnderTest.sqlite.use([Notes.migration]) { store in
            try await store.write { tx in try Notes.add(1, in: tx) }
            _ = try await Self.backup(of: store, at: folder + "/backup")
        }
        let file = try BackupFile(reading: folder + "/backup")
        let next = Migration(
            "test.002-colour", statements: ["ALTER TABLE note ADD COLUMN colour TEXT NOT NULL DEFAULT 'green'"])
        let later = try SQLiteStore(path: folder + "/later.sqlite")
        _ = try await file.restore(into: later, migrations: Self.migrations + [next], now: Sample.now)
        let colour = try await later.read { tx in try tx.row("SELECT colour FROM note WHERE id = 1")?.text(0) }
        #expect(colour == "green")
        await #expect(throws: BackupRefusal.placeNotEmpty) {
            try await file.restore(into: later, migrations: Self.migrations + [next], now: Sample.now)
        }
        await later.close()
        let earlier = try SQLiteStore(path: folder + "/earlier.sqlite")
        await #expect(throws: BackupRefusal.madeByLaterVersion) {
            try await file.restore(into: earlier, migrations: Shape.migrations, now: Sample.now)
        }
        await earlier.close()
    }

    @Test func `a backup overwrites nothing and appears only when it is whole`() async throws {
        let folder = try TestFolder.fresh()
        let path = folder + "/backup"
        try await StoreUnderTest.sqlite.use([Notes.migration]) { store in
            let file = try await BackupFile.begin(at: path, from: store, migrations: Self.migrations, now: Sample.now)
            #expect(!FileManager.default.fileExists(atPath: path))
            try file.abandon()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            _ = try await Self.backup(of: store, at: path)
            await #expect(throws: BackupRefusal.exists) { try await Self.backup(of: store, at: path) }
        }
    }

    @Test func `a damaged or foreign file is no backup, and rows that were taken out are missed`() async throws {
        let folder = try TestFolder.fresh()
        try await StoreUnderTest.sqlite.use([Notes.migration]) { store in
            for id in 0..<2000 { try await store.write { tx in try Notes.add(id, in: tx) } }
            _ = try await Self.backup(of: store, at: folder + "/backup")
        }
        #expect(throws: BackupRefusal.notABackup) { try BackupFile(reading: folder + "/nothing") }
        try Data("certainly no database".utf8).write(to: URL(filePath: folder + "/text"))
        #expect(throws: BackupRefusal.notABackup) { try BackupFile(reading: folder + "/text") }
        let database = try SQLiteStore(path: folder + "/plain.sqlite")
        await database.close()
        #expect(throws: BackupRefusal.notABackup) { try BackupFile(reading: folder + "/plain.sqlite") }

        var bytes = try Data(contentsOf: URL(filePath: folder + "/backup"))
        for index in bytes.count / 2..<bytes.count / 2 + 16_384 { bytes[index] = 0x5A }
        try bytes.write(to: URL(filePath: folder + "/damaged"))
        #expect(throws: BackupRefusal.notABackup) { try BackupFile(reading: folder + "/damaged") }

        try FileManager.default.copyItem(atPath: folder + "/backup", toPath: folder + "/short")
        let tampered = try SQLiteStore(path: folder + "/short")
        try await tampered.write { tx in try tx.execute("DELETE FROM note WHERE id = 7") }
        try await tampered.checkpoint()
        await tampered.close()
        let target = try SQLiteStore(path: folder + "/target.sqlite")
        let short = try BackupFile(reading: folder + "/short")
        await #expect(throws: BackupRefusal.countsDiffer) {
            try await short.restore(into: target, migrations: Self.migrations, now: Sample.now)
        }
        await target.close()
    }
}
