import Foundation
import Vocabulary

/// Sheets in JSON and YAML, for programs: `{"sheets":[…]}`, each sheet as it is kept, loss-free and in the order of
/// keys.
package enum SheetFile {
    private struct Whole: Encodable { let sheets: [ItemSheet] }

    /// The bytes in JSON, a line end behind them.
    package static func json(_ sheets: [ItemSheet]) throws -> [UInt8] {
        try CanonicalJSON.bytes(of: Whole(sheets: sheets)) + [UInt8(ascii: "\n")]
    }

    /// The bytes in YAML.
    package static func yaml(_ sheets: [ItemSheet]) throws -> [UInt8] {
        try YAMLText.bytes(of: try CanonicalJSON.value(in: try CanonicalJSON.bytes(of: Whole(sheets: sheets))))
    }

    /// Reads JSON. Throws `TableRefusal`; a sheet that is wrong is refused alone.
    package static func read(json bytes: [UInt8], _ tables: CodeTables) throws(TableRefusal) -> SheetBatch {
        try CSVText.requireText(bytes)
        do {
            return try batch(try JSONDecoder().decode(JSONValue.self, from: Data(bytes)), tables)
        } catch let refusal as TableRefusal {
            throw refusal
        } catch {
            throw .malformed("JSON")
        }
    }

    /// Reads YAML, in the same way.
    package static func read(yaml bytes: [UInt8], _ tables: CodeTables) throws(TableRefusal) -> SheetBatch {
        try CSVText.requireText(bytes)
        return try batch(try YAMLText.value(of: bytes), tables)
    }

    private static func batch(_ file: JSONValue, _ tables: CodeTables) throws(TableRefusal) -> SheetBatch {
        guard let sheets = file["sheets"]?.list else { throw .columnMissing("sheets") }
        guard !sheets.isEmpty else { throw .empty }
        guard sheets.count <= SheetBatch.itemsMax else { throw .tooLarge }
        var (drafts, refused, seen): ([SheetDraft], [RefusedRow], Set<String>) = ([], [], [])
        for (number, sheet) in sheets.enumerated() {
            let place = "sheets.\(number)"
            let slug = sheet["slug"]?.text ?? ""
            let refuse = { (refusal: SheetRowRefusal) in
                RefusedRow(refusal, item: slug, path: place, line: nil)
            }
            guard SheetDraft.isName(slug) else {
                refused.append(refuse(.itemName(slug)))
                continue
            }
            guard seen.insert(slug).inserted else {
                refused.append(refuse(.twice))
                continue
            }
            let (draft, strays) = draft(sheet, slug, place)
            drafts.append(draft)
            refused += strays
        }
        return SheetBatch(drafts, refused: refused, tables)
    }

    /// The sheet's values and what stands beside them, as one record.
    private static func draft(_ sheet: JSONValue, _ slug: String, _ place: String) -> (SheetDraft, [RefusedRow]) {
        guard case .record(var members) = sheet else { return (SheetDraft.empty(slug, place), []) }
        members["slug"] = nil
        let values = members.removeValue(forKey: "values") ?? .null
        var parts: [String: JSONValue] = if case .record(let values) = values { values } else { [:] }
        let own = ["department", "powers", "own", "local"]
        // What a sheet keeps beside its values cannot stand among them, and nothing else can stand beside them.
        let among = own.filter { parts[$0] != nil }.map { "values.\($0)" }
        let beside = members.keys.filter { !own.contains($0) }.sorted()
        for key in own { parts[key] = members[key] }
        if parts["own"] == .record([:]) { parts["own"] = nil }
        let draft = SheetDraft(slug: slug, parts: parts, isWhole: true, lines: [:], place: place)
        return (draft, (among + beside).map { draft.refused(.unknownPath, $0) })
    }
}

extension SheetDraft {
    fileprivate static func empty(_ slug: String, _ place: String) -> SheetDraft {
        SheetDraft(slug: slug, parts: [:], isWhole: true, lines: [:], place: place)
    }
}
