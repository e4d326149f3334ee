import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Supervision

/// What is counted of ways: sums that follow the dossiers, and the cases behind each number.
@Suite struct CourseTableTests {
    /// Some hundred dossiers, several of them counted twice with another way.
    private func counted(
        _ place: StoreUnderTest, _ body: (any Store, [CaseCourse], FigureQuery) async throws -> Void
    ) async throws {
        let year = try #require(CountedSamples.year)
        try await place.use(SupervisionShape.migrations) { store in
            let dice = Dice.seeded(5)
            var last: [Int: CaseCourse] = [:]
            for _ in 0..<6 {
                let numbers = Set((0..<40).map { _ in Int(dice.roll() % 150) }).sorted()
                let courses = numbers.map { ($0, CourseSamples.course($0, dice)) }
                for (number, course) in courses { last[number] = course }
                try await store.write { tx in try CourseTable.count(courses.map(\.1), in: tx) }
            }
            let all = last.sorted { $0.key < $1.key }.map(\.value)
            try await body(store, all, FigureQuery(year, within: [.everywhere]))
        }
    }

    /// The naive books: every way as it is last, and nothing else.
    private func recount(
        _ courses: [CaseCourse], _ key: (CaseCourse) -> [String]?
    ) -> [[String]: [CaseStep: StepSums]] {
        var books: [[String]: [CaseStep: StepSums]] = [:]
        for course in courses {
            guard let key = key(course) else { continue }
            for part in course.parts {
                let sums = books[key]?[part.step] ?? StepSums()
                books[key, default: [:]][part.step] = sums + StepSums(part)
            }
        }
        return books
    }

    @Test(arguments: StoreUnderTest.all)
    func `sums are what a recount says, however often a dossier was counted before`(
        _ place: StoreUnderTest
    ) async throws {
        try await counted(place) { store, all, query in
            try await store.read { tx in
                for (dimensions, key) in [
                    ([], { _ in [] }), ([.month], { ["\(Month(of: $0.endedOn))"] }),
                    ([.region, .body], { [$0.place.region.code, $0.place.body.code] }),
                    ([.item, .body], { [String($0.place.item.suffix(12)), $0.place.body.code] }),
                ] as [([FigureDimension], (CaseCourse) -> [String])] {
                    let lines = try CourseTable.steps(query, by: dimensions, in: tx)
                    let books = self.recount(all) { key($0) }
                    #expect(lines.count == books.values.map(\.count).reduce(0, +))
                    #expect(lines.allSatisfy { books[$0.values]?[$0.step] == $0.sums })
                }
                let region = CountedSamples.regions[1].code
                let own = try CourseTable.steps(query.asking(.region, region), in: tx)
                let books = self.recount(all) { $0.place.region.code == region ? [] : nil }
                #expect(own.allSatisfy { books[[]]?[$0.step] == $0.sums } && own.count == books[[]]?.count)
                #expect(try CourseTable.steps(FigureQuery(query.months, within: []), in: tx).isEmpty)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `where there are more lines than are read, the last items are left out whole, and it is said`(
        _ place: StoreUnderTest
    ) async throws {
        try await counted(place) { store, _, query in
            try await store.read { tx in
                let all = try CourseTable.parts(query, in: tx)
                let steps = try CourseTable.steps(query, by: [.item, .body], in: tx)
                #expect(!all.isCut && all.lines == steps)
                let items = all.lines.map { $0.values[0] }
                #expect(Set(items).count > 1)
                for limit in 1...items.count {
                    let some = try CourseTable.parts(query, limit: limit, in: tx)
                    #expect(some.isCut == (limit < items.count))
                    // As many whole items as have room.
                    let room = limit < items.count ? items.firstIndex(of: items[limit]) : items.count
                    #expect(some.lines.count == room && some.lines == Array(all.lines.prefix(some.lines.count)))
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `variants are counted, and their cases add up to the whole`(_ place: StoreUnderTest) async throws {
        try await counted(place) { store, all, query in
            try await store.read { tx in
                let lines = try CourseTable.variants(query, in: tx)
                let books = Dictionary(grouping: all, by: \.variant)
                #expect(lines.count == books.count)
                for line in lines {
                    let cases = try #require(books[line.variant])
                    #expect(line.sums.cases == cases.count)
                    #expect(line.sums.parts == cases.map(\.whole.parts).reduce(0, +))
                    #expect(line.sums.minutes == cases.map(\.whole.minutes).reduce(0, +))
                }
                #expect(lines.map(\.sums.cases) == lines.map(\.sums.cases).sorted(by: >))
                #expect(try CourseTable.whole(query, in: tx) == lines.map(\.sums).reduce(VariantSums(), +))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `behind every number stand just those cases`(_ place: StoreUnderTest) async throws {
        try await counted(place) { store, all, query in
            try await store.read { tx in
                for line in try CourseTable.steps(query, in: tx) {
                    let having = { (isMeant: (CaseCourse.Part) -> Bool) in
                        Set(all.filter { $0.parts.contains { $0.step == line.step && isMeant($0) } })
                    }
                    for (selection, expected) in [
                        (CourseTable.Selection.step(line.step), having { _ in true }),
                        (.again(line.step), having { $0.rounds > 1 }), (.over(line.step), having { $0.over > 0 }),
                    ] {
                        var (listed, cursor): ([CaseCourse], FigureTable.CaseCursor?) = ([], nil)
                        while true {
                            let page = try CourseTable.cases(selection, query, after: cursor, limit: 7, in: tx)
                            listed += page.map(\.course)
                            #expect(page.allSatisfy { $0.part?.step == line.step })
                            guard let end = page.last?.course else { break }
                            cursor = FigureTable.CaseCursor(day: end.endedOn, dossier: end.dossier)
                        }
                        #expect(Set(listed) == expected && listed.count == expected.count)
                    }
                    #expect(line.sums[.cases] == having { _ in true }.count)
                    #expect(line.sums[.againCases] == having { $0.rounds > 1 }.count)
                }
                let variant = try #require(try CourseTable.variants(query, in: tx).first)
                let went = try CourseTable.cases(.variant(variant.variant), query, limit: 1000, in: tx)
                #expect(went.count == variant.sums.cases && went.allSatisfy { $0.course.variant == variant.variant })
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `counted again from nothing the rows are the same, and nothing is left of what is forgotten`(
        _ place: StoreUnderTest
    ) async throws {
        try await counted(place) { store, all, query in
            let rows = { @Sendable (tx: Transaction) in
                try [
                    "SELECT * FROM course_month ORDER BY month, region, body, item, step LIMIT 9999",
                    "SELECT * FROM variant_month ORDER BY month, region, body, item, variant LIMIT 9999",
                    "SELECT * FROM course_case ORDER BY dossier LIMIT 9999",
                    "SELECT * FROM course_step ORDER BY dossier, step LIMIT 9999",
                ].map { (statement: SQL) in try tx.rows(statement).map { "\($0)" } }
            }
            let before = try await store.read { tx in try rows(tx) }
            try await store.write { tx in try CourseTable.forget(in: tx) }
            let nothing = try await store.read { tx in try rows(tx) }
            #expect(nothing.allSatisfy { $0.isEmpty })
            try await store.write { tx in
                try CourseTable.count(all.reversed(), in: tx)
                try CourseTable.count(all, in: tx)
            }
            let after = try await store.read { tx in try rows(tx) }
            #expect(after == before && before.allSatisfy { !$0.isEmpty })
            let kept = try await store.read { tx in
                try all.map { try CourseTable.course($0.dossier, in: tx) }
            }
            #expect(kept == all)
        }
    }
}
