import Catalogue
import Supervision
import Vocabulary

/// What happened in a simulated city, counted by the simulation itself as it went: for comparison with what the house
/// says of itself.
package struct CityTotals: Equatable, Sendable, Encodable {
    package var filed = 0
    package var received = 0
    package var accepted = 0
    package var declined = 0
    package var withdrawn = 0
    package var corrections = 0
    package var corrected = 0
    package var tolerant = 0
    package var committed = 0
    package var special = 0
    package var hearings = 0
    package var decided = 0
    package var granted = 0
    package var refused = 0
    package var on_time = 0
    package var late = 0
    package var statutory_late = 0
    package var certificates = 0
    /// Certificates whose sealed file was made with the grant, and papers that were laid out with the decision.
    package var certificate_files = 0
    package var paper_files = 0
    package var handed_over = 0
    /// Evaluations by stars, and what became of the bad ones.
    package var judged = 0
    package var by_grade: [String: Int] = [:]
    package var called_back = 0
    package var mended = 0
    package var excluded = 0
    package var published = 0
    package var closed = 0
    /// Numbers that were taken in halls, those who were served with them, and those who had to join the queue again.
    package var visits = 0
    package var served = 0
    package var passed = 0
    /// Dossiers to which silence did something.
    package var woken = 0
    /// Commands and effects.
    package var deeds = 0
    package var effects = 0
    /// Effects that were tried and came to nothing; each was tried again.
    package var effects_failed = 0
    /// Trips to a hall that all cases together take, as they were filed, and how many cases take none, one and two.
    package var trips = 0
    package var by_trips: [String: Int] = [:]
    package var by_mode: [String: Int] = [:]
    /// Online, at a window, and with originals by courier.
    package var by_channel: [String: Int] = [:]
    package var by_delivery: [String: Int] = [:]
    package var by_month: [String: Int] = [:]
    package var by_region: [String: Int] = [:]
    package var by_item: [String: Int] = [:]
    package var decided_by_month: [String: Int] = [:]
    /// Commands that the house refused, by the deed and the code: somebody came too late or did what was done already.
    package var refusals: [String: Int] = [:]

    /// Counts what a deed of a case came to.
    mutating func count(_ deed: CityDeed, of one: CityCase, at now: Instant, _ calendar: WorkCalendar) {
        deeds += 1
        switch deed {
        case .file: countFiled(one)
        case .receive: received += 1
        case .requestCorrection: corrections += 1
        case .supplyCorrection: corrected += 1
        case .decline: declined += 1
        case .withdraw: withdrawn += 1
        case .accept: accepted += 1
        case .acceptTolerant: (accepted, tolerant) = (accepted + 1, tolerant + 1)
        case .beginSpecial: special += 1
        case .tellHearing: hearings += 1
        case .decide: countDecided(one, at: now, calendar)
        case .collect, .delivered: handed_over += 1
        case .judge, .callBack, .appeal, .ruleOnAppeal, .mend, .check, .revisit, .publish: countSaid(deed, one.verdict)
        case .takeNumber, .returnForPreReview, .resubmit, .passPreReview, .supplyLagging, .endSpecial, .requestHearing,
            .scheduleHearing, .recordHearing, .review, .returnToReviewer, .pickedUp, .announceVisit, .verify:
            break
        }
    }

    private mutating func countSaid(_ deed: CityDeed, _ verdict: CityVerdict?) {
        guard let verdict else { return }
        switch deed {
        case .judge:
            judged += 1
            by_grade["\(verdict.grade.rawValue)", default: 0] += 1
        case .callBack: called_back += 1
        case .ruleOnAppeal: excluded += verdict.isUpheld ? 1 : 0
        case .mend: mended += 1
        case .publish: published += 1
        default: break
        }
    }

    private mutating func countFiled(_ one: CityCase) {
        let choice = one.choice
        filed += 1
        if choice.mode.receipt != .originals { received += 1 }
        if choice.isCommitted { committed += 1 }
        let count = choice.mode.trips(by: choice.delivery, isImmediate: choice.isImmediate)
        trips += count
        by_trips["\(count)", default: 0] += 1
        by_mode[choice.mode.id, default: 0] += 1
        let channel = choice.hall != nil ? "window" : choice.mode.originals == .courier ? "mail" : "online"
        by_channel[channel, default: 0] += 1
        by_delivery[choice.delivery.id, default: 0] += 1
        by_month[String(one.filedAt.day.description.prefix(7)), default: 0] += 1
        by_region[choice.guide.body.region.code, default: 0] += 1
        by_item[choice.guide.standard.slug, default: 0] += 1
    }

    private mutating func countDecided(_ one: CityCase, at now: Instant, _ calendar: WorkCalendar) {
        decided += 1
        decided_by_month[String(now.day.description.prefix(7)), default: 0] += 1
        if one.fate.refuses { refused += 1 } else { granted += 1 }
        guard let start = one.clockFrom else { return }
        // A limit ends when its last day's business does (民法典 art. 203): what is decided on the spot is late, too, if
        // whoever was received at ten to five has it at five past. Whoever was received after that has until the close
        // of the next working day.
        func isOver(_ limit: Int) -> Bool {
            let isAfterwards = start >= calendar.closeOfBusiness(on: start.day)
            let days = max(limit + one.pausedDays, isAfterwards ? 1 : 0)
            return now >= calendar.closeOfBusiness(on: calendar.day(WorkingDays(days), after: start.day))
        }
        let guide = one.choice.guide
        if isOver(guide.promisedLimit.value) { late += 1 } else { on_time += 1 }
        if isOver(guide.statutoryLimit.value) { statutory_late += 1 }
    }
}

extension CityTotals {
    /// Where the books that an auditor kept of the journal say something else; empty where they agree.
    package func differences(from books: Auditor.Books) -> [String] {
        let pairs = [
            ("filed", filed, books.submitted), ("accepted", accepted, books.accepted),
            ("corrections", corrections, books.corrections), ("withdrawn", withdrawn, books.withdrawn),
            ("declined", declined, books.declined), ("decided", decided, books.decided),
            ("granted", granted, books.granted), ("refused", refused, books.refused),
            ("certificates", certificates, books.filed - books.takenOver), ("closed", closed, books.closed),
            ("judged", judged, books.judged), ("published", published, books.published),
            ("visits", visits, books.visits), ("served", served, books.served), ("passed", passed, books.passed),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1) by the simulation, \($0.2) in the journal" }
    }
}
