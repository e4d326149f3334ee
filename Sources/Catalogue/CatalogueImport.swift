import Vocabulary

/// A list as the catalogue takes it in: each row with its department, and the rows whose department nobody knows.
package struct CatalogueImport: Sendable {
    /// One row that is taken in.
    package struct Item: Sendable {
        package let row: ServiceItemList.Row
        let department: Departments.Department
        let number: String

        /// What the allotment of codes asks for.
        package var entry: (type: ItemType, number: String, name: String, mainItem: String) {
            (row.type, number, row.name, row.mainItem)
        }

        /// The sheet under the item's code: name and type from the list, the power at the city and its units.
        package func sheet(_ code: CatalogCode) -> ItemSheet {
            ItemSheet(
                slug: code.code, department: department.key,
                values: [
                    "itemName": .record(["zh": .text(row.name), "en": .text("")]),
                    "itemType": .text(row.type.rawValue),
                ],
                powers: [
                    ItemPower(
                        levels: [.city, .county], catalogCode: code, catalogCodeSource: .demonstration,
                        handlingItemSuffix: nil, powerSource: .own, authorityDivision: nil, situationChoices: [:])
                ],
                local: LocalItem(
                    code: row.localCode, name: row.localName, department: row.department, mainItem: row.mainItem))
        }
    }

    package let items: [Item]
    package let unknown: [ServiceItemList.RefusedRow]

    /// Finds the department of each row.
    package init(_ list: ServiceItemList, _ departments: Departments) {
        var (items, unknown): ([Item], [ServiceItemList.RefusedRow]) = ([], [])
        for row in list.rows {
            if let department = departments.department(row.department) {
                let number = departments.number(of: department, item: row.name)
                items.append(Item(row: row, department: department, number: number))
            } else {
                unknown.append(
                    ServiceItemList.RefusedRow(
                        line: row.line, code: "list.unknown-department",
                        reason: Bilingual("对照表中没有“\(row.department)”", "The table of departments does not list it")))
            }
        }
        (self.items, self.unknown) = (items, unknown)
    }
}

/// What the journal says of an import.
package struct ItemsImported: Codable, Hashable, Sendable {
    package let sheets: Int
    package let codes: Int
    package let refused: Int

    package init(sheets: Int, codes: Int, refused: Int) {
        (self.sheets, self.codes, self.refused) = (sheets, codes, refused)
    }
}
