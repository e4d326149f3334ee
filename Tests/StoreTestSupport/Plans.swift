package import Store

/// A connection that asks the database for its plan before it runs each statement.
private final class PlanningConnection: Connection {
    private let inner: Transaction
    private(set) var plans: [String] = []

    init(_ inner: Transaction) {
        self.inner = inner
    }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
        try explain(text, values)
        return try inner.rows(sql(text, values))
    }

    func execute(_ text: String, _ values: [SQLValue]) throws {
        try explain(text, values)
        try inner.execute(sql(text, values))
    }

    func changes(_ text: String, _ values: [SQLValue]) throws -> Int {
        try explain(text, values)
        return try inner.changes(sql(text, values))
    }

    private func explain(_ text: String, _ values: [SQLValue]) throws {
        let isSQLite = inner.dialect == .sqlite
        let lines = try inner.rows(sql((isSQLite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + text, values))
        plans.append(try lines.map { try $0.text(isSQLite ? 3 : 0) }.joined(separator: "\n"))
    }

    private func sql(_ text: String, _ values: [SQLValue]) -> SQL {
        let pieces = text.split(separator: "?", omittingEmptySubsequences: false)
        var parts = SQL.Interpolation(literalCapacity: text.utf8.count, interpolationCount: values.count)
        for (index, piece) in pieces.enumerated() {
            parts.appendLiteral(String(piece))
            if index < values.count { parts.appendInterpolation(values[index]) }
        }
        return SQL(stringInterpolation: parts)
    }
}

extension Transaction {
    /// Runs the body and answers the database's plan for each statement that it ran, in order.
    package func plans(of body: (Transaction) throws -> Void) throws -> [String] {
        let connection = PlanningConnection(self)
        try body(Transaction(connection, dialect: dialect, faults: nil))
        return connection.plans
    }
}
