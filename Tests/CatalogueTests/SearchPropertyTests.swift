import StoreTestSupport
import Testing
import Vocabulary

@testable import Catalogue

@Suite struct SearchPropertyTests {
    private static func once(_ words: String, in regions: [Region] = SearchHouse.places, limit: Int = 10) -> ItemQuery {
        var query = ItemQuery(words, in: regions, limit: limit)
        query.isOncePerItem = true
        return query
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a name with one damaged character is among the first ten`(_ seed: UInt64) throws {
        let index = try SearchHouse.loaded.get()
        let names = try SearchHouse.sample.get().items.map(\.name).filter { $0.count > 3 }
        let dice = Dice.seeded(seed)
        let strange = Array("龘鱻饕餮鑫森淼焱垚犇")
        var missed: [String] = []
        let tries = 150
        for _ in 0..<tries {
            let name = names[Int(dice.roll() % UInt64(names.count))]
            var damaged = Array(name)
            let place = Int(dice.roll() % UInt64(damaged.count))
            switch dice.roll() % 3 {
            case 0: damaged[place] = strange[Int(dice.roll() % UInt64(strange.count))]
            case 1: damaged.remove(at: place)
            default: damaged.insert(strange[Int(dice.roll() % UInt64(strange.count))], at: place)
            }
            let found = try index.answer(Self.once(String(damaged))).found.map(\.line.name.zh)
            if !found.contains(name) { missed.append("\(String(damaged)): \(found.prefix(3))") }
        }
        #expect(missed.count * 20 <= tries, "\(missed)")
    }

    @Test(arguments: [4, 5] as [UInt64])
    func `the pinyin of a name, with one slip too, finds the item`(_ seed: UInt64) throws {
        let index = try SearchHouse.loaded.get()
        let names = try SearchHouse.sample.get().items.map(\.name).filter { (4...10).contains($0.count) }
        let dice = Dice.seeded(seed)
        var (missed, slips): ([String], [String]) = ([], [])
        let tries = 100
        for _ in 0..<tries {
            let name = names[Int(dice.roll() % UInt64(names.count))]
            var letters = index.tools.pinyin.text(PlainText.scalars(PlainText.withoutBrackets(name))).letters
            let whole = try index.answer(Self.once(String(decoding: letters, as: UTF8.self))).found
            if !whole.contains(where: { $0.line.name.zh == name }) { missed.append(name) }
            letters[Int(dice.roll() % UInt64(letters.count))] = UInt8(ascii: "v")
            let slip = try index.answer(Self.once(String(decoding: letters, as: UTF8.self))).found
            if !slip.contains(where: { $0.line.name.zh == name }) {
                slips.append("\(name) \(String(decoding: letters, as: UTF8.self))")
            }
        }
        #expect(missed.count * 50 <= tries, "\(missed)")
        #expect(slips.count * 20 <= tries, "\(slips)")
    }

    @Test func `every name finds itself first, and its beginning finds it`() throws {
        let index = try SearchHouse.loaded.get()
        for item in try SearchHouse.sample.get().items {
            let found = try index.answer(Self.once(item.name, limit: 1)).found.map(\.line.name.zh)
            #expect(found.first.map(PlainText.scalars) == PlainText.scalars(item.name), "\(item.name): \(found)")
        }
    }

    @Test func `one character and two find names that have them, those that begin with them first`() throws {
        for words in ["证", "户", "税", "残", "户口", "发票", "护士", "养", "婚"] {
            let found = try SearchHouse.names(words, limit: 200)
            #expect(!found.isEmpty, "\(words)")
            let begins = found.map { PlainText.scalars($0).starts(with: PlainText.scalars(words)) }
            let first = begins.prefix { $0 }.count
            let named = found.prefix(while: { $0.contains(words) }).count
            #expect(first > 0 || !begins.contains(true), "\(words): \(found.prefix(3))")
            #expect(named > 0, "\(words): \(found.prefix(3))")
        }
    }

    @Test(arguments: ["changle", "zhangle", "chang le", "Changle District", "长乐", "长乐区", "cl", "changl"])
    func `Changle is found as people write it`(_ words: String) throws {
        let everywhere = try Gazetteer.shipped().entries.map(\.region) + [.fujian]
        let found = try SearchHouse.loaded.get().answer(Self.once(words, in: everywhere, limit: 20)).found
        #expect(found.contains { $0.line.region == SearchHouse.changle }, "\(found.map(\.line.name.zh))")
        if words != "cl" { #expect(found.first?.line.region == SearchHouse.changle) }
    }

    @Test(arguments: ["税务局", "人社局", "卫健委", "民政局", "交通运输局"])
    func `a department is found by its name and by what people call it`(_ words: String) throws {
        let found = try SearchHouse.loaded.get().answer(Self.once(words, limit: 5)).found
        #expect(found.count == 5)
        #expect(Set(found.map(\.line.department)).count <= 2, "\(found.map(\.line.bodyName.zh))")
    }

    @Test func `a place in the question leads to its own items, or to those of its city and province`() throws {
        let everywhere = try Gazetteer.shipped().entries.map(\.region) + [.fujian]
        let index = try SearchHouse.loaded.get()
        for words in ["长乐开饭店", "changle restaurant", "长乐 食品经营许可", "食品经营许可 长乐区"] {
            let found = try index.answer(Self.once(words, in: everywhere)).found
            #expect(found.first?.line.region == SearchHouse.changle, "\(words)")
            #expect(found.first?.line.name.zh.contains("食品") == true, "\(words)")
        }
        let constructor = try index.answer(Self.once("长乐二级建造师", in: everywhere)).found.first
        #expect(constructor?.line.slug == "second-class-constructor")
        #expect(constructor.map { $0.line.region.contains(SearchHouse.changle) } == true)
    }

    @Test func `hostile questions are answered fast and calmly`() throws {
        let index = try SearchHouse.loaded.get()
        let hostile = [
            String(repeating: "许可", count: 5000), String(repeating: "a", count: 100_000),
            String(repeating: "nan", count: 30), String(repeating: "n", count: 16), String(repeating: "zh", count: 8),
            "\u{0}\u{1}\u{7F}\u{202E}许可", "%", "_", "%%__''\"\\", "*", "😀👨‍👩‍👧‍👦🇨🇳", "，。！？；：", "   ", "\n\t\r",
            "许" + String(repeating: "\u{301}", count: 10_000), "ﷺ", "\u{FFFD}", "ｇｕａｎ　ｇｏｎｇ",
            String(repeating: "开饭店社保卡", count: 50), "1 OR 1=1; DROP TABLE item", "𠀀𠀁",
        ]
        for words in hostile {
            let start = ContinuousClock.now
            let answer = try index.answer(Self.once(words))
            #expect(answer.found.count <= 10)
            #expect(ContinuousClock.now - start < .seconds(60), "\(words.prefix(20))")
        }
        for words in ["%", "_", "*", "，。！？；：", "   ", "😀"] {
            #expect(try index.answer(Self.once(words)).found.isEmpty, "\(words)")
        }
    }
}
