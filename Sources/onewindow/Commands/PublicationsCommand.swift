import ArgumentParser
import Hall
import Store

/// `onewindow publications rebuild`.
struct PublicationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publications", abstract: "The public lists: grants, limits that passed, trips of closed cases.",
        subcommands: [Rebuild.self])

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Writes the public lists again from the journal.")
        @OptionGroup var options: DataOptions

        func run() async throws {
            let house = try await Wiring.open(options)
            do {
                let count = try await house.hall.rebuildPublications { Wiring.say("\($0) cases") }
                await house.store.close()
                print("\(count) cases read")
            } catch {
                await house.store.close()
                throw error
            }
        }
    }
}
