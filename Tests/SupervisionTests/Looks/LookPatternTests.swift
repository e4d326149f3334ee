import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Supervision

@Suite struct LookPatternTests {
    private static let body = CreditCode(authority: "11", region: .fuzhou, organisation: "MADEM000")
    private static let other = CreditCode("91350100MADEM0054D")

    /// An ordinary look: at a case, on a Monday morning.
    private static func look(
        _ purpose: LookPurpose? = .review, hasCase: Bool = true, hour: Int = 10,
        _ change: (inout LookedAt) -> Void = { _ in }
    ) throws -> [LookPattern] {
        let day = try #require(CivilDate("2018-11-19"))
        var look = LookedAt(purpose, hasCase: hasCase, at: Instant(day, hour: hour))
        look.hours = .usual
        change(&look)
        return LookPatternRules.patterns(of: look)
    }

    @Test func `an ordinary look bears no pattern`() throws {
        #expect(try Self.look() == [])
    }

    @Test func `a look without a case is unusual, but not where the person opened the record herself`() throws {
        #expect(try Self.look(.certificates, hasCase: false) == [.withoutCase])
        #expect(try Self.look(.intake, hasCase: false) == [.withoutCase])
        #expect(try Self.look(nil, hasCase: false) == [.withoutCase], "an unknown word excuses nothing")
        for purpose in [LookPurpose.ticket, .assist, .presented] {
            #expect(try Self.look(purpose, hasCase: false) == [], "\(purpose)")
        }
    }

    @Test func `outside the office hours a look is unusual, unless she sits at an open window`() throws {
        #expect(try Self.look(hour: 21) == [.afterHours])
        #expect(try Self.look(hour: 12) == [.afterHours], "at noon")
        #expect(try Self.look { $0.hours = nil } == [.afterHours], "a day off")
        #expect(try Self.look(hour: 21) { $0.sits = true } == [])
    }

    @Test func `one's own record and that of a relative's name are told apart`() throws {
        #expect(try Self.look { $0.kinship = .herself } == [.ownRecord])
        #expect(try Self.look { $0.kinship = .relative } == [.relative])
    }

    @Test func `many looks in an hour are noted once, by the one that goes beyond`() throws {
        for (count, patterns) in [(120, []), (121, [LookPattern.many]), (122, [])] {
            #expect(try Self.look { $0.inHour = count } == patterns, "\(count)")
        }
    }

    @Test func `a case of another body is unusual, but not for work that is done for every body`() throws {
        func of(_ purpose: LookPurpose, _ own: CreditCode?, _ concerned: [CreditCode?]) throws -> [LookPattern] {
            try Self.look(purpose) { ($0.body, $0.concerned) = (own, concerned.compactMap(\.self)) }
        }
        #expect(try of(.review, Self.body, [Self.other]) == [.otherBody])
        #expect(try of(.review, Self.body, [Self.other, Self.body]) == [], "it lies on her desk, or was asked")
        #expect(try of(.issuing, Self.body, [Self.other]) == [])
        #expect(try of(.review, nil, [Self.other]) == [], "a window works for all")
    }

    private static func taken(_ number: Int, at hour: Int, of person: Int = 1) throws -> Looks.Taken {
        let day = try #require(CivilDate("2018-11-19"))
        let by = Look.Looker(.staff(StaffID(Subject(high: 2, low: 9))), body: body, region: .fuzhou)
        let look = Look(
            by, at: .person(PersonID(Subject(high: 1, low: UInt64(person)))), for: .intake, Instant(day, hour: hour))
        return Looks.Taken(Subject(high: 5, low: UInt64(number)), look)
    }

    @Test(arguments: StoreUnderTest.all)
    func `patterns are kept by month and body, and a search that led to a case is taken back`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(Shape.migrations + SupervisionShape.migrations) { store in
            let month = try #require(Month("2018-11"))
            let counts = { @Sendable (regions: ClosedRange<String>) in
                try await store.read { tx in try LookPatternTable.counts(month, in: regions, tx: tx).counts }
            }
            let (one, two) = (try Self.taken(1, at: 21), try Self.taken(2, at: 10, of: 2))
            try await store.write { tx in
                try LookPatternTable.note([.withoutCase, .afterHours], of: one, in: tx)
                try LookPatternTable.note([.withoutCase], of: two, in: tx)
                try LookPatternTable.note([.withoutCase], of: two, in: tx)
            }
            #expect(try await counts("350100"..."350199").map(\.looks) == [2, 1])
            #expect(try await counts("350200"..."350299") == [], "another place")
            let found = try await store.read { tx in
                try LookPatternTable.looks(.withoutCase, in: month, of: nil, within: ""..."~", tx: tx)
            }
            #expect(found == [two.id, one.id], "the latest first")
            let windows = try await store.read { tx in
                try LookPatternTable.looks(.withoutCase, in: month, of: "", within: ""..."~", tx: tx)
            }
            #expect(windows == [])
            let person = try #require(two.look.seen.holder)
            try await store.write { tx in
                try LookPatternTable.settle(person, of: two.look.actor, on: two.look.at.day, in: tx)
            }
            #expect(try await counts(""..."~").map(\.looks) == [1, 1])
            #expect(
                try await store.read { tx in try LookPatternTable.of(one.id, in: tx) } == [.withoutCase, .afterHours])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `many looks of one pattern hide none of another, and the count says that there are more`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(Shape.migrations + SupervisionShape.migrations) { store in
            let month = try #require(Month("2018-11"))
            try await store.write { tx in
                for number in 1...4 {
                    try LookPatternTable.note([.afterHours], of: try Self.taken(number, at: 21), in: tx)
                }
                try LookPatternTable.note([.relative], of: try Self.taken(5, at: 10), in: tx)
            }
            for (most, looks, isAtLeast) in [(3, [3, 1], true), (5, [4, 1], false)] {
                let found = try await store.read { tx in
                    try LookPatternTable.counts(month, in: ""..."~", atMost: most, tx: tx)
                }
                #expect(found.counts.map(\.pattern) == [.afterHours, .relative])
                #expect(found.counts.map(\.looks) == looks && found.isAtLeast == isAtLeast)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `looks are counted by the hour, and hours that are over are forgotten`(_ place: StoreUnderTest) async throws {
        try await place.use(Shape.migrations + SupervisionShape.migrations) { store in
            let (ten, eleven) = (try Self.taken(1, at: 10).look, try Self.taken(2, at: 11).look)
            let counts = try await store.write { tx in
                try [ten, ten, eleven].map { try LookPatternTable.count($0, in: tx) }
            }
            #expect(counts == [1, 2, 1])
            let later = ten.at.advanced(bySeconds: 7200)
            #expect(try await store.write { tx in try LookPatternTable.prune(now: later, in: tx) } == 1)
            #expect(try await store.write { tx in try LookPatternTable.count(eleven, in: tx) } == 2)
        }
    }
}
