package import Store
package import Vocabulary

/// See `DossierThing`.
package enum RectificationThing {}
package typealias RectificationID = ID<RectificationThing>

/// 差评整改: what is done about a bad review, from the first call to the published answer. The fold of its events.
package struct Rectification: Hashable, Sendable {
    package let id: RectificationID
    package private(set) var sequence: Int
    package let opened: RectificationEvent.Opened
    package let openedAt: Instant
    package private(set) var stage: Stage
    /// Whether somebody was reached, last; nil before anybody tried.
    package private(set) var contact: RectificationEvent.Contact?
    package private(set) var contactedAt: Instant?
    package private(set) var measure: RectificationEvent.Measure?
    /// What was done or explained; nil before, and once it was erased.
    package private(set) var measureWords: String?
    package private(set) var rectifiedAt: Instant?
    /// Who did it: somebody else verifies it.
    package private(set) var rectifiedBy: Actor?
    /// How satisfied she is now; nil before, and where nobody could be asked.
    package private(set) var revisit: EvaluationGrade?
    package private(set) var appeal: Appeal?
    /// Who appealed: somebody else rules on it.
    package private(set) var appealedBy: Actor?
    /// What the public reads; nil before, and once it was erased.
    package private(set) var publishedWords: String?
    package private(set) var publishedAt: Instant?
    /// What was told to be late already.
    package private(set) var late: Set<RectificationEvent.Term> = []
    /// Every event with when and by whom, for its page.
    package private(set) var history: [Line]

    /// Where it stands.
    package enum Stage: String, Sendable, CaseIterable {
        case open, contacted, rectified, verified, revisited, published, excluded

        /// Whether something is still to be done.
        package var isOpen: Bool { self != .published && self != .excluded }
    }

    /// 申诉: the body says that the review is mistaken or malicious.
    package struct Appeal: Hashable, Sendable {
        package let ground: RectificationEvent.Ground
        package let words: String?
        /// What the supervisor ruled; nil while she has not.
        package internal(set) var isUpheld: Bool?
    }

    /// One line of the history.
    package struct Line: Hashable, Sendable {
        package let event: RectificationEvent
        package let at: Instant
        package let actor: Actor
    }

    init(_ id: RectificationID, _ entry: JournalEntry) throws {
        guard case .opened(let opened) = try RectificationEvent(entry) else {
            throw Fault.corrupt("rectification \(id) does not begin with its opening")
        }
        (self.id, self.opened, openedAt) = (id, opened, entry.at)
        (sequence, stage) = (1, .open)
        history = [Line(event: .opened(opened), at: entry.at, actor: entry.actor)]
    }

    /// The fold of all entries of one; nil when there are none.
    package static func folded(_ id: RectificationID, _ entries: [JournalEntry]) throws -> Rectification? {
        guard let first = entries.first else { return nil }
        var result = try Rectification(id, first)
        for entry in entries.dropFirst() {
            guard entry.sequence == result.sequence + 1 else { throw Fault.corrupt("rectification \(id) has a gap") }
            try result.apply(RectificationEvent(entry), at: entry.at, by: entry.actor)
        }
        return result
    }

    mutating func apply(_ event: RectificationEvent, at now: Instant, by actor: Actor) throws {
        sequence += 1
        history.append(Line(event: event, at: now, actor: actor))
        switch event {
        case .opened: throw Fault.corrupt("rectification \(id) was opened twice")
        case .contacted(let contact, _):
            (self.contact, contactedAt) = (contact, contactedAt ?? now)
            if stage == .open { stage = .contacted }
        case .rectified(let measure, let words):
            (self.measure, measureWords, rectifiedAt) = (measure, words?.text, now)
            (rectifiedBy, stage) = (actor, .rectified)
        case .returned: stage = .contacted
        case .verified: stage = .verified
        case .revisited(let grade, _): (revisit, stage) = (grade, .revisited)
        case .appealed(let ground, let words):
            (appeal, appealedBy) = (Appeal(ground: ground, words: words?.text, isUpheld: nil), actor)
        case .ruled(let isUpheld, _):
            appeal?.isUpheld = isUpheld
            if isUpheld { stage = .excluded }
        case .published(let words): (publishedWords, publishedAt, stage) = (words?.text, now, .published)
        case .overdue(let term): late.insert(term)
        }
    }

    /// Whether the supervisor has an appeal to rule on.
    package var isUnderAppeal: Bool { stage.isOpen && appeal != nil && appeal?.isUpheld == nil }

    /// The term that runs next, with its last day; nil once nothing is awaited by a day any more.
    package var running: (term: RectificationEvent.Term, until: CivilDate)? {
        guard stage.isOpen else { return nil }
        if contact == nil { return (.contact, opened.contactDue) }
        return [.open, .contacted].contains(stage) ? (.rectification, opened.rectifyDue) : nil
    }

    /// When the pulse looks again: the day after a term that nobody was told of; nil for never.
    package var wakeAt: Instant? {
        guard stage.isOpen else { return nil }
        var days: [CivilDate] = []
        if contact == nil, !late.contains(.contact) { days.append(opened.contactDue) }
        if [.open, .contacted].contains(stage), !late.contains(.rectification) { days.append(opened.rectifyDue) }
        return days.min().map { Instant($0.advanced(byDays: 1)) }
    }

    /// Whether the first call came in time, or can still.
    package func isContactLate(on today: CivilDate) -> Bool { (contactedAt?.day ?? today) > opened.contactDue }
    /// Whether it was mended in time, or can still be.
    package func isRectificationLate(on today: CivilDate) -> Bool { (rectifiedAt?.day ?? today) > opened.rectifyDue }
}
