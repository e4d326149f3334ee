import Store
package import Vocabulary

/// The way `tables`: two schemas in a database of the department, which both sides fill and read (docs/links.md).
///
/// A mark counts the pages that had anything. Whatever a page answered bears its number, so that whoever comes with an
/// older mark, because it never got the page or was restored from a copy, gets it again.
package final class TablesCarrier: LinkCarrier {
    /// LIMIT: connections to one department.
    static let connections = 2
    /// LIMIT: after so long the department's server breaks off a statement, and one that waits for a lock.
    static let statementSeconds = 20
    static let lockSeconds = 5
    /// LIMIT: after so long a transaction is over, whether the server answers or not.
    package static let patience = Duration.seconds(60)

    let families: RecordFamilies
    let tables: [String: FrontEndTable]
    private let store: PostgresStore

    /// Takes an address as libpq has it; nobody is asked yet. Refuses, by `LinkRefusal`, an address that is none.
    package init(
        at address: String, families: RecordFamilies, patience: Duration = TablesCarrier.patience
    ) throws {
        guard !address.isEmpty, PostgresStore.isAddress(address) else { throw LinkRefusal.addressUnfit }
        self.families = families
        tables = Dictionary(
            uniqueKeysWithValues: try families.all.map { ($0.name, try FrontEndTable($0)) })
        store = PostgresStore(of: address, connections: Self.connections, patience: patience)
    }

    package func bring(_ digest: String, _ bytes: @Sendable () async throws -> [UInt8]) async throws {
        let isThere = try await ask { tx in
            try tx.row("SELECT 1 FROM to_partner.file WHERE digest = CAST(\(digest) AS CHAR(64))") != nil
        }
        guard !isThere else { return }
        let bytes = try await bytes()
        guard bytes.count <= LinkLimits.fileBytesMax else { throw LinkTrouble(.fileUnfit, message: digest) }
        try await ask { tx in
            try tx.execute(
                """
                INSERT INTO to_partner.file (digest, bytes) VALUES (\(digest), \(bytes))
                ON CONFLICT (digest) DO NOTHING
                """)
        }
    }

    package func push(_ batch: LinkBatch) async throws -> LinkAnswer {
        try await ask { [self] tx in try put(batch, in: tx) }
    }

    package func pull(after mark: String) async throws -> LinkPage {
        try await ask { [self] tx in try page(after: Int64(mark) ?? 0, in: tx) }
    }

    package func acknowledge(_ receipts: [LinkReceipt]) async throws {
        try await ask { [tables] tx in
            for receipt in receipts {
                guard let mark = Int64(receipt.mark), let table = tables[receipt.key.family] else { continue }
                let verdict = receipt.verdict
                try tx.execute(
                    """
                    UPDATE from_partner.\(name: table.name) SET ow_state = \(verdict.outcome.rawValue),
                        ow_code = \(verdict.code), ow_message = \(verdict.message)
                    WHERE ow_mark = \(mark)
                    """)
            }
        }
    }

    package func file(_ digest: String) async throws -> [UInt8] {
        let bytes = try await ask { tx in
            // Its size first: bytes beyond the limit do not come over at all.
            let size = try tx.row(
                "SELECT octet_length(bytes) FROM from_partner.file WHERE digest = CAST(\(digest) AS CHAR(64))")
            guard let size = try size?.integer(0) else { throw LinkTrouble(.fileMissing, message: digest) }
            guard size <= LinkLimits.fileBytesMax else { throw LinkTrouble(.fileUnfit, message: digest) }
            let row = try tx.row("SELECT bytes FROM from_partner.file WHERE digest = CAST(\(digest) AS CHAR(64))")
            return try row?.bytes(0) ?? []
        }
        guard BlobRef(of: bytes).digest == digest else { throw LinkTrouble(.fileUnfit, message: digest) }
        return bytes
    }

    package func holdings(of day: CivilDate, after last: LinkKey?) async throws -> LinkHoldings {
        try await ask { [self] tx in try holdings(of: day, after: last, in: tx) }
    }

    package func close() async { await store.close() }

    /// Runs a transaction in the department's database; whatever goes wrong there is `LinkTrouble`.
    func ask<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        do {
            return try await store.write { tx in
                try tx.execute("SELECT set_config('statement_timeout', \("\(Self.statementSeconds)s"), TRUE)")
                try tx.execute("SELECT set_config('lock_timeout', \("\(Self.lockSeconds)s"), TRUE)")
                return try body(tx)
            }
        } catch let fault as Fault {
            throw Self.trouble(fault)
        }
    }

    /// What a fault of another house's database is to us.
    static func trouble(_ fault: Fault) -> LinkTrouble {
        switch fault {
        case .unavailable(let text): LinkTrouble(.unanswered, .unreachable, message: text)
        // Its tables or columns are not ours, or it may not be read: the words name what is missing.
        case .corrupt(let text), .misconfigured(let text): LinkTrouble(.unreadable, message: text)
        case .busy(let text): LinkTrouble(.unanswered, .unanswered, message: "\(text): busy")
        case .storageFull: LinkTrouble(.unanswered, .unreachable, message: "storage full")
        case .contended: LinkTrouble(.unanswered, .unanswered, message: "contended")
        }
    }
}
