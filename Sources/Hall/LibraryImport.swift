package import Accounts
package import Certificates
package import Store
package import Vocabulary

/// Where records of elsewhere come from: a file, or chance.
package protocol RecordSource: Sendable {
    /// Names it for ever: an import of the same source goes on where it was stopped.
    var name: String { get }
    /// The next records from a place on, at most so many; nil at the end.
    func batch(from place: Int, line: Int, limit: Int) async throws -> RecordBatch?
}

/// Some records of a source.
package struct RecordBatch: Sendable {
    package struct Item: Sendable {
        /// The line on which it stands, from 1.
        package let line: Int
        package let record: NamedRecord

        package init(line: Int, record: NamedRecord) { (self.line, self.record) = (line, record) }
    }

    package var items: [Item] = []
    /// Those that cannot be taken.
    package var refused: [RefusedRow] = []
    /// Where it goes on.
    package var place: Int
    package var line: Int

    package init(place: Int, line: Int) { (self.place, self.line) = (place, line) }
}

/// A record whose holder is known by number only.
package struct NamedRecord: Sendable {
    package let identifier: CertificateIdentifier
    package let number: PersonNumber
    package let personal: Certificate.Personal
    package let validFrom: CivilDate
    package let validUntil: CivilDate?

    package init(
        _ identifier: CertificateIdentifier, of number: PersonNumber, _ personal: Certificate.Personal,
        from validFrom: CivilDate, until validUntil: CivilDate?
    ) {
        (self.identifier, self.number, self.personal) = (identifier, number, personal)
        (self.validFrom, self.validUntil) = (validFrom, validUntil)
    }
}

/// A row that was not taken, and why.
package struct RefusedRow: Hashable, Sendable {
    package let line: Int
    package let refusal: CertificateImportRefusal
    /// The field that is meant; empty for the whole row.
    package let place: String

    package init(line: Int, _ refusal: CertificateImportRefusal, at place: String = "") {
        (self.line, self.refusal, self.place) = (line, refusal, place)
    }
}

/// Where refused rows are put aside.
package protocol RefusedRows: Sendable {
    /// Cuts what was written after an import was last sure of it.
    func cut(to bytes: Int) throws
    /// Writes rows durably, and answers how long it is then.
    func append(_ rows: [RefusedRow]) throws -> Int
}

extension Hall {
    /// Under which id somebody is known who has the number, or will be.
    package func holder(_ number: PersonNumber, key: AccountKey) async throws -> PersonID {
        let known = try await store.read { tx in try PersonTable.find(number, key: key, in: tx) }
        return known ?? PersonTable.expectedID(of: number, key: key)
    }
}

/// Takes records of elsewhere into the library, in bulk. It seals the journal meanwhile, in the place of the server;
/// killed at any moment, it goes on after the last transaction.
package struct LibraryImport: Sendable {
    /// LIMIT: rounds of waiting for the sealer's lease, a second each.
    private static let waitsMax = 60

    let hall: Hall
    let sealer: Sealer
    private let keeper: CertificateLogKeeper
    private let key: AccountKey
    /// Records of one transaction, at most `CertificateChunk.recordsMax`.
    package var recordsAtOnce = CertificateChunk.recordsMax
    let progress: @Sendable (CertificateImportTable.Progress) -> Void

    /// `progress` is told after every transaction.
    package init(
        _ hall: Hall, sealer: Sealer, keeper: CertificateLogKeeper, key: AccountKey,
        progress: @escaping @Sendable (CertificateImportTable.Progress) -> Void
    ) {
        (self.hall, self.sealer, self.keeper, self.key) = (hall, sealer, keeper, key)
        self.progress = progress
    }

    /// Takes a source in to its end, from where it was stopped if it was begun; answers what came of it. Throws
    /// `Fault.busy` when another process keeps the sealer's lease.
    package func run(
        _ source: any RecordSource, refused: any RefusedRows
    ) async throws -> CertificateImportTable.Progress {
        let begun = try await hall.store.read { tx in try CertificateImportTable.progress(of: source.name, in: tx) }
        var state = begun ?? CertificateImportTable.Progress(source: source.name)
        guard state.step != .done else { return state }
        try refused.cut(to: state.refusedBytes)
        if state.step == .records {
            try await catchUp()
            state = try await takeRecords(source, state, refused)
            state = try await move(state, to: .names)
        }
        state = try await buildWays(state)
        try await sealer.release()
        return state
    }

    /// Seals and follows what was written before, so that records and lines of the log lie side by side.
    private func catchUp() async throws {
        for wait in 0... {
            while try await sealer.seal(now: hall.time.now()) > 0 {}
            try await keeper.followAll { [time = hall.time] in time.now() }
            let holds = try await sealer.holding(now: hall.time.now()) { tx in
                try CertificateLogTable.state(in: tx).followed == SealedLog.size(in: tx)
            }
            if holds == true { return }
            guard wait < Self.waitsMax else { throw Fault.busy("sealer") }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private struct Ready: Sendable {
        let batch: RecordBatch
        let chunk: CertificateChunk
        /// The line of each record of the chunk.
        let lines: [Int]
    }

    /// Makes the next records ready while the last are written.
    private func takeRecords(
        _ source: any RecordSource, _ begun: CertificateImportTable.Progress, _ refused: any RefusedRows
    ) async throws -> CertificateImportTable.Progress {
        var state = begun
        var next = try await ready(source, from: state.place, line: state.line)
        while let ready = next {
            async let following = self.ready(source, from: ready.batch.place, line: ready.batch.line)
            state = try await write(ready, state, refused)
            progress(state)
            next = try await following
        }
        return state
    }

    private func ready(_ source: any RecordSource, from place: Int, line: Int) async throws -> Ready? {
        guard
            let batch = try await source.batch(
                from: place, line: line, limit: min(recordsAtOnce, CertificateChunk.recordsMax))
        else { return nil }
        let holders = try await holders(Set(batch.items.map(\.record.number)))
        let records = batch.items.map { item -> ImportedRecord in
            let record = item.record
            let holder = holders[record.number] ?? PersonTable.expectedID(of: record.number, key: key)
            return ImportedRecord(
                Certificate.Reservation(
                    identifier: record.identifier, holder: holder, origin: nil, validFrom: record.validFrom,
                    validUntil: record.validUntil), record.personal)
        }
        let chunk = try CertificateChunk(
            records, at: hall.time.now(), id: { CertificateID(hall.ids.next()) }, salt: { hall.dice.bytes(16) })
        return Ready(batch: batch, chunk: chunk, lines: batch.items.map(\.line))
    }

    /// The people who are known by their numbers already.
    private func holders(_ numbers: Set<PersonNumber>) async throws -> [PersonNumber: PersonID] {
        try await hall.store.read { [key] tx in try PersonTable.find(numbers, key: key, in: tx) }
    }

    private func write(
        _ ready: Ready, _ before: CertificateImportTable.Progress, _ refused: any RefusedRows
    ) async throws -> CertificateImportTable.Progress {
        let identifiers = ready.chunk.identifiers
        var seen = try await hall.store.read { tx in try CertificateImportTable.known(identifiers, in: tx) }
        let doubled = identifiers.indices.filter { !seen.insert(identifiers[$0]).inserted }
        var (chunk, rows) = (ready.chunk, ready.batch.refused)
        chunk.remove(Set(doubled))
        rows += doubled.map { RefusedRow(line: ready.lines[$0], .alreadyThere, at: "number") }
        var state = before
        if !rows.isEmpty { state.refusedBytes = try refused.append(rows.sorted { $0.line < $1.line }) }
        (state.place, state.line) = (ready.batch.place, ready.batch.line)
        state.taken += chunk.count
        state.refused += rows.count
        if let ends = chunk.ends {
            (state.first, state.last) = (min(state.first, ends.first), max(state.last, ends.last))
        }
        try await hall.store.write { [chunk, state, sealer, now = hall.time.now()] tx in
            if chunk.count > 0 { try CertificateTable.load(chunk, by: sealer, now: now, in: tx) }
            try CertificateImportTable.keep(state, now: now, in: tx)
        }
        return state
    }
}
