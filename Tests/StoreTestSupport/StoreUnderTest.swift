import Foundation
package import Store
import protocol Testing.CustomTestStringConvertible
import Vocabulary

/// One of the two stores, fresh and empty, for contract tests: `@Test(arguments: StoreUnderTest.all)`.
package struct StoreUnderTest: Sendable, CustomTestStringConvertible {
    package let dialect: Dialect

    package init(dialect: Dialect) {
        self.dialect = dialect
    }

    /// Both. A run without PostgreSQL fails; it does not skip.
    package static let all = [StoreUnderTest(dialect: .sqlite), StoreUnderTest(dialect: .postgres)]

    package var testDescription: String { dialect.rawValue }

    /// Runs the body on an empty store with the migrations of the store and of the rooms given.
    package func use(
        _ migrations: [Migration] = [], faults: FaultPlan? = nil,
        _ body: (any Store) async throws -> Void
    ) async throws {
        try await withDatabase(copying: Shape.migrations + migrations) { database in
            try await database.use(faults: faults, body)
        }
    }

    /// Runs the body with an empty database, on which it may open as many stores as it needs; with the tables of
    /// migrations where some are given. At most `TestGate.openMax` run at once, so that a server's connections suffice
    /// for all tests together.
    package func withDatabase(
        copying migrations: [Migration] = [], _ body: (TestDatabase) async throws -> Void
    ) async throws {
        await TestGate.shared.enter()
        do {
            let isEmpty = migrations.isEmpty
            let model = isEmpty ? nil : try await MigratedDatabases.shared.database(dialect, migrations)
            try await body(try await database(copying: model))
        } catch {
            await TestGate.shared.leave()
            throw error
        }
        await TestGate.shared.leave()
    }

    /// An empty database without tables. Its place goes when the test run ends.
    package func open(faults: FaultPlan? = nil) async throws -> any Store {
        try await database().open(faults: faults)
    }

    /// A new database: empty, or a copy of one that nobody has open.
    func database(copying model: TestDatabase? = nil) async throws -> TestDatabase {
        switch dialect {
        case .sqlite:
            let path = try TestFolder.fresh() + "/onewindow.sqlite"
            if let model { try FileManager.default.copyItem(atPath: model.address, toPath: path) }
            return TestDatabase(dialect: dialect, address: path)
        case .postgres:
            let address = try await TestServer.shared.database(copying: model?.address)
            return TestDatabase(dialect: dialect, address: address)
        }
    }
}

/// A place where a store can be opened, more than once if need be: two processes on one database.
package struct TestDatabase: Sendable {
    package let dialect: Dialect
    /// The file's path or the server's address.
    package let address: String

    package init(dialect: Dialect, address: String) {
        self.dialect = dialect
        self.address = address
    }

    /// Opens a store here.
    package func open(faults: FaultPlan? = nil) async throws -> any Store {
        switch dialect {
        case .sqlite: try SQLiteStore(path: address, faults: faults)
        case .postgres: try await PostgresStore(address: address, connections: 4, faults: faults)
        }
    }

    /// Opens a store, runs the body and closes it, whatever happens.
    package func use(faults: FaultPlan? = nil, _ body: (any Store) async throws -> Void) async throws {
        let store = try await open(faults: faults)
        do {
            try await body(store)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }
}

/// Lets a bounded number of tests with databases run at once.
actor TestGate {
    static let shared = TestGate()
    static let openMax = 8

    private var inside = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func enter() async {
        if inside < Self.openMax {
            inside += 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func leave() {
        if waiting.isEmpty { inside -= 1 } else { waiting.removeFirst().resume() }
    }
}

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
