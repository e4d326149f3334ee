package import Accounts
import Dossiers
package import Exchange
import Store
package import Vocabulary

/// What those who look after links see of them and do.
extension Hall {
    /// LIMIT: records that one click mends.
    package static let mendedMax = 200

    /// A link with all the figures that are kept of it.
    package struct LinkView: Sendable {
        package let report: LinkReport
        /// Entries of the journal that are still to be sent from, and when the first of them happened.
        package let behind: Int
        package let since: Instant?
        /// Events that wait to be sent again, and those that were given up.
        package let held: (waiting: Int, dead: Int)
        package let budget: LinkBudget
        /// What differs on the days that were compared.
        package let differences: Int

        package var link: Subscription { report.link }
    }

    /// All links with their figures, the oldest first.
    package func linkViews() async throws -> [LinkView] {
        let now = time.now()
        return try await store.read { tx in
            try SubscriptionTable.all(in: tx).filter(\.way.carriesRecords).compactMap { link in
                try view(of: link, now: now, in: tx)
            }
        }
    }

    /// A link with its figures. Refuses what is none.
    package func linkView(_ id: SubscriptionID) async throws -> LinkView {
        let now = time.now()
        return try await store.read { tx in
            guard let link = try SubscriptionTable.read(id, in: tx), link.way.carriesRecords,
                let view = try view(of: link, now: now, in: tx)
            else { throw ExchangeRefusal.notFound }
            return view
        }
    }

    private func view(of link: Subscription, now: Instant, in tx: Transaction) throws -> LinkView? {
        guard let partner = try PartnerTable.partner(link.partner, in: tx) else { return nil }
        let report = LinkReport(
            link: link, partner: partner, sent: try SentRecordTable.counts(of: link.id, in: tx),
            received: try ReceivedRecordTable.counts(of: link.id, in: tx),
            standing: try LinkTable.standing(of: link.id, in: tx))
        let next = link.cursor.next
        return LinkView(
            report: report, behind: max(0, try SealedLog.size(in: tx) - next),
            since: try SealedLog.instant(at: next, in: tx), held: try HeldTable.counts(of: link.id, in: tx),
            budget: try LinkBudget.of(link.id, now: now, in: tx),
            differences: try ReconciliationTable.lines(of: link.id, in: tx).reduce(0) { $0 + $1.differences })
    }

    /// What was refused over a link: the oldest that were sent, the newest that came.
    package func refused(
        over id: SubscriptionID
    ) async throws -> (sent: [SentRecord], received: [ReceivedRecord]) {
        try await store.read { tx in
            (
                try SentRecordTable.page(.refused, of: id, in: tx),
                try ReceivedRecordTable.page(.refused, of: id, in: tx)
            )
        }
    }

    /// Sends a record once more that was sent before. Refuses a name under which nothing was; throws `LinkTrouble`
    /// where nothing was answered that counts.
    package func sendAgain(
        _ record: LinkKey, over id: SubscriptionID, by actor: Actor, key: AccountKey
    ) async throws {
        let link = try await linkView(id).link
        guard let number = try await store.read({ tx in try SentRecordTable.number(of: record, to: id, in: tx) })
        else { throw ExchangeRefusal.eventNotHeld }
        try await sendAgain(number, over: link, key: key) { $0.key == record }
        try await note([.sent(record)], of: id, by: actor)
    }

    /// Has something done once more that came and was refused. Refuses what was not, or is kept no longer.
    package func doAgain(_ arrival: Int, of id: SubscriptionID, by actor: Actor) async throws {
        let stamp = stamp(of: actor)
        try await store.write { tx in
            guard let link = try SubscriptionTable.read(id, in: tx), link.way.carriesRecords else {
                throw ExchangeRefusal.notFound
            }
            try ReceivedRecordTable.again(arrival, of: id, now: stamp.now, in: tx)
            try LinkDeed.redone(arrival: arrival).write(of: id, stamp: stamp, in: tx)
        }
    }

    /// Mends what differs on a day: one record, or all that can be healed, `mendedMax` at most; then compares anew.
    /// Refuses what does not differ, and what only people can mend; throws `LinkTrouble` where the other side does not
    /// answer.
    package func mend(
        _ wanted: Reconciliation.Difference?, of id: SubscriptionID, on day: CivilDate, by actor: Actor, key: AccountKey
    ) async throws {
        let link = try await linkView(id).link
        let all = try await differences(of: id, on: day).filter { wanted == nil || wanted == $0 }
        let (mended, first) = (all.filter(\.kind.canBeHealed).prefix(Self.mendedMax), all.first)
        guard let first else { throw ExchangeRefusal.eventNotHeld }
        guard !mended.isEmpty else {
            try await heal(first, of: id, key: key)
            return
        }
        let sent = mended.filter { [.missingThere, .different].contains($0.kind) }
        for (number, own) in Dictionary(grouping: sent, by: \.number).sorted(by: { $0.key < $1.key }) {
            let keys = Set(own.map(\.key))
            try await sendAgain(number, over: link, key: key) { keys.contains($0.key) }
            try await note(own.map { .sent($0.key) }, of: id, by: actor)
        }
        if mended.contains(where: { $0.kind == .missingHere }) {
            try await store.write { tx in try LinkTable.reread(id, in: tx) }
            try await note([.reread], of: id, by: actor)
        }
        for one in mended where one.kind == .refusedHere {
            let last = try await store.read { tx in try ReceivedRecordTable.last(one.key, from: id, in: tx) }
            guard let last else { throw ExchangeRefusal.eventNotHeld }
            try await doAgain(last.arrival, of: id, by: actor)
        }
        // Where it does not say now what it has, the night asks again.
        do { _ = try await reconcile(id, on: day, key: key) } catch is LinkTrouble {}
    }

    private func note(_ deeds: [LinkDeed], of id: SubscriptionID, by actor: Actor) async throws {
        let stamp = stamp(of: actor)
        try await store.write { tx in
            for deed in deeds { try deed.write(of: id, stamp: stamp, in: tx) }
        }
    }
}
