import Accounts
import Store
package import Supervision
import Vocabulary
import Windows

/// The bad reviews that somebody handles, or that she supervises.
extension Hall {
    /// One page of what is open with those for whom she handles bad reviews, the oldest first, after one of them.
    package func badReviews(
        for staff: Guest, after last: RectificationID? = nil
    ) async throws -> RectificationPage {
        let today = time.now().day
        return try await store.read { tx in
            let owners = try owners(handledBy: staff, today: today, in: tx)
            return try RectificationPage.read(after: last) { after in
                try RectificationTable.open(of: owners, after: after, in: tx)
            } showing: { line in
                mayHandle(staff, try RectificationTable.load(line.id, in: tx).opened.place, today: today)
            }
        }
    }

    /// The bodies and halls whose bad reviews she handles some of.
    private func owners(handledBy staff: Guest, today: CivilDate, in tx: Transaction) throws -> [String] {
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
        return owners.sorted()
    }

    /// One page of the bad reviews at a stage where she supervises, or of appeals for nil, the oldest first, after one
    /// of them.
    package func supervisedReviews(
        at stage: Rectification.Stage?, for staff: Guest, after last: RectificationID? = nil
    ) async throws -> RectificationPage {
        let (parts, today) = (parts(.supervise, staff), time.now().day)
        return try await store.read { tx in
            RectificationPage.merged(
                try parts.map { part in
                    try RectificationPage.read(after: last) { after in
                        try RectificationTable.at(stage, in: part, after: after, tx: tx)
                    } showing: { line in
                        guard part.isOfSomeItems else { return true }
                        let place = try RectificationTable.load(line.id, in: tx).opened.place
                        return maySupervise(staff, place, today: today)
                    }
                })
        }
    }

    /// How many bad reviews stand at each open stage where she supervises, and for nil how many appeals wait; a count
    /// stops at `RectificationTable.countedMax`. Where her grant names items there are no counts: of which item a bad
    /// review is stands in the journal alone.
    package func supervisedReviewCounts(for staff: Guest) async throws -> [Rectification.Stage?: Int] {
        let parts = parts(.supervise, staff)
        guard !parts.contains(where: \.isOfSomeItems) else { return [:] }
        let stages: [Rectification.Stage?] = Rectification.Stage.allCases.filter(\.isOpen) + [nil]
        return try await store.read { tx in
            var counts: [Rectification.Stage?: Int] = [:]
            for stage in stages {
                counts[stage] = try parts.reduce(0) { try $0 + RectificationTable.count(at: stage, in: $1, tx: tx) }
            }
            return counts
        }
    }
}

extension SupervisedPart {
    /// Whether it is not of every item.
    fileprivate var isOfSomeItems: Bool { items != SupervisedPart.everywhere.items }
}
