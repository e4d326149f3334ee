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
            let all = SupervisedPart.everywhere
            _ = try await Self.perform(Array(Self.whole.prefix(4)), on: id, in: store)
            try await store.read { (tx) throws in
                #expect(try RectificationTable.at(.revisited, in: all, tx: tx).map(\.evaluation) == [id])
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
                #expect(try RectificationTable.at(nil, in: all, tx: tx).map(\.evaluation) == [second])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `bad reviews at a stage and appeals page by key within a part of the business`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let all = SupervisedPart.everywhere
            for number in 1...3 as ClosedRange<UInt64> {
                let id = try await Self.give(.bad, number, in: store)
                _ = try await Self.perform([(.appeal(.mistaken, "办错了"), Judged.colleague)], on: id, in: store)
            }
            let (body, other) = (try #require(try Judged.place().body?.code), "11350100MADEM00380")
            let own = SupervisedPart(bodies: body...body, items: all.items, regions: "350100"..."350199")
            let elsewhere = SupervisedPart(bodies: other...other, items: all.items, regions: all.regions)
            try await store.read { (tx) throws in
                for stage in [Rectification.Stage?.none, .open] {
                    let first = try RectificationTable.at(stage, in: own, limit: 2, tx: tx)
                    #expect(first.map(\.evaluation) == [Judged.id(1), Judged.id(2)])
                    let next = try RectificationTable.at(stage, in: own, after: first.last?.id, limit: 2, tx: tx)
                    #expect(next.map(\.evaluation) == [Judged.id(3)])
                    #expect(try RectificationTable.at(stage, in: elsewhere, tx: tx).isEmpty)
                    #expect(try RectificationTable.count(at: stage, in: own, tx: tx) == 3)
                    #expect(try RectificationTable.count(at: stage, in: elsewhere, tx: tx) == 0)
                }
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
                    (.rule(isUpheld: true, "核实"), Judged.supervisor),
                ], on: Judged.id(2), in: store)
            let month = Month(of: Judged.now.day)
            let tally = try await store.read { tx in try EvaluationFigureTable.whole(month...month, in: tx) }
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
                return try EvaluationFigureTable.whole(month...month, in: tx)
            }
            #expect(again == tally)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `bodies and items stand by how much was said of them, under the name that they had last`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let (october, november) = (CivilDate("2018-10-31")!, CivilDate("2018-11-01")!)
            try await store.write { tx in
                /// So many evaluations of a body's item.
                func say(_ count: Int, _ item: String?, _ names: (String, String?), _ day: CivilDate) throws {
                    var place = EvaluationPlace(.fuzhou)
                    (place.hall, place.bodyName) = (String(names.0.prefix(1)), names.0)
                    (place.item, place.itemName) = (item, names.1)
                    var tally = EvaluationTally()
                    tally.stars = [0, 1, 0, 0, count - 1]
                    tally.occasions = count
                    try EvaluationFigureTable.add(tally, to: place, .mobile, on: day, in: tx)
                }
                try say(6, "i1", ("甲局", "旧名"), october)
                try say(7, "i1", ("甲委", "新名"), november)
                try say(9, nil, ("甲委", nil), november)
                try say(20, "i2", ("乙局", "乙事"), october)
                try say(4, "i3", ("丙局", "丙事"), october)
                try say(3, "i4", ("丁局", "丁事"), october)
            }
            let months = Month(of: october)...Month(of: november)
            let (bodies, items) = try await store.read { tx in try EvaluationFigureTable.rankings(months, in: tx) }
            #expect(bodies.lines.map(\.name) == ["甲委", "乙局"] && bodies.few == 2)
            #expect(bodies.lines.map(\.tally.given) == [22, 20] && bodies.lines[0].tally.bad == 3)
            #expect(bodies.others.given == 7 && bodies.others.bad == 2 && bodies.others.isShown)
            #expect(items.lines.map(\.name) == ["乙事", "新名"] && items.few == 0, "of bodies that stand by themselves")
            #expect(items.lines.map(\.tally.given) == [20, 13] && items.others.isNothing)
            let first = Month(of: october)
            let earlier = try await store.read { tx in
                try EvaluationFigureTable.rankings(first...first, in: tx).items
            }
            #expect(earlier.lines.map(\.name) == ["乙事", "旧名"])
            let whole = try await store.read { tx in try EvaluationFigureTable.whole(months, in: tx) }
            #expect(whole.given == 49 && whole.occasions == 49)
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
