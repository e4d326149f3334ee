import GRDB
import Vocabulary

/// One SQLite connection as the transaction bodies see it. Statements are prepared once and kept.
final class SQLiteConnection: Connection {
    let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
        try translatingErrors {
            let statement = try prepared(text, values)
            let width = statement.columnCount
            let cursor = try GRDB.Row.fetchCursor(statement)
            var result: [Row] = []
            while let row = try cursor.next() {
                var columns: [SQLValue] = []
                columns.reserveCapacity(width)
                for index in 0..<width { columns.append(try value(row, index)) }
                result.append(Row(columns))
            }
            return result
        }
    }

    func execute(_ text: String, _ values: [SQLValue]) throws {
        try translatingErrors { try prepared(text, values).execute() }
    }

    func changes(_ text: String, _ values: [SQLValue]) throws -> Int {
        try translatingErrors {
            try prepared(text, values).execute()
            return database.changesCount
        }
    }

    private func prepared(_ text: String, _ values: [SQLValue]) throws -> Statement {
        // PostgreSQL refuses such a text; SQLite's binding would cut it off.
        for case .text(let value) in values where value.utf8.contains(0) { throw Fault.corrupt("a text with a NUL") }
        let statement = try database.cachedStatement(sql: text)
        try statement.setArguments(StatementArguments(values.map(\.databaseValue)))
        return statement
    }

    private func value(_ row: GRDB.Row, _ index: Int) throws -> SQLValue {
        let value: DatabaseValue = row[index]
        switch value.storage {
        case .null: return .null
        case .int64(let number): return .integer(number)
        case .string(let text): return .text(text)
        case .blob(let data): return .blob([UInt8](data))
        case .double: throw Fault.corrupt("a fraction where the schema has none")
        }
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }
}

import struct Foundation.Data

/// Turns SQLite's errors into ours: a broken uniqueness is another writer's victory, a full disk is a full disk.
func translatingErrors<Value>(_ work: () throws -> Value) throws -> Value {
    do {
        return try work()
    } catch let error as DatabaseError {
        throw translated(error)
    }
}

private func translated(_ error: DatabaseError) -> any Error {
    let detail = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_CONSTRAINT:
        let unique: [ResultCode] = [.SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_UNIQUE]
        return unique.contains(error.extendedResultCode) ? WriteConflict(detail: detail) : Fault.corrupt(detail)
    case .SQLITE_FULL: return Fault.storageFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: return Fault.busy("sqlite")
    case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_NOMEM: return Fault.unavailable(detail)
    default: return Fault.corrupt("sqlite: \(detail)")
    }
}
