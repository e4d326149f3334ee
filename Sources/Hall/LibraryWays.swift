import Certificates
import Store
import Vocabulary

/// The ways to imported records, each built in the order of its key after all records are there. A step that was
/// stopped is begun again: what stands there already stays.
extension LibraryImport {
    func move(
        _ state: CertificateImportTable.Progress, to step: CertificateImportTable.Step, part: Int = 0
    ) async throws -> CertificateImportTable.Progress {
        var moved = state
        (moved.step, moved.part) = (step, part)
        try await hall.store.write { [moved, now = hall.time.now()] tx in
            try CertificateImportTable.keep(moved, now: now, in: tx)
        }
        progress(moved)
        return moved
    }

    func buildWays(_ begun: CertificateImportTable.Progress) async throws -> CertificateImportTable.Progress {
        var state = begun
        while let next = CertificateImportTable.Step(rawValue: state.step.rawValue + 1) {
            if state.step == .nameParts {
                state = try await buildNameParts(state)
            } else if state.taken > 0 {
                try await hall.store.write { [state] tx in
                    try CertificateTable.build(state.step, from: state.first, to: state.last, in: tx)
                }
            }
            state = try await move(state, to: next)
        }
        return state
    }

    /// Of a small import its holders only; of a large one all names, part by part.
    private func buildNameParts(
        _ begun: CertificateImportTable.Progress
    ) async throws -> CertificateImportTable.Progress {
        var state = begun
        let (left, all) = try await hall.store.read { tx in
            (try HolderNames.importedCount(in: tx), try HolderNames.count(in: tx))
        }
        if left <= HolderNames.smallImportMax {
            try await buildFew()
        } else {
            let bounds = try await bounds(names: all)
            for part in bounds.indices.dropLast() where part >= state.part {
                try await build(bounds[part]..<bounds[part + 1])
                state = try await move(state, to: .nameParts, part: part + 1)
            }
        }
        try await hall.store.write { tx in try HolderNames.clearImported(in: tx) }
        return state
    }

    private func buildFew() async throws {
        var last: PersonID?
        while true {
            let holders = try await hall.store.read { [last] tx in try HolderNames.imported(after: last, in: tx) }
            guard let end = holders.last else { return }
            try await hall.store.write { tx in try HolderNames.putPairs(of: holders, in: tx) }
            last = end
        }
    }

    /// Bounds of parts of about the same size, by the pairs of the names that come first. Holders come in an order
    /// that their names have nothing to do with. The same names give the same bounds.
    private func bounds(names: Int) async throws -> [Int] {
        let page = try await hall.store.read { tx in try HolderNames.page(after: nil, in: tx) }
        let tokens = HolderNames.pairs(of: page).map(\.token).sorted()
        guard !tokens.isEmpty else { return [0, .max] }
        let parts = max(1, names * tokens.count / max(page.count, 1) / HolderNames.pairsMax + 1)
        let inner = (1..<parts).map { tokens[tokens.count * $0 / parts] }
        return [0] + inner + [.max]
    }

    private func build(_ range: Range<Int>) async throws {
        var (pairs, last): ([HolderNames.Pair], PersonID?) = ([], nil)
        while true {
            let page = try await hall.store.read { [last] tx in try HolderNames.page(after: last, in: tx) }
            guard let end = page.last?.holder else { break }
            pairs += HolderNames.pairs(of: page).filter { range.contains($0.token) }
            last = end
        }
        pairs.sort { ($0.token, $0.holder) < ($1.token, $1.holder) }
        for start in stride(from: 0, to: pairs.count, by: HolderNames.pairsPerTransaction) {
            let some = Array(pairs[start..<min(start + HolderNames.pairsPerTransaction, pairs.count)])
            try await hall.store.write { tx in try HolderNames.put(some, in: tx) }
        }
    }
}
