import ArgumentParser
import Foundation
import Papers
import Store
import Vocabulary

/// `onewindow papers import|check`.
struct PapersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "papers", abstract: "The papers of the law: takes newer templates in, checks their numbers.",
        subcommands: [Import.self, Check.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes templates in; new papers take the highest version, old ones keep theirs.")
        @OptionGroup var options: DataOptions
        @Argument(help: "JSON files, one template each.") var files: [String]

        func run() async throws {
            var templates: [PaperTemplate] = []
            for file in files {
                do {
                    templates.append(try PaperTemplate([UInt8](Data(contentsOf: URL(filePath: file)))))
                } catch let refusal as PaperRefusal {
                    Wiring.say("\(file): \(refusal)")
                    throw ExitCode.failure
                }
            }
            let house = try await Wiring.open(options)
            let whole = templates
            try await house.store.write { tx in
                for template in whole { try TemplateTable.put(template, in: tx) }
            }
            await house.store.close()
            for template in templates { print("\(template.kind) version \(template.version)") }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Looks for gaps in the numbers of papers; exits 1 when there is one.")
        @OptionGroup var options: DataOptions

        func run() async throws {
            let store = try await options.open(in: try options.existingFolder())
            let report = try await NumberAudit(store: store).run()
            await store.close()
            print("\(report.numbers) numbers in \(report.series) series")
            for finding in report.findings { print("does not hold: \(finding)") }
            if !report.findings.isEmpty { throw ExitCode.failure }
        }
    }
}
