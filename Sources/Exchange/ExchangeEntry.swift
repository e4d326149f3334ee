import Store
import Vocabulary

/// What this room writes into the journal. Kinds are never renamed.
package enum ExchangeEntry: String, Sendable, CaseIterable {
    case added = "subscription.added"
    case secretRenewed = "subscription.secret-renewed"
    case removed = "subscription.removed"
    case woken = "subscription.woken"
    case redelivered = "subscription.redelivered"
    case recordSent = "subscription.record-sent"
    case recordRedone = "subscription.record-redone"
    case reread = "subscription.reread"

    static let version = 1

    /// Writes the entry as the subscription's next one. The address is the personal part: it may name anybody.
    func write(
        of subscription: SubscriptionID, _ open: some Encodable, personal: (any Encodable)? = nil, stamp: Stamp,
        in tx: Transaction
    ) throws {
        let subject = subscription.subject
        let sequence = try Journal.lastSequence(of: subject, in: tx) + 1
        let secret = try personal.map { part in
            JournalEntry.Personal(
                salt: stamp.entropy.salt(for: "\(rawValue)-\(subject)-\(sequence)"),
                bytes: try CanonicalJSON.bytes(of: part))
        }
        let entry = JournalEntry(
            JournalEntry.Place(subject, sequence: sequence, at: stamp.now, actor: stamp.actor), kind: rawValue,
            version: Self.version, body: try CanonicalJSON.bytes(of: open), personal: secret)
        try Journal.append([entry], in: tx)
    }

    struct Nothing: Encodable {}
    struct Added: Encodable {
        let kinds: [String]
        let partner: PartnerID
        /// Nil for a webhook.
        let way: String?
    }
    struct Address: Encodable { let url: String }
    struct Edition: Encodable { let edition: Int }
    struct Event: Encodable { let event: String }
    struct Record: Encodable {
        let family: String
        let key: String
    }
    struct Arrival: Encodable { let arrival: Int }
}
