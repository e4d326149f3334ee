import CLibpq

/// The rows of a COPY in PostgreSQL's binary format (fifteen bytes of signature, two words, rows, an end).
struct PostgresCopy {
    /// LIMIT: bytes handed over at once.
    static let pieceBytesMax = 1 << 20

    private(set) var bytes: [UInt8]

    /// A copy without rows.
    init() {
        bytes = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + Array(repeating: 0, count: 8)
        bytes.reserveCapacity(Self.pieceBytesMax + 65_536)
    }

    /// Whether what has gathered should be handed over.
    var isFull: Bool { bytes.count >= Self.pieceBytesMax }

    /// What has gathered; it begins anew.
    mutating func take() -> [UInt8] {
        let taken = bytes
        bytes.removeAll(keepingCapacity: true)
        return taken
    }

    /// Adds a row for columns of these types.
    mutating func append(_ row: [SQLValue], as types: [Oid]) {
        add(Int16(row.count))
        for (value, type) in zip(row, types) {
            switch value {
            case .null: add(Int32(-1))
            case .integer(let number):
                // What a narrow column has no room for goes as it is, and the server refuses it.
                if type == ObjectID.int4, let narrow = Int32(exactly: number) {
                    add(Int32(4))
                    add(narrow)
                } else {
                    add(Int32(8))
                    add(number)
                }
            case .text(let text):
                add(Int32(text.utf8.count))
                bytes += text.utf8
            case .blob(let blob):
                add(Int32(blob.count))
                bytes += blob
            }
        }
    }

    /// Ends it.
    mutating func end() { add(Int16(-1)) }

    private mutating func add(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }
}

extension PostgresConnection {
    /// Writes rows by COPY. The pipeline rests meanwhile: a copy cannot run in it.
    func load(_ rows: [[SQLValue]], into target: String) throws {
        try flush()
        guard PQexitPipelineMode(handle) == 1 else { throw lost() }
        let outcome = Result { try copy(rows, into: target) }
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        try outcome.get()
    }

    /// The types of the columns that a target names, `table (column, …)`; the format says a number's length.
    private func types(of target: String) throws -> [Oid] {
        guard let open = target.firstIndex(of: "("), target.hasSuffix(")") else {
            preconditionFailure("\(target) names no columns")
        }
        let columns = target[target.index(after: open)...].dropLast()
        guard let result = PQexec(handle, "SELECT \(columns) FROM \(target[..<open]) LIMIT 0") else { throw lost() }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_TUPLES_OK else {
            throw PostgresError.translated(result, isAlive: isAlive)
        }
        return (0..<PQnfields(result)).map { PQftype(result, $0) }
    }

    private func copy(_ rows: [[SQLValue]], into target: String) throws {
        let types = try types(of: target)
        try settle(PQexec(handle, "COPY \(target) FROM STDIN (FORMAT binary)"), wanted: PGRES_COPY_IN)
        var copy = PostgresCopy()
        for row in rows {
            copy.append(row, as: types)
            if copy.isFull { try hand(copy.take()) }
        }
        copy.end()
        try hand(copy.take())
        guard PQputCopyEnd(handle, nil) == 1 else { throw lost() }
        let outcome = Result { try settle(PQgetResult(handle), wanted: PGRES_COMMAND_OK) }
        while let more = PQgetResult(handle) { PQclear(more) }
        try outcome.get()
    }

    private func hand(_ bytes: [UInt8]) throws {
        let handed = bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { PQputCopyData(handle, $0.baseAddress, Int32($0.count)) }
        }
        guard handed == 1 else { throw lost() }
    }

    private func settle(_ result: OpaquePointer?, wanted: ExecStatusType) throws {
        guard let result else { throw lost() }
        defer { PQclear(result) }
        guard PQresultStatus(result) == wanted else { throw PostgresError.translated(result, isAlive: isAlive) }
    }
}
