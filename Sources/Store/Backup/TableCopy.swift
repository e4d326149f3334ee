import GRDB
import Vocabulary

/// The rows of one table on their way from one database to another, in the order of its primary key. Tables are
/// declared once for both databases, so any store's rows fit into any other's.
struct TableCopy: Sendable {
    /// LIMIT: rows of a page; fewer where a row may hold a whole file.
    private static let pageRows = 1000
    private static let largePageRows = 16

    let table: String
    private let columns: [String]
    private let key: [String]
    private let pageRows: Int

    /// Nil when the database has no such table, and for one that stands in for an index: that is filled anew.
    init?(_ table: Table, in tx: Transaction) throws {
        guard table.stand == nil else { return nil }
        let (columns, key) = try Shape.columns(of: table.name, in: tx)
        guard !columns.isEmpty else { return nil }
        precondition(!key.isEmpty, "\(table.name) has no primary key")
        self.table = table.name
        self.columns = columns
        self.key = key
        pageRows = table.hasLargeRows ? Self.largePageRows : Self.pageRows
    }

    /// The next rows after this one; the first ones after nil.
    func page(after last: Row?, in tx: Transaction) throws -> [Row] {
        let order = key.joined(separator: ", ")
        let places = keyPlaces
        let marks = key.map { _ in "?" }.joined(separator: ", ")
        let beyond = last == nil ? "" : " WHERE (\(order)) > (\(marks))"
        return try tx.rows(
            shaped: "SELECT \(names) FROM \(table)\(beyond) ORDER BY \(order) LIMIT \(pageRows)",
            last.map { row in places.map { row.values[$0] } } ?? [])
    }

    /// Writes rows of a page into the other database's table of the same name.
    func insert(_ rows: [Row], in tx: Transaction) throws {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = "INSERT INTO \(table) (\(names)) VALUES (\(marks))"
        for row in rows { try tx.execute(shaped: statement, row.values) }
    }

    /// Where the columns of the primary key stand.
    var keyPlaces: [Int] { key.compactMap(columns.firstIndex(of:)) }

    /// The columns, with commas between.
    var names: String { columns.joined(separator: ", ") }

    /// The tables of these migrations, in their order, that the database has.
    static func all(of migrations: [Migration], in tx: Transaction) throws -> [TableCopy] {
        try migrations.flatMap(\.tables).compactMap { try TableCopy($0, in: tx) }
    }

    /// Writes all rows that one snapshot shows into a new SQLite file of the same shape.
    static func all(of migrations: [Migration], from source: Transaction, to path: String) throws {
        try translatingErrors {
            let target = try DatabaseQueue(path: path)
            try target.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA page_size = 8192; PRAGMA synchronous = OFF")
                try database.inTransaction {
                    let file = Transaction(SQLiteConnection(database), dialect: .sqlite, faults: nil)
                    let applied = try Migration.applied(in: source)
                    for migration in migrations {
                        if let at = applied[migration.id] { try migration.shape(in: file, appliedAt: at) }
                    }
                    for copy in try all(of: migrations, in: source) {
                        var last: Row?
                        while true {
                            let page = try copy.page(after: last, in: source)
                            try copy.insert(page, in: file)
                            guard let end = page.last else { break }
                            last = end
                        }
                    }
                    return .commit
                }
            }
            try target.close()
        }
    }
}
