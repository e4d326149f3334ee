import Foundation
import Store
import Vocabulary

/// The PostgreSQL server of a test run. `Scripts/test-postgres` starts it in a temporary folder as a user who is not
/// root and sets `ONEWINDOW_TEST_POSTGRES`; without it, the tests fail and say how to start it.
package actor TestServer {
    package static let shared = TestServer()

    private var serial = 0

    /// The address of a new, empty database. Of another locale than C.UTF-8 it is one that is not ours.
    package func emptyDatabase(locale: String = "C.UTF-8") async throws -> String {
        try await create("TEMPLATE template0 ENCODING 'UTF8' LOCALE '\(locale)'")
    }

    /// The address of a new database: a copy of the one at an address of ours, on which nobody is connected, or empty.
    func database(copying model: String?) async throws -> String {
        guard let model else { return try await emptyDatabase() }
        guard let name = model.split(separator: "dbname=").last else { throw Fault.misconfigured(model) }
        return try await create("TEMPLATE \(name)")
    }

    private func create(_ like: String) async throws -> String {
        guard let server = ProcessInfo.processInfo.environment["ONEWINDOW_TEST_POSTGRES"], !server.isEmpty else {
            throw Fault.misconfigured("no PostgreSQL for the tests: run `make test`, or see Scripts/test-postgres")
        }
        serial += 1
        let name = "test_\(ProcessInfo.processInfo.processIdentifier)_\(serial)"
        try await run("CREATE DATABASE \(name) \(like)", at: server)
        return "\(server) dbname=\(name)"
    }

    private func run(_ statement: String, at server: String) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", statement, "\(server) dbname=postgres"]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Fault.unavailable("psql: \(statement)") }
    }
}
