package import Store
package import Vocabulary

/// One line of a list of drawn files. Nothing of it is personal.
package struct ReviewedFileLine: Hashable, Sendable {
    package let id: ReviewedFileID
    package let review: FileReviewID
    package let matter: SupervisedCase
    package let rank: Int
    package let stage: ReviewedFile.Stage
    /// Nil before the body was told.
    package let marks: Int?
    package let grade: FileGrade?
}

/// The journal of drawn files, and the rows by which they are found and counted.
package enum ReviewedFileTable {
    static let tables = [
        Table(
            "reviewed_file", .distributed(by: "id"),
            columns: """
                id BYTEA NOT NULL PRIMARY KEY, review BYTEA NOT NULL, dossier BYTEA NOT NULL, number TEXT NOT NULL,
                item TEXT NOT NULL, catalog_code TEXT NOT NULL, body TEXT NOT NULL, region TEXT NOT NULL,
                body_rank BIGINT NOT NULL, stage TEXT NOT NULL, marks BIGINT, grade TEXT, wake_at BIGINT
                """,
            indexes: [
                "reviewed_file_by_review ON reviewed_file (review, body, body_rank, id)",
                "reviewed_file_by_body ON reviewed_file (body, id)",
                "reviewed_file_by_wake ON reviewed_file (wake_at, id)",
            ]),
        Table(
            "reviewed_file_by_reviewer", .distributed(by: "staff"),
            columns: """
                staff BYTEA NOT NULL, file BYTEA NOT NULL, is_open BIGINT NOT NULL, PRIMARY KEY (staff, file)
                """),
        Table(
            "reviewed_file_missed", .distributed(by: "file"),
            columns: """
                file BYTEA NOT NULL, point TEXT NOT NULL, review BYTEA NOT NULL, PRIMARY KEY (file, point)
                """,
            indexes: ["reviewed_file_missed_by_review ON reviewed_file_missed (review, point)"]),
    ]

    /// Writes a file that was drawn.
    package static func draw(
        _ drawn: ReviewedFileEvent.Drawn, as id: ReviewedFileID, stamp: Stamp, in tx: Transaction
    ) throws {
        try Journal.append([ReviewedFileEvent.drawn(drawn)], to: id.subject, after: 0, stamp: stamp, in: tx)
        let matter = drawn.matter
        try tx.execute(
            """
            INSERT INTO reviewed_file (id, review, dossier, number, item, catalog_code, body, region, body_rank, stage)
            VALUES (\(id), \(drawn.review), \(matter.dossier), \(matter.number), \(matter.item),
                \(matter.catalogCode), \(matter.body), \(matter.region), \(drawn.rank),
                \(ReviewedFile.Stage.drawn.rawValue))
            """)
    }

    /// Writes what happened to a file and answers it as it stands then.
    package static func append(
        _ events: [ReviewedFileEvent], to file: ReviewedFile, _ manner: FileReviewTerms.Manner, stamp: Stamp,
        in tx: Transaction
    ) throws -> ReviewedFile {
        guard !events.isEmpty else { return file }
        try Journal.append(events, to: file.id.subject, after: file.sequence, stamp: stamp, in: tx)
        let after = try file.after(events, at: stamp.now, by: stamp.actor)
        try tx.execute(
            """
            UPDATE reviewed_file SET stage = \(after.stage.rawValue), marks = \(after.outcome?.marks),
                grade = \(after.outcome?.grade(manner).rawValue), wake_at = \(after.wakeAt)
            WHERE id = \(file.id)
            """)
        for sheet in after.sheets
        where file.sheet(of: sheet.reviewer)?.submittedAt != sheet.submittedAt
            || file.sheet(of: sheet.reviewer) == nil
        {
            try tx.execute(
                """
                INSERT INTO reviewed_file_by_reviewer (staff, file, is_open)
                VALUES (\(sheet.reviewer), \(file.id), \(sheet.submittedAt == nil))
                ON CONFLICT (staff, file) DO UPDATE SET is_open = excluded.is_open
                """)
        }
        if after.stage == .final, file.stage != .final {
            for point in after.outcome?.missed ?? [] {
                try tx.execute(
                    """
                    INSERT INTO reviewed_file_missed (file, point, review)
                    VALUES (\(file.id), \(point), \(file.drawn.review))
                    """)
            }
        }
        return after
    }

    /// It as the fold of its events; refuses an id that nobody has.
    package static func load(_ id: ReviewedFileID, in tx: Transaction) throws -> ReviewedFile {
        let entries = try Journal.entries(of: id.subject, in: tx)
        guard entries.first?.kind == ReviewedFileEvent.drawnKind,
            let file = try ReviewedFile.folded(id, entries)
        else { throw FileReviewRefusal.notFound }
        return file
    }

    private static let columns: StaticString = """
        f.id, f.review, f.dossier, f.number, f.item, f.catalog_code, f.body, f.region, f.body_rank, f.stage, f.marks,
        f.grade
        """

    /// The files of a campaign: by body, the lowest of the draw first.
    package static func of(_ review: FileReviewID, in tx: Transaction) throws -> [ReviewedFileLine] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM reviewed_file f WHERE f.review = \(review)
            ORDER BY f.body, f.body_rank, f.id LIMIT \(FileDraw.drawnMax)
            """
        ).map(line)
    }

    /// The files that somebody reviews, those that she has not handed in first, then the newest.
    package static func of(reviewer staff: StaffID, in tx: Transaction) throws -> [(ReviewedFileLine, isOpen: Bool)] {
        try tx.rows(
            """
            SELECT \(raw: columns), r.is_open FROM reviewed_file_by_reviewer r JOIN reviewed_file f ON f.id = r.file
            WHERE r.staff = \(staff) ORDER BY r.is_open DESC, r.file DESC LIMIT \(Limits.pageRowsMax)
            """
        ).map { (try line($0), try $0.bool(12)) }
    }

    /// The files within a part of the city's business whose marks were told, the newest first.
    package static func told(in part: SupervisedPart, tx: Transaction) throws -> [ReviewedFileLine] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM reviewed_file f WHERE f.marks IS NOT NULL AND \(part: part.condition)
            ORDER BY f.id DESC LIMIT \(Limits.pageRowsMax)
            """
        ).map(line)
    }

    /// Those of which the time for an objection is over, the longest first.
    package static func due(by now: Instant, limit: Int, in tx: Transaction) throws -> [ReviewedFileID] {
        try tx.rows(
            "SELECT id FROM reviewed_file WHERE wake_at <= \(now) ORDER BY wake_at, id LIMIT \(limit)"
        ).map { try $0.id(0) }
    }

    /// How many points were missed, by point, in the files of a campaign that are final.
    package static func missed(of review: FileReviewID, in tx: Transaction) throws -> [String: Int] {
        let rows = try tx.rows(
            """
            SELECT point, COUNT(*) FROM reviewed_file_missed WHERE review = \(review)
            GROUP BY point ORDER BY point LIMIT \(ReviewChecklist.pointsMax)
            """)
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text(0), try $0.integer(1)) })
    }

    private static func line(_ row: Row) throws -> ReviewedFileLine {
        let grade = try row.optionalText(11)
        return ReviewedFileLine(
            id: try row.id(0), review: try row.id(1),
            matter: SupervisedCase(
                try row.id(2), number: try row.text(3), item: (try row.text(4), try row.text(5)),
                body: try row.value(6, CreditCode.init), region: try row.value(7, Region.init)),
            rank: try row.integer(8), stage: try row.value(9, ReviewedFile.Stage.init),
            marks: try row.optionalInteger(10), grade: grade == nil ? nil : try row.value(11, FileGrade.init))
    }
}
