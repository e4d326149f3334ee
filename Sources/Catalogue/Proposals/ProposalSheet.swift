package import Store
import Vocabulary

extension CatalogueProposal {
    /// The department of the body that the record names; nil where nobody knows it.
    package func department(_ composer: GuideComposer) -> String? {
        composer.directory.bodies.first { $0.code.description == values["dept_code"]?.text }?.department
    }

    /// The beginning of a sheet for an item that the catalogue does not have: its name, its type, its department by the
    /// body that the record names, and the power under the province's own code. Nil where the record does not say it.
    package func beginning(_ composer: GuideComposer) -> SheetBatch? {
        guard let name = values["task_name"]?.text, let type = values["task_type"]?.text.flatMap(ItemType.init),
            let department = department(composer)
        else { return nil }
        var sheet: [String: JSONValue] = [
            "itemName": .record(["zh": .text(name), "en": .text("")]), "itemType": .text(type.rawValue),
            "department": .text(department),
            "powers": .list([
                .record([
                    "catalogCode": .text(code.code), "catalogCodeSource": .text("law"), "levels": .list([]),
                    "powerSource": .text("1"),
                ])
            ]),
        ]
        for column in ["use_level", "power_source"] where !text(column).isEmpty {
            ProvinceColumn.all[column]?.take?(text(column), &sheet, values)
        }
        let draft = SheetDraft(slug: code.code, parts: sheet, isWhole: true, lines: [:], place: "")
        return SheetBatch([draft], refused: [], composer.tables)
    }
}

extension SheetTable {
    /// The sheet that has a basic code; nil when there is none.
    package static func sheet(of code: CatalogCode, in tx: Transaction) throws -> KeptSheet? {
        if let own = try sheet(code.code, in: tx) { return own }
        let row = try tx.row("SELECT slug FROM item WHERE catalog_code = \(code.code) ORDER BY code LIMIT 1")
        if let slug = try row?.text(0), let kept = try sheet(slug, in: tx) { return kept }
        return try owners(in: tx)[code.code].flatMap { try sheet($0, in: tx) }
    }
}
