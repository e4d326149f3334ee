import Foundation
import Vocabulary

/// A house that serves in a process of its own, as in life, while somebody asks from outside.
struct ServedHouse {
    /// LIMIT: seconds after which a house that has not opened is given up.
    private static let opensWithinSeconds = 120

    private let process: Process
    let port: Int

    /// Opens the doors of the house with a clock that begins so. Throws when they do not open.
    init(_ options: DataOptions, port: Int, clock: String) async throws {
        guard let program = Bundle.main.executablePath else { throw Fault.misconfigured("no program to serve with") }
        (process, self.port) = (Process(), port)
        process.executableURL = URL(filePath: program)
        process.arguments =
            ["serve", "--port", "\(port)"]
            + (options.data.map { ["--data", $0] } ?? []) + (options.store.map { ["--store", $0] } ?? [])
        process.environment = ProcessInfo.processInfo.environment.merging(["ONEWINDOW_DEMO_CLOCK": clock]) { $1 }
        // What it logs of each answer is written, and thrown away.
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        for _ in 0..<Self.opensWithinSeconds * 5 {
            guard process.isRunning else { break }
            if try get("/health/live") != nil { return }
            try await Task.sleep(for: .milliseconds(200))
        }
        close()
        throw Fault.misconfigured("the house did not open its doors on port \(port)")
    }

    /// What stands at an address, asked with curl; nil when the answer is no success.
    func get(_ path: String) throws -> Data? {
        let (curl, pipe) = (Process(), Pipe())
        curl.executableURL = URL(filePath: "/usr/bin/env")
        curl.arguments = ["curl", "-fsS", "http://127.0.0.1:\(port)\(path)"]
        (curl.standardOutput, curl.standardError) = (pipe, FileHandle.nullDevice)
        try curl.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        curl.waitUntilExit()
        return curl.terminationStatus == 0 ? data : nil
    }

    /// Closes the doors, and waits until the house has put everything away.
    func close() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }

    /// The processor's seconds that the house has used.
    func processorSeconds() -> Double {
        let stat = FileManager.default.contents(atPath: "/proc/\(process.processIdentifier)/stat") ?? Data()
        let fields = String(decoding: stat, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / 100
    }
}
