import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Catalogue

@Suite struct ItemSearchTests {
    @Test(arguments: StoreUnderTest.all)
    func `people find items in their own words`(_ place: StoreUnderTest) async throws {
        let regions = [try #require(Region("350111")), Region.fuzhou, .fujian]
        let wanted: [(words: String, slug: String)] = [
            ("我要开饭店", "food-business-licence"), ("开个奶茶店", "food-business-licence"), ("二建", "second-class-constructor"),
            ("怎么申请教师资格证？", "teacher-qualification"), ("不定时工作制", "special-working-hours"),
            ("注册公司", "company-registration"), ("公司", "company-registration"), ("占道", "temporary-road-occupation"),
            ("跑货运要办什么", "road-freight"), ("个体户", "individual-business-registration"),
            ("open a RESTAURANT", "food-business-licence"), ("restau", "food-business-licence"),
            ("ＬＥＤ屏", "outdoor-advertising"), ("hairdresser", "public-place-hygiene"),
            ("社保补贴", "flexible-employment-subsidy"),
        ]
        try await place.use(ItemTable.migrations) { store in
            try await Demonstration.publish(in: store)
            try await store.read { tx throws in
                for query in wanted {
                    let found = try ItemTable.search(query.words, in: regions, in: tx)
                    #expect(found.first?.slug == query.slug, "\(query.words)")
                }
                #expect(try ItemTable.search("税", in: regions, in: tx).isEmpty)
                #expect(try ItemTable.search("", in: regions, in: tx).isEmpty)
                #expect(try ItemTable.search("'); DROP TABLE item_token; --", in: regions, in: tx).isEmpty)
                #expect(try ItemTable.search("饭店", in: [.fujian], in: tx).isEmpty)
                #expect(try ItemTable.search("证", in: regions, limit: 3, in: tx).count == 3)
            }
        }
    }

    @Test func `both databases answer every search alike, with one, two and three characters`() async throws {
        let queries = ["证", "店", "许可", "公司", "建造师", "营业执照", "licence", "business licence", "road", "社", "开", "工"]
        let regions = [try #require(Region("350111")), Region.fuzhou, .fujian]
        var answers: [[[String]]] = []
        for place in StoreUnderTest.all {
            try await place.use(ItemTable.migrations) { store in
                try await Demonstration.publish(in: store)
                answers.append(
                    try await store.read { tx in
                        try queries.map { query in
                            try ItemTable.search(query, in: regions, in: tx).map(\.itemCode)
                        }
                    })
            }
        }
        #expect(answers.count == 2)
        #expect(answers.first == answers.last)
        #expect(answers.first?.allSatisfy { !$0.isEmpty } == true)
    }

    @Test func `words are cut into characters, pairs and beginnings`() {
        #expect(ItemWords.index("开饭店") == ["店", "开", "开饭", "饭", "饭店"].sorted())
        #expect(ItemWords.index("LED屏") == ["l", "le", "led", "屏"].sorted())
        #expect(ItemWords.query("我要开饭店") == ["开饭", "饭店"].sorted())
        #expect(ItemWords.query("店") == ["店"])
        #expect(ItemWords.query("办") == ["办"], "what is nothing but filling is taken at its word")
        #expect(ItemWords.query("How do I open a restaurant?") == ["open", "restaurant"])
        #expect(ItemWords.query("，。？").isEmpty)
        #expect(ItemWords.query(String(repeating: "甲乙丙丁戊己庚辛壬癸", count: 30)).count <= ItemWords.queryTokensMax)
    }
}
