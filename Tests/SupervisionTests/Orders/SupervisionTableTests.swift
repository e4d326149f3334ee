import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

/// Findings and orders as rows, on both databases.
@Suite struct SupervisionTableTests {
    private func stamp(_ day: String, _ hour: Int = 9, by actor: Actor = .platform, seed: UInt8 = 1) -> Stamp {
        Stamp(
            now: OrderStory.at(day, hour), actor: actor,
            entropy: Entropy(seed: Array(repeating: seed, count: 31) + [UInt8(hour)]))
    }

    private func open(_ place: StoreUnderTest, _ body: (any Store) async throws -> Void) async throws {
        try await place.use(SupervisionShape.migrations, body)
    }

    @Test(arguments: StoreUnderTest.all)
    func `a rule is found once in a case, is over when it is over, and is looked at anew when it comes again`(
        _ place: StoreUnderTest
    ) async throws {
        try await open(place) { store in
            let matter = try OrderStory.matter()
            try await store.write { tx in
                let found = try FindingTable.find(
                    .promisePassed, of: matter, stands: true, stamp: stamp("11-19"), in: tx)
                #expect(found?.count == 1 && found?.state == .open)
                let same = try FindingTable.find(
                    .promisePassed, of: matter, stands: true, stamp: stamp("11-20"), in: tx)
                #expect(same == nil)
                let known = try #require(try FindingTable.finding(.promisePassed, of: matter.dossier, in: tx))
                #expect(known.lastAt == OrderStory.at("11-19"), "what still stands is no news")
                try FindingTable.review(known, OrderWords("已核实"), stamp: stamp("11-20"), in: tx)
                let reviewed = try #require(try FindingTable.finding(.promisePassed, of: matter.dossier, in: tx))
                #expect(throws: OrderRefusal.alreadyReviewed) {
                    try FindingTable.review(reviewed, OrderWords("再次"), stamp: stamp("11-20"), in: tx)
                }
                _ = try FindingTable.find(.promisePassed, of: matter, stands: false, stamp: stamp("11-21"), in: tx)
                #expect(try FindingTable.finding(.promisePassed, of: matter.dossier, in: tx)?.stands == false)
                _ = try FindingTable.find(.promisePassed, of: matter, stands: true, stamp: stamp("11-22"), in: tx)
                let again = try #require(try FindingTable.finding(.promisePassed, of: matter.dossier, in: tx))
                #expect(again.count == 2 && again.stands && again.state == .open)
                #expect(
                    try Journal.entries(of: again.id.subject, in: tx).map(\.kind) == [
                        "finding.found", "finding.reviewed", "finding.settled", "finding.again",
                    ])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `attempts are counted in one row, and no more than a hundred of them`(_ place: StoreUnderTest) async throws {
        try await open(place) { store in
            let matter = try OrderStory.matter()
            try await store.write { tx in
                for hour in 0..<(Finding.countedMax + 5) {
                    let stamp = Stamp(
                        now: OrderStory.at("11-19").advanced(bySeconds: Int64(hour)), actor: OrderStory.head,
                        entropy: Entropy(seed: Array(repeating: UInt8(hour), count: 32)))
                    try FindingTable.attempt(.triedSecondCorrection, of: matter, stamp: stamp, in: tx)
                }
                let found = try FindingTable.of(matter.dossier, in: tx)
                #expect(found.map(\.rule) == [.triedSecondCorrection])
                #expect(found[0].count == Finding.countedMax && !found[0].stands)
                let entries = try Journal.entries(of: found[0].id.subject, in: tx)
                #expect(entries.count == Finding.countedMax)
                #expect(entries.allSatisfy { $0.actor == OrderStory.head && $0.personal == nil })
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `lists show a part of the business, page by key, and count what is in it`(_ place: StoreUnderTest) async throws
    {
        try await open(place) { store in
            let county = SupervisedPart(bodies: ""..."~", items: ""..."~", regions: "350111"..."350111")
            try await store.write { tx in
                for number in 1...5 {
                    let matter = try OrderStory.matter(UInt64(number), region: number < 4 ? "350111" : "350100")
                    _ = try FindingTable.find(
                        .deliveryPassed, of: matter, stands: true, stamp: stamp("11-19", number), in: tx)
                }
            }
            try await store.read { tx in
                let first = try FindingTable.lines(.open, in: county, limit: 2, tx: tx)
                #expect(first.map(\.matter.number) == ["2018111003", "2018111002"])
                let last = try #require(first.last)
                let cursor = FindingTable.Cursor(
                    at: last.lastAt, dossier: last.matter.dossier, rule: last.rule.rawValue)
                let next = try FindingTable.lines(.open, in: county, after: cursor, limit: 2, tx: tx)
                #expect(next.map(\.matter.number) == ["2018111001"])
                #expect(try FindingTable.count(.open, in: county, tx: tx) == 3)
                #expect(try FindingTable.count(.open, in: .everywhere, tx: tx) == 5)
                #expect(try FindingTable.count(.ordered, in: .everywhere, tx: tx) == 0)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an order is a row while it is open, wakes when it is due, and is found by its case`(
        _ place: StoreUnderTest
    ) async throws {
        try await open(place) { store in
            let story = try OrderStory().issue("11-19")
            let (event, rules) = (try #require(story.events.first), story.rules)
            try await store.write { tx in
                let stamp = stamp("11-19", by: OrderStory.supervisor)
                let order = try OrderTable.issue(event, as: OrderStory.id, rules, stamp: stamp, in: tx)
                #expect(try OrderTable.load(OrderStory.id, in: tx) == order)
                #expect(try OrderTable.of(story.matter.dossier, in: tx) == [order])
                #expect(try OrderTable.due(by: OrderStory.at("11-22", 16), limit: 5, in: tx) == [])
                #expect(try OrderTable.due(by: OrderStory.at("11-22", 17), limit: 5, in: tx) == [OrderStory.id])
                #expect(try OrderTable.counts(.open, in: .everywhere, tx: tx) == (1, 0))
                let passed = try rules.decide(
                    .tick, on: order, by: .platform, at: OrderStory.at("11-23"), hasOtherRuler: false)
                let red = try OrderTable.append(passed, to: order, rules, stamp: self.stamp("11-23"), in: tx)
                #expect(try OrderTable.counts(.open, in: .everywhere, tx: tx) == (1, 1))
                #expect(try OrderTable.lines(.open, in: .everywhere, tx: tx).map(\.isRed) == [true])
                #expect(try OrderTable.due(by: OrderStory.at("12-23"), limit: 5, in: tx) == [], "it is at the top")
                let answer = try rules.decide(
                    .answer(text: "系统故障", done: "已办结"), on: red, by: OrderStory.head, at: OrderStory.at("11-23", 10),
                    hasOtherRuler: false)
                _ = try OrderTable.append(
                    answer, to: red, rules, stamp: self.stamp("11-23", 10, by: OrderStory.head), in: tx)
                #expect(try OrderTable.lines(.answered, in: .everywhere, tx: tx).map(\.number) == ["2018111001-1"])
                #expect(try OrderTable.lines(.open, in: .everywhere, tx: tx) == [])
                let history = try OrderTable.history(of: OrderStory.id, in: tx)
                #expect(history.map(\.actor) == [OrderStory.supervisor, .platform, OrderStory.head])
                #expect(history.last?.event.words == OrderWords("系统故障", done: "已办结"))
                // Forgotten words leave the order what it was.
                try Journal.forget(OrderStory.id.subject, sequence: 3, in: tx)
                #expect(try OrderTable.load(OrderStory.id, in: tx).stage.name == .answered)
                #expect(throws: OrderRefusal.notFound) {
                    try OrderTable.load(OrderID(story.matter.dossier.subject), in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a finding is done with when its order is closed, and open again when the order is taken back`(
        _ place: StoreUnderTest
    ) async throws {
        try await open(place) { store in
            let matter = try OrderStory.matter()
            try await store.write { tx in
                func known() throws -> Finding {
                    try #require(try FindingTable.finding(.triedAlone, of: matter.dossier, in: tx))
                }
                try FindingTable.attempt(.triedAlone, of: matter, stamp: stamp("11-19"), in: tx)
                try FindingTable.order(try known(), by: OrderStory.id, stamp: stamp("11-20"), in: tx)
                try FindingTable.end(OrderStory.id, as: .settled, about: try known(), stamp: stamp("11-21"), in: tx)
                #expect(try known().state == .reviewed)
                try FindingTable.end(OrderStory.id, as: .withdrawn, about: try known(), stamp: stamp("11-21"), in: tx)
                #expect(try known().state == .reviewed, "about it no order stands any more")
                try FindingTable.attempt(.triedAlone, of: matter, stamp: stamp("11-22"), in: tx)
                #expect(try known().state == .open)
                try FindingTable.order(try known(), by: OrderStory.id, stamp: stamp("11-23"), in: tx)
                try FindingTable.end(OrderStory.id, as: .withdrawn, about: try known(), stamp: stamp("11-24"), in: tx)
                #expect(try known().state == .open)
                // An order that ended before orders said so to their findings.
                try FindingTable.order(try known(), by: OrderStory.id, stamp: stamp("11-25"), in: tx)
                try FindingTable.attempt(.triedAlone, of: matter, stamp: stamp("11-26"), in: tx)
                #expect(try known().state == .open && known().count == 3)
                #expect(
                    try Journal.entries(of: known().id.subject, in: tx).map(\.kind) == [
                        "finding.found", "finding.ordered", "finding.order-closed", "finding.again", "finding.ordered",
                        "finding.order-withdrawn", "finding.ordered", "finding.again",
                    ])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever writes on a finding writes on what it is now, not on what was read before another wrote`(
        _ place: StoreUnderTest
    ) async throws {
        try await open(place) { store in
            let matter = try OrderStory.matter()
            let stale = try await store.write { tx -> Finding in
                try #require(
                    try FindingTable.find(.promisePassed, of: matter, stands: true, stamp: stamp("11-19"), in: tx))
            }
            try await store.write { tx in try FindingTable.settle(stale, stamp: stamp("11-20"), in: tx) }
            try await store.write { tx in
                try FindingTable.order(stale, by: OrderStory.id, stamp: stamp("11-21"), in: tx)
            }
            await #expect(throws: OrderRefusal.alreadyReviewed, "it is ordered meanwhile") {
                try await store.write { tx in
                    try FindingTable.review(stale, OrderWords("已核实"), stamp: stamp("11-22"), in: tx)
                }
            }
            let now = try await store.read { tx in
                try FindingTable.finding(.promisePassed, of: matter.dossier, in: tx)
            }
            #expect(now?.state == .ordered && now?.stands == false, "that it is over was not taken back")
            // Two at one moment are two.
            for day in 10...19 {
                async let one: Void = store.write { tx in
                    try FindingTable.attempt(.triedAlone, of: matter, stamp: stamp("12-\(day)"), in: tx)
                }
                async let two: Void = store.write { tx in
                    try FindingTable.attempt(.triedAlone, of: matter, stamp: stamp("12-\(day)", 10), in: tx)
                }
                _ = try await (one, two)
            }
            try await store.read { (tx) throws in
                let tried = try #require(try FindingTable.finding(.triedAlone, of: matter.dossier, in: tx))
                #expect(tried.count == 20)
                #expect(try FindingTable.attempts(of: tried, in: tx).count == 20)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `no two orders about one case bear one number, and those of before that stay as they are`(
        _ place: StoreUnderTest
    ) async throws {
        let isOlder = { (migration: Migration) in migration.id != "supervision.061-order-ordinal" }
        try await place.use(SupervisionShape.migrations.filter(isOlder)) { store in
            let matter = try OrderStory.matter()
            let before = (1...2).map { OrderID(Subject(high: 9, low: UInt64($0))) }
            let others = try OrderStory.matter(2).dossier
            try await store.write { tx in
                for (dossier, id) in before.map({ (matter.dossier, $0) }) + [(others, before[0])] {
                    try tx.execute(
                        "INSERT INTO supervision_order_by_dossier (dossier, id) VALUES (\(dossier), \(id))")
                }
            }
            _ = try await store.migrate(SupervisionShape.migrations, now: OrderStory.at("11-19"))
            let places = try await store.read { tx in
                try tx.rows("SELECT ordinal FROM supervision_order_by_dossier ORDER BY dossier, id LIMIT 9").map {
                    try $0.integer(0)
                }
            }
            #expect(places == [1, 2, 1], "in the order of the ids")
        }
        try await open(place) { store in
            let story = try OrderStory()
            func issue(_ number: UInt64, about rule: FindingRule?) async throws {
                let event = try #require(try story.issue("11-19", about: rule).events.first)
                try await store.write { tx in
                    _ = try OrderTable.issue(
                        event, as: OrderID(Subject(high: 9, low: number)), story.rules, stamp: stamp("11-19"), in: tx)
                }
            }
            try await issue(1, about: nil)
            await #expect(throws: Fault.self) { try await issue(2, about: .promisePassed) }
            let known = try await store.read { tx in try OrderTable.of(story.matter.dossier, in: tx) }
            #expect(known.map(\.issued.number) == ["2018111001-1"])
        }
    }
}
