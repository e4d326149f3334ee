import Accounts
import Dossiers
import Hall
import Signing
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

@testable import City

@Suite struct BulkCityTests {
    private static let plan = BulkCity.Plan(
        templates: SimulatedCity.Plan(
            from: CivilDate(daysSinceEpoch: 17_569), to: CivilDate(daysSinceEpoch: 17_569 + 20), cases: 60, seed: 11),
        copies: 20)

    /// A house that was filled, with a checkpoint whose signature counts.
    private static func filled(
        on place: StoreUnderTest, _ look: @escaping @Sendable (Hall, JournalAudit) async throws -> Void
    ) async throws {
        let key = try #require(AccountKey(Array(repeating: 7, count: 32)))
        let log = try NoteSigner(
            name: "onewindow.test/log",
            key: try Ed25519PrivateKey(rawRepresentation: .init(repeating: 1, count: 32)))
        try await place.use(Hall.migrations.filter { !$0.id.hasPrefix("store.") }) { store in
            let sealer = Sealer(store: store, holder: "test", origin: "onewindow.test/log") { text in
                try Note.signed(text, by: [log])
            }
            let ground = SimulatedCity.Ground(
                store: OrderedStore(above: store), calendar: try .shipped(), accounts: (key, PasswordWorkers()),
                seal: { now in while try await sealer.seal(now: now) > 0 {} },
                checkpoint: { now in _ = try await sealer.checkpoint(now: now) })
            let (city, filled) = try await BulkCity(plan, in: ground, sealer: sealer, progress: { _, _, _ in }).fill()
            #expect(filled.templates.filed == 60 && filled.entries > 10_000 && filled.rows > 10_000)
            let audit = JournalAudit(store: store, origin: "onewindow.test/log") { note, text in
                do {
                    return try Note.open(note, trusting: [log.verifierKey]).text == text
                } catch {
                    return false
                }
            }
            try await look(city.simulatedHall, audit)
        }
    }

    /// Dossiers by the first half of their ids, which copies share with the dossier that went through the hall; that
    /// one, with the lowest number, first.
    private static func families(_ tx: Transaction) throws -> [[DossierID]] {
        var families: [[UInt8]: [(id: DossierID, short: String)]] = [:]
        for row in try tx.rows("SELECT id, short FROM dossier ORDER BY id LIMIT 100000") {
            families[Array(try row.bytes(0).prefix(8)), default: []].append((try row.id(0), try row.text(1)))
        }
        return families.values.map { family in
            family.sorted { ($0.short.count, $0.short) < ($1.short.count, $1.short) }.map(\.id)
        }.sorted { $0[0] < $1[0] }
    }

    /// What two lives have in common that differ in ids, numbers, names and salts only: digits, capital letters, ids and
    /// Chinese characters are masked.
    private static func outline(_ entries: [JournalEntry]) -> [String] {
        entries.map { entry in
            let actor = "\(entry.actor)".hasPrefix("person:") ? "person" : "\(entry.actor)"
            let parts = [entry.body, entry.personal?.bytes ?? []].map { bytes in
                String(decoding: bytes, as: UTF8.self)
                    .replacing(/"[0-9a-hjkmnp-tv-z]{26}"/) { _ in "id" }
                    .replacing(/[0-9A-Z]/) { _ in "0" }.replacing(/\p{Han}/) { _ in "汉" }
            }
            return "\(entry.sequence) \(entry.at) \(actor) \(entry.kind) \(entry.version) \(parts)"
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a thousand dossiers of a bulk store are lives that went through the hall`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.filled(on: place) { hall, _ in
            try await hall.store.write { tx in
                let families = try Self.families(tx)
                #expect(families.count == 60 && families.allSatisfy { $0.count == 21 })
                let dice = Dice.seeded(52)
                var (seen, looked) = (Set<String>(), 0)
                for family in families {
                    let lived = try Journal.entries(of: family[0].subject, in: tx)
                    let original = try #require(try Dossier.folded(family[0], lived))
                    let rows = try Self.rows(of: original, hall, tx)
                    for id in family.dropFirst() where looked < 1000 || dice.roll() % 2 == 0 {
                        looked += 1
                        let entries = try Journal.entries(of: id.subject, in: tx)
                        let dossier = try #require(try Dossier.folded(id, entries))
                        #expect(Self.outline(entries) == Self.outline(lived))
                        let isIntact = entries.allSatisfy { $0.isPersonalPartIntact }
                        #expect(isIntact)
                        #expect(dossier.stage.name == original.stage.name && dossier.hasEnded == original.hasEnded)
                        #expect(dossier.submitted.terms == original.submitted.terms)
                        let numbers = dossier.submitted.numbers
                        #expect(seen.insert(numbers.number).inserted && seen.insert(numbers.short).inserted)
                        let found = try DossierTable.id(number: numbers.short, in: tx)
                        #expect(found == id)
                        let own = try Self.rows(of: dossier, hall, tx)
                        #expect(own.written == rows.written && own.again == rows.again, "\(id)")
                        try Self.isSomebody(dossier, tx)
                    }
                }
                #expect(looked >= 1000)
            }
        }
    }

    /// What stands in the row of a case but for id, numbers and applicant, and what the rules write there now.
    private static func rows(
        of dossier: Dossier, _ hall: Hall, _ tx: Transaction
    ) throws -> (written: [SQLValue], again: [SQLValue]) {
        let own: Set = [0, 2, 3, 11]
        let row = {
            let row = try #require(try tx.row("SELECT * FROM dossier WHERE id = \(dossier.id)"))
            return (0..<30).filter { !own.contains($0) }.map { row[$0] }
        }
        let written = try row()
        let rules = hall.rules(for: dossier.submitted.terms.region)
        try DossierTable.update(dossier, dates: DossierTable.Dates(dossier, rules), in: tx)
        return (written, try row())
    }

    /// Whoever applied lives in the house under the name and number that the dossier has.
    private static func isSomebody(_ dossier: Dossier, _ tx: Transaction) throws {
        let personal = try #require(dossier.personal)
        let person = try #require(
            try tx.row("SELECT name, number FROM person WHERE id = \(dossier.submitted.applicant)"))
        let (name, number) = (try person.text(0), try person.text(1))
        #expect(name == personal.applicantName && number == personal.applicantNumber)
        #expect(CitizenID(number) != nil || CreditCode(number) != nil)
    }

    @Test(arguments: StoreUnderTest.all)
    func `every table has as many rows of a copy as of the case itself`(_ place: StoreUnderTest) async throws {
        try await Self.filled(on: place) { hall, _ in
            try await hall.store.read { tx in
                let families = try Self.families(tx)
                let counts: [SQL] = [
                    "SELECT dossier, COUNT(*) FROM dossier_by_number GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM dossier_by_applicant GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM notice GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM notice_by_dossier GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM paper_by_dossier GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM certificate WHERE dossier IS NOT NULL GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM public_grant_by_number GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM trip GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM kept_result GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM parcel_by_dossier GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM misguidance GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM finding GROUP BY dossier",
                    "SELECT dossier, COUNT(*) FROM figure_case GROUP BY dossier",
                ]
                for count in counts {
                    let rows = try tx.rows("\(part: count) ORDER BY dossier LIMIT 100000")
                    var found: [DossierID: Int] = [:]
                    for row in rows { found[try row.id(0)] = try row.integer(1) }
                    for family in families {
                        let own = found[family[0]]
                        #expect(family.allSatisfy { found[$0] == own }, "\(count.text)")
                    }
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the journal of a bulk store verifies, and whatever counts it again comes to the same`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.filled(on: place) { hall, audit in
            let report = try await audit.run()
            #expect(report.findings == [] && report.pending == 0 && report.sealed > 20_000)
            let books = try await Auditor().books(of: hall)
            #expect(books.findings == [] && books.submitted == 1260)
            try await hall.store.read { tx in
                let checkpoint = try #require(try SealedLog.latestCheckpoint(in: tx))
                #expect(checkpoint.size == report.sealed)
                let (position, size) = (checkpoint.size - 7, checkpoint.size)
                let sealed = try #require(try SealedLog.entries(from: position, limit: 1, in: tx).first)
                let path = try SealedLog.inclusionProof(of: position, size: size, in: tx)
                let root = MerkleProof.root(leaf: sealed.entry.leaf, index: position, size: size, path: path)
                #expect(root == checkpoint.root)
                // Papers have no gap, and counters are past every number that was given.
                let gaps = try tx.row(
                    """
                    SELECT COUNT(*) FROM paper_counter c WHERE c.last <> (SELECT COUNT(*) FROM paper_number n
                    WHERE n.body = c.body AND n.kind = c.kind AND n.year = c.year)
                    """)
                let gapped = try gaps?.integer(0)
                #expect(gapped == 0)
            }
            try await Self.countedAgain(hall)
            let item = try #require(
                try await hall.store.read { tx in try tx.row("SELECT item FROM dossier_by_applicant LIMIT 1")?.text(0) }
            )
            let next = try await hall.numbers(for: item)
            #expect(try await hall.dossier(numbered: next.number) == nil)
            #expect(try await hall.dossier(numbered: next.short) == nil)
        }
    }

    private static func countedAgain(_ hall: Hall) async throws {
        let figures = try await rows("figure_month", "month, region, body, item, hall, mode", hall)
        let cases = try await rows("figure_case", "dossier", width: 25, hall)
        let steps = try await rows("course_month", "month, region, body, item, step", hall)
        let variants = try await rows("variant_month", "month, region, body, item, variant", width: 8, hall)
        let evaluations = try await rows("evaluation_figure", "month, region, owner, item, hall, channel", hall)
        #expect(!steps.isEmpty && !variants.isEmpty)
        #expect(cases.count == 1260 && !figures.isEmpty && !evaluations.isEmpty)
        try await FigureFollower(hall: hall).countAgain()
        _ = try await hall.recountEvaluations()
        #expect(try await rows("figure_month", "month, region, body, item, hall, mode", hall) == figures)
        #expect(try await rows("figure_case", "dossier", width: 25, hall) == cases)
        #expect(try await rows("course_month", "month, region, body, item, step", hall) == steps)
        let ways = try await rows("variant_month", "month, region, body, item, variant", width: 8, hall)
        #expect(ways == variants)
        let again = try await rows("evaluation_figure", "month, region, owner, item, hall, channel", hall)
        #expect(again == evaluations)
    }

    private static func rows(
        _ table: StaticString, _ order: StaticString, width: Int = 20, _ hall: Hall
    ) async throws -> [[SQLValue]] {
        try await hall.store.read { tx in
            return try tx.rows("SELECT * FROM \(raw: table) ORDER BY \(raw: order) LIMIT 100000").map { row in
                (0..<width).map { row[$0] }
            }
        }
    }
}
