import ArgumentParser
import Hall
import Store
import Supervision
import Vocabulary

/// `onewindow evaluations`: what people said of the service, for those who exchange or audit it.
struct EvaluationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluations", abstract: "Export evaluations, or count their figures anew.",
        subcommands: [Export.self, Recount.self])

    /// `onewindow evaluations export`: one line an evaluation, in the numbering of the national exchange.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print evaluations as CSV, in the national numbering: 1 is the best grade, 5 the worst.")

        @OptionGroup var options: DataOptions

        @Option(help: "The first day, such as 2026-11-01; the beginning of the month without it.")
        var from: String?

        @Option(help: "The last day; today without it.")
        var through: String?

        func validate() throws {
            for day in [from, through].compactMap({ $0 }) where CivilDate(day) == nil {
                throw ValidationError("\(day) is no day such as 2026-11-24")
            }
        }

        func run() async throws {
            _ = try options.existingFolder()
            let house = try await Wiring.open(options)
            let today = house.hall.time.now().day
            let first = from.flatMap { CivilDate($0) } ?? today.advanced(byDays: 1 - today.parts.day)
            let last = through.flatMap { CivilDate($0) } ?? today
            print(EvaluationSheet.head)
            var place: EvaluationID?
            while true {
                let page = try await house.hall.evaluations(from: first, through: last, after: place)
                for told in page { print(EvaluationSheet.line(told)) }
                guard let next = page.last?.evaluation.id else { break }
                place = next
            }
            await house.store.close()
        }
    }

    /// `onewindow evaluations recount`: the figures anew from the journal.
    struct Recount: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count all figures of evaluations anew from the journal, while the house stands still.")

        @OptionGroup var options: DataOptions

        func run() async throws {
            _ = try options.existingFolder()
            let house = try await Wiring.open(options)
            let count = try await house.hall.recountEvaluations()
            await house.store.close()
            Wiring.say("counted \(count) evaluations")
        }
    }
}
