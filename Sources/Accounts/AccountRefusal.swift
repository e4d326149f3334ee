package import Vocabulary

/// Why an account, a grant, an agency or a member of staff cannot be made or changed as asked.
package enum AccountRefusal: String, Refusal, CaseIterable {
    case personNotFound = "accounts.person-not-found"
    case personErased = "accounts.person-erased"
    case numberKnown = "accounts.number-known"
    case numberStays = "accounts.number-stays"
    case staffNotFound = "accounts.staff-not-found"
    case staffLeft = "accounts.staff-left"
    case staffServes = "accounts.staff-serves"
    case employeeNumberTaken = "accounts.employee-number-taken"
    case accountNotFound = "accounts.account-not-found"
    case loginTaken = "accounts.login-taken"
    case holderHasAccount = "accounts.holder-has-account"
    case grantNotFound = "accounts.grant-not-found"
    case grantRevoked = "accounts.grant-revoked"
    case grantToOneself = "accounts.grant-to-oneself"
    case tooManyGrants = "accounts.too-many-grants"
    case itemCodeMalformed = "accounts.item-code-malformed"
    case termInverted = "accounts.term-inverted"
    case agencyNotFound = "accounts.agency-not-found"
    case agencyRevoked = "accounts.agency-revoked"
    case agencyWithoutEnd = "accounts.agency-without-end"
    case agencyWithoutItems = "accounts.agency-without-items"
    case agencyTooManyItems = "accounts.agency-too-many-items"
    case tooManyAgencies = "accounts.too-many-agencies"
    case agentIsPrincipal = "accounts.agent-is-principal"
    case agentNotACitizen = "accounts.agent-not-a-citizen"
    case absenceNotFound = "accounts.absence-not-found"
    case absenceOver = "accounts.absence-over"
    case absenceOverlaps = "accounts.absence-overlaps"
    case absenceTooLong = "accounts.absence-too-long"
    case tooManyAbsences = "accounts.too-many-absences"
    case relativeNotFound = "accounts.relative-not-found"
    /// The name is declared already.
    case relativeKnown = "accounts.relative-known"
    /// Not a name: empty, too long, or of more than one line.
    case relativeNameUnfit = "accounts.relative-name-unfit"
    case tooManyRelatives = "accounts.too-many-relatives"
    case deputyIsOneself = "accounts.deputy-is-oneself"
    case deputyAway = "accounts.deputy-away"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .personNotFound, .staffNotFound, .accountNotFound, .grantNotFound, .agencyNotFound,
            .absenceNotFound, .relativeNotFound:
            .notFound
        case .grantToOneself: .forbidden
        case .itemCodeMalformed, .termInverted, .agencyWithoutEnd, .agencyWithoutItems, .agencyTooManyItems,
            .agentIsPrincipal, .agentNotACitizen, .absenceTooLong, .deputyIsOneself, .relativeNameUnfit:
            .invalid
        case .personErased, .numberKnown, .numberStays, .staffLeft, .staffServes, .employeeNumberTaken, .loginTaken,
            .holderHasAccount, .grantRevoked, .tooManyGrants, .agencyRevoked, .tooManyAgencies, .absenceOver,
            .absenceOverlaps, .tooManyAbsences, .deputyAway, .relativeKnown, .tooManyRelatives:
            .conflict
        }
    }

    /// Every code of this kind of refusal.
    package static let codes = allCases.map(\.rawValue)
}
