import Foundation
package import Store
import Vocabulary

/// One of the two stores, fresh and empty, for contract tests: `@Test(arguments: StoreUnderTest.all)`.
package struct StoreUnderTest: Sendable, CustomTestStringConvertible {
    package let dialect: Dialect

    /// Both. A run without PostgreSQL fails; it does not skip.
    package static let all = [StoreUnderTest(dialect: .sqlite), StoreUnderTest(dialect: .postgres)]

    package var testDescription: String { dialect.rawValue }

    /// Runs the body on an empty store with the migrations of the store and of the rooms given.
    package func use(
        _ migrations: [Migration] = [], faults: FaultPlan? = nil,
        _ body: (any Store) async throws -> Void
    ) async throws {
        let store = try await open(faults: faults)
        do {
            _ = try await store.migrate(Shape.migrations + migrations, now: Instant(milliseconds: 0))
            try await body(store)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    /// An empty database without tables. Its place goes when the test run ends.
    package func open(faults: FaultPlan? = nil) async throws -> any Store {
        switch dialect {
        case .sqlite:
            return try SQLiteStore(path: try TestFolder.fresh() + "/onewindow.sqlite", faults: faults)
        case .postgres:
            let address = try await TestServer.shared.emptyDatabase()
            return try await PostgresStore(address: address, connections: 4, faults: faults)
        }
    }
}

import protocol Testing.CustomTestStringConvertible

/// Folders that a test run throws away.
package enum TestFolder {
    private static let root = NSTemporaryDirectory() + "onewindow-tests-\(ProcessInfo.processInfo.processIdentifier)"

    /// A new empty folder.
    package static func fresh() throws -> String {
        let path = "\(root)/\(Dice.system.roll())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}
