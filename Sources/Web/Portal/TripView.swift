import Catalogue
import Dossiers
import Vocabulary

/// A plan of trips in words.
struct TripView {
    let item: ItemVersion
    let asked: AskedSituation
    let plan: TripPlan
    /// Whether the plan knows what the reader holds.
    let isSignedIn: Bool
    let words: Words
    var guide: Guide { item.guide }

    /// `您：0趟`.
    var headline: String {
        plan.trips.map { words.count("trips.you", $0) } ?? words["trips.no-way"]
    }

    var lead: String {
        guard let best = plan.best else { return words["trips.no-way-help"] }
        return words("trips.best", ["mode": mode(best), "delivery": delivery(best.delivery)])
    }

    /// For whom the plan is made, and what may still change it.
    var holder: String {
        words.sentences(
            words[isSignedIn ? Word("trips.as-you") : Word("trips.as-nobody")],
            asked.isComplete ? "" : words["trips.open-questions"])
    }

    func mode(_ way: TripPlan.Way) -> String { words.pick(way.mode.label, way.mode.labelEnglish) }
    func delivery(_ mode: DeliveryMode) -> String { words.pick(mode.label, mode.labelEnglish) }

    func names(_ materials: [String]) -> String {
        materials.map { id in guide.materials.first { $0.id == id }.map { words.pick($0.name) } ?? id }
            .joined(separator: words["situation.between"])
    }

    /// The steps of the best way as a picture, then where each material comes from.
    func steps(_ html: inout HTML) {
        guard let best = plan.best else { return }
        html.heading(words["item.steps"])
        html.steps(picture(best))
        if best.isSpared { html.paragraph(words["trips.spared"]) }
        html.subheading(words["trips.sources"])
        html.summary(sources(best))
        if best.trips > 0, let reason = guide.standard.onSiteReason {
            html.note(words("trips.reason", ["reason": words.pick(reason)]))
        }
    }

    private func picture(_ way: TripPlan.Way) -> StepPicture {
        var visits = 0
        let steps = way.steps.map { step in
            if step.isVisit { visits += 1 }
            return StepPicture.Step(
                words[step.word], who: who(step), limit: limit(step, visits), isMarked: step.isVisit)
        }
        return StepPicture(headline, steps)
    }

    /// What belongs to a step, in few words.
    private func who(_ step: TripPlan.Step) -> String {
        switch step {
        case .fileOnline(let basket), .fileAtWindow(let basket):
            let uploads: StaticString = step.isVisit ? "trips.brings" : "trips.uploads"
            let parts = [
                basket.library.isEmpty ? "" : words.count("trips.from-library", basket.library.count),
                basket.own.isEmpty ? "" : words.count(uploads, basket.own.count),
            ].filter { !$0.isEmpty }
            return parts.isEmpty ? words["trips.nothing-to-bring"] : words.list(parts)
        case .handIn(let materials), .collect(let materials), .courierFetches(let materials):
            return materials.isEmpty ? "" : words.count("trips.originals", materials.count)
        case .preReview, .decision, .onTheSpot, .electronicResult, .courierBrings: return ""
        }
    }

    private func limit(_ step: TripPlan.Step, _ visits: Int) -> String {
        switch step {
        case .preReview: words.workingDays(LegalClock.preReview)
        case .decision(let limit): words.limit(limit)
        case .handIn, .fileAtWindow, .collect: words("trips.nth", ["n": "\(visits)"])
        case .fileOnline, .courierFetches, .onTheSpot, .electronicResult, .courierBrings: words["trips.no-visit"]
        }
    }

    private func sources(_ way: TripPlan.Way) -> [SummaryRow] {
        let rows = way.steps.flatMap { step -> [(Word, [String])] in
            switch step {
            case .fileOnline(let basket), .fileAtWindow(let basket):
                let own = step.isVisit ? Word("trips.source-brought") : Word("trips.source-uploaded")
                return [
                    (Word("trips.source-library"), basket.library), (Word("trips.source-answers"), basket.answers),
                    (own, basket.own),
                ]
            case .handIn(let originals): return [(Word("trips.source-handed-in"), originals)]
            case .collect(let originals): return [(Word("trips.source-shown"), originals)]
            case .courierFetches(let originals): return [(Word("trips.source-fetched"), originals)]
            case .preReview, .decision, .onTheSpot, .electronicResult, .courierBrings: return []
            }
        }
        return rows.filter { !$0.1.isEmpty }.map { SummaryRow(words[$0.0], names($0.1)) }
    }

    /// The other ways with their trips.
    func others(_ html: inout HTML) {
        let others = Array(plan.ways.dropFirst())
        guard !others.isEmpty else { return }
        html.heading(words["trips.others"])
        html.element("div", .class("wrapping")) { html in
            html.table(
                words["trips.others-order"],
                [
                    Column(words["trips.way"]), Column(words["trips.count"], isNumeric: true),
                    Column(words["trips.come-for"]),
                ], others
            ) { _ in
            } row: { html, way in
                html.row { html in
                    html.headCell(words("trips.way-by", ["mode": mode(way), "delivery": delivery(way.delivery)]))
                    html.cell(words.number(way.trips), isNumeric: true)
                    html.cell(way.visits.isEmpty ? "–" : words.list(way.visits.map { words[$0.word] }))
                }
            }
        }
    }

    /// What would make it fewer.
    func savings(_ html: inout HTML) {
        guard !plan.savings.isEmpty else { return }
        html.card(words["trips.fewer"]) { html in
            for saving in plan.savings { html.paragraph(sentence(saving)) }
        }
    }

    private func sentence(_ saving: TripPlan.Saving) -> String {
        switch saving {
        case .delivery(let better, let instead, let mode, let trips):
            words(
                "trips.fewer-delivery",
                [
                    "mode": words.pick(mode.label, mode.labelEnglish), "better": delivery(better),
                    "instead": delivery(instead), "trips": words.count("trips.plain", trips),
                ])
        case .certificates(let materials, let trips):
            words(
                "trips.fewer-certificates",
                ["materials": names(materials), "trips": words.count("trips.plain", trips)])
        case .withoutCertificate(let materials): words("trips.fewer-without", ["materials": names(materials)])
        case .resultOnPaper: words["trips.fewer-result"]
        case .notOffered(let mode, let delivery, let trips):
            words(
                "trips.fewer-not-offered",
                [
                    "mode": words.pick(mode.label, mode.labelEnglish), "delivery": self.delivery(delivery),
                    "trips": words.count("trips.plain", trips),
                ])
        }
    }

    /// Why the plan is not what the guide has published, where it is not.
    func difference(_ html: inout HTML) {
        if let difference = plan.difference {
            html.note(words[difference.word])
        } else if let trips = plan.trips, trips > guide.standard.onSiteVisits.headline {
            html.note(words("trips.differs-mode", ["trips": words.trips(guide.standard.onSiteVisits.headline)]))
        }
    }
}

extension TripPlan.Step {
    fileprivate var word: Word {
        switch self {
        case .fileOnline: Word("trips.step-online")
        case .preReview: Word("trips.step-pre-review")
        case .courierFetches: Word("trips.step-courier-fetches")
        case .handIn: Word("trips.step-hand-in")
        case .fileAtWindow: Word("trips.step-window")
        case .decision: Word("trips.step-decision")
        case .onTheSpot: Word("trips.step-on-the-spot")
        case .electronicResult: Word("trips.step-electronic")
        case .courierBrings: Word("trips.step-courier-brings")
        case .collect(let shown): shown.isEmpty ? Word("trips.step-collect") : Word("trips.step-show-and-collect")
        }
    }
}

extension TripPlan.Difference {
    fileprivate var word: Word {
        switch self {
        case .spared: Word("trips.differs-spared")
        case .onTheSpot: Word("trips.differs-on-the-spot")
        case .deliveryMissing: Word("trips.differs-delivery")
        }
    }
}
