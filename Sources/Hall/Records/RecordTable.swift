package import Exchange

/// The mapping as a table for whoever connects a system: `docs/exchange-records.md` is its print.
package enum RecordTable {
    /// What is mapped, family by family, in the order in which a dossier makes them due.
    private static let maps: [any RecordMapping] = [
        RecordMaps.acceptance, RecordMaps.material, RecordMaps.step, RecordMaps.special, RecordMaps.result,
        RecordMaps.certificate, RecordMaps.file, RecordMaps.scan, RecordMaps.evaluation,
    ]

    /// The table of every family in Markdown: column, its name, what it holds, whether it must be there, and what of
    /// ours it is. Refuses a mapping to a family or a column that there is not.
    package static func markdown(_ families: RecordFamilies) throws -> String {
        try maps.map { try markdown($0, families) }.joined(separator: "\n")
    }

    private static func markdown(_ map: any RecordMapping, _ families: RecordFamilies) throws -> String {
        let family = try families.family(map.family)
        if let strange = map.lines.first(where: { family[field: $0.name] == nil }) {
            throw RecordUnfit(.fieldUnknown, "\(family.name).\(strange.name)")
        }
        let filled = Dictionary(uniqueKeysWithValues: map.lines.map { ($0.name, $0.meaning) })
        var lines = ["## `\(family.name)` \(family.title)", ""]
        lines += ["| column | name | holds | must | what stands there |", "|---|---|---|---|---|"]
        for field in family.fields {
            let must = field.isRequired ? "yes" : ""
            lines.append(
                "| `\(field.name)` | \(field.title) | \(field.kind) | \(must) | \(filled[field.name] ?? "–") |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// A mapping, whatever it maps.
protocol RecordMapping: Sendable {
    var family: String { get }
    /// The columns that are filled, and what stands there.
    var lines: [(name: String, meaning: String)] { get }
}

extension RecordMap: RecordMapping {
    var lines: [(name: String, meaning: String)] { columns.map { ($0.name, $0.meaning) } }
}
