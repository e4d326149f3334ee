import Accounts
import Certificates
import Hall
import Papers
package import Store
import Supervision
import Vocabulary

/// A store of very many dossiers: a small city is simulated, every command through the hall, and then every case of it
/// is written again and again, with ids, numbers and people of its own and at the same instants (decision 0052).
package struct BulkCity {
    /// How large it becomes.
    package struct Plan: Sendable {
        /// The simulated city whose cases are copied.
        package private(set) var templates: SimulatedCity.Plan
        /// How many copies of each case there are beside the case itself.
        package let copies: Int

        /// LIMIT: copies of a case.
        package static let copiesMax = 5000

        /// Nobody says anything of a case that is copied, and nobody takes a number for it: what hangs on an evaluation
        /// is named after it, and a queue has one number for each who waits.
        package init(templates: SimulatedCity.Plan, copies: Int) {
            (self.templates, self.copies) = (templates, copies)
            (self.templates.isJudged, self.templates.isQueued) = (false, false)
        }

        /// All cases together.
        package var cases: Int { templates.cases * (copies + 1) }
    }

    /// What became of it.
    package struct Filled: Sendable {
        package var templates = CityTotals()
        /// How long the simulated city took, and the writing of the copies with their figures.
        package var simulatedSeconds = 0.0
        package var copiedSeconds = 0.0
        package var rows = 0
        package var entries = 0
    }

    let plan: Plan
    let ground: SimulatedCity.Ground
    let sealer: Sealer
    let progress: @Sendable (String, Int, Int) -> Void

    /// In a store that is empty and has the hall's tables. `sealer` is the one that the ground seals with; `progress`
    /// is told what is written, how much of it, and how much there will be.
    package init(
        _ plan: Plan, in ground: SimulatedCity.Ground, sealer: Sealer,
        progress: @escaping @Sendable (String, Int, Int) -> Void
    ) {
        (self.plan, self.ground, self.sealer, self.progress) = (plan, ground, sealer, progress)
    }

    /// Tables whose rows are not copied: the journal and what follows from it is written by the sealer, counters go on,
    /// sums are multiplied, and tokens are kept for a day only.
    private static let ownWays: Set<String> = [
        "journal", "journal_pending", "journal_leaf", "journal_node", "journal_checkpoint", "journal_sealer", "serial",
        "command_token", "outbox", "blob", "paper_counter", "figure_month", "figure_mark", "figure_name",
        "course_month", "variant_month", "evaluation_figure", "account", "account_by_holder", "agency",
        "agency_by_agent", "certificate_log", "certificate_log_entry", "certificate_log_place", "certificate_log_tile",
        "certificate_log_checkpoint",
    ]

    /// Simulates the city, and then fills the store.
    package func fill() async throws -> (SimulatedCity, Filled) {
        var filled = Filled()
        let start = ContinuousClock.now
        let city = try SimulatedCity(plan.templates, in: ground)
        let said = progress
        filled.templates = try await city.run { day, days, _ in said("days of the simulated city", day, days) }
        filled.simulatedSeconds = (ContinuousClock.now - start) / .seconds(1)
        let then = ContinuousClock.now
        let now = city.simulatedHall.time.now()
        // The evening's deeds are sealed and counted before anything is copied.
        try await ground.seal(now)
        _ = try await FigureFollower(hall: city.simulatedHall).follow()
        let names = try await names()
        try await copyJournal(names, now: now, dice: city.simulatedHall.dice, &filled)
        for table in Hall.migrations.flatMap(\.tables) where !Self.ownWays.contains(table.name) {
            try await copy(table, names, &filled)
        }
        try await settle(names, now: now)
        try await ground.seal(now)
        try await ground.checkpoint(now)
        filled.copiedSeconds = (ContinuousClock.now - then) / .seconds(1)
        return (city, filled)
    }

    private func names() async throws -> BulkNames {
        let people = try BulkPeople(cases: plan.templates.cases)
        let (copies, seed) = (plan.copies, plan.templates.seed)
        return try await ground.store.read { tx in
            guard try Journal.pendingCount(in: tx) == 0 else { throw Fault.corrupt("entries are not sealed") }
            return try BulkNames(copies: copies, people: people, dice: .seeded(seed ^ 0xB0_1C), in: tx)
        }
    }

    private func copyJournal(_ names: BulkNames, now: Instant, dice: Dice, _ filled: inout Filled) async throws {
        let papers = names.papers
        let stamp = try await ground.store.read { tx in
            try JournalStamp(
                names.renames, of: names.subjects,
                serial: { $0.kind == "paper.issued" ? papers[$0.subject] : nil }, in: tx)
        }
        let sealer = sealer
        try await ahead(stamp.parts) { part in
            try stamp.copies(of: part, dice: dice)
        } write: { entries, done in
            let positions = try await ground.store.write { tx in try sealer.append(entries, now: now, in: tx) }
            guard let positions else { throw Fault.busy("another process seals this store") }
            filled.entries += positions.count
            progress("journal", done, stamp.parts.count)
        }
    }

    private func copy(_ table: Table, _ names: BulkNames, _ filled: inout Filled) async throws {
        guard table.stand == nil else {
            return try await ground.store.write { tx in try TableStamp.refill(table, in: tx) }
        }
        guard let stamp = try await stamp(table, names) else { return }
        try await ahead(stamp.parts) { part in
            stamp.copies(of: part)
        } write: { rows, done in
            try await ground.store.write { tx in try stamp.load(rows, in: tx) }
            filled.rows += rows.count
            progress(stamp.table, done, stamp.parts.count)
        }
    }

    /// A table's rows, with what a copy has beyond the texts that are renamed.
    private func stamp(_ table: Table, _ names: BulkNames) async throws -> TableStamp? {
        let (renames, papers, key) = (names.renames, names.papers, ground.key)
        return try await ground.store.read { tx in
            switch table.name {
            case "paper_number":
                return try TableStamp(
                    table, renames,
                    own: { row in try papers[row.subject(4)].map { [3: StampedValue.number($0)] } ?? [:] }, in: tx)
            case "certificate_holder_name":
                return try TableStamp(
                    table, renames,
                    own: { row in
                        let (holder, name) = (try row.subject(0), try row.text(1))
                        // Somebody else who is called alike.
                        guard renames.id(holder, in: 1) != holder else { return [1: .fixed(row[1])] }
                        return [2: .text { HolderNames.line(of: renames.text(name, in: $0) ?? name) }]
                    }, in: tx)
            case "person_by_number":
                let numbers = try Self.numbers(in: tx)
                return try TableStamp(
                    table, renames,
                    own: { row in
                        guard let number = numbers[try row.subject(2)], renames.text(number, in: 1) != nil else {
                            return [:]
                        }
                        return [1: .blob { Self.digest(of: renames.text(number, in: $0) ?? number, key) }]
                    }, in: tx)
            default: return try TableStamp(table, renames, in: tx)
            }
        }
    }

    private static func numbers(in tx: Transaction) throws -> [Subject: String] {
        let rows = try tx.rows("SELECT id, number FROM person WHERE number IS NOT NULL ORDER BY id LIMIT 10000000")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.subject(0), try $0.text(1)) })
    }

    private static func digest(of text: String, _ key: AccountKey) -> [UInt8] {
        if let citizen = CitizenID(text) { return key.digest(of: .citizen(citizen)) }
        guard let code = CreditCode(text) else { preconditionFailure("a copy of somebody has the number \(text)") }
        return key.digest(of: .organisation(code))
    }

    /// What is shared goes on: counters past the numbers that copies have, and sums as many times as there are cases.
    private func settle(_ names: BulkNames, now: Instant) async throws {
        let factor = plan.copies + 1
        try await ground.store.write { tx in
            for series in try Serials.all(in: tx) {
                _ = try Serials.take(names.advance(of: series), of: series.name, period: series.period, in: tx)
            }
            try PaperNumbering.multiply(by: factor, in: tx)
            let end = try SealedLog.size(in: tx)
            try FigureTable.multiply(by: factor, upTo: end, in: tx)
            try CourseTable.multiply(by: factor, in: tx)
            // Nobody of these takes a ticket.
            _ = try VisitTable.count([], from: try VisitTable.position(in: tx)..<end, now: now, in: tx)
            try EvaluationFigureTable.multiplyOccasions(by: factor, in: tx)
        }
    }

    /// Makes the next part while the one before is written. `write` hears how many parts are done with it.
    private func ahead<Made: Sendable>(
        _ parts: [Range<Int>], make: @escaping @Sendable (Range<Int>) throws -> Made,
        write: (Made, Int) async throws -> Void
    ) async throws {
        var next = parts.first.map { first in Task.detached { try make(first) } }
        for place in parts.indices {
            guard let made = try await next?.value else { return }
            next = place + 1 < parts.count ? Task.detached { try make(parts[place + 1]) } : nil
            try await write(made, place + 1)
        }
    }
}
