package import Vocabulary

/// 利害关系人: a third party whose weighty interests the decision touches; she is told and heard first
/// (行政许可法 art. 36).
package struct InterestedParty: Hashable, Sendable {
    /// Working days in which a statement is waited for.
    package static let heardWithin = WorkingDays(5)
    /// LIMIT: third parties of one dossier.
    package static let countMax = 50

    package let informedAt: Instant
    /// Nil once the personal part was forgotten.
    package let name: String?
    package fileprivate(set) var heardAt: Instant?
}

/// What is wanted of a third party.
package enum PartyCommand: Hashable, Sendable, Codable {
    /// Tells somebody what is applied for and that she may state her view.
    case inform(name: String, matter: String)
    /// Files what she said; `party` counts from nought.
    case hear(party: Int, statement: String)
}

/// What happened to a third party.
package enum PartyEvent: Hashable, Sendable {
    case informed(Informed?)
    case heard(party: Int, DossierEvent.Note?)

    /// Who, and of what.
    package struct Informed: Hashable, Sendable, Codable {
        package let name: String
        package let matter: String
    }
}

extension [InterestedParty] {
    mutating func apply(_ event: PartyEvent, at: Instant) throws {
        switch event {
        case .informed(let who): append(InterestedParty(informedAt: at, name: who?.name))
        case .heard(let party, _):
            guard indices.contains(party) else { throw Fault.corrupt("no third party \(party)") }
            self[party].heardAt = at
        }
    }
}

extension PartyEvent: DossierEventPart {
    private struct Heard: Codable { let party: Int }

    static let kinds = ["dossier.party-informed", "dossier.party-heard"]

    var kind: String {
        switch self {
        case .informed: Self.kinds[0]
        case .heard: Self.kinds[1]
        }
    }

    var open: any Encodable {
        switch self {
        case .informed: Nothing()
        case .heard(let party, _): Heard(party: party)
        }
    }

    var personal: (any Encodable)? {
        switch self {
        case .informed(let who): who
        case .heard(_, let note): note
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        switch kind {
        case Self.kinds[0]: self = .informed(try parts.personal())
        case Self.kinds[1]: self = .heard(party: (try parts.open() as Heard).party, try parts.personal())
        default: return nil
        }
    }
}
