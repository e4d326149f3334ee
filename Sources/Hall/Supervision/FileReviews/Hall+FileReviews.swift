import Accounts
import Delivery
import Dossiers
import Notices
import Papers
import Store
package import Supervision
package import Vocabulary

/// 案卷评查: campaigns in which closed files are drawn and given to reviewers.
extension Hall {
    /// LIMIT: campaigns and files that one round of the pulse looks at, each.
    static let fileReviewsMax = 200

    /// Opens a campaign: its list of cases is fixed now, before anybody can know the seed. The same attempt opens one.
    /// Refuses whoever does not supervise all its places, and what `FileReviewRules.open` refuses.
    package func openFileReview(
        _ terms: FileReviewTerms, by guest: Guest, attempt: Attempt
    ) async throws -> FileReviewID {
        let stamp = stamp(of: guest.session.holder.actor)
        let mark = "open file review " + String(decoding: try CanonicalJSON.bytes(of: terms), as: UTF8.self)
        let checklist = checklist
        return FileReviewID(
            try await once(attempt, by: stamp.actor, mark, stamp) { tx in
                try requireSupervision(of: terms, guest, today: stamp.now.day)
                let cases = try closedCases(terms, today: stamp.now.day, in: tx)
                let number = try FileReviewTable.nextNumber(of: stamp.now.day.year, in: tx)
                let event = try FileReviewRules().open(
                    terms, number: number, from: cases, checklist: checklist, at: stamp.now)
                let id = FileReviewID(stamp.id(for: "file review"))
                return try FileReviewTable.open(event, as: id, from: cases, stamp: stamp, in: tx).id.subject
            })
    }

    /// The cases of a campaign. Refuses while the figures may lack one that ended within its days and before today:
    /// after a start they follow the journal for a while.
    private func closedCases(
        _ terms: FileReviewTerms, today: CivilDate, in tx: Transaction
    ) throws -> [FileDraw.ClosedCase] {
        guard terms.from <= terms.to else { throw FileReviewRefusal.periodUnfit }
        let end = min(terms.to.advanced(byDays: 1), today)
        guard try FigureTable.counts(allBefore: Instant(end), in: tx) else { throw FileReviewRefusal.countingAwaited }
        let ids = try FileReviewTable.closed(terms, in: tx)
        guard ids.count <= FileDraw.populationMax else { throw FileReviewRefusal.populationTooLarge }
        return try DossierTable.numbered(ids, in: tx).map { one in
            FileDraw.ClosedCase(
                number: one.number,
                matter: SupervisedCase(
                    one.id, number: one.short, item: (one.itemCode, one.catalogCode), body: one.body,
                    region: one.region))
        }.filter { terms.holds($0.matter) }
    }

    /// Draws the files by the first checkpoint since the named time. Refuses before there is one, and a second draw.
    package func drawFiles(of id: FileReviewID, by guest: Guest, attempt: Attempt) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        _ = try await once(attempt, by: stamp.actor, "draw file review \(id)", stamp) { tx in
            let review = try FileReviewTable.load(id, in: tx)
            try requireSupervision(of: review.terms, guest, today: stamp.now.day)
            let cases = try FileReviewTable.cases(of: id, in: tx)
            let events = try FileReviewRules().decide(
                .draw(
                    try FileReviewTable.checkpoint(for: review, in: tx),
                    count: FileDraw.count(of: cases, review.terms.sample)), on: review, at: stamp.now)
            let after = try FileReviewTable.append(events, to: review, stamp: stamp, in: tx)
            guard let root = try FileReviewTable.checkpoint(for: review, in: tx)?.root else {
                throw FileReviewRefusal.checkpointAwaited
            }
            let seed = FileDraw.seed(of: id, population: review.opened.digest, root: root)
            for (order, drawn) in FileDraw.draw(from: cases, seed: seed, after.terms.sample).enumerated() {
                let file = ReviewedFileID(stamp.id(for: "reviewed file \(drawn.drawn.number)", order: order))
                try ReviewedFileTable.draw(
                    try seen(drawn, of: id, in: tx), as: file, stamp: stamp, in: tx)
            }
            return id.subject
        }
    }

    /// A drawn case with what the house answers of it itself.
    private func seen(
        _ drawn: FileDraw.Drawn, of review: FileReviewID, in tx: Transaction
    ) throws -> ReviewedFileEvent.Drawn {
        let matter = drawn.drawn.matter
        let evidence = try evidence(of: matter, in: tx)
        return ReviewedFileEvent.Drawn(
            of: review, matter, rank: drawn.rank,
            seen: (evidence.dossier.personal == nil, evidence.tookPart), prefilled: evidence.prefilled(checklist))
    }

    func evidence(of matter: SupervisedCase, in tx: Transaction) throws -> FileEvidence {
        let dossier = try load(matter.dossier, in: tx)
        return FileEvidence(
            dossier: dossier, history: try DossierTable.history(of: dossier.id, in: tx),
            papers: try PaperTable.of(dossier.id, in: tx), originals: try CustodyTable.items(of: dossier.id, in: tx),
            findings: try FindingTable.of(dossier.id, in: tx),
            isPublished: try PublicGrantTable.holds(dossier.id, in: tx), rules: rules(for: matter.region))
    }

    /// Gives the drawn files to reviewers. Refuses a second time, and where a file finds too few who may.
    package func dealFiles(
        of id: FileReviewID, to staff: [StaffID], by guest: Guest, attempt: Attempt
    ) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        let mark = "deal file review \(id) " + staff.map(\.description).joined(separator: " ")
        _ = try await once(attempt, by: stamp.actor, mark, stamp) { tx in
            let review = try FileReviewTable.load(id, in: tx)
            try requireSupervision(of: review.terms, guest, today: stamp.now.day)
            let pool = try staff.map { try reviewer($0, today: stamp.now.day, in: tx) }
            let events = try FileReviewRules().decide(.deal(staff), on: review, at: stamp.now)
            let files = try ReviewedFileTable.of(id, in: tx).map { try ReviewedFileTable.load($0.id, in: tx) }
            let manner = review.terms.manner
            let dealt = try FileReviewRules().deal(files, to: pool, each: manner.reviewers)
            for file in files {
                let given = dealt[file.id] ?? []
                let after = try ReviewedFileTable.append(
                    given.map { .assigned($0, isThird: false) }, to: file, manner, stamp: stamp, in: tx)
                for (index, staff) in given.enumerated() {
                    try tell(.fileToReview, [staff], after, of: review, (file.sequence + index + 1, stamp), tx)
                }
            }
            return try FileReviewTable.append(events, to: review, stamp: stamp, in: tx).id.subject
        }
    }

    /// Publishes the marks by body. Refuses while a file is not final.
    package func publishFileReview(_ id: FileReviewID, by guest: Guest, attempt: Attempt) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        _ = try await once(attempt, by: stamp.actor, "publish file review \(id)", stamp) { tx in
            let review = try FileReviewTable.load(id, in: tx)
            try requireSupervision(of: review.terms, guest, today: stamp.now.day)
            let open = try ReviewedFileTable.of(id, in: tx).count { $0.stage != .final }
            let events = try FileReviewRules().decide(.publish(open: open), on: review, at: stamp.now)
            return try FileReviewTable.append(events, to: review, stamp: stamp, in: tx).id.subject
        }
    }

    /// Refuses whoever does not supervise every place of a campaign.
    func requireSupervision(of terms: FileReviewTerms, _ guest: Guest, today: CivilDate) throws {
        guard supervises(terms, guest, today: today) else { throw PerformerRefusal.notAllowed }
    }

    /// Whether she supervises every place of a campaign, whatever department and item.
    func supervises(_ terms: FileReviewTerms, _ guest: Guest, today: CivilDate) -> Bool {
        let places = terms.places.isEmpty ? [FileReviewTerms.city] : terms.places
        return places.allSatisfy { region in
            guest.places.contains { place in
                Permits.reach(.supervise, grants: place.grants, today: today).contains { $0.covers(wholeOf: region) }
            }
        }
    }

    /// Roles whose holders review files of other bodies, or of any where they are of the supervisor's own group.
    private static let reviewing: [Role] = [.reviewer, .decider, .head, .supervisor]

    /// Somebody as a reviewer, with the bodies whose files are not hers. Refuses whoever is none.
    func reviewer(_ staff: StaffID, today: CivilDate, in tx: Transaction) throws -> FileReviewRules.Reviewer {
        let grants = try GrantTable.grants(of: staff, in: tx)
            .filter { Self.reviewing.contains($0.role) && $0.isInForce(on: today) }
        guard !grants.isEmpty, try StaffTable.staff(staff, in: tx)?.serves == true else {
            throw FileReviewRefusal.notAReviewer
        }
        return FileReviewRules.Reviewer(staff, grants)
    }

    /// Everybody who may review files, with what they are called.
    func reviewers(today: CivilDate, in tx: Transaction) throws -> [(FileReviewRules.Reviewer, Staff)] {
        let grants = Dictionary(
            grouping: try GrantTable.inForce(Self.reviewing, today: today, in: tx), by: \.staff)
        return try grants.keys.sorted().compactMap { id in
            guard let staff = try StaffTable.staff(id, in: tx), staff.serves else { return nil }
            return (FileReviewRules.Reviewer(id, grants[id] ?? []), staff)
        }
    }
}

extension FileReviewRules.Reviewer {
    fileprivate init(_ staff: StaffID, _ grants: [Grant]) {
        let own = grants.filter { $0.role != .supervisor }
        self.init(
            staff, of: own.compactMap(\.extent.department),
            isOfEvery: own.contains { $0.extent.department == nil })
    }
}
