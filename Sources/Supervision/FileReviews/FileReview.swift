package import Store
package import Vocabulary

/// See `DossierThing`.
package enum FileReviewThing {}
package typealias FileReviewID = ID<FileReviewThing>

/// 案卷评查: one campaign in which closed files are drawn and reviewed against the checklist. The fold of its events.
package struct FileReview: Hashable, Sendable {
    /// Where it stands.
    package enum Stage: String, Sendable, CaseIterable {
        /// The list of cases is fixed; the seed is not known yet.
        case opened
        /// The named time has come: the next checkpoint gives the seed.
        case called
        case drawn
        /// The files are with their reviewers.
        case dealt
        case published
    }

    package let id: FileReviewID
    package private(set) var sequence: Int
    package let opened: FileReviewEvent.Opened
    package let openedAt: Instant
    package let openedBy: Actor
    package private(set) var stage: Stage
    /// Nil before the draw.
    package private(set) var draw: FileReviewEvent.Draw?
    package private(set) var drawnAt: Instant?
    /// Those among whom the files were dealt, in the order in which they were named.
    package private(set) var reviewers: [StaffID] = []
    package private(set) var publishedAt: Instant?

    package var terms: FileReviewTerms { opened.terms }

    init(_ id: FileReviewID, _ entry: JournalEntry) throws {
        guard case .opened(let opened) = try FileReviewEvent(entry) else {
            throw Fault.corrupt("file review \(id) does not begin with its opening")
        }
        (self.id, self.opened, openedAt, openedBy) = (id, opened, entry.at, entry.actor)
        (sequence, stage) = (1, .opened)
    }

    /// The fold of all entries of one; nil when there are none.
    package static func folded(_ id: FileReviewID, _ entries: [JournalEntry]) throws -> FileReview? {
        guard let first = entries.first else { return nil }
        var review = try FileReview(id, first)
        for entry in entries.dropFirst() {
            guard entry.sequence == review.sequence + 1 else { throw Fault.corrupt("file review \(id) has a gap") }
            try review.apply(FileReviewEvent(entry), at: entry.at)
        }
        return review
    }

    mutating func apply(_ event: FileReviewEvent, at now: Instant) throws {
        sequence += 1
        switch event {
        case .opened: throw Fault.corrupt("file review \(id) was opened twice")
        case .called: stage = .called
        case .drawn(let draw): (self.draw, drawnAt, stage) = (draw, now, .drawn)
        case .dealt(let reviewers): (self.reviewers, stage) = (reviewers, .dealt)
        case .published: (publishedAt, stage) = (now, .published)
        }
    }

    /// When the pulse calls the draw; nil once it has.
    package var wakeAt: Instant? { stage == .opened ? terms.drawAt : nil }
}

/// What the supervisor lays down when she opens a campaign. No law says these figures: they are of this house (待核).
package struct FileReviewTerms: Hashable, Sendable, Codable {
    /// The days on which the cases were closed, both among them.
    package let from: CivilDate
    package let to: CivilDate
    /// Empty for the city and what lies in it.
    package let places: [Region]
    /// Empty for all.
    package let bodies: [CreditCode]
    /// How the catalogue codes of the items begin; empty for all.
    package let items: [String]
    package let sample: FileDraw.Sample
    /// From when on a checkpoint gives the seed.
    package let drawAt: Instant
    package let manner: Manner

    /// What a campaign is of for which no place is named.
    package static let city = Region.fuzhou

    package init(
        closed days: ClosedRange<CivilDate>, within extent: Extent, sample: FileDraw.Sample, drawAt: Instant,
        manner: Manner
    ) {
        (from, to, self.sample, self.drawAt, self.manner) = (
            days.lowerBound, days.upperBound, sample, drawAt, manner
        )
        (places, bodies, items) = (extent.places, extent.bodies, extent.items)
    }

    /// Which cases. No place is the whole city; any other empty list is no bound.
    package struct Extent: Hashable, Sendable {
        package let places: [Region]
        package let bodies: [CreditCode]
        package let items: [String]

        package init(places: [Region] = [], bodies: [CreditCode] = [], items: [String] = []) {
            (self.places, self.bodies, self.items) = (places, bodies, items)
        }
    }

    /// How the files are reviewed.
    package struct Manner: Hashable, Sendable, Codable {
        /// Reviewers of one file: one or two.
        package var reviewers = 2
        /// Marks by which two may differ; more, and a third reviews.
        package var gap = 10
        /// Working days in which the body may object.
        package var objectionDays = 5
        /// Working days of the order that asks for mending.
        package var mendingDays = 5
        /// From so many marks on a file passes (合格), or is excellent (优秀).
        package var pass = 60
        package var excellent = 90

        package init() {}
    }

    /// Whether a case belongs to it.
    package func holds(_ matter: SupervisedCase) -> Bool {
        (places.isEmpty ? Self.city.contains(matter.region) : places.contains(matter.region))
            && (bodies.isEmpty || bodies.contains(matter.body))
            && (items.isEmpty || items.contains { matter.catalogCode.hasPrefix($0) })
    }
}
