import Delivery
import Testing
import Vocabulary

@Suite struct ParcelRulesTests {
    @Test func `an address has a recipient, a mobile number, a place of the tree and a street`() throws {
        let address = try PostalAddress(
            recipient: " 林晓榕 ", mobile: "13800000001", division: "350102001002", street: "古田路1号")
        #expect(address.recipient == "林晓榕" && address.division.region.code == "350102")
        #expect(!"\(address)".contains("林") && !"\(address)".contains("古田"))
        #expect(throws: PostalAddress.Unfit(parts: [.recipient, .mobile, .division, .street])) {
            try PostalAddress(recipient: " ", mobile: "0591-12345678", division: "35010", street: "1号")
        }
        #expect(throws: PostalAddress.Unfit(parts: [.street])) {
            try PostalAddress(recipient: "林", mobile: "13800000001", division: "350102", street: "古田路\n1号楼")
        }
        #expect(DivisionCode("350102001")?.code == "350102001" && DivisionCode("3501020") == nil)
    }

    @Test func `whoever filed online pays nothing, and everybody else agrees to the price first`() throws {
        #expect(
            ParcelTariff.usual.price(of: .resultToDoor, filedOnline: true)
                == ParcelPrice(cents: 0, freeBecause: .filedOnline))
        #expect(ParcelTariff.usual.price(of: .originalsToDoor, filedOnline: false).freeBecause == .originalsBack)
        let counter = try Sent.draft(online: false)
        #expect(throws: ParcelRefusal.priceNotAgreed) { try Sent.rules.order(counter, at: Sent.now) }
        var cheaper = counter
        cheaper.agreedCents = 1000
        #expect(throws: ParcelRefusal.priceNotAgreed) { try Sent.rules.order(cheaper, at: Sent.now) }
        var agreed = counter
        agreed.agreedCents = 1200
        guard case .ordered(let ordered, _) = try Sent.rules.order(agreed, at: Sent.now) else { return }
        #expect(ordered.price.cents == 1200 && ordered.price.freeBecause == nil)
    }

    @Test func `what was promised when the case was filed holds; nothing is promised elsewhere or for less`() throws {
        try Sent.rules.promise(to: try Sent.address(), agreedCents: 1200, filedOnline: false)
        try Sent.rules.promise(to: try Sent.address(), agreedCents: nil, filedOnline: true)
        for (cents, online) in [(nil, false), (0, false), (1199, false), (1200, true)] as [(Int?, Bool)] {
            #expect(throws: ParcelRefusal.priceNotAgreed) {
                try Sent.rules.promise(to: try Sent.address(), agreedCents: cents, filedOnline: online)
            }
        }
        #expect(throws: ParcelRefusal.areaNotServed) {
            try Sent.rules.promise(to: try Sent.address("350203"), agreedCents: 1200, filedOnline: false)
        }
        var draft = try Sent.draft(online: false)
        draft.promisedCents = 900
        guard case .ordered(let ordered, _) = try Sent.rules.order(draft, at: Sent.now) else { return }
        #expect(ordered.price == ParcelPrice(cents: 900, freeBecause: nil), "the tariff has risen since")
    }

    @Test func `the service ends at the border of the city`() throws {
        let route = ParcelEvent.Route(from: try Sent.address(), to: try Sent.address("350203"))
        let draft = ParcelDraft(.resultToDoor, of: Sent.dossier, by: route, isFiledOnline: true)
        #expect(throws: ParcelRefusal.areaNotServed) { try Sent.rules.order(draft, at: Sent.now) }
    }

    @Test func `a courier comes to the door in a part of a day that is still to come, and only for originals`() throws {
        let today = Sent.now.day
        func order(_ window: PickUpWindow?, _ direction: ParcelDirection = .originalsToWindow) throws {
            var draft = try Sent.draft(direction)
            draft.pickUp = window
            _ = try Sent.rules.order(draft, at: Sent.now)
        }
        try order(PickUpWindow(today, from: 14 * 60, until: 16 * 60))
        try order(PickUpWindow(today.advanced(byDays: 7), from: 8 * 60, until: 16 * 60))
        let unfit: [PickUpWindow?] = [
            nil, PickUpWindow(today, from: 9 * 60, until: 11 * 60),
            PickUpWindow(today.advanced(byDays: -1), from: 900, until: 1000),
            PickUpWindow(today.advanced(byDays: 15), from: 600, until: 700), PickUpWindow(today, from: 700, until: 759),
            PickUpWindow(today, from: 700, until: 1181), PickUpWindow(today, from: 1400, until: 1500),
        ]
        for window in unfit { #expect(throws: ParcelRefusal.pickUpUnfit) { try order(window) } }
        #expect(throws: ParcelRefusal.pickUpUnfit) {
            try order(PickUpWindow(today, from: 14 * 60, until: 16 * 60), .resultToDoor)
        }
    }

    @Test func `a courier comes on the halves of the next five working days that have not begun`() throws {
        // Monday at ten; what is no working day, or lies beyond the limit, is not offered.
        let now = Sent.now
        let offered = PickUpWindow.offered(at: now) { $0 != now.day.advanced(byDays: 2) }
        #expect(offered.first == PickUpWindow(now.day, .afternoon) && offered.count == 9)
        #expect(Set(offered.map(\.day)).sorted() == [0, 1, 3, 4, 5].map { now.day.advanced(byDays: $0) })
        #expect(offered.dropFirst().map(\.half) == (0..<4).flatMap { _ in [.morning, .afternoon] })
        #expect(PickUpWindow.offered(at: now) { _ in false } == [])
        let late = PickUpWindow.offered(at: now.advanced(bySeconds: 8 * 3600)) { _ in true }
        #expect(late.first == PickUpWindow(now.day.advanced(byDays: 1), .morning) && late.count == 10)
        #expect(PickUpWindow(now.day, from: 600, until: 700).half == nil)
        for window in offered {
            var draft = try Sent.draft(.originalsToWindow)
            draft.pickUp = window
            _ = try Sent.rules.order(draft, at: now)
        }
    }

    @Test func `originals go back under their labels, each once`() throws {
        func order(_ direction: ParcelDirection, _ codes: [CustodyCode]) throws {
            var draft = try Sent.draft(direction)
            draft.contents = codes
            _ = try Sent.rules.order(draft, at: Sent.now)
        }
        let (one, two) = (CustodyCode(bits: 1), CustodyCode(bits: 2))
        try order(.originalsToDoor, [one, two])
        var fetched = try Sent.draft(.originalsToWindow)
        (fetched.contents, fetched.pickUp) = ([one, two], PickUpWindow(Sent.now.day, .afternoon))
        guard case .ordered(let ordered, _) = try Sent.rules.order(fetched, at: Sent.now) else { return }
        #expect(ordered.contents == [one, two])
        #expect(throws: ParcelRefusal.contentsUnfit) { try order(.originalsToDoor, []) }
        #expect(throws: ParcelRefusal.contentsUnfit) { try order(.originalsToDoor, [one, one]) }
        #expect(throws: ParcelRefusal.contentsUnfit) { try order(.resultToDoor, [one]) }
        let many = (0...50).map { CustodyCode(bits: UInt64($0)) }
        #expect(throws: ParcelRefusal.contentsUnfit) { try order(.originalsToDoor, many) }
    }

    @Test func `a parcel is booked once, is fetched, travels and is delivered`() throws {
        let parcel = try Sent.parcel(
            .book(Sent.booking()), .book(Sent.booking()), Sent.report(1, .pickedUp), Sent.report(2, .inTransit),
            .scan(Sent.scan(3, .delivered), ParcelScan.Words(place: nil, person: "林晓榕"), waybill: Sent.waybill))
        #expect(parcel.stage == .delivered && parcel.sequence == 5 && parcel.takenBy == "林晓榕")
        #expect(parcel.deliveredAt == Sent.now && !parcel.stage.isOpen)
        #expect(throws: ParcelRefusal.bookedOtherwise) {
            try Sent.parcel(.book(Sent.booking()), .book(Sent.booking("YZ350100000002")))
        }
    }

    @Test func `a report is taken in its turn: early ones come again, known ones change nothing, others are refused`()
        throws
    {
        let parcel = try Sent.parcel(.book(Sent.booking()), Sent.report(1, .pickedUp))
        func decide(_ command: ParcelCommand) throws -> [ParcelEvent] {
            try Sent.rules.decide(command, on: parcel, at: Sent.now)
        }
        #expect(try decide(Sent.report(1, .pickedUp)).isEmpty)
        #expect(throws: ParcelRefusal.scanDiffers) { try decide(Sent.report(1, .inTransit)) }
        #expect(throws: ParcelRefusal.scanDiffers) {
            try decide(.scan(Sent.scan(1, .pickedUp), nil, waybill: Sent.waybill))
        }
        #expect(throws: ParcelRefusal.scanOutOfOrder) { try decide(Sent.report(3, .delivered)) }
        #expect(throws: ParcelRefusal.otherWaybill) {
            try decide(Sent.report(2, .inTransit, waybill: "YZ350100000002"))
        }
        #expect(throws: ParcelRefusal.scanDoesNotFollow) { try decide(Sent.report(2, .pickedUp)) }
        #expect(throws: ParcelRefusal.tooManyScans) { try decide(Sent.report(101, .inTransit)) }
        #expect(throws: ParcelRefusal.tooManyScans) { try decide(Sent.report(0, .inTransit)) }
        let ahead = ParcelScan(number: 2, .inTransit, at: Sent.now.advanced(bySeconds: 301))
        #expect(throws: ParcelRefusal.scanInTheFuture) { try decide(.scan(ahead, nil, waybill: Sent.waybill)) }
        #expect(throws: ParcelRefusal.notBooked) { try Sent.parcel(Sent.report(1, .pickedUp)) }
    }

    @Test func `what is over takes no report, and a known one still gets its answer`() throws {
        let parcel = try Sent.parcel(.book(Sent.booking()), Sent.report(1, .pickedUp), Sent.report(2, .delivered))
        #expect(try Sent.rules.decide(Sent.report(2, .delivered), on: parcel, at: Sent.now).isEmpty)
        #expect(throws: ParcelRefusal.closed) {
            try Sent.rules.decide(Sent.report(3, .returned), on: parcel, at: Sent.now)
        }
        #expect(throws: ParcelRefusal.closed) { try Sent.rules.decide(.cancel(reason: "x"), on: parcel, at: Sent.now) }
    }

    /// Written by hand: which report may follow at which stage, and where it leads.
    private static let table: [(Parcel.Stage, [ParcelScan.Kind: Parcel.Stage])] = [
        (.booked, [.pickedUp: .pickedUp]),
        (
            .pickedUp,
            [
                .inTransit: .inTransit, .delivered: .delivered, .refused: .refused, .wrongAddress: .wrongAddress,
                .lost: .lost, .returned: .returned,
            ]
        ),
        (
            .inTransit,
            [
                .inTransit: .inTransit, .delivered: .delivered, .refused: .refused, .wrongAddress: .wrongAddress,
                .lost: .lost, .returned: .returned,
            ]
        ),
        (.refused, [.inTransit: .refused, .lost: .lost, .returned: .returned]),
        (.wrongAddress, [.inTransit: .wrongAddress, .lost: .lost, .returned: .returned]),
        (.lost, [.inTransit: .inTransit, .returned: .returned]),
    ]

    @Test func `each exception leads where the table says, and what is lost can be found`() throws {
        let ways: [Parcel.Stage: [ParcelScan.Kind]] = [
            .booked: [], .pickedUp: [.pickedUp], .inTransit: [.pickedUp, .inTransit], .refused: [.pickedUp, .refused],
            .wrongAddress: [.pickedUp, .wrongAddress], .lost: [.pickedUp, .lost],
        ]
        for (stage, follows) in Self.table {
            var commands: [ParcelCommand] = [.book(try Sent.booking())]
            for (number, kind) in (ways[stage] ?? []).enumerated() { commands.append(Sent.report(number + 1, kind)) }
            var events = [try Sent.rules.order(try Sent.draft(), at: Sent.now)]
            for command in commands {
                events += try Sent.rules.decide(command, on: try #require(try Sent.folded(events)), at: Sent.now)
            }
            let parcel = try #require(try Sent.folded(events))
            #expect(parcel.stage == stage)
            for kind in ParcelScan.Kind.allCases {
                let report = Sent.report(parcel.scans.count + 1, kind)
                guard let next = follows[kind] else {
                    #expect(throws: ParcelRefusal.scanDoesNotFollow, "\(kind) at \(stage)") {
                        try Sent.rules.decide(report, on: parcel, at: Sent.now)
                    }
                    continue
                }
                let after = try Sent.folded(events + (try Sent.rules.decide(report, on: parcel, at: Sent.now)))
                #expect(after?.stage == next, "\(kind) at \(stage)")
            }
        }
    }

    @Test func `a wrong address is mended once`() throws {
        let there = try Sent.parcel(.book(Sent.booking()), Sent.report(1, .pickedUp), Sent.report(2, .wrongAddress))
        let better = try Sent.address("350103", street: "八一七中路2号")
        #expect(throws: ParcelRefusal.areaNotServed) {
            try Sent.rules.decide(.readdress(Sent.address("350203")), on: there, at: Sent.now)
        }
        let mended = try Sent.parcel(
            .book(Sent.booking()), Sent.report(1, .pickedUp), Sent.report(2, .wrongAddress), .readdress(better),
            Sent.report(3, .wrongAddress))
        #expect(mended.recipient == better && mended.wasReaddressed && mended.stage == .wrongAddress)
        #expect(throws: ParcelRefusal.readdressedOnce) {
            try Sent.rules.decide(.readdress(better), on: mended, at: Sent.now)
        }
        let moving = try Sent.parcel(.book(Sent.booking()), Sent.report(1, .pickedUp))
        #expect(throws: ParcelRefusal.notAtWrongAddress) {
            try Sent.rules.decide(.readdress(better), on: moving, at: Sent.now)
        }
    }

    @Test func `an order is taken back until somebody fetches the parcel, with a reason`() throws {
        #expect(try Sent.parcel(.cancel(reason: "改为窗口领取")).stage == .cancelled)
        let booked = try Sent.parcel(.book(Sent.booking()), .cancel(reason: "改为窗口领取"))
        #expect(booked.stage == .cancelled && booked.booking != nil)
        let late = try Sent.parcel(.cancel(reason: "改为窗口领取"), .book(Sent.booking()))
        #expect(late.stage == .cancelled && late.booking != nil, "the carrier answered afterwards")
        #expect(throws: ParcelRefusal.reasonMissing) { try Sent.parcel(.cancel(reason: "  ")) }
        #expect(throws: ParcelRefusal.alreadyPickedUp) {
            try Sent.parcel(.book(Sent.booking()), Sent.report(1, .pickedUp), .cancel(reason: "x"))
        }
    }

    @Test func `late is what is not there after its promised day, and what came after it`() throws {
        let (promised, under) = (
            Sent.now.day.advanced(byDays: 2), try Sent.parcel(.book(Sent.booking()), Sent.report(1, .pickedUp))
        )
        #expect(!under.isLate(on: promised) && under.isLate(on: promised.advanced(byDays: 1)))
        let there = try Sent.parcel(.book(Sent.booking()), Sent.report(1, .pickedUp), Sent.report(2, .delivered))
        #expect(!there.isLate(on: promised.advanced(byDays: 9)))
        #expect(try !Sent.parcel().isLate(on: promised.advanced(byDays: 9)))
        #expect(try !Sent.parcel(.book(Sent.booking()), .cancel(reason: "x")).isLate(on: promised.advanced(byDays: 9)))
    }

    @Test func `a waybill has digits and capital letters, and a fee its limit`() {
        let day = Sent.now.day
        #expect(ParcelBooking(waybill: "1234567890123", promisedDay: day, feeCents: 0) != nil)
        for waybill in ["12345", "yz12345678", "YZ-1234567", String(repeating: "1", count: 41)] {
            #expect(ParcelBooking(waybill: waybill, promisedDay: day, feeCents: 0) == nil, "\(waybill)")
        }
        #expect(ParcelBooking(waybill: "1234567890123", promisedDay: day, feeCents: -1) == nil)
        #expect(ParcelBooking(waybill: "1234567890123", promisedDay: day, feeCents: 100_001) == nil)
    }
}
