import Store
package import Vocabulary

/// One record of the national exchange: a row of a family, every value checked against its column.
package struct ExchangeRecord: Hashable, Sendable {
    /// The name of the family.
    package let family: String
    /// What names it for ever, and by which a second coming is known.
    package let key: String
    /// By column; what is missing is not there.
    package let values: [String: JSONValue]

    /// Refuses a column that the family has not, one that must be there and is not, and a value that its column cannot
    /// hold. A member that is null counts as missing.
    package init(_ family: RecordFamily, _ values: [String: JSONValue]) throws(RecordUnfit) {
        let values = values.filter { $0.value != .null }
        if let strange = values.keys.sorted().first(where: { family[field: $0] == nil }) {
            throw RecordUnfit(.fieldUnknown, "\(family.name).\(strange)")
        }
        for field in family.fields {
            let place = "\(family.name).\(field.name)"
            guard let value = values[field.name], value != .text("") else {
                guard !field.isRequired else { throw RecordUnfit(.fieldMissing, place) }
                continue
            }
            guard field.kind.holds(value) else { throw RecordUnfit(.valueUnfit, place) }
        }
        (self.family, self.values) = (family.name, values)
        key = values[family.key]?.text ?? ""
    }

    /// See `RecordFamily.isOfCatalogue`.
    package var isOfCatalogue: Bool { RecordFamily.isOfCatalogue(family) }

    /// What it says, without when and with what it was sent: two records of one key and one digest are the same.
    package var digest: String {
        let said = values.filter { !RecordFamily.envelope.contains($0.key) }
        let bytes = CanonicalJSON.bytes(writing: .record(["family": .text(family), "values": .record(said)]))
        return BlobRef(of: bytes).digest
    }

    /// As one JSON object: `family` and `values`, keys sorted.
    package var json: JSONValue { .record(["family": .text(family), "values": .record(values)]) }

    /// The same for people who look at the exchange and not at the matter: of every value that is about somebody, or
    /// that somebody wrote, the first character.
    package var masked: JSONValue {
        .record(["family": .text(family), "values": .record(RecordFamily.masked(values))])
    }
}
