import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Exchange

@Suite struct ReconciliationTests {
    private static let day = CivilDate(daysSinceEpoch: 17_854)
    private static let number = "11350100MADEM002X03000114111003201811190001"
    private static let link = SubscriptionID(Subject(high: 5, low: 1))

    private static func key(_ name: String) -> LinkKey { LinkKey("up_pro_process", name) }
    private static func own(_ name: String, _ digest: String = "d") -> Reconciliation.Own {
        Reconciliation.Own(key(name), number: number, digest: digest)
    }
    private static func line(_ name: String, _ digest: String = "d", isTheirs: Bool = false) -> LinkHoldings.Line {
        LinkHoldings.Line(key(name), number: number, digest: digest, isTheirs: isTheirs)
    }
    private static func kinds(_ found: Reconciliation) -> [String] {
        found.differences.map { "\($0.kind.rawValue) \($0.key.key)" }
    }

    @Test func `two sides that have the same differ in nothing`() {
        let found = Reconciliation(
            of: Self.day, expected: [Self.own("a"), Self.own("b")], received: [(Self.own("c"), true)],
            theirs: [Self.line("b"), Self.line("a"), Self.line("c", isTheirs: true)], pending: [])
        #expect(found.differences.isEmpty && found.compared == 3)
    }

    @Test func `each way in which they can differ has its name`() {
        let found = Reconciliation(
            of: Self.day, expected: [Self.own("a"), Self.own("b")],
            received: [(Self.own("c"), true), (Self.own("d"), false), (Self.own("e", "mine"), true)],
            theirs: [
                Self.line("b", "other"), Self.line("x"), Self.line("d", isTheirs: true), Self.line("f", isTheirs: true),
                Self.line("e", "yours", isTheirs: true),
            ], pending: [])
        #expect(
            Self.kinds(found) == [
                "denied-there c", "denied-there e", "different b", "missing-here f", "missing-there a",
                "refused-here d", "unknown-here x",
            ])
        #expect(found.differences.allSatisfy { $0.item == "11350100MADEM002X03000114111003" })
        #expect(Set(found.differences.map(\.kind)) == Set(Reconciliation.Kind.allCases), "every kind was found")
    }

    @Test func `what is on its way counts as no difference yet`() {
        let found = Reconciliation(
            of: Self.day, expected: [Self.own("a")], received: [(Self.own("b"), false)],
            theirs: [Self.line("b", isTheirs: true)], pending: [Self.key("a"), Self.key("b")])
        #expect(found.differences.isEmpty)
    }

    @Test func `taking a record away on either side is always found`() {
        let names = (0..<20).map { "r\($0)" }
        for gone in names {
            let theirs = names.filter { $0 != gone }.map { Self.line($0) }
            let there = Reconciliation(
                of: Self.day, expected: names.map { Self.own($0) }, received: [], theirs: theirs, pending: [])
            #expect(Self.kinds(there) == ["missing-there \(gone)"])
            let here = Reconciliation(
                of: Self.day, expected: names.filter { $0 != gone }.map { Self.own($0) }, received: [],
                theirs: names.map { Self.line($0) }, pending: [])
            #expect(Self.kinds(here) == ["unknown-here \(gone)"])
        }
    }

    @Test func `the day of a dossier stands in its number`() {
        #expect(DossierDay.of(Self.number) == CivilDate("2018-11-19"))
        for text in ["", "x", "11350100MADEM002X03000114111003201813190001"] { #expect(DossierDay.of(text) == nil) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was found stands day by day, and days with differences come again`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            let one = Reconciliation(
                of: Self.day, expected: [Self.own("a")], received: [], theirs: [], pending: [])
            let well = Reconciliation(of: Self.day, expected: [], received: [], theirs: [], pending: [])
            try await store.write { tx in
                try ReconciliationTable.write(one, of: Self.link, now: Told.now, in: tx)
                let lines = try ReconciliationTable.lines(of: Self.link, in: tx)
                #expect(lines.map(\.day) == [Self.day] && lines.first?.differences == 1)
                let found = try ReconciliationTable.differences(of: Self.link, on: Self.day, in: tx)
                #expect(found == one.differences)
                #expect(try ReconciliationTable.due(of: Self.link, since: Told.now, in: tx) == [Self.day])
                try ReconciliationTable.write(well, of: Self.link, now: Told.now, in: tx)
                #expect(try ReconciliationTable.due(of: Self.link, since: Told.now, in: tx).isEmpty)
                #expect(try ReconciliationTable.differences(of: Self.link, on: Self.day, in: tx).isEmpty)
            }
        }
    }
}
