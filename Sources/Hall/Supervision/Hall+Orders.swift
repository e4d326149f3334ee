package import Accounts
import Dossiers
import Notices
import Store
package import Supervision
package import Vocabulary

/// 督办: orders of supervisors about cases. An order changes nothing of its case.
extension Hall {
    /// LIMIT: orders that one round of the pulse looks at.
    static let ordersMax = 200

    /// The rules of orders at a place.
    package func orderRules(for region: Region) -> OrderRules {
        OrderRules(calendar: rules(for: region).clock.calendar)
    }

    /// Issues an order about a finding of a case, or about the case as a whole where `rule` is nil, and answers it. The
    /// same attempt issues one. Refuses whoever does not supervise the case, and what `OrderRules.issue` refuses.
    package func issueOrder(
        about dossier: DossierID, _ rule: FindingRule?, days: Int?, text: String, by guest: Guest, attempt: Attempt
    ) async throws -> OrderID {
        let stamp = stamp(of: guest.session.holder.actor)
        let mark = Array("order \(dossier) \(rule?.rawValue ?? "") \(days ?? 0) \(text.debugDescription)".utf8)
        return try await store.write { tx in
            if let answer = try Tokens.answer(to: attempt.token, by: stamp.actor, command: mark, in: tx) {
                return try CanonicalJSON.value(in: answer)
            }
            let matter = try load(dossier, in: tx).supervised
            try require(.supervise, guest, matter, today: stamp.now.day)
            let finding = try rule.map { rule in
                guard let found = try FindingTable.finding(rule, of: dossier, in: tx) else {
                    throw OrderRefusal.findingNotFound
                }
                return found
            }
            let draft = OrderRules.Draft(matter, finding: finding, days: days, text: text)
            let order = try issue(draft, about: finding, stamp: stamp, in: tx)
            try Tokens.keep(
                try CanonicalJSON.bytes(of: order.id), for: attempt.token, by: stamp.actor, command: mark,
                now: stamp.now, in: tx)
            return order.id
        }
    }

    /// Does something with an order; the same attempt does it once. Refuses whoever may not for the body or the
    /// supervisor's office, and what `OrderRules.decide` refuses.
    package func perform(
        _ command: OrderCommand, on id: OrderID, by guest: Guest, attempt: Attempt
    ) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        let mark = Array("order \(id) ".utf8) + (try CanonicalJSON.bytes(of: command))
        try await store.write { tx in
            if try Tokens.answer(to: attempt.token, by: stamp.actor, command: mark, in: tx) != nil { return }
            let order = try OrderTable.load(id, in: tx)
            if let expected = attempt.expected, expected != order.sequence { throw OrderRefusal.movedOn }
            let (matter, today) = (order.issued.matter, stamp.now.day)
            try require(anyOf: command.powers, guest, matter, today: today)
            let hand = guest.hand(apartFrom: [order.issuer]) { guest in
                command.powers.contains { guest.reaches($0, matter.scope, today: today) }
            }
            try apply(command, to: order, as: hand, stamp: stamp, in: tx)
            try Tokens.keep([], for: attempt.token, by: stamp.actor, command: mark, now: stamp.now, in: tx)
        }
    }

    /// Notes that somebody looked at a finding and nothing more is to be done, with words.
    package func review(
        _ rule: FindingRule, of dossier: DossierID, text: String, by guest: Guest
    ) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        try await store.write { tx in
            guard let finding = try FindingTable.finding(rule, of: dossier, in: tx) else {
                throw OrderRefusal.findingNotFound
            }
            try require(.supervise, guest, finding.matter, today: stamp.now.day)
            let words = try orderRules(for: finding.matter.region).required(text)
            try FindingTable.review(finding, words, stamp: stamp, in: tx)
        }
    }

    /// An order about a limit of the law that is past, by the platform, in the transaction that finds it.
    func orderByRule(about finding: Finding, stamp: Stamp, in tx: Transaction) throws {
        let own = Stamp(now: stamp.now, actor: .platform, entropy: stamp.entropy)
        let draft = OrderRules.Draft(finding.matter, finding: finding, days: nil, text: nil)
        do {
            _ = try issue(draft, about: finding, stamp: own, in: tx)
        } catch OrderRefusal.tooMany {
            // The case has more orders than are of use; the finding stands in the list.
            return
        }
    }

    func issue(
        _ draft: OrderRules.Draft, about finding: Finding?, stamp: Stamp, in tx: Transaction
    ) throws -> SupervisionOrder {
        let rules = orderRules(for: draft.matter.region)
        let others = try OrderTable.of(draft.matter.dossier, in: tx)
        let event = try rules.issue(draft, after: others, at: stamp.now)
        let id = OrderID(stamp.id(for: "order \(draft.matter.number)-\(others.count + 1)"))
        let order = try OrderTable.issue(event, as: id, rules, stamp: stamp, in: tx)
        if let finding { try FindingTable.order(finding, by: id, stamp: stamp, in: tx) }
        try tell(of: [event], order, stamp: stamp, in: tx)
        return order
    }

    /// `hand` is whose hand it is: the actor's, or that of whom she stands in for.
    private func apply(
        _ command: OrderCommand, to order: SupervisionOrder, as hand: Actor, stamp: Stamp, in tx: Transaction
    ) throws {
        let rules = orderRules(for: order.issued.matter.region)
        let others = try staff(with: .supervise, for: order.issued.matter, today: stamp.now.day, in: tx)
            .filter { .staff($0) != hand }
        let events = try rules.decide(command, on: order, by: hand, at: stamp.now, hasOtherRuler: !others.isEmpty)
        // What time did is the platform's entry, whoever came after it.
        let passed = events.prefix { if case .escalated = $0 { true } else { false } }
        let own = Stamp(now: stamp.now, actor: .platform, entropy: stamp.entropy)
        let gone = try OrderTable.append(Array(passed), to: order, rules, stamp: own, in: tx)
        try tell(of: Array(passed), gone, stamp: own, in: tx)
        let after = try OrderTable.append(
            Array(events.dropFirst(passed.count)), to: gone, rules, stamp: stamp, in: tx)
        try tell(of: Array(events.dropFirst(passed.count)), after, stamp: stamp, in: tx)
        if order.stage.name != .closed { try endFinding(of: after, stamp: stamp, in: tx) }
    }

    /// Says to the finding that the order about it has ended; nothing while it has not.
    private func endFinding(of order: SupervisionOrder, stamp: Stamp, in tx: Transaction) throws {
        guard case .closed(let outcome, _) = order.stage, let rule = order.issued.rule,
            let finding = try FindingTable.finding(rule, of: order.issued.matter.dossier, in: tx),
            finding.id == order.issued.finding
        else { return }
        try FindingTable.end(order.id, as: outcome, about: finding, stamp: stamp, in: tx)
    }

    /// Takes orders that were not answered one step up: whatever is due by now, each in its own transaction.
    package func stepOrders() async throws -> (done: Int, failed: [OrderID: String]) {
        let now = time.now()
        let due = try await store.read { tx in try OrderTable.due(by: now, limit: Self.ordersMax, in: tx) }
        return try await each(due) { id in
            let stamp = stamp(of: .platform)
            try await store.write { tx in
                try apply(.tick, to: try OrderTable.load(id, in: tx), as: .platform, stamp: stamp, in: tx)
            }
        }
    }

    func require(_ power: Power, _ guest: Guest, _ matter: SupervisedCase, today: CivilDate) throws {
        try require(anyOf: [power], guest, matter, today: today)
    }

    func require(anyOf powers: [Power], _ guest: Guest, _ matter: SupervisedCase, today: CivilDate) throws {
        guard powers.contains(where: { guest.reaches($0, matter.scope, today: today) }) else {
            throw PerformerRefusal.notAllowed
        }
    }

    /// Everybody who has a power for a case today and serves.
    func staff(
        with power: Power, for matter: SupervisedCase, today: CivilDate, in tx: Transaction
    ) throws -> [StaffID] {
        try GrantTable.staff(with: power, in: matter.scope, today: today, in: tx).filter {
            try StaffTable.staff($0, in: tx)?.serves == true
        }
    }
}

extension SupervisedCase {
    /// What it belongs to, when somebody asks whether she may.
    package var scope: Scope { Scope(department: body, itemCode: catalogCode, region: region) }
}
