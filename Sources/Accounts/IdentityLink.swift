package import Vocabulary

/// What a provider of identities says of somebody, after the token that says it was verified.
package struct IdentityStatement: Sendable, Hashable {
    /// Who somebody is at the provider.
    package struct Subject: Sendable, Hashable, CustomStringConvertible {
        /// The provider, by its address.
        package let issuer: String
        /// Her name there: opaque, and never another's.
        package let name: String

        package init(issuer: String, name: String) {
            (self.issuer, self.name) = (issuer, name)
        }

        /// Masked.
        package var description: String { "\(issuer) ***" }
    }

    package let subject: Subject
    /// How surely the provider knows her in this sign-in.
    package let level: AssuranceLevel
    package let name: FullName?
    package let number: CitizenID?
    package let mobile: MobileNumber?

    package init(
        _ subject: Subject, level: AssuranceLevel, name: FullName? = nil, number: CitizenID? = nil,
        mobile: MobileNumber? = nil
    ) {
        (self.subject, self.level) = (subject, level)
        (self.name, self.number, self.mobile) = (name, number, mobile)
    }
}

/// Whose account somebody opens who comes from a provider of identities.
package enum IdentityLinkRules {
    /// What is done with a statement.
    package enum Answer: Equatable, Sendable {
        /// She was here before.
        case enters(PersonID)
        /// The city knows her by her number; from now on it knows the subject, too.
        case links(PersonID)
        /// Nobody has her number yet.
        case registers(FullName, CitizenID)
    }

    /// LIMIT: subjects of one person; whoever loses an account at the provider gets another one there.
    package static let linksPerPersonMax = 5

    /// What the tables know: the person whom the subject was linked to, the one who has the number, and how many
    /// subjects that one has.
    package struct Known: Sendable {
        package let linked: Person?
        package let numbered: Person?
        package let links: Int

        package init(linked: Person? = nil, numbered: Person? = nil, links: Int = 0) {
            (self.linked, self.numbered, self.links) = (linked, numbered, links)
        }
    }

    /// A subject once linked stays that person's: a statement with another number is refused, never followed. Whoever
    /// is new needs a real name and a number, and the name must be the one that the city knows with the number.
    package static func decide(
        _ statement: IdentityStatement, known: Known
    ) throws(IdentityLinkRefusal) -> Answer {
        if let linked = known.linked {
            if let number = statement.number, linked.number != .citizen(number) { throw .subjectTaken }
            return .enters(linked.id)
        }
        guard statement.level >= .realName else { throw .levelTooLow }
        guard let name = statement.name, let number = statement.number else { throw .particularsMissing }
        guard let numbered = known.numbered else { return .registers(name, number) }
        guard numbered.name == name else { throw .nameDiffers }
        guard known.links < linksPerPersonMax else { throw .tooManyLinks }
        return .links(numbered.id)
    }
}

/// Why whoever comes from a provider of identities is not let in here.
package enum IdentityLinkRefusal: String, Refusal, CaseIterable {
    /// The browser did not begin this sign-in, or it took too long.
    case requestUnknown = "identity.request-unknown"
    /// The answer was used before.
    case requestSpent = "identity.request-spent"
    /// An account without a real name can be nobody here.
    case levelTooLow = "identity.level-too-low"
    /// The provider did not say name or number.
    case particularsMissing = "identity.particulars-missing"
    /// The subject belongs to somebody with another number.
    case subjectTaken = "identity.subject-taken"
    /// The number is known here under another name.
    case nameDiffers = "identity.name-differs"
    case tooManyLinks = "identity.too-many-links"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .requestUnknown, .levelTooLow, .particularsMissing: .forbidden
        case .requestSpent, .subjectTaken, .nameDiffers, .tooManyLinks: .conflict
        }
    }

    /// Every code of this kind of refusal.
    package static let codes = allCases.map(\.rawValue)
}
