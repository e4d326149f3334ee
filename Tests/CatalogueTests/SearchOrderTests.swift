import Testing
import Vocabulary

@testable import Catalogue

@Suite struct SearchOrderTests {
    private static func item(_ name: String, _ slug: String, in region: Region, state: ItemState = .inUse) throws -> (
        line: ItemLine, wording: ItemWording
    ) {
        let guide = try Demonstration.guide("road-freight")
        var line = guide.line(version: 1)
        line = ItemLine(
            itemCode: "\(slug)-\(region.code)", slug: slug, region: region, department: "transport",
            name: .same(name), handlingItemName: nil, bodyName: line.bodyName, version: 1, statutory: line.statutory,
            promised: line.promised, modes: line.modes, isCharged: false, holders: [.naturalPerson], state: state)
        return (line, ItemWording(name: .same(name), topics: []))
    }

    @Test func `an exact name comes before a beginning, a part, what people say, pinyin and slips`() throws {
        let here = SearchHouse.jinan
        let index = try SearchHouse.index(of: [
            try Self.item("养蜂证", "a", in: here), try Self.item("养蜂证换证", "b", in: here),
            try Self.item("申领养蜂证", "c", in: here), try Self.item("养蜜证", "d", in: here),
            try Self.item("养蜂人登记证", "e", in: here),
        ])
        let found = try index.answer(ItemQuery("养蜂证", in: [here])).found.map(\.line.slug)
        #expect(found.prefix(3) == ["a", "b", "c"])
        #expect(try index.answer(ItemQuery("yangfengzheng", in: [here])).found.map(\.line.slug).first == "a")
        #expect(try index.answer(ItemQuery("养锋证", in: [here])).found.map(\.line.slug).first == "a")
    }

    @Test func `the reader's own place comes first, then the city, then the province; one hit for each place`() throws {
        let places = [SearchHouse.jinan, Region.fuzhou, .fujian]
        let items = try places.reversed().map { try Self.item("养蜂证", "a", in: $0) }
        let index = try SearchHouse.index(of: items + [try Self.item("养蜂证甲乙丙", "b", in: .fuzhou)])
        let found = try index.answer(ItemQuery("养蜂", in: places)).found.map(\.line.itemCode)
        #expect(found == ["a-350111", "a-350100", "b-350100", "a-350000"])
        #expect(try index.answer(ItemQuery("养蜂", in: [.fujian])).found.map(\.line.itemCode) == ["a-350000"])
        var once = ItemQuery("养蜂", in: places)
        once.isOncePerItem = true
        let answer = try index.answer(once)
        #expect(answer.found.map(\.line.itemCode) == ["a-350111", "b-350100"])
        #expect(answer.found.map(\.places) == [3, 1])
    }

    @Test func `cancelled items are left out, suspended ones stay`() throws {
        let here = SearchHouse.jinan
        let index = try SearchHouse.index(of: [
            try Self.item("养蜂证", "a", in: here, state: .cancelled),
            try Self.item("养蜂证换证", "b", in: here, state: .suspended),
        ])
        #expect(try index.answer(ItemQuery("养蜂证", in: [here])).found.map(\.line.slug) == ["b"])
        #expect(try index.answer(ItemQuery(in: [here])).found.map(\.line.state) == [.suspended])
    }

    @Test func `pages lie end to end and hold every item once`() throws {
        let index = try SearchHouse.loaded.get()
        for words in ["许可", "", "cl", "社保"] {
            var query = ItemQuery(words, in: SearchHouse.places, limit: 10_000)
            let all = try index.answer(query)
            #expect(all.total == all.found.count)
            query.limit = 17
            var paged: [String] = []
            while query.offset < all.total {
                paged += try index.answer(query).found.map(\.line.itemCode)
                query.offset += query.limit
            }
            #expect(paged == all.found.map(\.line.itemCode))
            #expect(Set(paged).count == paged.count)
        }
    }

    @Test func `filters leave what they say, and the counts say what each would leave`() throws {
        let index = try SearchHouse.loaded.get()
        for words in ["", "许可", "补贴"] {
            var query = ItemQuery(words, in: SearchHouse.places, limit: 10_000)
            query.isOncePerItem = true
            let counts = try index.answer(query).counts
            #expect(!counts.holders.isEmpty && !counts.departments.isEmpty && !counts.trips.isEmpty)
            for (holder, count) in counts.holders {
                var one = query
                one.holder = holder
                let answer = try index.answer(one)
                #expect(answer.total == count && answer.counts.holders == counts.holders)
                #expect(answer.found.allSatisfy { $0.line.holders.contains(holder) })
            }
            for (department, count) in counts.departments {
                var one = query
                one.department = department
                #expect(try index.answer(one).total == count)
            }
            for (theme, count) in counts.themes {
                var one = query
                one.theme = theme
                #expect(try index.answer(one).total == count)
            }
            for (trips, count) in counts.trips {
                var one = query
                one.tripsMax = trips
                let answer = try index.answer(one)
                #expect(answer.total == count)
                #expect(answer.found.allSatisfy { $0.line.leastTripsOffered.map { $0 <= trips } ?? false })
            }
        }
    }
}
