import Vocabulary

/// Reads the tables of a workbook (.xlsx, ECMA-376), whoever made it: shared and inline strings, rich text, numbers,
/// truth values and days. What a cell shows is answered as text.
package struct WorkbookReader: Sendable {
    /// LIMIT: bytes of one cell, columns that are read, rows of a table.
    package static let cellBytesMax = 100_000
    package static let columnsMax = 64
    package static let rowsMax = 1_048_576

    /// One row that says something.
    package struct Row: Sendable, Equatable {
        /// The number that the spreadsheet shows, from 1.
        package let line: Int
        /// What the cells show, up to the last one that is filled in.
        package let cells: [String]
        /// Why the row cannot be used, when it cannot.
        package let refusal: WorkbookRefusal?
    }

    /// The tables in the order in which the spreadsheet shows them.
    package let sheets: [String]
    private let parts: [String: String]
    let zip: ZipReader
    let strings: [String]
    let styles: WorkbookStyles

    /// Opens a workbook. Throws `WorkbookRefusal`, and `ZipRefusal` for an archive that is not sound.
    package init(_ bytes: [UInt8]) throws {
        guard !bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else { throw WorkbookRefusal.encrypted }
        zip = try ZipReader(bytes)
        guard zip.names.contains("[Content_Types].xml"),
            let root = try Self.targets(of: "", zip).first(where: { $0.type == "officeDocument" })?.target
        else { throw WorkbookRefusal.notAWorkbook }
        let types = try Self.part("[Content_Types].xml", of: zip)
        guard !zip.names.contains(where: { $0.lowercased().hasSuffix("vbaproject.bin") }),
            !types.isMentioning("macroEnabled")
        else { throw WorkbookRefusal.macros }
        let targets = try Self.targets(of: root, zip)
        var (sheets, parts, starts1904): ([String], [String: String], Bool) = ([], [:], false)
        try Self.read(root, of: zip) { event, attributes in
            guard case .start(let name) = event else { return }
            if name == "workbookPr" { starts1904 = ["1", "true"].contains(attributes["date1904"]) }
            guard name == "sheet", let title = attributes["name"],
                let id = attributes.first(where: { $0.key.hasSuffix(":id") })?.value,
                let target = targets.first(where: { $0.id == id && $0.type == "worksheet" })?.target
            else { return }
            sheets.append(title)
            parts[title] = target
        }
        guard !sheets.isEmpty else { throw WorkbookRefusal.notAWorkbook }
        (self.sheets, self.parts) = (sheets, parts)
        strings = try Self.strings(in: targets.first { $0.type == "sharedStrings" }?.target, of: zip)
        styles = try WorkbookStyles(targets.first { $0.type == "styles" }?.target, of: zip, starts1904: starts1904)
    }

    /// The rows of a table that say something, or only the first of them, which is not refused for what stands below.
    package func rows(of sheet: String, headOnly: Bool = false) throws -> [Row] {
        guard let part = parts[sheet] else { throw WorkbookRefusal.notAWorkbook }
        var table = WorkbookTable(strings: strings, styles: styles, isLenient: headOnly)
        try Self.read(part, of: zip) { event, attributes in
            guard !(headOnly && !table.rows.isEmpty) else { return }
            try table.take(event, attributes)
        }
        return table.rows
    }

    /// Passes the events of a part to the closure.
    static func read(
        _ part: String, of zip: ZipReader, _ take: (XMLReader.Event, [String: String]) throws -> Void
    ) throws {
        do {
            var reader = try XMLReader(try self.part(part, of: zip))
            while let event = try reader.next() { try take(event, reader.attributes) }
        } catch let defect as XMLReader.Defect {
            throw defect == .documentType ? WorkbookRefusal.documentType(part: part) : .damaged(part: part)
        }
    }

    private static func part(_ name: String, of zip: ZipReader) throws -> [UInt8] {
        guard let bytes = try zip.entry(name) else { throw WorkbookRefusal.damaged(part: name) }
        return bytes
    }

    /// What a part refers to; nothing when nothing is said of it.
    private static func targets(
        of part: String, _ zip: ZipReader
    ) throws -> [(id: String, type: String, target: String)] {
        let folders = part.split(separator: "/").dropLast().map(String.init)
        let name = part.split(separator: "/").last.map(String.init) ?? ""
        let path = (folders + ["_rels", "\(name).rels"]).joined(separator: "/")
        guard zip.names.contains(path) else { return [] }
        var targets: [(String, String, String)] = []
        try read(path, of: zip) { event, attributes in
            guard event == .start("Relationship"), let id = attributes["Id"], let target = attributes["Target"],
                let type = attributes["Type"]?.split(separator: "/").last
            else { return }
            let own = target.split(separator: "/").map(String.init)
            targets.append((id, String(type), (target.hasPrefix("/") ? own : folders + own).joined(separator: "/")))
        }
        return targets
    }

    /// Shared strings: each the sum of its runs, without the readings that stand above characters.
    private static func strings(in part: String?, of zip: ZipReader) throws -> [String] {
        guard let part else { return [] }
        var (strings, text) = ([String](), RunText())
        try read(part, of: zip) { event, _ in
            text.take(event)
            if event == .end("si") { strings.append(text.next()) }
        }
        return strings
    }
}

/// The text of `<si>` and `<is>`.
struct RunText {
    private var text = ""
    private var isText = false
    private var readings = 0

    mutating func take(_ event: XMLReader.Event) {
        switch event {
        case .start("t"): isText = readings == 0
        case .end("t"): isText = false
        case .start("rPh"): readings += 1
        case .end("rPh"): readings -= 1
        case .text(let more) where isText: text += more
        default: break
        }
    }

    /// What was read since the last time.
    mutating func next() -> String {
        defer { text = "" }
        return WorkbookText.text(text)
    }
}

extension [UInt8] {
    fileprivate func isMentioning(_ word: String) -> Bool { String(decoding: self, as: UTF8.self).contains(word) }
}
