package import Vocabulary

/// What an agency is the id of; see `DossierThing`.
package enum AgencyThing {}
package typealias AgencyID = ID<AgencyThing>

/// A letter of authority (授权委托书): an agent acts for a principal in certain items for a certain time.
package struct Agency: Hashable, Sendable {
    /// LIMIT: item codes in one letter.
    package static let itemsMax = 50
    /// LIMIT: letters that one principal ever gave, and that one agent ever got.
    package static let lettersMax = 1000

    /// Which items the letter is for.
    package enum Items: Hashable, Sendable {
        case all
        /// Whole catalogue codes.
        case listed([ItemCodePrefix])
    }

    package let id: AgencyID
    package let principal: PersonID
    package let agent: PersonID
    package let items: Items
    package let term: Term
    /// When it was taken back; nil while it stands.
    package let revokedAt: Instant?

    /// Refuses what a letter must not lack: an end of its term (民法典 art. 165 asks for 期限), items, and an agent who is
    /// somebody else.
    package init(
        _ id: AgencyID, principal: PersonID, agent: PersonID, items: Items, term: Term
    ) throws(AccountRefusal) {
        if principal == agent { throw .agentIsPrincipal }
        if term.until == nil { throw .agencyWithoutEnd }
        if case .listed(let codes) = items {
            if codes.isEmpty { throw .agencyWithoutItems }
            if codes.count > Self.itemsMax { throw .agencyTooManyItems }
        }
        (self.id, self.principal, self.agent, self.items, self.term) = (id, principal, agent, items, term)
        revokedAt = nil
    }

    init(_ agency: Agency, revokedAt: Instant?) {
        (id, principal, agent, items, term) = (agency.id, agency.principal, agency.agent, agency.items, agency.term)
        self.revokedAt = revokedAt
    }

    /// The same letter, taken back.
    package func revoked(at instant: Instant) -> Agency {
        Agency(self, revokedAt: instant)
    }

    /// Whether the agent may act in the item on the day.
    package func covers(_ itemCode: String, on day: CivilDate) -> Bool {
        guard revokedAt == nil, term.contains(day) else { return false }
        switch items {
        case .all: return true
        case .listed(let codes): return codes.contains { $0.text == itemCode }
        }
    }
}
