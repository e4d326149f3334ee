/// An answer to a person who asked for something that cannot be done: expected, explained, never logged as an error.
///
/// Each room has its own enum. A code, once shipped, keeps its meaning for ever (`docs/codes.md`).
package protocol Refusal: Error, Sendable {
    /// Stable, lower-case, `room.reason`.
    var code: String { get }
    /// What sort of refusal it is, for doors that must choose a status.
    var kind: RefusalKind { get }
    /// Whom or what it names, for the `{name}` of its sentence; nil where there is nobody to name.
    var named: String? { get }
}

extension Refusal {
    package var named: String? { nil }
    package var kind: RefusalKind { .conflict }
}

/// The sorts of refusal, with the HTTP status that doors answer.
package enum RefusalKind: Int, Sendable {
    case malformed = 400
    case unauthenticated = 401
    case forbidden = 403
    case notFound = 404
    case wrongMethod = 405
    case conflict = 409
    case movedOn = 412
    case tooLarge = 413
    case invalid = 422
    case tooMany = 429
    /// A partner that was asked did not answer as it should; what the person did was right.
    case partnerFailed = 502
}

/// The world failing: nobody's answer is wrong, something did not work. Logged once, where it is handled.
package enum Fault: Error, Sendable, Equatable {
    /// A bounded queue is full; nothing was done. The text names the queue.
    case busy(String)
    /// The disk is full; nothing was kept.
    case storageFull
    /// The database or the file system did not answer as it should; nothing was kept.
    case unavailable(String)
    /// Five replays lost against other writers; nothing was kept.
    case contended
    /// What was read is not what can have been written.
    case corrupt(String)
    /// A setting cannot work; the program does not start.
    case misconfigured(String)

    /// Whether the same call may well succeed a little later.
    package var isRetryable: Bool {
        switch self {
        case .busy, .storageFull, .unavailable, .contended: true
        case .corrupt, .misconfigured: false
        }
    }
}
