import Delivery
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct CustodyTests {
    private static let window = CustodyHolder.window(hall: "350105-1", number: 12)
    private static let otherWindow = CustodyHolder.window(hall: "350105-1", number: 13)
    private static let officer = CustodyHolder.officer(StaffID(Subject(high: 2, low: 9)))
    private static let courier = CustodyHolder.courier(Sent.id())

    private static func id(_ number: UInt64) -> CustodyID { CustodyID(Subject(high: 8, low: number)) }
    private static func code(_ number: UInt64 = 1) -> CustodyCode { CustodyCode(bits: number &* 0x9E37_79B9_7F4A_7C15) }

    private static func receive(_ numbers: ClosedRange<UInt64>, in store: any Store) async throws {
        for number in numbers {
            let draft = CustodyDraft(
                code(number), of: Sent.dossier, material: "licence", sheets: 3, at: window)
            _ = try await store.write { tx in
                try CustodyTable.receive(draft, as: id(number), stamp: Sent.stamp(), in: tx)
            }
        }
    }

    @discardableResult
    private static func perform(
        _ commands: CustodyRules.Command..., on number: UInt64 = 1, in store: any Store
    ) async throws -> CustodyItem {
        try await store.write { tx in
            var item = try CustodyTable.load(id(number), in: tx)
            for command in commands { item = try CustodyTable.perform(command, on: item, stamp: Sent.stamp(), in: tx) }
            return item
        }
    }

    private static func count(
        _ codes: [CustodyCode], at holder: CustodyHolder = window, as number: UInt64 = 100, in store: any Store
    ) async throws -> CustodyCount {
        try await store.write { tx in
            try CustodyTable.count(holder, read: codes, as: id(number), stamp: Sent.stamp(), in: tx)
        }
    }

    @Test func `a label finds one wrong character and two that changed places`() throws {
        let code = Self.code()
        #expect(code.text.count == 13 && CustodyCode(code.description.lowercased()) == code)
        #expect(CustodyCode(" \(code.description) ") == code)
        let characters = Array(code.text)
        for place in characters.indices {
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" where other != characters[place] {
                var changed = characters
                changed[place] = other
                #expect(CustodyCode(String(changed)) == nil)
            }
            guard place > 0, characters[place] != characters[place - 1] else { continue }
            var swapped = characters
            swapped.swapAt(place, place - 1)
            #expect(CustodyCode(String(swapped)) == nil)
        }
        for text in ["", "1234", String(repeating: "0", count: 65), "UUUUUUUUUUUUU"] {
            #expect(CustodyCode(text) == nil)
        }
    }

    @Test func `a holder is its text, and no other text is one`() throws {
        let archive = CustodyHolder.archive(try #require(CreditCode("11350100MADEM002X0")))
        for holder in [.applicant, Self.window, Self.officer, Self.courier, archive] as [CustodyHolder] {
            #expect(CustodyHolder("\(holder)") == holder)
        }
        for text in [
            "", "window", "window:a b:1", "window:a:0", "window:a:01", "officer:x", "archive:x", "applicant:1",
        ] {
            #expect(CustodyHolder(text) == nil, "\(text)")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an original goes from hand to hand: the giver offers to somebody by name, who reads the label`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            try await Self.receive(1...1, in: store)
            let offered = try await Self.perform(.offer(to: Self.officer, by: Self.window), in: store)
            #expect(offered.holder == Self.window && offered.offered == Self.officer)
            let taken = try await Self.perform(.take(as: Self.officer), in: store)
            #expect(taken.holder == Self.officer && taken.giver == Self.window && taken.offered == nil)
            try await Self.perform(
                .offer(to: Self.courier, by: Self.officer), .take(as: Self.courier),
                .offer(to: .applicant, by: Self.courier), .take(as: .applicant), in: store)
            try await store.read { (tx) throws in
                let item = try #require(try CustodyTable.find(Self.code(), in: tx))
                #expect(item.holder == .applicant && item.holder.isLast)
                #expect(try CustodyTable.items(of: Sent.dossier, in: tx) == [item])
                for holder in [Self.window, Self.officer, Self.courier] {
                    #expect(try CustodyTable.items(at: holder, in: tx).isEmpty, "\(holder)")
                }
            }
            await #expect(throws: CustodyRefusal.over) {
                try await Self.perform(.offer(to: Self.window, by: .applicant), in: store)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the wrong receiver gets nothing, and nobody gives what she does not have`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            try await Self.receive(1...1, in: store)
            await #expect(throws: CustodyRefusal.notOffered) {
                try await Self.perform(.take(as: Self.officer), in: store)
            }
            await #expect(throws: CustodyRefusal.notHolder) {
                try await Self.perform(.offer(to: Self.officer, by: Self.otherWindow), in: store)
            }
            await #expect(throws: CustodyRefusal.alreadyThere) {
                try await Self.perform(.offer(to: Self.window, by: Self.window), in: store)
            }
            try await Self.perform(.offer(to: Self.officer, by: Self.window), in: store)
            await #expect(throws: CustodyRefusal.wrongReceiver) {
                try await Self.perform(.take(as: Self.otherWindow), in: store)
            }
            await #expect(throws: CustodyRefusal.offeredToAnother) {
                try await Self.perform(.offer(to: Self.otherWindow, by: Self.window), in: store)
            }
            let back = try await Self.perform(.withdraw(by: Self.window), in: store)
            #expect(back.offered == nil && back.holder == Self.window)
            await #expect(throws: CustodyRefusal.notOffered) {
                try await Self.perform(.take(as: Self.officer), in: store)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a label that the receiver reads twice is the same deed`(_ place: StoreUnderTest) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            try await Self.receive(1...1, in: store)
            let once = try await Self.perform(
                .offer(to: Self.officer, by: Self.window), .offer(to: Self.officer, by: Self.window),
                .take(as: Self.officer), in: store)
            let twice = try await Self.perform(.take(as: Self.officer), in: store)
            #expect(once == twice && twice.sequence == 3)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `only a window receives, with sheets that can be counted, and a label is used once`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            func receive(_ holder: CustodyHolder, sheets: Int = 1, material: String = "licence") throws {
                _ = try CustodyRules.receive(
                    CustodyDraft(Self.code(), of: Sent.dossier, material: material, sheets: sheets, at: holder))
            }
            #expect(throws: CustodyRefusal.wrongReceiver) { try receive(Self.officer) }
            #expect(throws: CustodyRefusal.unfit) { try receive(Self.window, sheets: 0) }
            #expect(throws: CustodyRefusal.unfit) { try receive(Self.window, material: "") }
            try await Self.receive(1...1, in: store)
            await #expect(throws: Fault.contended, "two labels of one code are not printed") {
                let draft = CustodyDraft(Self.code(), of: Sent.dossier, material: "x", sheets: 1, at: Self.window)
                _ = try await store.write { tx in
                    try CustodyTable.receive(draft, as: Self.id(2), stamp: Sent.stamp(), in: tx)
                }
            }
            await #expect(throws: CustodyRefusal.notFound) {
                try await Self.perform(.take(as: Self.officer), on: 9, in: store)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a count says what is missing and what does not belong there; a missing one raises an alarm until it is found`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            try await Self.receive(1...3, in: store)
            let whole = try await Self.count([Self.code(1), Self.code(2), Self.code(3), Self.code(2)], in: store)
            #expect(whole.isComplete && whole.expected == 3 && whole.read == 3 && whole.readTwice == [Self.code(2)])
            let short = try await Self.count([Self.code(1), Self.code(7)], as: 101, in: store)
            #expect(Set(short.missing.map(\.id)) == [Self.id(2), Self.id(3)] && short.unexpected == [Self.code(7)])
            let alarms = try await store.read { tx in try CustodyTable.alarms(in: tx) }
            #expect(Set(alarms.map(\.item)) == [Self.id(2), Self.id(3)])
            #expect(
                alarms.allSatisfy { $0.holder == Self.window && $0.dossier == Sent.dossier && $0.since == Sent.now })
            // A second count raises no second alarm.
            _ = try await Self.count([Self.code(1)], as: 102, in: store)
            #expect(try await store.read { tx in try CustodyTable.load(Self.id(2), in: tx) }.sequence == 2)
            // One turns up at the next window, one where it should be.
            let there = try await Self.count([Self.code(2)], at: Self.otherWindow, as: 103, in: store)
            #expect(there.unexpected == [Self.code(2)] && there.found.map(\.id) == [Self.id(2)])
            let here = try await Self.count([Self.code(1), Self.code(3)], as: 104, in: store)
            #expect(here.found.map(\.id) == [Self.id(3)] && here.missing.map(\.id) == [Self.id(2)])
            let left = try await store.read { tx in try CustodyTable.alarms(in: tx) }
            #expect(left.map(\.item) == [Self.id(2)], "found elsewhere, it still has to come back")
            _ = try await Self.count([Self.code(1), Self.code(2), Self.code(3)], as: 105, in: store)
            #expect(try await store.read { tx in try CustodyTable.alarms(in: tx) }.isEmpty)
            let counted = try await store.read { tx in try Journal.entries(of: Self.id(101).subject, in: tx) }
            #expect(counted.map(\.kind) == ["custody.counted"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a label made at home begins with the applicant, goes with the courier, and is over when it is back`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            let home = CustodyDraft(Self.code(), of: Sent.dossier, material: "licence", sheets: 1, at: .applicant)
            #expect(throws: CustodyRefusal.wrongReceiver) {
                _ = try CustodyRules.label(
                    CustodyDraft(Self.code(), of: Sent.dossier, material: "x", sheets: 1, at: Self.window))
            }
            let made = try await store.write { tx in
                try CustodyTable.label(home, as: Self.id(1), stamp: Sent.stamp(), in: tx)
            }
            #expect(made.holder == .applicant && !made.isOver)
            let fetched = try await Self.perform(
                .offer(to: Self.courier, by: .applicant), .take(as: Self.courier), in: store)
            #expect(fetched.holder == Self.courier && fetched.giver == .applicant && !fetched.isOver)
            let back = try await Self.perform(
                .offer(to: .applicant, by: Self.courier), .take(as: .applicant), in: store)
            #expect(back.isOver)
            await #expect(throws: CustodyRefusal.over) {
                try await Self.perform(.offer(to: Self.courier, by: .applicant), in: store)
            }
            let steps = try await store.read { tx in try CustodyTable.history(of: Self.id(1), in: tx) }
            #expect(
                steps.map(\.event.kind) == [
                    "custody.labelled", "custody.offered", "custody.taken", "custody.offered", "custody.taken",
                ])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a count holds until something comes, and a window that was left without one owes it`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            func uncounted(since: Instant = Sent.now) async throws -> Int {
                try await store.read { tx in try CustodyTable.uncounted(at: Self.window, since: since, in: tx) }
            }
            #expect(try await uncounted() == 0)
            try await Self.receive(1...2, in: store)
            #expect(try await uncounted() == 2)
            _ = try await Self.count([Self.code(1), Self.code(2)], in: store)
            #expect(try await uncounted() == 0)
            #expect(try await uncounted(since: Sent.now.advanced(bySeconds: 1)) == 2, "a later shift counts anew")
            try await Self.receive(3...3, in: store)
            #expect(try await uncounted() == 3)
            try await store.write { tx in
                try CustodyTable.owe(Self.window, items: 3, as: Self.id(200), stamp: Sent.stamp(), in: tx)
            }
            let debts = try await store.read { tx in try CustodyTable.debts(in: tx) }
            #expect(debts.map(\.holder) == [Self.window] && debts.map(\.items) == [3] && debts[0].since == Sent.now)
            let written = try await store.read { tx in try Journal.entries(of: Self.id(200).subject, in: tx) }
            #expect(written.map(\.kind) == ["custody.uncounted"])
            _ = try await Self.count([], as: 101, in: store)
            #expect(try await store.read { tx in try CustodyTable.debts(in: tx) }.isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was missing and is handed on is found`(_ place: StoreUnderTest) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            try await Self.receive(1...1, in: store)
            _ = try await Self.count([], in: store)
            let taken = try await Self.perform(
                .offer(to: Self.officer, by: Self.window), .take(as: Self.officer), in: store)
            #expect(taken.missingSince == nil)
            #expect(try await store.read { tx in try CustodyTable.alarms(in: tx) }.isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `nobody counts more than two thousand at once, and a dossier has two hundred`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            let many = (0...UInt64(CustodyCount.itemsMax)).map { CustodyCode(bits: $0) }
            await #expect(throws: CustodyRefusal.tooMany) { _ = try await Self.count(many, in: store) }
            try await Self.receive(1...200, in: store)
            await #expect(throws: CustodyRefusal.tooMany) { try await Self.receive(201...201, in: store) }
        }
    }
}
