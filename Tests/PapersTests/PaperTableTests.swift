import Papers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct PaperTableTests {
    private let shelf: TemplateShelf

    init() throws {
        shelf = try TemplateShelf()
    }

    @Test(arguments: StoreUnderTest.all)
    func `64 writers at once, some of whom fail, leave one to n without a gap`(_ place: StoreUnderTest) async throws {
        let draft = try Cases.draft(.grant)
        let body = draft.body.code
        try await place.withDatabase { database in
            let stores = [try await database.open(), try await database.open()]
            _ = try await stores[0].migrate(Shape.migrations + PaperTable.migrations, now: Cases.now)
            let serials = try await withThrowingTaskGroup(of: Int?.self) { group in
                for writer in 0..<72 {
                    group.addTask { [shelf] in
                        do {
                            let id = Cases.id(UInt64(writer))
                            try await stores[writer % 2].write { tx in
                                try PaperTable.issue(
                                    draft, as: id, shelf: shelf, stamp: Cases.stamp(UInt64(writer)), in: tx)
                                // Some fail before they have a number, some after.
                                if writer % 18 == 0 { throw Fault.busy("test") }
                                if writer % 9 == 0 { tx.atLast("a") { _ in throw Fault.busy("test") } }
                            }
                            return try await stores[writer % 2].read { tx in
                                try PaperTable.load(id, in: tx).issued.number.serial
                            }
                        } catch Fault.busy("test") {
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: [Int]()) { if let serial = $1 { $0.append(serial) } }
            }
            #expect(serials.sorted() == Array(1...64))
            let register = try await stores[1].read { tx in
                try PaperNumbering.register(.grant, of: body, year: 2026, in: tx)
            }
            #expect(register.map(\.serial) == Array(1...64))
            #expect(Set(register.map(\.paper)).count == 64)
            for line in register.prefix(5) {
                let paper = try await stores[0].read { tx in try PaperTable.load(line.paper, in: tx) }
                #expect(paper.issued.number.serial == line.serial)
            }
            for store in stores { await store.close() }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `each kind and each year is a series of its own, and one transaction may take two of one`(
        _ place: StoreUnderTest
    ) async throws {
        let drafts = try [PaperKind.grant, .grant, .acceptance].map { try Cases.draft($0) }
        try await place.use(PaperTable.migrations) { [shelf] store in
            let next = Instant(Cases.today.advanced(byDays: 60), hour: 9)
            var numbers: [[String]] = []
            for (round, at) in [Cases.now, Cases.now, next].enumerated() {
                let ids = drafts.indices.map { Cases.id(UInt64(round * 3 + $0)) }
                try await store.write { tx in
                    for (id, draft) in zip(ids, drafts) {
                        try PaperTable.issue(draft, as: id, shelf: shelf, stamp: Cases.stamp(at: at), in: tx)
                    }
                }
                numbers.append(
                    try await store.read { tx in
                        try ids.map { try PaperTable.load($0, in: tx).issued.number.description }
                    })
            }
            #expect(
                numbers == [
                    ["榕人社许〔2026〕第0001号", "榕人社许〔2026〕第0002号", "榕人社受〔2026〕第0001号"],
                    ["榕人社许〔2026〕第0003号", "榕人社许〔2026〕第0004号", "榕人社受〔2026〕第0002号"],
                    ["榕人社许〔2027〕第0001号", "榕人社许〔2027〕第0002号", "榕人社受〔2027〕第0001号"],
                ])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a paper lives: issued, produced once, served, proved; another is voided`(_ place: StoreUnderTest) async throws
    {
        let draft = try Cases.draft(.refusal)
        try await place.use(PaperTable.migrations) { [shelf] store in
            let (id, spoilt) = (Cases.id(1), Cases.id(2))
            let stamp = Cases.stamp()
            try await store.write { tx in
                try PaperTable.issue(draft, as: id, shelf: shelf, stamp: stamp, in: tx)
                try PaperTable.issue(draft, as: spoilt, shelf: shelf, stamp: stamp, in: tx)
            }
            let kept = try await store.write { tx in
                let first = try Blobs.put([1], now: Cases.now, in: tx)
                let second = try Blobs.put([2], now: Cases.now, in: tx)
                return [
                    try PaperTable.produce(first, of: id, stamp: stamp, in: tx),
                    try PaperTable.produce(second, of: id, stamp: stamp, in: tx),
                ]
            }
            #expect(kept == [BlobRef(of: [1]), BlobRef(of: [1])])
            try await store.write { tx in
                try PaperTable.serve(
                    id, PaperEvent.Served(mode: .direct, servedAt: Cases.now, server: nil),
                    PaperEvent.Handing(recipient: "李明", place: "综合窗口", server: "陈晓"), stamp: stamp, in: tx)
                try PaperTable.void(spoilt, reason: "重复制作", stamp: stamp, in: tx)
                try PaperTable.issue(
                    PaperRules.proof(of: PaperTable.load(id, in: tx), title: "不予行政许可决定书"), as: Cases.id(3),
                    shelf: shelf, stamp: stamp,
                    in: tx)
            }
            let (lines, paper, proof) = try await store.read { tx in
                (
                    try PaperTable.of(Cases.dossier, in: tx), try PaperTable.load(id, in: tx),
                    try PaperTable.load(Cases.id(3), in: tx)
                )
            }
            #expect(lines.map(\.kind) == [.refusal, .refusal, .serviceRecord])
            #expect(lines.map(\.isServed) == [true, false, false])
            #expect(lines.map(\.isVoided) == [false, true, false])
            #expect(paper.sequence == 3 && paper.service?.handing?.place == "综合窗口")
            #expect(proof.issued.about == [id])
            #expect(try await store.read { tx in try PaperTable.of(Cases.other, in: tx) } == [])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an id that nobody has is refused, and a paper that lacks something takes no number`(
        _ place: StoreUnderTest
    ) async throws {
        var draft = try Cases.draft(.grant)
        draft.values["content"] = nil
        let lacking = draft
        try await place.use(PaperTable.migrations) { [shelf] store in
            await #expect(throws: PaperRefusal.notFound) {
                try await store.read { tx in try PaperTable.load(Cases.id(9), in: tx) }
            }
            await #expect(throws: PaperRefusal.particularsMissing(["content"])) {
                try await store.write { tx in
                    try PaperTable.issue(lacking, as: Cases.id(1), shelf: shelf, stamp: Cases.stamp(), in: tx)
                }
            }
            let register = try await store.read { tx in
                try PaperNumbering.register(.grant, of: lacking.body.code, year: 2026, in: tx).count
            }
            #expect(register == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the audit finds a gap, a counter that ran ahead and a number of another paper`(
        _ place: StoreUnderTest
    ) async throws {
        let draft = try Cases.draft(.grant)
        try await place.use(PaperTable.migrations) { [shelf] store in
            for number in 1...4 {
                _ = try await store.write { tx in
                    try PaperTable.issue(
                        draft, as: Cases.id(UInt64(number)), shelf: shelf, stamp: Cases.stamp(UInt64(number)), in: tx)
                }
            }
            let whole = try await NumberAudit(store: store).run()
            #expect(whole.numbers == 4 && whole.series == 1 && whole.findings == [])
            try await store.write { tx in
                try tx.execute("DELETE FROM paper_number WHERE serial = 2")
                try tx.execute("UPDATE paper_number SET paper = \(Cases.id(1)) WHERE serial = 3")
                try tx.execute("UPDATE paper_counter SET last = 9")
            }
            let torn = try await NumberAudit(store: store).run().findings.joined(separator: "\n")
            #expect(torn.contains("3 follows 1"))
            #expect(torn.contains("the paper of 3 has another number"))
            #expect(torn.contains("the counter is at 9, the register at 4"))
        }
    }
}
