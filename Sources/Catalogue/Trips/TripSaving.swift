package import Vocabulary

extension TripPlan {
    /// Something that makes the trips fewer, or that keeps them from being fewer.
    package enum Saving: Hashable, Sendable {
        /// The result travels another way in the same mode.
        case delivery(DeliveryMode, instead: DeliveryMode, in: ServiceMode, trips: Int)
        /// These materials are held as certificates: then nothing comes on paper any more.
        case certificates([String], trips: Int)
        /// No certificate of these materials exists: their originals are what one comes for.
        case withoutCertificate([String])
        /// Nothing has to come on paper, but the guide does not deliver the result without a visit.
        case resultOnPaper
        /// A way of the guide that this house cannot carry out yet.
        case notOffered(ServiceMode, DeliveryMode, trips: Int)
    }
}

extension Asked {
    /// What would make the trips of these ways fewer.
    var savings: [TripPlan.Saving] {
        let ways = ways
        return betterDeliveries(ways) + (ways.first?.trips == 0 ? [] : fewerOriginals + unoffered(ways.first?.trips))
    }

    /// In each mode, another delivery than the one for which one comes.
    private func betterDeliveries(_ ways: [TripPlan.Way]) -> [TripPlan.Saving] {
        ways.compactMap { way in
            guard way.delivery.carrier == .hall,
                let better = ways.first(where: { $0.mode == way.mode && $0.trips < way.trips })
            else { return nil }
            return .delivery(better.delivery, instead: way.delivery, in: way.mode, trips: better.trips)
        }
    }

    /// What the originals on paper have to do with it.
    private var fewerOriginals: [TripPlan.Saving] {
        guard wantsPaperOnline else { return [] }
        let bare = onPaper.filter { $0.certificateTypeCode == nil }
        guard bare.isEmpty else { return [.withoutCertificate(bare.map(\.id))] }
        let trips = deliveries.flatMap { delivery in
            Self.paperless.filter { $0.isOffered && $0.allows(delivery) }.map {
                $0.trips(by: delivery, isImmediate: guide.isDecidedOnTheSpot)
            }
        }.min()
        guard let trips else { return [.resultOnPaper] }
        return onPaper.isEmpty ? [] : [.certificates(onPaper.map(\.id), trips: trips)]
    }

    /// Whether the house can carry a way out.
    private func isCarried(_ mode: ServiceMode, by delivery: DeliveryMode) -> Bool {
        let needsCourier = mode.originals == .courier || delivery.carrier == .courier
        return mode.isOffered && delivery.isOffered && (hasCourier || !needsCourier)
    }

    /// The way of the guide with the fewest trips that is not open yet, where it has fewer than the open ones.
    private func unoffered(_ best: Int?) -> [TripPlan.Saving] {
        let closed = guide.standard.serviceModes.flatMap { mode in
            guide.standard.resultDelivery.filter(mode.allows)
                .filter { !isCarried(mode, by: $0) }
                .map { (mode, $0, trips: mode.trips(by: $0, isImmediate: guide.isDecidedOnTheSpot)) }
        }
        guard let least = closed.map(\.trips).min(), best.map({ least < $0 }) ?? true else { return [] }
        return closed.first { $0.trips == least }.map { [.notOffered($0.0, $0.1, trips: $0.trips)] } ?? []
    }
}
