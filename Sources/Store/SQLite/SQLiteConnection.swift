import GRDB
import GRDBSQLite
import Vocabulary

/// One SQLite connection as the transaction bodies see it. Statements are prepared once and kept; values are bound and
/// read without the driver's own value types, which cost as much as the statements themselves.
final class SQLiteConnection: Connection {
    let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
        var result: [Row] = []
        try run(text, values) { statement in result.append(try Self.row(statement)) }
        return result
    }

    func execute(_ text: String, _ values: [SQLValue]) throws {
        try run(text, values) { _ in }
    }

    func changes(_ text: String, _ values: [SQLValue]) throws -> Int {
        try run(text, values) { _ in }
        return Int(sqlite3_changes(database.sqliteConnection))
    }

    func load(_ rows: [[SQLValue]], into target: String) throws {
        guard let width = rows.first?.count else { return }
        let marks = Array(repeating: "?", count: width).joined(separator: ", ")
        let text = "INSERT INTO \(target) VALUES (\(marks))"
        let statement = try translatingErrors { try database.cachedStatement(sql: text).sqliteStatement }
        defer { sqlite3_clear_bindings(statement) }
        for row in rows {
            precondition(row.count == width, "every row has a value for each column")
            for (index, value) in row.enumerated() { try bind(value, at: Int32(index + 1), of: statement) }
            let code = sqlite3_step(statement)
            let error = code == SQLITE_DONE ? nil : failure()
            sqlite3_reset(statement)
            if let error { throw error }
        }
    }

    private func run(_ text: String, _ values: [SQLValue], row: (OpaquePointer) throws -> Void) throws {
        let statement = try translatingErrors { try database.cachedStatement(sql: text).sqliteStatement }
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1), of: statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: try row(statement)
            case SQLITE_DONE: return
            default: throw failure()
            }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32, of statement: OpaquePointer) throws {
        let code: Int32 =
            switch value {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let number): sqlite3_bind_int64(statement, index, number)
            case .text(let text): try bind(text, at: index, of: statement)
            case .blob(let bytes):
                bytes.isEmpty
                    ? sqlite3_bind_zeroblob(statement, index, 0)
                    : sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), Self.copied)
            }
        guard code == SQLITE_OK else { throw failure() }
    }

    private func bind(_ text: String, at index: Int32, of statement: OpaquePointer) throws -> Int32 {
        // An empty text needs an address that is not null.
        if text.isEmpty { return sqlite3_bind_text(statement, index, "", 0, Self.copied) }
        var text = text
        // PostgreSQL refuses a text with a NUL; so does this one.
        return try text.withUTF8 { bytes in
            if bytes.contains(0) { throw Fault.corrupt("a text with a NUL") }
            return bytes.withMemoryRebound(to: CChar.self) { characters in
                sqlite3_bind_text64(
                    statement, index, characters.baseAddress, UInt64(bytes.count), Self.copied, UInt8(SQLITE_UTF8))
            }
        }
    }

    private static func row(_ statement: OpaquePointer) throws -> Row {
        let width = sqlite3_column_count(statement)
        var columns: [SQLValue] = []
        columns.reserveCapacity(Int(width))
        for index in 0..<width { columns.append(try value(statement, index)) }
        return Row(columns)
    }

    private static func value(_ statement: OpaquePointer, _ index: Int32) throws -> SQLValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, index)
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, index)
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
            return .blob([UInt8](bytes))
        default: throw Fault.corrupt("a fraction where the schema has none")
        }
    }

    private func failure() -> any Error {
        let code = ResultCode(rawValue: sqlite3_extended_errcode(database.sqliteConnection))
        return translated(code, String(cString: sqlite3_errmsg(database.sqliteConnection)))
    }

    /// SQLite copies what is bound before the call returns.
    // SAFETY: the constant -1 is SQLite's own SQLITE_TRANSIENT, never called as a function.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// Turns SQLite's errors into ours: a broken uniqueness is another writer's victory, a full disk is a full disk.
func translatingErrors<Value>(_ work: () throws -> Value) throws -> Value {
    do {
        return try work()
    } catch let error as DatabaseError {
        throw translated(error)
    }
}

private func translated(_ error: DatabaseError) -> any Error {
    translated(error.extendedResultCode, error.message ?? "\(error.resultCode)")
}

/// One code of SQLite (an extended one) as ours.
private func translated(_ code: ResultCode, _ detail: String) -> any Error {
    switch code.primaryResultCode {
    case .SQLITE_CONSTRAINT:
        let unique: [ResultCode] = [.SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_UNIQUE]
        return unique.contains(code) ? WriteConflict(detail: detail) : Fault.corrupt(detail)
    case .SQLITE_FULL: return Fault.storageFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: return Fault.busy("sqlite")
    case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_NOMEM: return Fault.unavailable(detail)
    default: return Fault.corrupt("sqlite: \(detail)")
    }
}
