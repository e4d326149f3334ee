package import Store
package import Vocabulary

/// A catalogue of the size of a city's from a list of names, without guides: for benches and tests of the search. Never
/// for service.
package struct SampleCatalogue: Sendable {
    /// One item of the list.
    package struct Item: Sendable {
        package let name: String
        /// As the list calls it: 区人社局.
        package let department: String
    }

    package let items: [Item]

    private static let themes = [
        Bilingual("社会保障", "Social security"), Bilingual("设立变更", "Set-up and changes"),
        Bilingual("职业资格", "Qualifications"), Bilingual("医疗卫生", "Health"),
    ]
    private static let modes: [ServiceMode] = [.fullyOnline, .nearestWindow, .ordinary]

    /// The items of a list under the names that stand there.
    package init(_ list: ServiceItemList) {
        items = list.rows.map { Item(name: $0.localName, department: $0.department) }
    }

    /// Writes the items of some numbers for every place, straight into the tables.
    package func fill(_ numbers: Range<Int>, in places: [Gazetteer.Entry], tx: Transaction) throws {
        for number in numbers {
            for place in places {
                let line = line(number, in: place)
                try tx.execute(
                    """
                    INSERT INTO item (code, slug, region, department, body, catalog_code, version, state, line)
                    VALUES (\(line.itemCode), \(line.slug), \(line.region), \(line.department),
                        \(line.department + line.region.code), 'sample', 1, \(ItemState.inUse.rawValue),
                        \(try CanonicalJSON.bytes(of: line)))
                    """)
                try ItemChangeTable.put(wording(number), of: line.slug, item: line.itemCode, in: tx)
            }
        }
    }

    func wording(_ number: Int) -> ItemWording {
        ItemWording(name: .same(items[number].name), topics: Self.topics(number))
    }

    func line(_ number: Int, in place: Gazetteer.Entry) -> ItemLine {
        let digits = String(repeating: "0", count: 5 - "\(number)".utf8.count) + "\(number)"
        let limit = GuideLimit(
            value: number % 20, unit: .workingDays, startsAt: .acceptance, basis: nil, extension: nil,
            source: .demonstration)
        let office = items[number].department.replacing("广安区", with: "").replacing("区", with: "")
        return ItemLine(
            itemCode: "SAMPLE\(place.region.code)\(digits)", slug: "sample-\(digits)", region: place.region,
            department: items[number].department, name: .same(items[number].name), handlingItemName: nil,
            bodyName: Bilingual(place.name + office, place.nameEnglish + " " + office), version: 1, statutory: limit,
            promised: limit, modes: [Self.modes[number % Self.modes.count]], isCharged: number % 9 == 0,
            holders: Self.topics(number).map(\.holder), state: .inUse)
    }

    private static func topics(_ number: Int) -> [Topic] {
        [Topic(holder: number % 3 == 0 ? .legalPerson : .naturalPerson, theme: themes[number % themes.count])]
    }
}
