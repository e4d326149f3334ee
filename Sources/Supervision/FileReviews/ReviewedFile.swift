package import Store
package import Vocabulary

/// See `DossierThing`.
package enum ReviewedFileThing {}
package typealias ReviewedFileID = ID<ReviewedFileThing>

/// A closed file that was drawn, with the sheets of its reviewers and what came of them. The fold of its events. It
/// changes nothing of the case.
package struct ReviewedFile: Hashable, Sendable {
    /// Where it stands.
    package enum Stage: String, Sendable, CaseIterable {
        case drawn
        /// Its reviewers are at it.
        case inReview
        /// Their marks are too far apart, and a third is to review.
        case divergent
        /// The body was told and may object.
        case settled
        case objected
        case final
    }

    /// What one reviewer found, point by point.
    package struct Sheet: Hashable, Sendable {
        package let reviewer: StaffID
        package internal(set) var marks: [String: ReviewedFileEvent.Mark] = [:]
        package internal(set) var words: [String: String] = [:]
        package internal(set) var submittedAt: Instant?

        /// The sum of the marks so far.
        package var sum: Int { marks.values.reduce(0) { $0 + $1.marks } }
    }

    /// The objection of the body.
    package struct Objection: Hashable, Sendable {
        package let at: Instant
        package let words: String?
        /// Nil while the supervisor has not ruled.
        package internal(set) var isUpheld: Bool?
        package internal(set) var ruling: String?
    }

    package let id: ReviewedFileID
    package private(set) var sequence: Int
    package let drawn: ReviewedFileEvent.Drawn
    package let drawnAt: Instant
    package private(set) var stage: Stage
    /// In the order in which the file was given to them.
    package private(set) var sheets: [Sheet] = []
    /// What came of the sheets; nil before.
    package private(set) var outcome: ReviewedFileEvent.Outcome?
    package private(set) var objection: Objection?
    package private(set) var finalAt: Instant?
    /// The order that asks for mending.
    package private(set) var order: OrderID?

    init(_ id: ReviewedFileID, _ entry: JournalEntry) throws {
        guard case .drawn(let drawn) = try ReviewedFileEvent(entry) else {
            throw Fault.corrupt("reviewed file \(id) does not begin with its draw")
        }
        (self.id, self.drawn, drawnAt) = (id, drawn, entry.at)
        (sequence, stage) = (1, .drawn)
    }

    /// The fold of all entries of one; nil when there are none.
    package static func folded(_ id: ReviewedFileID, _ entries: [JournalEntry]) throws -> ReviewedFile? {
        guard let first = entries.first else { return nil }
        var file = try ReviewedFile(id, first)
        for entry in entries.dropFirst() {
            guard entry.sequence == file.sequence + 1 else { throw Fault.corrupt("reviewed file \(id) has a gap") }
            try file.apply(ReviewedFileEvent(entry), at: entry.at, by: entry.actor)
        }
        return file
    }

    mutating func apply(_ event: ReviewedFileEvent, at now: Instant, by actor: Actor) throws {
        sequence += 1
        switch event {
        case .drawn: throw Fault.corrupt("reviewed file \(id) was drawn twice")
        case .assigned(let staff, _):
            sheets.append(Sheet(reviewer: staff))
            stage = .inReview
        case .marked(let marks, let words):
            let index = try index(of: actor)
            for mark in marks {
                sheets[index].marks[mark.point] = mark
                sheets[index].words[mark.point] = words?.of[mark.point]
            }
        case .submitted: sheets[try index(of: actor)].submittedAt = now
        case .diverged: stage = .divergent
        case .settled(let outcome): (self.outcome, stage) = (outcome, .settled)
        case .objected(let words):
            objection = Objection(at: now, words: words?.text)
            stage = .objected
        case .ruled(let isUpheld, let marks, let words):
            objection?.isUpheld = isUpheld
            objection?.ruling = words?.text
            if isUpheld, let marks { outcome = outcome?.ruled(marks) }
        case .finished: (finalAt, stage) = (now, .final)
        case .ordered(let order): self.order = order
        }
    }

    private func index(of actor: Actor) throws -> Int {
        guard let staff = actor.staff, let index = sheets.firstIndex(where: { $0.reviewer == staff }) else {
            throw Fault.corrupt("reviewed file \(id) was marked by nobody who reviews it")
        }
        return index
    }

    /// The sheet of a reviewer; nil for anybody else.
    package func sheet(of staff: StaffID) -> Sheet? { sheets.first { $0.reviewer == staff } }

    /// How the house answered a point before anybody looked; nil for what people alone judge.
    package func prefill(_ point: String) -> ReviewedFileEvent.Prefill? {
        drawn.prefilled.first { $0.point == point }
    }

    /// The midnight after which nobody objects any more; nil where nothing waits for it.
    package var wakeAt: Instant? {
        guard stage == .settled, let outcome else { return nil }
        return Instant(outcome.objectUntil.advanced(byDays: 1))
    }

    /// The file as events leave it.
    package func after(_ events: [ReviewedFileEvent], at now: Instant, by actor: Actor) throws -> ReviewedFile {
        var file = self
        for event in events { try file.apply(event, at: now, by: actor) }
        return file
    }
}
