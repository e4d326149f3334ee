import Foundation
import GRDB
import Synchronization
import Vocabulary

/// The embedded store: one file, write-ahead log, `synchronous=FULL`, one writer thread with group commit.
package final class SQLiteStore: Store {
    /// LIMIT: reads that may wait for a reader; one more is `Fault.busy`.
    private static let readQueueMax = 1024
    private static let readers = 4

    package let dialect = Dialect.sqlite
    private let pool: DatabasePool
    private let group: CommitGroup
    private let readers: Workers
    private let faults: FaultPlan?

    /// What a store is opened for.
    package enum Work: Sendable {
        case service
        /// Filling the library: a larger cache, what is sorted goes to files, and the log grows further before it is
        /// written back. As durable as service.
        case bulk
        /// A simulation, which is begun anew when the power fails: a commit does not wait for the disk. What is in the
        /// file is whole all the same, and `checkpoint` waits for all of it.
        case simulation

        var cacheKibibytes: Int { self == .service ? 16_384 : 262_144 }
        var isSortedInMemory: Bool { self != .bulk }
        /// Pages of 8 KiB.
        var checkpointPages: Int { self == .service ? 4000 : 32_768 }
        /// Whether a commit waits for the disk.
        package var waitsForDisk: Bool { self != .simulation }
        /// `FULL` waits for the disk at each commit, `NORMAL` when the log is written back.
        var synchronous: Int { waitsForDisk ? 2 : 1 }
    }

    /// Opens or makes the file. Throws `Fault.misconfigured` when it cannot be made durable.
    package init(path: String, for work: Work = .service, faults: FaultPlan? = nil) throws {
        var configuration = Configuration()
        configuration.maximumReaderCount = Self.readers
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA page_size = 8192")
            try database.execute(sql: "PRAGMA cache_size = -\(work.cacheKibibytes)")
            // A savepoint keeps the pages it may have to bring back; in files they cost ten times the writes of the
            // log. A bulk load changes few pages that were there, and sorts what has no room in memory.
            try database.execute(sql: "PRAGMA temp_store = \(work.isSortedInMemory ? "MEMORY" : "FILE")")
            // Erased personal parts are overwritten, not only unlinked.
            try database.execute(sql: "PRAGMA secure_delete = FAST")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // The pool sets NORMAL while it opens, after everything `prepareDatabase` can say.
            let synchronous = try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = \(work.synchronous)")
                try database.execute(sql: "PRAGMA wal_autocheckpoint = \(work.checkpointPages)")
                return try Int.fetchOne(database, sql: "PRAGMA synchronous")
            }
            guard synchronous == work.synchronous else {
                throw Fault.misconfigured("SQLite did not take synchronous=\(work.synchronous)")
            }
        } catch let error as DatabaseError {
            throw Fault.misconfigured("cannot open \(path): \(error.message ?? "\(error.resultCode)")")
        }
        self.faults = faults
        group = CommitGroup(pool: pool, faults: faults)
        readers = Workers(name: "sqlite-readers", threads: Self.readers, queueMax: Self.readQueueMax)
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await replaying {
            try await withCheckedThrowingContinuation { continuation in
                let accepted = group.submit(BodyJob(body, continuation))
                if !accepted { continuation.resume(throwing: Fault.busy("sqlite-writer")) }
            }
        }
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await readers.run { [pool, faults] in
            try translatingErrors {
                try pool.read { database in
                    try Transaction(SQLiteConnection(database), dialect: .sqlite, faults: faults).perform(body)
                }
            }
        }
    }

    package func copy(to path: String, migrations: [Migration]) async throws {
        try await readers.run { [pool] in
            try translatingErrors {
                // One read transaction from the first page to the last: a writer beside it neither waits nor is seen.
                // The online backup begins again whenever somebody else writes, and under load never ends.
                let source = try DatabaseQueue(path: pool.path, configuration: .readingOnly)
                try source.inDatabase { database in
                    try database.execute(sql: "VACUUM INTO ?", arguments: [path])
                }
                try source.close()
            }
        }
    }

    /// Brings the file up to the write-ahead log.
    package func checkpoint() async throws {
        try await readers.run { [pool] in
            try translatingErrors {
                try pool.writeWithoutTransaction { database in _ = try database.checkpoint(.truncate) }
            }
        }
    }

    package func compact() async throws {
        try await readers.run { [pool] in
            try translatingErrors {
                try pool.writeWithoutTransaction { database in
                    // The new file would be made in memory otherwise.
                    let before = try Int.fetchOne(database, sql: "PRAGMA temp_store") ?? 0
                    try database.execute(sql: "PRAGMA temp_store = FILE")
                    try database.execute(sql: "VACUUM")
                    try database.execute(sql: "PRAGMA temp_store = \(before)")
                    _ = try database.checkpoint(.truncate)
                }
            }
        }
    }

    /// Commits so far: each is one wait for the disk.
    package var commits: Int { group.commits.load(ordering: .relaxed) }

    package func close() async {
        await readers.drain()
        await withCheckedContinuation { continuation in
            let thread = Thread { [self] in
                group.close()
                do {
                    try pool.close()
                } catch {
                    // Everything acknowledged is in the file already; what cannot be closed goes with the process.
                }
                continuation.resume()
            }
            thread.start()
        }
    }
}

extension Configuration {
    /// For a file that is only read.
    static var readingOnly: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return configuration
    }
}
