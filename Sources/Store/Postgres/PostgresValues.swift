import CLibpq
import Vocabulary

/// PostgreSQL's numbers for the types that are used.
enum ObjectID {
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let int4: Oid = 23
    static let text: Oid = 25
}

/// The values of one statement in PostgreSQL's binary formats.
struct PostgresParameters {
    let types: [Oid]
    private let buffers: [[CChar]?]

    init(_ values: [SQLValue]) {
        types = values.map { value in
            switch value {
            case .null: 0
            case .integer: ObjectID.int8
            case .text: ObjectID.text
            case .blob: ObjectID.bytea
            }
        }
        buffers = values.map { value in
            switch value {
            case .null: nil
            case .integer(let number):
                stride(from: 56, through: 0, by: -8).map { CChar(truncatingIfNeeded: number >> Int64($0)) }
            case .text(let text): text.utf8.map { CChar(bitPattern: $0) }
            case .blob(let bytes): bytes.map { CChar(bitPattern: $0) }
            }
        }
    }

    /// Hands out the pointers that libpq copies from; they are good only inside the closure.
    func withPointers<Value>(
        _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> Value
    ) -> Value {
        let total = buffers.reduce(0) { $0 + ($1?.count ?? 0) + 1 }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: total) { room in
            var pointers: [UnsafePointer<CChar>?] = []
            var lengths: [Int32] = []
            var offset = 0
            for buffer in buffers {
                guard let buffer, let base = room.baseAddress else {
                    pointers.append(nil)
                    lengths.append(0)
                    continue
                }
                let start = base + offset
                for (index, character) in buffer.enumerated() { start[index] = character }
                start[buffer.count] = 0
                pointers.append(UnsafePointer(start))
                lengths.append(Int32(buffer.count))
                offset += buffer.count + 1
            }
            return body(pointers, lengths, Array(repeating: 1, count: buffers.count))
        }
    }
}

/// What one statement answered.
struct PostgresAnswer {
    var rows: [Row] = []
    var changes = 0

    init() {}

    init(_ result: OpaquePointer) throws {
        changes = Int(String(cString: PQcmdTuples(result))) ?? 0
        let width = PQnfields(result)
        for row in 0..<PQntuples(result) {
            rows.append(Row(try (0..<width).map { try Self.value(result, row, $0) }))
        }
    }

    private static func value(_ result: OpaquePointer, _ row: Int32, _ column: Int32) throws -> SQLValue {
        if PQgetisnull(result, row, column) == 1 { return .null }
        let length = Int(PQgetlength(result, row, column))
        guard let start = PQgetvalue(result, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: length)
        switch PQftype(result, column) {
        case 20, 21, 23:
            let negative = (bytes.first ?? 0) & 0x80 != 0
            return .integer(bytes.reduce(negative ? -1 : 0) { $0 << 8 | Int64($1) })
        case 16: return .integer(Int64(bytes.first ?? 0))
        case 17: return .blob(Array(bytes))
        case 19, 25, 1042, 1043: return .text(String(decoding: bytes, as: UTF8.self))
        case let type: throw Fault.corrupt("postgres: a column of type \(type), which the schema does not use")
        }
    }
}

/// Turns PostgreSQL's errors into ours by their SQLSTATE.
enum PostgresError {
    static func translated(_ result: OpaquePointer, isAlive: Bool) -> any Error {
        let state = PQresultErrorField(result, 67).map { String(cString: $0) } ?? ""
        let message = String(cString: PQresultErrorMessage(result)).split(separator: "\n").first.map(String.init) ?? ""
        switch state {
        case "23505", "40001", "40P01": return WriteConflict(detail: message)
        case "53100": return Fault.storageFull
        case "53300", "55P03", "57014": return Fault.busy("postgres")
        case let state where !isAlive || state.isEmpty || state.hasPrefix("08") || state.hasPrefix("57P"):
            return Fault.unavailable("postgres: \(message)")
        case "58030", "53200", "25006": return Fault.unavailable("postgres: \(message)")
        default: return Fault.corrupt("postgres \(state): \(message)")
        }
    }
}
