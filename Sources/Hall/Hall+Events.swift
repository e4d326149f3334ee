import Accounts
import Certificates
import Delivery
import Dossiers
package import Exchange
import Store
import Supervision
import Vocabulary

/// What happened, for partners who may follow it.
extension Hall {
    /// LIMIT: events of one answer.
    package static let eventsMax = 500
    /// LIMIT: pages of the journal that are looked through for one answer.
    package static let eventPagesMax = 16

    /// A part of the feed: events in the order of the journal, where to go on, and whether there is more already.
    package struct Feed: Sendable {
        package let events: [OutgoingEvent]
        package let next: EventCursor
        package let hasMore: Bool
    }

    /// What happened after a cursor and concerns a partner: the events of the dossiers, parcels and certificates within
    /// its grants for `events.read`. It may hold none and yet say that there is more: so many pages are looked through
    /// for one answer. Refuses a partner without the scope and a cursor beyond the end.
    package func events(
        after cursor: EventCursor, limit: Int, kinds: EventKinds, by guest: PartnerGuest
    ) async throws -> Feed {
        try guest.require(.events)
        let concern = Self.concern(guest.reaches(.events))
        guard try await events.sealed() >= cursor.next else { throw ExchangeRefusal.cursorAhead }
        var (found, next): ([OutgoingEvent], Int) = ([], cursor.next)
        let most = min(max(limit, 1), Self.eventsMax)
        for _ in 0..<Self.eventPagesMax where found.count < most {
            let page = try await events.page(from: next)
            guard !page.positions.isEmpty else { break }
            let fitting = page.events.filter { kinds.contains($0.kind) && concern($0) }.prefix(most - found.count)
            found += fitting
            // A page that was not used up is gone on with behind the last event that was.
            next = found.count == most ? (fitting.last?.position ?? next) + 1 : page.positions.upperBound
        }
        return Feed(
            events: found, next: EventCursor(next: next), hasMore: try await events.sealed() > next)
    }

    /// Which events concern a subscription now; nil where its partner may follow none. A link is told of what its
    /// partner may read: records name people, as events never do.
    package func concern(of subscription: Subscription) async throws -> LaneHouse.Concern? {
        let (partner, scope) = (subscription.partner, subscription.way.carriesRecords ? PartnerScope.read : .events)
        return try await store.read { tx in
            guard try PartnerTable.partner(partner, in: tx)?.revokedAt == nil else { return nil }
            let reaches = try PartnerTable.grants(of: partner, in: tx).filter { $0.scope == scope }.map(\.reach)
            return reaches.isEmpty ? nil : Self.concern(reaches)
        }
    }

    /// Evaluations concern only whoever may read everything of a place: never the body alone that was judged.
    private static func concern(_ reaches: [Reach]) -> LaneHouse.Concern {
        { event in
            let place = event.place
            let matter = Scope(department: place.department, itemCode: place.catalogCode, region: place.region)
            let isEvaluation = event.kind.hasPrefix("evaluation.")
            return reaches.contains { $0.covers(matter) && (!isEvaluation || $0.department == nil) }
        }
    }

    /// The sealed journal in pages of events.
    static func eventPages(_ store: any Store) -> EventPages {
        EventPages(size: { try await store.read { tx in try SealedLog.size(in: tx) } }) { range in
            try await store.read { tx in try eventPage(range, in: tx) }
        }
    }

    /// The events among some positions: those of dossiers, and those of parcels, certificates and evaluations that
    /// belong to one.
    private static func eventPage(_ range: Range<Int>, in tx: Transaction) throws -> EventPages.Page {
        let end = max(range.lowerBound, min(range.upperBound, try SealedLog.size(in: tx)))
        let positions = range.lowerBound..<end
        guard !positions.isEmpty else { return EventPages.Page(positions, []) }
        let kinds = ("dossier.", "parcel.", "certificate.", "evaluation.")
        let entries = try SealedLog.openEntries(positions, kinds: kinds, in: tx)
        let dossiers = try dossiers(of: entries, in: tx)
        let facts = try DossierTable.facts(of: Set(dossiers.values).sorted(), in: tx)
        let events = try entries.compactMap { entry -> OutgoingEvent? in
            guard !CertificateEvent.untold.contains(entry.kind),
                let facts = dossiers[entry.subject].flatMap({ facts[$0] })
            else { return nil }
            return try OutgoingEvent(
                OutgoingEvent.Entry(
                    at: entry.position, entry.subject, sequence: entry.sequence, entry.at,
                    of: (entry.kind, entry.version, entry.body)),
                about: OutgoingEvent.Matter(
                    facts.id, number: facts.number, item: facts.itemCode,
                    place: OutgoingEvent.Place(
                        department: facts.body, catalogCode: facts.catalogCode, region: facts.region)))
        }
        return EventPages.Page(positions, events)
    }

    /// To which dossier each subject belongs; a certificate that came out of none is missing.
    private static func dossiers(
        of entries: [SealedLog.OpenEntry], in tx: Transaction
    ) throws -> [Subject: DossierID] {
        func subjects(_ sort: String) -> [Subject] {
            Set(entries.filter { $0.kind.hasPrefix(sort) }.map(\.subject)).sorted()
        }
        var dossiers = Dictionary(uniqueKeysWithValues: subjects("dossier.").map { ($0, DossierID($0)) })
        for (parcel, dossier) in try ParcelTable.dossiers(of: subjects("parcel.").map { ParcelID($0) }, in: tx) {
            dossiers[parcel.subject] = dossier
        }
        // The evaluation of a case belongs to it; that of a visit to none.
        for entry in entries where entry.kind.hasPrefix("evaluation.") {
            let given: EvaluationEvent.Given = try CanonicalJSON.value(in: entry.body)
            if given.occasion.kind == .matter { dossiers[entry.subject] = DossierID(given.occasion.of) }
        }
        let certificates = subjects("certificate.").map { CertificateID($0) }
        for (certificate, dossier) in try CertificateTable.dossiers(of: certificates, in: tx) {
            dossiers[certificate.subject] = dossier
        }
        return dossiers
    }
}
