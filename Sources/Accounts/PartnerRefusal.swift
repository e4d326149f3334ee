package import Vocabulary

/// Why a partner cannot be made, or does not get what it asks for.
package enum PartnerRefusal: String, Refusal, CaseIterable {
    case unknown = "partner.unknown"
    case clientIDTaken = "partner.client-id-taken"
    /// No name, one too long, or a number of calls that nobody is given.
    case termsUnfit = "partner.terms-unfit"
    case shutOut = "partner.shut-out"
    case grantNotFound = "partner.grant-not-found"
    case tooManyGrants = "partner.too-many-grants"
    case tooManyPartners = "partner.too-many-partners"
    /// The token is over, or was never given.
    case tokenEnded = "partner.token-ended"
    /// The token has not the scope.
    case scopeMissing = "partner.scope-missing"
    /// It has the scope, and not for this item, department and place.
    case outOfReach = "partner.out-of-reach"
    case tooManyCalls = "partner.too-many-calls"
    /// A deed that an official must answer for, and none is named.
    case officerMissing = "partner.officer-missing"
    case officerUnknown = "partner.officer-unknown"
    /// No number, no name, or an identity number that cannot be.
    case officerUnfit = "partner.officer-unfit"
    /// Somebody is known under the number, by another name.
    case nameDiffers = "partner.name-differs"
    /// Nobody, or more than one, or numbers that cannot be.
    case personUnfit = "partner.person-unfit"
    /// The number stands under another code, or the code under another number.
    case officerTaken = "partner.officer-taken"
    case tooManyOfficers = "partner.too-many-officers"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .tokenEnded: .unauthenticated
        case .scopeMissing, .outOfReach: .forbidden
        case .unknown, .grantNotFound: .notFound
        case .termsUnfit, .officerMissing, .officerUnknown, .officerUnfit, .personUnfit: .invalid
        case .clientIDTaken, .shutOut, .nameDiffers, .officerTaken, .tooManyGrants, .tooManyPartners, .tooManyOfficers:
            .conflict
        case .tooManyCalls: .tooMany
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
