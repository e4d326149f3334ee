import Accounts
import Dossiers
import Notices
import Store
package import Supervision
package import Vocabulary

/// What is done with one drawn file: sheets, an objection, a ruling. It changes nothing of the case.
extension Hall {
    /// Does something with a drawn file; the same attempt does it once. Refuses whoever it is not for, and what
    /// `ReviewedFileRules.decide` refuses.
    package func perform(
        _ command: ReviewedFileCommand, on id: ReviewedFileID, by guest: Guest, attempt: Attempt
    ) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        let mark = "reviewed file \(id) " + String(decoding: try CanonicalJSON.bytes(of: command), as: UTF8.self)
        _ = try await once(attempt, by: stamp.actor, mark, stamp) { tx in
            let file = try ReviewedFileTable.load(id, in: tx)
            let (review, today) = (try FileReviewTable.load(file.drawn.review, in: tx), stamp.now.day)
            var hand = stamp.actor
            switch command {
            // Whose sheet it is, the rules say.
            case .mark, .confirm, .submit: break
            case .objection: try require(.lead, guest, file.drawn.matter, today: today)
            case .rule:
                try requireSupervision(of: review.terms, guest, today: today)
                hand = ruler(of: file, in: review, guest, today: today)
            // What the platform alone says.
            case .tick: throw PerformerRefusal.notAllowed
            }
            return try apply(command, to: (file, review), as: hand, stamp: stamp, in: tx).id.subject
        }
    }

    /// Whose hand rules on an objection: her own, or that of a reviewer in whose place alone she supervises.
    func ruler(of file: ReviewedFile, in review: FileReview, _ guest: Guest, today: CivilDate) -> Actor {
        guest.hand(apartFrom: Set(file.sheets.map { Actor.staff($0.reviewer) })) {
            supervises(review.terms, $0, today: today)
        }
    }

    /// Gives a file whose sheets are too far apart to a third reviewer, whom a supervisor names.
    package func assignThird(
        _ staff: StaffID, to id: ReviewedFileID, by guest: Guest, attempt: Attempt
    ) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        _ = try await once(attempt, by: stamp.actor, "third \(staff) for \(id)", stamp) { tx in
            let file = try ReviewedFileTable.load(id, in: tx)
            let review = try FileReviewTable.load(file.drawn.review, in: tx)
            try requireSupervision(of: review.terms, guest, today: stamp.now.day)
            let reviewer = try reviewer(staff, today: stamp.now.day, in: tx)
            return try third(reviewer, for: file, of: review, stamp: stamp, in: tx).id.subject
        }
    }

    private func third(
        _ reviewer: FileReviewRules.Reviewer, for file: ReviewedFile, of review: FileReview, stamp: Stamp,
        in tx: Transaction
    ) throws -> ReviewedFile {
        let event = try reviewedFileRules(of: review, in: file.drawn.matter.region).third(reviewer.staff, for: file)
        try FileReviewRules().check(reviewer, for: file)
        let after = try ReviewedFileTable.append([event], to: file, review.terms.manner, stamp: stamp, in: tx)
        try tell(.fileToReview, [reviewer.staff], after, of: review, (after.sequence, stamp), tx)
        return after
    }

    /// The rules of a file of a campaign, by the calendar of its place.
    func reviewedFileRules(of review: FileReview, in region: Region) -> ReviewedFileRules {
        ReviewedFileRules(
            calendar: rules(for: region).clock.calendar, checklist: checklist, manner: review.terms.manner)
    }

    /// `hand` is whose hand it is: the actor's, or that of whom she stands in for.
    private func apply(
        _ command: ReviewedFileCommand, to drawn: (file: ReviewedFile, review: FileReview), as hand: Actor,
        stamp: Stamp, in tx: Transaction
    ) throws -> ReviewedFile {
        let (file, review) = drawn
        let events = try reviewedFileRules(of: review, in: file.drawn.matter.region)
            .decide(command, on: file, by: hand, at: stamp.now)
        let after = try ReviewedFileTable.append(events, to: file, review.terms.manner, stamp: stamp, in: tx)
        return try react(to: events, after, of: review, stamp: stamp, in: tx)
    }

    /// And then what happens: somebody is told, a third is given the file, an order asks for mending.
    private func react(
        to events: [ReviewedFileEvent], _ file: ReviewedFile, of review: FileReview, stamp: Stamp, in tx: Transaction
    ) throws -> ReviewedFile {
        let (matter, today) = (file.drawn.matter, stamp.now.day)
        var file = file
        for event in events {
            let about = (file.sequence, stamp)
            switch event {
            case .diverged: file = try callThird(for: file, of: review, stamp: stamp, in: tx)
            case .settled:
                try tell(
                    .fileReviewed, staff(with: .lead, for: matter, today: today, in: tx), file, of: review, about, tx)
            case .objected:
                let supervisors = try staff(with: .supervise, for: matter, today: today, in: tx)
                try tell(.fileObjected, supervisors, file, of: review, about, tx)
            case .ruled:
                try tell(.fileRuled, staff(with: .lead, for: matter, today: today, in: tx), file, of: review, about, tx)
            case .finished: file = try orderMending(of: file, in: review, stamp: stamp, tx)
            case .drawn, .assigned, .marked, .submitted, .ordered: break
            }
        }
        return file
    }

    /// Gives the file to the first of the campaign's reviewers who may; where none may, a supervisor names somebody.
    private func callThird(
        for file: ReviewedFile, of review: FileReview, stamp: Stamp, in tx: Transaction
    ) throws -> ReviewedFile {
        for staff in review.reviewers {
            do {
                let reviewer = try reviewer(staff, today: stamp.now.day, in: tx)
                return try third(reviewer, for: file, of: review, stamp: stamp, in: tx)
            } catch is FileReviewRefusal {
                continue
            }
        }
        return file
    }

    /// An order of the platform about what the body is to mend, in the transaction that makes the marks final. Where
    /// one about the case is open already, that one stands.
    private func orderMending(
        of file: ReviewedFile, in review: FileReview, stamp: Stamp, _ tx: Transaction
    ) throws -> ReviewedFile {
        guard let toMend = file.outcome?.toMend, !toMend.isEmpty else { return file }
        let own = Stamp(now: stamp.now, actor: .platform, entropy: stamp.entropy)
        let points = toMend.compactMap { checklist[$0]?.name }
        let draft = OrderRules.Draft(
            file.drawn.matter, finding: nil, days: review.terms.manner.mendingDays,
            text: "案卷评查\(review.opened.number)要求整改：\(points.joined(separator: "；"))。")
        do {
            let order = try issue(draft, about: nil, stamp: own, in: tx)
            return try ReviewedFileTable.append(
                [.ordered(order.id)], to: file, review.terms.manner, stamp: own, in: tx)
        } catch is OrderRefusal {
            return file
        }
    }

    /// Calls the draws whose time has come, and ends the time for objections: each in its own transaction. Done twice
    /// at once it is done once.
    package func stepFileReviews() async throws -> (done: Int, failed: [Subject: String]) {
        let now = time.now()
        let (reviews, files) = try await store.read { tx in
            (
                try FileReviewTable.due(by: now, limit: Self.fileReviewsMax, in: tx),
                try ReviewedFileTable.due(by: now, limit: Self.fileReviewsMax, in: tx)
            )
        }
        return try await each(reviews.map(\.subject) + files.map(\.subject)) { subject in
            let stamp = stamp(of: .platform)
            try await store.write { tx in
                guard reviews.contains(FileReviewID(subject)) else {
                    let file = try ReviewedFileTable.load(ReviewedFileID(subject), in: tx)
                    let review = try FileReviewTable.load(file.drawn.review, in: tx)
                    _ = try apply(.tick, to: (file, review), as: .platform, stamp: stamp, in: tx)
                    return
                }
                let review = try FileReviewTable.load(FileReviewID(subject), in: tx)
                let events = try FileReviewRules().decide(.tick, on: review, at: stamp.now)
                _ = try FileReviewTable.append(events, to: review, stamp: stamp, in: tx)
            }
        }
    }

    /// LIMIT: people who are told of one event of a file.
    private static let fileToldMax = 20

    /// Tells staff of a drawn file; `because` is the number of the event, and its stamp.
    func tell(
        _ kind: NoticeKind, _ staff: [StaffID], _ file: ReviewedFile, of review: FileReview,
        _ because: (sequence: Int, stamp: Stamp), _ tx: Transaction
    ) throws {
        let (matter, stamp) = (file.drawn.matter, because.stamp)
        var values: [String: NoticeValue] = [
            "review": .text(review.opened.number), "number": .text(matter.number),
            "item": .text(try load(matter.dossier, in: tx).submitted.terms.itemName),
        ]
        if kind.values["marks"] != nil { values["marks"] = .number(file.outcome?.marks ?? 0) }
        if kind.values["day"] != nil, let outcome = file.outcome { values["day"] = .day(outcome.objectUntil) }
        for id in Set(staff).sorted().prefix(Self.fileToldMax) {
            let notice = try Notice(
                .made(for: "\(file.id)-\(because.sequence) \(kind.id) \(id)", order: because.sequence, stamp: stamp),
                kind, to: .staff(id),
                about: NoticeMatter(reviewedFile: file.id.subject, catalogCode: matter.catalogCode), values: values,
                now: stamp.now)
            try NoticeTable.create(notice, to: [], notBefore: nil, stamp: stamp, in: tx)
        }
    }
}
