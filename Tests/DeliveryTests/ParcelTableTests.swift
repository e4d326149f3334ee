import Delivery
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct ParcelTableTests {
    @discardableResult
    private static func order(_ number: UInt64 = 1, in store: any Store) async throws -> Parcel {
        let event = try Sent.rules.order(try Sent.draft(), at: Sent.now)
        return try await store.write { tx in
            try ParcelTable.order(event, as: Sent.id(number), stamp: Sent.stamp(), in: tx)
        }
    }

    private static func perform(
        _ commands: [ParcelCommand], on number: UInt64 = 1, at now: Instant = Sent.now, in store: any Store
    ) async throws -> Parcel {
        try await store.write { tx in
            var parcel = try ParcelTable.load(Sent.id(number), in: tx)
            for command in commands {
                let events = try Sent.rules.decide(command, on: parcel, at: now)
                parcel = try ParcelTable.append(events, to: parcel, stamp: Sent.stamp(now), in: tx)
            }
            return parcel
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a parcel is read back as it was written, by its id, its waybill and its dossier`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            let ordered = try await Self.order(in: store)
            let done = try await Self.perform(
                [.book(Sent.booking()), Sent.report(1, .pickedUp), Sent.report(2, .delivered)], in: store)
            try await store.read { (tx) throws in
                #expect(try ParcelTable.load(Sent.id(), in: tx) == done)
                #expect(try ParcelTable.find(Sent.waybill, in: tx) == ordered.id)
                #expect(try ParcelTable.find("YZ350100000009", in: tx) == nil)
                #expect(try ParcelTable.of(Sent.dossier, in: tx) == [ordered.id])
                #expect(throws: ParcelRefusal.notFound) { try ParcelTable.load(Sent.id(9), in: tx) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `no name, number, street or telephone stands in a public part, and all of them can be forgotten`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            try await Self.order(in: store)
            let last = ParcelCommand.scan(
                Sent.scan(2, .wrongAddress), ParcelScan.Words(place: "古田路", person: "林晓榕"), waybill: Sent.waybill)
            _ = try await Self.perform(
                [.book(Sent.booking()), Sent.report(1, .pickedUp), last, .readdress(Sent.address("350103"))], in: store)
            try await store.write { tx in
                for entry in try Journal.entries(of: Sent.id().subject, in: tx) {
                    let open = String(decoding: entry.body, as: UTF8.self)
                    for word in ["林", "138", "古田", "350102"] { #expect(!open.contains(word), "\(entry.kind): \(open)") }
                    try Journal.forget(entry.subject, sequence: entry.sequence, in: tx)
                }
                let parcel = try ParcelTable.load(Sent.id(), in: tx)
                #expect(parcel.recipient == nil && parcel.sender == nil && parcel.scans.allSatisfy { $0.words == nil })
                #expect(CourierOrder(parcel) == nil)
                // What is known is still known.
                #expect(try Sent.rules.decide(last, on: parcel, at: Sent.now).isEmpty)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a waybill names one parcel for ever`(_ place: StoreUnderTest) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            for number: UInt64 in 1...2 { try await Self.order(number, in: store) }
            _ = try await Self.perform([.book(Sent.booking())], in: store)
            await #expect(throws: ParcelRefusal.otherWaybill) {
                _ = try await Self.perform([.book(Sent.booking())], on: 2, in: store)
            }
            let second = try await store.read { tx in try ParcelTable.load(Sent.id(2), in: tx) }
            #expect(second.booking == nil, "nothing of it was kept")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one dossier has twenty parcels at most`(_ place: StoreUnderTest) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            for number: UInt64 in 1...20 { try await Self.order(number, in: store) }
            await #expect(throws: ParcelRefusal.tooManyParcels) { try await Self.order(21, in: store) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is in trouble and what is late stand on lists until they are over`(_ place: StoreUnderTest) async throws
    {
        try await place.use(DeliveryShape.migrations) { store in
            for number: UInt64 in 1...3 {
                try await Self.order(number, in: store)
                _ = try await Self.perform([.book(Sent.booking("YZ35010000000\(number)"))], on: number, in: store)
            }
            func report(_ number: Int, _ kind: ParcelScan.Kind, _ parcel: UInt64) async throws {
                let command = Sent.report(number, kind, waybill: "YZ35010000000\(parcel)")
                _ = try await Self.perform([command], on: parcel, in: store)
            }
            for parcel: UInt64 in 1...3 { try await report(1, .pickedUp, parcel) }
            try await report(2, .lost, 1)
            try await report(2, .refused, 2)
            try await report(2, .delivered, 3)
            let day = Sent.now.day.advanced(byDays: 3)
            let (trouble, late) = try await store.read { tx in
                (try ParcelTable.troubled(in: tx), try ParcelTable.late(on: day, in: tx))
            }
            #expect(trouble.map(\.stage) == [.lost, .refused] && late.map(\.id) == [Sent.id(1), Sent.id(2)])
            #expect(trouble.first?.waybill == "YZ350100000001")
            try await report(3, .inTransit, 1)
            try await report(3, .returned, 2)
            let (after, still) = try await store.read { tx in
                (try ParcelTable.troubled(in: tx), try ParcelTable.late(on: day, in: tx))
            }
            #expect(after.isEmpty && still.map(\.id) == [Sent.id(1)])
            #expect(try await store.read { tx in try ParcelTable.late(on: day.advanced(byDays: -1), in: tx) }.isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a month's finished parcels are held against the carrier's statement`(_ place: StoreUnderTest) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            for number: UInt64 in 1...4 {
                try await Self.order(number, in: store)
                let waybill = "YZ35010000000\(number)"
                _ = try await Self.perform(
                    [
                        .book(Sent.booking(waybill, fee: 1000 + Int(number))),
                        Sent.report(1, .pickedUp, waybill: waybill),
                    ],
                    on: number, in: store)
                guard number < 4 else { continue }
                let last = Sent.report(2, number == 3 ? .returned : .delivered, waybill: waybill)
                _ = try await Self.perform([last], on: number, in: store)
            }
            let month = ParcelTable.month(of: Sent.now.day)
            #expect(month == 202609)
            let (ours, none) = try await store.read { tx in
                (try Settlement.ours(of: month, in: tx), try Settlement.ours(of: month + 1, in: tx))
            }
            #expect(ours.map(\.cents) == [1001, 1002, 1003] && none.isEmpty)
            let statement =
                "waybill,cents\nYZ350100000001,1001\nYZ350100000002,1200\nYZ350100000009,900\nYZ350100000001,1001\n"
            let settlement = Settlement(ours: ours, theirs: try Settlement.lines(of: statement))
            #expect(settlement.missingThere.map(\.waybill) == ["YZ350100000003"])
            #expect(settlement.missingHere == [Settlement.Line("YZ350100000009", cents: 900)])
            #expect(settlement.different.map(\.theirs) == [1200] && settlement.twice == ["YZ350100000001"])
            #expect(settlement.oursCents == 3006 && settlement.theirsCents == 4102 && !settlement.isSettled)
            #expect(Settlement(ours: ours, theirs: ours.reversed()).isSettled)
        }
    }

    @Test func `a statement that is none is refused`() {
        for line in ["YZ350100000001", "yz350100000001,1", "YZ350100000001,-1", "YZ350100000001,1.5", "a,b,c"] {
            #expect(throws: SettlementRefusal.malformedLine, "\(line)") {
                try Settlement.lines(of: "waybill,cents\n\(line)")
            }
        }
        let many = "waybill,cents\n" + String(repeating: "YZ350100000001,1\n", count: Settlement.linesMax + 1)
        #expect(throws: SettlementRefusal.tooManyLines) { try Settlement.lines(of: many) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a person keeps twenty addresses, the latest used first, and throws one away`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(DeliveryShape.migrations) { store in
            let owner = PersonID(Subject(high: 1, low: 5))
            func keep(_ number: Int, at second: Int) async throws {
                let address = try Sent.address(street: "古田路\(number)号院")
                try await store.write { tx in
                    try AddressBook.keep(
                        address, of: owner, as: Subject(high: 9, low: UInt64(second)),
                        now: Sent.now.advanced(bySeconds: Int64(second)), in: tx)
                }
            }
            for number in 1...20 { try await keep(number, at: number) }
            try await keep(1, at: 21)
            try await keep(21, at: 22)
            let kept = try await store.read { tx in try AddressBook.entries(of: owner, in: tx) }
            #expect(kept.count == 20 && kept.prefix(2).map(\.address.street) == ["古田路21号院", "古田路1号院"])
            #expect(!kept.contains { $0.address.street == "古田路2号院" }, "the longest unused made room")
            let other = PersonID(Subject(high: 1, low: 6))
            try await store.write { tx in
                try AddressBook.forget(kept[0].id, of: other, in: tx)
                try AddressBook.forget(kept[1].id, of: owner, in: tx)
                #expect(try AddressBook.entries(of: owner, in: tx).count == 19)
                #expect(try AddressBook.entries(of: other, in: tx).isEmpty)
            }
        }
    }
}
