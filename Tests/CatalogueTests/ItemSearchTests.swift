import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Catalogue

@Suite struct ItemSearchTests {
    private static let day = CivilDate(daysSinceEpoch: 20781)

    private static func index(of store: any Store, from known: ItemIndex? = nil) async throws -> ItemIndex {
        let start = try known ?? ItemIndex(try SearchHouse.tools.get())
        return try await store.read { tx in try start.brought(upTo: tx) }
    }

    private static func lines(_ words: String, in regions: [Region], _ index: ItemIndex) throws -> [ItemLine] {
        try index.answer(ItemQuery(words, in: regions)).found.map(\.line)
    }

    @Test(arguments: StoreUnderTest.all)
    func `people find items in their own words`(_ place: StoreUnderTest) async throws {
        let wanted: [(words: String, slug: String)] = [
            ("我要开饭店", "food-business-licence"), ("开个奶茶店", "food-business-licence"), ("二建", "second-class-constructor"),
            ("怎么申请教师资格证？", "teacher-qualification"), ("不定时工作制", "special-working-hours"),
            ("注册公司", "company-registration"), ("公司", "company-registration"), ("占道", "temporary-road-occupation"),
            ("跑货运要办什么", "road-freight"), ("个体户", "individual-business-registration"),
            ("open a RESTAURANT", "food-business-licence"), ("restau", "food-business-licence"),
            ("ＬＥＤ屏", "outdoor-advertising"), ("hairdresser", "public-place-hygiene"),
            ("社保补贴", "flexible-employment-subsidy"), ("food license", "food-business-licence"),
        ]
        try await place.use(ItemTable.migrations) { store in
            try await Demonstration.publish(in: store)
            let index = try await Self.index(of: store)
            for query in wanted {
                let found = try Self.lines(query.words, in: SearchHouse.places, index)
                #expect(found.first?.slug == query.slug, "\(query.words): \(found.prefix(3).map(\.name.zh))")
            }
            #expect(try Self.lines("税", in: SearchHouse.places, index).isEmpty)
            #expect(try Self.lines("'); DROP TABLE item_change; --", in: SearchHouse.places, index).isEmpty)
            #expect(try Self.lines("饭店", in: [.fujian], index).isEmpty)
            #expect(try index.answer(ItemQuery("证", in: SearchHouse.places, limit: 3)).found.count == 3)
        }
    }

    @Test func `both databases answer every search alike`() async throws {
        let queries = [
            "", "证", "店", "许可", "公司", "建造师", "营业执照", "licence", "business licence", "road", "社", "开", "工", "changle",
            "cl", "shipin", "sp", "食品经宫许可", "长乐 饭店", "jian zhu",
        ]
        var answers: [[[String]]] = []
        for place in StoreUnderTest.all {
            try await place.use(ItemTable.migrations) { store in
                try await Demonstration.publish(in: store)
                let index = try await Self.index(of: store)
                let regions = try Gazetteer.shipped().entries.map(\.region) + [.fujian]
                answers.append(try queries.map { try Self.lines($0, in: regions, index).map(\.itemCode) })
            }
        }
        #expect(answers.count == 2)
        #expect(answers.first == answers.last)
        #expect(answers.first?.allSatisfy { !$0.isEmpty } == true)
    }

    @Test(arguments: StoreUnderTest.all)
    func `an index follows publications, changes of state and new words, one reading at a time`(
        _ place: StoreUnderTest
    ) async throws {
        let guide = try Demonstration.guide("road-freight")
        let words = [(path: ["standard", "searchWords"] as [any Sendable], value: ["骆驼队"] as any Sendable)]
        let changed = try Demonstration.broken("road-freight", words)
        let publish = { (guide: Guide, number: UInt64) in
            { @Sendable (tx: Transaction) throws in
                let id = Subject(high: 9, low: number)
                _ = try ItemTable.publish(guide, effective: Self.day, id: id, stamp: Demonstration.stamp, in: tx)
            }
        }
        try await place.use(ItemTable.migrations) { store in
            let empty = try await Self.index(of: store)
            #expect(empty.generation == 0)
            try await store.write(publish(guide, 1))
            let first = try await Self.index(of: store, from: empty)
            #expect(try Self.lines("货运", in: SearchHouse.places, first).map(\.itemCode) == [guide.itemCode])
            #expect(try Self.lines("骆驼队", in: SearchHouse.places, first).isEmpty)
            try await store.write(publish(changed, 2))
            let second = try await Self.index(of: store, from: first)
            #expect(second.generation > first.generation)
            #expect(try Self.lines("骆驼队", in: SearchHouse.places, second).map(\.version) == [2])
            try await store.write { tx in try ItemTable.setState(.suspended, of: guide.itemCode, in: tx) }
            let third = try await Self.index(of: store, from: second)
            #expect(try Self.lines("货运", in: SearchHouse.places, third).map(\.state) == [.suspended])
            try await store.write { tx in try ItemTable.setState(.cancelled, of: guide.itemCode, in: tx) }
            let fourth = try await Self.index(of: store, from: third)
            #expect(try Self.lines("货运", in: SearchHouse.places, fourth).isEmpty)
            #expect(try Self.lines("", in: SearchHouse.places, fourth).isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever asks a keeper after a publication finds it, many at once too`(
        _ place: StoreUnderTest
    ) async throws {
        let guides = try Demonstration.catalogue().guides.filter { $0.body.region == SearchHouse.jinan }
        try await place.use(ItemTable.migrations) { store in
            let keeper = ItemIndexKeeper()
            for (number, guide) in guides.enumerated() {
                try await store.write { tx in
                    let id = Subject(high: 9, low: UInt64(number))
                    try ItemTable.publish(guide, effective: Self.day, id: id, stamp: Demonstration.stamp, in: tx)
                }
                let now = try await store.read { tx in try ItemChangeTable.generation(in: tx) }
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<4 { group.addTask { try await keeper.index(of: store, atLeast: now).places.count } }
                    for try await count in group { #expect(count == number + 1) }
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `items published before the words were kept are found by their guides' words`(
        _ place: StoreUnderTest
    ) async throws {
        let guide = try Demonstration.guide("road-freight")
        try await place.use(ItemTable.migrations) { store in
            try await store.write { tx in
                let id = Subject(high: 9, low: 1)
                try ItemTable.publish(guide, effective: Self.day, id: id, stamp: Demonstration.stamp, in: tx)
                try tx.execute("DELETE FROM item_wording")
            }
            let index = try await Self.index(of: store)
            #expect(try Self.lines("跑货运", in: SearchHouse.places, index).map(\.itemCode) == [guide.itemCode])
        }
    }
}
