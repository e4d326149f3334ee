import Accounts
import Hall
import Synchronization
import Vocabulary

/// How often partners asked in this minute. Each server counts for itself and forgets when it stops: a bound that keeps
/// one partner from slowing the others, not a bill.
final class PartnerMeter: Sendable {
    private struct Minute {
        var number: Int64 = 0
        var calls: [PartnerID: Int] = [:]
    }

    private let minute = Mutex(Minute())

    /// Counts a request; refuses one beyond the partner's number in a minute. Answers how many are left.
    @discardableResult
    func take(_ partner: Partner, now: Instant) throws(PartnerRefusal) -> Int {
        let number = now.milliseconds / 60_000
        let calls = minute.withLock { minute in
            if minute.number != number { minute = Minute(number: number) }
            minute.calls[partner.id, default: 0] += 1
            return minute.calls[partner.id] ?? 0
        }
        guard calls <= partner.perMinute else { throw .tooManyCalls }
        return partner.perMinute - calls
    }

    /// Seconds until the next minute begins.
    static func wait(_ now: Instant) -> Int64 { 60 - now.milliseconds / 1000 % 60 }
}
