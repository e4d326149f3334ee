package import Vocabulary

/// Who gives a command, and what they may do.
package struct Performer: Sendable {
    package let actor: Actor
    private let permits: @Sendable (Power, Scope) throws -> Void

    /// What a command touches.
    package struct Scope: Sendable {
        package let body: CreditCode
        package let catalogCode: String
        package let region: Region
        /// Whose matter it is.
        package let applicant: PersonID
        /// Who acts for the applicant, if anybody.
        package let agent: PersonID?
    }

    /// A performer whose permission the closure answers by throwing a refusal.
    package init(_ actor: Actor, permits: @escaping @Sendable (Power, Scope) throws -> Void) {
        self.actor = actor
        self.permits = permits
    }

    /// The platform itself: the pulse and the effects that come back. It does what is the platform's, nothing else.
    package static let platform = Performer(.platform) { power, _ in
        guard power == .platform else { throw PerformerRefusal.notAllowed }
    }

    /// A person in her own matters, or as the agent of the applicant.
    package static func person(_ id: PersonID) -> Performer {
        Performer(.person(id)) { power, scope in
            guard power == .apply, scope.applicant == id || scope.agent == id else { throw PerformerRefusal.notAllowed }
        }
    }

    /// A person who holds a letter of the applicant's that covers the item today: whoever names her so has looked.
    package static func person(_ id: PersonID, actingFor principal: PersonID) -> Performer {
        Performer(.person(id)) { power, scope in
            guard power == .apply, scope.applicant == principal else { throw PerformerRefusal.notAllowed }
        }
    }

    /// Asks for any one of the powers; throws the refusal of the last when there is none.
    func require(anyOf powers: [Power], _ scope: Scope) throws {
        var refused: (any Error)?
        for power in powers {
            do { return try permits(power, scope) } catch { refused = error }
        }
        if let refused { throw refused }
    }
}

/// Somebody may not do what they asked for.
package enum PerformerRefusal: Refusal, Equatable {
    case notAllowed

    package var code: String { "permit.not-allowed" }
    package var kind: RefusalKind { .forbidden }

    package static let codes = ["permit.not-allowed"]
}
