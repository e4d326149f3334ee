package import Store
package import Vocabulary

/// What somebody wants to happen to a campaign.
package enum FileReviewCommand: Sendable {
    /// Draws so many files by the first checkpoint since the named time; nil where there is none yet.
    case draw(Checkpoint?, count: Int)
    /// Gives the files to reviewers.
    case deal([StaffID])
    /// Publishes the marks; `open` says how many files are not final.
    case publish(open: Int)
    /// The pulse: the named time has come.
    case tick
}

/// What follows from a command on a campaign, and who reviews which file. Pure.
package struct FileReviewRules: Sendable {
    /// LIMIT: days of closing that one campaign looks at.
    package static let periodDaysMax = 366
    /// LIMIT: seconds from the opening to the named time of the draw. A form says a minute at least; until it is taken
    /// some of that has passed.
    package static let drawSeconds: ClosedRange<Int64> = 30...(14 * 24 * 3600)
    /// LIMIT: reviewers among whom a campaign is dealt.
    package static let reviewersMax = 100
    /// LIMIT: the figures of the manner.
    package static let reviewersOfAFile = 1...2
    package static let gaps = 1...50
    package static let days = 1...30
    package static let marks = 1...99

    package init() {}

    /// The event with which a campaign begins; `cases` are those that the figures hold for its terms.
    package func open(
        _ terms: FileReviewTerms, number: String, from cases: [FileDraw.ClosedCase], checklist: ReviewChecklist,
        at now: Instant
    ) throws(FileReviewRefusal) -> FileReviewEvent {
        let days = terms.to.daysSinceEpoch - terms.from.daysSinceEpoch + 1
        guard (1...Self.periodDaysMax).contains(days), terms.to <= now.day else { throw .periodUnfit }
        let seconds = (terms.drawAt.milliseconds - now.milliseconds) / 1000
        guard Self.drawSeconds.contains(seconds) else { throw .drawTimeUnfit }
        let sample = terms.sample
        guard FileDraw.Sample.values(sample.unit).contains(sample.value) else { throw .sampleUnfit }
        let manner = terms.manner
        guard Self.reviewersOfAFile.contains(manner.reviewers), Self.gaps.contains(manner.gap),
            Self.days.contains(manner.objectionDays), Self.days.contains(manner.mendingDays),
            Self.marks.contains(manner.pass), Self.marks.contains(manner.excellent), manner.pass < manner.excellent
        else { throw .termsUnfit }
        guard !cases.isEmpty else { throw .populationEmpty }
        guard cases.count <= FileDraw.populationMax else { throw .populationTooLarge }
        guard FileDraw.count(of: cases, sample) <= FileDraw.drawnMax else { throw .drawTooLarge }
        return .opened(
            FileReviewEvent.Opened(
                number: number, terms: terms, count: cases.count, digest: FileDraw.digest(of: cases),
                checklist: checklist.digest))
    }

    /// What follows from a command.
    package func decide(
        _ command: FileReviewCommand, on review: FileReview, at now: Instant
    ) throws(FileReviewRefusal) -> [FileReviewEvent] {
        switch command {
        case .tick:
            guard review.stage == .opened, now >= review.terms.drawAt else { return [] }
            return [.called]
        case .draw(let checkpoint, let count):
            guard review.draw == nil else { throw .drawnBefore }
            guard let checkpoint, now >= review.terms.drawAt else { throw .checkpointAwaited }
            let seed = FileDraw.seed(of: review.id, population: review.opened.digest, root: checkpoint.root)
            let draw = FileReviewEvent.Draw(
                checkpointSize: checkpoint.size, checkpointAt: checkpoint.at, root: FileDraw.hex(checkpoint.root),
                seed: FileDraw.hex(seed), count: count)
            return (review.stage == .opened ? [.called] : []) + [.drawn(draw)]
        case .deal(let reviewers):
            guard review.draw != nil else { throw .notDrawn }
            guard review.stage == .drawn else { throw .dealtBefore }
            guard (1...Self.reviewersMax).contains(reviewers.count) else { throw .tooFewReviewers }
            // Named twice, one person would have both sheets of a file.
            guard Set(reviewers).count == reviewers.count else { throw .assignedBefore }
            return [.dealt(reviewers)]
        case .publish(let open):
            guard review.stage != .published else { throw .publishedBefore }
            guard review.stage == .dealt else { throw .notDrawn }
            guard open == 0 else { throw .filesOpen }
            return [.published]
        }
    }

    /// Somebody who may review files: of which bodies she is; empty for the supervisor's own group.
    package struct Reviewer: Hashable, Sendable {
        package let staff: StaffID
        package let bodies: [CreditCode]
        /// Whether she examines, decides or leads without any bound: then every file is of a body of hers.
        package let isOfEvery: Bool

        package init(_ staff: StaffID, of bodies: [CreditCode], isOfEvery: Bool = false) {
            (self.staff, self.bodies, self.isOfEvery) = (staff, bodies, isOfEvery)
        }
    }

    /// Refuses whoever is of the file's body or took part in its case.
    package func check(_ reviewer: Reviewer, for file: ReviewedFile) throws(FileReviewRefusal) {
        guard !reviewer.isOfEvery, !reviewer.bodies.contains(file.drawn.matter.body) else { throw .ownBody }
        guard !file.drawn.tookPart.contains(reviewer.staff) else { throw .tookPart }
        guard !file.sheets.contains(where: { $0.reviewer == reviewer.staff }) else { throw .assignedBefore }
    }

    /// Who reviews which file: each goes to those who have fewest by then, in the order in which they were named.
    package func deal(
        _ files: [ReviewedFile], to pool: [Reviewer], each count: Int
    ) throws(FileReviewRefusal) -> [ReviewedFileID: [StaffID]] {
        var (dealt, load): ([ReviewedFileID: [StaffID]], [StaffID: Int]) = ([:], [:])
        for file in files {
            let able = eligible(pool, for: file)
            guard able.count >= count else { throw .tooFewReviewers }
            let chosen = able.enumerated().sorted {
                (load[$0.element] ?? 0, $0.offset) < (load[$1.element] ?? 0, $1.offset)
            }.prefix(count).map(\.element)
            for staff in chosen { load[staff, default: 0] += 1 }
            dealt[file.id] = chosen
        }
        return dealt
    }

    /// Those of a pool who may review a file and do not yet.
    package func eligible(_ pool: [Reviewer], for file: ReviewedFile) -> [StaffID] {
        pool.compactMap { reviewer in
            do {
                try check(reviewer, for: file)
                return reviewer.staff
            } catch {
                return nil
            }
        }
    }
}
