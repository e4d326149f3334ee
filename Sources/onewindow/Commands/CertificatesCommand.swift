import ArgumentParser
import Certificates
import City
import Foundation
import Hall
import Store
import Vocabulary

/// `onewindow certificates types import|list|show|generate`, and `onewindow certificates
/// import|generate|search|rebuild`.
struct CertificatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificates", abstract: "The certificate library: its types, and the ways to certificates.",
        subcommands: [Types.self, ImportRecords.self, GenerateRecords.self, Search.self, Rebuild.self])

    struct Types: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The types of certificates: takes them in, lists and shows them.",
            subcommands: [Import.self, List.self, Show.self, Generate.self])
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a file of types in, row by row; exits 1 when a row is refused. The others are taken.")
        @OptionGroup var options: DataOptions
        @Argument(help: "A JSON file: a list of types, or a record with certificateTypes.") var file: String

        func run() async throws {
            let read: KindFile
            do {
                read = try KindFile([UInt8](Data(contentsOf: URL(filePath: file))))
            } catch let refusal as CertificateTypeRefusal {
                Wiring.say("\(file): \(refusal.code)")
                throw ExitCode.failure
            }
            let house = try await Wiring.open(options)
            let changed = try await house.hall.take(read.kinds)
            await house.store.close()
            for row in read.refused {
                print("row \(row.row) \(row.name): \(row.refusal.code)\(row.place.isEmpty ? "" : " at \(row.place)")")
            }
            print("\(read.kinds.count) types taken (\(changed) new or changed), \(read.refused.count) refused")
            if !read.refused.isEmpty { throw ExitCode.failure }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the types, by code.")
        @OptionGroup var options: DataOptions
        @Flag(help: "Print one JSON object a line.") var json = false

        func run() async throws {
            let house = try await Wiring.open(options)
            var last = ""
            while true {
                let page = try await house.hall.certificateKinds(after: last)
                for kind in page {
                    if json {
                        try CatalogueCommand.printJSON(kind)
                    } else {
                        print("\(kind.code) \(kind.name) (\(kind.handling.group.rawValue), \(kind.faceFields.count))")
                    }
                }
                guard page.count == Limits.pageRowsMax, let end = page.last else { break }
                last = end.code
            }
            await house.store.close()
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one type as JSON.")
        @OptionGroup var options: DataOptions
        @Argument(help: "Its code: 21 characters.") var code: String

        func run() async throws {
            let house = try await Wiring.open(options)
            let kind = try await house.hall.certificateKind(code)
            await house.store.close()
            guard let kind else {
                Wiring.say("\(code): \(CertificateRefusal.unknownType.code)")
                throw ExitCode.failure
            }
            try CatalogueCommand.printJSON(kind)
        }
    }

    struct Generate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a file of made up types, for measuring; the same for the same seed.")
        @Option(help: "How many.") var count = GeneratedKinds.provinceCount
        @Option(help: "The seed.") var seed: UInt64 = 1

        func run() async throws {
            try CatalogueCommand.printJSON(try GeneratedKinds.kinds(count, seed: seed))
        }
    }

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes states, days to come and the ways by name again from the journal.")
        @OptionGroup var options: DataOptions

        func run() async throws {
            let house = try await Wiring.open(options)
            do {
                let count = try await house.hall.rebuildLibrary { Wiring.say("\($0) certificates") }
                await house.store.close()
                print("\(count) certificates read")
            } catch {
                await house.store.close()
                throw error
            }
        }
    }
}
