import Dossiers
import Store
import Vocabulary

/// The books of one dossier, kept by somebody who sees only what happened and when, and knows the law.
struct NaiveBook {
    /// Where it stands, for the clock.
    enum Place: Equatable {
        case preReview(Second), returned, awaiting, received(Second), correction(Second), examined, proposed
        case decided(Second), ready, handed, over
    }

    /// A special procedure: when it was told, for how long, and when its result came.
    struct Stop {
        let procedure: SpecialProcedure
        let event: Int
        let begun: Second
        var told: Int
        var ended: Second?
        var toldEnd: Day { NaiveLimit(told).end(begun) }
    }

    struct Talk {
        let told: Second
        var requested: Second?
        var ended: Second?
        var requestEnd: Day { NaiveLimit(5).end(told) }
        var holdEnd: Day? { requested.map { NaiveLimit(20).end($0) } }
    }

    let submitted: DossierEvent.Submitted
    let filed: Second
    var terms: Terms { submitted.terms }
    /// At a window or a locker of it.
    var isFetched: Bool { submitted.delivery == .counter || submitted.delivery == .selfServiceTerminal }
    var place: Place
    /// When everything that was asked for was there.
    var complete: Second?
    var accepted: (from: Second, written: Second, bySilence: Bool)?
    var decided: (at: Second, isGrant: Bool)?
    var stops: [Stop] = []
    var talk: Talk?
    var extended: (value: Int, event: Int)?
    var lagging: Set<String> = []
    var tolerance: (at: Second, days: Int)?
    var mustVerify = false
    /// What was written of the clock: the ends that were announced or passed.
    var reminded: Day?
    var passed: [ClockLimit: Day] = [:]
    var shared: Day?
    // The desk.
    var step: String?
    var arrived: Second?
    var holder: StaffID?
    var round: (until: Day, awaited: Set<Respondent>)?
    var runs: [NaiveRun] = []

    init(_ line: DossierTable.HistoryLine) {
        guard case .submitted(let submitted, _) = line.event else { preconditionFailure("begins with a submission") }
        (self.submitted, filed) = (submitted, line.at.naive)
        place = submitted.mode.hasPreReview ? .preReview(line.at.naive) : .awaiting
        step = submitted.terms.procedure?.steps?.first?.id
        if submitted.mode.hasPreReview { open(.preReview, line, NaiveLimit(1)) }
    }

    var isExamined: Bool { place == .examined || place == .proposed }
    var currentStep: ReviewStep? { terms.procedure?.steps?.first { $0.id == step } }
    var nextStep: String? {
        guard let steps = terms.procedure?.steps, let index = steps.firstIndex(where: { $0.id == step }),
            index + 1 < steps.count
        else { return nil }
        return steps[index + 1].id
    }

    /// One more line of what happened.
    mutating func apply(_ line: DossierTable.HistoryLine) {
        let at = line.at.naive
        write(line)
        switch line.event {
        case .submitted, .mended, .party, .licence, .certificateFiled, .commitment(.announced), .overrun: break
        case .issued: if isFetched { place = .ready }
        case .preReviewReturned: place = .returned
        case .resubmitted: place = .preReview(at)
        case .preReviewPassed: place = .awaiting
        case .received, .corrected: (place, complete) = (.received(at), at)
        case .correctionRequested: place = .correction(at)
        case .accepted(let from, let bySilence):
            (place, accepted) = (.examined, (from.naive, at, bySilence))
            arrive(at)
        case .reviewPassed:
            place = .proposed
            arrive(at)
        case .returnedToReviewer:
            place = .examined
            arrive(at)
        case .granted, .refused, .clock(.renewed): decide(line)
        case .handedOver: place = .handed
        case .declined, .withdrawn, .terminated, .lapsed, .closed, .tolerance(.lapsed): (place, holder) = (.over, nil)
        case .clock(.nearing(let day)): reminded = day.naive
        case .clock(.passed(let limit, let day)): passed[limit] = day.naive
        case .commitment(.verified): mustVerify = false
        case .special(let event): apply(event, line)
        case .hearing(let event): apply(event, at)
        case .extended(.approved(let value, _, _)): extended = (value, line.sequence)
        case .extended: break
        case .tolerance(.granted(let materials, let days, _)):
            (lagging, tolerance) = (Set(materials), (at, days.count))
        case .tolerance(.supplied(let handedIn)): lagging.subtract(handedIn.map(\.material))
        case .handling(let event): apply(event, line)
        }
    }

    private mutating func decide(_ line: DossierTable.HistoryLine) {
        let at = line.at.naive
        if case .refused = line.event { decided = (at, false) } else { decided = (at, true) }
        if accepted == nil { accepted = (complete ?? filed, at, true) }
        if case .granted = line.event, submitted.isCommitted == true { mustVerify = true }
        (place, holder) = (.decided(at), nil)
    }

    private mutating func apply(_ event: SpecialEvent, _ line: DossierTable.HistoryLine) {
        let running = { (procedure: SpecialProcedure, stops: [Stop]) in
            stops.lastIndex { $0.procedure == procedure && $0.ended == nil }
        }
        switch event {
        case .begun(let procedure, let told, _):
            stops.append(
                Stop(procedure: procedure, event: line.sequence, begun: line.at.naive, told: told.count, ended: nil))
        case .prolonged(let procedure, let days, _):
            if let index = running(procedure, stops) { stops[index].told += days.count }
        case .ended(let procedure, _, _):
            if let index = running(procedure, stops) { stops[index].ended = line.at.naive }
        }
    }

    private mutating func apply(_ event: HearingEvent, _ at: Second) {
        switch event {
        case .told: talk = Talk(told: at, requested: nil, ended: nil)
        case .requested: talk?.requested = at
        case .scheduled: break
        case .waived, .held: talk?.ended = at
        }
    }

    private mutating func apply(_ event: HandlingEvent, _ line: DossierTable.HistoryLine) {
        let at = line.at.naive
        switch event {
        case .passed(_, let next, _):
            step = next
            arrive(at)
        case .sentBack(_, let to, _):
            (place, step) = (.examined, to)
            arrive(at)
        case .taken: if case .staff(let staff) = line.actor { holder = staff }
        case .assigned(let staff, _, _): holder = staff
        case .givenBack: holder = nil
        case .recused(let staff, _, _): if holder == staff { holder = nil }
        case .asked(let asked, let until, _): round = (until.naive, Set(asked))
        case .answered(let respondent, _, _): round?.awaited.remove(respondent)
        case .closed(_, let next):
            round = nil
            if let next {
                step = next
                arrive(at)
            }
        case .fellBack(let day): shared = day.naive
        case .urged, .actedFor, .assisted: break
        }
    }

    private mutating func arrive(_ at: Second) { (arrived, holder) = (at, nil) }
}
