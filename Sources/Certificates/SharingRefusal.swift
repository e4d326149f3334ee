package import Vocabulary

/// Why the sharing service does not give what it is asked for.
package enum SharingRefusal: String, Refusal, CaseIterable {
    /// No such caller, or its token is not the one of this call.
    case notAuthenticated = "sharing.not-authenticated"
    /// The call is too old, or from the future.
    case staleCall = "sharing.stale-call"
    /// A call with this nonce was made before.
    case repeatedCall = "sharing.repeated-call"
    case unknownType = "sharing.unknown-type"
    case ended = "sharing.ended"
    case expired = "sharing.expired"
    case restricted = "sharing.restricted"
    case noPermission = "sharing.no-permission"
    /// Answers to this caller must be encrypted, and it has no key.
    case noReplyKey = "sharing.no-reply-key"
    /// The house has no seals, so no copies are made.
    case noCopies = "sharing.no-copies"
    case wrongHolderType = "sharing.wrong-holder-type"
    /// Every use has a reason, of at most 200 characters.
    case causeMissing = "sharing.cause-missing"
    /// A field is missing, or is not what it must be.
    case malformed = "sharing.malformed"
    case notFound = "sharing.not-found"
    /// Not signed yet, or its first day is still to come.
    case notInForce = "sharing.not-in-force"
    case tooManyCalls = "sharing.too-many-calls"
    /// No such link, or its time is over.
    case unknownLink = "sharing.unknown-link"
    /// A caller has this access id already.
    case accessIDTaken = "sharing.access-id-taken"
    case unknownCaller = "sharing.unknown-caller"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notAuthenticated, .staleCall, .repeatedCall: .unauthenticated
        case .noPermission: .forbidden
        case .unknownType, .notFound, .unknownLink, .unknownCaller: .notFound
        case .ended, .expired, .restricted, .noReplyKey, .noCopies, .notInForce, .accessIDTaken: .conflict
        case .wrongHolderType, .causeMissing, .malformed: .invalid
        case .tooManyCalls: .tooMany
        }
    }

    /// What the reply says by number.
    package var status: SharingStatus {
        switch self {
        case .notAuthenticated, .staleCall, .repeatedCall: .authenticationFailed
        case .unknownType: .unknownType
        case .ended: .ended
        case .expired: .expired
        case .restricted: .restricted
        case .noPermission: .noPermission
        case .noReplyKey, .noCopies: .misconfigured
        case .wrongHolderType: .wrongHolderType
        case .causeMissing, .malformed, .notFound, .notInForce, .tooManyCalls, .unknownLink, .accessIDTaken,
            .unknownCaller:
            .other
        }
    }

    package static let codes = allCases.map(\.rawValue)
}

extension SharingStatus {
    /// What a reply says by number for a refusal of any room.
    package init(_ refusal: any Refusal) { self = (refusal as? SharingRefusal)?.status ?? .other }
}
