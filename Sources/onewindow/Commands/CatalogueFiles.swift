import ArgumentParser
import Catalogue
import Foundation
import Hall
import Store
import Vocabulary
import Web

extension CatalogueCommand {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Takes a list of items, or sheets, in; says what was refused, where and why.",
            discussion: """
                A table (CSV in UTF-8, XLSX) with the column 路径 holds sheets, any other is a list of items. JSON and \
                YAML hold whole sheets. Exits 1 when something was refused.
                """)
        @OptionGroup var options: DataOptions
        @Flag(help: "Print one JSON object.") var json = false
        @Argument(help: "The file: .csv, .xlsx, .json, .yaml.") var file: String

        func run() async throws {
            let bytes = Array(try Data(contentsOf: URL(filePath: file)))
            let composer = try GuideComposer.shipped()
            let content = try CatalogueCommand.telling {
                try TableFile.read(bytes, as: try .init(file: file), composer.tables)
            }
            let house = try await Wiring.open(options)
            let refused =
                switch content {
                case .list(let list): try report(try await house.hall.importItems(list, composer))
                case .sheets(let batch):
                    try report(
                        try await house.hall.importSheets(batch, composer) { count in
                            Wiring.say("\(count) of \(batch.drafts.count) items")
                        })
                }
            await house.store.close()
            if refused > 0 { throw ExitCode.failure }
        }

        /// Prints what became of a list, and answers how much was refused.
        private func report(_ done: ImportReport) throws -> Int {
            if json {
                try CatalogueCommand.printJSON(done)
                return done.refused.count
            }
            print("\(done.sheets) items became sheets, \(done.known) had one; \(done.codes) codes were given")
            print("they stand for \(done.implementations) implementations")
            for row in done.refused { print("line \(row.line) was refused: \(row.code) \(row.reason.zh)") }
            for (element, count) in done.missing.sorted(by: { $0.key < $1.key }) {
                print("\(element) \(GuideElement.named(element)?.label.zh ?? ""): missing in \(count)")
            }
            return done.refused.count
        }

        /// Prints what became of sheets, and answers how much was refused.
        private func report(_ done: SheetsReport) throws -> Int {
            if json {
                try CatalogueCommand.printJSON(done)
                return done.refused.count
            }
            print("\(done.added) items are new, \(done.changed) were changed, \(done.same) say the same already")
            print("\(done.codes) codes were given or kept")
            for row in done.refused {
                let line = row.line.map { "line \($0) " } ?? ""
                print("\(line)\(row.item) \(row.path): \(row.code) \(row.reason.zh)")
            }
            if !done.refused.isEmpty { print("\(done.refusedItems) items were refused, with the reasons above") }
            return done.refused.count
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes sheets as a table (CSV, XLSX) or as JSON or YAML; the same sheets are the same bytes.")
        @OptionGroup var options: DataOptions
        @ArgumentParser.Option(
            help: "An item, by its name in addresses; may be given several times. All when left out.")
        var slug: [String] = []
        @Argument(help: "The file: .csv, .xlsx, .json, .yaml.") var file: String

        func run() async throws {
            let format = try CatalogueCommand.telling { try TableFile.Format(file: file) }
            let house = try await Wiring.open(options)
            do {
                let sheets = try await house.hall.exportSheets(slug) { count in Wiring.say("\(count) sheets") }
                let bytes = try TableFile.bytes(of: sheets, as: format, try .shipped())
                try Data(bytes).write(to: URL(filePath: file), options: .atomic)
                print("\(sheets.count) sheets, \(bytes.count) bytes")
            } catch let refusal as any Refusal {
                await house.store.close()
                throw ValidationError(try CatalogueCommand.sentence(refusal))
            }
            await house.store.close()
        }
    }

    /// Does the work; a refusal is said in one line, with the way out, and ends the command.
    static func telling<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let refusal as any Refusal {
            throw ValidationError(try sentence(refusal))
        }
    }

    static func sentence(_ refusal: any Refusal) throws -> String {
        let sentence = try RefusalSentences.shipped().chinese(refusal.code).map { "\u{3002}\($0)" } ?? ""
        return "\(refusal)\(sentence)"
    }
}
