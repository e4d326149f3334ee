package import Vocabulary

/// 跑动次数测算: how often somebody must come to a hall for an item, before she applies: by each way that is open to her,
/// step by step, with what would make it fewer. It follows from the guide, from what her situation asks for and from
/// what she holds, by the one formula of trips (`Journey`).
package struct TripPlan: Hashable, Sendable {
    /// One way to file and to get the result.
    package struct Way: Hashable, Sendable {
        package let mode: ServiceMode
        package let delivery: DeliveryMode
        /// Visits to a hall; as many as there are steps that are visits.
        package let trips: Int
        package let steps: [Step]
        /// Whether the guide does not name the mode: it is open because nothing is left that has to come on paper.
        package let isSpared: Bool

        /// What one comes to a hall for, in order.
        package var visits: [Step] { steps.filter(\.isVisit) }
    }

    /// Why the plan has other trips than the guide promises (E39, among the modes that are offered).
    package enum Difference: String, Hashable, Sendable, CaseIterable {
        /// Fewer: what the guide wants to see on paper is held as certificates, or not asked for in the situation.
        case spared
        /// Fewer: what is decided on the spot is handed over in the same visit.
        case onTheSpot
        /// More: the promise counts on a delivery that the guide does not have or the house cannot carry out.
        case deliveryMissing
    }

    /// The ways that are open, those with the fewest trips first and otherwise in the order of the guide.
    package let ways: [Way]
    /// The materials that have to come as originals on paper, by id.
    package let onPaper: [String]
    /// What the guide promises at least (`Guide.leastTripsOffered`).
    package let promised: Int?
    /// What would make it fewer.
    package let savings: [Saving]

    /// The plan for these materials of a guide, some of which are held as certificates, by id. Where the house has no
    /// courier, nothing travels by one.
    package init(_ guide: Guide, materials: [MaterialSpec], held: Set<String>, hasCourier: Bool = true) {
        let asked = Asked(guide, materials: materials, held: held, hasCourier: hasCourier)
        ways = asked.ways
        onPaper = asked.onPaper.map(\.id)
        promised = guide.leastTripsOffered
        savings = asked.savings
    }

    /// The plan for a situation. Where questions are open, everything counts that may still be asked for.
    package init(
        _ guide: Guide, situation: [String: String] = [:], held: Set<String> = [], hasCourier: Bool = true
    ) {
        self.init(
            guide, materials: guide.materials.filter { $0.appliesWhen.mayHold(for: situation) }, held: held,
            hasCourier: hasCourier)
    }

    /// The way with the fewest trips; nil where no way is open.
    package var best: Way? { ways.first }

    /// The fewest trips; nil where no way is open.
    package var trips: Int? { best?.trips }

    /// Why the plan and the promise differ; nil where they say the same.
    package var difference: Difference? {
        guard trips != promised, let promised else { return nil }
        guard let best, best.trips < promised else { return .deliveryMissing }
        return best.isSpared ? .spared : .onTheSpot
    }
}

/// What an applicant has to bring, as the ways are worked out from it.
struct Asked {
    let guide: Guide
    let materials: [MaterialSpec]
    let held: Set<String>
    /// The materials that have to come as originals on paper.
    let onPaper: [MaterialSpec]
    let hasCourier: Bool

    init(_ guide: Guide, materials: [MaterialSpec], held: Set<String>, hasCourier: Bool) {
        (self.guide, self.materials, self.held, self.hasCourier) = (guide, materials, held, hasCourier)
        onPaper = materials.filter { $0.wantsPaper && !held.contains($0.id) }
    }

    /// How results travel that the house can carry.
    var deliveries: [DeliveryMode] {
        guide.standard.resultDelivery.filter { $0.isOffered && (hasCourier || $0.carrier != .courier) }
    }

    var ways: [TripPlan.Way] {
        let listed = guide.offeredModes.flatMap { ways(in: $0, isSpared: false) }
        let open = listed + sparedModes.flatMap { ways(in: $0, isSpared: true) }
        return open.enumerated().sorted { ($0.element.trips, $0.offset) < ($1.element.trips, $1.offset) }
            .map(\.element)
    }

    private func ways(in mode: ServiceMode, isSpared: Bool) -> [TripPlan.Way] {
        guard hasCourier || mode.originals != .courier else { return [] }
        return deliveries.filter(mode.allows).map { way(mode, $0, isSpared: isSpared) }
    }

    private func way(_ mode: ServiceMode, _ delivery: DeliveryMode, isSpared: Bool) -> TripPlan.Way {
        let journey = Journey(
            mode.submission, originals: mode.originals, carrier: delivery.carrier,
            isImmediate: guide.isDecidedOnTheSpot)
        return TripPlan.Way(
            mode: mode, delivery: delivery, trips: journey.trips, steps: steps(journey, mode), isSpared: isSpared)
    }

    /// Whether the guide wants originals online only for the sake of materials; where it names none that come on paper,
    /// its visit has another reason (E40), and no certificate spares it.
    var wantsPaperOnline: Bool {
        guide.standard.serviceModes.contains { $0.submission == .online && $0.originals != .none }
            && guide.materials.contains(where: \.wantsPaper)
    }

    /// Online modes without paper that the guide does not name, open where nothing is left that has to come on paper:
    /// what can be shared is not demanded again (国令716 art. 7).
    private var sparedModes: [ServiceMode] {
        guard wantsPaperOnline, onPaper.isEmpty else { return [] }
        return Self.paperless.filter { $0.isOffered && !guide.standard.serviceModes.contains($0) }
    }

    static let paperless = ServiceMode.all.filter { $0.submission == .online && $0.originals == .none }
}

extension MaterialSpec {
    /// Whether the material is the application form, which is made from the answers.
    package var isTheForm: Bool { blankForm?.id.hasPrefix("form/") ?? false }

    /// Whether it has to come on paper where nothing else stands for it: it is wanted on paper, or as an original that
    /// may be on paper.
    package var wantsPaper: Bool {
        guard !isTheForm, medium != .electronic else { return false }
        return medium == .paper || (originalCopies > 0 && (kind == .original || kind == .both))
    }
}

extension Guide {
    /// 即办件: decided while the applicant waits.
    package var isDecidedOnTheSpot: Bool { promisedLimit.value == 0 }
}
