import Store
import Testing
import Vocabulary

@testable import Exchange

/// Events and subscriptions for tests.
enum Told {
    static let now = Instant(CivilDate(daysSinceEpoch: 20_717), hour: 10)

    static func dossier(_ number: UInt64) -> DossierID { DossierID(Subject(high: 1, low: number)) }

    static func stamp(_ now: Instant = now) -> Stamp {
        Stamp(now: now, actor: .platform, entropy: Entropy(seed: Array(repeating: 3, count: 32)))
    }

    /// The event at a position, which is about a dossier.
    static func event(
        _ position: Int, of number: UInt64, kind: String = "dossier.accepted", body: String = "{}"
    ) throws -> OutgoingEvent {
        let department = try #require(CreditCode("11350100MADEM002X0"))
        return try OutgoingEvent(
            OutgoingEvent.Entry(
                at: position, dossier(number).subject, sequence: position + 1, now, of: (kind, 1, Array(body.utf8))),
            about: OutgoingEvent.Matter(
                dossier(number), number: "11350100MADEM002X03000114111003201811190001",
                item: "11350100MADEM002X03000114111003",
                place: OutgoingEvent.Place(department: department, catalogCode: "000114111003", region: .fuzhou)))
    }

    static func book(_ terms: DeliveryTerms = .usual) -> DeliveryBook {
        DeliveryBook(at: .start, held: (0, []), terms: terms)
    }

    static func subscription(
        _ number: UInt64 = 1, of partner: UInt64 = 1, to url: String = "https://example.org/hook"
    ) throws -> Subscription {
        Subscription(
            SubscriptionID(Subject(high: 5, low: number)), of: PartnerID(Subject(high: 6, low: partner)),
            to: (try ReceiverAddress(url, mayBeHere: false), .webhook), kinds: .all, from: (.start, now))
    }
}
