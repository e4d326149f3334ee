import ArgumentParser
import Foundation
import Store
import Vocabulary

/// Where the data lies; every command takes these.
struct DataOptions: ParsableArguments {
    @Option(help: "The data directory: blobs, keys and, unless told otherwise, the database.")
    var data: String?

    @Option(help: "The store: sqlite:PATH or postgres://…")
    var store: String?

    /// The SQLite file, or nil for a server. Throws for a store that is neither.
    func path(in folder: String) throws -> String? {
        guard let store else { return folder + "/onewindow.sqlite" }
        if store.hasPrefix("sqlite:") { return String(store.dropFirst(7)) }
        if store.hasPrefix("postgres://") || store.hasPrefix("postgresql://") { return nil }
        throw ValidationError("--store is sqlite:PATH or postgres://…, not \(store)")
    }

    /// Opens the store in the data directory.
    func open(in folder: String) async throws -> any Store {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard let path = try path(in: folder) else { return try await PostgresStore(address: store ?? "") }
        return try SQLiteStore(path: path)
    }

    /// The data directory; commands that need one refuse to guess.
    func folder() throws -> String {
        guard let data else { throw ValidationError("say where the data lies: --data DIR") }
        return data
    }
}
