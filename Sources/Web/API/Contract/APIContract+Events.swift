import Accounts
import Exchange
import HTTPTypes
import Hall
import Vocabulary

extension JSONShape {
    /// How far somebody has read.
    static let cursor = text("[0-9]{1,18}").such(as: .text("0"))
    /// A kind of events, or all of one sort.
    static let eventKinds = text("(?:dossier|parcel|certificate)[.](?:[*]|[a-z-]+)", max: EventKinds.charactersMax)
        .such(as: .text("dossier.*"))
    /// Where a program listens.
    static let receiver = text("https?://[!-~]+", max: ReceiverAddress.charactersMax)
        .about("https, without a password or a fragment. Redirections are not followed.")
        .such(as: .text("https://example.org/onewindow"))

    /// One thing that happened, as the feed and webhooks say it.
    static let event = record([
        .must("id", .text("evt_[0-9a-hjkmnp-tv-z]{26}_[0-9]+").about("The same for ever; `webhook-id` too.")),
        .must("cursor", .cursor.about("Sent as `after`, it asks for what came after this event.")),
        .must("kind", .text("(?:dossier|parcel|certificate)[.][a-z-]+")), .must("version", .whole),
        .must("at", .instant), .must("dossier", .id), .must("number", .text),
        .must("item", .text.about("31 characters, 33 with the handling item's.")),
        .must("department", .creditCode), .must("region", .region),
        .must("subject", .id.about("The dossier, parcel or certificate that it happened to.")),
        .must("sequence", .whole.about("1, 2, 3, … of the subject, without gaps.")),
        .must("data", .table(.anything).about("By the kind; it only ever gains members.")),
    ])

    fileprivate static func subscription(withSecret: Bool) -> JSONShape {
        let secret = Member.must(
            "secret", .text("whsec_[A-Za-z0-9+/]+=*").about("Standard Webhooks; it is said this once."))
        return record(
            [
                .must("id", .id), .must("url", .text), .must("kinds", .list(.eventKinds)),
                .must("state", .one(of: Subscription.State.self)),
                .must("cursor", .cursor.about("Before it everything was delivered, or is held.")),
                .must("createdAt", .instant), .must("failures", .whole), .may("pausedUntil", .instant),
                .may(
                    "last",
                    .record([
                        .must("at", .instant), .must("outcome", .one(of: DeliveryAnswer.names)),
                        .may("status", .whole),
                    ])),
            ] + (withSecret ? [secret] : []))
    }
}

extension APIContract {
    /// What happened, for those who follow it.
    static let events: [APIOperation] = [
        APIOperation(
            method: .get, path: "/events", id: "events", summary: "What happened, in the order of the journal",
            askers: .partners([.events]),
            parameters: [
                .query("after", .text("([0-9]{1,18})?").about("A cursor; the beginning where it is missing.")),
                .query("limit", .whole(1...Hall.eventsMax)),
                .query(
                    "kinds",
                    .text("[a-z*.,-]*").about("Parted by commas: `dossier.*,parcel.scanned`; all where it is missing.")
                ),
            ],
            answer: .json(
                .record([
                    .must("events", .list(.named("Event"), max: Hall.eventsMax)),
                    .must("next", .cursor.about("Sent as `after`, it goes on; also where there is no event.")),
                    .must("hasMore", .flag.about("Whether to ask again at once.")),
                ]))),
        APIOperation(
            method: .get, path: "/subscriptions", id: "subscriptions", summary: "The partner's own subscriptions",
            askers: .partners([.events]),
            answer: .json(
                .record([
                    .must("subscriptions", .list(.subscription(withSecret: false), max: Subscription.perPartnerMax))
                ]))),
        APIOperation(
            method: .post, path: "/subscriptions", id: "subscribe",
            summary: "What happens is sent to an address from now on, or from a cursor", askers: .partners([.events]),
            body: .json(.body(SubscriptionsAPI.Wish.members)), status: 201,
            answer: .json(.subscription(withSecret: true))),
        APIOperation(
            method: .get, path: "/subscriptions/{subscription}", id: "subscription",
            summary: "How a subscription stands", askers: .partners([.events]), parameters: [one],
            answer: .json(.subscription(withSecret: false))),
        APIOperation(
            method: .delete, path: "/subscriptions/{subscription}", id: "unsubscribe",
            summary: "Nothing more is sent; what was held is dropped", askers: .partners([.events]),
            parameters: [one], status: 204),
        APIOperation(
            method: .post, path: "/subscriptions/{subscription}/secret-renewals", id: "renewSubscriptionSecret",
            summary: "The next secret; the one before signs too for a day", askers: .partners([.events]),
            parameters: [one], body: .json(.body(SubscriptionsAPI.Nothing.members)),
            answer: .json(.subscription(withSecret: true))),
        APIOperation(
            method: .post, path: "/subscriptions/{subscription}/pings", id: "pingSubscription",
            summary: "An event that says nothing is sent now", askers: .partners([.events]), parameters: [one],
            body: .json(.body(SubscriptionsAPI.Nothing.members)),
            answer: .json(
                .record([
                    .must("event", .text), .must("isAccepted", .flag),
                    .must("outcome", .one(of: DeliveryAnswer.names)), .may("status", .whole),
                    .must("milliseconds", .whole),
                ]))),
    ]

    private static let one = APIOperation.Parameter.path("subscription", .id)
}
