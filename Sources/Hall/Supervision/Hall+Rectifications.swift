import Accounts
import Dossiers
import Notices
import Store
package import Supervision
package import Vocabulary

/// 差评整改: the loop of a bad review, from the call to the public answer.
extension Hall {
    /// A bad review as those who handle it see it. Who judged is not among it.
    package struct BadReview: Sendable {
        package let evaluation: Evaluation
        package let it: Rectification
        /// What the reader may do: handle it for the body or the hall, or supervise it: publish, and rule on an appeal.
        package let mayHandle: Bool
        package let maySupervise: Bool
        /// Whether the ruling on an appeal is hers: neither she, nor whom she stands in for, was judged or appealed.
        package let mayRule: Bool
        /// Whether it is about what she did herself, or whoever she stands in for.
        package let isJudged: Bool
        /// Who did what, as people call them.
        package let names: [Actor: String]
    }

    /// Where whoever judged is reached. Whoever sees it has left a look.
    package struct EvaluationContact: Sendable {
        package let name: String?
        package let mobile: String?
        /// The short number of the case; nil for a visit.
        package let number: String?
    }

    /// LIMIT: bad reviews that one round of the pulse looks at.
    static let rectificationsMax = 200

    /// Whether she may handle what is said of a place: for its body, or in the place of the hall.
    func mayHandle(_ staff: Guest, _ place: EvaluationPlace, today: CivilDate) -> Bool {
        if place.body != nil, let scope = scope(of: place) {
            return [.lead, .decide, .review].contains { staff.reaches($0, scope, today: today) }
        }
        return staff.places.contains { other in
            other.staff.region == place.region
                && !Set(Permits.powers(grants: other.grants, today: today)).isDisjoint(with: [.receive, .issue])
        }
    }

    /// Whether she supervises what is said of a place: its region, body and item.
    func maySupervise(_ staff: Guest, _ place: EvaluationPlace, today: CivilDate) -> Bool {
        scope(of: place).map { staff.reaches(.supervise, $0, today: today) } ?? false
    }

    /// What is said of a hall is of no department: whoever supervises every department there supervises it.
    private func scope(of place: EvaluationPlace) -> Scope? {
        (place.body ?? CreditCode(authority: "11", region: place.region, organisation: "00000000")).map {
            Scope(department: $0, itemCode: place.item ?? "", region: place.region)
        }
    }

    /// Those who must not do it, nor anybody in their place.
    private func barred(
        from command: RectificationCommand, _ it: Rectification, judged: Set<Actor>
    ) -> Set<Actor> {
        switch command {
        case .contact, .revisit: judged
        case .verify: judged.union([it.rectifiedBy].compactMap(\.self))
        case .rule: judged.union([it.appealedBy].compactMap(\.self))
        case .rectify, .appeal, .publish, .tick: []
        }
    }

    /// A bad review for a member of staff who handles it or rules on it; refuses anybody else.
    package func badReview(_ id: RectificationID, for staff: Guest) async throws -> BadReview {
        let today = time.now().day
        return try await store.read { tx in
            let it = try RectificationTable.load(id, in: tx)
            let evaluation = try EvaluationTable.load(it.opened.evaluation, in: tx)
            let place = it.opened.place
            let (handles, supervises) = (
                mayHandle(staff, place, today: today), maySupervise(staff, place, today: today)
            )
            guard handles || supervises else { throw PerformerRefusal.notAllowed }
            let judged = try hands(at: evaluation.given.occasion.of, in: tx)
            let ruling = barred(from: .rule(isUpheld: true, ""), it, judged: judged)
            let ruler = staff.hand(apartFrom: ruling) { maySupervise($0, place, today: today) }
            let handler = staff.hand(apartFrom: judged) { !handles || mayHandle($0, place, today: today) }
            var names: [Actor: String] = [:]
            for case .staff(let id) in it.history.map(\.actor) where names[.staff(id)] == nil {
                let known = try StaffTable.staff(id, in: tx)
                names[.staff(id)] = known?.name?.text ?? known?.employeeNumber.text
            }
            return BadReview(
                evaluation: evaluation, it: it, mayHandle: handles, maySupervise: supervises,
                mayRule: supervises && !ruling.contains(ruler), isJudged: judged.contains(handler), names: names)
        }
    }

    /// Does something about a bad review. Refuses what the rules refuse and whoever may not; the same attempt does it
    /// once.
    package func perform(
        _ command: RectificationCommand, on id: RectificationID, by staff: Guest, attempt: Attempt
    ) async throws {
        let actor = staff.session.holder.actor
        let stamp = stamp(of: actor)
        _ = try await once(attempt, by: actor, "rectify \(id) \(command)", stamp) { tx in
            let it = try RectificationTable.load(id, in: tx)
            let evaluation = try EvaluationTable.load(it.opened.evaluation, in: tx)
            let (place, today) = (it.opened.place, stamp.now.day)
            func may(_ staff: Guest) -> Bool {
                switch command {
                case .rule, .publish: maySupervise(staff, place, today: today)
                case .contact, .rectify, .verify, .revisit, .appeal: mayHandle(staff, place, today: today)
                // What the platform alone says.
                case .tick: false
                }
            }
            guard may(staff) else { throw PerformerRefusal.notAllowed }
            let judged = try hands(at: evaluation.given.occasion.of, in: tx)
            let hand = staff.hand(apartFrom: barred(from: command, it, judged: judged), where: may)
            _ = try apply(
                command, to: (it, evaluation), by: RectificationRules.Hand(hand, isJudged: judged.contains(hand)),
                stamp: stamp, in: tx)
            return id.subject
        }
    }

    private func apply(
        _ command: RectificationCommand, to bad: (it: Rectification, evaluation: Evaluation),
        by hand: RectificationRules.Hand, stamp: Stamp, in tx: Transaction
    ) throws -> Rectification {
        let (it, evaluation) = bad
        let rules = rectificationRules(in: it.opened.place.region)
        let events = try rules.decide(command, on: it, of: evaluation, by: hand, at: stamp.now)
        let after = try RectificationTable.append(events, to: it, of: evaluation, stamp: stamp, in: tx)
        for (offset, event) in events.enumerated() {
            guard case .overdue(let term) = event else { continue }
            try tellOverseers(
                .badReviewLate, ["term": term.phrase], of: after, numbered: it.sequence + offset + 1, stamp: stamp,
                in: tx)
        }
        return after
    }

    /// Where whoever judged is reached, for whoever calls her: the look is written down before it is answered. Refuses
    /// whoever was judged, whoever may only in the place of one who was, and where nobody left anything.
    package func contact(of id: RectificationID, by staff: Guest) async throws -> EvaluationContact {
        let (now, look) = (time.now(), ids.next())
        return try await store.write { tx in
            let it = try RectificationTable.load(id, in: tx)
            guard it.stage.isOpen else { throw RectificationRefusal.closed }
            guard mayHandle(staff, it.opened.place, today: now.day) else { throw PerformerRefusal.notAllowed }
            let evaluation = try EvaluationTable.load(it.opened.evaluation, in: tx)
            let occasion = evaluation.given.occasion
            let (judged, place) = (try hands(at: occasion.of, in: tx), it.opened.place)
            let hand = staff.hand(apartFrom: judged) { mayHandle($0, place, today: now.day) }
            guard !judged.contains(hand) else { throw RectificationRefusal.judgedMayNot }
            guard let personal = evaluation.personal, !evaluation.isUnreachable else {
                throw RectificationRefusal.unreachable
            }
            let dossier = occasion.kind == .matter ? try load(DossierID(occasion.of), in: tx) : nil
            let seen =
                dossier.map(\.seen) ?? personal.person.map { .person($0) }
                ?? Look.Seen(.evaluation, of: evaluation.id.subject, holder: nil, for: nil)
            try note(Look(staff.looker, at: seen, for: .callBack, now), as: look, in: tx)
            let person = try personal.person.flatMap { try PersonTable.person($0, in: tx) }
            return EvaluationContact(
                name: person?.name.text,
                mobile: personal.mobile?.number ?? (personal.person == nil ? nil : dossier?.personal?.contactMobile),
                number: dossier?.submitted.numbers.short)
        }
    }

    /// Says what is late by now, each in its own transaction. Done twice at once it is done once.
    package func stepRectifications() async throws -> (done: Int, failed: [RectificationID: String]) {
        let now = time.now()
        let due = try await store.read { tx in
            try RectificationTable.due(by: now, limit: Self.rectificationsMax, in: tx)
        }
        return try await each(due) { id in
            let stamp = stamp(of: .platform)
            try await store.write { tx in
                let it = try RectificationTable.load(id, in: tx)
                let evaluation = try EvaluationTable.load(it.opened.evaluation, in: tx)
                _ = try apply(
                    .tick, to: (it, evaluation), by: RectificationRules.Hand(.platform, isJudged: false), stamp: stamp,
                    in: tx)
            }
        }
    }
}

/// Who is told.
extension Hall {
    /// LIMIT: heads and supervisors who are told of one bad review.
    static let overseersMax = 50

    func tellOfBadReview(_ it: Rectification, stamp: Stamp, in tx: Transaction) throws {
        try tellOverseers(
            .badReview, ["stars": .number(it.opened.grade.rawValue)], of: it, numbered: 1, stamp: stamp, in: tx)
    }

    /// The heads of the body and the supervisors of the place.
    private func tellOverseers(
        _ kind: NoticeKind, _ values: [String: NoticeValue], of it: Rectification, numbered sequence: Int,
        stamp: Stamp, in tx: Transaction
    ) throws {
        let (place, today) = (it.opened.place, stamp.now.day)
        let day = it.contact == nil ? it.opened.contactDue : it.opened.rectifyDue
        let said = values.merging([
            "item": .text(place.itemName ?? place.bodyName ?? place.owner), "number": .text(it.short),
            "day": .day(day),
        ]) { own, _ in own }
        guard let scope = scope(of: place) else { return }
        var told = Set(try GrantTable.staff(with: .supervise, in: scope, today: today, in: tx))
        if place.body != nil { told.formUnion(try GrantTable.staff(with: .lead, in: scope, today: today, in: tx)) }
        for staff in told.sorted().prefix(Self.overseersMax) {
            let notice = try Notice(
                .made(for: "\(it.id)-\(sequence) \(kind.id) \(staff)", order: sequence, stamp: stamp), kind,
                to: .staff(staff), about: NoticeMatter(badReview: it.id.subject, catalogCode: place.item ?? ""),
                values: said,
                now: stamp.now)
            try NoticeTable.create(notice, to: [], notBefore: nil, stamp: stamp, in: tx)
        }
    }
}

extension Rectification {
    /// By which people name it: the last eight characters of its id.
    package var short: String { String("\(id)".suffix(8)).uppercased() }
}

extension RectificationEvent.Term {
    fileprivate var phrase: NoticeValue {
        switch self {
        case .contact: .phrase(zh: "联系评价人", en: "the first call")
        case .rectification: .phrase(zh: "整改", en: "the rectification")
        }
    }
}
