import ArgumentParser
import Catalogue
import Foundation
import Hall
import Store
import Vocabulary

/// `onewindow catalogue import|export|complete|lint|drift`.
struct CatalogueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue", abstract: "The city's catalogue: takes lists in, looks for what is wrong or differs.",
        subcommands: [Import.self, Export.self, Complete.self, Lint.self, Drift.self])

    struct Complete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fills what sheets lack with examples and publishes them; for demonstrations only.")
        @OptionGroup var options: DataOptions
        @Flag(help: "Says that you know that what is filled in is made up.") var demonstration = false

        func run() async throws {
            guard demonstration else {
                throw ValidationError("what is filled in is made up: say --demonstration")
            }
            let house = try await Wiring.open(options)
            let count = try await house.hall.completeForDemonstration(try .shipped(), try .shipped()) { count in
                Wiring.say("published \(count) guides")
            }
            await house.store.close()
            print("published \(count) guides")
        }
    }

    struct Lint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks every guide and every sheet; exits 1 when there is an error.")
        @OptionGroup var options: DataOptions
        @Flag(help: "Print one JSON object.") var json = false

        func run() async throws {
            let house = try await Wiring.open(options)
            let report = try await house.hall.lint(try .shipped())
            await house.store.close()
            if json {
                try CatalogueCommand.printJSON(report)
            } else {
                for one in report.findings.prefix(Self.linesMax) {
                    print(
                        "\(one.defect.severity.rawValue) \(one.item) \(one.name) \(one.body): \(one.defect.code) "
                            + "\(one.defect.element): \(one.defect.message.zh)；\(one.defect.mend.zh)")
                }
                for (code, count) in report.codes.sorted(by: { $0.key < $1.key }) { print("\(code): \(count)") }
                print("\(report.guides) guides, \(report.sheets) unpublished sheets")
                print("\(report.errors) errors, \(report.warnings) warnings")
            }
            if report.errors > 0 { throw ExitCode.failure }
        }

        /// LIMIT: findings that are printed as lines; `--json` names more.
        private static let linesMax = 200
    }

    struct Drift: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compares each item across the city and its units; exits 1 when something differs.")
        @OptionGroup var options: DataOptions
        @Flag(help: "Print one JSON object.") var json = false

        func run() async throws {
            let house = try await Wiring.open(options)
            let report = try await house.hall.drift()
            await house.store.close()
            if json {
                try CatalogueCommand.printJSON(report)
            } else {
                for one in report.differences {
                    print("\(one.catalogCode) \(one.body) \(one.governed.label.zh): \(one.says) ≠ \(one.elsewhere)")
                }
                print("\(report.codes) basic codes, \(report.guides) guides, \(report.differences.count) differences")
            }
            if !report.differences.isEmpty { throw ExitCode.failure }
        }
    }

    static func printJSON(_ value: some Encodable) throws {
        print(String(decoding: try CanonicalJSON.bytes(of: value), as: UTF8.self))
    }
}
