package import Store
package import Vocabulary

/// Findings: one row a case and rule, written in the transaction of what shows it, and an entry for each change.
package enum FindingTable {
    static let migration = Migration(
        "supervision.010-finding",
        tables: [
            Table(
                "finding", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL, rule TEXT NOT NULL, id BYTEA NOT NULL, number TEXT NOT NULL,
                    item TEXT NOT NULL, catalog_code TEXT NOT NULL, body TEXT NOT NULL, region TEXT NOT NULL,
                    found_at BIGINT NOT NULL, last_at BIGINT NOT NULL, count BIGINT NOT NULL, stands BIGINT NOT NULL,
                    state TEXT NOT NULL, PRIMARY KEY (dossier, rule)
                    """,
                indexes: ["finding_by_state ON finding (state, last_at, dossier, rule)"])
        ])

    /// LIMIT: findings that a count looks at.
    package static let countedMax = 1000

    private static let columns: StaticString = """
        dossier, rule, id, number, item, catalog_code, body, region, found_at, last_at, count, stands, state
        """

    /// What is known of a rule in a case; nil for nothing.
    package static func finding(
        _ rule: FindingRule, of dossier: DossierID, in tx: Transaction
    ) throws -> Finding? {
        try tx.row(
            "SELECT \(raw: columns) FROM finding WHERE dossier = \(dossier) AND rule = \(rule.rawValue)"
        ).map(finding)
    }

    /// All that is known of a case, by when it was found.
    package static func of(_ dossier: DossierID, in tx: Transaction) throws -> [Finding] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM finding WHERE dossier = \(dossier)
            ORDER BY found_at, rule LIMIT \(FindingRule.allCases.count)
            """
        ).map(finding)
    }

    /// Writes that a rule was not kept. What is known and still stands is left as it is; what was over stands again.
    /// Answers the finding when it is new.
    package static func find(
        _ rule: FindingRule, of matter: SupervisedCase, stands: Bool, stamp: Stamp, in tx: Transaction
    ) throws -> Finding? {
        guard var known = try finding(rule, of: matter.dossier, in: tx) else {
            return try begin(rule, of: matter, stands: stands, stamp: stamp, in: tx)
        }
        if stands && !known.stands { try raise(&known, stamp: stamp, in: tx) }
        if !stands && known.stands { try settle(known, stamp: stamp, in: tx) }
        return nil
    }

    /// Writes that somebody tried what a rule forbids, once more; what was looked at is to be looked at again. Attempts
    /// above `Finding.countedMax` leave no trace.
    package static func attempt(
        _ rule: FindingRule, of matter: SupervisedCase, stamp: Stamp, in tx: Transaction
    ) throws {
        guard var known = try finding(rule, of: matter.dossier, in: tx) else {
            _ = try begin(rule, of: matter, stands: false, stamp: stamp, in: tx)
            return
        }
        guard known.count < Finding.countedMax else { return }
        if known.state == .reviewed { known.state = .open }
        try again(&known, stamp: stamp, in: tx)
    }

    /// Writes that what was wrong is over; nothing for what is over already.
    package static func settle(_ known: Finding, stamp: Stamp, in tx: Transaction) throws {
        guard known.stands else { return }
        var known = known
        known.stands = false
        try write(known, .settled, stamp: stamp, in: tx)
    }

    /// Writes that an order was given about it.
    package static func order(_ known: Finding, by order: OrderID, stamp: Stamp, in tx: Transaction) throws {
        var known = known
        known.state = .ordered
        try write(known, .ordered(order), stamp: stamp, in: tx)
    }

    /// Writes that somebody looked and nothing more is to be done. Refuses what is not open.
    package static func review(
        _ known: Finding, _ words: OrderWords, stamp: Stamp, in tx: Transaction
    ) throws {
        guard known.state == .open else { throw OrderRefusal.alreadyReviewed }
        var known = known
        known.state = .reviewed
        try write(known, .reviewed(words), stamp: stamp, in: tx)
    }

    /// One time that a rule was found broken, or that somebody tried to break it.
    package struct Attempt: Hashable, Sendable {
        package let at: Instant
        package let actor: Actor
    }

    /// Every time that a finding counts, in order.
    package static func attempts(of finding: Finding, in tx: Transaction) throws -> [Attempt] {
        try Journal.entries(of: finding.id.subject, in: tx).compactMap { entry in
            switch try FindingEvent(entry) {
            case .found, .again: Attempt(at: entry.at, actor: entry.actor)
            case .settled, .ordered, .reviewed: nil
            }
        }
    }

    private static func begin(
        _ rule: FindingRule, of matter: SupervisedCase, stands: Bool, stamp: Stamp, in tx: Transaction
    ) throws -> Finding {
        let id = FindingID(stamp.id(for: "finding \(matter.dossier) \(rule.rawValue)"))
        let finding = Finding(id, matter, rule, at: stamp.now, stands: stands)
        try tx.execute(
            """
            INSERT INTO finding (\(raw: columns))
            VALUES (\(matter.dossier), \(rule.rawValue), \(id), \(matter.number), \(matter.item),
                \(matter.catalogCode), \(matter.body), \(matter.region), \(stamp.now), \(stamp.now), 1, \(stands),
                \(finding.state.rawValue))
            """)
        let found = FindingEvent.found(FindingEvent.Found(matter: matter, rule: rule, stands: stands))
        try Journal.append([found], to: id.subject, after: 0, stamp: stamp, in: tx)
        return finding
    }

    private static func raise(_ known: inout Finding, stamp: Stamp, in tx: Transaction) throws {
        known.stands = true
        if known.state == .reviewed { known.state = .open }
        try again(&known, stamp: stamp, in: tx)
    }

    private static func again(_ known: inout Finding, stamp: Stamp, in tx: Transaction) throws {
        known.count += 1
        known.lastAt = stamp.now
        try write(known, .again, stamp: stamp, in: tx)
    }

    private static func write(
        _ finding: Finding, _ event: FindingEvent, stamp: Stamp, in tx: Transaction
    ) throws {
        let subject = finding.id.subject
        let last = try Journal.lastSequence(of: subject, in: tx)
        try Journal.append([event], to: subject, after: last, stamp: stamp, in: tx)
        try tx.execute(
            """
            UPDATE finding SET last_at = \(finding.lastAt), count = \(finding.count), stands = \(finding.stands),
                state = \(finding.state.rawValue)
            WHERE dossier = \(finding.matter.dossier) AND rule = \(finding.rule.rawValue)
            """)
    }

    /// Where a page begins: after the last line of the page before.
    package struct Cursor: Hashable, Sendable {
        package let at: Instant
        package let dossier: DossierID
        package let rule: String

        package init(at: Instant, dossier: DossierID, rule: String) {
            (self.at, self.dossier, self.rule) = (at, dossier, rule)
        }

        static let first = Cursor(
            at: Instant(milliseconds: .max), dossier: DossierID(Subject(high: .max, low: .max)), rule: "~")
    }

    /// Those in a state within a part of the city's business, the latest first.
    package static func lines(
        _ state: Finding.State, in part: SupervisedPart, after cursor: Cursor? = nil,
        limit: Int = Limits.pageRowsMax, tx: Transaction
    ) throws -> [Finding] {
        let end = cursor ?? .first
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM finding WHERE state = \(state.rawValue)
                AND (last_at, dossier, rule) < (\(end.at), \(end.dossier), \(end.rule)) AND \(part: part.condition)
            ORDER BY last_at DESC, dossier DESC, rule DESC LIMIT \(limit)
            """
        ).map(finding)
    }

    /// How many are in a state within a part, and of them about suspensions; `countedMax` where the count stops.
    package static func count(
        _ state: Finding.State, in part: SupervisedPart, tx: Transaction
    ) throws -> Int {
        try tx.row(
            """
            SELECT COUNT(*) FROM (SELECT dossier FROM finding WHERE state = \(state.rawValue)
                AND \(part: part.condition) ORDER BY last_at DESC, dossier DESC, rule DESC
                LIMIT \(countedMax)) AS found
            """)?.integer(0) ?? 0
    }

    private static func finding(_ row: Row) throws -> Finding {
        let matter = SupervisedCase(
            try row.id(0), number: try row.text(3), item: (try row.text(4), try row.text(5)),
            body: try row.value(6, CreditCode.init), region: try row.value(7, Region.init))
        var finding = Finding(
            try row.id(2), matter, try row.value(1, FindingRule.init), at: try row.instant(8),
            stands: try row.bool(11))
        finding.lastAt = try row.instant(9)
        finding.count = try row.integer(10)
        finding.state = try row.value(12, Finding.State.init)
        return finding
    }
}
