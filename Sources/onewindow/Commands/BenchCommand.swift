import ArgumentParser
import City
import Documents
import Foundation
import Hall
import Certificates
import Signing
import Store
import Vocabulary

/// `onewindow bench …`: figures, with the plain limit beside them.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures.",
        subcommands: [
            Lives.self, Lists.self, Certificates.self, Library.self, Search.self, Overdue.self, Seal.self, Verify.self,
            Public.self, Exchange.self, Fill.self, Worklist.self, Statistics.self, Pages.self, Filings.self,
        ])

    /// What every bench takes.
    struct Sizes: ParsableArguments {
        @OptionGroup var options: DataOptions

        @Option(help: "How many.")
        var count = 5000

        @Option(help: "How many at once.")
        var clients = 64

        @Option(help: "Seed of chance.")
        var seed: UInt64 = 1

        @Flag(help: "One JSON object on one line of standard output.")
        var json = false

        func validate() throws {
            guard count > 0, (1...1024).contains(clients) else {
                throw ValidationError("--count and --clients are positive, --clients at most 1024")
            }
        }

        /// Runs a bench in the data directory, or in a temporary one that goes afterwards, and prints what it found.
        func run(
            time: TimeSource = Wiring.time, for work: SQLiteStore.Work = .service, sealing: Bool = false,
            prepare: (inout Hall) -> Void = { _ in }, _ bench: (BenchSetting) async throws -> some Encodable
        ) async throws {
            let folder =
                options.data ?? NSTemporaryDirectory() + "onewindow-bench-\(ProcessInfo.processInfo.processIdentifier)"
            defer { if options.data == nil { Self.remove(folder) } }
            let store = try await options.open(in: folder, for: work)
            _ = try await store.migrate(Hall.migrations, now: Wiring.time.now())
            let signers = try BenchSigners(seed: seed)
            var hall = try Hall(
                store: store, calendar: try .shipped(), world: Hall.World(time: time, dice: .system),
                signers: signers, files: sealing ? try BlobFiles(directory: folder + "/blobs") : nil, threads: 2)
            if sealing { try Self.seal(with: &hall, in: folder) }
            prepare(&hall)
            let meter = StoreMeter(store: store, path: try options.path(in: folder))
            let setting = BenchSetting(hall, signers, meter, sizes: (count, clients), progress: Wiring.say)
            let result = try await bench(setting)
            await store.close()
            let encoder = JSONEncoder()
            encoder.outputFormatting = json ? [.sortedKeys] : [.sortedKeys, .prettyPrinted]
            print(String(decoding: try encoder.encode(result), as: UTF8.self))
        }

        /// Gives a hall seals of a demonstration and what presses files.
        private static func seal(with hall: inout Hall, in folder: String) throws {
            let ring = try KeyRing(
                folder: folder + "/keys", masterKey: nil, forDemonstration: true, now: hall.time.now())
            hall.sealWorkshop = SealWorkshop(
                keys: RingSealKeys(ring: ring, time: hall.time), typeface: { try Settings.paperTypeface() })
            hall.press = try CertificatePress(
                typeface: try Settings.certificateTypeface(), address: "https://onewindow.example",
                isDemonstration: true)
        }

        private static func remove(_ folder: String) {
            do {
                try FileManager.default.removeItem(atPath: folder)
            } catch {
                Wiring.say("could not remove \(folder)")
            }
        }
    }

    struct Lives: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whole lives of dossiers, each command in its own durable transaction.")

        @OptionGroup var sizes: Sizes

        @Option(help: "What is made of a certificate: none (its signed data) or sealed (an OFD file).")
        var files = "none"

        func validate() throws {
            guard ["none", "sealed"].contains(files) else { throw ValidationError("--files is none or sealed") }
        }

        func run() async throws {
            try await sizes.run(sealing: files == "sealed") { setting in try await LivesBench(setting).run(files: files)
            }
        }
    }

    struct Lists: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What people ask all day, of a store with so many dossiers; goes on where it was stopped.")

        @OptionGroup var sizes: Sizes

        func run() async throws {
            try await sizes.run { setting in try await ListsBench(setting).run() }
        }
    }

    struct Certificates: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A library of so many signed certificates, verified; goes on where it was stopped.")

        @OptionGroup var sizes: Sizes

        func run() async throws {
            try await sizes.run { setting in try await CertificatesBench(setting).run() }
        }
    }

    struct Library: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A library filled in bulk with so many records of 4,567 types; goes on where it was stopped.")

        @OptionGroup var sizes: Sizes

        func run() async throws {
            try await sizes.run(for: .bulk) { setting in try await LibraryBench(setting, seed: sizes.seed).run() }
        }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The search of a city's catalogue, asked so many times, in an empty store.")

        @OptionGroup var sizes: Sizes

        func run() async throws {
            try await sizes.run { setting in try await SearchBench(setting, seed: sizes.seed).run() }
        }
    }

    struct Seal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sealed OFD and signed PDF files, made whole; needs no store.")

        @OptionGroup var files: Files

        @Option(help: "How files are packed: 0 not at all, 1 fastest, 9 smallest.")
        var level = 1

        func validate() throws {
            guard (0...9).contains(level) else { throw ValidationError("--level is 0 to 9") }
        }

        func run() async throws {
            let bench = try SealBench(
                count: files.count, threads: files.threads, level: level,
                typeface: try Typeface.song(path: Settings.paperFontPath))
            try files.print(try await bench.run())
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sealed OFD and signed PDF files verified, every check of each; needs no store.")

        @OptionGroup var files: Files

        func run() async throws {
            let bench = try VerifyBench(
                count: files.count, threads: files.threads,
                typeface: try Typeface.song(path: Settings.paperFontPath))
            try files.print(try await bench.run())
        }
    }

    /// What the benches of files take.
    struct Files: ParsableArguments {
        @Option(help: "How many.")
        var count = 4000

        @Option(help: "How many at once.")
        var threads = 2

        @Flag(help: "One JSON object on one line of standard output.")
        var json = false

        func validate() throws {
            guard count > 0, (1...64).contains(threads) else {
                throw ValidationError("--count is positive, --threads 1 to 64")
            }
        }

        func print(_ result: some Encodable) throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = json ? [.sortedKeys] : [.sortedKeys, .prettyPrinted]
            Swift.print(String(decoding: try encoder.encode(result), as: UTF8.self))
        }
    }

    struct Overdue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Five hundred dossiers whose promise passes in one minute, among so many open ones; a new store.")

        @OptionGroup var sizes: Sizes

        func validate() throws {
            guard sizes.count >= 100 else { throw ValidationError("--count is 100 or more") }
        }

        func run() async throws {
            let clock = SimulatedClock()
            try await sizes.run(time: clock.source) { setting in
                try await OverdueBench(setting, clock: clock).run()
            }
        }
    }
}
