import Dossiers
import Store
package import Supervision
package import Vocabulary
import Windows

/// Figures of evaluations, the public list, and what is exported.
extension Hall {
    /// LIMIT: published reviews on one page.
    package static let publishedMax = 20
    /// LIMIT: tickets that a recount reads at once.
    private static let recountedMax = 500

    /// An evaluation with what became of it, where it was a bad one.
    package struct ToldEvaluation: Sendable {
        package let evaluation: Evaluation
        package let it: Rectification?
        /// The case's number of 43 characters; nil for a visit.
        package let number: String?
    }

    /// The sums of some months.
    package func evaluationFigures(_ months: ClosedRange<Month>) async throws -> EvaluationTally {
        try await store.read { tx in try EvaluationFigureTable.whole(months, in: tx) }
    }

    /// The sums of some months with those of bodies and items as the public may read them, on one snapshot.
    package func evaluationRankings(
        _ months: ClosedRange<Month>
    ) async throws -> (
        whole: EvaluationTally, bodies: EvaluationFigureTable.Ranking, items: EvaluationFigureTable.Ranking
    ) {
        try await store.read { tx in
            let rankings = try EvaluationFigureTable.rankings(months, in: tx)
            return (try EvaluationFigureTable.whole(months, in: tx), rankings.bodies, rankings.items)
        }
    }

    /// What the public reads of bad reviews, the latest first, before an instant.
    package func publishedReviews(before instant: Instant? = nil) async throws -> [Rectification] {
        try await store.read { tx in
            try RectificationTable.published(before: instant, limit: Self.publishedMax, in: tx).map {
                try RectificationTable.load($0, in: tx)
            }
        }
    }

    /// One page of the evaluations of some days, the oldest first, after one of them.
    package func evaluations(
        from first: CivilDate, through last: CivilDate, after place: EvaluationID? = nil
    ) async throws -> [ToldEvaluation] {
        try await store.read { tx in
            try EvaluationTable.page(from: first, through: last, after: place, in: tx).map { id in
                let evaluation = try EvaluationTable.load(id, in: tx)
                let isBad = evaluation.given.grade.isBad
                let occasion = evaluation.given.occasion
                let number =
                    occasion.kind == .matter
                    ? try DossierTable.load(DossierID(occasion.of), in: tx)?.submitted.numbers.number : nil
                return ToldEvaluation(
                    evaluation: evaluation, it: isBad ? try RectificationTable.load(.of(id), in: tx) : nil,
                    number: number)
            }
        }
    }

    /// Counts everything anew from the journal: what was given, what became of it, and what could be judged. For a
    /// house that stands still meanwhile; answers how many evaluations it counted.
    package func recountEvaluations() async throws -> Int {
        try await store.write { tx in try EvaluationFigureTable.clear(in: tx) }
        let days = (CivilDate(daysSinceEpoch: 0), time.now().day)
        var (last, count): (EvaluationID?, Int) = (nil, 0)
        while true {
            let after = last
            let page = try await store.write { tx in
                let ids = try EvaluationTable.page(from: days.0, through: days.1, after: after, in: tx)
                for id in ids { try EvaluationFigureTable.recount(id, in: tx) }
                return ids
            }
            guard let next = page.last else { break }
            (last, count) = (next, count + page.count)
        }
        _ = try await eachDossier { id, tx in
            guard let dossier = try DossierTable.load(id, in: tx), case .ended(_, let at, _) = dossier.stage else {
                return
            }
            try noteOccasion(Self.place(of: dossier), stamp: counting(at), in: tx)
        }
        try await recountVisits()
        return count
    }

    private func recountVisits() async throws {
        for hall in try await serviceHalls() {
            var last: TicketID?
            while true {
                let after = last
                let page = try await store.write { tx in
                    let tickets = try TicketTable.page(of: hall.code, after: after, limit: Self.recountedMax, in: tx)
                    for ticket in tickets {
                        guard let endedAt = ticket.endedAt else { continue }
                        try noteOccasion(of: ticket, stamp: counting(endedAt), in: tx)
                    }
                    return tickets.map(\.id)
                }
                guard let next = page.last else { break }
                last = next
            }
        }
    }

    private func counting(_ at: Instant) -> Stamp {
        Stamp(now: at, actor: .platform, entropy: Entropy(seed: Array(repeating: 0, count: 32)))
    }
}
