import Accounts
import Certificates
import City
import Hall
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

/// A library that is filled in bulk, on one of the stores.
struct LibraryStory {
    static let now = Instant(milliseconds: 1_795_500_304_000)
    static let origin = "test.example/log"

    let hall: Hall
    let key: AccountKey
    let sealer: Sealer
    let keeper: CertificateLogKeeper

    init(_ store: any Store) throws {
        let clock = Mutex(Self.now)
        let time = TimeSource {
            clock.withLock { now in
                now = now.advanced(bySeconds: 1)
                return now
            }
        }
        hall = try Hall(
            store: store, calendar: try .shipped(), world: Hall.World(time: time, dice: .seeded(5)),
            signers: try SimulationSigners(seed: 1))
        key = try #require(AccountKey(Array(repeating: 3, count: 32)))
        sealer = Sealer(store: store, holder: "import", origin: "test.example/journal") { $0 + "\nsigned\n" }
        keeper = CertificateLogKeeper(store: store, sealer: sealer, origin: Self.origin) { $0 + "\nsigned\n" }
    }

    static func use(_ place: StoreUnderTest, _ body: (LibraryStory) async throws -> Void) async throws {
        try await place.withDatabase { database in
            try await database.use { store in
                _ = try await store.migrate(Hall.migrations, now: now)
                try await body(try LibraryStory(store))
            }
        }
    }

    /// Types that the library knows.
    func kinds(_ count: Int = 60) async throws -> [CertificateKind] {
        let kinds = try GeneratedKinds.kinds(count, seed: 1)
        _ = try await hall.take(kinds)
        return kinds
    }

    @discardableResult
    func take(
        _ source: any RecordSource, _ refused: AsideRows = AsideRows(), atOnce: Int = 400
    ) async throws -> CertificateImportTable.Progress {
        var library = LibraryImport(hall, sealer: sealer, keeper: keeper, key: key) { _ in }
        library.recordsAtOnce = atOnce
        return try await library.run(source, refused: refused)
    }

    /// Both logs, made again from the beginning.
    func audit() async throws -> (journal: JournalAudit.Report, log: CertificateLogAudit.Report) {
        _ = try await sealer.checkpoint(now: hall.time.now())
        _ = try await keeper.checkpoint(now: hall.time.now())
        let journal = JournalAudit(store: hall.store, origin: "test.example/journal") { $0 == $1 + "\nsigned\n" }
        let log = CertificateLogAudit(store: hall.store, origin: Self.origin) { $0 == $1 + "\nsigned\n" }
        return (try await journal.run(), try await log.run())
    }

    func count(_ sql: SQL) async throws -> Int {
        try await hall.store.read { tx in try tx.row(sql)?.integer(0) ?? 0 }
    }
}

/// Refused rows, kept as a file would keep them.
final class AsideRows: RefusedRows {
    private let kept = Mutex<[RefusedRow]>([])

    var rows: [RefusedRow] { kept.withLock { $0 } }

    func cut(to bytes: Int) throws { kept.withLock { $0 = Array($0.prefix(bytes)) } }

    func append(_ rows: [RefusedRow]) throws -> Int {
        kept.withLock { kept in
            kept += rows
            return kept.count
        }
    }
}

/// A source that ends with a fault after so many batches, as a process that is killed does.
struct TornSource: RecordSource {
    let whole: any RecordSource
    let after: Int

    var name: String { whole.name }

    func batch(from place: Int, line: Int, limit: Int) async throws -> RecordBatch? {
        guard place < after else { throw Fault.unavailable("torn") }
        return try await whole.batch(from: place, line: line, limit: limit)
    }
}
