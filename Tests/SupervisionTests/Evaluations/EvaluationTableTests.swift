import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

@Suite struct EvaluationTableTests {
    @discardableResult
    private static func give(
        _ grade: EvaluationGrade, _ number: UInt64, named: Bool = true, in store: any Store
    ) async throws -> EvaluationID {
        let event = try Judged.give(Judged.draft(grade, named: named), try Judged.standing(number))
        let loop = try Judged.loop()
        return try await store.write { tx in
            _ = try EvaluationTable.give(event, as: Judged.id(number), loop, stamp: Judged.stamp(), in: tx)
            return Judged.id(number)
        }
    }

    private static func perform(
        _ commands: [(RectificationCommand, Actor)], on id: EvaluationID, in store: any Store
    ) async throws -> Rectification {
        let loop = try Judged.loop()
        return try await store.write { tx in
            let evaluation = try EvaluationTable.load(id, in: tx)
            var it = try RectificationTable.load(.of(id), in: tx)
            for (command, actor) in commands {
                let hand = RectificationRules.Hand(actor, isJudged: actor == Judged.judgedStaff)
                let events = try loop.decide(command, on: it, of: evaluation, by: hand, at: Judged.now)
                it = try RectificationTable.append(
                    events, to: it, of: evaluation, stamp: Judged.stamp(Judged.now, actor), in: tx)
            }
            return it
        }
    }

    private static let whole: [(RectificationCommand, Actor)] = [
        (.contact(.reached, "已致电"), Judged.colleague), (.rectify(.mended, "已改"), Judged.judgedStaff),
        (.verify(isEnough: true, ""), Judged.colleague), (.revisit(.good, ""), Judged.colleague),
        (.publish("已改"), Judged.colleague),
    ]

    @Test(arguments: StoreUnderTest.all)
    func `an occasion is judged once, and what was given is read back`(_ place: StoreUnderTest) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let id = try await Self.give(.bad, 1, in: store)
            await #expect(throws: EvaluationRefusal.givenAlready) { try await Self.give(.good, 1, in: store) }
            try await store.read { (tx) throws in
                let evaluation = try EvaluationTable.load(id, in: tx)
                #expect(evaluation.given.grade == .bad && evaluation.personal?.person == Judged.person)
                #expect(try EvaluationTable.find(evaluation.given.occasion.of, in: tx) == id)
                #expect(try RectificationTable.load(.of(id), in: tx).stage == .open)
                let owner = evaluation.given.place.owner
                #expect(try RectificationTable.open(of: [owner], in: tx).map(\.evaluation) == [id])
                #expect(try RectificationTable.open(of: ["hall:350105"], in: tx).isEmpty)
                #expect(throws: EvaluationRefusal.notFound) { try EvaluationTable.load(Judged.id(9), in: tx) }
                #expect(throws: RectificationRefusal.notFound) {
                    try RectificationTable.load(.of(Judged.id(9)), in: tx)
                }
                let late = Judged.now.advanced(bySeconds: 2 * 86_400)
                #expect(try RectificationTable.due(by: late, limit: 9, in: tx) == [.of(id)])
                #expect(try RectificationTable.due(by: Judged.now, limit: 9, in: tx).isEmpty)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a bad review goes from list to list until the public reads it`(_ place: StoreUnderTest) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let id = try await Self.give(.veryBad, 1, in: store)
            let all = "350000"..."359999"
            _ = try await Self.perform(Array(Self.whole.prefix(4)), on: id, in: store)
            try await store.read { (tx) throws in
                #expect(try RectificationTable.at(.revisited, in: all, in: tx).map(\.evaluation) == [id])
                #expect(try RectificationTable.published(limit: 9, in: tx).isEmpty)
            }
            _ = try await Self.perform([Self.whole[4]], on: id, in: store)
            try await store.read { (tx) throws in
                #expect(try RectificationTable.published(limit: 9, in: tx) == [.of(id)])
                #expect(try RectificationTable.published(before: Judged.now, limit: 9, in: tx).isEmpty)
            }
            let second = try await Self.give(.bad, 2, in: store)
            _ = try await Self.perform([(.appeal(.mistaken, "办错了"), Judged.colleague)], on: second, in: store)
            try await store.read { (tx) throws in
                #expect(try RectificationTable.appealed(in: all, in: tx).map(\.evaluation) == [second])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the roll-up counts what was given and what became of it, and a recount of the journal agrees`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            for (number, grade) in EvaluationGrade.allCases.enumerated() {
                try await Self.give(grade, UInt64(number + 1), in: store)
            }
            try await Self.give(.bad, 6, named: false, in: store)
            _ = try await Self.perform(Self.whole, on: Judged.id(1), in: store)
            _ = try await Self.perform(
                [
                    (.appeal(.malicious, "从未办理"), Judged.colleague),
                    (.rule(isUpheld: true, "核实"), Judged.colleague),
                ], on: Judged.id(2), in: store)
            let month = Month(of: Judged.now.day)
            let lines = try await store.read { tx in
                try EvaluationFigureTable.lines(month...month, in: tx)
            }
            let tally = try #require(lines.first?.tally)
            #expect(lines.count == 1)
            #expect(tally.stars == [1, 1, 1, 1, 1] && tally.excluded == 1 && tally.unreachable == 1)
            #expect(tally.contacted == 1 && tally.contactedInTime == 1 && tally.rectified == 1)
            #expect(tally.revisited == 1 && tally.content == 1)
            #expect(tally.satisfaction == 600 && tally.badRate == 400 && tally.contactRate == 1000)
            #expect(tally.rectificationRate == 500 && tally.revisitSatisfaction == 1000 && tally.participation == nil)
            #expect(tally.isShown)
            let again = try await store.write { tx in
                try EvaluationFigureTable.clear(in: tx)
                let ids = try EvaluationTable.page(
                    from: Judged.now.day, through: Judged.now.day, after: nil, limit: 4, in: tx)
                let rest = try EvaluationTable.page(
                    from: Judged.now.day, through: Judged.now.day, after: ids.last, limit: 4, in: tx)
                for id in ids + rest { try EvaluationFigureTable.recount(id, in: tx) }
                return try EvaluationFigureTable.lines(month...month, in: tx)
            }
            #expect(again == lines)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `figures stay when who judged and what was said is forgotten`(_ place: StoreUnderTest) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let id = try await Self.give(.bad, 1, in: store)
            try await store.write { tx in try Journal.forget(id.subject, sequence: 1, in: tx) }
            try await store.read { (tx) throws in
                let evaluation = try EvaluationTable.load(id, in: tx)
                #expect(evaluation.personal == nil && !evaluation.isUnreachable)
            }
            let it = try await Self.perform(Self.whole, on: id, in: store)
            #expect(it.stage == .published)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `rows lie where their tables say, and every key holds its column`(_ place: StoreUnderTest) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let keys = try await store.read { tx in try Shape.uniqueKeys(in: tx) }
            for table in SupervisionShape.migrations.flatMap(\.tables) {
                guard case .distributed(let column) = table.placement else { continue }
                #expect(keys[table.name]?.allSatisfy { $0.contains(column) } == true, "\(table.name)")
            }
        }
    }

    @Test func `shares are tenths of a percent, and there are none of nothing`() {
        #expect(EvaluationTally.share(1, of: 3) == 333)
        #expect(EvaluationTally.share(2, of: 3) == 667)
        #expect(EvaluationTally.share(0, of: 0) == nil)
        #expect(EvaluationTally.share(5, of: 4) == 1000)
        #expect(EvaluationTally([1]) == nil)
        #expect(!EvaluationTally().isShown)
    }
}
