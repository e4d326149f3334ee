package import Certificates
import Foundation
import Store
import Vocabulary

/// A file of records: CSV with a first line of names, or one JSON object a line. It is read piece by piece, however
/// long it is, and goes on at any row.
package struct RecordFile: RecordSource {
    package enum Format: String, Sendable, CaseIterable { case csv, jsonl }

    /// LIMIT: bytes of a row.
    static let rowBytesMax = 256 * 1024
    /// LIMIT: bytes read at once; more than a row.
    static let pieceBytesMax = 4 << 20
    private static let newline = UInt8(ascii: "\n")

    package let name: String
    private let path: String
    private let format: Format
    private let reader: RecordReader
    private let columns: [String]

    /// Opens a file. Refuses, by `CertificateImportRefusal.unreadable`, a CSV file whose first line does not name the
    /// columns that are needed.
    package init(path: String, format: Format, kinds: [CertificateKind]) throws {
        (self.path, self.format) = (path, format)
        reader = RecordReader(kinds: kinds)
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        let head = try Self.read(path, from: 0, count: Self.pieceBytesMax)
        let tail = try Self.read(path, from: max(0, size - Self.pieceBytesMax), count: Self.pieceBytesMax)
        name = "file \(size) \(BlobRef(of: head + tail).digest) \(format)"
        guard format == .csv else {
            columns = []
            return
        }
        let end = RowEnds(quoted: true).end(of: head[...], isLast: true) ?? head.count
        columns = CSVRow.fields(Self.bare(head[..<end])) ?? []
        guard Set(columns).isSuperset(of: RecordRow.needed), Set(columns).count == columns.count else {
            throw CertificateImportRefusal.unreadable
        }
    }

    /// Without the mark of UTF-8.
    private static func bare(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
    }

    private static func read(_ path: String, from place: Int, count: Int) throws -> [UInt8] {
        let handle = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { handle.closeFile() }
        try handle.seek(toOffset: UInt64(place))
        return [UInt8](try handle.read(upToCount: count) ?? Data())
    }

    package func batch(from place: Int, line: Int, limit: Int) async throws -> RecordBatch? {
        let piece = try Self.read(path, from: place, count: Self.pieceBytesMax)
        guard !piece.isEmpty else { return nil }
        var batch = RecordBatch(place: place, line: line)
        var rest = piece[...]
        let (ends, isLast) = (RowEnds(quoted: format == .csv), piece.count < Self.pieceBytesMax)
        while !rest.isEmpty, batch.items.count + batch.refused.count < limit {
            // A row that goes on in the next piece begins the next batch.
            guard let end = ends.end(of: rest, isLast: isLast) else { break }
            let row = rest[rest.startIndex..<end]
            take(batch.place == 0 ? Self.bare(row) : row, isFirst: batch.place == 0, into: &batch)
            rest = rest[end...]
            batch.place += row.count
            batch.line += row.count { $0 == Self.newline }
        }
        return batch
    }

    private func take(_ row: ArraySlice<UInt8>, isFirst: Bool, into batch: inout RecordBatch) {
        if format == .csv && isFirst { return }
        let bytes = row.last == Self.newline ? row.dropLast() : row
        let text = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
        guard !text.isEmpty else { return }
        guard row.count <= Self.rowBytesMax else {
            batch.refused.append(RefusedRow(line: batch.line, .tooLong))
            return
        }
        guard let read = self.row(text) else {
            batch.refused.append(RefusedRow(line: batch.line, .unreadable))
            return
        }
        switch reader.record(read) {
        case .success(let record): batch.items.append(.init(line: batch.line, record: record))
        case .failure(let fault):
            batch.refused.append(RefusedRow(line: batch.line, fault.refusal, at: fault.place))
        }
    }

    private func row(_ text: ArraySlice<UInt8>) -> RecordRow? {
        switch format {
        case .csv: return CSVRow.fields(text).flatMap { RecordRow($0, columns: columns) }
        case .jsonl:
            do { return try CanonicalJSON.value(in: Array(text)) } catch { return nil }
        }
    }
}

/// Finds where a row ends.
struct RowEnds {
    /// Whether a line end between quotes belongs to the row.
    let quoted: Bool

    /// The index after the row's line end; nil when the row goes on beyond the bytes. A row that is too long, or whose
    /// quote nobody closes, ends with its first line, so that it takes no other with it.
    func end(of bytes: ArraySlice<UInt8>, isLast: Bool) -> Int? {
        var (isOpen, line): (Bool, Int?) = (false, nil)
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "\"") where quoted: isOpen.toggle()
            case UInt8(ascii: "\n"):
                line = line ?? index + 1
                if !isOpen { return index + 1 }
            default: break
            }
            if index - bytes.startIndex >= RecordFile.rowBytesMax, let line { return line }
        }
        if isLast { return isOpen ? line ?? bytes.endIndex : bytes.endIndex }
        // Longer than a piece: what is there is refused, and so is the rest.
        return bytes.count >= RecordFile.pieceBytesMax ? bytes.endIndex : nil
    }
}

/// One row of comma-separated values (RFC 4180).
enum CSVRow {
    /// The fields; nil for bytes that are no UTF-8, and for a quote where none may stand or that nobody closes.
    static func fields(_ bytes: ArraySlice<UInt8>) -> [String]? {
        var (fields, field, isQuoted, wasQuoted): ([String], [UInt8], Bool, Bool) = ([], [], false, false)
        func close() -> Bool {
            guard let text = String(validating: field, as: UTF8.self), !field.contains(0) else { return false }
            fields.append(text)
            (field, wasQuoted) = ([], false)
            return true
        }
        var bytes = bytes
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
            bytes = bytes.dropLast()
        }
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            let following = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && following == UInt8(ascii: "\""):
                field.append(byte)
                index += 1
            case UInt8(ascii: "\"") where isQuoted: (isQuoted, wasQuoted) = (false, true)
            case UInt8(ascii: "\"") where field.isEmpty && !wasQuoted: isQuoted = true
            case UInt8(ascii: "\""): return nil
            case UInt8(ascii: ",") where !isQuoted: guard close() else { return nil }
            default:
                guard isQuoted || !wasQuoted else { return nil }
                field.append(byte)
            }
            index += 1
        }
        guard !isQuoted, close() else { return nil }
        return fields
    }
}
