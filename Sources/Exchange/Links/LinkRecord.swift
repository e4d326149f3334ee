package import Vocabulary

/// A record on its way between two houses, with the number of the dossier that it belongs to: not every family has it
/// among its columns.
package struct LinkRecord: Hashable, Sendable {
    /// LIMIT: characters of a dossier's number.
    package static let numberCharactersMax = 50

    /// The dossier's number; empty for what belongs to none yet, such as an application.
    package let number: String
    package let record: ExchangeRecord

    package init(_ record: ExchangeRecord, number: String) { (self.record, self.number) = (record, number) }

    /// `family`, `number` and `values`, keys sorted.
    package var json: JSONValue {
        .record([
            "family": .text(record.family), "number": .text(number), "values": .record(record.values),
        ])
    }

    /// Reads `json`. Refuses what is no record of a family.
    package init(_ json: JSONValue, in families: RecordFamilies) throws(RecordUnfit) {
        guard case .record(let members) = json, let family = members["family"]?.text,
            case .record(let values)? = members["values"], members.count <= 3
        else { throw RecordUnfit(.malformed, "") }
        try self.init(family, number: members["number"]?.text ?? "", values, in: families)
    }

    /// One of its parts. Refuses what is no record of a family.
    package init(
        _ family: String, number: String, _ values: [String: JSONValue], in families: RecordFamilies
    ) throws(RecordUnfit) {
        guard number.count <= Self.numberCharactersMax else { throw RecordUnfit(.valueUnfit, "number") }
        self.init(try ExchangeRecord(try families.family(family), values), number: number)
    }
}

/// Records that go together, all of one dossier and made due by one event: the other side takes all in one transaction
/// or each by itself, and says of each what came of it.
package struct LinkBatch: Sendable {
    /// LIMIT: records of one batch.
    package static let recordsMax = 500

    /// 批次号, at most 32 characters of `A-Z a-z 0-9 - _`: the same for the same event, however often it is sent.
    package let id: String
    package let records: [LinkRecord]

    package init(_ id: String, _ records: [LinkRecord]) { (self.id, self.records) = (id, records) }
}

/// What came of a record at the side that got it.
package struct LinkVerdict: Hashable, Sendable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// It is there now.
        case taken
        /// It was there already and says the same.
        case known
        /// It will never be taken as it is; the code says why.
        case refused
    }

    /// LIMIT: characters of a code and of a message; more is cut.
    package static let codeCharactersMax = 60, messageCharactersMax = 200

    package let outcome: Outcome
    /// A stable code; empty where nothing was refused.
    package let code: String
    /// Words for people; of an application that was taken, the number of its dossier.
    package let message: String

    package init(_ outcome: Outcome, code: String = "", message: String = "") {
        self.outcome = outcome
        self.code = String(code.prefix(Self.codeCharactersMax))
        self.message = String(message.prefix(Self.messageCharactersMax))
    }
}

/// By what a record is named on a link.
package struct LinkKey: Hashable, Sendable {
    package let family: String
    package let key: String

    package init(_ family: String, _ key: String) { (self.family, self.key) = (family, key) }
}
