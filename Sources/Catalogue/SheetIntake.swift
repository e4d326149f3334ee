import Vocabulary

/// What becomes of each item of a file of sheets, on the catalogue as it stands. Pure: what the house has goes in, a
/// decision comes out, and what was decided counts for the next one.
package struct SheetIntake {
    /// What is done with one item.
    package enum Decision {
        case add(ItemSheet, codes: [CodeAllotment.Entry])
        case change(ItemSheet, codes: [CodeAllotment.Entry])
        /// The sheet says all of it already.
        case same
        case refuse([RefusedRow])
    }

    private var allotment: CodeAllotment
    /// Which sheet has a basic code.
    private var owners: [String: String]
    private let cycles: MainItemCycles
    private let composer: GuideComposer

    /// The codes that were given, the sheets that have them, and the file.
    package init(
        _ entries: [CodeAllotment.Entry], owners: [String: String], _ batch: SheetBatch, _ composer: GuideComposer
    ) {
        (allotment, self.owners, self.composer) = (CodeAllotment(entries), owners, composer)
        cycles = MainItemCycles(
            entries.filter { !$0.code.isHeader }.map { (.init($0.type, $0.name), $0.mainItem) }
                + batch.drafts.compactMap { draft in
                    guard let main = draft.parts["local"]?["mainItem"]?.text,
                        let name = draft.parts["itemName"]?["zh"]?.text,
                        let type = draft.parts["itemType"]?.text.flatMap(ItemType.init)
                    else { return nil }
                    return (.init(type, name), main)
                })
    }

    /// Decides on an item; `kept` is its sheet, nil for a new one.
    package mutating func decide(_ draft: SheetDraft, _ kept: KeptSheet?) throws -> Decision {
        do {
            return try decision(draft, kept)
        } catch let refusal as Refused {
            return .refuse(refusal.rows)
        }
    }

    private struct Refused: Error {
        let rows: [RefusedRow]
    }

    private mutating func decision(_ draft: SheetDraft, _ kept: KeptSheet?) throws -> Decision {
        let refuse = { (refusal: SheetRowRefusal, path: String) in Refused(rows: [draft.refused(refusal, path)]) }
        if let kept, SheetRules.stateAfterSaving(kept.state) == nil { throw refuse(.notInThisState, "") }
        let before = try kept?.sheet.record() ?? [:]
        var record = draft.isWhole ? [:] : before
        for (key, value) in draft.parts { record[key] = value == .null ? nil : value }
        for (key, name) in [("itemName", "事项名称"), ("itemType", "事项类型"), ("department", "部门")] {
            guard record[key] != nil else { throw refuse(.incomplete(name), key) }
        }
        let dangling = SheetReferences.dangling(in: record, composer)
        guard dangling.isEmpty else { throw Refused(rows: dangling.map { draft.refused($0.refusal, $0.path) }) }
        guard let type = record["itemType"]?.text.flatMap(ItemType.init), let department = record["department"]?.text,
            let name = record["itemName"]?["zh"]?.text
        else { throw refuse(.incomplete("事项类型"), "itemType") }
        guard composer.directory.bodies.contains(where: { $0.department == department }) else {
            throw refuse(.unknownDepartment(department), "department")
        }
        if cycles.contains(.init(type, name)) { throw refuse(.cycle(name), "local.mainItem") }
        let item = Item(type: type, name: name, department: department, record: record)
        let codes = try self.codes(of: item, &record, draft, kept)
        let sheet = try ItemSheet(slug: draft.slug, record: record)
        for power in sheet.powers { owners[power.catalogCode.code] = sheet.slug }
        guard kept != nil else { return .add(sheet, codes: codes) }
        return try sheet.record() == before ? .same : .change(sheet, codes: codes)
    }

    /// What codes depend on.
    private struct Item {
        let type: ItemType
        let name: String
        let department: String
        let mainItem: String

        init(type: ItemType, name: String, department: String, record: [String: JSONValue]) {
            (self.type, self.name, self.department) = (type, name, department)
            mainItem = record["local"]?["mainItem"]?.text ?? ""
        }
    }
}

extension SheetIntake {
    /// The codes that the item keeps or is given, as what is newly written down. A code of the file stays when it is
    /// one, fits and is free or the item's own; an item that brings none is given one.
    private mutating func codes(
        of item: Item, _ record: inout [String: JSONValue], _ draft: SheetDraft, _ kept: KeptSheet?
    ) throws -> [CodeAllotment.Entry] {
        let refuse = { (refusal: SheetRowRefusal, path: String) in Refused(rows: [draft.refused(refusal, path)]) }
        let own = Set(kept?.sheet.powers.map(\.catalogCode) ?? [])
        let powers = record["powers"]?.list ?? []
        guard !powers.isEmpty else {
            guard kept == nil else { throw refuse(.incomplete("权力"), "powers") }
            return try giveCode(to: item, &record, draft)
        }
        var codes: [CatalogCode] = []
        for (place, power) in powers.enumerated() {
            let (text, path) = (power["catalogCode"]?.text ?? "", "powers.\(place).catalogCode")
            guard let code = CatalogCode(text), !code.isHeader else { throw refuse(.codeMalformed(text), path) }
            codes.append(code)
            guard !own.contains(code) || item.type.rawValue != code.typeDigits else { continue }
            guard fits(code, item) else { throw refuse(.codeMisfit(text), path) }
            if let owner = owners[text], owner != draft.slug { throw refuse(.codeTaken(text), path) }
            if let entry = allotment.entry(of: code), entry.type != item.type || entry.name != item.name {
                throw refuse(.codeTaken(text), path)
            }
        }
        try requireName(of: item, codes, draft)
        if CatalogCode(draft.slug) != nil, !codes.contains(where: { $0.code == draft.slug }) {
            throw refuse(.codeMisfit(draft.slug), "")
        }
        return codes.flatMap { allotment.keep($0, of: item.type, item.name, mainItem: item.mainItem) }
    }

    /// There is one sheet an item: its name and type are not another's.
    private func requireName(of item: Item, _ codes: [CatalogCode], _ draft: SheetDraft) throws {
        guard let known = allotment.code(of: item.type, item.name), !codes.contains(known),
            let owner = owners[known.code], owner != draft.slug
        else { return }
        throw Refused(rows: [draft.refused(.sheetExists(owner), "itemName")])
    }

    private mutating func giveCode(
        to item: Item, _ record: inout [String: JSONValue], _ draft: SheetDraft
    ) throws -> [CodeAllotment.Entry] {
        guard let department = composer.departments.all.first(where: { $0.key == item.department }) else {
            throw Refused(rows: [draft.refused(.unknownDepartment(item.department), "department")])
        }
        if let known = allotment.code(of: item.type, item.name) {
            throw Refused(rows: [draft.refused(.sheetExists(owners[known.code] ?? known.code), "itemName")])
        }
        var next = allotment
        let row = (
            type: item.type, number: composer.departments.number(of: department, item: item.name), name: item.name,
            mainItem: item.mainItem
        )
        let entries = try next.allot([row])
        guard let code = next.code(of: item.type, item.name) else { return [] }
        if CatalogCode(draft.slug) != nil, code.code != draft.slug {
            throw Refused(rows: [draft.refused(.codeMisfit(draft.slug), "")])
        }
        allotment = next
        record["powers"] = try CanonicalJSON.value(in: try CanonicalJSON.bytes(of: [ItemPower.everywhere(code)]))
        return entries
    }

    /// Whether the code is of the item's type and, where the city's catalogue gave it, of its department.
    private func fits(_ code: CatalogCode, _ item: Item) -> Bool {
        guard code.typeDigits == item.type.rawValue else { return false }
        let number = composer.departments.all.first { $0.key == item.department }?.number ?? ""
        return code.owner != CodeAllotment.owner || number.isEmpty || code.mainItem.hasPrefix(number)
    }
}
