package import Store
package import Vocabulary

/// What those who look after links need of the tables beside what the lanes need.
extension SentRecordTable {
    /// How many were sent since an instant, and how many of them were refused.
    static func share(
        of link: SubscriptionID, since: Instant, max: Int, in tx: Transaction
    ) throws -> (all: Int, refused: Int) {
        let row = try tx.row(
            """
            SELECT COUNT(*), COALESCE(SUM(CASE WHEN state = 'refused' THEN 1 ELSE 0 END), 0) FROM
                (SELECT state FROM record_sent
                 WHERE link = \(link) AND state IN ('handed-over', 'taken', 'known', 'refused') AND at >= \(since)
                 ORDER BY at DESC, family, key LIMIT \(max)) recent
            """)
        return (try row?.integer(0) ?? 0, try row?.integer(1) ?? 0)
    }

    /// The number of the dossier of a record that was sent; nil for a name under which nothing was.
    package static func number(of key: LinkKey, to link: SubscriptionID, in tx: Transaction) throws -> String? {
        try tx.row(
            """
            SELECT number FROM record_sent WHERE link = \(link) AND family = \(key.family) AND key = \(key.key)
            """)?.text(0)
    }
}

extension ReceivedRecordTable {
    /// How many came since an instant, and how many of them were refused.
    static func share(
        of link: SubscriptionID, since: Instant, max: Int, in tx: Transaction
    ) throws -> (all: Int, refused: Int) {
        let row = try tx.row(
            """
            SELECT COALESCE(SUM(CASE WHEN arrived_at >= \(since) THEN 1 ELSE 0 END), 0),
                COALESCE(SUM(CASE WHEN arrived_at >= \(since) AND state = 'refused' THEN 1 ELSE 0 END), 0) FROM
                (SELECT state, arrived_at FROM record_received WHERE link = \(link)
                 ORDER BY arrival DESC LIMIT \(max)) recent
            """)
        return (try row?.integer(0) ?? 0, try row?.integer(1) ?? 0)
    }
}

/// What somebody has done over a link once more, by hand, as the journal has it.
package enum LinkDeed: Sendable {
    /// A record is sent once more; the key is this house's own.
    case sent(LinkKey)
    /// The how-manieth thing that came is done once more.
    case redone(arrival: Int)
    /// Everything that the other side offers is read once more.
    case reread

    /// Writes it down.
    package func write(of link: SubscriptionID, stamp: Stamp, in tx: Transaction) throws {
        switch self {
        case .sent(let key):
            try ExchangeEntry.recordSent.write(
                of: link, ExchangeEntry.Record(family: key.family, key: key.key), stamp: stamp, in: tx)
        case .redone(let arrival):
            try ExchangeEntry.recordRedone.write(
                of: link, ExchangeEntry.Arrival(arrival: arrival), stamp: stamp, in: tx)
        case .reread: try ExchangeEntry.reread.write(of: link, ExchangeEntry.Nothing(), stamp: stamp, in: tx)
        }
    }
}

extension LinkRecord {
    /// A record's `json` as it was kept, of every value that is about somebody the first character; nil for what is
    /// none. What was masked before stays as it is.
    package static func masked(_ body: [UInt8]) -> JSONValue? {
        guard !body.isEmpty else { return nil }
        let json: JSONValue
        do { json = try CanonicalJSON.value(JSONValue.self, in: body) } catch { return nil }
        guard case .record(let values)? = json["values"] else { return nil }
        return .record([
            "family": json["family"] ?? .null, "number": json["number"] ?? .null,
            "values": .record(RecordFamily.masked(values)),
        ])
    }
}
