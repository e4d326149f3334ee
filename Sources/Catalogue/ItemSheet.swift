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
        for key in ["slug", "department"] { values[key] = nil }
        self.init(slug: standard.slug, department: standard.department, values: values, powers: powers)
    }

    /// The standard that the sheet spells out. Throws `CatalogueRefusal.unreadable`, which names the element, while
    /// something is missing or has another shape.
    package func standard() throws -> GuideStandard {
        var whole = values
        whole["slug"] = .text(slug)
        whole["department"] = .text(department)
        return try CatalogueResource.decoded(
            GuideStandard.self, from: try CanonicalJSON.bytes(of: JSONValue.record(whole)), file: slug)
    }

    /// The elements of the 46 that must be there and are not.
    package var missing: [GuideElement] {
        GuideElement.all.filter { element in
            element.requirement == .always && element.sheetKeys.contains { (values[$0] ?? .null) == .null }
        }
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
