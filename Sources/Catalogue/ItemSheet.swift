package import Vocabulary

/// 事项底稿: what the city is working on for one item: the elements of its standard as far as they are filled in, the
/// powers, and what single bodies set for themselves. A guide file that ships is such a sheet, whole.
package struct ItemSheet: Hashable, Sendable, Codable {
    /// The item's name in addresses on the web; a sheet made here has its catalogue code.
    package let slug: String
    /// The department whose bodies implement it.
    package var department: String
    /// The elements of the standard by their Swift names, as in guide files.
    package var values: [String: JSONValue]
    package var powers: [ItemPower]
    /// By the body's credit code.
    package var own: [String: OwnParticulars] = [:]
    /// Where the item came from, when it was imported.
    package var local: LocalItem?

    /// A sheet with these elements.
    package init(
        slug: String, department: String, values: [String: JSONValue], powers: [ItemPower], local: LocalItem? = nil
    ) {
        (self.slug, self.department, self.values, self.powers, self.local) = (slug, department, values, powers, local)
    }

    /// The sheet of a standard that is whole.
    package init(_ standard: GuideStandard, powers: [ItemPower]) throws {
        let whole: JSONValue = try CanonicalJSON.value(in: try CanonicalJSON.bytes(of: standard))
        guard case .record(var values) = whole else { throw Fault.corrupt("a standard is no record") }
        for key in ["slug", "department", "further"] { values[key] = nil }
        values.merge(standard.further ?? [:]) { own, _ in own }
        self.init(slug: standard.slug, department: standard.department, values: values, powers: powers)
    }

    /// The standard that the sheet spells out. Throws `CatalogueRefusal.unreadable`, which names the element, while
    /// something is missing or has another shape.
    package func standard() throws -> GuideStandard {
        var whole = values
        whole["slug"] = .text(slug)
        whole["department"] = .text(department)
        let further = GuideElement.all.filter { $0.furtherShape != nil }.map(\.key)
        let said = values.filter { further.contains($0.key) && $0.value != .null }
        if !said.isEmpty { whole["further"] = .record(said) }
        return try CatalogueResource.decoded(
            GuideStandard.self, from: try CanonicalJSON.bytes(of: JSONValue.record(whole)), file: slug)
    }

    /// The elements of the 46 that must be there and are not.
    package var missing: [GuideElement] {
        GuideElement.all.filter { element in
            element.requirement == .always && element.sheetKeys.contains { (values[$0] ?? .null) == .null }
        }
    }

    /// Takes over every element of another sheet that this one lacks, but for what names the other item.
    package mutating func borrow(from other: ItemSheet) {
        for (key, value) in other.values where values[key] == nil && !["handlingItem", "itemType"].contains(key) {
            // Files of the other item (form/SLUG/blank) become this one's.
            values[key] = value.mapTexts { $0.replacing("/\(other.slug)", with: "/\(slug)") }
        }
    }

    /// Gives the application form a sample filled in by the kind of each question, and the first answer of each
    /// situation: what the sample form shows.
    package mutating func fillSample() {
        guard case .record(var form)? = values["form"] else { return }
        let fields = (form["pages"]?.list ?? []).flatMap { $0["fields"]?.list ?? [] }
        var sample: [String: JSONValue] = [:]
        for field in fields {
            guard let id = field["id"]?.text, let kind = field["type"]?.text.flatMap(FormField.Kind.init) else {
                continue
            }
            let first = field["options"]?.list?.first?["id"]?.text
            let least: Int = if case .number(let number)? = field["min"] { number } else { 1 }
            sample[id] = .text(first ?? kind.sample(least: least))
        }
        form["sample"] = .record(sample)
        var situation: [String: JSONValue] = [:]
        for one in values["situations"]?.list ?? [] {
            if let id = one["id"]?.text { situation[id] = one["choices"]?.list?.first?["id"] }
        }
        form["sampleSituation"] = .record(situation)
        values["form"] = .record(form)
    }

    /// The item's name, as far as there is one.
    package var name: Bilingual {
        Bilingual(values["itemName"]?["zh"]?.text ?? "", values["itemName"]?["en"]?.text ?? "")
    }
}

/// The item as it stood in the list from which it was imported.
package struct LocalItem: Hashable, Sendable, Codable {
    /// 本地事项编码 (`localCatalogCode`), up to 50 characters; empty when the list had none.
    package let code: String
    /// The name with its note of level, as it stood.
    package let name: String
    package let department: String
    /// 主项, empty when there is none.
    package let mainItem: String
}

extension FormField.Kind {
    /// A synthetic answer of the kind.
    fileprivate func sample(least: Int) -> String {
        switch self {
        case .text, .multiline, .choice, .multichoice: "示例"
        case .integer, .money: "\(least)"
        case .date: "2018-11-19"
        case .phone: "13800000001"
        case .citizenID: "350102188501010019"
        case .creditCode: "91350100MADEM0054D"
        case .address: "福州市示例路1号"
        case .boolean: "true"
        }
    }
}
