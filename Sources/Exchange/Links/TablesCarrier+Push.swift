import Store
import Vocabulary

extension TablesCarrier {
    /// Puts records there. One that says the same as what lies there stays as it is, with what the department said of
    /// it; one that was refused is put there anew: whoever brings it again wants it looked at again.
    func put(_ batch: LinkBatch, in tx: Transaction) throws -> LinkAnswer {
        var said: [LinkKey: LinkVerdict] = [:]
        for record in batch.records {
            guard let table = tables[record.record.family] else {
                throw Fault.misconfigured("no table for \(record.record.family)")
            }
            let kept = try kept(record, of: table, in: tx)
            if let kept, kept.isSame, kept.verdict?.outcome != .refused {
                if let verdict = kept.verdict { said[record.linkKey] = verdict }
            } else {
                try replace(record, of: table, in: tx)
            }
        }
        guard said.count < Set(batch.records.map(\.linkKey)).count else { return .verdicts(said) }
        // Some are still to be read: what was said of the others is told again by the next page.
        for key in said.keys.sorted(by: { $0.isBefore($1) }) {
            guard let table = tables[key.family] else { continue }
            try tx.execute(
                """
                UPDATE to_partner.\(name: table.name) SET ow_page = NULL WHERE \(name: table.key) = \(key.key)
                """)
        }
        return .handedOver
    }

    private struct Kept {
        let isSame: Bool
        /// Nil while the department has not read it.
        let verdict: LinkVerdict?
    }

    /// What lies there under the record's key; nil for nothing.
    private func kept(_ record: LinkRecord, of table: FrontEndTable, in tx: Transaction) throws -> Kept? {
        let row = try tx.row(
            """
            SELECT ow_number, ow_state, COALESCE(ow_code, ''), COALESCE(ow_message, ''),
                \(part: Self.columns(of: table))
            FROM to_partner.\(name: table.name) WHERE \(name: table.key) = \(record.record.key) FOR UPDATE
            """)
        guard let row else { return nil }
        let there = try Self.read(row, from: 4, table, number: try row.text(0))
        let content = there.row("", in: families).content
        let digest: String? = if case .success(let same) = content { same.record.digest } else { nil }
        return Kept(
            isSame: digest == record.record.digest && there.number == record.number,
            verdict: try Self.verdict(row, from: 1, isAgain: true))
    }

    private func replace(_ record: LinkRecord, of table: FrontEndTable, in tx: Transaction) throws {
        var (names, values, changes): ([SQL], [SQL], [SQL]) = ([], [], [])
        for column in table.columns {
            let text = record.record.text(of: column.field)
            names.append("\(name: column.name)")
            switch column.kind {
            case .text: values.append("\(text)")
            case .whole: values.append("\(text.flatMap { Int64($0) })")
            case .moment: values.append("CAST(CAST(\(text) AS TEXT) AS TIMESTAMP)")
            }
            changes.append("\(name: column.name) = EXCLUDED.\(name: column.name)")
        }
        try tx.execute(
            """
            INSERT INTO to_partner.\(name: table.name) (\(part: Self.list(names)), ow_number)
            VALUES (\(part: Self.list(values)), \(record.number))
            ON CONFLICT (\(name: table.key)) DO UPDATE SET \(part: Self.list(changes)),
                ow_number = EXCLUDED.ow_number, ow_mark = EXCLUDED.ow_mark, ow_state = EXCLUDED.ow_state,
                ow_code = NULL, ow_message = NULL, ow_at = EXCLUDED.ow_at, ow_page = NULL
            """)
    }

    private static func list(_ parts: [SQL]) -> SQL {
        var list: SQL = ""
        for (index, part) in parts.enumerated() {
            list = index == 0 ? part : "\(part: list), \(part: part)"
        }
        return list
    }

    /// The columns of a family as texts, whatever they are in a database that is not ours.
    static func columns(of table: FrontEndTable) -> SQL {
        list(
            table.columns.map { column in
                switch column.kind {
                case .moment: "to_char(\(name: column.name), 'YYYY-MM-DD HH24:MI:SS')"
                case .text, .whole: "CAST(\(name: column.name) AS TEXT)"
                }
            })
    }

    /// A record out of a row in which its columns begin at a place.
    static func read(_ row: Row, from place: Int, _ table: FrontEndTable, number: String) throws -> RawRecord {
        var record = RawRecord(family: table.name.name, number: number)
        for (index, column) in table.columns.enumerated() {
            record.texts[column.field] = try row.optionalText(place + index)
        }
        return record
    }

    /// What `ow_state`, `ow_code` and `ow_message` say; nil where nobody has read the row. What was taken before is
    /// known to whoever brings it again.
    static func verdict(_ row: Row, from place: Int, isAgain: Bool) throws -> LinkVerdict? {
        guard let outcome = LinkVerdict.Outcome(rawValue: try row.text(place)) else { return nil }
        return LinkVerdict(
            isAgain && outcome == .taken ? .known : outcome, code: try row.text(place + 1),
            message: try row.text(place + 2))
    }
}
