import ArgumentParser
import Hall
import Store

/// `onewindow queues rebuild`.
struct QueuesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queues", abstract: "What matters took at the windows of the halls.", subcommands: [Rebuild.self])

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes what matters took again from the journal; best when the halls have closed.")
        @OptionGroup var options: DataOptions

        func run() async throws {
            let house = try await Wiring.open(options)
            do {
                let count = try await house.hall.rebuildEffort { Wiring.say("\($0) tickets") }
                await house.store.close()
                print("\(count) tickets read")
            } catch {
                await house.store.close()
                throw error
            }
        }
    }
}
