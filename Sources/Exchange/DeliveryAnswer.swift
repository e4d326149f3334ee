/// What came of sending an event.
package enum DeliveryAnswer: Hashable, Sendable {
    /// 2xx: the receiver has it.
    case accepted(Int)
    /// It answered, and does not want this event, or cannot take it: 3xx, 4xx, 5xx.
    case refused(Int)
    /// Something was sent and no answer came in time, or the connection was closed.
    case unanswered
    /// Nobody was there.
    case unreachable
    /// 429, 502, 503, 504: it wants to be left alone, perhaps for so many seconds.
    case overloaded(Int, seconds: Int64?)
    /// 410: it does not want any event any more.
    case gone

    /// LIMIT: seconds for which a receiver can ask to be left alone.
    static let pauseSecondsMax: Int64 = 3600

    /// By the status, and what `Retry-After` says in seconds.
    init(status: Int, retryAfter: String?) {
        switch status {
        case 200..<300: self = .accepted(status)
        case 410: self = .gone
        case 429, 502, 503, 504:
            let seconds = retryAfter.flatMap { Int64($0) }.map { min(max($0, 1), Self.pauseSecondsMax) }
            self = .overloaded(status, seconds: seconds)
        default: self = .refused(status)
        }
    }

    /// The status; nil where none came.
    package var status: Int? {
        switch self {
        case .accepted(let status), .refused(let status), .overloaded(let status, _): status
        case .gone: 410
        case .unanswered, .unreachable: nil
        }
    }

    package var isAccepted: Bool { if case .accepted = self { true } else { false } }

    /// As rows and programs have it: `accepted`, `refused`, …
    package var name: String {
        switch self {
        case .accepted: "accepted"
        case .refused: "refused"
        case .unanswered: "unanswered"
        case .unreachable: "unreachable"
        case .overloaded: "overloaded"
        case .gone: "gone"
        }
    }

    /// Every name.
    package static let names = ["accepted", "gone", "overloaded", "refused", "unanswered", "unreachable"]
}
