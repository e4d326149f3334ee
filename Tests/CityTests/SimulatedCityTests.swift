import Accounts
import Catalogue
import Dossiers
import Hall
import Signing
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

@testable import City

@Suite struct SimulatedCityTests {
    /// What a city came to: what it counted, what the journal says, and what the journal's own audit says.
    struct Told {
        var totals = CityTotals()
        var books = Auditor.Books()
        var findings: [String] = []
        var checkpoints = 0
        /// The numbers of everybody who ever applied, as they stand in the house.
        var numbers: [String] = []
    }

    static let plan = SimulatedCity.Plan(
        from: CivilDate(daysSinceEpoch: 17_569), to: CivilDate(daysSinceEpoch: 17_569 + 20), cases: 260, seed: 11)

    /// Lets a city live on one store.
    static func live(_ plan: SimulatedCity.Plan, on place: StoreUnderTest) async throws -> Told {
        var told = Told()
        let calendar = try WorkCalendar.shipped()
        // Each house has a secret of its own, and the journal says nothing of it.
        let key = try #require(AccountKey(Array(repeating: place.dialect == .sqlite ? 7 : 8, count: 32)))
        let log = try NoteSigner(
            name: "onewindow.test/log",
            key: try Ed25519PrivateKey(rawRepresentation: .init(repeating: 1, count: 32)))
        try await place.use(Hall.migrations.filter { !$0.id.hasPrefix("store.") }) { store in
            let sealer = Sealer(store: store, holder: "test", origin: "onewindow.test/log") { text in
                try Note.signed(text, by: [log])
            }
            let ground = SimulatedCity.Ground(
                store: OrderedStore(above: store), calendar: calendar, accounts: (key, PasswordWorkers()),
                seal: { now in while try await sealer.seal(now: now) > 0 {} },
                checkpoint: { now in _ = try await sealer.checkpoint(now: now) })
            let city = try SimulatedCity(plan, in: ground)
            told.totals = try await city.run()
            told.books = try await Auditor().books(of: city.simulatedHall)
            let audit = JournalAudit(store: store, origin: "onewindow.test/log") { note, text in
                do {
                    return try Note.open(note, trusting: [log.verifierKey]).text == text
                } catch {
                    return false
                }
            }
            let report = try await audit.run()
            (told.findings, told.checkpoints) = (report.findings, report.checkpoints)
            told.numbers = try await store.read { tx in
                try tx.rows("SELECT number FROM person ORDER BY id LIMIT 5000").map { try $0.text(0) }
            }
        }
        return told
    }

    @Test func `the same seed writes the same journal on SQLite and PostgreSQL, and the auditor agrees`() async throws {
        let one = try await Self.live(Self.plan, on: .sqlite)
        let other = try await Self.live(Self.plan, on: .postgres)
        #expect(one.books == other.books)
        #expect(one.totals == other.totals)
        #expect(one.totals.filed == 260)
        #expect(one.totals.decided > 180)
        #expect(one.totals.certificates > 150)
        #expect(one.totals.closed > 100)
        #expect(one.books.findings == [])
        #expect(one.totals.differences(from: one.books) == [])
        #expect(one.findings == [])
        #expect(one.checkpoints == 21)
        #expect(one.totals.visits > 130 && one.totals.visits == one.totals.served, "everybody was served")
        #expect(one.totals.refusals == [:])
        let valid = one.numbers.allSatisfy { CitizenID($0) != nil || CreditCode($0) != nil }
        #expect(valid && one.numbers.count > 100)
        #expect(Set(one.numbers).count == one.numbers.count)
    }

    @Test func `commands that share a transaction write what each writes in one of its own`() async throws {
        var plan = SimulatedCity.Plan(from: Self.plan.from, to: Self.plan.from.advanced(byDays: 4), cases: 60, seed: 3)
        let together = try await Self.live(plan, on: .sqlite)
        plan.atOnce = 1
        let single = try await Self.live(plan, on: .sqlite)
        #expect(together.books == single.books)
        #expect(together.totals == single.totals)
    }

    @Test func `another seed writes another journal`() async throws {
        let (first, last) = (Self.plan.from, Self.plan.from.advanced(byDays: 2))
        let one = try await Self.live(.init(from: first, to: last, cases: 20, seed: 1), on: .sqlite)
        let same = try await Self.live(.init(from: first, to: last, cases: 20, seed: 1), on: .sqlite)
        let other = try await Self.live(.init(from: first, to: last, cases: 20, seed: 2), on: .sqlite)
        #expect(one.books.digest == same.books.digest)
        #expect(one.books.digest != other.books.digest)
        #expect(other.totals.filed == 20)
    }
}

/// What people say of the service in a simulated city.
@Suite struct CityVerdictTests {
    private static func fate(_ change: (inout CityFate) -> Void = { _ in }) throws -> CityFate {
        let items = try CityItems(try DemonstrationCatalogue.shipped())
        var dice = CityDice(1, 1)
        var fate = CityFate(try items.draw(isOnline: true, &dice), hasTolerable: false, &dice)
        (fate.pace, fate.refuses, fate.isDeclined, fate.isCorrected) = (.kept, false, false, false)
        change(&fate)
        return fate
    }

    private static func bad(of fate: CityFate) -> (said: Int, bad: Int) {
        let verdicts = (0..<20_000).compactMap { number in
            var dice = CityDice(5, UInt64(number))
            return CityVerdict(of: fate, atWindow: false, &dice)
        }
        return (verdicts.count, verdicts.count { $0.grade.isBad })
    }

    @Test func `whoever waited too long or was refused says so more often than others`() throws {
        let usual = Self.bad(of: try Self.fate())
        let corrected = Self.bad(of: try Self.fate { $0.isCorrected = true })
        let late = Self.bad(of: try Self.fate { $0.pace = .late })
        #expect(usual.said == late.said && (8000..<8800).contains(usual.said), "as many speak in either case")
        #expect(usual.bad < corrected.bad && corrected.bad < late.bad && usual.bad > 0)
    }

    @Test func `a bad review is called back, mended by another hand, and published`() async throws {
        // Four months in which a refusal or a late decision makes some angry.
        let plan = SimulatedCity.Plan(
            from: SimulatedCityTests.plan.from, to: SimulatedCityTests.plan.from.advanced(byDays: 120), cases: 700,
            seed: 4)
        let told = try await SimulatedCityTests.live(plan, on: .sqlite)
        let totals = told.totals
        #expect(totals.refusals == [:])
        #expect(totals.judged == totals.by_grade.values.reduce(0, +) && totals.judged > 200)
        let bad = (totals.by_grade["1"] ?? 0) + (totals.by_grade["2"] ?? 0)
        #expect(bad >= totals.called_back && totals.called_back >= totals.published && totals.published > 0)
        #expect(totals.differences(from: told.books) == [] && told.findings == [])
    }
}
