import ArgumentParser
import City
import Dossiers
import Vocabulary

/// `onewindow law`: what the rules say, printed from the rules.
struct LawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "law", abstract: "Print what the rules say, from the rules themselves.",
        subcommands: [States.self])

    struct States: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The table of situations and commands, as Markdown (docs/law/states.md).")

        func run() async throws {
            let rules = DossierRules(clock: LegalClock(calendar: try .shipped()))
            print(try LawTable(rules: rules).markdown(), terminator: "")
        }
    }
}
