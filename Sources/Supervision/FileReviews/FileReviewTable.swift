package import Store
package import Vocabulary

/// The journal of campaigns, the rows by which they are found, and the list of cases of each.
package enum FileReviewTable {
    static let migration = Migration(
        "supervision.050-file-reviews",
        tables: [
            Table(
                "file_review", .distributed(by: "id"),
                columns: "id BYTEA NOT NULL PRIMARY KEY, stage TEXT NOT NULL, wake_at BIGINT",
                indexes: ["file_review_by_wake ON file_review (wake_at, id)"]),
            Table(
                "file_review_number", .distributed(by: "number"),
                columns: "number TEXT NOT NULL PRIMARY KEY, year BIGINT NOT NULL, id BYTEA NOT NULL"),
            Table(
                "file_review_case", .distributed(by: "review"),
                columns: """
                    review BYTEA NOT NULL, number TEXT NOT NULL, dossier BYTEA NOT NULL, short TEXT NOT NULL,
                    item TEXT NOT NULL, catalog_code TEXT NOT NULL, body TEXT NOT NULL, region TEXT NOT NULL,
                    PRIMARY KEY (review, number)
                    """),
        ] + ReviewedFileTable.tables)

    /// LIMIT: campaigns that a list shows.
    package static let listedMax = 100

    /// The number of the next campaign of a year: `2018-3`.
    package static func nextNumber(of year: Int, in tx: Transaction) throws -> String {
        let known = try tx.row("SELECT COUNT(*) FROM file_review_number WHERE year = \(year)")?.integer(0) ?? 0
        return "\(year)-\(known + 1)"
    }

    /// Writes a new campaign with its list of cases, and answers it.
    package static func open(
        _ event: FileReviewEvent, as id: FileReviewID, from cases: [FileDraw.ClosedCase], stamp: Stamp,
        in tx: Transaction
    ) throws -> FileReview {
        try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
        let review = try load(id, in: tx)
        try tx.execute(
            """
            INSERT INTO file_review (id, stage, wake_at) VALUES (\(id), \(review.stage.rawValue), \(review.wakeAt))
            """)
        try tx.execute(
            """
            INSERT INTO file_review_number (number, year, id)
            VALUES (\(review.opened.number), \(stamp.now.day.year), \(id))
            """)
        let rows = cases.sorted { $0.number.utf8.lexicographicallyPrecedes($1.number.utf8) }.map { one -> [SQLValue] in
            let matter = one.matter
            return [
                id.sqlValue, one.number.sqlValue, matter.dossier.sqlValue, matter.number.sqlValue,
                matter.item.sqlValue, matter.catalogCode.sqlValue, matter.body.sqlValue, matter.region.sqlValue,
            ]
        }
        try tx.load(
            rows, into: "file_review_case (review, number, dossier, short, item, catalog_code, body, region)")
        return review
    }

    /// Writes what happened and answers the campaign as it stands then.
    package static func append(
        _ events: [FileReviewEvent], to review: FileReview, stamp: Stamp, in tx: Transaction
    ) throws -> FileReview {
        guard !events.isEmpty else { return review }
        try Journal.append(events, to: review.id.subject, after: review.sequence, stamp: stamp, in: tx)
        var after = review
        for event in events { try after.apply(event, at: stamp.now) }
        try tx.execute(
            """
            UPDATE file_review SET stage = \(after.stage.rawValue), wake_at = \(after.wakeAt) WHERE id = \(review.id)
            """)
        return after
    }

    /// It as the fold of its events; refuses an id that nobody has.
    package static func load(_ id: FileReviewID, in tx: Transaction) throws -> FileReview {
        let entries = try Journal.entries(of: id.subject, in: tx)
        guard entries.first?.kind == FileReviewEvent.openedKind, let review = try FileReview.folded(id, entries) else {
            throw FileReviewRefusal.notFound
        }
        return review
    }

    /// The campaigns, the newest first.
    package static func all(in tx: Transaction) throws -> [FileReview] {
        try tx.rows("SELECT id FROM file_review ORDER BY id DESC LIMIT \(listedMax)").map {
            try load(try $0.id(0), in: tx)
        }
    }

    /// Those whose time has come, the longest due first.
    package static func due(by now: Instant, limit: Int, in tx: Transaction) throws -> [FileReviewID] {
        try tx.rows(
            "SELECT id FROM file_review WHERE wake_at <= \(now) ORDER BY wake_at, id LIMIT \(limit)"
        ).map { try $0.id(0) }
    }

    /// The list of cases, by number.
    package static func cases(of id: FileReviewID, in tx: Transaction) throws -> [FileDraw.ClosedCase] {
        try tx.rows(
            """
            SELECT number, dossier, short, item, catalog_code, body, region FROM file_review_case
            WHERE review = \(id) ORDER BY number LIMIT \(FileDraw.populationMax)
            """
        ).map { row in
            FileDraw.ClosedCase(
                number: try row.text(0),
                matter: SupervisedCase(
                    try row.id(1), number: try row.text(2), item: (try row.text(3), try row.text(4)),
                    body: try row.value(5, CreditCode.init), region: try row.value(6, Region.init)))
        }
    }

    /// The first checkpoint since the named time that covers the opening; nil where there is none yet.
    package static func checkpoint(for review: FileReview, in tx: Transaction) throws -> Checkpoint? {
        guard let position = try SealedLog.position(of: review.id.subject, sequence: 1, in: tx) else { return nil }
        return try SealedLog.checkpoint(covering: position, since: review.terms.drawAt, in: tx)
    }

    /// One more than a campaign may have, so that a list that is too long is seen.
    private static let candidatesMax = FileDraw.populationMax + 1

    /// The cases that were closed or declined within some days, in some places and of some bodies, as the figures hold
    /// them: `FileDraw.populationMax` and one more at most.
    package static func closed(_ terms: FileReviewTerms, in tx: Transaction) throws -> [DossierID] {
        let ends = [CountedCase.Ending.closed.rawValue, CountedCase.Ending.declined.rawValue]
        let city = FileReviewTerms.city.codeRange
        let places: SQL =
            terms.places.isEmpty
            ? "region BETWEEN \(city.lowerBound) AND \(city.upperBound)" : "region IN \(list: terms.places)"
        let bodies: SQL = terms.bodies.isEmpty ? "1 = 1" : "body IN \(list: terms.bodies)"
        return try tx.rows(
            """
            SELECT dossier FROM figure_case
            WHERE ended_on BETWEEN \(terms.from) AND \(terms.to) AND ending IN \(list: ends)
                AND \(part: places) AND \(part: bodies)
            ORDER BY dossier LIMIT \(candidatesMax)
            """
        ).map { try $0.id(0) }
    }
}
