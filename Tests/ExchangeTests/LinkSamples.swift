@testable import Exchange
import Foundation
import Testing
import Vocabulary

/// Records that are made up, of whatever family.
struct LinkSamples {
    /// What no format may change: marks of XML and CSV, line ends, characters beyond the first plane.
    static let words = "<&\"']]> ,;=+-@\n甲𠮷𪚥福&amp;&#38;👩‍👩‍👧\u{202E}\u{A0}\u{2028}%00\\ 终\u{FFFD} "
    /// The number of a dossier that was filed on 2018-11-19.
    static let number = "11350100MADEM002X03000114111003201811190001"

    let families: RecordFamilies

    init() throws { families = try .shipped() }

    /// A record with every column of its family.
    func record(
        _ family: String, _ key: String, words: String = words, number: String = number
    ) throws -> LinkRecord {
        let family = try families.family(family)
        var values: [String: JSONValue] = [:]
        for field in family.fields {
            switch field.kind {
            case .text(let max): values[field.name] = .text(Self.cut(words, max))
            case .whole: values[field.name] = .number(7)
            case .moment: values[field.name] = .text("2018-11-19 09:05:07")
            }
        }
        values[family.key] = .text(key)
        return LinkRecord(try ExchangeRecord(family, values), number: number)
    }

    /// One record of each family.
    func all(_ suffix: String = "1") throws -> [LinkRecord] {
        try families.all.map { try record($0.name, "\($0.name)-\(suffix)") }
    }

    private static func cut(_ text: String, _ max: Int) -> String {
        var result = ""
        result.unicodeScalars.append(contentsOf: text.unicodeScalars.prefix(max))
        return result
    }
}

extension LinkPage {
    /// The records of a page that are some.
    var records: [LinkRecord] {
        rows.compactMap { if case .success(let record) = $0.content { record } else { nil } }
    }

    /// The codes of the rows, empty for a record, by marks.
    var codes: [String: String] {
        let pairs = rows.map { row in
            if case .failure(let unfit) = row.content { (row.mark, unfit.code) } else { (row.mark, "") }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}

/// What a carrier said went wrong; an expectation fails where it said nothing.
func trouble(_ work: () async throws -> some Any) async throws -> LinkTrouble {
    do {
        _ = try await work()
    } catch let trouble as LinkTrouble {
        return trouble
    }
    return try #require(nil as LinkTrouble?, "nothing went wrong")
}

/// A program of others, and what it prints.
func output(of program: String, _ arguments: [String], input: String = "") throws -> String {
    let (process, into, outOf) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    (process.standardInput, process.standardOutput) = (into, outOf)
    try process.run()
    try into.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try into.fileHandleForWriting.close()
    let said = try outOf.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) \(arguments)")
    return String(decoding: said, as: UTF8.self)
}
