import Exchange
package import Store
import Vocabulary

/// The far side of the way `tables`: takes the rows that the house puts into `to_partner`, and puts its own into
/// `from_partner`, by plain SQL.
package actor FarTables {
    private let store: any Store
    private let ledger: FarLedger
    private let report: FarReport
    private let switches: FarSwitches
    private let families: RecordFamilies
    /// How many offers were put down.
    private var written = 0
    /// The rows that wait for an answer, by their mark there: the offer's mark.
    private var open: [String: [Int: Int]] = [:]
    private var filesWritten: Set<String> = []
    private var isRenamed = false

    /// LIMIT: rows of one table that are read in one round, and rows that are put down in one.
    private static let rowsMax = 200

    package init(
        _ store: any Store, ledger: FarLedger, report: FarReport, switches: FarSwitches
    ) {
        (self.store, self.ledger, self.report, self.switches) = (store, ledger, report, switches)
        families = ledger.families
    }

    /// A row as it lies there.
    private struct Lying: Sendable {
        let family: String
        let mark: Int
        let number: String
        /// The whole row as the database writes it in JSON.
        let text: String
    }

    /// What came of a row, to be written there.
    private struct Said: Sendable {
        let row: Lying
        let verdict: LinkVerdict
    }

    /// Goes round until the task is cancelled; a database that is not there, or has not all tables, is asked again.
    package func run() async throws {
        while !Task.isCancelled {
            do { try await round() } catch let fault as Fault {
                report.count("no database")
                if !fault.isRetryable { report.note(.body, false, "\(fault)") }
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Reads and writes once.
    package func round() async throws {
        let faults = switches.now
        guard !faults.isDown, !switches.fires(.neverAnswers) else { return }
        if faults.slowSeconds > 0 { try await Task.sleep(for: .seconds(faults.slowSeconds)) }
        try await mendName()
        var said: [Said] = []
        for row in try await lying() { said.append(Said(row: row, verdict: try await take(row))) }
        if !said.isEmpty, !switches.fires(.lostReply) {
            if said.count > 1, switches.fires(.partial) { said = Array(said.prefix(said.count / 2)) }
            try await answer(said)
        }
        try await bringFiles()
        try await write()
        try await readAnswers()
    }

    /// A statement whose names are those of a family that ships; values are bound.
    private static func statement(_ build: (inout SQL.Interpolation) -> Void) -> SQL {
        var parts = SQL.Interpolation(literalCapacity: 256, interpolationCount: 8)
        build(&parts)
        return SQL(stringInterpolation: parts)
    }

    /// The families that have a table in a schema.
    private static func tables(_ schema: String, _ tx: Transaction) throws -> [String] {
        try tx.rows(
            """
            SELECT table_name::text FROM information_schema.tables WHERE table_schema = \(schema)
            ORDER BY table_name LIMIT 100
            """
        ).map { try $0.text(0) }
    }

    /// What is new, in the order in which it was put there. Where a table has more than is read at once, what was put
    /// after its last row waits for the next round.
    private func lying() async throws -> [Lying] {
        let known = Set(families.all.map(\.name))
        let tables = try await store.read { tx in
            try Self.tables("to_partner", tx).filter(known.contains).map { try Self.lying(in: $0, tx) }
        }
        let end = tables.filter { $0.count == Self.rowsMax }.compactMap(\.last?.mark).min() ?? Int.max
        return tables.joined().filter { $0.mark <= end }.sorted { $0.mark < $1.mark }
    }

    private static func lying(in family: String, _ tx: Transaction) throws -> [Lying] {
        let sql = statement { sql in
            sql.appendLiteral("SELECT ow_mark, ow_number::text, row_to_json(t)::text FROM to_partner.")
            sql.appendLiteral(family)
            sql.appendLiteral(" t WHERE ow_state = 'new' ORDER BY ow_mark LIMIT ")
            sql.appendInterpolation(rowsMax)
        }
        return try tx.rows(sql).map { row in
            Lying(
                family: family, mark: try row.integer(0), number: try row.optionalText(1) ?? "",
                text: try row.text(2))
        }
    }

    private func take(_ row: Lying) async throws -> LinkVerdict {
        report.count("to_partner.\(row.family)")
        let json: JSONValue = try CanonicalJSON.value(in: Array(row.text.utf8))
        guard case .record(let members) = json else { return LinkVerdict(.refused, code: "sandbox.unreadable") }
        let family = try families.family(row.family)
        var values: [String: JSONValue] = [:]
        for (name, value) in members where !name.hasPrefix("ow_") && value != .null {
            guard case .moment? = family[field: name]?.kind, let text = value.text else {
                values[name] = value
                continue
            }
            values[name] = .text(String(text.prefix(19)).replacing("T", with: " "))
        }
        if let digest = values["file_digest"]?.text { try await fetch(digest) }
        let record = JSONValue.record([
            "family": .text(row.family), "number": .text(row.number), "values": .record(values),
        ])
        return await ledger.take(record)
    }

    private func fetch(_ digest: String) async throws {
        let bytes = try await store.read { tx in
            try tx.row("SELECT bytes FROM to_partner.file WHERE digest = \(digest)")?.bytes(0)
        }
        guard let bytes else { return }
        report.note(.fileDigest, FarLedger.digest(bytes) == digest, digest)
        if FarLedger.digest(bytes) == digest { _ = await ledger.lay(bytes) }
    }

    /// Writes what came of rows, where they still are what was read.
    private func answer(_ said: [Said]) async throws {
        try await store.write { tx in
            for one in said {
                try tx.execute(
                    Self.statement { sql in
                        sql.appendLiteral("UPDATE to_partner.")
                        sql.appendLiteral(one.row.family)
                        sql.appendLiteral(" AS t SET ow_state = ")
                        sql.appendInterpolation(one.verdict.outcome.rawValue)
                        sql.appendLiteral(", ow_code = ")
                        sql.appendInterpolation(one.verdict.code)
                        sql.appendLiteral(", ow_message = ")
                        sql.appendInterpolation(one.verdict.message)
                        sql.appendLiteral(" WHERE ow_mark = ")
                        sql.appendInterpolation(one.row.mark)
                        sql.appendLiteral(" AND row_to_json(t)::text = ")
                        sql.appendInterpolation(one.row.text)
                    })
            }
        }
    }

    private func bringFiles() async throws {
        for digest in await ledger.fileDigests where !filesWritten.contains(digest) {
            guard let bytes = await ledger.file(digest) else { continue }
            try await store.write { tx in
                try tx.execute(
                    """
                    INSERT INTO from_partner.file (digest, bytes) VALUES (\(digest), \(bytes))
                    ON CONFLICT (digest) DO UPDATE SET bytes = EXCLUDED.bytes
                    """)
            }
            // One that was written wrongly is mended in the next round.
            if FarLedger.digest(bytes) == digest { filesWritten.insert(digest) }
        }
    }

    private func write() async throws {
        guard !isRenamed else { return }
        for row in await ledger.offered(after: written, limit: Self.rowsMax).rows {
            written += 1
            // A column that there is not cannot be filled: the drift of tables is one with another name for a while.
            guard row.json["values"]?["sandbox_column"] == nil else {
                await ledger.note(LinkVerdict(.refused, code: "sandbox.renamed"), mark: row.mark, key: row.key)
                return try await rename()
            }
            let mark = try await put(row.json, family: row.key.family, number: row.number)
            open[row.key.family, default: [:]][mark] = row.mark
        }
    }

    /// Puts one row down; answers its mark there.
    private func put(_ json: JSONValue, family: String, number: String) async throws -> Int {
        let values = json["values"] ?? .record([:])
        let text = String(decoding: CanonicalJSON.bytes(writing: values), as: UTF8.self)
        guard case .record(let members) = values else { return 0 }
        let columns = members.keys.sorted().joined(separator: ", ")
        return try await store.write { tx in
            let row = try tx.row(
                Self.statement { sql in
                    sql.appendLiteral("INSERT INTO from_partner.")
                    sql.appendLiteral(family)
                    sql.appendLiteral(" (\(columns), ow_number, ow_state, ow_at) SELECT \(columns), ")
                    sql.appendInterpolation(number)
                    sql.appendLiteral(", 'new', now() FROM json_populate_record(NULL::from_partner.")
                    sql.appendLiteral(family)
                    sql.appendLiteral(", ")
                    sql.appendInterpolation(text)
                    sql.appendLiteral("::json) RETURNING ow_mark")
                })
            return try row?.integer(0) ?? 0
        }
    }

    private func readAnswers() async throws {
        for (family, marks) in open.sorted(by: { $0.key < $1.key }) where !marks.isEmpty && !isRenamed {
            let rows = try await store.read { tx in
                try tx.rows(
                    Self.statement { sql in
                        sql.appendLiteral("SELECT ow_mark, ow_state::text, COALESCE(ow_code, '')::text, ")
                        sql.appendLiteral("COALESCE(ow_message, '')::text FROM from_partner.")
                        sql.appendLiteral(family)
                        sql.appendLiteral(" WHERE ow_state <> 'new' AND ow_mark IN ")
                        sql.appendInterpolation(list: marks.keys.sorted())
                        sql.appendLiteral(" ORDER BY ow_mark LIMIT ")
                        sql.appendInterpolation(marks.count)
                    })
            }
            for row in rows {
                let (mark, state) = (try row.integer(0), try row.text(1))
                guard let offer = marks[mark] else { continue }
                open[family]?[mark] = nil
                report.count("from_partner.\(family)")
                let outcome = LinkVerdict.Outcome(rawValue: state)
                report.note(.body, outcome != nil, "ow_state \(state)")
                guard let outcome else { continue }
                let key = await ledger.key(ofOffer: offer)
                await ledger.note(
                    LinkVerdict(outcome, code: try row.text(2), message: try row.text(3)), mark: offer, key: key)
            }
        }
    }

    /// The column that has another name for a while.
    private func rename() async throws {
        isRenamed = true
        try await store.write { tx in
            try tx.execute("ALTER TABLE from_partner.up_pro_process RENAME COLUMN handle_explain TO sandbox_column")
        }
    }

    private func mendName() async throws {
        guard isRenamed else { return }
        try await Task.sleep(for: .seconds(1))
        try await store.write { tx in
            try tx.execute("ALTER TABLE from_partner.up_pro_process RENAME COLUMN sandbox_column TO handle_explain")
        }
        isRenamed = false
    }
}

extension FarLedger {
    /// What an offer names.
    func key(ofOffer mark: Int) -> LinkKey { offers[mark - 1].key }
}
