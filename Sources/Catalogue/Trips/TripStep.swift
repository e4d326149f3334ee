import Vocabulary

extension TripPlan {
    /// Where each material of an application comes from, by id, in the order of the guide.
    package struct Basket: Hashable, Sendable {
        /// Held as certificates: the library supplies them.
        package let library: [String]
        /// The application form: made from the answers.
        package let answers: [String]
        /// Everything else: uploaded online, brought to a window.
        package let own: [String]
    }

    /// One step of a way.
    package enum Step: Hashable, Sendable {
        /// Filled in and sent online.
        case fileOnline(Basket)
        /// Looked at before it counts as received.
        case preReview
        /// A courier fetches these originals.
        case courierFetches([String])
        /// These originals are handed in at a window.
        case handIn([String])
        /// Filed at a window, with everything.
        case fileAtWindow(Basket)
        /// Decided within the promised limit.
        case decision(GuideLimit)
        /// Decided and handed over while the applicant waits.
        case onTheSpot
        /// The result comes as an electronic certificate.
        case electronicResult
        /// A courier brings the result.
        case courierBrings
        /// The result is collected, and these originals are shown.
        case collect(showing: [String])

        /// Whether somebody comes to a hall for it.
        package var isVisit: Bool {
            switch self {
            case .handIn, .fileAtWindow, .collect: true
            case .fileOnline, .preReview, .courierFetches, .decision, .onTheSpot, .electronicResult, .courierBrings:
                false
            }
        }
    }
}

extension Asked {
    private var basket: TripPlan.Basket {
        let own = materials.filter { !held.contains($0.id) }
        return TripPlan.Basket(
            library: materials.map(\.id).filter(held.contains), answers: own.filter(\.isTheForm).map(\.id),
            own: own.filter { !$0.isTheForm }.map(\.id))
    }

    /// The steps of a journey; as many of them are visits as it has trips.
    func steps(_ journey: Journey, _ mode: ServiceMode) -> [TripPlan.Step] {
        let filing: TripPlan.Step = journey.submission == .online ? .fileOnline(basket) : .fileAtWindow(basket)
        let preReview: [TripPlan.Step] = mode.hasPreReview ? [.preReview] : []
        guard !journey.isOneVisit else { return [filing] + preReview + handing(journey) + [.onTheSpot] }
        return [filing] + preReview + handing(journey) + [.decision(guide.promisedLimit), result(journey)]
    }

    /// How originals come that do not come with the filing.
    private func handing(_ journey: Journey) -> [TripPlan.Step] {
        guard journey.submission == .online else { return [] }
        switch journey.originals {
        case .none, .verifiedAtPickUp: return []
        case .courier: return [.courierFetches(onPaper.map(\.id))]
        case .counter: return [.handIn(onPaper.map(\.id))]
        }
    }

    private func result(_ journey: Journey) -> TripPlan.Step {
        let shown = journey.originals == .verifiedAtPickUp ? onPaper.map(\.id) : []
        guard !journey.hasPickUpVisit else { return .collect(showing: shown) }
        return journey.carrier == .courier ? .courierBrings : .electronicResult
    }
}
