import Dossiers
import Vocabulary

/// A limit of the ledger as it is counted by hand.
struct NaiveRun {
    let limit: ClockLedger.Limit
    let start: Second
    /// The number of the line that began it.
    let event: Int
    /// As it was said when it began; a decision's and a procedure's can grow.
    let length: NaiveLimit
    var end: (event: Int, at: Second, isDone: Bool)?

    var isDecision: Bool { limit == .statutory || limit == .promised }
    var isForApplicant: Bool { [.correction, .hearingRequest, .tolerance].contains(limit) }
}

extension NaiveBook {
    mutating func open(
        _ limit: ClockLedger.Limit, _ line: DossierTable.HistoryLine, _ length: NaiveLimit, from: Second? = nil
    ) {
        runs.append(
            NaiveRun(limit: limit, start: from ?? line.at.naive, event: line.sequence, length: length, end: nil))
    }

    private mutating func close(
        _ limit: ClockLedger.Limit, _ line: DossierTable.HistoryLine, isDone: Bool = true
    ) {
        guard let index = runs.lastIndex(where: { $0.limit == limit && $0.end == nil }) else { return }
        runs[index].end = (line.sequence, line.at.naive, isDone)
    }

    /// What a line begins and ends, before it is applied.
    mutating func write(_ line: DossierTable.HistoryLine) {
        switch line.event {
        case .preReviewReturned, .preReviewPassed: close(.preReview, line)
        case .resubmitted: open(.preReview, line, NaiveLimit(1))
        case .received: open(.acceptance, line, NaiveLimit(5))
        case .correctionRequested:
            close(.acceptance, line)
            open(.correction, line, NaiveLimit(terms.correction.count))
        case .corrected:
            close(.correction, line)
            open(.acceptance, line, NaiveLimit(5))
        case .accepted(let from, let bySilence):
            close(.acceptance, line, isDone: !bySilence)
            for (limit, length) in [(ClockLedger.Limit.statutory, terms.statutory), (.promised, terms.promised)] {
                let start = length.startsAt == .receipt ? complete : from.naive
                open(limit, line, NaiveLimit(length.value, length.unit), from: start)
            }
        case .declined: close(.acceptance, line)
        case .granted, .refused, .clock(.renewed): writeDecision(line)
        case .issued: if isFetched { close(.delivery, line) }
        case .handedOver: close(.delivery, line)
        case .commitment: close(.verification, line)
        case .withdrawn, .terminated, .lapsed, .tolerance(.lapsed):
            for index in runs.indices where runs[index].end == nil && runs[index].limit != .verification {
                runs[index].end = (line.sequence, line.at.naive, false)
            }
        default: writeProcedure(line)
        }
    }

    private mutating func writeDecision(_ line: DossierTable.HistoryLine) {
        close(.statutory, line)
        close(.promised, line)
        close(.acceptance, line, isDone: false)
        open(.delivery, line, NaiveLimit(terms.delivery.count))
        if case .granted = line.event, submitted.isCommitted == true,
            let days = terms.procedure?.commitment?.verifyWithin
        {
            open(.verification, line, NaiveLimit(days.count))
        }
    }

    private mutating func writeProcedure(_ line: DossierTable.HistoryLine) {
        switch line.event {
        case .special(.begun(let procedure, let told, _)): open(.special(procedure), line, NaiveLimit(told.count))
        case .special(.ended(let procedure, _, _)): close(.special(procedure), line)
        case .hearing(.told): open(.hearingRequest, line, NaiveLimit(5))
        case .hearing(.requested):
            close(.hearingRequest, line)
            open(.hearing, line, NaiveLimit(20))
        case .hearing(.waived): close(.hearingRequest, line, isDone: false)
        case .hearing(.held): close(.hearing, line)
        case .tolerance(.granted(_, let days, _)): open(.tolerance, line, NaiveLimit(days.count))
        case .tolerance(.supplied(let handedIn)):
            if lagging.isSubset(of: handedIn.map(\.material)) { close(.tolerance, line) }
        default: break
        }
    }

    /// The length of a run by now: extended, prolonged.
    func length(_ run: NaiveRun) -> NaiveLimit {
        switch run.limit {
        case .statutory: NaiveLimit(run.length.value + (extended?.value ?? 0), run.length.unit)
        case .special: NaiveLimit(stops.first { $0.event == run.event }?.told ?? run.length.value)
        default: run.length
        }
    }
}
