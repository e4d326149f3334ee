package import Store
package import Vocabulary

/// How much of what a link carries was refused, and how much may be.
package struct LinkBudget: Hashable, Sendable {
    /// Of a thousand records so many should be taken: a service level of 99.5 %, which the house sets itself.
    package static let targetPerThousand = 995
    /// The time that it looks at: a day.
    package static let seconds: Int64 = 86_400
    /// LIMIT: records of one way that are looked at, the newest; of more the share of these stands for all.
    static let recordsMax = 20_000

    /// What was sent and received.
    package let all: Int
    package let refused: Int

    package init(all: Int, refused: Int) { (self.all, self.refused) = (all, refused) }

    /// Of what may be refused, how much was, in percent; above 100 the target is missed. Nil where nothing was carried.
    package var usedPercent: Int? {
        guard all > 0 else { return nil }
        let used = refused * 100 * 1000 / (all * (1000 - Self.targetPerThousand))
        return refused > 0 ? max(1, used) : 0
    }

    /// That of a link, at an instant.
    package static func of(_ link: SubscriptionID, now: Instant, in tx: Transaction) throws -> LinkBudget {
        let since = now.advanced(bySeconds: -seconds)
        let sent = try SentRecordTable.share(of: link, since: since, max: recordsMax, in: tx)
        let received = try ReceivedRecordTable.share(of: link, since: since, max: recordsMax, in: tx)
        return LinkBudget(all: sent.all + received.all, refused: sent.refused + received.refused)
    }
}
