import Accounts
import ArgumentParser
import Certificates
import Foundation
import Hall
import Store
import Vocabulary

extension CertificatesCommand {
    struct ImportRecords: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract:
                "Takes records of another system in; goes on where it was stopped. Exits 1 when rows are refused.",
            discussion: "Refused rows are written to FILE.refused, or where --refused says: line, code, field.")
        @OptionGroup var options: DataOptions
        @Argument(help: "A CSV file with a line of names, or one JSON object a line.") var file: String
        @ArgumentParser.Option(help: "csv or jsonl; told by the file's name where it is missing.") var format: String?
        @ArgumentParser.Option(help: "Where refused rows are put aside.") var refused: String?
        @Flag(help: "One JSON object at the end.") var json = false

        func run() async throws {
            let told = format ?? (file.hasSuffix(".csv") ? "csv" : "jsonl")
            guard let format = RecordFile.Format(rawValue: told) else { throw ValidationError("--format csv or jsonl") }
            do {
                let done = try await LibraryCommand.run(
                    options, refused: refused ?? file + ".refused", json: json
                ) { house in
                    var (kinds, last) = ([CertificateKind](), "")
                    while true {
                        let page = try await house.hall.certificateKinds(after: last)
                        guard let end = page.last else { break }
                        (kinds, last) = (kinds + page, end.code)
                    }
                    return try RecordFile(path: file, format: format, kinds: kinds)
                }
                if done.refused > 0 { throw ExitCode.failure }
            } catch let refusal as CertificateImportRefusal {
                Wiring.say("\(file): \(refusal.code)")
                throw ExitCode.failure
            }
        }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Searches the library, page by page: identifier, days, standing; no names.",
            discussion: "Says at least --identifier, --number, --holder-number, --name or --issuer.")
        @OptionGroup var options: DataOptions
        @ArgumentParser.Option(help: "The whole identifier.") var identifier: String?
        @ArgumentParser.Option(help: "The certificate's number.") var number: String?
        @ArgumentParser.Option(help: "The holder's identity card number or credit code.") var holderNumber: String?
        @ArgumentParser.Option(help: "A part of the holder's name.") var name: String?
        @ArgumentParser.Option(help: "The issuing body's credit code.") var issuer: String?
        @ArgumentParser.Option(help: "A type's code.") var type: String?
        @ArgumentParser.Option(help: "valid, expired, ended, restricted, suspended, reserved or notYetValid.")
        var state: String?
        @ArgumentParser.Option(help: "Issued on this day or later.") var from: String?
        @ArgumentParser.Option(help: "Issued on this day or earlier.") var until: String?
        @ArgumentParser.Option(help: "Where the page before ended.") var after: String?

        private struct Line: Encodable {
            let id: CertificateID
            let identifier: CertificateIdentifier
            let holder: PersonID
            let standing: String
            let validFrom: CivilDate
            let validUntil: CivilDate?
        }

        func run() async throws {
            try await Wiring.using(options) { house in
                let filter = try await filter(house)
                let cursor = try after.map { try Self.read($0, "--after", CertificateSearch.Cursor.init) }
                let today = Wiring.time.now().day
                let page = try await house.store.read { tx in
                    try CertificateSearch.page(filter, on: today, after: cursor, in: tx)
                }
                for line in page.lines {
                    try CatalogueCommand.printJSON(
                        Line(
                            id: line.id, identifier: line.identifier, holder: line.holder,
                            standing: line.days.standing(on: today).rawValue, validFrom: line.validFrom,
                            validUntil: line.validUntil))
                }
                if let next = page.next { Wiring.say("more: --after \(next)") }
            }
        }

        private static func read<Value>(_ text: String, _ option: String, _ make: (String) -> Value?) throws -> Value {
            guard let value = make(text) else { throw ValidationError("\(option): \(text) cannot be read") }
            return value
        }

        private func filter(_ house: Wiring.House) async throws -> CertificateSearch.Filter {
            var filter = CertificateSearch.Filter()
            filter.identifier = try identifier.map { try Self.read($0, "--identifier") { CertificateIdentifier($0) } }
            (filter.number, filter.name) = (number, name)
            filter.types = type.map { [$0] }
            filter.issuer = try issuer.map { try Self.read($0, "--issuer") { CreditCode($0) } }
            filter.state = try state.map { try Self.read($0, "--state", Certificate.Standing.init(rawValue:)) }
            let first = try from.map { try Self.read($0, "--from") { CivilDate($0) } }
            let last = try until.map { try Self.read($0, "--until") { CivilDate($0) } }
            if first != nil || last != nil {
                let begin = first ?? CivilDate(daysSinceEpoch: 0)
                filter.days = begin...max(begin, last ?? Wiring.time.now().day.advanced(byDays: 36_500))
            }
            if let holderNumber {
                let number = try Self.read(holderNumber, "--holder-number") { text in
                    CitizenID(text).map(PersonNumber.citizen) ?? CreditCode(text).map(PersonNumber.organisation)
                }
                filter.holder = try await house.hall.holder(number, key: house.accountKey)
            }
            return filter
        }
    }
}
