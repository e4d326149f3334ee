import Foundation
import GRDB
package import Vocabulary

/// One file that holds a whole house: the database as it was at one instant, the large files it names, and notes such
/// as public keys. The file is a SQLite database in the shape of the house with two tables more, whichever store it was
/// made from, and can be brought back into either.
///
/// These calls block on the disk: run them on `Workers`, or where nobody else waits.
package final class BackupFile: Sendable {
    /// LIMIT: bytes of one note.
    package static let noteBytesMax = 64 * 1024
    private static let format = "onewindow-backup-1"
    /// Where the unfinished file lies until it is whole.
    private static let unfinished = ".unfinished"

    private let path: String
    private let queue: DatabaseQueue

    /// Begins a backup: copies the database of a store to `path`, which only appears when `finish` was called.
    ///
    /// Refuses a path where something lies already.
    package static func begin(
        at path: String, from store: any Store, migrations: [Migration], now: Instant
    ) async throws -> BackupFile {
        guard !FileManager.default.fileExists(atPath: path) else { throw BackupRefusal.exists }
        try remove(path + unfinished)
        try await store.copy(to: path + unfinished, migrations: migrations)
        let file = try BackupFile(path, open: path + unfinished, Configuration())
        try file.transaction { tx in
            try tx.define("CREATE TABLE backup_note (name TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL)")
            try tx.define(
                """
                CREATE TABLE backup_part (
                    digest TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (digest, part)
                )
                """)
            for copy in try TableCopy.all(of: migrations, in: tx) {
                let count = try tx.rows(shaped: "SELECT COUNT(*) FROM \(copy.table)").first?.integer(0) ?? 0
                try note("count/\(copy.table)", "\(count)", in: tx)
            }
            try note("made-at", now.description, in: tx)
            try note("format", format, in: tx)
        }
        return file
    }

    /// Opens a finished backup to read it. Refuses what is no backup and one that does not hold together.
    package init(reading path: String) throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else { throw BackupRefusal.notABackup }
        do {
            queue = try DatabaseQueue(path: path, configuration: .readingOnly)
            let isWhole = try queue.read { database in
                try String.fetchOne(database, sql: "SELECT text FROM backup_note WHERE name = 'format'") == Self.format
                    && String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok"
            }
            guard isWhole else { throw BackupRefusal.notABackup }
        } catch is DatabaseError {
            throw BackupRefusal.notABackup
        }
    }

    private init(_ path: String, open unfinished: String, _ configuration: Configuration) throws {
        self.path = path
        queue = try translatingErrors { try DatabaseQueue(path: unfinished, configuration: configuration) }
    }

    /// Runs a body on the file's own connection.
    func transaction<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        try translatingErrors {
            var value: Value?
            try queue.writeWithoutTransaction { database in
                try database.inTransaction(.deferred) {
                    let tx = Transaction(SQLiteConnection(database), dialect: .sqlite, faults: nil)
                    value = try tx.perform(body)
                    return .commit
                }
            }
            guard let value else { preconditionFailure("a transaction without an answer") }
            return value
        }
    }

    /// Puts a note in. Refuses, by precondition, a longer one than `noteBytesMax`.
    package func note(_ name: String, _ text: String) throws {
        try transaction { tx in try Self.note(name, text, in: tx) }
    }

    private static func note(_ name: String, _ text: String, in tx: Transaction) throws {
        precondition(text.utf8.count <= noteBytesMax, "a note beyond its limit")
        try tx.execute("INSERT INTO backup_note (name, text) VALUES (\(name), \(text))")
    }

    /// The notes whose names begin with a prefix, in order of their names, which are given without it.
    package func notes(_ prefix: String) throws -> [(name: String, text: String)] {
        try transaction { tx in
            try tx.rows("SELECT name, text FROM backup_note ORDER BY name LIMIT 100000").map {
                (try $0.text(0), try $0.text(1))
            }
        }.filter { $0.0.hasPrefix(prefix) }.map { (String($0.0.dropFirst(prefix.utf8.count)), $0.1) }
    }

    /// How many rows of each table were copied.
    package func counts() throws -> [(table: String, count: Int)] {
        try notes("count/").map { note in
            guard let count = Int(note.text) else { throw BackupRefusal.notABackup }
            return (note.name, count)
        }
    }

    /// Makes the file durable and gives it its name.
    package func finish() throws {
        try translatingErrors { try queue.close() }
        try DurableFile.publish(path + Self.unfinished, as: path)
    }

    /// Drops an unfinished backup.
    package func abandon() throws {
        try translatingErrors { try queue.close() }
        try Self.remove(path + Self.unfinished)
    }

    private static func remove(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw Fault.unavailable("cannot remove \(path)")
        }
    }
}
