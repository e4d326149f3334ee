import Exchange
import Store
import Vocabulary

/// The carriers of the links of this process, each made when it is needed first and kept: some hold connections.
actor LinkCarriers {
    /// Makes the carrier of a link.
    typealias Make = @Sendable (Subscription) async throws -> any LinkCarrier

    private var kept: [SubscriptionID: any LinkCarrier] = [:]

    /// The carrier of a link, made now where there is none.
    func carrier(of link: Subscription, _ make: Make) async throws -> any LinkCarrier {
        if let kept = kept[link.id] { return kept }
        let made = try await make(link)
        if let other = kept[link.id] {
            await made.close()
            return other
        }
        kept[link.id] = made
        return made
    }

    /// Lets go of the carrier of a link that this process has no longer.
    func drop(_ link: SubscriptionID) async {
        await kept.removeValue(forKey: link)?.close()
    }
}
