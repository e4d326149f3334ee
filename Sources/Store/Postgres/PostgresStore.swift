import Foundation
import CLibpq
import Synchronization
import Vocabulary

/// The store on a PostgreSQL 15 server: as many connections as worker threads, each used by one transaction at a time,
/// `READ COMMITTED` for writing. Correctness rests on primary keys and compare-and-set updates, never on locks.
package final class PostgresStore: Store {
    /// LIMIT: transactions that may wait for a connection; one more is `Fault.busy`.
    private static let queueMax = 1024
    /// LIMIT: seconds until the server of another house has taken a connection.
    private static let connectSeconds = 5

    package let dialect = Dialect.postgres
    private let address: String
    private let faults: FaultPlan?
    private let waitsForDisk: Bool
    private let workers: Workers
    private let idle = Mutex<[PostgresConnection]>([])
    private let settings: KeyValuePairs<String, String>
    /// After so long a transaction whose server does not answer is broken off; nil for never.
    private let patience: Duration?

    /// Connects once to see that the server can be used: UTF-8 and a collation that sorts by bytes.
    /// Throws `Fault.misconfigured` for another collation, `Fault.unavailable` when nobody answers.
    /// Where a commit does not wait for the disk, as a simulation that is begun anew when the power fails, the database
    /// is whole all the same.
    package init(
        address: String, connections: Int = 16, waitsForDisk: Bool = true, faults: FaultPlan? = nil
    ) async throws {
        self.address = address
        self.faults = faults
        self.waitsForDisk = waitsForDisk
        (settings, patience) = ([:], nil)
        workers = Workers(name: "postgres", threads: connections, queueMax: Self.queueMax)
        do {
            try await examineServer()
        } catch {
            await close()
            throw error
        }
    }

    /// The database of another house, whatever its collation: nobody is asked before the first transaction, and a
    /// server that cannot be reached or falls silent holds a transaction up no longer than `patience`.
    package init(of partner: String, connections: Int, patience: Duration) {
        (address, faults, waitsForDisk, self.patience) = (partner, nil, true, patience)
        settings = [
            "connect_timeout": "\(Self.connectSeconds)", "client_encoding": "UTF8", "application_name": "onewindow",
        ]
        workers = Workers(name: "partner-postgres", threads: connections, queueMax: Self.queueMax)
    }

    /// Whether libpq can read an address; whether anybody is there is another question.
    package static func isAddress(_ text: String) -> Bool {
        var message: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(text, &message)
        PQfreemem(message)
        PQconninfoFree(options)
        return options != nil
    }

    private func examineServer() async throws {
        let settings = try await workers.run { [self] in
            try onConnection { connection in
                try connection.rows(
                    """
                    SELECT current_setting('server_encoding'), datcollate FROM pg_database
                    WHERE datname = current_database()
                    """, [])
            }
        }
        guard let settings = settings.first else {
            throw Fault.misconfigured("postgres: the database does not name itself")
        }
        let (encoding, collation) = (try settings.text(0), try settings.text(1))
        guard encoding == "UTF8", collation == "C.UTF-8" || collation == "C.utf8" else {
            throw Fault.misconfigured(
                "postgres: make the database with UTF8 and C.UTF-8, not \(encoding), \(collation)")
        }
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await replaying {
            try await workers.run { [self] in
                try onConnection { connection in
                    let value = try transaction("BEGIN", on: connection) { transaction in
                        let value = try body(transaction)
                        try faults?.strike(.beforeCommit)
                        return value
                    }
                    try faults?.strike(.afterCommit)
                    return value
                }
            }
        }
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await workers.run { [self] in
            try onConnection { connection in
                try transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", on: connection, body)
            }
        }
    }

    package func copy(to path: String, migrations: [Migration]) async throws {
        try await read { tx in try TableCopy.all(of: migrations, from: tx, to: path) }
    }

    /// Autovacuum does it.
    package func compact() async throws {}

    package func checkpoint() async throws {
        try await write { tx in
            try tx.define("SET LOCAL synchronous_commit = on")
            // Whoever has a number of her own writes her commit down, and all before it go with it.
            _ = try tx.rows("SELECT txid_current() LIMIT 1")
        }
    }

    package func close() async {
        await workers.drain()
        idle.withLock { $0.removeAll() }
    }

    private func transaction<Value>(
        _ begin: String, on connection: PostgresConnection, _ body: (Transaction) throws -> Value
    ) throws -> Value {
        do {
            try connection.execute(begin, [])
            let value = try Transaction(connection, dialect: .postgres, faults: faults).perform(body)
            try connection.execute("COMMIT", [])
            try connection.flush()
            return value
        } catch {
            connection.rollBack()
            throw error
        }
    }

    private func opened() throws -> PostgresConnection {
        let connection = try PostgresConnection(address, settings: settings)
        if !waitsForDisk { _ = try connection.changes("SET synchronous_commit = off", []) }
        return connection
    }

    private func onConnection<Value>(_ work: (PostgresConnection) throws -> Value) throws -> Value {
        let connection = try idle.withLock { $0.popLast() } ?? opened()
        defer {
            idle.withLock { idle in
                // Where one connection was lost, the idle ones probably were, too: the next transactions make new ones.
                if connection.isUsable { idle.append(connection) } else { idle.removeAll() }
            }
        }
        guard let patience else { return try work(connection) }
        let isOver = Mutex(false)
        let watch = Task { [weak connection] in
            try await Task.sleep(for: patience)
            isOver.withLock { if !$0 { connection?.breakOff() } }
        }
        defer {
            isOver.withLock { $0 = true }
            watch.cancel()
        }
        return try work(connection)
    }
}
