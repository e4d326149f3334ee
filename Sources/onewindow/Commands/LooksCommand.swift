import ArgumentParser
import Hall

/// `onewindow looks recount`.
struct LooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "looks", abstract: "The ledger of looks at people's records.", subcommands: [Recount.self])

    struct Recount: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the rows by which people find the looks at what is theirs, for looks that have none.",
            discussion: "For databases of before there were such rows. Done twice it is done once.")
        @OptionGroup var options: DataOptions

        func run() async throws {
            try await Wiring.using(options) { house in
                let done = try await house.hall.recountLooks()
                print("\(done.looks) looks, \(done.filed) of them at somebody's record")
            }
        }
    }
}
