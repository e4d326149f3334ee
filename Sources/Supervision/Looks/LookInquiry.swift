package import Store
package import Vocabulary

/// See `DossierThing`.
package enum LookInquiryThing {}
package typealias LookInquiryID = ID<LookInquiryThing>

extension ID where Thing == LookInquiryThing {
    /// What a person asked about a look at her record: one for each look, and named after it.
    package static func byPerson(_ look: Subject) -> LookInquiryID { LookInquiryID(look.sibling(1)) }
    /// What a supervisor asked about it.
    package static func bySupervisor(_ look: Subject) -> LookInquiryID { LookInquiryID(look.sibling(2)) }
    /// By which people name it.
    package var short: String { String("\(self)".suffix(8)).uppercased() }
}

/// 查询质询: a look about which somebody asked, from the question to the end. The fold of its events.
package struct LookInquiry: Hashable, Sendable {
    package let id: LookInquiryID
    package private(set) var sequence: Int
    package let asked: LookInquiryEvent.Asked
    package let askedAt: Instant
    package private(set) var stage: Stage
    /// What was said last; nil before anybody answered.
    package private(set) var verdict: LookInquiryEvent.Verdict?
    /// When the body answered; nil before.
    package private(set) var answeredAt: Instant?
    /// When it went up; nil where it did not.
    package private(set) var raisedAt: Instant?
    /// Whether it went up because nobody answered.
    package private(set) var isLate = false
    /// Every event with when and by whom, for its page.
    package private(set) var history: [Line]

    /// Whose turn it is.
    package enum Stage: String, Sendable, CaseIterable {
        case atBody = "at-body"
        case answered
        case atSupervisor = "at-supervisor"
        case closed
    }

    /// One line of the history.
    package struct Line: Hashable, Sendable {
        package let event: LookInquiryEvent
        package let at: Instant
        package let actor: Actor
    }

    private init(_ id: LookInquiryID, _ entry: JournalEntry) throws {
        let event = try LookInquiryEvent(entry)
        guard case .asked(let asked, _) = event else {
            throw Fault.corrupt("inquiry \(id) does not begin with its question")
        }
        (self.id, self.asked, askedAt, sequence) = (id, asked, entry.at, 1)
        stage = asked.due == nil ? .atSupervisor : .atBody
        raisedAt = asked.due == nil ? entry.at : nil
        history = [Line(event: event, at: entry.at, actor: entry.actor)]
    }

    /// The fold of all entries of one; nil when there are none.
    package static func folded(_ id: LookInquiryID, _ entries: [JournalEntry]) throws -> LookInquiry? {
        guard let first = entries.first else { return nil }
        var result = try LookInquiry(id, first)
        for entry in entries.dropFirst() {
            guard entry.sequence == result.sequence + 1 else { throw Fault.corrupt("inquiry \(id) has a gap") }
            try result.apply(LookInquiryEvent(entry), at: entry.at, by: entry.actor)
        }
        return result
    }

    mutating func apply(_ event: LookInquiryEvent, at now: Instant, by actor: Actor) throws {
        sequence += 1
        history.append(Line(event: event, at: now, actor: actor))
        switch event {
        case .asked: throw Fault.corrupt("inquiry \(id) was asked twice")
        case .answered(let verdict, _): (self.verdict, answeredAt, stage) = (verdict, now, .answered)
        case .contested: (raisedAt, stage) = (now, .atSupervisor)
        case .escalated: (raisedAt, isLate, stage) = (now, true, .atSupervisor)
        case .ruled(let verdict, _): (self.verdict, stage) = (verdict, .closed)
        case .settled: stage = .closed
        }
    }

    /// Whether a supervisor asked, not whoever is concerned.
    package var isOfSupervisor: Bool { asked.person == nil }
}
