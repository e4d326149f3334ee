import Accounts
package import Vocabulary

/// Who gives a command, and what they may do.
package struct Performer: Sendable {
    package let actor: Actor
    private let permits: @Sendable (Power, Scope) throws -> Void
    /// Those in whose place she may act today, and what is permitted there.
    private let places: [Place]
    /// For whom a member of staff acts as an assistant, and on which authority; nil for anybody else.
    package let assisting: Assisting?
    /// How surely it is known who a person is; nil for those of whom that is not asked.
    let level: AssuranceLevel?

    /// The place of a colleague who is away.
    package struct Place: Sendable {
        let staff: StaffID
        let permits: @Sendable (Power, Scope) throws -> Void

        package init(of staff: StaffID, permits: @escaping @Sendable (Power, Scope) throws -> Void) {
            (self.staff, self.permits) = (staff, permits)
        }
    }

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
    package init(
        _ actor: Actor, inPlaceOf places: [Place] = [], assisting: Assisting? = nil, level: AssuranceLevel? = nil,
        permits: @escaping @Sendable (Power, Scope) throws -> Void
    ) {
        self.actor = actor
        self.assisting = assisting
        self.level = level
        self.permits = permits
        self.places = places
    }

    /// The platform itself: the pulse and the effects that come back. It does what is the platform's, nothing else.
    package static let platform = Performer(.platform) { power, _ in
        guard power == .platform else { throw PerformerRefusal.notAllowed }
    }

    /// A person in her own matters, or as the agent of the applicant; whoever knows her session says its level.
    package static func person(_ id: PersonID, level: AssuranceLevel = .realName) -> Performer {
        Performer(.person(id), level: level) { power, scope in
            guard power == .apply, scope.applicant == id || scope.agent == id else { throw PerformerRefusal.notAllowed }
        }
    }

    /// A person who holds a letter of the applicant's that covers the item today: whoever names her so has looked.
    package static func person(_ id: PersonID, actingFor principal: PersonID) -> Performer {
        Performer(.person(id)) { power, scope in
            guard power == .apply, scope.applicant == principal else { throw PerformerRefusal.notAllowed }
        }
    }

    /// In whose place she does something that needs one of the powers: that of `holder`, if it lies with her or is
    /// asked of her, else for herself (nil), else in the first place that has the power. Throws what she is refused
    /// herself where none has. Nothing is asked for when there are no powers.
    func principal(for powers: [Power], _ scope: Scope, holder: StaffID?) throws -> StaffID? {
        if let place = places.first(where: { $0.staff == holder }), place.has(anyOf: powers, scope) {
            return place.staff
        }
        do {
            try require(anyOf: powers, scope)
            return nil
        } catch {
            guard let place = places.first(where: { $0.has(anyOf: powers, scope) }) else { throw error }
            return place.staff
        }
    }

    /// Asks for any one of the powers; throws the refusal of the last when there is none, but for a partner's that says
    /// more than that a scope is missing.
    func require(anyOf powers: [Power], _ scope: Scope) throws {
        var refused: (any Error)?
        for power in powers {
            do {
                return try permits(power, scope)
            } catch {
                if let kept = refused as? PartnerRefusal, kept != .scopeMissing { continue }
                refused = error
            }
        }
        if let refused { throw refused }
    }
}

extension Performer.Place {
    fileprivate func has(anyOf powers: [Power], _ scope: Performer.Scope) -> Bool {
        powers.isEmpty
            || powers.contains { power in
                do {
                    try permits(power, scope)
                    return true
                } catch { return false }
            }
    }
}

/// Somebody may not do what they asked for.
package enum PerformerRefusal: Refusal, Equatable {
    case notAllowed

    package var code: String { "permit.not-allowed" }
    package var kind: RefusalKind { .forbidden }

    package static let codes = ["permit.not-allowed"]
}
