import Vocabulary

/// A list as the catalogue takes it in: each row with its department, and the rows that are refused.
package struct CatalogueImport: Sendable {
    /// One item that is taken in.
    package struct Item: Sendable {
        let type: ItemType
        let name: Bilingual
        let department: Departments.Department
        let number: String
        let local: LocalItem?

        /// An item that somebody makes here. Throws `CatalogueRefusal.defective` for a name that is none.
        package init(
            _ name: Bilingual, _ type: ItemType, _ department: Departments.Department, in departments: Departments
        ) throws(CatalogueRefusal) {
            guard (1...ServiceItemList.nameCharactersMax).contains(name.zh.count) else {
                let defect = GuideDefect(
                    "guide.element-missing", "itemName", Bilingual("事项名称应当有1至200字", "A name has 1 to 200 characters"),
                    mend: Bilingual("请填写", "Fill it in"))
                throw .defective(file: name.zh, defects: [defect])
            }
            self.init(name, type, department, local: nil, in: departments)
        }

        init(
            _ name: Bilingual, _ type: ItemType, _ department: Departments.Department, local: LocalItem?,
            in departments: Departments
        ) {
            (self.name, self.type, self.department, self.local) = (name, type, department, local)
            number = departments.number(of: department, item: name.zh)
        }

        /// Under what `SheetTable.named` lists the item, when it has a sheet of another name.
        package var key: String { type.rawValue + name.zh }

        /// What the allotment of codes asks for.
        package var entry: (type: ItemType, number: String, name: String, mainItem: String) {
            (type, number, name.zh, local?.mainItem ?? "")
        }

        /// The sheet under the item's code: its name and type, the power at the city and its units.
        package func sheet(_ code: CatalogCode) -> ItemSheet {
            ItemSheet(
                slug: code.code, department: department.key,
                values: [
                    "itemName": .record(["zh": .text(name.zh), "en": .text(name.en)]),
                    "itemType": .text(type.rawValue),
                ],
                powers: [.everywhere(code)], local: local)
        }
    }

    package let items: [Item]
    package let refused: [ServiceItemList.RefusedRow]

    /// Finds the department of each row.
    package init(_ list: ServiceItemList, _ departments: Departments) {
        var (items, refused) = ([Item](), list.refused)
        for row in list.rows {
            if let department = departments.department(row.department) {
                let local = LocalItem(
                    code: row.localCode, name: row.localName, department: row.department, mainItem: row.mainItem)
                items.append(Item(Bilingual(row.name, ""), row.type, department, local: local, in: departments))
            } else {
                refused.append(
                    ServiceItemList.RefusedRow(
                        line: row.line, code: "list.unknown-department",
                        reason: Bilingual("对照表中没有“\(row.department)”", "The table of departments does not list it")))
            }
        }
        (self.items, self.refused) = (items, refused)
    }
}

extension ItemPower {
    /// The power at the city and its units under a code that was given here.
    static func everywhere(_ code: CatalogCode) -> ItemPower {
        ItemPower(
            levels: [.city, .county], catalogCode: code, catalogCodeSource: .demonstration, handlingItemSuffix: nil,
            powerSource: .own, authorityDivision: nil, situationChoices: [:])
    }
}

/// What the journal says of an import.
package struct ItemsImported: Codable, Hashable, Sendable {
    package let sheets: Int
    package let codes: Int
    package let refused: Int

    /// The entry of an import.
    package init(_ report: ImportReport) {
        (sheets, codes, refused) = (report.sheets, report.codes, report.refused.count)
    }
}
