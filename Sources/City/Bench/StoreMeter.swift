import Foundation
package import Store
import Vocabulary

/// Reads what a bench cost the store: waits for the disk and bytes, and the plain limit of single-row inserts.
package struct StoreMeter: Sendable {
    /// What the store has used so far.
    package struct Reading: Sendable {
        package let syncs: Int
        package let bytes: Int
    }

    private let store: any Store
    private let path: String?

    /// `path` is the SQLite file; nil on a server.
    package init(store: any Store, path: String?) {
        self.store = store
        self.path = path
    }

    /// Syncs and bytes until now; on SQLite the file is brought up to the log first.
    package func reading() async throws -> Reading {
        if let sqlite = store as? SQLiteStore, let path {
            try await sqlite.checkpoint()
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return Reading(syncs: sqlite.commits, bytes: size ?? 0)
        }
        let row = try await store.read { tx in
            try tx.row("SELECT wal_sync, pg_database_size(current_database()) FROM pg_stat_wal")
        }
        return Reading(syncs: try row?.integer(0) ?? 0, bytes: try row?.integer(1) ?? 0)
    }

    /// Single-row durable inserts a second by so many writers at once.
    package func limit(writers: Int, rows: Int) async throws -> Double {
        let table = Table("bench_limit", .local, columns: "id BIGINT NOT NULL PRIMARY KEY, text TEXT NOT NULL")
        _ = try await store.migrate([Migration("bench.001-limit", tables: [table])], now: Instant(milliseconds: 0))
        try await store.write { tx in try tx.execute("DELETE FROM bench_limit") }
        let start = ContinuousClock.now
        let share = rows / writers
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    for row in 0..<share {
                        let id = row * writers + writer
                        try await store.write { tx in
                            try tx.execute("INSERT INTO bench_limit (id, text) VALUES (\(id), 'one window')")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        return Double(share * writers) / ((ContinuousClock.now - start) / .seconds(1))
    }
}

/// What the kernel says of this process.
package enum ProcessMemory {
    /// The most memory this process has had, in MiB; 0 where the kernel does not say.
    package static func peakMebibytes() -> Int {
        guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return 0 }
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 / 1024 } ?? 0
    }
}
