import Accounts
import Dossiers
import Notices
import Store
package import Supervision
package import Vocabulary
import Windows

/// 差评整改: the loop of a bad review, from the call to the public answer.
extension Hall {
    /// A bad review as those who handle it see it. Who judged is not among it.
    package struct BadReview: Sendable {
        package let evaluation: Evaluation
        package let it: Rectification
        /// What the reader may do: handle it for the body or the hall, or rule and publish.
        package let mayHandle: Bool
        package let mayRule: Bool
        /// Whether it is about what she did herself.
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
    private func mayHandle(_ staff: Guest, _ place: EvaluationPlace, today: CivilDate) -> Bool {
        if let body = place.body {
            let scope = Scope(department: body, itemCode: place.item ?? "", region: place.region)
            return [.lead, .decide, .review].contains { staff.reaches($0, scope, today: today) }
        }
        return staff.places.contains { other in
            other.staff.region == place.region
                && !Set(Permits.powers(grants: other.grants, today: today)).isDisjoint(with: [.receive, .issue])
        }
    }

    private func mayRule(_ staff: Guest, _ place: EvaluationPlace, today: CivilDate) -> Bool {
        staff.places.contains { other in
            Permits.reach(.supervise, grants: other.grants, today: today).contains {
                $0.regionRange.contains(place.region.code)
            }
        }
    }

    /// A bad review for a member of staff who handles it or rules on it; refuses anybody else.
    package func badReview(_ id: RectificationID, for staff: Guest) async throws -> BadReview {
        let today = time.now().day
        return try await store.read { tx in
            let it = try RectificationTable.load(id, in: tx)
            let evaluation = try EvaluationTable.load(it.opened.evaluation, in: tx)
            let place = it.opened.place
            let (handles, rules) = (mayHandle(staff, place, today: today), mayRule(staff, place, today: today))
            guard handles || rules else { throw PerformerRefusal.notAllowed }
            var names: [Actor: String] = [:]
            for case .staff(let id) in it.history.map(\.actor) where names[.staff(id)] == nil {
                let known = try StaffTable.staff(id, in: tx)
                names[.staff(id)] = known?.name?.text ?? known?.employeeNumber.text
            }
            return BadReview(
                evaluation: evaluation, it: it, mayHandle: handles, mayRule: rules,
                isJudged: try isJudged(staff.session.holder.actor, evaluation.given.occasion.of, in: tx), names: names)
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
            let (place, today) = (it.opened.place, stamp.now.day)
            switch command {
            case .rule, .publish:
                guard mayRule(staff, place, today: today) else { throw PerformerRefusal.notAllowed }
            case .contact, .rectify, .verify, .revisit, .appeal:
                guard mayHandle(staff, place, today: today) else { throw PerformerRefusal.notAllowed }
            // What the platform alone says.
            case .tick: throw PerformerRefusal.notAllowed
            }
            _ = try apply(command, to: it, stamp: stamp, in: tx)
            return id.subject
        }
    }

    private func apply(
        _ command: RectificationCommand, to it: Rectification, stamp: Stamp, in tx: Transaction
    ) throws -> Rectification {
        let evaluation = try EvaluationTable.load(it.opened.evaluation, in: tx)
        let hand = RectificationRules.Hand(
            stamp.actor, isJudged: try isJudged(stamp.actor, evaluation.given.occasion.of, in: tx))
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
    /// whoever was judged, and where nobody left anything.
    package func contact(of id: RectificationID, by staff: Guest) async throws -> EvaluationContact {
        let (now, look, actor) = (time.now(), ids.next(), staff.session.holder.actor)
        return try await store.write { tx in
            let it = try RectificationTable.load(id, in: tx)
            guard it.stage.isOpen else { throw RectificationRefusal.closed }
            guard mayHandle(staff, it.opened.place, today: now.day) else { throw PerformerRefusal.notAllowed }
            let evaluation = try EvaluationTable.load(it.opened.evaluation, in: tx)
            let occasion = evaluation.given.occasion
            guard try !isJudged(actor, occasion.of, in: tx) else { throw RectificationRefusal.judgedMayNot }
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

    /// One page of what is open with those for whom she handles bad reviews, the oldest first, after one of them.
    package func badReviews(
        for staff: Guest, after last: RectificationID? = nil
    ) async throws -> [RectificationLine] {
        let today = time.now().day
        return try await store.read { tx in
            var owners: Set<String> = []
            for place in staff.places {
                let powers = Set(Permits.powers(grants: place.grants, today: today))
                if !powers.isDisjoint(with: [.lead, .decide, .review]) {
                    owners.formUnion(place.grants.compactMap { $0.extent.department?.code })
                }
                guard !powers.isDisjoint(with: [.receive, .issue]) else { continue }
                let halls = try HallTable.halls(in: tx).filter { $0.code.region == place.staff.region }
                owners.formUnion(halls.map { "hall:\($0.code)" })
            }
            let lines = try RectificationTable.open(of: owners.sorted(), after: last, in: tx)
            return try lines.filter { line in
                let place = try RectificationTable.load(line.id, in: tx).opened.place
                return mayHandle(staff, place, today: today)
            }
        }
    }

    /// One page of the bad reviews at a stage where she supervises, or of appeals for nil, the oldest first.
    package func supervisedReviews(
        at stage: Rectification.Stage?, for staff: Guest, after last: RectificationID? = nil
    ) async throws -> [RectificationLine] {
        let ranges = supervised(by: staff)
        return try await store.read { tx in
            try ranges.flatMap { range in
                try stage.map { try RectificationTable.at($0, in: range, after: last, in: tx) }
                    ?? RectificationTable.appealed(in: range, in: tx)
            }
        }
    }

    /// The codes of the places that somebody supervises; none within another.
    private func supervised(by staff: Guest) -> [ClosedRange<String>] {
        let today = time.now().day
        let all = Set(
            staff.places.flatMap { Permits.reach(.supervise, grants: $0.grants, today: today) }.map(\.regionRange))
        return all.filter { one in !all.contains { $0 != one && $0.contains(one) } }
            .sorted { $0.lowerBound < $1.lowerBound }
    }

    /// How many bad reviews stand at each open stage where she supervises, and for nil how many appeals wait; a count
    /// stops at `RectificationTable.countedMax`.
    package func supervisedReviewCounts(for staff: Guest) async throws -> [Rectification.Stage?: Int] {
        let ranges = supervised(by: staff)
        let stages: [Rectification.Stage?] = Rectification.Stage.allCases.filter(\.isOpen) + [nil]
        return try await store.read { tx in
            var counts: [Rectification.Stage?: Int] = [:]
            for stage in stages {
                counts[stage] = try ranges.reduce(0) { try $0 + RectificationTable.count(at: stage, in: $1, tx: tx) }
            }
            return counts
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
                _ = try apply(.tick, to: try RectificationTable.load(id, in: tx), stamp: stamp, in: tx)
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
        // A hall is nobody's department: whoever supervises every department there is told.
        let body = place.body ?? CreditCode(authority: "11", region: place.region, organisation: "00000000")
        guard let body else { return }
        let scope = Scope(department: body, itemCode: place.item ?? "", region: place.region)
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
