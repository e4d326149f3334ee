package import Store
package import Vocabulary

/// One line of an officer's list. It holds no personal data.
package struct DeskLine: Equatable, Sendable {
    package let dossier: DossierLine
    /// The step's id; empty where the item has no steps.
    package let step: String
    /// Since when it is at the step; nil for what came there before steps were written down.
    package let since: Instant?
    /// With whom it lies; nil while it is in the pool.
    package let holder: StaffID?
    package let isUrged: Bool
    /// Whether it has come back into everybody's view.
    package let isShared: Bool
    package let version: Int
    /// What the examination proposes; nil before it is finished.
    package let proposal: ReviewProposal?

    /// Where the page after this line begins.
    package var cursor: DeskCursor {
        DeskCursor(priority: isUrged ? 0 : 1, due: dossier.cursor.due, id: dossier.id)
    }
}

/// Where a page of an officer's list begins: what is urged first, then by the time left.
package struct DeskCursor: Hashable, Sendable, Comparable {
    package let priority: Int
    package let due: CivilDate
    package let id: DossierID

    package init(priority: Int, due: CivilDate, id: DossierID) {
        (self.priority, self.due, self.id) = (priority, due, id)
    }

    /// Before every line.
    package static let start = DeskCursor(
        priority: -1, due: .distantPast, id: DossierID(Subject(high: 0, low: 0)))

    package static func < (left: DeskCursor, right: DeskCursor) -> Bool {
        (left.priority, left.due, left.id) < (right.priority, right.due, right.id)
    }
}

/// What an officer wants to see of a list.
package struct DeskFilter: Hashable, Sendable {
    /// Two digits of the kind of item (domain section 1.2); nil for any.
    package var type: String?
    /// The 12 characters of one item; nil for any.
    package var item: String?
    package var light: Light?
    package var stage: Dossier.Stage.Name?

    package init(type: String? = nil, item: String? = nil, light: Light? = nil, stage: Dossier.Stage.Name? = nil) {
        (self.type, self.item, self.light, self.stage) = (type, item, light, stage)
    }

    var types: ClosedRange<String> { type.map { $0...$0 } ?? ""..."~" }
    var items: ClosedRange<String> { item.map { $0...$0 } ?? ""..."~" }
    var lights: ClosedRange<Int> { light.map { $0.rawValue...$0.rawValue } ?? 0...Light.statutory.rawValue }
    var stages: [String] {
        let all: [Dossier.Stage.Name] = [.inReview, .reviewed]
        return all.filter { stage == nil || $0 == stage }.map(\.rawValue)
    }

    /// The conditions that every list has. The sign before the light keeps SQLite from weighing it against the index of
    /// what is late, for which it would read the value and prepare the statement anew each time.
    var conditions: SQL {
        """
        substr(d.catalog_code, 3, 2) BETWEEN \(types.lowerBound) AND \(types.upperBound)
            AND d.catalog_code BETWEEN \(items.lowerBound) AND \(items.upperBound)
            AND +d.light BETWEEN \(lights.lowerBound) AND \(lights.upperBound)
        """
    }

    /// The same after a place, in the order of every list.
    func rest(after cursor: DeskCursor) -> SQL {
        """
        \(part: conditions) AND (d.priority, d.due, d.id) > (\(cursor.priority), \(cursor.due), \(cursor.id))
            ORDER BY d.priority, d.due, d.id
        """
    }
}

extension DossierTable.Part {
    /// The desks of the part.
    fileprivate var desks: SQL { rows(body: "d.at_body", region: "d.at_region") }
}

/// A list of an officer's day.
package enum DeskList: Hashable, Sendable {
    /// Of a part of the city's business at one stage: what lies with nobody, what has come back into everybody's view,
    /// and what lies with those who are away.
    case pool(DossierTable.Part, Dossier.Stage.Name, away: [StaffID] = [])
    /// What lies with somebody.
    case held(StaffID)
    /// 临期: what is yellow or worse, or has come back into everybody's view.
    case soon(DossierTable.Part)
    /// Whatever is asked of one of these.
    case asked(String)

    /// Where it stands and under which conditions; nil where the filter leaves nothing.
    fileprivate func rows(_ filter: DeskFilter) -> SQL? {
        switch self {
        case .pool(let part, let stage, let away):
            guard filter.stages.contains(stage.rawValue) else { return nil }
            let away = away.prefix(DeskTable.awayMax).map(\.description)
            return """
                dossier d WHERE d.stage = \(stage.rawValue) AND \(part: part.desks)
                    AND (d.holder IS NULL OR d.is_shared = 1 OR d.holder IN \(list: away))
                """
        case .held(let staff):
            return "dossier d WHERE d.holder = \(staff.description) AND d.stage IN \(list: filter.stages)"
        case .soon(let part):
            return "dossier d WHERE d.is_soon = 1 AND \(part: part.desks) AND d.stage IN \(list: filter.stages)"
        case .asked(let respondent):
            return """
                dossier_opinion o JOIN dossier d ON d.id = o.dossier
                WHERE o.asked = \(respondent) AND d.stage IN \(list: filter.stages)
                """
        }
    }
}

extension DeskTable {
    /// LIMIT: lines that a count looks at.
    package static let countedMax = 100
    /// LIMIT: colleagues who are away whose dossiers a pool shows.
    static let awayMax = 200

    private static let columns: StaticString = """
        d.id, d.number, d.short, d.item, d.region, d.stage, d.ending, d.mode, d.submitted_at, d.received_at, d.due,
        d.statutory_due, d.is_provisional, d.applicant, d.light, d.step, d.since, d.holder, d.priority, d.is_shared,
        d.item_version, d.proposal
        """

    /// One page of a list.
    package static func lines(
        _ list: DeskList, _ filter: DeskFilter, after cursor: DeskCursor = .start, limit: Int, tx: Transaction
    ) throws -> [DeskLine] {
        guard let rows = list.rows(filter) else { return [] }
        let statement: SQL =
            "SELECT \(raw: columns) FROM \(part: rows) AND \(part: filter.rest(after: cursor)) LIMIT \(limit)"
        return try tx.rows(statement).map(line)
    }

    /// The dossiers of a list, so many at most: for counting, which reads nothing else of them.
    package static func ids(
        _ list: DeskList, _ filter: DeskFilter, limit: Int = countedMax, tx: Transaction
    ) throws -> [DossierID] {
        guard let rows = list.rows(filter) else { return [] }
        return try tx.rows("SELECT d.id FROM \(part: rows) AND \(part: filter.conditions) LIMIT \(limit)").map {
            try $0.id(0)
        }
    }

    private static func line(_ row: Row) throws -> DeskLine {
        let proposal = try row.text(21)
        return DeskLine(
            dossier: try DossierTable.line(row), step: try row.text(15), since: try row.optionalInstant(16),
            holder: row[17] == .null ? nil : try row.value(17) { StaffID($0) }, isUrged: try row.integer(18) == 0,
            isShared: try row.bool(19), version: try row.integer(20),
            proposal: proposal.isEmpty ? nil : try row.value(21, ReviewProposal.init(rawValue:)))
    }
}
