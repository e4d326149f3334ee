import Certificates
import Store
import Vocabulary

/// The ways to imported records, each built in the order of its key after all records are there. A step that was
/// stopped is begun again: what stands there already stays.
extension LibraryImport {
    func move(
        _ state: CertificateImportTable.Progress, to step: CertificateImportTable.Step
    ) async throws -> CertificateImportTable.Progress {
        var moved = state
        moved.step = step
        try await hall.store.write { [moved, now = hall.time.now()] tx in
            try CertificateImportTable.keep(moved, now: now, in: tx)
        }
        progress(moved)
        return moved
    }

    func buildWays(_ begun: CertificateImportTable.Progress) async throws -> CertificateImportTable.Progress {
        var state = begun
        while let next = CertificateImportTable.Step(rawValue: state.step.rawValue + 1) {
            if state.step == .names { try await completeNames() }
            if state.taken > 0 {
                try await hall.store.write { [state] tx in
                    try CertificateTable.build(state.step, from: state.first, to: state.last, in: tx)
                }
            }
            state = try await move(state, to: next)
        }
        return state
    }

    private func completeNames() async throws {
        var last: Int? = -1
        while let position = last {
            last = try await hall.store.write { tx in try HolderNames.completeImported(after: position, in: tx) }
        }
    }
}
