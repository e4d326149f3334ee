import Testing
import Vocabulary

@testable import Catalogue

/// How often one must come, worked out before one applies.
@Suite struct TripPlanTests {
    /// Every way to answer all questions of a guide, and no answer at all.
    private static func situations(_ guide: Guide) -> [[String: String]] {
        let whole = guide.situations.reduce([[:]] as [[String: String]]) { soFar, question in
            soFar.flatMap { answers in question.choices.map { answers.merging([question.id: $0.id]) { $1 } } }
        }
        return guide.situations.isEmpty ? whole : whole + [[:]]
    }

    @Test func `over every guide that ships, in every situation, the plan says what the guide promises`() throws {
        var plans = 0
        for guide in try Demonstration.catalogue().guides {
            for situation in Self.situations(guide) {
                let plan = TripPlan(guide, situation: situation)
                #expect(plan.trips == guide.leastTripsOffered, "\(guide.itemCode) \(situation)")
                #expect(plan.difference == nil && plan.promised == guide.leastTripsOffered)
                plans += 1
            }
        }
        #expect(plans > 1000)
    }

    @Test func `every item of the real list has a plan with the trips that it promises`() throws {
        let (composer, completion) = (try GuideComposer.shipped(), try Completion.shipped())
        var guides = 0
        for sheet in try SheetRowsTests.imported().map(completion.complete) {
            for guide in try composer.guides(of: sheet).prefix(1) {
                let plan = TripPlan(guide)
                #expect(plan.trips == guide.leastTripsOffered && plan.difference == nil, "\(sheet.slug)")
                guides += 1
            }
        }
        #expect(guides > 1000)
    }

    @Test func `the figures count what the plan says`() throws {
        let guides = try Demonstration.catalogue().guides
        let index = try SearchHouse.index(of: guides.map { ($0.line(version: 1), ItemWording($0.standard)) })
        let figures = try CatalogueFigures(index)
        let plans = guides.map { TripPlan($0) }
        #expect(figures.whole.zeroTrip == plans.count { $0.trips == 0 })
        #expect(figures.whole.atMostOneTrip == plans.count { $0.trips.map { $0 <= 1 } ?? false })
        for guide in guides {
            #expect(guide.isZeroTrip == (TripPlan(guide).trips == 0))
            #expect(guide.isAtMostOneTrip == (TripPlan(guide).trips.map { $0 <= 1 } ?? false))
        }
    }

    @Test func `a way has as many visits among its steps as trips, in every mode and delivery`() throws {
        let guide = try Demonstration.guide("labour-dispatch")
        let asked = Asked(guide, materials: guide.materials, held: [], hasCourier: true)
        var journeys = 0
        for mode in ServiceMode.all {
            for delivery in DeliveryMode.all where mode.allows(delivery) {
                for isImmediate in [false, true] {
                    let journey = Journey(
                        mode.submission, originals: mode.originals, carrier: delivery.carrier, isImmediate: isImmediate)
                    let steps = asked.steps(journey, mode)
                    #expect(steps.count(where: \.isVisit) == journey.trips, "\(mode.id) \(delivery.id) \(isImmediate)")
                    #expect(steps.contains(.preReview) == mode.hasPreReview)
                    journeys += 1
                }
            }
        }
        #expect(journeys == 28)
        for guide in try Demonstration.catalogue().guides {
            for way in TripPlan(guide).ways { #expect(way.visits.count == way.trips) }
        }
    }

    @Test func `where the house has no courier, nothing travels by one, and the plan says why it takes more`() throws {
        var differing = 0
        for guide in try Demonstration.catalogue().guides {
            let plan = TripPlan(guide, hasCourier: false)
            #expect(plan.ways.allSatisfy { $0.delivery.carrier != .courier })
            let others = TripPlan(guide).ways.filter {
                $0.delivery.carrier != .courier && $0.mode.originals != .courier
            }
            #expect(plan.ways == others)
            guard plan.trips != plan.promised else { continue }
            differing += 1
            #expect(plan.difference == .deliveryMissing)
        }
        #expect(differing < (try Demonstration.catalogue().guides.count), "most guides promise without one")
    }

    /// Labour dispatch, filed in person, wanting one original on paper: the capital report, of this type of certificate.
    private static func dispatch(
        type: String? = "11100000MADEM40046001", delivery: [String] = ["eCertificate", "courier", "counter"]
    ) throws -> Guide {
        let guide = try Demonstration.guide("labour-dispatch")
        let raw = guide.standard.materials
        var changes: [(path: [any Sendable], value: any Sendable)] = [
            (["standard", "resultDelivery"], delivery)
        ]
        for (index, material) in raw.enumerated() where material.wantsPaper {
            if material.id == "capitalReport" {
                if let type { changes.append((["standard", "materials", index, "certificateTypeCode"], type)) }
            } else {
                changes.append((["standard", "materials", index, "medium"], "2"))
            }
        }
        return try Demonstration.broken("labour-dispatch", changes)
    }

    private static let own = ["premises": "rented", "filedBy": "self"]

    @Test func `whoever holds nothing hands the original in, and is told which certificate spares it`() throws {
        let guide = try Self.dispatch()
        let plan = TripPlan(guide, situation: Self.own)
        #expect(plan.onPaper == ["capitalReport"])
        #expect(plan.trips == 1 && plan.best?.mode == .preReviewThenCounter && plan.best?.isSpared == false)
        #expect(plan.best?.visits == [.handIn(["capitalReport"])])
        #expect(plan.savings.contains(.certificates(["capitalReport"], trips: 0)))
        #expect(plan.difference == nil)
    }

    @Test func `whoever holds it as a certificate comes to no window, and the difference is named`() throws {
        let guide = try Self.dispatch()
        let plan = TripPlan(guide, situation: Self.own, held: ["capitalReport"])
        #expect(plan.trips == 0 && plan.promised == 1 && plan.difference == .spared)
        let best = try #require(plan.best)
        #expect(best.mode == .fullyOnline && best.delivery == .eCertificate && best.isSpared && best.visits.isEmpty)
        guard case .fileOnline(let basket)? = best.steps.first else {
            Issue.record("it is filed online")
            return
        }
        #expect(basket.library == ["capitalReport"] && basket.answers == ["applicationForm"])
        #expect(basket.own.contains("lease") && !basket.own.contains("propertyCertificate"))
        // The ways of the guide stay open beside it.
        #expect(plan.ways.contains { $0.mode == .preReviewThenCounter && $0.trips == 1 })
    }

    @Test func `an original of which no certificate exists is named as what one comes for`() throws {
        let plan = TripPlan(try Self.dispatch(type: nil), situation: Self.own, held: ["businessLicence"])
        #expect(plan.trips == 1 && plan.savings.contains(.withoutCertificate(["capitalReport"])))
        #expect(!plan.savings.contains { if case .certificates = $0 { true } else { false } })
    }

    @Test func `a certificate opens nothing where the result is delivered on paper only`() throws {
        let guide = try Self.dispatch(delivery: ["counter"])
        let plan = TripPlan(guide, situation: Self.own, held: ["capitalReport"])
        #expect(plan.ways.allSatisfy { !$0.isSpared } && plan.savings.contains(.resultOnPaper))
        // The pre-review delivers by courier or electronically, which this guide does not: the promise was too good.
        #expect(plan.trips == 2 && plan.promised == 1 && plan.difference == .deliveryMissing)
    }

    @Test func `a guide whose visit is not for the sake of paper is not spared by any certificate`() throws {
        let guide = try Demonstration.guide("labour-dispatch")
        let changes = guide.standard.materials.indices.map { index -> (path: [any Sendable], value: any Sendable) in
            (["standard", "materials", index, "medium"], "2")
        }
        let plan = TripPlan(try Demonstration.broken("labour-dispatch", changes), held: Set(guide.materials.map(\.id)))
        #expect(plan.onPaper == [] && plan.trips == 1 && plan.difference == nil)
        #expect(plan.ways.allSatisfy { !$0.isSpared })
    }

    @Test func `what is decided on the spot is one visit, though the modes promise two`() throws {
        let guide = try Demonstration.broken(
            "special-working-hours",
            [(["standard", "serviceModes"], ["O0"]), (["standard", "promisedLimit", "value"], 0)])
        let plan = TripPlan(guide)
        #expect(plan.trips == 1 && plan.promised == 2 && plan.difference == .onTheSpot)
        #expect(plan.best?.steps.last == .onTheSpot && plan.best?.visits.count == 1)
    }

    @Test func `a way that the house cannot carry out is named where it has fewer trips`() throws {
        let guide = try Demonstration.broken(
            "special-working-hours", [(["standard", "serviceModes"], ["O3", "O6", "O0"])])
        let whole = TripPlan(guide)
        #expect(whole.trips == 0 && whole.best?.mode == .courierBothWays && whole.best?.visits.isEmpty == true)
        let plan = TripPlan(guide, hasCourier: false)
        #expect(plan.trips == 1 && plan.promised == 0 && plan.difference == .deliveryMissing)
        #expect(plan.savings.contains(.notOffered(.courierBothWays, .eCertificate, trips: 0)))
        let closed = TripPlan(
            try Demonstration.broken(
                "special-working-hours",
                [(["standard", "serviceModes"], ["O3"]), (["standard", "resultDelivery"], ["courier"])]),
            hasCourier: false)
        #expect(closed.ways == [] && closed.trips == nil && closed.difference == .deliveryMissing)
        #expect(closed.savings.contains(.notOffered(.courierBothWays, .courier, trips: 0)))
    }

    @Test func `in a mode in which one comes for the result, the delivery that spares it is named`() throws {
        let plan = TripPlan(try Demonstration.guide("special-working-hours"))
        #expect(plan.trips == 0)
        #expect(
            plan.savings == [.delivery(.eCertificate, instead: .counter, in: .nearestWindow, trips: 1)])
        let trips = plan.ways.map(\.trips)
        #expect(trips == trips.sorted(), "the fewest first")
        #expect(plan.ways.last?.mode == .ordinary && plan.ways.last?.trips == 2)
    }
}
