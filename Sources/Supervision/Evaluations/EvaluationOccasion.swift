package import Vocabulary

/// See `DossierThing`.
package enum EvaluationThing {}
package typealias EvaluationID = ID<EvaluationThing>

/// What is judged once: a case (一事一评) or a visit of a hall (一次一评).
package struct EvaluationOccasion: Hashable, Sendable, Codable {
    /// Which of the two.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case matter, visit
    }

    package let kind: Kind
    /// The dossier, or the ticket of the queue.
    package let of: Subject

    package init(_ kind: Kind, of subject: Subject) { (self.kind, of) = (kind, subject) }
}

/// Where the service was given. Nothing of it is personal.
package struct EvaluationPlace: Hashable, Sendable, Codable {
    package let region: Region
    /// The body that answers for it; nil for a visit, for which the hall does.
    package var body: CreditCode?
    package var bodyName: String?
    /// The item's basic code, and what it is called; nil where none is known.
    package var item: String?
    package var itemName: String?
    /// The hall's code; nil for a case that nobody brought to one.
    package var hall: String?
    /// Implementation code and number of the case, for the exchange; nil for a visit.
    package var task: String?

    package init(_ region: Region) { self.region = region }

    /// Who must see to a bad review: the body, else the hall.
    package var owner: String { body?.code ?? hall.map { "hall:\($0)" } ?? "hall:\(region.code)" }
}

/// What is known of an occasion at the moment.
package struct OccasionStanding: Hashable, Sendable {
    package let occasion: EvaluationOccasion
    package let place: EvaluationPlace
    /// Since when it can be judged; nil while there is nothing to judge yet.
    package let opensAt: Instant?
    /// When it ended; nil while it goes on.
    package let endedAt: Instant?
    /// Whether somebody has judged it.
    package let isJudged: Bool

    package init(
        _ occasion: EvaluationOccasion, at place: EvaluationPlace, opensAt: Instant?, endedAt: Instant?, isJudged: Bool
    ) {
        (self.occasion, self.place, self.isJudged) = (occasion, place, isJudged)
        (self.opensAt, self.endedAt) = (opensAt, endedAt)
    }
}
