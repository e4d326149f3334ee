import Store
import Vocabulary

extension TablesCarrier {
    /// The next page: what the department said of our records, and what it put there itself.
    func page(after serial: Int64, in tx: Transaction) throws -> LinkPage {
        let next = serial + 1
        let said = try page(.toPartner, Self.answered, after: serial, in: tx)
        let came = try page(.fromPartner, Self.fresh, after: serial, in: tx)
        var verdicts: [LinkKey: LinkVerdict] = [:]
        for (family, marks) in said.marks {
            try tell(marks, of: family, on: next, &verdicts, in: tx)
        }
        var rows: [Int64: LinkPage.Row] = [:]
        for (family, marks) in came.marks {
            for (mark, row) in try take(marks, of: family, on: next, in: tx) { rows[mark] = row }
        }
        guard !rows.isEmpty || !verdicts.isEmpty else {
            return LinkPage([], next: serial == 0 ? "" : "\(serial)", hasMore: false)
        }
        return LinkPage(
            rows.sorted { $0.key < $1.key }.map(\.value), verdicts: verdicts, next: "\(next)",
            hasMore: said.hasMore || came.hasMore)
    }

    private static let fresh: SQL = "ow_state = 'new'"
    private static let answered: SQL = "ow_state IN ('taken', 'known', 'refused')"

    /// The marks of one page by family, over all tables of a schema, in the order of the marks.
    private func page(
        _ side: FrontEndTables.Side, _ condition: SQL, after serial: Int64, in tx: Transaction
    ) throws -> (marks: [(String, [Int64])], hasMore: Bool) {
        var all: SQL?
        for table in tables.values.sorted(by: { $0.name.name < $1.name.name }) {
            let one: SQL = """
                (SELECT ow_mark, CAST(\(table.name.name) AS TEXT) AS family
                FROM \(part: side.schema).\(name: table.name)
                WHERE \(part: condition) AND (ow_page IS NULL OR ow_page > \(serial))
                ORDER BY ow_mark LIMIT \(LinkLimits.pageRecordsMax + 1))
                """
            all = all.map { "\(part: $0) UNION ALL \(part: one)" } ?? one
        }
        guard let all else { return ([], false) }
        let rows = try tx.rows(
            """
            SELECT ow_mark, family FROM (\(part: all)) AS page ORDER BY ow_mark, family
            LIMIT \(LinkLimits.pageRecordsMax + 1)
            """)
        var marks: [String: [Int64]] = [:]
        for row in rows.prefix(LinkLimits.pageRecordsMax) {
            marks[try row.text(1), default: []].append(Int64(try row.integer(0)))
        }
        return (marks.sorted { $0.key < $1.key }, rows.count > LinkLimits.pageRecordsMax)
    }

    private func tell(
        _ marks: [Int64], of family: String, on page: Int64, _ verdicts: inout [LinkKey: LinkVerdict],
        in tx: Transaction
    ) throws {
        guard let table = tables[family] else { return }
        // In one statement: what another state was written to meanwhile is told as it is then.
        let rows = try tx.rows(
            """
            UPDATE to_partner.\(name: table.name) SET ow_page = \(page) WHERE ow_mark IN \(list: marks)
            RETURNING CAST(\(name: table.key) AS TEXT), ow_state, COALESCE(ow_code, ''), COALESCE(ow_message, '')
            """)
        for row in rows {
            guard let verdict = try Self.verdict(row, from: 1, isAgain: false) else { continue }
            verdicts[LinkKey(family, try row.text(0))] = verdict
        }
    }

    private func take(
        _ marks: [Int64], of family: String, on page: Int64, in tx: Transaction
    ) throws -> [(Int64, LinkPage.Row)] {
        guard let table = tables[family] else { return [] }
        let rows = try tx.rows(
            """
            UPDATE from_partner.\(name: table.name) SET ow_page = \(page) WHERE ow_mark IN \(list: marks)
            RETURNING ow_mark, COALESCE(ow_number, ''), \(part: Self.columns(of: table))
            """)
        return try rows.map { row in
            let mark = try row.integer(0)
            let record = try Self.read(row, from: 2, table, number: try row.text(1))
            return (Int64(mark), record.row("\(mark)", in: families))
        }
    }

    /// What the department has of a day: of ours what it took, of its own what was not refused.
    func holdings(of day: CivilDate, after last: LinkKey?, in tx: Transaction) throws -> LinkHoldings {
        let wanted = LinkLimits.pageRecordsMax + 1
        var lines: [LinkHoldings.Line] = []
        for table in tables.values.sorted(by: { $0.name.name < $1.name.name }) {
            let family = table.name.name
            if let last, family < last.family { continue }
            let after = last.flatMap { $0.family == family ? $0.key : nil } ?? ""
            var held: [String: LinkHoldings.Line] = [:]
            for isTheirs in [true, false] {
                for line in try self.lines(of: table, isTheirs, day, after, in: tx) { held[line.key.key] = line }
            }
            lines += held.values.sorted { $0.key.isBefore($1.key) }
            guard lines.count < wanted else { break }
        }
        let page = lines.prefix(LinkLimits.pageRecordsMax)
        return LinkHoldings(Array(page), hasMore: page.count < lines.count)
    }

    private func lines(
        of table: FrontEndTable, _ isTheirs: Bool, _ day: CivilDate, _ after: String, in tx: Transaction
    ) throws -> [LinkHoldings.Line] {
        let side = isTheirs ? FrontEndTables.Side.fromPartner : .toPartner
        let states: SQL = isTheirs ? "ow_state <> 'refused'" : "ow_state IN ('taken', 'known')"
        // Of a key that came twice the later one counts.
        let rows = try tx.rows(
            """
            SELECT DISTINCT ON (CAST(\(name: table.key) AS TEXT) COLLATE "C")
                COALESCE(ow_number, ''), \(part: Self.columns(of: table))
            FROM \(part: side.schema).\(name: table.name)
            WHERE substr(ow_number, 32, 8) = \(day.compact) AND \(part: states)
                AND CAST(\(name: table.key) AS TEXT) COLLATE "C" > \(after)
            ORDER BY CAST(\(name: table.key) AS TEXT) COLLATE "C", ow_mark DESC LIMIT \(LinkLimits.pageRecordsMax + 1)
            """)
        return try rows.map { row in
            let number = try row.text(0)
            let read = try Self.read(row, from: 1, table, number: number).row("", in: families)
            // A row that is no record any more is like no other.
            let digest = if case .success(let record) = read.content { record.record.digest } else { "" }
            return LinkHoldings.Line(read.key, number: number, digest: digest, isTheirs: isTheirs)
        }
    }
}
