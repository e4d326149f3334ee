import CLibpq
import Foundation
import Vocabulary

/// One libpq connection in pipeline mode. Statements are prepared once by text; what needs no answer waits and travels
/// with the next question, so that a command costs a few round trips, not one a statement.
// SAFETY: libpq allows a connection to be used by one thread at a time; the pool hands it to one worker at a time.
final class PostgresConnection: Connection, @unchecked Sendable {
    /// LIMIT: statements sent before answers are read, so that neither side's buffer fills up.
    private static let pipelineMax = 64

    private struct Pending {
        enum Kind { case prepare(text: String, name: String), run }
        let kind: Kind
    }

    let handle: OpaquePointer
    private var prepared: [String: [(types: [Oid], name: String)]] = [:]
    private var serial = 0
    private var pending: [Pending] = []
    /// Statements and round trips so far, for benches.
    private(set) var roundTrips = 0

    /// Connects; throws `Fault.unavailable` when the server does not answer. `settings` are libpq's and win over those
    /// of the address.
    init(_ address: String, settings: KeyValuePairs<String, String> = [:]) throws {
        let keywords = CStrings(["dbname"] + settings.map(\.key))
        let values = CStrings([address] + settings.map(\.value))
        let opened = withExtendedLifetime((keywords, values)) {
            PQconnectdbParams(keywords.pointers, values.pointers, 1)
        }
        guard let handle = opened else { throw Fault.unavailable("postgres: no memory") }
        guard PQstatus(handle) == CONNECTION_OK, PQenterPipelineMode(handle) == 1 else {
            let message = String(cString: PQerrorMessage(handle))
            PQfinish(handle)
            throw Fault.unavailable("postgres: \(message)")
        }
        self.handle = handle
        // Notices ("already exists, skipping") are no errors and belong to nobody's log.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit {
        PQfinish(handle)
    }

    var isAlive: Bool { PQstatus(handle) == CONNECTION_OK }

    /// Breaks off whatever is waited for, from another thread: the wait ends as that for a lost connection does.
    func breakOff() { shutdown(PQsocket(handle), Int32(SHUT_RDWR)) }

    /// Whether the next transaction may use this connection.
    private(set) var isUsable = true

    /// Takes back the transaction; a connection that cannot even do that is not used again.
    func rollBack() {
        do {
            try flush()
        } catch {
            // What waited was part of the transaction that is being taken back: its error changes nothing any more.
            isUsable = isAlive
        }
        do {
            _ = try changes("ROLLBACK", [])
        } catch {
            isUsable = false
        }
    }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
        try send(text, values)
        return try flush().rows
    }

    func changes(_ text: String, _ values: [SQLValue]) throws -> Int {
        try send(text, values)
        return try flush().changes
    }

    func execute(_ text: String, _ values: [SQLValue]) throws {
        try send(text, values)
        if pending.count >= Self.pipelineMax { _ = try flush() }
    }

    /// Sends what waits and reads every answer. Throws the first error; the transaction is then good for nothing.
    @discardableResult
    func flush() throws -> PostgresAnswer {
        guard !pending.isEmpty else { return PostgresAnswer() }
        roundTrips += 1
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        var answer = PostgresAnswer()
        var failure: (any Error)?
        let sent = pending
        pending.removeAll(keepingCapacity: true)
        for statement in sent {
            let result = try receive()
            if let error = result.error {
                failure = failure ?? error
                if case .prepare(let text, let name) = statement.kind {
                    prepared[text]?.removeAll { $0.name == name }
                }
            } else if case .run = statement.kind {
                answer = result.answer
            }
        }
        guard let sync = PQgetResult(handle) else { throw lost() }
        let status = PQresultStatus(sync)
        PQclear(sync)
        guard status == PGRES_PIPELINE_SYNC else { throw lost() }
        if let failure { throw failure }
        return answer
    }

    private func receive() throws -> (answer: PostgresAnswer, error: (any Error)?) {
        guard let result = PQgetResult(handle) else { throw lost() }
        defer { PQclear(result) }
        let outcome: (PostgresAnswer, (any Error)?)
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
            outcome = (try PostgresAnswer(result), nil)
        case PGRES_PIPELINE_ABORTED:
            outcome = (PostgresAnswer(), Fault.unavailable("postgres: aborted"))
        default:
            outcome = (PostgresAnswer(), PostgresError.translated(result, isAlive: isAlive))
        }
        // Each statement's answers end with a null.
        while let extra = PQgetResult(handle) { PQclear(extra) }
        return outcome
    }

    func lost() -> Fault {
        .unavailable("postgres: \(String(cString: PQerrorMessage(handle)))")
    }

    private func send(_ text: String, _ values: [SQLValue]) throws {
        let parameters = PostgresParameters(values)
        let name = try name(of: text, for: parameters.types) ?? prepare(text, parameters.types)
        let sent = parameters.withPointers { pointers, lengths, formats in
            PQsendQueryPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1)
        }
        guard sent == 1 else { throw lost() }
        pending.append(Pending(kind: .run))
    }

    /// A statement that was prepared for values of these kinds. A null goes with every kind; a value does not go where
    /// a null stood when the statement was prepared: the server chose the column's own width there, which may be
    /// another than ours.
    private func name(of text: String, for types: [Oid]) -> String? {
        prepared[text]?.first { known in
            known.types.count == types.count && zip(types, known.types).allSatisfy { $0 == 0 || $0 == $1 }
        }?.name
    }

    private func prepare(_ text: String, _ types: [Oid]) throws -> String {
        serial += 1
        let name = "s\(serial)"
        guard PQsendPrepare(handle, name, Self.numbered(text), Int32(types.count), types) == 1 else { throw lost() }
        pending.append(Pending(kind: .prepare(text: text, name: name)))
        prepared[text, default: []].append((types, name))
        return name
    }

    /// `?` becomes `$1`, `$2`, …; our statements hold no other question mark.
    static func numbered(_ text: String) -> String {
        var result = ""
        var number = 0
        for character in text {
            if character == "?" {
                number += 1
                result += "$\(number)"
            } else {
                result.append(character)
            }
        }
        return result
    }
}
