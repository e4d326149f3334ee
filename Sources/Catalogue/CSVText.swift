import Foundation

/// A table of comma-separated values (RFC 4180): quoted fields may hold commas, quotes and line ends.
package struct CSVText: Sendable {
    /// One record and the line on which it begins, from 1.
    package struct Record: Sendable, Hashable {
        package let line: Int
        package let fields: [String]
        /// Why the record cannot be used, where a spreadsheet says something that is no text.
        package let defect: RowDefect?

        package init(line: Int, fields: [String], defect: RowDefect? = nil) {
            (self.line, self.fields, self.defect) = (line, fields, defect)
        }
    }

    /// LIMIT: bytes of a file, bytes of a field, records of a table (a spreadsheet holds no more).
    package static let bytesMax = 256 * 1024 * 1024
    package static let fieldBytesMax = 100_000
    package static let recordsMax = 1_048_576

    package let records: [Record]

    /// Reads UTF-8, with or without its mark. Throws `TableRefusal` for another encoding, for a quote that is never
    /// closed and beyond the limits; nothing is read in part.
    package init(_ bytes: [UInt8]) throws(TableRefusal) {
        try Self.requireText(bytes)
        let bare = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        var reader = Reader(bytes: bare)
        records = try reader.records()
    }

    /// Throws `TableRefusal` for what is too large, and for bytes that are no UTF-8.
    static func requireText(_ bytes: [UInt8]) throws(TableRefusal) {
        guard bytes.count <= bytesMax else { throw .tooLarge }
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else { throw .encoding }
    }

    private struct Reader {
        let bytes: ArraySlice<UInt8>
        var place: Int
        var line = 1

        init(bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            place = bytes.startIndex
        }

        mutating func records() throws(TableRefusal) -> [Record] {
            var records: [Record] = []
            while place < bytes.endIndex {
                let record = try record()
                // An empty line is no record.
                if record.fields != [""] { records.append(record) }
                guard records.count <= CSVText.recordsMax else { throw .tooLarge }
            }
            return records
        }

        private mutating func record() throws(TableRefusal) -> Record {
            let first = line
            var fields: [String] = []
            while true {
                fields.append(try field())
                guard place < bytes.endIndex else { break }
                let end = bytes[place]
                place += 1
                if end == UInt8(ascii: ",") { continue }
                if end == UInt8(ascii: "\r"), place < bytes.endIndex, bytes[place] == UInt8(ascii: "\n") { place += 1 }
                line += 1
                break
            }
            return Record(line: first, fields: fields)
        }

        private mutating func field() throws(TableRefusal) -> String {
            let isQuoted = place < bytes.endIndex && bytes[place] == UInt8(ascii: "\"")
            let content = try isQuoted ? quoted() : plain()
            guard content.count <= CSVText.fieldBytesMax else { throw .fieldTooLarge(line: line) }
            return String(decoding: content, as: UTF8.self)
        }

        private mutating func plain() -> [UInt8] {
            let start = place
            while place < bytes.endIndex, !Self.ends.contains(bytes[place]) { place += 1 }
            return Array(bytes[start..<place])
        }

        private mutating func quoted() throws(TableRefusal) -> [UInt8] {
            let first = line
            var content: [UInt8] = []
            place += 1
            while place < bytes.endIndex {
                let byte = bytes[place]
                place += 1
                if byte == UInt8(ascii: "\"") {
                    guard place < bytes.endIndex, bytes[place] == UInt8(ascii: "\"") else {
                        guard place == bytes.endIndex || Self.ends.contains(bytes[place]) else {
                            throw .strayQuote(line: line)
                        }
                        return content
                    }
                    place += 1
                }
                if byte == UInt8(ascii: "\n") { line += 1 }
                content.append(byte)
            }
            throw .strayQuote(line: first)
        }

        private static let ends: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    }
}

/// What is wrong with a row of a table, by a stable code.
package struct RowDefect: Error, Sendable, Hashable {
    package let code: String
    package let reason: Bilingual

    package init(code: String, reason: Bilingual) {
        (self.code, self.reason) = (code, reason)
    }
}

extension CSVText {
    /// A field that no spreadsheet takes for a formula: one that begins with `= + - @`, a tab, a line end or an
    /// apostrophe gets an apostrophe before it. `bare` takes exactly that one away again, so that nothing is lost.
    static func guarded(_ field: String) -> String { isRisky(field.utf8.first) ? "'" + field : field }

    /// The field without the apostrophe that `guarded` put before it.
    static func bare(_ field: String) -> String {
        field.hasPrefix("'") && isRisky(field.utf8.dropFirst().first) ? String(field.dropFirst()) : field
    }

    private static func isRisky(_ first: UInt8?) -> Bool { first.map(Array("=+-@\t\r\n'".utf8).contains) ?? false }

    /// The bytes of a table, lines ended by CRLF; fields are quoted where they must be.
    package static func bytes(of records: [[String]]) -> [UInt8] {
        var text = ""
        for fields in records {
            text += fields.map(written).joined(separator: ",") + "\r\n"
        }
        return Array(text.utf8)
    }

    private static func written(_ field: String) -> String {
        let mustBeQuoted = field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        return mustBeQuoted ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }
}
