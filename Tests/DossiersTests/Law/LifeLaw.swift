import Dossiers
import Store
import Vocabulary

/// Somebody who reads the history of a dossier with the law in hand and says what must not stand there.
struct LifeLaw {
    private var receivers: Set<StaffID> = []
    private var examiners: Set<StaffID> = []
    private var chair: StaffID?
    private var principal: StaffID?
    private var assistants: Set<StaffID> = []
    /// Who assists the applicant, and when.
    private var helping: (staff: StaffID, at: Instant)?
    private var named: Set<MaterialDefect> = []
    private var wasCorrected = false
    private var brought: Set<String> = []
    private var decisions = 0
    private var extensions = 0

    /// What is unlawful in one more line; `book` is as it stood before it.
    mutating func complaint(_ line: DossierTable.HistoryLine, _ book: NaiveBook) -> String? {
        let actors: [StaffID]
        if case .staff(let staff) = line.actor, helping.map({ $0 != (staff, line.at) }) ?? true {
            actors = [staff, principal].compactMap(\.self)
        } else {
            actors = []
        }
        principal = nil
        if book.place == .over {
            switch line.event {
            case .commitment, .licence, .clock(.passed(.verification, _)), .overrun: break
            case .handling(.actedFor), .handling(.assisted): break
            default: return "\(line.event.kind) after the end"
            }
        }
        if case .handling(.assisted) = line.event {
            guard case .staff(let staff) = line.actor else { return "nobody assists" }
            helping = (staff, line.at)
            assistants.insert(staff)
            let handled = receivers.union(examiners)
            return handled.contains(staff) ? "who handled it assists" : nil
        }
        if !assistants.isDisjoint(with: actors) { return "who assists handles it" }
        switch line.event {
        case .preReviewReturned, .resubmitted, .preReviewPassed, .received, .mended, .accepted:
            receivers.formUnion(actors.prefix(1))
        case .correctionRequested(let defects, _):
            receivers.formUnion(actors.prefix(1))
            return notice(defects)
        case .corrected(let handedIn):
            receivers.formUnion(actors.prefix(1))
            brought = Set(handedIn.map(\.material))
        case .granted, .refused, .clock(.renewed): return decision(line, actors, book)
        case .issued: return book.lagging.isEmpty ? nil : "issued while \(book.lagging) lag"
        case .reviewPassed, .handling(.passed):
            examiners.formUnion(actors)
            if let chair, actors.contains(chair) { return "the chair examined" }
        case .handling(.actedFor(let staff)): principal = staff
        case .special(let event):
            if case .begun(_, let told, let note) = event, told.count < 1 || note == nil { return "stopped untold" }
            if let chair, actors.contains(chair) { return "the chair examined" }
            examinedBeside.formUnion(actors.prefix(1))
        case .hearing(.scheduled(let plan)): return hearing(plan, line, book)
        case .extended(.approved(let value, let authority, _)):
            extensions += 1
            let law = book.terms.procedure?.authority ?? .head
            let most = book.terms.procedure?.extensionMax ?? (law == .head ? 10 : 15)
            guard extensions == 1, authority == law, (1...max(1, most)).contains(value), most > 0 else {
                return "extended by \(value), time \(extensions)"
            }
            if let end = book.statutory, end.moment <= line.at.naive { return "extended after its end" }
        default: break
        }
        return nil
    }

    /// Who did something in a special procedure: no chair of a hearing.
    private var examinedBeside: Set<StaffID> = []

    private mutating func notice(_ defects: [MaterialDefect]) -> String? {
        defer {
            named.formUnion(defects)
            wasCorrected = true
        }
        guard wasCorrected else { return defects.isEmpty ? "a notice of nothing" : nil }
        let isNew = defects.allSatisfy { !named.contains($0) && brought.contains($0.material) }
        return isNew ? nil : "a second notice for \(defects)"
    }

    private mutating func decision(
        _ line: DossierTable.HistoryLine, _ actors: [StaffID], _ book: NaiveBook
    ) -> String? {
        decisions += 1
        guard decisions == 1 else { return "decided twice" }
        if case .clock = line.event { return nil }
        if !receivers.isDisjoint(with: actors) { return "decided by who received it" }
        if !examiners.isDisjoint(with: actors) { return "decided by who examined it" }
        if book.stops.contains(where: { $0.ended == nil }) { return "decided while a procedure ran" }
        if let talk = book.talk, talk.ended == nil { return "decided before the hearing" }
        guard book.place == .proposed || book.submitted.isCommitted == true else { return "decided unexamined" }
        return nil
    }

    private mutating func hearing(
        _ plan: Hearing.Plan, _ line: DossierTable.HistoryLine, _ book: NaiveBook
    ) -> String? {
        chair = plan.chair
        if examiners.union(examinedBeside).contains(plan.chair) { return "an examiner is the chair" }
        let earliest = NaiveLimit(7).end(line.at.naive)
        guard plan.day.naive >= earliest, NaiveCalendar.shared.works(plan.day.naive) else {
            return "too short a notice"
        }
        guard let last = book.talk?.holdEnd else { return "nobody asked for the hearing" }
        return plan.day.naive <= max(last, earliest) ? nil : "held too late"
    }
}
