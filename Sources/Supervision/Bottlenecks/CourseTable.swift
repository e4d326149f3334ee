package import Store
package import Vocabulary

/// The ways of the dossiers that have ended: a row for each and for each of its steps, and the sums of each month of
/// closing. They follow the journal in one transaction with the mark of the figures (`FigureTable`).
package enum CourseTable {
    /// Nothing was known of the ways of what was counted before: everything is counted again from the first entry on.
    static let migration = Migration(
        "supervision.040-bottlenecks",
        tables: [
            Table(
                "course_case", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL PRIMARY KEY, region TEXT NOT NULL, body TEXT NOT NULL, item TEXT NOT NULL,
                    hall TEXT NOT NULL, mode TEXT NOT NULL, ended_on BIGINT NOT NULL, variant TEXT NOT NULL,
                    parts BIGINT NOT NULL, minutes BIGINT NOT NULL
                    """,
                indexes: ["course_by_end ON course_case (ended_on, dossier)"]),
            Table(
                "course_step", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL, step TEXT NOT NULL, rounds BIGINT NOT NULL, wait_parts BIGINT NOT NULL,
                    wait_minutes BIGINT NOT NULL, work_parts BIGINT NOT NULL, work_minutes BIGINT NOT NULL,
                    again_parts BIGINT NOT NULL, again_minutes BIGINT NOT NULL, limit_parts BIGINT,
                    PRIMARY KEY (dossier, step)
                    """),
            Table(
                "course_month", .distributed(by: "item"),
                columns: "month BIGINT NOT NULL, region TEXT NOT NULL, body TEXT NOT NULL, item TEXT NOT NULL, "
                    + "step TEXT NOT NULL, " + StepSums.columns.map { "\($0) BIGINT NOT NULL" }.joined(separator: ", ")
                    + ", PRIMARY KEY (month, region, body, item, step)"),
            Table(
                "variant_month", .distributed(by: "item"),
                columns: """
                    month BIGINT NOT NULL, region TEXT NOT NULL, body TEXT NOT NULL, item TEXT NOT NULL,
                    variant TEXT NOT NULL, cases BIGINT NOT NULL, parts BIGINT NOT NULL, minutes BIGINT NOT NULL,
                    PRIMARY KEY (month, region, body, item, variant)
                    """),
        ],
        statements: [
            "DELETE FROM figure_mark WHERE id = 1", "DELETE FROM figure_case", "DELETE FROM figure_month",
            "DELETE FROM figure_name",
        ])

    /// Sets every sum to so many times what it was: each dossier that was counted is there so many times now, and its
    /// copies' rows are written elsewhere.
    package static func multiply(by factor: Int, in tx: Transaction) throws {
        let sums = joined { "\(name: $0) = course_month.\(name: $0) * \(factor)" }
        try tx.execute("UPDATE course_month SET \(part: sums)")
        try tx.execute(
            """
            UPDATE variant_month SET cases = cases * \(factor), parts = parts * \(factor), minutes = minutes * \(factor)
            """
        )
    }

    /// Counts ways in place of what was counted of them before.
    package static func count(_ courses: [CaseCourse], in tx: Transaction) throws {
        var (steps, variants): ([Key: StepSums], [Key: VariantSums]) = ([:], [:])
        for course in courses {
            let before = try self.course(course.dossier, in: tx)
            guard before != course else { continue }
            if let before {
                for part in before.parts {
                    let key = Key(before, part.step.code)
                    steps[key] = steps[key, default: StepSums()] - StepSums(part)
                }
                variants[Key(before, before.variant), default: VariantSums()].add(-1, before.whole)
                try tx.execute("DELETE FROM course_step WHERE dossier = \(course.dossier)")
            }
            for part in course.parts {
                let key = Key(course, part.step.code)
                steps[key] = steps[key, default: StepSums()] + StepSums(part)
            }
            variants[Key(course, course.variant), default: VariantSums()].add(1, course.whole)
            try keep(course, in: tx)
        }
        for (key, sums) in steps.sorted(by: { $0.key < $1.key }) where !sums.isNothing {
            try add(sums, to: key, in: tx)
        }
        for (key, sums) in variants.sorted(by: { $0.key < $1.key }) where sums != VariantSums() {
            try add(sums, to: key, in: tx)
        }
    }

    /// Forgets everything, so that it is counted again from the first entry on.
    package static func forget(in tx: Transaction) throws {
        for statement: SQL in [
            "DELETE FROM course_case", "DELETE FROM course_step", "DELETE FROM course_month",
            "DELETE FROM variant_month",
        ] {
            try tx.execute(statement)
        }
    }

    // MARK: sums

    /// Whose sums, of which step or variant.
    private struct Key: Hashable, Comparable {
        let month: Month
        let region: String
        let body: String
        let item: String
        let what: String

        init(_ course: CaseCourse, _ what: String) {
            month = Month(of: course.endedOn)
            (region, body, item) = (course.place.region.code, course.place.body.code, course.place.item)
            self.what = what
        }

        var values: [SQLValue] {
            [month.code.sqlValue, region.sqlValue, body.sqlValue, item.sqlValue, what.sqlValue]
        }

        static func < (left: Key, right: Key) -> Bool {
            (left.month.code, left.region, left.body, left.item, left.what)
                < (right.month.code, right.region, right.body, right.item, right.what)
        }
    }

    /// Something of each column of the sums, with commas between.
    static func joined(_ part: (SQLName) -> SQL) -> SQL {
        let parts = StepSums.columns.compactMap { SQLName($0) }.map(part)
        return parts.dropFirst().reduce(parts.first ?? "") { "\(part: $0), \(part: $1)" }
    }

    private static let columns = joined { "\(name: $0)" }
    private static let updates = joined { "\(name: $0) = course_month.\(name: $0) + excluded.\(name: $0)" }

    private static func add(_ sums: StepSums, to key: Key, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO course_month (month, region, body, item, step, \(part: columns))
            VALUES \(rows: [key.values + sums.inOrder.map(\.sqlValue)])
            ON CONFLICT (month, region, body, item, step) DO UPDATE SET \(part: updates)
            """)
        try tx.execute(
            """
            DELETE FROM course_month WHERE month = \(key.month.code) AND region = \(key.region)
                AND body = \(key.body) AND item = \(key.item) AND step = \(key.what) AND cases = 0
            """)
    }

    private static func add(_ sums: VariantSums, to key: Key, in tx: Transaction) throws {
        let amounts = [sums.cases.sqlValue, sums.parts.sqlValue, sums.minutes.sqlValue]
        try tx.execute(
            """
            INSERT INTO variant_month (month, region, body, item, variant, cases, parts, minutes)
            VALUES \(rows: [key.values + amounts])
            ON CONFLICT (month, region, body, item, variant) DO UPDATE SET
                cases = variant_month.cases + excluded.cases, parts = variant_month.parts + excluded.parts,
                minutes = variant_month.minutes + excluded.minutes
            """)
        try tx.execute(
            """
            DELETE FROM variant_month WHERE month = \(key.month.code) AND region = \(key.region)
                AND body = \(key.body) AND item = \(key.item) AND variant = \(key.what) AND cases = 0
            """)
    }

    // MARK: dossiers

    private static func keep(_ course: CaseCourse, in tx: Transaction) throws {
        let place = course.place
        try tx.execute(
            """
            INSERT INTO course_case (dossier, region, body, item, hall, mode, ended_on, variant, parts, minutes)
            VALUES (\(course.dossier), \(place.region), \(place.body), \(place.item), \(place.hall), \(place.mode),
                \(course.endedOn), \(course.variant), \(course.whole.parts), \(course.whole.minutes))
            ON CONFLICT (dossier) DO UPDATE SET ended_on = excluded.ended_on, variant = excluded.variant,
                parts = excluded.parts, minutes = excluded.minutes
            """)
        for part in course.parts {
            try tx.execute(
                """
                INSERT INTO course_step (dossier, step, rounds, wait_parts, wait_minutes, work_parts, work_minutes,
                    again_parts, again_minutes, limit_parts)
                VALUES (\(course.dossier), \(part.step.code), \(part.rounds), \(part.waiting.parts),
                    \(part.waiting.minutes), \(part.working.parts), \(part.working.minutes), \(part.again.parts),
                    \(part.again.minutes), \(part.limit))
                """)
        }
    }

    /// LIMIT: steps of one dossier that are read.
    static let stepsMax = 100

    /// What is counted of the way of a dossier; nil before it ended.
    package static func course(_ dossier: DossierID, in tx: Transaction) throws -> CaseCourse? {
        guard
            let row = try tx.row(
                """
                SELECT region, body, item, hall, mode, ended_on, variant, parts, minutes FROM course_case
                WHERE dossier = \(dossier)
                """)
        else { return nil }
        let parts = try tx.rows(
            """
            SELECT step, rounds, wait_parts, wait_minutes, work_parts, work_minutes, again_parts, again_minutes,
                limit_parts
            FROM course_step WHERE dossier = \(dossier) ORDER BY step LIMIT \(stepsMax)
            """
        ).map(part)
        return CaseCourse(
            dossier,
            CountedCase.Place(
                region: try row.value(0, Region.init), body: try row.value(1, CreditCode.init), item: try row.text(2),
                hall: try row.text(3), mode: try row.text(4)),
            parts: parts.sorted { $0.step < $1.step },
            whole: (
                try row.day(5), try row.text(6), StepTime(parts: try row.integer(7), minutes: try row.integer(8))
            ))
    }

    private static func part(_ row: Row) throws -> CaseCourse.Part {
        guard let step = CaseStep(code: try row.text(0)) else { throw Fault.corrupt("a step that nobody knows") }
        var part = CaseCourse.Part(step)
        part.rounds = try row.integer(1)
        part.waiting = StepTime(parts: try row.integer(2), minutes: try row.integer(3))
        part.working = StepTime(parts: try row.integer(4), minutes: try row.integer(5))
        part.again = StepTime(parts: try row.integer(6), minutes: try row.integer(7))
        part.limit = try row.optionalInteger(8)
        return part
    }
}

/// Sums of a variant.
package struct VariantSums: Hashable, Sendable {
    package var cases = 0
    /// From the filing to the end: in parts of a working day, and in minutes of the calendar.
    package var parts = 0
    package var minutes = 0

    package init() {}

    mutating func add(_ sign: Int, _ time: StepTime) {
        cases += sign
        parts += sign * time.parts
        minutes += sign * time.minutes
    }

    package static func + (left: VariantSums, right: VariantSums) -> VariantSums {
        var sums = left
        sums.cases += right.cases
        sums.parts += right.parts
        sums.minutes += right.minutes
        return sums
    }
}
