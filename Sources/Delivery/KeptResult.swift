package import Vocabulary

/// What the id of a kept result is the id of; see `DossierThing`.
package enum KeptResultThing {}
package typealias KeptResultID = ID<KeptResultThing>

/// 待领结果: the result of a case on paper, from when it lies ready until somebody has it. Its row goes with the paper;
/// what happened to it stands in the journal.
package struct KeptResult: Hashable, Sendable {
    /// How far it has come without being fetched.
    package enum State: String, Sendable, CaseIterable {
        case waiting
        /// The applicant was reminded once, or twice.
        case reminded, remindedAgain
        /// 转入档案: off the shelf, still to be had on asking.
        case archived
        /// Somebody has it, or the case ended without it.
        case left
    }

    package let id: KeptResultID
    package let matter: Matter
    package let readyAt: Instant
    package internal(set) var state: State
    /// Since when it has its state.
    package internal(set) var stateAt: Instant
    /// Where it lies; nil before somebody put it on a shelf, and in the archive.
    package internal(set) var place: ShelfPlace?
    /// The hall in whose shelf or archive it lies; nil before it was put anywhere.
    package internal(set) var hall: String?
    /// When time does something to it next; nil when it does nothing any more.
    package internal(set) var nextAt: Instant?

    /// Whose result it is, and how it is to leave.
    package struct Matter: Hashable, Sendable {
        package let dossier: DossierID
        package let applicant: PersonID
        package let agent: PersonID?
        package let delivery: DeliveryMode
        /// Where the case was decided, for lists that show what somebody may see.
        package let region: Region

        package init(
            _ dossier: DossierID, of applicant: PersonID, agent: PersonID?, by delivery: DeliveryMode, in region: Region
        ) {
            (self.dossier, self.applicant, self.agent) = (dossier, applicant, agent)
            (self.delivery, self.region) = (delivery, region)
        }
    }

    package init(_ id: KeptResultID, _ matter: Matter, readyAt: Instant, terms: ShelfTerms) {
        (self.id, self.matter, self.readyAt) = (id, matter, readyAt)
        (state, stateAt) = (.waiting, readyAt)
        nextAt = ShelfRules.next(after: self, terms)?.at
    }

    init(
        _ id: KeptResultID, _ matter: Matter, readyAt: Instant, state: (State, since: Instant), place: ShelfPlace?,
        hall: String?, nextAt: Instant?
    ) {
        (self.id, self.matter, self.readyAt) = (id, matter, readyAt)
        (self.state, stateAt) = (state.0, state.since)
        (self.place, self.hall, self.nextAt) = (place, hall, nextAt)
    }

    /// Whether the applicant has been reminded twice without coming: then a courier is offered, and it is 逾期未领.
    package var isOverdue: Bool { state == .remindedAgain || state == .archived }
}

/// 逾期未领: after how many calendar days somebody is reminded, and when the result goes to the archive. No law says
/// so; the figures are ours and parameters of an installation. They change nothing of the legal clock: what nobody
/// fetched is not delivered.
package struct ShelfTerms: Hashable, Sendable {
    /// LIMIT: days of a step.
    package static let daysMax = 3650

    package let remindAfterDays: Int
    package let remindAgainAfterDays: Int
    package let archiveAfterDays: Int

    /// Days since the result was ready. Nil unless each lies after the one before and all within `daysMax`.
    package init?(remind: Int, again: Int, archive: Int) {
        guard 1 <= remind, remind < again, again < archive, archive <= Self.daysMax else { return nil }
        (remindAfterDays, remindAgainAfterDays, archiveAfterDays) = (remind, again, archive)
    }

    private init(_ remind: Int, _ again: Int, _ archive: Int) {
        (remindAfterDays, remindAgainAfterDays, archiveAfterDays) = (remind, again, archive)
    }

    /// Fifteen, thirty and ninety days.
    package static let usual = ShelfTerms(15, 30, 90)
}
