/// 目录体检: what keeps guides from being right, counted and named.
package struct LintReport: Sendable, Codable {
    /// One defect of one guide or sheet.
    package struct Finding: Sendable, Codable, Hashable {
        /// The item's code, or the name of a sheet that is not published.
        package let item: String
        package let name: String
        package let body: String
        package let defect: GuideDefect
    }

    /// LIMIT: findings that a report names; all are counted.
    package static let findingsMax = 10_000

    package private(set) var guides = 0
    package private(set) var sheets = 0
    package private(set) var errors = 0
    package private(set) var warnings = 0
    /// How often each code was found.
    package private(set) var codes: [String: Int] = [:]
    package private(set) var findings: [Finding] = []

    package init() {}

    /// Counts a guide that was looked at, with its defects.
    package mutating func note(_ guide: Guide, _ defects: [GuideDefect]) {
        guides += 1
        for defect in defects {
            add(Finding(item: guide.itemCode, name: guide.itemName.zh, body: guide.body.name, defect: defect))
        }
    }

    /// Counts a sheet that is not published, with the elements that it lacks.
    package mutating func note(_ sheet: ItemSheet, bodies: Int) {
        sheets += 1
        for element in sheet.missing {
            let defect = GuideDefect(
                "guide.element-missing", element.key,
                Bilingual(
                    "要素“\(element.label.zh)”没有内容，涉及\(bodies)个实施主体",
                    "Element \"\(element.label.en)\" says nothing, at \(bodies) bodies"),
                mend: Bilingual("请填写", "Fill it in"))
            add(Finding(item: sheet.slug, name: sheet.name.zh, body: sheet.department, defect: defect))
        }
    }

    private mutating func add(_ finding: Finding) {
        if finding.defect.severity == .error { errors += 1 } else { warnings += 1 }
        codes[finding.defect.code, default: 0] += 1
        if findings.count < Self.findingsMax { findings.append(finding) }
    }
}

/// What an import did.
package struct ImportReport: Sendable, Codable {
    /// Items that became sheets, items that had one already, rows that were refused.
    package private(set) var sheets = 0
    package private(set) var known = 0
    package let refused: [ServiceItemList.RefusedRow]
    /// Codes that were given, headers of main items among them.
    package let codes: Int
    /// Guides that the sheets stand for, one for each body.
    package private(set) var implementations = 0
    /// How many sheets lack each element, by its id.
    package private(set) var missing: [String: Int] = [:]

    package init(refused: [ServiceItemList.RefusedRow], codes: Int) {
        (self.refused, self.codes) = (refused, codes)
    }

    /// Counts a sheet that is new, or was there already.
    package mutating func note(_ sheet: ItemSheet, bodies: Int, isNew: Bool) {
        if isNew { sheets += 1 } else { known += 1 }
        implementations += bodies
        for element in sheet.missing { missing[element.id, default: 0] += 1 }
    }
}

/// 统一目录偏差: where guides of one basic code differ in what the city's catalogue governs.
package struct DriftReport: Sendable, Codable {
    /// What must be the same wherever an item is implemented (domain section 2.4, rule 13).
    package enum Governed: String, Sendable, Codable, CaseIterable {
        case name, itemType, subItems, legalBases

        package var label: Bilingual {
            switch self {
            case .name: Bilingual("事项名称", "Name")
            case .itemType: Bilingual("事项类型", "Type")
            case .subItems: Bilingual("子项", "Sub-items")
            case .legalBases: Bilingual("设定依据", "Legal basis")
            }
        }

        /// What a guide says of it, in a form in which equal means the same.
        func text(of guide: Guide) -> String {
            switch self {
            case .name: "\(guide.itemName.zh) / \(guide.itemName.en)"
            case .itemType: guide.standard.itemType.rawValue
            case .subItems:
                guide.handlingItemName.map { "\(guide.standard.handlingItem?.serial ?? "") \($0.zh) / \($0.en)" } ?? ""
            case .legalBases:
                guide.standard.legalBases.map { "\($0.citation.zh)（\($0.documentNumber)）\($0.text.zh)" }
                    .joined(separator: "\n")
            }
        }
    }

    /// One guide that says something else than most others of its basic code.
    package struct Difference: Sendable, Codable, Hashable {
        package let catalogCode: String
        package let governed: Governed
        package let item: String
        package let body: String
        package let says: String
        /// What most of them say.
        package let elsewhere: String

        /// The difference as something to mend.
        var defect: GuideDefect {
            GuideDefect(
                "guide.variants-differ", "catalogCode",
                Bilingual(
                    "\(body)的同一事项“\(governed.label.zh)”不一致", "\(governed.label.en) differs at \(body)"),
                mend: Bilingual("请统一名称、类型、子项和设定依据", "Make name, type, sub-items and legal bases the same"))
        }
    }

    package private(set) var codes = 0
    package private(set) var guides = 0
    package private(set) var differences: [Difference] = []

    package init() {}

    /// Compares guides of several basic codes.
    init(comparing guides: [Guide]) {
        let byCode = Dictionary(grouping: guides, by: \.catalogCode)
        for (_, variants) in byCode.sorted(by: { $0.key < $1.key }) { compare(variants) }
    }

    /// Compares the guides of one basic code. Of what they say, the most frequent is taken as the catalogue's, the
    /// highest level's where none is.
    package mutating func compare(_ variants: [Guide]) {
        codes += 1
        guides += variants.count
        for governed in Governed.allCases {
            let texts = variants.map { governed.text(of: $0) }
            guard let usual = Self.usual(texts, variants) else { continue }
            for (guide, text) in zip(variants, texts) where text != usual {
                differences.append(
                    Difference(
                        catalogCode: guide.catalogCode.code, governed: governed, item: guide.itemCode,
                        body: guide.body.name, says: text, elsewhere: usual))
            }
        }
    }

    private static func usual(_ texts: [String], _ variants: [Guide]) -> String? {
        let counts = texts.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        guard counts.count > 1, let most = counts.values.max() else { return nil }
        let highest = zip(texts, variants).filter { counts[$0.0] == most }
            .min { ($0.1.body.level.rawValue, $0.1.itemCode) < ($1.1.body.level.rawValue, $1.1.itemCode) }
        return highest?.0
    }
}
