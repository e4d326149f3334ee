package import Vocabulary

/// 到现场: the applicant or her agent at a hall, once, and what for.
package struct HallVisit: Hashable, Sendable {
    /// What somebody comes for.
    package enum Purpose: String, Sendable, CaseIterable {
        /// Files at a window.
        case filing
        /// Hands originals in that come after an online filing.
        case originals
        /// Mends on the spot (行政许可法 art. 32(3)).
        case mending
        /// Brings what a notice asked for, or what may follow.
        case corrections
        /// Takes the result, with her originals where they are compared then.
        case result
    }

    package let day: CivilDate
    /// In the order in which they were done.
    package fileprivate(set) var purposes: [Purpose]

    package init(_ day: CivilDate, _ purposes: [Purpose]) {
        (self.day, self.purposes) = (day, purposes)
    }
}

/// The visits that the events of a dossier tell of. What is done at a window on one day is one visit, with two
/// exceptions: what a notice asks for is brought on a way of its own, and so the result is fetched of a case that is
/// not decided on the spot. A hearing is a right of its own and no trip of the application.
struct HallVisits: Hashable, Sendable {
    private(set) var all: [HallVisit] = []

    /// Adds what an event tells of.
    mutating func note(_ event: DossierEvent, on day: CivilDate, by actor: Actor, of dossier: DossierEvent.Submitted) {
        guard let purpose = purpose(of: event, by: actor, in: dossier) else { return }
        if let last = all.indices.last, all[last].day == day, joins(purpose, all[last], dossier) {
            if !all[last].purposes.contains(purpose) { all[last].purposes.append(purpose) }
        } else {
            all.append(HallVisit(day, [purpose]))
        }
    }

    private func purpose(
        of event: DossierEvent, by actor: Actor, in dossier: DossierEvent.Submitted
    ) -> HallVisit.Purpose? {
        switch event {
        case .submitted: dossier.hall == nil ? nil : .filing
        case .received: dossier.mode.receipt == .originals && dossier.mode.originals == .counter ? .originals : nil
        case .mended: actor.isOfficial ? .mending : nil
        // What the applicant sends herself comes online; what a member of staff takes in was brought.
        case .resubmitted, .corrected, .tolerance(.supplied): actor.isOfficial ? .corrections : nil
        case .handedOver(let proof, _): proof.isAtWindow ? .result : nil
        case .preReviewReturned, .preReviewPassed, .correctionRequested, .accepted, .declined, .reviewPassed,
            .returnedToReviewer, .granted, .refused, .certificateFiled, .issued, .closed, .withdrawn, .terminated,
            .lapsed, .special, .hearing, .extended, .party, .tolerance, .commitment, .licence, .overrun, .handling,
            .clock:
            nil
        }
    }

    private func joins(_ purpose: HallVisit.Purpose, _ last: HallVisit, _ dossier: DossierEvent.Submitted) -> Bool {
        switch purpose {
        case .filing, .originals, .mending: true
        case .corrections: last.purposes == [.corrections]
        case .result: dossier.terms.isDecidedOnTheSpot || last.purposes == [.corrections]
        }
    }
}

extension HandOverProof {
    /// Whether somebody stood at an issuing window.
    package var isAtWindow: Bool {
        switch self {
        case .pickUpCode, .identityCard: true
        case .electronic, .courier: false
        }
    }
}

extension Terms {
    /// 即办件: promised while the applicant waits.
    package var isDecidedOnTheSpot: Bool { promised.value == 0 }
}

extension DossierEvent.Submitted {
    /// 承诺趟数: the visits that the way chosen takes, as the applicant was told when she filed; by the one formula of
    /// trips.
    package var tripsPromised: Int {
        mode.trips(by: delivery, isImmediate: terms.isDecidedOnTheSpot)
    }
}

extension Dossier {
    /// 实际趟数: how often somebody came to a hall so far.
    package var tripsMade: Int { visits.count }

    /// 承诺趟数, as it was when it was filed.
    package var tripsPromised: Int { submitted.tripsPromised }
}
