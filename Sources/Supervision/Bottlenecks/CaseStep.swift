/// Where a dossier is on its way, as time is counted: what is done there, and for an examination or a procedure which
/// one. Its code stands in tables and addresses: never renamed.
package struct CaseStep: Hashable, Comparable, Sendable {
    /// In the order of a dossier's life.
    package enum Kind: String, Sendable, CaseIterable {
        case preReview = "pre-review"
        /// Sent back by the pre-review: the applicant mends it.
        case mending
        /// The originals are awaited.
        case originals
        /// Received, not yet accepted (行政许可法 art. 32).
        case acceptance
        /// 补正: the applicant corrects.
        case correction
        case examination
        /// A special procedure or a hearing, whose days do not count (art. 45).
        case procedure
        case decision
        /// Granted or refused; the result is being made.
        case making
        /// What a tolerant acceptance let follow is awaited.
        case supplement
        /// The result lies ready, or is on its way.
        case handOver = "hand-over"
        /// Handed over; the case is being closed.
        case closing
    }

    /// Whose time it is.
    package enum Side: String, Sendable { case office, applicant }

    package let kind: Kind
    /// The step of the examination or the kind of the procedure; empty where there is but one.
    package let detail: String

    package init(_ kind: Kind, _ detail: String = "") { (self.kind, self.detail) = (kind, detail) }

    /// What a code says; nil for what is none.
    package init?(code: String) {
        let parts = code.split(separator: ":", maxSplits: 1)
        guard let kind = parts.first.flatMap({ Kind(rawValue: String($0)) }) else { return nil }
        self.init(kind, parts.count > 1 ? String(parts[1]) : "")
    }

    /// `examination:second`, `decision`.
    package var code: String { detail.isEmpty ? kind.rawValue : "\(kind.rawValue):\(detail)" }

    package var side: Side {
        switch kind {
        case .mending, .originals, .correction, .supplement, .handOver: .applicant
        case .preReview, .acceptance, .examination, .procedure, .decision, .making, .closing: .office
        }
    }

    private var place: Int { Kind.allCases.firstIndex(of: kind) ?? Kind.allCases.count }

    package static func < (left: CaseStep, right: CaseStep) -> Bool {
        (left.place, left.detail) < (right.place, right.detail)
    }
}
