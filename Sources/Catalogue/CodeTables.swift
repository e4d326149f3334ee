import Vocabulary

/// The labels of codes, in Chinese and English.
package struct CodeTables: Sendable {
    /// One line of a table.
    package struct Code: Sendable, Decodable {
        package let code: String
        package let zh: String
        package let en: String
    }

    private struct File: Decodable {
        struct Table: Decodable { let codes: [Code] }
        let tables: [String: Table]
    }

    private let tables: [String: [Code]]

    /// The tables that ship.
    package static func shipped() throws -> CodeTables {
        CodeTables(tables: try CatalogueResource.decoded(File.self, "code_tables.json").tables.mapValues(\.codes))
    }

    /// The lines of a table in their order; empty when there is no such table.
    package func codes(_ table: String) -> [Code] { tables[table] ?? [] }

    /// The label of a code; the bare code when the table does not list it.
    package func label(_ table: String, _ code: String) -> Bilingual {
        codes(table).first { $0.code == code }.map { Bilingual($0.zh, $0.en) } ?? .same(code)
    }

    /// The label of a value.
    package func label(_ value: some CodedValue) -> Bilingual { label(type(of: value).table, value.rawValue) }

    /// The labels of values in the order of their codes.
    func labels<Value: CodedValue>(_ values: some Sequence<Value>) -> Bilingual {
        values.map(\.rawValue).sorted().map { label(Value.table, $0) }.joined()
    }
}
