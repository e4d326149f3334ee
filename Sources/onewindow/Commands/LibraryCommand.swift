import Accounts
import ArgumentParser
import Certificates
import City
import Foundation
import Hall
import Store
import Vocabulary

/// `onewindow certificates import|generate`: the library in bulk.
enum LibraryCommand {
    /// The file of refused rows: line, code and field of each.
    // SAFETY: rows are appended by one import at a time.
    final class RefusedFile: RefusedRows, @unchecked Sendable {
        private let handle: FileHandle

        init(path: String) throws {
            if !FileManager.default.fileExists(atPath: path) {
                guard
                    FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
                else { throw Fault.unavailable("cannot write \(path)") }
            }
            handle = try FileHandle(forUpdating: URL(filePath: path))
        }

        func cut(to bytes: Int) throws {
            try handle.truncate(atOffset: UInt64(bytes))
            try handle.seekToEnd()
        }

        func append(_ rows: [RefusedRow]) throws -> Int {
            let text = rows.map { row in
                "line \(row.line): \(row.refusal.code)\(row.place.isEmpty ? "" : " at \(row.place)")\n"
            }.joined()
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
            return Int(try handle.offset())
        }
    }

    /// Takes a source in and says how it goes; a house is opened for bulk and closed again.
    static func run(
        _ options: DataOptions, refused path: String, json: Bool,
        _ source: (Wiring.House) async throws -> any RecordSource
    ) async throws -> CertificateImportTable.Progress {
        let house = try await Wiring.open(options, for: .bulk)
        let start = ContinuousClock.now
        let said = SaidProgress()
        do {
            let library = LibraryImport(
                house.hall, sealer: house.sealer(), keeper: house.logKeeper(), key: house.accountKey
            ) { said.say($0) }
            let done = try await library.run(try await source(house), refused: try RefusedFile(path: path))
            _ = try await house.logKeeper().checkpoint(now: Wiring.time.now())
            _ = try await house.sealer().checkpoint(now: Wiring.time.now())
            try await house.sealer().release()
            await house.store.close()
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            if json {
                try CatalogueCommand.printJSON(
                    Report(taken: done.taken, refused: done.refused, seconds: (seconds * 10).rounded() / 10))
            } else {
                print("\(done.taken) taken, \(done.refused) refused")
            }
            return done
        } catch {
            await house.store.close()
            throw error
        }
    }

    private struct Report: Encodable {
        let taken: Int
        let refused: Int
        let seconds: Double
    }
}

/// Says every 100,000 records and every step.
// SAFETY: progress is told by one task at a time.
private final class SaidProgress: @unchecked Sendable {
    private var last = CertificateImportTable.Progress(source: "")

    func say(_ progress: CertificateImportTable.Progress) {
        defer { last = progress }
        if progress.step == .records {
            guard progress.taken / 100_000 > last.taken / 100_000 else { return }
            Wiring.say("\(progress.taken) records taken, \(progress.refused) refused")
        } else if progress.step != last.step {
            Wiring.say("\(progress.taken) records: \(progress.step)")
        }
    }
}

extension CertificatesCommand {
    struct GenerateRecords: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "generate",
            abstract: "Fills the library with made up records of made up types; goes on where it was stopped.")
        @OptionGroup var options: DataOptions
        @Option(help: "How many records.") var count = GeneratedRecords.provinceCount
        @Option(help: "Of how many types.") var types = GeneratedKinds.provinceCount
        @Option(help: "The seed.") var seed: UInt64 = 1
        @Flag(help: "One JSON object at the end.") var json = false

        func validate() throws {
            guard (1...99_999_999).contains(count), types > 0 else { throw ValidationError("--count 1 to 99,999,999") }
        }

        func run() async throws {
            let folder = try options.folder()
            _ = try await LibraryCommand.run(options, refused: folder + "/generated.refused", json: json) { house in
                let kinds = try GeneratedKinds.kinds(types, seed: seed)
                _ = try await house.hall.take(kinds)
                return try GeneratedRecords(count: count, seed: seed, kinds: kinds)
            }
        }
    }
}
