import Vocabulary

/// The database: transactions whose bodies are synchronous, so that nothing in them can wait for the world.
///
/// Two implementations ship, SQLite and PostgreSQL, with the same guarantees and the same tests.
package protocol Store: Sendable {
    /// Which database answers.
    var dialect: Dialect { get }

    /// Runs the body in one durable transaction: when this returns, everything it wrote survives the loss of power;
    /// when it throws, nothing was kept. After losing against another writer the body is replayed, at most
    /// `Limits.replaysMax` times, so it must depend only on its arguments and on what it reads.
    ///
    /// Throws what the body throws, or a `Fault`.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value

    /// Runs the body on one consistent snapshot. It must not write.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value

    /// Writes everything, as it is at one instant, to a new SQLite file, while others go on writing. `migrations` say
    /// which tables there are. Throws `Fault.misconfigured` when the file cannot be made.
    func copy(to path: String, migrations: [Migration]) async throws

    /// Writes the database's file anew without pages that were given up: they still hold what stood in them. Nothing
    /// to do where the server sees to that by itself.
    func compact() async throws

    /// Waits until everything that was written is in the database's files on the disk.
    func checkpoint() async throws

    /// Finishes what is running and lets go of files and connections.
    func close() async
}

/// What a body does with the database. It belongs to one transaction and must not leave the body.
package final class Transaction {
    /// Which database answers.
    package let dialect: Dialect
    private let connection: any Connection
    private let faults: FaultPlan?
    /// The first error of a statement. A body that swallows it fails all the same, on both databases.
    private var failure: (any Error)?
    private var claims: [String: Claim] = [:]
    private var lastWork: [(key: String, do: (Transaction) throws -> Void)] = []

    /// A transaction on a connection. Rooms get theirs from `Store.write` and `Store.read`; a test may wrap one to
    /// watch the statements.
    package init(_ connection: any Connection, dialect: Dialect, faults: FaultPlan?) {
        self.connection = connection
        self.dialect = dialect
        self.faults = faults
    }

    /// The body's answer. Throws what the body throws, or the error of a statement that the body kept to itself.
    func perform<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        let value = try body(self)
        try settle()
        if let failure { throw failure }
        return value
    }

    /// Does what was left for the end, and settles the claims. Where a number is lost, only this is done again: the
    /// body stands, and a database that lets others write meanwhile shows their numbers to the next statement.
    private func settle() throws {
        guard !lastWork.isEmpty else { return try settleClaims() }
        let early = claims
        // In the order of the counters, so that two transactions never wait crosswise; what came first of one counter
        // stays first.
        let work = lastWork.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }
            .map(\.element)
        for attempt in 1... {
            if dialect == .postgres { try execute("SAVEPOINT last") }
            do {
                for work in work { try work.do(self) }
                return try settleClaims()
            } catch let lost as CounterLost {
                guard dialect == .postgres, attempt < Claim.settlesMax else { throw lost }
                try execute("ROLLBACK TO SAVEPOINT last")
                claims = early
            }
        }
    }

    private func settleClaims() throws {
        for key in claims.keys.sorted() {
            guard let claim = claims[key], try changes(claim.statement) == 1 else { throw CounterLost(key: key) }
        }
    }

    /// Leaves work for the end of the transaction, when the body is through: what holds a number of a counter that many
    /// want, so that little lies between reading the counter and the commit. `key` names the counter. It may run
    /// several times, and depends only on what it reads.
    package func atLast(_ key: String, _ work: @escaping (Transaction) throws -> Void) { lastWork.append((key, work)) }

    /// Settles a claim when the body is through, as the last statements of the transaction. A later claim on the same
    /// counter takes the place of the earlier one.
    package func claim(_ claim: Claim) { claims[claim.key] = claim }

    /// What this transaction has claimed of a counter already; nil when it has claimed nothing.
    package func claimed(_ key: String) -> Claim? { claims[key] }

    /// Runs a body of its own inside this one: where it throws, what it wrote is taken back and nothing else.
    func part<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        try connection.execute("SAVEPOINT part", [])
        do {
            let value = try Transaction(connection, dialect: dialect, faults: faults).perform(body)
            try connection.execute("RELEASE SAVEPOINT part", [])
            return value
        } catch {
            try connection.execute("ROLLBACK TO SAVEPOINT part", [])
            try connection.execute("RELEASE SAVEPOINT part", [])
            throw error
        }
    }

    private func asking<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            try faults?.strike(.statement)
            return try work()
        } catch {
            failure = failure ?? error
            throw error
        }
    }

    /// All rows of the answer. The statement carries its own LIMIT.
    package func rows(_ sql: SQL) throws -> [Row] {
        try asking { try connection.rows(sql.text(for: dialect), sql.values) }
    }

    /// The first row of the answer, or nil.
    package func row(_ sql: SQL) throws -> Row? {
        try rows(sql).first
    }

    /// Runs a statement whose answer nobody needs. PostgreSQL may send it together with the next ones; an error then
    /// surfaces at the next `rows` or at the commit, and the whole transaction fails just the same.
    package func execute(_ sql: SQL) throws {
        try asking { try connection.execute(sql.text(for: dialect), sql.values) }
    }

    /// Runs a statement and says how many rows it changed.
    package func changes(_ sql: SQL) throws -> Int {
        try asking { try connection.changes(sql.text(for: dialect), sql.values) }
    }

    /// Writes many rows at once, fastest in the order of the primary key: one prepared statement on SQLite, COPY on
    /// PostgreSQL. `target` is `table (column, …)`, and every row has a value for each column. A row that is there
    /// already is a conflict like any other.
    package func load(_ rows: [[SQLValue]], into target: StaticString) throws {
        guard !rows.isEmpty else { return }
        try asking { try connection.load(rows, into: target.description) }
    }

    /// The same into a table that is named by the database's own shape.
    func load(_ rows: [[SQLValue]], shaped target: String) throws {
        guard !rows.isEmpty else { return }
        try asking { try connection.load(rows, into: target) }
    }

    /// Rows of a statement whose tables and columns are named by the database's own shape, which no interpolation can
    /// carry.
    func rows(shaped text: String, _ values: [SQLValue] = []) throws -> [Row] {
        try asking { try connection.rows(text, values) }
    }

    /// Runs such a statement.
    func execute(shaped text: String, _ values: [SQLValue] = []) throws {
        try asking { try connection.execute(text, values) }
    }

    /// Runs a statement of a migration, written once with `BYTEA`, `BIGINT` and `TEXT`.
    func define(_ statement: String) throws {
        try asking { try connection.execute(statement, []) }
    }
}

/// What a database's connection does for one transaction at a time.
package protocol Connection: AnyObject {
    /// Runs a statement and answers its rows.
    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row]
    /// Runs a statement; its error may come with a later one.
    func execute(_ text: String, _ values: [SQLValue]) throws
    /// Runs a statement and answers how many rows it changed.
    func changes(_ text: String, _ values: [SQLValue]) throws -> Int
    /// Writes rows into `table (column, …)`.
    func load(_ rows: [[SQLValue]], into target: String) throws
}

extension Connection {
    package func load(_ rows: [[SQLValue]], into target: String) throws {
        guard let width = rows.first?.count else { return }
        let marks = Array(repeating: "?", count: width).joined(separator: ", ")
        for row in rows { try execute("INSERT INTO \(target) VALUES (\(marks))", row) }
    }
}

/// Another writer was there first: the body is replayed.
struct WriteConflict: Error {
    let detail: String
}

/// Faults that a test or a simulation plans; nil in service. The closure is asked at every point and may throw a
/// `Fault`.
package struct FaultPlan: Sendable {
    /// Where a fault can strike.
    package enum Point: Sendable {
        /// Before a statement.
        case statement
        /// Before the commit: nothing is kept.
        case beforeCommit
        /// After the commit: everything is kept, but the caller is told of a fault.
        case afterCommit
    }

    let strike: @Sendable (Point) throws -> Void

    /// A plan that asks the closure.
    package init(strike: @escaping @Sendable (Point) throws -> Void) {
        self.strike = strike
    }
}

/// Runs the body again while it loses against other writers: at most `Limits.replaysMax` times for a key, and at most
/// `Replay.countersMax` times for a number, with a pause.
func replaying<Value: Sendable>(_ attempt: () async throws -> Value) async throws -> Value {
    var replay = Replay()
    while true {
        do {
            return try await attempt()
        } catch is WriteConflict {
            guard replay.mayFollowConflict() else { throw Fault.contended }
        } catch is CounterLost {
            guard try await replay.mayFollowLoss() else { throw Fault.contended }
        }
    }
}
