import Accounts
import Catalogue
import Dossiers
import Notices
import Store
package import Supervision
package import Vocabulary
package import Windows

/// 好差评: what applicants and visitors say of the service.
extension Hall {
    /// What is judged: a case, or the visit that a ticket of the queue was for.
    package enum Judged: Hashable, Sendable {
        case matter(DossierID)
        case visit(TicketID, HallCode)
    }

    /// Who gives an evaluation.
    package enum Judge: Sendable {
        /// Whoever was served, by herself. The journal names the platform: who judged is the personal part.
        case herself(Actor)
        /// A member of staff enters what was said by telephone or written on paper.
        case entered(Guest)

        fileprivate var actor: Actor {
            switch self {
            case .herself(let actor): actor
            case .entered(let guest): guest.session.holder.actor
            }
        }
    }

    /// LIMIT: minutes after the end of a visit in which the tablet of the window takes its evaluation.
    package static let tabletMinutes: Int64 = 10

    /// The rules by which bad reviews are handled in a place.
    func rectificationRules(in region: Region) -> RectificationRules {
        RectificationRules(calendar: book.latest(for: region))
    }

    /// How an occasion stands; refuses one that there is not.
    package func standing(of judged: Judged) async throws -> OccasionStanding {
        try await store.read { tx in try standing(of: judged, in: tx) }
    }

    /// Whether an occasion can be judged now.
    package func isOpen(_ standing: OccasionStanding) -> Bool { judging.isOpen(standing, at: time.now()) }

    func standing(of judged: Judged, in tx: Transaction) throws -> OccasionStanding {
        switch judged {
        case .matter(let id): try standing(of: try load(id, in: tx), in: tx)
        case .visit(let id, let hall): try standing(of: try TicketTable.ticket(id, of: hall, in: tx), in: tx)
        }
    }

    /// A case can be judged once its result lies ready, or once it has ended in another way.
    private func standing(of dossier: Dossier, in tx: Transaction) throws -> OccasionStanding {
        let occasion = EvaluationOccasion(.matter, of: dossier.id.subject)
        let endedAt: Instant? = if case .ended(_, let at, _) = dossier.stage { at } else { nil }
        let isOpen = [.issued, .handedOver, .ended].contains(dossier.stage.name)
        return OccasionStanding(
            occasion, at: Self.place(of: dossier), opensAt: isOpen ? endedAt ?? dossier.submittedAt : nil,
            endedAt: endedAt, isJudged: try EvaluationTable.find(occasion.of, in: tx) != nil)
    }

    static func place(of dossier: Dossier) -> EvaluationPlace {
        let (terms, submitted) = (dossier.submitted.terms, dossier.submitted)
        var place = EvaluationPlace(terms.region)
        (place.body, place.bodyName) = (terms.body, terms.bodyName)
        (place.item, place.itemName) = (terms.catalogCode, terms.itemName)
        (place.hall, place.task) = (submitted.hall?.code, terms.implementationCode)
        return place
    }

    private func standing(of ticket: Ticket, in tx: Transaction) throws -> OccasionStanding {
        let occasion = EvaluationOccasion(.visit, of: ticket.id.subject)
        let endedAt: Instant? = if case .served = ticket.state { ticket.endedAt } else { nil }
        return OccasionStanding(
            occasion, at: try place(of: ticket, in: tx), opensAt: endedAt, endedAt: endedAt,
            isJudged: try EvaluationTable.find(occasion.of, in: tx) != nil)
    }

    private func place(of ticket: Ticket, in tx: Transaction) throws -> EvaluationPlace {
        var place = EvaluationPlace(ticket.hall.region)
        place.hall = ticket.hall.text
        place.bodyName = try HallTable.hall(ticket.hall, in: tx).name
        if let code = ticket.itemCode, let item = try ItemTable.item(code, in: tx) {
            // An item's code holds its basic code after the body's and the level (domain section 1.3).
            (place.item, place.itemName) = (String(code.dropFirst(19).prefix(12)), item.title.zh)
        }
        return place
    }

    /// The visit that ended at a window just now and that nobody has judged; refuses where there is none. The key is
    /// that of a device of the hall.
    package func justServed(at window: Int, of hall: HallCode, kiosk: KioskKey?) async throws -> TicketID {
        let since = time.now().advanced(bySeconds: -60 * Self.tabletMinutes)
        return try await store.read { tx in
            try KioskTable.check(kiosk, at: hall, in: tx)
            guard let ticket = try TicketTable.lastServed(at: window, of: hall, since: since, in: tx),
                try EvaluationTable.find(ticket.id.subject, in: tx) == nil
            else { throw EvaluationRefusal.nobodyServed }
            return ticket.id
        }
    }

    /// The ticket of a hall with a number on a day, as it stands on the slip; nil when there is none.
    package func ticket(numbered number: String, of hall: HallCode, on day: CivilDate) async throws -> TicketID? {
        try await store.read { tx in try TicketTable.find(number.uppercased(), of: hall, on: day, in: tx) }
    }

    /// Takes an evaluation and answers its id. Refuses what the rules refuse; the same attempt gives it once.
    package func evaluate(
        _ judged: Judged, _ draft: EvaluationDraft, by judge: Judge, attempt: Attempt
    ) async throws -> EvaluationID {
        let byStaff = if case .entered = judge { true } else { false }
        let now = time.now()
        let stamp = Stamp(now: now, actor: byStaff ? judge.actor : .platform, entropy: Entropy(dice))
        let id = EvaluationID(ids.next())
        let mark = "evaluate \(judged) \(draft.channel.rawValue) \(draft.grade?.rawValue ?? 0)"
        return EvaluationID(
            try await once(attempt, by: judge.actor, mark, stamp) { tx in
                let standing = try standing(of: judged, in: tx)
                let event = try judging.give(
                    draft, of: standing, enteredByStaff: byStaff,
                    isJudged: try byStaff && isJudged(judge.actor, standing.occasion.of, in: tx), at: now)
                let rules = rectificationRules(in: standing.place.region)
                if let opened = try EvaluationTable.give(event, as: id, rules, stamp: stamp, in: tx) {
                    try tellOfBadReview(opened, stamp: stamp, in: tx)
                }
                return id.subject
            })
    }

    /// Whether somebody did something in what is judged: then it is about her, too.
    func isJudged(_ actor: Actor, _ occasion: Subject, in tx: Transaction) throws -> Bool {
        try hands(at: occasion, in: tx).contains(actor)
    }

    /// All who did something in what is judged.
    func hands(at occasion: Subject, in tx: Transaction) throws -> Set<Actor> {
        Set(try Journal.entries(of: occasion, in: tx).map(\.actor))
    }

    /// Notes that something ended that can be judged, and invites whoever it was for, once: an occasion ends once.
    func inviteEvaluation(
        of event: DossierEvent, numbered sequence: Int, on dossier: Dossier, stamp: Stamp, in tx: Transaction
    ) throws {
        let isInvited: Bool
        switch event {
        case .closed: isInvited = true
        case .declined, .withdrawn, .terminated, .lapsed, .tolerance(.lapsed): isInvited = false
        default: return
        }
        try noteOccasion(Self.place(of: dossier), stamp: stamp, in: tx)
        guard isInvited, try EvaluationTable.find(dossier.id.subject, in: tx) == nil else {
            return
        }
        let submitted = dossier.submitted
        let last = stamp.now.day.advanced(byDays: judging.termDays)
        try tell(
            .evaluationInvited, to: .person(submitted.agent ?? submitted.applicant), about: dossier,
            ["day": .day(last)], because: (dossier.id.subject, sequence), stamp: stamp, in: tx)
    }

    /// Counts one more that could be judged.
    func noteOccasion(_ place: EvaluationPlace, stamp: Stamp, in tx: Transaction) throws {
        var tally = EvaluationTally()
        tally.occasions = 1
        try EvaluationFigureTable.add(tally, to: place, nil, on: stamp.now.day, in: tx)
    }

    /// The same for a visit that ended.
    func noteOccasion(of ticket: Ticket, stamp: Stamp, in tx: Transaction) throws {
        guard case .served = ticket.state else { return }
        try noteOccasion(try place(of: ticket, in: tx), stamp: stamp, in: tx)
    }
}
