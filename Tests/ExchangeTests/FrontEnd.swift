@testable import Exchange
import Foundation
import Store
import StoreTestSupport
import Vocabulary

/// A department's database on a real server, with a collation that is not ours, and the department's own hand in it.
struct FrontEnd {
    let address: String
    let samples: LinkSamples

    init() async throws {
        (address, samples) = (try await TestServer.shared.emptyDatabase(locale: "C"), try LinkSamples())
        try type(try FrontEndTables.script(samples.families))
    }

    /// What the department types into `psql`, and what it reads there.
    @discardableResult
    func type(_ statements: String) throws -> String {
        try output(of: "psql", ["-qXAt", "-v", "ON_ERROR_STOP=1", address], input: statements)
            .trimmingCharacters(in: .newlines)
    }

    func use<Value>(
        patience: Duration = TablesCarrier.patience, _ body: (TablesCarrier) async throws -> Value
    ) async throws -> Value {
        let carrier = try TablesCarrier(at: address, families: samples.families, patience: patience)
        do {
            let value = try await body(carrier)
            await carrier.close()
            return value
        } catch {
            await carrier.close()
            throw error
        }
    }

    /// Puts a record where the department puts its own.
    func bring(_ record: LinkRecord, columns changes: [String: String] = [:]) throws {
        var values = ["ow_number": Self.literal(record.number)]
        for (name, value) in record.record.values {
            switch value {
            case .text(let text): values[name] = Self.literal(text)
            case .number(let number): values[name] = "\(number)"
            default: break
            }
        }
        values.merge(changes) { $1 }
        let names = values.keys.sorted()
        try type(
            """
            INSERT INTO from_partner.\(record.record.family) (\(names.joined(separator: ", ")))
            VALUES (\(names.compactMap { values[$0] }.joined(separator: ", ")));
            """)
    }

    private static func literal(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
}
