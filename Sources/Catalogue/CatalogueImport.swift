import Vocabulary

/// A list as the catalogue takes it in: each row with its department, and the rows whose department nobody knows.
package struct CatalogueImport: Sendable {
    /// One row that is taken in.
    package struct Item: Sendable {
        package let row: ServiceItemList.Row
        let department: Departments.Department
        let number: String
        private let english: String

        /// An item that somebody makes here. Throws `CatalogueRefusal.defective` for a name that is none.
        package init(_ item: NewItem) throws(CatalogueRefusal) {
            let (name, department) = (item.name, item.department)
            guard (1...ServiceItemList.nameCharactersMax).contains(name.zh.count) else {
                let defect = GuideDefect(
                    "guide.element-missing", "itemName", Bilingual("事项名称应当有1至200字", "A name has 1 to 200 characters"),
                    mend: Bilingual("请填写", "Fill it in"))
                throw .defective(file: name.zh, defects: [defect])
            }
            row = ServiceItemList.Row(
                line: 0, type: item.type, name: name.zh, localName: name.zh, department: department.key, localCode: "",
                mainItem: "")
            english = name.en
            self.department = department
            number = department.number.isEmpty ? Departments.otherNumber : department.number
        }

        init(row: ServiceItemList.Row, department: Departments.Department, number: String) {
            (self.row, self.department, self.number, english) = (row, department, number, "")
        }

        /// What the allotment of codes asks for.
        package var entry: (type: ItemType, number: String, name: String, mainItem: String) {
            (row.type, number, row.name, row.mainItem)
        }

        /// The sheet under the item's code: name and type from the list, the power at the city and its units.
        package func sheet(_ code: CatalogCode) -> ItemSheet {
            ItemSheet(
                slug: code.code, department: department.key,
                values: [
                    "itemName": .record(["zh": .text(row.name), "en": .text(english)]),
                    "itemType": .text(row.type.rawValue),
                ],
                powers: [
                    ItemPower(
                        levels: [.city, .county], catalogCode: code, catalogCodeSource: .demonstration,
                        handlingItemSuffix: nil, powerSource: .own, authorityDivision: nil, situationChoices: [:])
                ],
                local: row.line == 0
                    ? nil
                    : LocalItem(
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

/// An item that an editor makes: what it is called, its type and whose it is.
package struct NewItem: Sendable {
    package let name: Bilingual
    package let type: ItemType
    package let department: Departments.Department

    /// An item.
    package init(_ name: Bilingual, _ type: ItemType, _ department: Departments.Department) {
        (self.name, self.type, self.department) = (name, type, department)
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
