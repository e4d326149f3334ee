import ArgumentParser
import Hall
import Store
import Supervision
import Vocabulary

/// `onewindow figures show|bottlenecks|recount`.
struct FiguresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures", abstract: "The figures of the city, counted from the sealed journal.",
        subcommands: [Show.self, BottlenecksCommand.self, Recount.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints every figure of some months, or of all.",
            discussion: "What is sealed and not yet counted is counted first.")
        @OptionGroup var options: DataOptions

        @Option(help: "The first month, such as 2018-01.")
        var from = "1900-01"

        @Option(help: "The last month, such as 2018-10.")
        var to = "2999-12"

        @Option(help: "Tells them apart by month, region, body, item, hall or mode.")
        var by: String?

        @Flag(help: "One JSON object on one line of standard output.")
        var json = false

        func run() async throws {
            guard let first = Month(from), let last = Month(to), first <= last else {
                throw ValidationError("--from and --to are months such as 2018-01")
            }
            let dimension = by.flatMap(FigureDimension.init(rawValue:))
            if by != nil, dimension == nil {
                throw ValidationError("--by is one of \(FigureDimension.allCases.map(\.rawValue))")
            }
            let house = try await Wiring.open(options)
            do {
                try await FigureFollower(hall: house.hall).follow()
                let query = FigureQuery(first...last, within: [.everywhere])
                let lines = try await house.hall.figureLines([(query, dimension.map { [$0] } ?? [])])[0]
                await house.store.close()
                let records = lines.map { line in
                    var members = line.sums.json
                    if let dimension { members[dimension.rawValue] = .text(line.values[0]) }
                    return JSONValue.record(members)
                }
                guard json else { return print(Self.text(lines)) }
                let answer = dimension == nil ? records.first ?? .record([:]) : .list(records)
                print(String(decoding: CanonicalJSON.bytes(writing: answer), as: UTF8.self))
            } catch {
                await house.store.close()
                throw error
            }
        }

        private static func text(_ lines: [FigureLine]) -> String {
            lines.map { line in
                (line.values + CaseFigure.all.map { "\($0.id) \(line.sums[$0])" }).joined(separator: "\n  ")
            }.joined(separator: "\n")
        }
    }

    struct Recount: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forgets the figures and counts everything again from the first sealed entry on.")
        @OptionGroup var options: DataOptions

        func run() async throws {
            let house = try await Wiring.open(options)
            do {
                try await FigureFollower(hall: house.hall).countAgain { counted, sealed in
                    Wiring.say("\(counted) of \(sealed) entries")
                }
                try await VisitFollower(hall: house.hall).countAgain()
                let standing = try await house.hall.figuresStanding()
                await house.store.close()
                print("\(standing.counted) entries counted")
            } catch {
                await house.store.close()
                throw error
            }
        }
    }
}
