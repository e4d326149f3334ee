import Foundation

@testable import Documents
import Vocabulary

extension FuzzTarget {
    /// Readers of archives and of what lies in them.
    static let archiveTargets = [
        FuzzTarget("zip") { bytes in
            let isSound: Bool
            do throws(ZipStructure.Defect) {
                try ZipStructure.check(bytes)
                isSound = true
            } catch {
                isSound = false
            }
            let archive = try ZipReader(bytes, totalBytesMax: 1 << 20)
            var total = 0
            for name in archive.names {
                let entry = try archive.entry(name)
                total += entry?.count ?? 0
                Finding.unless(total <= 1 << 20, "more is unpacked than may be")
            }
            guard isSound else { return }
            let written = ZipWriter.bytes(of: try archive.names.map { ($0, [try archive.entry($0) ?? []]) })
            Finding.unless(try ZipReader(written).names == archive.names, "an archive is read as something else")
        },
        FuzzTarget("xml") { bytes in
            var reader = try XMLReader(bytes)
            var depth = 0
            while let event = try reader.next() {
                switch event {
                case .start: depth += 1
                case .end: depth -= 1
                case .text: Finding.unless(depth > 0, "text outside of the document")
                }
                Finding.unless((0...XMLReader.depthMax).contains(depth), "deeper than the limit")
            }
            Finding.unless(depth == 0, "an element stays open")
            _ = try XMLTree(bytes)
        },
        FuzzTarget("workbook-parts") { bytes in
            // The first byte says which part is another one: inside an archive hardly any input would be sound.
            guard let first = bytes.first else { return }
            var parts = workbook
            parts[Int(first) % parts.count].bytes = Array(bytes.dropFirst())
            let book = try WorkbookReader(ZipWriter.bytes(of: parts.map { ($0.name, [$0.bytes]) }))
            for sheet in book.sheets {
                for row in try book.rows(of: sheet) {
                    Finding.unless(row.cells.count <= WorkbookReader.columnsMax, "more columns than the limit")
                }
            }
        },
    ]

    private static let workbook: [(name: String, bytes: [UInt8])] = {
        do {
            let zip = try ZipReader(Seeds.file("workbook.xlsx"))
            return try zip.names.map { ($0, try zip.entry($0) ?? []) }
        } catch {
            fatalError("the workbook: \(error)")
        }
    }()
}
