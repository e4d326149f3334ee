package import Store
package import Vocabulary

/// 原件: one original on paper under a label, from hand to hand. It is the fold of its events and nothing else.
package struct CustodyItem: Hashable, Sendable {
    package let id: CustodyID
    /// How many events it is the fold of.
    package private(set) var sequence: Int
    package let received: CustodyEvent.Received
    /// When a window received it, or its owner made the label.
    package let receivedAt: Instant
    /// Who has it: whoever took it last.
    package private(set) var holder: CustodyHolder
    /// Who had it before; nil while it was never handed on.
    package private(set) var giver: CustodyHolder?
    /// Who signed for it last.
    package private(set) var signer: Actor
    /// To whom it is offered and has not gone yet.
    package private(set) var offered: CustodyHolder?
    /// Since when a count misses it; nil while nobody does.
    package private(set) var missingSince: Instant?

    package var code: CustodyCode { received.code }

    /// Whether nobody hands it on any more: it is back with the applicant, or kept for good. A label that she made
    /// herself and that nobody has taken yet is only beginning.
    package var isOver: Bool { holder.isLast && (giver != nil || holder != received.holder) }

    init(_ id: CustodyID, _ first: CustodyEvent, at: Instant, by actor: Actor) throws {
        switch first {
        case .received(let received), .labelled(let received): self.received = received
        default: throw Fault.corrupt("original \(id) does not begin with its receipt or its label")
        }
        (self.id, receivedAt) = (id, at)
        (sequence, holder, signer) = (1, received.holder, actor)
    }

    mutating func apply(_ event: CustodyEvent, at: Instant, by actor: Actor) throws {
        sequence += 1
        switch event {
        case .received, .labelled: throw Fault.corrupt("original \(id) was received twice")
        case .offered(let receiver): offered = receiver
        case .withdrawn: offered = nil
        case .taken(let receiver):
            (giver, holder, offered, signer) = (holder, receiver, nil, actor)
        case .missed: missingSince = at
        case .found: missingSince = nil
        }
    }

    /// The fold of all entries of one original; nil when there are none.
    package static func folded(_ id: CustodyID, _ entries: [JournalEntry]) throws -> CustodyItem? {
        guard let first = entries.first else { return nil }
        var item = try CustodyItem(id, CustodyEvent(first), at: first.at, by: first.actor)
        for entry in entries.dropFirst() {
            guard entry.sequence == item.sequence + 1 else { throw Fault.corrupt("original \(id) has a gap") }
            try item.apply(CustodyEvent(entry), at: entry.at, by: entry.actor)
        }
        return item
    }
}

/// An original as a window receives it, or as its owner labels it at home.
package struct CustodyDraft: Hashable, Sendable {
    /// LIMIT: sheets of one original.
    package static let sheets = 1...9999
    /// LIMIT: characters of a material's id.
    package static let materialCharactersMax = 64

    package let code: CustodyCode
    package let dossier: DossierID
    /// Which material of the guide it is.
    package let material: String
    package let sheets: Int
    /// The window that receives it, or the applicant who labels it.
    package let holder: CustodyHolder

    package init(
        _ code: CustodyCode, of dossier: DossierID, material: String, sheets: Int, at holder: CustodyHolder
    ) {
        (self.code, self.dossier, self.material) = (code, dossier, material)
        (self.sheets, self.holder) = (sheets, holder)
    }
}
