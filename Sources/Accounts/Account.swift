package import Vocabulary

/// The name with which somebody signs in: 3 to 64 characters out of letters, digits and `._@-`, in lower case.
package struct LoginName: Hashable, Sendable, Encodable, CustomStringConvertible {
    package let text: String

    /// Nil for a text of another shape; capitals are lowered.
    package init?(_ text: String) {
        let lowered = text.lowercased()
        guard (3...64).contains(lowered.utf8.count), isASCII(lowered, alsoAllowed: "._@-") else { return nil }
        self.text = lowered
    }

    /// `wa***`: a login may be a telephone number.
    package var description: String { text.prefix(2) + "***" }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Whose account or session it is.
package enum Holder: Hashable, Sendable, CustomStringConvertible {
    case person(PersonID)
    case staff(StaffID)

    /// The holder as the one who acts.
    package var actor: Actor {
        switch self {
        case .person(let id): .person(id)
        case .staff(let id): .staff(id)
        }
    }

    /// Under which subject the holder's entries stand in the journal.
    package var subject: Subject {
        switch self {
        case .person(let id): id.subject
        case .staff(let id): id.subject
        }
    }

    /// The door the holder comes through.
    package var door: Door {
        switch self {
        case .person: .portal
        case .staff: .staff
        }
    }

    /// As an actor is written: `person:…` or `staff:…`.
    package var description: String { actor.description }

    /// Reads `description`; nil for anything else.
    package init?(_ text: String) {
        switch Actor(text) {
        case .person(let id): self = .person(id)
        case .staff(let id): self = .staff(id)
        case .caller, .partner, .platform, nil: return nil
        }
    }
}

/// The two ways in: an account of one does not open the other.
package enum Door: String, Sendable, CaseIterable {
    /// The public portal: citizens, firms, agents.
    case portal
    /// Windows and offices.
    case staff
}

/// How a holder signs in. A holder has at most one account.
package struct Account: Hashable, Sendable {
    package let login: LoginName
    package let password: PasswordHash
    package let holder: Holder

    package init(login: LoginName, password: PasswordHash, holder: Holder) {
        self.login = login
        self.password = password
        self.holder = holder
    }
}
