import Accounts
import Exchange
import Hall
import Hummingbird
import Vocabulary

/// `/api/v1/subscriptions`: where a partner's programs listen for what happens.
struct SubscriptionsAPI {
    let site: Site

    struct Wish: JSONBody {
        static let members: [JSONShape.Member] = [
            .must("url", .receiver),
            .may("kinds", .list(.eventKinds, max: EventKinds.countMax).about("All where there is none.")),
            .may("after", .cursor.about("From where on; from now where it is missing.")),
        ]
        let url: String
        let kinds: [String]?
        let after: String?
    }

    /// What is sent where there is nothing to say.
    struct Nothing: JSONBody {
        static let members: [JSONShape.Member] = []
    }

    /// One of them as it stands.
    struct Answer: Encodable {
        let id: SubscriptionID
        let url: String
        let kinds: [String]
        let state: String
        let cursor: String
        let createdAt: String
        /// Tries in a row that did not reach the receiver.
        let failures: Int
        let pausedUntil: String?
        let last: Last?
        /// Said once.
        let secret: String?

        struct Last: Encodable {
            let at: String
            let outcome: String
            let status: Int?
        }

        init(_ subscription: Subscription, secret: String? = nil) {
            (id, url) = (subscription.id, subscription.address.description)
            (kinds, state) = (subscription.kinds.patterns, subscription.state.rawValue)
            (cursor, createdAt) = (subscription.cursor.description, subscription.createdAt.description)
            (failures, pausedUntil) = (subscription.failures, subscription.pausedUntil?.description)
            last = subscription.last.map { Last(at: $0.at.description, outcome: $0.name, status: $0.status) }
            self.secret = secret
        }
    }

    private struct List: Encodable { let subscriptions: [Answer] }

    private struct Pinged: Encodable {
        let event: String
        let isAccepted: Bool
        let outcome: String
        let status: Int?
        let milliseconds: Int
    }

    func list(_ request: Request, _ context: PartnerContext) async throws -> Response {
        try .json(
            List(subscriptions: try await site.hall.subscriptions(of: context.partner).map { Answer($0) }))
    }

    func post(_ request: Request, _ context: PartnerContext) async throws -> Response {
        let wish = try await Wish(request)
        let cursor = try wish.after.map { text in
            guard let cursor = EventCursor(text) else { throw ExchangeRefusal.cursorUnfit }
            return cursor
        }
        let subscription = try await site.hall.subscribe(
            context.partner, to: wish.url, kinds: try EventKinds(wish.kinds ?? []), from: cursor)
        return try .json(Answer(subscription, secret: secret(of: subscription)), status: .created)
    }

    func get(_ request: Request, _ context: PartnerContext) async throws -> Response {
        try .json(Answer(try await site.hall.subscription(try context.subscription(), of: context.partner)))
    }

    func delete(_ request: Request, _ context: PartnerContext) async throws -> Response {
        try await site.hall.unsubscribe(try context.subscription(), of: context.partner)
        return .noContent
    }

    func renew(_ request: Request, _ context: PartnerContext) async throws -> Response {
        _ = try await Nothing(request)
        let renewed = try await site.hall.renewSecret(of: try context.subscription(), of: context.partner)
        return try .json(Answer(renewed, secret: secret(of: renewed)))
    }

    func ping(_ request: Request, _ context: PartnerContext) async throws -> Response {
        _ = try await Nothing(request)
        let ping = try await site.hall.ping(
            try context.subscription(), of: context.partner, key: site.accountKey)
        return try .json(
            Pinged(
                event: ping.event, isAccepted: ping.answer.isAccepted, outcome: ping.answer.name,
                status: ping.answer.status, milliseconds: ping.milliseconds))
    }

    private func secret(of subscription: Subscription) -> String {
        WebhookSignature.text(
            of: site.accountKey.subscriptionSecret(of: subscription.id.subject, edition: subscription.edition))
    }
}

extension DoorContext {
    /// The subscription that the address names.
    func subscription() throws -> SubscriptionID {
        guard let id = SubscriptionID(try parameters.require("subscription")) else { throw ExchangeRefusal.notFound }
        return id
    }
}
