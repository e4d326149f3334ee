package import Accounts
package import Dossiers
import Store
package import Vocabulary

/// What the law wants to be public of dossiers: written in the transaction that makes it so.
extension Hall {
    /// LIMIT: dossiers that one transaction of a rebuilding reads.
    package static let rebuiltAtOnceMax = 100

    /// Brings the public lists up to a dossier after events.
    func publish(_ events: [DossierEvent], of dossier: Dossier, day: CivilDate, in tx: Transaction) throws {
        for event in events { try publishEnd(event, of: dossier, day: day, in: tx) }
        if events.contains(.closed) { try TripTable.keep(dossier, in: tx) }
        guard events.contains(where: \.movesOverruns) else { return }
        try OverrunTable.keep(dossier, rules(for: dossier.submitted.terms.region), in: tx)
    }

    /// Writes the public lists again from the journal and answers how many dossiers it read. `onProgress` is told of
    /// each hundred.
    @discardableResult
    package func rebuildPublications(onProgress: @Sendable (Int) -> Void = { _ in }) async throws -> Int {
        try await eachDossier(onProgress: onProgress) { id, tx in try rebuild(id, in: tx) }
    }

    /// Does something with every dossier in the order of their ids, so many in a transaction, and answers how many
    /// there were: for rows that are written anew from the journal. Safe beside a house that runs.
    func eachDossier(
        batch: Int = rebuiltAtOnceMax, onProgress: @Sendable (Int) -> Void = { _ in },
        _ work: @escaping @Sendable (DossierID, Transaction) throws -> Void
    ) async throws -> Int {
        var (last, count): (DossierID?, Int) = (nil, 0)
        while true {
            let after = last
            let page = try await store.write { tx in
                let ids = try DossierTable.ids(after: after, limit: batch, in: tx)
                for id in ids { try work(id, tx) }
                return ids
            }
            guard let next = page.last else { return count }
            (last, count) = (next, count + page.count)
            onProgress(count)
        }
    }

    private func rebuild(_ id: DossierID, in tx: Transaction) throws {
        let dossier = try load(id, in: tx)
        try OverrunTable.keep(dossier, rules(for: dossier.submitted.terms.region), in: tx)
        try rebuildGrant(of: dossier, in: tx)
        try TripTable.keep(dossier, in: tx)
    }

    /// A page of the limits that passed within these days, the latest first; `isUnexplained` for those alone whose
    /// reasons nobody has published.
    package func overruns(
        _ days: ClosedRange<CivilDate>, isUnexplained: Bool = false, after cursor: OverrunTable.Cursor? = nil,
        limit: Int = Limits.pageRowsMax
    ) async throws -> [PublicOverrun] {
        try await store.read { tx in
            isUnexplained
                ? try OverrunTable.unexplained(days, after: cursor, limit: limit, in: tx)
                : try OverrunTable.lines(days, after: cursor, limit: limit, in: tx)
        }
    }

    /// How many limits passed whose reasons nobody has published; `OverrunTable.countedMax` where the count stops.
    package func unexplainedOverruns() async throws -> Int {
        try await store.read { tx in try OverrunTable.unexplainedCount(in: tx) }
    }

    /// Dossiers with a limit that passed and that nobody has explained, within what these powers give somebody, the one
    /// that passed first before the others.
    package func unexplained(
        grants: [Grant], powers: [Power], limit: Int = Limits.pageRowsMax
    ) async throws -> [DossierLine] {
        try await lines(within: powers, of: grants, limit: limit) { part, tx in
            try OverrunTable.waiting(in: part, limit: limit, tx: tx)
        }
    }
}

extension DossierEvent {
    /// Whether it changes what is public of a limit that passed.
    fileprivate var movesOverruns: Bool {
        switch self {
        case .clock, .overrun, .granted, .refused, .withdrawn, .terminated, .tolerance(.lapsed): true
        default: false
        }
    }
}
