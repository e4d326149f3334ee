package import Vocabulary

/// What follows from a command on a supervision order. Pure. No law says how many days an answer has: the figures are
/// ours (docs/supervision.md).
package struct OrderRules: Sendable {
    /// Working days for an answer, and for one about a limit of the law that is past.
    package static let usualDays = 3
    package static let statutoryDays = 1
    /// LIMIT: working days for an answer.
    package static let days = 1...30
    /// LIMIT: orders about one case.
    package static let perCaseMax = 20

    let calendar: WorkCalendar

    /// The rules of a place, by its calendar.
    package init(calendar: WorkCalendar) {
        self.calendar = calendar
    }

    /// What an order is about.
    package struct Draft: Hashable, Sendable {
        package let matter: SupervisedCase
        let finding: (id: FindingID, rule: FindingRule)?
        let days: Int
        /// Nil for one by rule, of which the page says why.
        let text: String?

        /// An order about a finding, or about a case as a whole; the days are the usual ones where nil.
        package init(_ matter: SupervisedCase, finding: Finding?, days: Int?, text: String?) {
            self.matter = matter
            self.finding = finding.map { ($0.id, $0.rule) }
            let isStatutory = finding?.rule == .statutoryPassed
            self.days = days ?? (isStatutory ? OrderRules.statutoryDays : OrderRules.usualDays)
            self.text = text
        }

        package static func == (left: Draft, right: Draft) -> Bool {
            left.matter == right.matter && left.finding?.id == right.finding?.id && left.days == right.days
                && left.text == right.text
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(matter)
            hasher.combine(days)
        }
    }

    /// The event with which an order begins; `others` are those about the same case, the oldest first.
    package func issue(
        _ draft: Draft, after others: [SupervisionOrder], at now: Instant
    ) throws(OrderRefusal) -> OrderEvent {
        guard Self.days.contains(draft.days) else { throw .daysUnfit }
        let words = try draft.text.map { text throws(OrderRefusal) in try required(text) }
        guard others.count < Self.perCaseMax else { throw .tooMany }
        let isOrdered = others.contains { $0.stage.name != .closed && $0.issued.finding == draft.finding?.id }
        guard !isOrdered else { throw .alreadyOrdered }
        return .issued(
            OrderEvent.Issued(
                matter: draft.matter, finding: draft.finding?.id, rule: draft.finding?.rule,
                number: "\(draft.matter.number)-\(others.count + 1)", days: draft.days,
                due: day(draft.days, after: now)),
            words)
    }

    /// The events that follow from a command. `hasOtherRuler` says whether somebody else than the actor could rule on
    /// an appeal.
    package func decide(
        _ command: OrderCommand, on order: SupervisionOrder, by actor: Actor, at now: Instant, hasOtherRuler: Bool
    ) throws(OrderRefusal) -> [OrderEvent] {
        // Time comes first: whoever answers after the last day finds that it went up.
        let (passed, order) = escalations(of: order, at: now)
        if case .tick = command { return passed }
        if order.stage.name == .closed { throw .closed }
        let until = day(order.issued.days, after: now)
        switch command {
        case .answer(let text, let done):
            guard order.stage == .open else { throw .notOpen }
            let words = try required(text)
            guard let done = try optional(done) else { throw .doneMissing }
            return passed + [.answered(OrderWords(words.text, done: done))]
        case .appeal(let reasons):
            guard order.stage == .open else { throw .notOpen }
            if order.hasAppealed { throw .appealedOnce }
            guard order.escalations == 0 else { throw .appealTooLate }
            return passed + [.appealed(try required(reasons))]
        case .accept(let text):
            guard order.stage.name == .answered else { throw .notAnswered }
            return [.accepted(try required(text))]
        case .sendBack(let text):
            guard order.stage.name == .answered else { throw .notAnswered }
            return [.sentBack(until: until, try required(text))]
        case .rule(let isUpheld, let text):
            guard order.stage.name == .appealed else { throw .notAppealed }
            if actor == order.issuer && hasOtherRuler { throw .issuerMayNotRule }
            let words = try required(text)
            return [isUpheld ? .upheld(until: until, words) : .withdrawn(words)]
        case .withdraw(let text):
            // What is appealed against is ruled on.
            guard order.stage.name != .appealed else { throw .notOpen }
            return passed + [.withdrawn(try required(text))]
        case .tick: return passed
        }
    }

    /// When time does something to an order next; nil while the body is not to act, and at the top.
    package func nextWake(of order: SupervisionOrder) -> Instant? {
        guard order.stage == .open else { return nil }
        return order.escalatesOn.map(calendar.closeOfBusiness)
    }

    /// How often it has gone up by now, and the order as it then stands: on the evening of the last day to the head of
    /// the government there, after as many working days more to the city's.
    private func escalations(
        of order: SupervisionOrder, at now: Instant
    ) -> (events: [OrderEvent], order: SupervisionOrder) {
        var (events, later): ([OrderEvent], SupervisionOrder) = ([], order)
        while let wake = nextWake(of: later), wake <= now, let last = later.escalatesOn {
            let (ladder, level) = (later.ladder, later.escalations + 1)
            let isTop = level >= ladder.count
            let step = OrderEvent.escalated(
                OrderEvent.Escalation(
                    level: level, region: ladder[level - 1],
                    next: isTop ? nil : calendar.day(WorkingDays(order.issued.days), after: last)))
            do {
                later = try later.after([step], at: now)
            } catch {
                preconditionFailure("an order that was issued goes up")
            }
            events.append(step)
        }
        return (events, later)
    }

    private func day(_ days: Int, after now: Instant) -> CivilDate {
        calendar.day(WorkingDays(days), after: now.day)
    }

    /// Text that must say something.
    package func required(_ text: String) throws(OrderRefusal) -> OrderWords {
        guard let text = try optional(text) else { throw .wordsMissing }
        return OrderWords(text)
    }

    private func optional(_ text: String) throws(OrderRefusal) -> String? {
        guard text.count <= Limits.textCharactersMax else { throw .textTooLong }
        return text.allSatisfy(\.isWhitespace) ? nil : text
    }
}
