import Store
import Vocabulary

extension TablesCarrier: CheckedCarrier {
    package var way: LinkWay { .tables }
    /// Behind every page of a house: what bears its number is for the house what it was.
    package var harmlessMark: String { "\(1 << 60)" }

    package func settle(_ batch: LinkBatch, within patience: Duration) async throws -> [LinkKey: LinkVerdict] {
        _ = try await push(batch)
        return try await verdicts(of: batch, within: patience)
    }

    package func settleUnfit(
        _ batch: LinkBatch, column: String, within patience: Duration
    ) async throws -> [LinkKey: LinkVerdict] {
        // A column takes what fits it and nothing else: what can be wrong is that a value is missing.
        try await ask { [self] tx in
            _ = try put(batch, in: tx)
            guard let record = batch.records.first?.record, let table = tables[record.family],
                let name = table.columns.first(where: { $0.field == column })?.name
            else { return }
            try tx.execute(
                """
                UPDATE to_partner.\(name: table.name) SET \(name: name) = NULL WHERE \(name: table.key) = \(record.key)
                """)
        }
        return try await verdicts(of: batch, within: patience)
    }

    package func isDoneWithoutBatch(named id: String, within patience: Duration) async throws -> Bool? { nil }

    package func isFooled(
        by wrong: [UInt8], instead right: [UInt8], of record: LinkRecord, within patience: Duration
    ) async throws -> Bool {
        let digest = BlobRef(of: right).digest
        try await lay(wrong, as: digest)
        let said: [LinkKey: LinkVerdict]
        do {
            said = try await settle(LinkBatch("\(record.record.key)-w", [record]), within: patience)
        } catch {
            try await lay(right, as: digest)
            throw error
        }
        try await lay(right, as: digest)
        return said[record.linkKey].map { $0.outcome != .refused } ?? false
    }

    package func tellsHoldings(of number: CheckCase) async throws -> Bool { true }

    private func lay(_ bytes: [UInt8], as digest: String) async throws {
        try await ask { tx in
            try tx.execute(
                """
                INSERT INTO to_partner.file (digest, bytes) VALUES (\(digest), \(bytes))
                ON CONFLICT (digest) DO UPDATE SET bytes = EXCLUDED.bytes
                """)
        }
    }

    /// What stands in the rows of a batch, once something stands in each or time is over; `LinkTrouble` where nothing
    /// does.
    private func verdicts(of batch: LinkBatch, within patience: Duration) async throws -> [LinkKey: LinkVerdict] {
        var last: [LinkKey: LinkVerdict] = [:]
        let all = try await waiting(patience) { () -> [LinkKey: LinkVerdict]? in
            last = try await ask { [self] tx in try said(of: batch, in: tx) }
            return last.count == batch.records.count ? last : nil
        }
        guard all != nil || !last.isEmpty else {
            throw LinkTrouble(.unanswered, .unanswered, message: "every ow_state is still new after \(patience)")
        }
        return last
    }

    private func said(of batch: LinkBatch, in tx: Transaction) throws -> [LinkKey: LinkVerdict] {
        var said: [LinkKey: LinkVerdict] = [:]
        for record in batch.records {
            guard let table = tables[record.record.family] else { continue }
            let row = try tx.row(
                """
                SELECT ow_state, COALESCE(ow_code, ''), COALESCE(ow_message, '') FROM to_partner.\(name: table.name)
                WHERE \(name: table.key) = \(record.record.key)
                """)
            if let row { said[record.linkKey] = try Self.verdict(row, from: 0, isAgain: false) }
        }
        return said
    }
}
