import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct ReachTests {
    static let departments = [Cast.humanResources, Cast.construction, "12350111MADEM0046M"]
    static let items = [Cast.specialHours, "000114111", "0001", "350114111004", "35", "1A", "511A14004003"]
    static let regions = ["350000", "350100", "350111", "350181", "350200", "350203", "440100", "000000"]

    static func pick<Value>(_ values: [Value], _ dice: Dice) -> Value {
        values[Int(dice.roll() % UInt64(values.count))]
    }

    static func randomGrants(_ dice: Dice) throws -> [Grant] {
        try (0..<Int(dice.roll() % 7)).map { index in
            let extent = try Cast.extent(
                department: pick([nil, nil] + departments, dice), items: pick([nil, nil] + items, dice),
                region: pick([nil] + regions, dice))
            let from = Cast.today.advanced(byDays: Int(dice.roll() % 4) - 2)
            let term = try Term(from: from, until: pick([nil, from, from.advanced(byDays: 3)], dice))
            let grant = Grant(
                Cast.id(UInt64(index)), staff: Cast.id(1), role: pick(Role.allCases, dice), extent: extent, term: term)
            return dice.roll() % 5 == 0 ? grant.revoked(at: Cast.now) : grant
        }
    }

    /// The rule once more, as naively as it can be said.
    static func isAllowed(_ power: Power, _ scope: Scope, _ grants: [Grant]) -> Bool {
        grants.contains { grant in
            guard grant.role.powers.contains(power), grant.revokedAt == nil, grant.term.from <= Cast.today else {
                return false
            }
            if let until = grant.term.until, until < Cast.today { return false }
            if let department = grant.extent.department, department != scope.department { return false }
            if let items = grant.extent.items, !scope.itemCode.hasPrefix(items.text) { return false }
            guard let place = grant.extent.region?.code else { return true }
            let thing = scope.region.code
            switch power {
            case .review, .decide, .lead, .govern, .keepCertificates: return thing == place
            case .receive, .assist, .issue:
                let isProvincial = thing == String(place.prefix(2)) + "0000"
                return isProvincial || thing.hasPrefix(place.hasSuffix("0000") ? place.prefix(2) : place.prefix(4))
            default: return scope.region == grant.extent.region || grant.extent.region?.contains(scope.region) == true
            }
        }
    }

    @Test(arguments: 0..<60)
    func `what a check allows is what a list shows, by reach, by range and by the naive rule`(_ seed: UInt64) throws {
        let dice = Dice.seeded(seed)
        let grants = try Self.randomGrants(dice)
        for power in Power.allCases {
            let reach = Permits.reach(power, grants: grants, today: Cast.today)
            for _ in 0..<40 {
                let scope = try Cast.scope(
                    department: Self.pick(Self.departments, dice), item: Self.pick(Self.items, dice),
                    region: Self.pick(Self.regions, dice))
                let expected = Self.isAllowed(power, scope, grants)
                #expect(reach.contains { $0.covers(scope) } == expected)
                #expect(reach.contains { Self.rangesCover($0, scope) } == expected)
                #expect(Self.passes(power, scope, grants) == expected)
            }
        }
    }

    @Test(arguments: 0..<60)
    func `reach is sorted, and no part of it lies within another or depends on the order of grants`(
        _ seed: UInt64
    ) throws {
        let grants = try Self.randomGrants(Dice.seeded(seed))
        for power in Power.allCases {
            let reach = Permits.reach(power, grants: grants, today: Cast.today)
            #expect(reach == reach.sorted())
            #expect(reach == Permits.reach(power, grants: grants.reversed(), today: Cast.today))
            #expect(Set(reach).count == reach.count)
            let isAny = reach.contains { $0.department == nil && $0.items == nil && $0.regions == .anywhere }
            if isAny { #expect(reach.count == 1) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `both databases show by BETWEEN exactly what the reach covers`(_ place: StoreUnderTest) async throws {
        let things = try Self.departments.flatMap { department in
            try Self.items.flatMap { item in
                try Self.regions.map { try Cast.scope(department: department, item: item, region: $0) }
            }
        }
        let table = Table(
            "thing", .local,
            columns: """
                id BIGINT NOT NULL PRIMARY KEY, department TEXT NOT NULL, item TEXT NOT NULL, region TEXT NOT NULL
                """)
        try await place.use([Migration("test.001-thing", tables: [table])]) { store in
            try await store.write { tx in
                for (id, thing) in things.enumerated() {
                    try tx.execute(
                        """
                        INSERT INTO thing (id, department, item, region)
                        VALUES (\(id), \(thing.department), \(thing.itemCode), \(thing.region))
                        """)
                }
            }
            for seed in 100..<130 as Range<UInt64> {
                let grants = try Self.randomGrants(Dice.seeded(seed))
                for power in [Power.receive, .decide, .supervise] {
                    let reach = Permits.reach(power, grants: grants, today: Cast.today)
                    let shown = try await store.read { tx in try reach.flatMap { try Self.shown($0, in: tx) } }
                    let expected = things.indices.filter { index in reach.contains { $0.covers(things[index]) } }
                    #expect(Set(shown).sorted() == expected)
                }
            }
        }
    }

    static func shown(_ reach: Reach, in tx: Transaction) throws -> [Int] {
        let (department, item, region) = (reach.departmentRange, reach.itemRange, reach.regionRange)
        return try tx.rows(
            """
            SELECT id FROM thing
            WHERE department BETWEEN \(department.lowerBound) AND \(department.upperBound)
                AND item BETWEEN \(item.lowerBound) AND \(item.upperBound)
                AND region BETWEEN \(region.lowerBound) AND \(region.upperBound)
            ORDER BY id LIMIT 1000
            """
        ).map { try $0.integer(0) }
    }

    static func rangesCover(_ reach: Reach, _ scope: Scope) -> Bool {
        reach.departmentRange.contains(scope.department.code) && reach.itemRange.contains(scope.itemCode)
            && reach.regionRange.contains(scope.region.code)
    }

    static func passes(_ power: Power, _ scope: Scope, _ grants: [Grant]) -> Bool {
        do {
            try Permits.check(power, scope: scope, grants: grants, today: Cast.today)
            return true
        } catch {
            return false
        }
    }
}
