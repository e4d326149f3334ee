package import Accounts
import Dossiers
package import Exchange
import Store
package import Vocabulary

/// 对账: both sides of a link, compared day by day.
extension Hall {
    /// LIMIT: records of one day that the other side may name.
    private static let holdingsMax = 200_000

    /// Compares what both sides have of the dossiers that were filed on a day, and writes it down. Throws `LinkTrouble`
    /// where the other side does not say what it has.
    package func reconcile(_ id: SubscriptionID, on day: CivilDate, key: AccountKey) async throws -> Reconciliation {
        let link = try await link(id)
        let carrier = try await linkCarriers.carrier(of: link) { try self.carrier(of: $0, key: key) }
        var theirs: [LinkHoldings.Line] = []
        var hasMore = true
        while hasMore, theirs.count < Self.holdingsMax {
            let page = try await carrier.holdings(of: day, after: theirs.last?.key)
            theirs += page.lines
            hasMore = page.hasMore
        }
        let own = try await own(of: link, on: day)
        let found = Reconciliation(
            of: day, expected: own.expected, received: own.received, theirs: theirs, pending: own.pending)
        let now = time.now()
        try await store.write { tx in try ReconciliationTable.write(found, of: id, now: now, in: tx) }
        return found
    }

    /// Mends a difference: sends the record again, has it done again, or reads again all that the other side offers.
    /// What only people can mend is refused.
    package func heal(
        _ difference: Reconciliation.Difference, of id: SubscriptionID, key: AccountKey
    ) async throws {
        let (link, now) = (try await link(id), time.now())
        switch difference.kind {
        case .missingThere, .different:
            try await sendAgain(difference.number, over: link, key: key) { $0.key == difference.key }
        case .refusedHere:
            try await store.write { tx in
                guard let last = try ReceivedRecordTable.last(difference.key, from: id, in: tx) else {
                    throw ExchangeRefusal.eventNotHeld
                }
                try ReceivedRecordTable.again(last.arrival, of: id, now: now, in: tx)
            }
        case .missingHere:
            try await store.write { tx in try LinkTable.reread(id, in: tx) }
        case .unknownHere, .deniedThere:
            throw LinkRefusal.contradicts
        }
    }

    /// Sends the records of a dossier over a link once more: all that are due, or those that fit.
    package func sendAgain(
        _ number: String, over link: Subscription, key: AccountKey,
        where fits: @Sendable (LinkRecord) -> Bool = { _ in true }
    ) async throws {
        let found = try await store.read { tx in try DossierTable.id(number: number, in: tx) }
        guard let dossier = found else { throw LinkRefusal.numberUnknown }
        let batch = String("\(ids.next())".suffix(26))
        let reaches = try await reaches(of: link)
        let records = try await records(of: dossier, in: families, batch: batch)
            .filter { Self.isHeard($0.record, by: reaches) }
            .map { LinkRecord($0.record, number: number) }.filter(fits)
        guard !records.isEmpty else { throw ExchangeRefusal.eventNotHeld }
        let carrier = try await linkCarriers.carrier(of: link) { try self.carrier(of: $0, key: key) }
        _ = try await send(LinkBatch(batch, records), of: dossier, over: link, by: carrier)
    }

    /// What one night comes to.
    package struct Night: Sendable {
        package var days = 0
        package var compared = 0
        package var healed = 0
        /// What differs still.
        package var differences = 0
        /// Links that did not say what they have.
        package var silent: [SubscriptionID] = []
    }

    /// Compares every link for the days of which something was said since an instant, or that differed before. What is
    /// missing there is sent again by rule: sending what is not there does no harm. Everything else waits for a person.
    package func reconcileAll(since: Instant, key: AccountKey) async throws -> Night {
        try await store.write { tx in try LinkTable.removeRemains(in: tx) }
        var night = Night()
        for report in try await links() where report.link.state == .active {
            let id = report.link.id
            let days = try await store.read { tx in try ReconciliationTable.due(of: id, since: since, in: tx) }
            do {
                for day in days { try await reconcileByRule(id, on: day, key: key, &night) }
            } catch is LinkTrouble {
                night.silent.append(id)
            }
        }
        return night
    }

    private func reconcileByRule(
        _ id: SubscriptionID, on day: CivilDate, key: AccountKey, _ night: inout Night
    ) async throws {
        var found = try await reconcile(id, on: day, key: key)
        let missing = found.differences.filter { $0.kind == .missingThere }
        for difference in missing { try await heal(difference, of: id, key: key) }
        if !missing.isEmpty {
            night.healed += missing.count
            found = try await reconcile(id, on: day, key: key)
        }
        night.days += 1
        night.compared += found.compared
        night.differences += found.differences.count
    }

    /// The days of a link as they were compared last, the newest first.
    package func comparisons(of id: SubscriptionID) async throws -> [ReconciliationTable.Line] {
        try await store.read { tx in try ReconciliationTable.lines(of: id, in: tx) }
    }

    /// The differences of a day.
    package func differences(
        of id: SubscriptionID, on day: CivilDate
    ) async throws -> [Reconciliation.Difference] {
        try await store.read { tx in try ReconciliationTable.differences(of: id, on: day, in: tx) }
    }

    private func link(_ id: SubscriptionID) async throws -> Subscription {
        let found = try await store.read { tx in try SubscriptionTable.read(id, in: tx) }
        guard let found, found.way.carriesRecords else { throw ExchangeRefusal.notFound }
        return found
    }

    /// What this side has of a day.
    fileprivate struct OwnSide: Sendable {
        var expected: [Reconciliation.Own] = []
        var received: [(own: Reconciliation.Own, isTaken: Bool)] = []
        var pending: Set<LinkKey> = []
    }

    private func own(of link: Subscription, on day: CivilDate) async throws -> OwnSide {
        let reaches = try await reaches(of: link)
        guard !reaches.isEmpty else { return OwnSide() }
        let concern = Self.concern(reaches)
        let (filed, isBehind) = try await store.read { tx in
            (
                try FiledTable.filed(on: day, in: tx).filter { concern($0.facts) },
                try SealedLog.size(in: tx) > link.cursor.next || (try Journal.pendingCount(in: tx)) > 0
            )
        }
        var own = OwnSide()
        for (facts, at) in filed {
            let (sent, received) = try await store.read { tx in
                (
                    try SentRecordTable.of(facts.number, to: link.id, in: tx),
                    try ReceivedRecordTable.of(facts.number, from: link.id, in: tx)
                )
            }
            own.add(received, of: facts.number)
            // What was filed before there was a link was never to be sent.
            guard !sent.isEmpty || at >= link.createdAt else { continue }
            let known = Set(sent.filter { $0.state != .handedOver }.map(\.key))
            for caused in try await records(of: facts.id, in: families) {
                guard Self.isHeard(caused.record, by: reaches) else { continue }
                let record = LinkRecord(caused.record, number: facts.number)
                own.expected.append(
                    Reconciliation.Own(record.key, number: facts.number, digest: caused.record.digest))
                if !known.contains(record.key), isBehind || sent.contains(where: { $0.key == record.key }) {
                    own.pending.insert(record.key)
                }
            }
        }
        return own
    }

    /// How far a link's partner may read; empty where it may read nothing.
    private func reaches(of link: Subscription) async throws -> [Reach] {
        try await store.read { tx -> [Reach] in
            guard try PartnerTable.partner(link.partner, in: tx)?.revokedAt == nil else { return [] }
            return try PartnerTable.grants(of: link.partner, in: tx).filter { $0.scope == .read }.map(\.reach)
        }
    }

    /// Whether a link is told of a record: of evaluations only where its partner may read more than one body.
    private static func isHeard(_ record: ExchangeRecord, by reaches: [Reach]) -> Bool {
        record.family != RecordFamily.evaluation || reaches.contains { $0.department == nil }
    }

    /// Which dossiers a link is told of.
    private static func concern(_ reaches: [Reach]) -> @Sendable (DossierFacts) -> Bool {
        { facts in
            let matter = Scope(department: facts.body, itemCode: facts.catalogCode, region: facts.region)
            return reaches.contains { $0.covers(matter) }
        }
    }
}

extension Hall.OwnSide {
    /// Takes in what came of a dossier. The last that came under a name counts.
    fileprivate mutating func add(_ rows: [ReceivedRecord], of number: String) {
        for row in rows where row.state != .known && row.code != LinkRefusal.recordChanged.code {
            if row.state == .waiting { pending.insert(row.key) }
            received.append(
                (Reconciliation.Own(row.key, number: number, digest: row.digest), row.state == .taken))
        }
    }
}
