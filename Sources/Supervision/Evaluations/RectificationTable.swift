package import Store
package import Vocabulary

extension ID where Thing == RectificationThing {
    /// The rectification of a bad review: one for each, and named after it.
    package static func of(_ evaluation: EvaluationID) -> RectificationID {
        RectificationID(evaluation.subject.sibling(1))
    }
}

/// One line of a list of bad reviews. Nothing of it says who judged.
package struct RectificationLine: Hashable, Sendable {
    package let id: RectificationID
    package let evaluation: EvaluationID
    package let grade: EvaluationGrade
    package let owner: String
    package let region: Region
    package let stage: Rectification.Stage
    package let isAppealed: Bool
    package let contactDue: CivilDate
    package let rectifyDue: CivilDate
}

/// The journal of bad reviews, and the rows by which they are found.
package enum RectificationTable {
    static let migration = Migration(
        "supervision.021-rectifications",
        tables: [
            Table(
                "rectification", .distributed(by: "id"),
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, evaluation BYTEA NOT NULL, star BIGINT NOT NULL, owner TEXT NOT NULL,
                    region TEXT NOT NULL, stage TEXT NOT NULL, is_open BIGINT NOT NULL, is_appealed BIGINT NOT NULL,
                    contact_due BIGINT NOT NULL, rectify_due BIGINT NOT NULL, wake_at BIGINT, published_at BIGINT
                    """,
                indexes: [
                    "rectification_by_owner ON rectification (owner, is_open, id)",
                    "rectification_by_stage ON rectification (stage, id)",
                    "rectification_by_appeal ON rectification (is_appealed, id)",
                    "rectification_by_wake ON rectification (wake_at, id)",
                    "rectification_by_publication ON rectification (published_at, id)",
                ])
        ])

    static func open(
        _ event: RectificationEvent, of evaluation: EvaluationID, stamp: Stamp, in tx: Transaction
    ) throws -> Rectification {
        let id = RectificationID.of(evaluation)
        try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
        let it = try load(id, in: tx)
        let opened = it.opened
        try tx.execute(
            """
            INSERT INTO rectification (id, evaluation, star, owner, region, stage, is_open, is_appealed, contact_due,
                rectify_due, wake_at)
            VALUES (\(id), \(evaluation), \(opened.grade.rawValue), \(opened.place.owner), \(opened.place.region),
                \(it.stage.rawValue), 1, 0, \(opened.contactDue), \(opened.rectifyDue), \(it.wakeAt))
            """)
        return it
    }

    /// Writes what happened, counts it, and answers it as it stands then.
    package static func append(
        _ events: [RectificationEvent], to it: Rectification, of evaluation: Evaluation, stamp: Stamp,
        in tx: Transaction
    ) throws -> Rectification {
        guard !events.isEmpty else { return it }
        try Journal.append(events, to: it.id.subject, after: it.sequence, stamp: stamp, in: tx)
        var after = it
        for event in events { try after.apply(event, at: stamp.now, by: event.isByLaw ? .platform : stamp.actor) }
        try tx.execute(
            """
            UPDATE rectification SET stage = \(after.stage.rawValue), is_open = \(after.stage.isOpen),
                is_appealed = \(after.isUnderAppeal), wake_at = \(after.wakeAt), published_at = \(after.publishedAt)
            WHERE id = \(it.id)
            """)
        let given = evaluation.given
        let change =
            EvaluationTally.of(given, after) - EvaluationTally.of(given, it)
        try EvaluationFigureTable.add(change, to: given.place, given.channel, on: evaluation.givenAt.day, in: tx)
        return after
    }

    /// It as the fold of its events; refuses an id that nobody has.
    package static func load(_ id: RectificationID, in tx: Transaction) throws -> Rectification {
        let entries = try Journal.entries(of: id.subject, in: tx)
        guard entries.first?.kind == RectificationEvent.openedKind,
            let it = try Rectification.folded(id, entries)
        else { throw RectificationRefusal.notFound }
        return it
    }

    /// Which are to be looked at by now, those that wait longest first.
    package static func due(by now: Instant, limit: Int, in tx: Transaction) throws -> [RectificationID] {
        try tx.rows(
            "SELECT id FROM rectification WHERE wake_at <= \(now) ORDER BY wake_at, id LIMIT \(limit)"
        ).map { try $0.id(0) }
    }

    private static let columns: StaticString =
        "id, evaluation, star, owner, region, stage, is_appealed, contact_due, rectify_due"

    /// What is open with some who answer for it, the oldest first, after one of them.
    package static func open(
        of owners: [String], after last: RectificationID? = nil, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [RectificationLine] {
        let last = last?.subject ?? Subject(high: 0, low: 0)
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM rectification
            WHERE owner IN \(list: owners) AND is_open = 1 AND id > \(last) ORDER BY id LIMIT \(limit)
            """
        ).map(line)
    }

    /// What stands at a stage within a part of the city's business, whatever item, or for nil the appeals that wait for
    /// a ruling: the oldest first, after one of them.
    package static func at(
        _ stage: Rectification.Stage?, in part: SupervisedPart, after last: RectificationID? = nil,
        limit: Int = Limits.pageRowsMax, tx: Transaction
    ) throws -> [RectificationLine] {
        let last = last?.subject ?? Subject(high: 0, low: 0)
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM rectification
            WHERE \(part: condition(stage)) AND id > \(last) AND \(part: condition(part)) ORDER BY id LIMIT \(limit)
            """
        ).map(line)
    }

    private static func condition(_ stage: Rectification.Stage?) -> SQL {
        stage.map { "stage = \($0.rawValue)" } ?? "is_appealed = 1"
    }

    /// Of which item a bad review is stands in the journal alone.
    private static func condition(_ part: SupervisedPart) -> SQL {
        """
        owner BETWEEN \(part.bodies.lowerBound) AND \(part.bodies.upperBound)
            AND region BETWEEN \(part.regions.lowerBound) AND \(part.regions.upperBound)
        """
    }

    /// LIMIT: bad reviews that a count looks at.
    package static let countedMax = 1000

    /// How many stand at a stage within a part, whatever item, or for nil are appealed against.
    package static func count(
        at stage: Rectification.Stage?, in part: SupervisedPart, tx: Transaction
    ) throws -> Int {
        try tx.row(
            """
            SELECT COUNT(*) FROM (SELECT id FROM rectification WHERE \(part: condition(stage))
                AND \(part: condition(part)) LIMIT \(countedMax)) AS counted
            """)?.integer(0) ?? 0
    }

    /// What was published, the latest first, before an instant.
    package static func published(
        before instant: Instant? = nil, limit: Int, in tx: Transaction
    ) throws -> [RectificationID] {
        let before = instant ?? Instant(milliseconds: Int64.max)
        return try tx.rows(
            """
            SELECT id FROM rectification WHERE published_at < \(before)
            ORDER BY published_at DESC, id DESC LIMIT \(limit)
            """
        ).map { try $0.id(0) }
    }

    private static func line(_ row: Row) throws -> RectificationLine {
        guard let grade = EvaluationGrade(rawValue: try row.integer(2)) else { throw Fault.corrupt("a grade") }
        return RectificationLine(
            id: try row.id(0), evaluation: try row.id(1), grade: grade, owner: try row.text(3),
            region: try row.value(4, Region.init), stage: try row.value(5, Rectification.Stage.init),
            isAppealed: try row.bool(6), contactDue: try row.day(7), rectifyDue: try row.day(8))
    }
}
