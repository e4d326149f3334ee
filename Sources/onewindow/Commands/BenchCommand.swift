import ArgumentParser
import City
import Foundation
import Hall
import Store
import Vocabulary

/// `onewindow bench lives`: figures of whole lives, with the plain limit beside them.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures.", subcommands: [Lives.self])

    struct Lives: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whole lives of dossiers, each command in its own durable transaction.")

        @OptionGroup var options: DataOptions

        @Option(help: "How many lives.")
        var count = 5000

        @Option(help: "How many of them at once.")
        var clients = 64

        @Option(help: "What a certificate is made of: none (its signed data).")
        var files = "none"

        @Option(help: "Seed of chance.")
        var seed: UInt64 = 1

        @Flag(help: "One JSON object on standard output.")
        var json = false

        func validate() throws {
            guard count > 0, (1...1024).contains(clients) else {
                throw ValidationError("--count and --clients are positive")
            }
            guard files == "none" else { throw ValidationError("--files none is what there is") }
        }

        func run() async throws {
            let folder =
                options.data ?? NSTemporaryDirectory() + "onewindow-bench-\(ProcessInfo.processInfo.processIdentifier)"
            defer { if options.data == nil { Self.remove(folder) } }
            let store = try await options.open(in: folder)
            _ = try await store.migrate(Hall.migrations, now: Wiring.time.now())
            let hall = Hall(
                store: store, calendar: try .shipped(), world: Hall.World(time: Wiring.time, dice: .system),
                signers: try BenchSigners(), threads: 2)
            let meter = StoreMeter(store: store, path: try options.path(in: folder))
            let bench = LivesBench(hall: hall, count: count, clients: clients, meter: meter, progress: Wiring.say)
            let result = try await bench.run()
            await store.close()
            let encoder = JSONEncoder()
            encoder.outputFormatting = json ? [.sortedKeys] : [.sortedKeys, .prettyPrinted]
            print(String(decoding: try encoder.encode(result), as: UTF8.self))
        }

        private static func remove(_ folder: String) {
            do {
                try FileManager.default.removeItem(atPath: folder)
            } catch {
                Wiring.say("could not remove \(folder)")
            }
        }
    }
}
