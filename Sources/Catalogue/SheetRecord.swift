package import Vocabulary

extension ItemSheet {
    /// The whole sheet as one record under the names of `SheetField.record`. What is null is left out: it says the same
    /// as what is missing.
    package func record() throws -> [String: JSONValue] {
        let whole: JSONValue = try CanonicalJSON.value(in: try CanonicalJSON.bytes(of: self))
        guard case .record(let members) = whole else { throw Fault.corrupt("a sheet is no record") }
        var record = values
        for key in ["department", "powers", "own", "local"] { record[key] = members[key] }
        if own.isEmpty { record["own"] = nil }
        return record.compactMapValues(\.withoutNulls)
    }

    /// The sheet that a record says. Throws `CatalogueRefusal.unreadable`, which names the place.
    package init(slug: String, record: [String: JSONValue]) throws {
        var whole: [String: JSONValue] = ["slug": .text(slug), "own": .record([:]), "powers": .list([])]
        var values = record.compactMapValues(\.withoutNulls)
        for key in ["department", "powers", "own", "local"] {
            if let value = values.removeValue(forKey: key) { whole[key] = value }
        }
        if case .list(let powers)? = whole["powers"] { whole["powers"] = .list(powers.map(\.withSituationChoices)) }
        whole["values"] = .record(values)
        self = try CatalogueResource.decoded(
            ItemSheet.self, from: try CanonicalJSON.bytes(of: JSONValue.record(whole)), file: slug)
    }
}

extension JSONValue {
    /// A power that limits no situation may leave out that it does not.
    fileprivate var withSituationChoices: JSONValue {
        guard case .record(var members) = self, members["situationChoices"] == nil else { return self }
        members["situationChoices"] = .record([:])
        return .record(members)
    }

    /// The value without members that are null; nil when it is null itself.
    var withoutNulls: JSONValue? {
        switch self {
        case .null: nil
        case .record(let members): .record(members.compactMapValues(\.withoutNulls))
        case .list(let items): .list(items.map { $0.withoutNulls ?? .null })
        case .flag, .number, .text: self
        }
    }
}
