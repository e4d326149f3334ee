package import Store
package import Vocabulary

/// One line of a list of questions about looks.
package struct LookInquiryLine: Hashable, Sendable {
    package let id: LookInquiryID
    package let look: Subject
    package let body: CreditCode?
    package let region: Region
    package let stage: LookInquiry.Stage
    package let isOfSupervisor: Bool
    /// Whether nobody answered in time.
    package let isLate: Bool
    package let askedAt: Instant
    package let due: CivilDate?
}

/// The journal of questions about looks, and the rows by which they are found.
package enum LookInquiryTable {
    static let migration = Migration(
        "supervision.031-look-inquiries",
        tables: [
            Table(
                "look_inquiry", .distributed(by: "id"),
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, look BYTEA NOT NULL, body TEXT NOT NULL, region TEXT NOT NULL,
                    stage TEXT NOT NULL, is_supervisors BIGINT NOT NULL, is_late BIGINT NOT NULL,
                    asked_at BIGINT NOT NULL, due BIGINT, wake_at BIGINT
                    """,
                indexes: [
                    "look_inquiry_by_stage ON look_inquiry (stage, id)",
                    "look_inquiry_by_body ON look_inquiry (stage, body, id)",
                    "look_inquiry_by_wake ON look_inquiry (wake_at, id)",
                ])
        ])

    /// LIMIT: questions that a count looks at.
    package static let countedMax = 1000

    private static let columns: StaticString =
        "id, look, body, region, stage, is_supervisors, is_late, asked_at, due"

    /// Writes a question. Refuses a second one under the same id.
    package static func ask(
        _ event: LookInquiryEvent, as id: LookInquiryID, _ rules: LookInquiryRules, stamp: Stamp, in tx: Transaction
    ) throws -> LookInquiry {
        guard try find(id, in: tx) == nil else { throw LookInquiryRefusal.askedBefore }
        try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
        let it = try load(id, in: tx)
        try tx.execute(
            """
            INSERT INTO look_inquiry (\(raw: columns), wake_at)
            VALUES (\(id), \(it.asked.look), \(it.asked.body?.code ?? ""), \(it.asked.region), \(it.stage.rawValue),
                \(it.isOfSupervisor), \(it.isLate), \(stamp.now), \(rules.due(it)), \(rules.wakeAt(it)))
            """)
        return it
    }

    /// Writes what happened and answers it as it stands then.
    package static func append(
        _ events: [LookInquiryEvent], to it: LookInquiry, _ rules: LookInquiryRules, stamp: Stamp,
        in tx: Transaction
    ) throws -> LookInquiry {
        guard !events.isEmpty else { return it }
        try Journal.append(events, to: it.id.subject, after: it.sequence, stamp: stamp, in: tx)
        var after = it
        for event in events { try after.apply(event, at: stamp.now, by: stamp.actor) }
        try tx.execute(
            """
            UPDATE look_inquiry SET stage = \(after.stage.rawValue), is_late = \(after.isLate),
                due = \(rules.due(after)), wake_at = \(rules.wakeAt(after))
            WHERE id = \(it.id)
            """)
        return after
    }

    /// It as the fold of its events; nil for an id that nobody has.
    package static func find(_ id: LookInquiryID, in tx: Transaction) throws -> LookInquiry? {
        let entries = try Journal.entries(of: id.subject, in: tx)
        guard entries.first?.kind == LookInquiryEvent.askedKind else { return nil }
        return try LookInquiry.folded(id, entries)
    }

    /// The same; refuses an id that nobody has.
    package static func load(_ id: LookInquiryID, in tx: Transaction) throws -> LookInquiry {
        guard let it = try find(id, in: tx) else { throw LookInquiryRefusal.notFound }
        return it
    }

    /// Which are to be looked at by now, those that wait longest first.
    package static func due(by now: Instant, limit: Int, in tx: Transaction) throws -> [LookInquiryID] {
        try tx.rows("SELECT id FROM look_inquiry WHERE wake_at <= \(now) ORDER BY wake_at, id LIMIT \(limit)")
            .map { try $0.id(0) }
    }

    /// What stands at a stage in some places, the oldest first, after one of them; of one body where it is said, and of
    /// windows for an empty text.
    package static func lines(
        _ stage: LookInquiry.Stage, of body: String? = nil, in regions: ClosedRange<String>,
        after last: LookInquiryID? = nil, tx: Transaction
    ) throws -> [LookInquiryLine] {
        let last = last?.subject ?? Subject(high: 0, low: 0)
        let bodies = body.map { $0...$0 } ?? ""..."~"
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM look_inquiry WHERE stage = \(stage.rawValue) AND id > \(last)
                AND body BETWEEN \(bodies.lowerBound) AND \(bodies.upperBound)
                AND region BETWEEN \(regions.lowerBound) AND \(regions.upperBound)
            ORDER BY id LIMIT \(Limits.pageRowsMax)
            """
        ).map(line)
    }

    /// How many stand at each stage in some places; a count stops at `countedMax`.
    package static func counts(in regions: ClosedRange<String>, tx: Transaction) throws -> [LookInquiry.Stage: Int] {
        var counts: [LookInquiry.Stage: Int] = [:]
        for stage in LookInquiry.Stage.allCases where stage != .closed {
            counts[stage] =
                try tx.row(
                    """
                    SELECT COUNT(*) FROM (SELECT id FROM look_inquiry WHERE stage = \(stage.rawValue)
                        AND region BETWEEN \(regions.lowerBound) AND \(regions.upperBound)
                        ORDER BY id LIMIT \(countedMax)) AS counted
                    """)?.integer(0) ?? 0
        }
        return counts
    }

    private static func line(_ row: Row) throws -> LookInquiryLine {
        LookInquiryLine(
            id: try row.id(0), look: try row.subject(1), body: CreditCode(try row.text(2)),
            region: try row.value(3, Region.init), stage: try row.value(4, LookInquiry.Stage.init),
            isOfSupervisor: try row.bool(5), isLate: try row.bool(6), askedAt: try row.instant(7),
            due: try row.optionalDay(8))
    }
}
