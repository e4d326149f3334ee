import Vocabulary

/// How patient the house is with receivers.
package struct DeliveryTerms: Sendable {
    /// LIMIT: events of one subscription on their way at once.
    package var inFlightMax = 16
    /// LIMIT: events that are read before those before them were settled.
    package var aheadMax = 1024
    /// LIMIT: tries of one event; the last is some three days after the first.
    package var triesMax = 18
    /// LIMIT: events of one subscription that are held, dead ones too. Beyond, nothing more is read for it.
    package var heldMax = 10_000
    /// So many failures without a success between them, and the receiver counts as down.
    package var failuresInRowMax = 16
    /// LIMIT: days for which a receiver that is down is tried by itself.
    package var daysDownMax: Int64 = 14
    /// LIMIT: seconds for one request, from the connection to the end of the answer.
    package var requestSeconds: Int64 = 10
    /// The first pause after a failure.
    package var firstSeconds: Int64 = 5
    /// LIMIT: seconds between two tries of an event, and of a receiver that is down.
    package var (eventSecondsMax, receiverSecondsMax): (Int64, Int64) = (6 * 3600, 3600)

    package static let usual = DeliveryTerms()

    /// Seconds before the next try after so many failures: four times as long each time up to the limit, more or less
    /// by a fifth so that what fell at once does not come back at once. `roll` is any number.
    func pause(after failures: Int, max: Int64, roll: UInt64) -> Int64 {
        var seconds = firstSeconds
        for _ in 1..<Swift.max(failures, 1) where seconds < max { seconds *= 4 }
        return Swift.max(1, min(seconds, max) * Int64(80 + roll % 41) / 100)
    }
}
