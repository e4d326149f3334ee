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
        guard let known = try finding(rule, of: matter.dossier, in: tx) else {
            return try begin(rule, of: matter, stands: stands, stamp: stamp, in: tx)
        }
        if stands && !known.stands { try raise(known, stamp: stamp, in: tx) }
        if !stands && known.stands { try settle(known, stamp: stamp, in: tx) }
        return nil
    }

    /// Writes that somebody tried what a rule forbids, once more; what was looked at is to be looked at again. Attempts
    /// above `Finding.countedMax` leave no trace.
    package static func attempt(
        _ rule: FindingRule, of matter: SupervisedCase, stamp: Stamp, in tx: Transaction
    ) throws {
        guard let known = try finding(rule, of: matter.dossier, in: tx) else {
            _ = try begin(rule, of: matter, stands: false, stamp: stamp, in: tx)
            return
        }
        guard known.count < Finding.countedMax else { return }
        try change(known, stamp: stamp, in: tx) { finding in
            guard finding.count < Finding.countedMax else { return nil }
            return try again(&finding, stamp: stamp, in: tx)
        }
    }

    /// Writes that what was wrong is over; nothing for what is over already.
    package static func settle(_ known: Finding, stamp: Stamp, in tx: Transaction) throws {
        guard known.stands else { return }
        try change(known, stamp: stamp, in: tx) { finding in
            guard finding.stands else { return nil }
            finding.stands = false
            return .settled
        }
    }

    /// Writes that an order was given about it.
    package static func order(_ known: Finding, by order: OrderID, stamp: Stamp, in tx: Transaction) throws {
        try change(known, stamp: stamp, in: tx) { finding in
            finding.state = .ordered
            return .ordered(order)
        }
    }

    /// Writes that the order about it has ended: nothing more is to be done, or it is to be looked at anew where the
    /// order was taken back. Nothing for one about which no order stands.
    package static func end(
        _ order: OrderID, as outcome: SupervisionOrder.Outcome, about known: Finding, stamp: Stamp, in tx: Transaction
    ) throws {
        try change(known, stamp: stamp, in: tx) { finding in
            guard finding.state == .ordered else { return nil }
            finding.state = outcome == .withdrawn ? .open : .reviewed
            return outcome == .withdrawn ? .orderWithdrawn(order) : .orderClosed(order)
        }
    }

    /// Writes that somebody looked and nothing more is to be done. Refuses what is not open.
    package static func review(
        _ known: Finding, _ words: OrderWords, stamp: Stamp, in tx: Transaction
    ) throws {
        try change(known, stamp: stamp, in: tx) { finding in
            guard finding.state == .open else { throw OrderRefusal.alreadyReviewed }
            finding.state = .reviewed
            return .reviewed(words)
        }
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
            case .settled, .ordered, .orderClosed, .orderWithdrawn, .reviewed: nil
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

    private static func raise(_ known: Finding, stamp: Stamp, in tx: Transaction) throws {
        try change(known, stamp: stamp, in: tx) { finding in
            guard !finding.stands else { return nil }
            finding.stands = true
            return try again(&finding, stamp: stamp, in: tx)
        }
    }

    private static func again(_ finding: inout Finding, stamp: Stamp, in tx: Transaction) throws -> FindingEvent {
        if try isDoneWith(finding, in: tx) { finding.state = .open }
        finding.count += 1
        finding.lastAt = stamp.now
        return .again
    }

    /// Whether nothing more was to be done about it. Orders that ended before they said so to their findings left them
    /// ordered.
    private static func isDoneWith(_ finding: Finding, in tx: Transaction) throws -> Bool {
        switch finding.state {
        case .open: false
        case .reviewed: true
        case .ordered:
            try !OrderTable.of(finding.matter.dossier, in: tx).contains {
                $0.issued.finding == finding.id && $0.stage.name != .closed
            }
        }
    }

    /// Writes what the closure makes of a finding as it stands now, whatever was known of it before; nothing where it
    /// answers nil. The number of the last entry is read before the row: whatever another writer commits from then on
    /// stands at the next number, and the body is replayed.
    private static func change(
        _ known: Finding, stamp: Stamp, in tx: Transaction, _ become: (inout Finding) throws -> FindingEvent?
    ) throws {
        let subject = known.id.subject
        let last = try Journal.lastSequence(of: subject, in: tx)
        guard var finding = try finding(known.rule, of: known.matter.dossier, in: tx) else {
            throw Fault.corrupt("finding \(known.id) has no row")
        }
        guard let event = try become(&finding) else { return }
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
