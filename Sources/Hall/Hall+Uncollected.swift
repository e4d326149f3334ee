import Accounts
import Catalogue
package import Delivery
package import Dossiers
import Notices
import Store
package import Vocabulary

/// 逾期未领: what the days do to results that nobody fetches. The case stays where it stands: what nobody has is not
/// delivered, and no limit of the law ends by it.
extension Hall {
    /// LIMIT: results that one round looks at.
    static let uncollectedMax = 200
    /// How long a result is left alone that a courier is fetching.
    private static let lookAgainSeconds: Int64 = 86_400

    /// Reminds, moves to the archive, or looks again later: whatever is due by now, each in its own transaction, so
    /// that one that cannot be done holds up no other. Done twice at once it is done once.
    package func stepUncollected() async throws -> (done: Int, failed: [DossierID: String]) {
        let now = time.now()
        let due = try await store.read { tx in try ShelfTable.due(by: now, limit: Self.uncollectedMax, in: tx) }
        return try await each(due) { id in
            let stamp = stamp(of: .platform)
            try await store.write { tx in try stepUncollected(id, stamp: stamp, in: tx) }
        }
    }

    private func stepUncollected(_ id: DossierID, stamp: Stamp, in tx: Transaction) throws {
        guard let kept = try ShelfTable.kept(id, in: tx), let at = kept.nextAt, at <= stamp.now,
            let deed = ShelfRules.next(after: kept, shelfTerms)?.deed
        else { return }
        let dossier = try load(id, in: tx)
        guard case .issued(_, _, let code) = dossier.stage else {
            try ShelfTable.perform(.leave, on: kept, shelfTerms, stamp: stamp, in: tx)
            return
        }
        guard try resultParcel(of: id, in: tx) == nil else {
            let later = stamp.now.advanced(bySeconds: Self.lookAgainSeconds)
            try ShelfTable.perform(.wait(until: later), on: kept, shelfTerms, stamp: stamp, in: tx)
            return
        }
        let after = try ShelfTable.perform(deed, on: kept, shelfTerms, stamp: stamp, in: tx)
        guard let told = Self.told(of: after, code: code) else { return }
        let submitted = dossier.submitted
        try tell(
            told.kind, to: .person(submitted.agent ?? submitted.applicant), about: dossier, told.values,
            because: (kept.id.subject, try Journal.lastSequence(of: kept.id.subject, in: tx)), stamp: stamp, in: tx)
    }

    /// What the applicant is told of a result that came to stand so; nil where nothing.
    private static func told(
        of kept: KeptResult, code: String?
    ) -> (kind: NoticeKind, values: [String: NoticeValue])? {
        let code = NoticeValue.text(code ?? "—")
        switch kept.state {
        case .reminded: return (.uncollected, ["code": code, "day": .day(kept.readyAt.day)])
        case .remindedAgain: return kept.nextAt.map { (.uncollectedAgain, ["code": code, "day": .day($0.day)]) }
        case .archived: return (.uncollectedArchived, [:])
        case .waiting, .left: return nil
        }
    }

    /// The parcel in which a result is on its way, or waits to be fetched; nil where none is. What was lost is made
    /// again.
    func resultParcel(of id: DossierID, in tx: Transaction) throws -> Parcel? {
        for parcel in try ParcelTable.of(id, in: tx) {
            let parcel = try ParcelTable.load(parcel, in: tx)
            if parcel.ordered.direction == .resultToDoor, parcel.stage.isOpen, parcel.stage != .lost { return parcel }
        }
        return nil
    }

    /// One line of 逾期未领. Nothing of it is personal.
    package struct UncollectedLine: Sendable {
        package let kept: KeptResult
        package let short: String
        package let itemCode: String
        package let body: String
    }

    /// Results that nobody fetched, with how many there are in each state; those in the archive last, and of each state
    /// the longest ready first.
    package func uncollected() async throws -> (
        lines: [UncollectedLine], counts: [(state: KeptResult.State, count: Int)]
    ) {
        try await store.read { tx in
            let states: [KeptResult.State] = [.remindedAgain, .archived]
            let lines = try states.flatMap {
                try ShelfTable.uncollected($0, limit: Limits.pageRowsMax, in: tx)
            }.map { kept in
                let submitted = try load(kept.matter.dossier, in: tx).submitted
                return UncollectedLine(
                    kept: kept, short: submitted.numbers.short, itemCode: submitted.terms.itemCode,
                    body: submitted.terms.bodyName)
            }
            let all: [KeptResult.State] = [.waiting, .reminded] + states
            return (lines, try all.map { ($0, try ShelfTable.count($0, in: tx)) })
        }
    }

    /// Whether a courier can bring a result that its applicant has not fetched, and for what price; nil where none can:
    /// she was not reminded twice yet, one is on the way, or no courier is set.
    package func courierOffer(for dossier: Dossier) async throws -> ParcelPrice? {
        guard case .issued = dossier.stage, let price = price(of: .resultToDoor, for: dossier) else { return nil }
        return try await store.read { tx in
            guard let kept = try ShelfTable.kept(dossier.id, in: tx), kept.isOverdue,
                try resultParcel(of: dossier.id, in: tx) == nil
            else { return nil }
            return price
        }
    }

    /// Orders a courier for a result that was not fetched, for the price that the applicant saw. Refuses one that is on
    /// its way, or gone.
    package func orderResult(
        of id: DossierID, to address: PostalAddress, agreedCents: Int, by performer: Performer, attempt: Attempt
    ) async throws {
        guard let account = courier else { throw ParcelRefusal.noCourier }
        let dossier = try await store.read { tx in try load(id, in: tx) }
        var draft = ParcelDraft(
            .resultToDoor, of: id, by: ParcelEvent.Route(from: account.house, to: address),
            isFiledOnline: dossier.submitted.mode.submission == .online)
        draft.agreedCents = agreedCents
        _ = try await order(draft, by: performer, attempt: attempt)
    }
}
