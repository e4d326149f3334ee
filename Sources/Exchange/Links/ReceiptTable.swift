import Catalogue
import Vocabulary

/// Files of a folder that say what came of records: `family,key,outcome,code,message`, one line a record.
enum ReceiptTable {
    private static let columns = ["family", "key", "outcome", "code", "message"]

    /// One line: the record's name, both parts empty for a file that was not read, and what came of it.
    struct Line {
        let key: LinkKey
        let verdict: LinkVerdict
    }

    static func bytes(of lines: [Line]) -> [UInt8] {
        CSVText.bytes(of: [columns] + lines.map(fields))
    }

    /// The lines of a file; nil where it is no such table. Columns are found by their names; code and message may be
    /// missing.
    static func lines(_ bytes: [UInt8]) -> [Line]? {
        guard let table = NamedTable(bytes, ["family", "key", "outcome"]) else { return nil }
        var lines: [Line] = []
        for row in table.rows {
            guard let outcome = LinkVerdict.Outcome(rawValue: row("outcome")) else { return nil }
            let verdict = LinkVerdict(outcome, code: row("code"), message: row("message"))
            lines.append(Line(key: LinkKey(row("family"), row("key")), verdict: verdict))
        }
        return lines
    }

    /// What is said of some records of a batch, by their places, while others wait.
    static func bytes(ofPart part: [Int: Line]) -> [UInt8] {
        let lines = part.sorted { $0.key < $1.key }.map { ["\($0.key)"] + fields($0.value) }
        return CSVText.bytes(of: [["row"] + columns] + lines)
    }

    /// Reads what `bytes(ofPart:)` wrote; nothing where it is something else.
    static func part(_ bytes: [UInt8]) -> [Int: Line] {
        guard let places = NamedTable(bytes, ["row"])?.rows.map({ Int($0("row")) }), let lines = lines(bytes) else {
            return [:]
        }
        var part: [Int: Line] = [:]
        for (place, line) in zip(places, lines) { if let place { part[place] = line } }
        return part
    }

    private static func fields(_ line: Line) -> [String] {
        [line.key.family, line.key.key, line.verdict.outcome.rawValue, line.verdict.code, line.verdict.message]
    }
}

/// The file of a day with what the other side has: `family,key,number,digest,isTheirs`.
enum HoldingsTable {
    /// The lines in the order of family and key; nil where it is no such table.
    static func lines(_ bytes: [UInt8]) -> [LinkHoldings.Line]? {
        guard let table = NamedTable(bytes, ["family", "key", "number", "digest", "isTheirs"]) else { return nil }
        var lines: [LinkHoldings.Line] = []
        for row in table.rows {
            guard let isTheirs = ["true": true, "1": true, "false": false, "0": false][row("isTheirs")] else {
                return nil
            }
            lines.append(
                LinkHoldings.Line(
                    LinkKey(row("family"), row("key")), number: row("number"), digest: row("digest"),
                    isTheirs: isTheirs))
        }
        return lines.sorted { $0.key.isBefore($1.key) }
    }
}

extension LinkKey {
    /// The order of what is compared: family, then key.
    func isBefore(_ other: LinkKey) -> Bool { (family, key) < (other.family, other.key) }
}

/// A table whose columns are found by their names.
private struct NamedTable {
    /// One line; the field of a column, empty where there is no such column.
    let rows: [(String) -> String]

    /// Nil where it is no table, lacks a column that it must have, or has lines of another length.
    init?(_ bytes: [UInt8], _ needed: [String]) {
        guard let lines = BatchCSV.read(bytes), let names = lines.first, needed.allSatisfy(names.contains),
            Set(names).count == names.count, lines.allSatisfy({ $0.count == names.count })
        else { return nil }
        rows = lines.dropFirst().map { fields in
            { column in names.firstIndex(of: column).map { fields[$0] } ?? "" }
        }
    }
}
