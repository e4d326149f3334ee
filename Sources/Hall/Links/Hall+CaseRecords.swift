import Accounts
import Dossiers
package import Exchange
import Store
package import Vocabulary

/// Everything that was said over links of one case.
extension Hall {
    /// A record that went or came over a link, masked.
    package struct CaseRecord: Sendable {
        package let link: Subscription
        package let partner: String
        package let key: LinkKey
        package let outcome: Outcome
        /// Why it was refused; empty where it was not.
        package let code: String
        package let message: String
        package let at: Instant
        /// How often it was sent, or tried.
        package let times: Int
        /// What it says, of everything about somebody the first character; nil where it is not kept, or not due any
        /// more.
        package let masked: JSONValue?

        package enum Outcome: Hashable, Sendable {
            case sent(SentRecord.State)
            case received(ReceivedRecord.State)
        }

        package var isOutgoing: Bool { if case .sent = outcome { true } else { false } }
    }

    /// The records of a case over all links, in the order of time. The look is written down before they are answered.
    package func records(
        numbered number: String, for staff: Guest
    ) async throws -> (number: String, records: [CaseRecord])? {
        guard let dossier = try await dossier(numbered: number) else { return nil }
        let (now, look) = (time.now(), ids.next())
        let found = try await store.write { tx -> (number: String, lines: [Said])? in
            guard let long = try DossierTable.facts(of: [dossier], in: tx)[dossier]?.number else { return nil }
            let seen = try load(dossier, in: tx).seen
            try note(Look(staff.looker, at: seen, for: .exchange, now), as: look, in: tx)
            return (long, try said(of: long, in: tx))
        }
        guard let found else { return nil }
        let own = try await records(of: dossier, in: families).map { LinkRecord($0.record, number: found.number) }
        let due = Dictionary(own.map { ($0.key, $0.masked) }) { first, _ in first }
        let records = found.lines.flatMap { said in
            said.sent.map { said.record($0, masked: due[$0.key]) } + said.received.map(said.record)
        }
        let ordered = records.enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }.map(\.element)
        return (found.number, ordered)
    }

    /// What went and came over one link.
    private struct Said {
        let link: Subscription
        let partner: String
        let sent: [SentRecord]
        let received: [ReceivedRecord]

        func record(_ one: SentRecord, masked: JSONValue?) -> CaseRecord {
            CaseRecord(
                link: link, partner: partner, key: one.key, outcome: .sent(one.state), code: one.code,
                message: one.message, at: one.at, times: one.times, masked: masked)
        }

        func record(_ one: ReceivedRecord) -> CaseRecord {
            CaseRecord(
                link: link, partner: partner, key: one.key, outcome: .received(one.state), code: one.code,
                message: one.message, at: one.arrivedAt, times: one.tries + 1, masked: LinkRecord.masked(one.body))
        }
    }

    private func said(of number: String, in tx: Transaction) throws -> [Said] {
        try SubscriptionTable.all(in: tx).filter(\.way.carriesRecords).map { link in
            Said(
                link: link, partner: try PartnerTable.partner(link.partner, in: tx)?.name ?? "",
                sent: try SentRecordTable.of(number, to: link.id, in: tx),
                received: try ReceivedRecordTable.of(number, from: link.id, in: tx))
        }
    }
}
