import Store
import Vocabulary

/// The tables of a front-end database (前置库): two schemas, in each a table a family and one for files.
package enum FrontEndTables {
    /// One of the two schemas.
    enum Side: String, CaseIterable {
        /// OneWindow fills it and the department reads it.
        case toPartner = "to_partner"
        /// The department fills it and OneWindow reads it.
        case fromPartner = "from_partner"

        /// As a statement has it.
        var schema: SQL {
            switch self {
            case .toPartner: "to_partner"
            case .fromPartner: "from_partner"
            }
        }
    }

    /// What stands in a column `ow_state`.
    static let fresh = "new"

    /// The statements that make what is not there yet; run again they change nothing. Throws `Fault.misconfigured` for
    /// a family whose names are none of a table.
    package static func statements(_ families: RecordFamilies) throws -> [String] {
        var statements: [String] = []
        for side in Side.allCases {
            statements.append("CREATE SCHEMA IF NOT EXISTS \(side.rawValue)")
            statements.append("CREATE SEQUENCE IF NOT EXISTS \(side.rawValue).ow_mark AS BIGINT")
            for family in families.all { statements += try table(of: FrontEndTable(family), on: side) }
            statements.append(
                """
                CREATE TABLE IF NOT EXISTS \(side.rawValue).file (
                    digest CHAR(64) PRIMARY KEY,
                    bytes BYTEA NOT NULL
                )
                """)
        }
        return statements
    }

    /// The same as a script for `psql`: all of it or nothing.
    package static func script(_ families: RecordFamilies) throws -> String {
        (["BEGIN"] + (try statements(families)) + ["COMMIT"]).map { $0 + ";\n" }.joined()
    }

    private static func table(of table: FrontEndTable, on side: Side) -> [String] {
        let name = "\(side.rawValue).\(table.name.quoted)"
        let states = [fresh] + LinkVerdict.Outcome.allCases.map(\.rawValue)
        let columns = table.columns.map { "    \($0.name.quoted) \(type(of: $0.kind)),\n" }.joined()
        let key = side == .toPartner ? table.key.quoted : "ow_mark"
        let comments = zip(table.columns, table.titles).map { column, title in
            "COMMENT ON COLUMN \(name).\(column.name.quoted) IS \(literal(title))"
        }
        // Where the mark is no key, rows are found by it all the same.
        let marks =
            side == .toPartner
            ? ["CREATE UNIQUE INDEX IF NOT EXISTS \"\(table.name.name)_mark\" ON \(name) (ow_mark)"] : []
        return [
            """
            CREATE TABLE IF NOT EXISTS \(name) (
            \(columns)    ow_mark BIGINT NOT NULL DEFAULT nextval('\(side.rawValue).ow_mark'),
                ow_number VARCHAR(\(LinkRecord.numberCharactersMax)) NOT NULL DEFAULT '',
                ow_state VARCHAR(10) NOT NULL DEFAULT '\(fresh)'
                    CHECK (ow_state IN (\(states.map(literal).joined(separator: ", ")))),
                ow_code VARCHAR(\(LinkVerdict.codeCharactersMax)),
                ow_message VARCHAR(\(LinkVerdict.messageCharactersMax)),
                ow_at TIMESTAMPTZ NOT NULL DEFAULT now(),
                ow_page BIGINT,
                PRIMARY KEY (\(key))
            )
            """,
            "CREATE INDEX IF NOT EXISTS \"\(table.name.name)_state\" ON \(name) (ow_state, ow_page, ow_mark)",
            "CREATE INDEX IF NOT EXISTS \"\(table.name.name)_day\" ON \(name) (substr(ow_number, 32, 8))",
            "COMMENT ON TABLE \(name) IS \(literal(table.title))",
        ] + marks + comments
    }

    private static func type(of kind: RecordFamily.Kind) -> String {
        switch kind {
        case .text(let max): "VARCHAR(\(max))"
        case .whole: "BIGINT"
        case .moment: "TIMESTAMP(0) WITHOUT TIME ZONE"
        }
    }

    private static func literal(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
}

/// A family as a table: names that can stand in a statement.
struct FrontEndTable: Sendable {
    struct Column: Sendable {
        /// As the family has it.
        let field: String
        /// As the table has it: in lower case, so that nobody has to quote it.
        let name: SQLName
        let kind: RecordFamily.Kind
    }

    let name: SQLName
    let title: String
    let columns: [Column]
    let titles: [String]
    /// The column of the family's key.
    let key: SQLName

    init(_ family: RecordFamily) throws {
        func named(_ text: String) throws -> SQLName {
            guard let name = SQLName(text.lowercased()) else {
                throw Fault.misconfigured("\(family.name): \(text) names no table")
            }
            return name
        }
        (name, title, key) = (try named(family.name), family.title, try named(family.key))
        columns = try family.fields.map { Column(field: $0.name, name: try named($0.name), kind: $0.kind) }
        titles = family.fields.map(\.title)
    }
}
