import ArgumentParser
import Hall
import Store
import Vocabulary

/// `onewindow migrate`: brings the database up to date and opens no door.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings the database up to the shape of this version; serve does it too.")

    @OptionGroup var options: DataOptions

    @Flag(help: "Only say what would be done.")
    var dryRun = false

    func run() async throws {
        let store = try await options.open(in: try options.folder())
        let ids =
            dryRun
            ? try await store.pendingMigrations(Hall.migrations)
            : try await store.migrate(Hall.migrations, now: Wiring.time.now())
        await store.close()
        for id in ids { print("\(dryRun ? "waits" : "migrated") \(id)") }
        if ids.isEmpty { print("the database is up to date") }
    }
}
