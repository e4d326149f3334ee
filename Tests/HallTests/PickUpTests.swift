import Accounts
import Delivery
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary
import Windows

extension ParcelStory {
    /// A clerk of the city who sits at window 1 of its hall.
    func seated() async throws -> Hall.Guest {
        let now = hall.time.now()
        let place = try ServiceHall(
            ServiceHallID(hall.ids.next()), code: HallCode(.fuzhou), name: .init("示例大厅", "Sample hall"),
            address: .init("示例路1号", "1 Shili Road"), slotPlaces: 0)
        let window = try Window(
            WindowID(hall.ids.next()), of: place.code, number: 1, capabilities: [.comprehensive])
        let staff = Staff(
            StaffID(hall.ids.next()), name: try #require(FullName("周平")),
            employeeNumber: try #require(EmployeeNumber("FZ-1")), region: .fuzhou)
        let grant = Grant(
            GrantID(hall.ids.next()), staff: staff.id, role: .clerk, extent: Grant.Extent(region: .fuzhou),
            term: try Term(from: now.day, until: nil))
        let deed = Deed(by: .platform, now: now, entropy: Entropy(hall.dice))
        let (stamp, token) = (hall.stamp(of: .platform), SessionToken(.system))
        try await hall.store.write { tx in
            try HallTable.add(place, stamp: stamp, in: tx)
            try WindowTable.add(window, stamp: stamp, in: tx)
            try StaffTable.register(staff, by: deed, in: tx)
            try GrantTable.give(grant, by: deed, in: tx)
            _ = try SessionTable.start(token, of: .staff(staff.id), now: now, in: tx)
        }
        let guest = try #require(try await hall.guest(token))
        try await hall.openWindow(1, of: place.code, by: guest)
        return guest
    }

    /// Orders a courier to the door for these materials, on the first half day that is offered.
    @discardableResult
    func fetch(
        _ materials: [String] = ["form"], of id: DossierID, from door: PostalAddress? = nil, attempt: Attempt? = nil
    ) async throws -> ParcelID {
        let dossier = try await story.dossier(id)
        let window = try #require(hall.pickUpWindows(for: dossier).first)
        let order = Hall.PickUpOrder(
            from: try door ?? Self.door(), at: window, materials: materials, agreedCents: nil)
        return try await hall.order(
            order, of: id, by: .person(HallStory.applicant), attempt: attempt ?? story.token())
    }

    /// The carrier reports these, from number 1, about the latest parcel of a case.
    func scan(_ kinds: String..., of id: DossierID) async throws {
        try await story.settle()
        for (number, kind) in kinds.enumerated() { _ = try await ParcelTests.scan(self, id, number + 1, kind) }
    }

    /// Reads the label of every original that the courier brought, at the window where the clerk sits.
    func unpack(_ id: DossierID, by clerk: Hall.Guest) async throws {
        for item in try await hall.originals(of: id) {
            try await hall.perform(
                .take, onLabel: "\(item.code)", at: .window, by: clerk, attempt: story.token())
        }
    }
}

/// 双向快递: originals from the door to the window and back, and the clock that starts when they are scanned in.
@Suite struct PickUpTests {
    private static let window = CustodyHolder.window(hall: "350100", number: 1)

    /// Files in mode O3 with two originals; looked at before, unless `isPassed` says otherwise.
    private static func filed(
        _ story: ParcelStory, _ delivery: DeliveryMode = .eCertificate, isPassed: Bool = true
    ) async throws -> DossierID {
        let terms = try HallStory.terms(["form", "licence"])
        let submission = Submission(
            terms: terms, way: Submission.Way(mode: .courierBothWays, delivery: delivery),
            parties: Submission.Parties(applicant: HallStory.applicant),
            numbers: try await story.hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: [HandedIn("form", .paper), HandedIn("licence", .paper)],
                personal: Submission.Personal(
                    applicant: ("示例企业一", "91350100MADEM0054D"), contactMobile: "13800000000", answers: [:],
                    files: ([:], "123456")
                ).delivered(to: delivery == .courier ? try ParcelStory.door() : nil)))
        let id = try await story.hall.submit(
            submission, by: .person(HallStory.applicant), attempt: story.story.token()
        ).dossier
        if isPassed { try await story.story.perform(.passPreReview, on: id, by: HallStory.clerk) }
        return id
    }

    @Test(arguments: StoreUnderTest.all)
    func `the courier fetches, the window scans each label, and the last one is the receipt`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let (id, clerk) = (try await Self.filed(story), try await story.seated())
            let attempt = story.story.token()
            let parcel = try await story.fetch(["form", "licence"], of: id, attempt: attempt)
            #expect(try await story.fetch(["form", "licence"], of: id, attempt: attempt) == parcel)
            var items = try await story.hall.originals(of: id)
            #expect(
                items.map(\.holder) == [.applicant, .applicant] && items.allSatisfy { $0.offered == .courier(parcel) })
            let ordered = try await story.parcel(of: id)
            #expect(ordered.ordered.direction == .originalsToWindow && ordered.ordered.price.cents == 0)
            #expect(Set(ordered.ordered.contents ?? []) == Set(items.map(\.code)))
            try await story.scan("pickedUp", "inTransit", "delivered", of: id)
            items = try await story.hall.originals(of: id)
            #expect(items.allSatisfy { $0.holder == .courier(parcel) }, "what comes to a window is taken there")
            #expect(try await story.story.dossier(id).stage.name == .awaitingOriginals)
            story.story.clock.move(days: 1)
            func take(_ item: CustodyItem) async throws {
                try await story.hall.perform(
                    .take, onLabel: item.code.text, at: .window, by: clerk, attempt: story.story.token())
            }
            // A label that is read twice is one deed.
            for _ in 1...2 { try await take(items[0]) }
            #expect(try await story.story.dossier(id).receivedAt == nil)
            try await take(items[1])
            let received = try await story.story.dossier(id)
            #expect(received.stage.name == .received && received.receivedAt == story.story.clock.source.now())
            #expect(received.visits == [] && received.tripsPromised == 0)
            items = try await story.hall.originals(of: id)
            #expect(items.allSatisfy { $0.holder == Self.window && $0.giver == .courier(parcel) })
            let waybill = try #require(try await story.parcel(of: id).booking?.waybill)
            #expect(try await story.hall.dossier(broughtBy: waybill) == id)
            #expect(try await story.hall.dossier(broughtBy: "YZ000000") == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `no courier is booked too early, twice, at another time, for other things or by somebody else`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let early = try await Self.filed(story, isPassed: false)
            await #expect(throws: ParcelRefusal.pickUpNotOpen) { try await story.fetch(of: early) }
            let other = try await story.story.filed()
            await #expect(throws: ParcelRefusal.pickUpNotOpen) { try await story.fetch(of: other) }
            let id = try await Self.filed(story)
            for materials in [[], ["passport"], ["form", "form"]] {
                await #expect(throws: ParcelRefusal.contentsUnfit) { try await story.fetch(materials, of: id) }
            }
            await #expect(throws: ParcelRefusal.areaNotServed) {
                try await story.fetch(of: id, from: try ParcelStory.door("350203"))
            }
            let today = story.story.clock.source.now().day
            for window in [
                PickUpWindow(today, .morning), PickUpWindow(today.advanced(byDays: 5), .morning),
                PickUpWindow(today.advanced(byDays: 1), from: 600, until: 700),
            ] {
                let order = Hall.PickUpOrder(
                    from: try ParcelStory.door(), at: window, materials: ["form"], agreedCents: nil)
                await #expect(throws: ParcelRefusal.pickUpUnfit, "begun, a weekend, no half day") {
                    _ = try await story.hall.order(
                        order, of: id, by: .person(HallStory.applicant), attempt: story.story.token())
                }
            }
            let order = Hall.PickUpOrder(
                from: try ParcelStory.door(), at: PickUpWindow(today, .afternoon), materials: ["form"],
                agreedCents: nil)
            await #expect(throws: PerformerRefusal.notAllowed) {
                _ = try await story.hall.order(
                    order, of: id, by: .person(PersonID(Subject(high: 1, low: 9))), attempt: story.story.token())
            }
            #expect(try await story.hall.originals(of: id).isEmpty, "what is refused makes no label")
            try await story.fetch(of: id)
            await #expect(throws: ParcelRefusal.pickUpNotOpen) { try await story.fetch(of: id) }
            let bare = try ParcelStory(store: store, without: ())
            await #expect(throws: ParcelRefusal.noCourier) { try await bare.fetch(of: id) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an order that is taken back leaves the labels at home, and the next courier takes the same`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let (id, clerk) = (try await Self.filed(story), try await story.seated())
            let parcel = try await story.fetch(of: id)
            let label = try #require(try await story.hall.originals(of: id).first)
            await #expect(throws: CustodyRefusal.wrongReceiver, "the courier has not fetched it yet") {
                try await story.unpack(id, by: clerk)
            }
            try await story.hall.perform(
                .cancel(reason: "改期"), on: parcel, of: id, by: .person(HallStory.applicant),
                attempt: story.story.token())
            let home = try #require(try await story.hall.originals(of: id).first)
            #expect(home.holder == .applicant && home.offered == nil && !home.isOver)
            story.story.clock.move(seconds: 1)
            let second = try await story.fetch(of: id)
            let again = try await story.hall.originals(of: id)
            #expect(again.map(\.code) == [label.code] && again[0].offered == .courier(second))
            // What the courier brings back to the door is signed for by its report.
            try await story.scan("pickedUp", "refused", "returned", of: id)
            let back = try #require(try await story.hall.originals(of: id).first)
            #expect(back.holder == .applicant && back.isOver)
            await #expect(throws: CustodyRefusal.notOffered) { try await story.unpack(id, by: clerk) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is lost on the way is not taken, and no applicant mends the address of the house`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let (id, clerk) = (try await Self.filed(story), try await story.seated())
            let parcel = try await story.fetch(of: id)
            try await story.scan("pickedUp", "wrongAddress", of: id)
            await #expect(throws: ParcelRefusal.notAtWrongAddress) {
                try await story.hall.perform(
                    .readdress(try ParcelStory.door()), on: parcel, of: id, by: .person(HallStory.applicant),
                    attempt: story.story.token())
            }
            _ = try await ParcelTests.scan(story, id, 3, "lost")
            await #expect(throws: CustodyRefusal.notOffered) { try await story.unpack(id, by: clerk) }
            #expect(try await story.hall.parcelTroubles().troubled.map(\.id) == [parcel])
            _ = try await ParcelTests.scan(story, id, 4, "inTransit")
            try await story.unpack(id, by: clerk)
            #expect(try await story.story.dossier(id).stage.name == .received)
            _ = try await ParcelTests.scan(story, id, 5, "delivered")
            #expect(try await story.hall.originals(of: id).map(\.holder) == [Self.window])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the originals go back to the door they came from, once for one attempt`(_ place: StoreUnderTest) async throws
    {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let (id, clerk) = (try await Self.filed(story), try await story.seated())
            let attempt = story.story.token()
            func sendBack(_ attempt: Attempt? = nil) async throws -> ParcelID {
                try await story.hall.sendBack(id, by: clerk, attempt: attempt ?? story.story.token())
            }
            await #expect(throws: ParcelRefusal.addressUnfit, "no door is known yet") { _ = try await sendBack() }
            let street = "福马路2号202室"
            try await story.fetch(["form", "licence"], of: id, from: try ParcelStory.door("350111", street: street))
            await #expect(throws: ParcelRefusal.contentsUnfit, "nothing is here yet") { _ = try await sendBack() }
            try await story.scan("pickedUp", "delivered", of: id)
            try await story.unpack(id, by: clerk)
            story.story.clock.move(seconds: 1)
            let (once, twice) = (try await sendBack(attempt), try await sendBack(attempt))
            #expect(once == twice)
            let parcel = try await story.parcel(of: id)
            #expect(parcel.ordered.direction == .originalsToDoor && parcel.recipient?.street == street)
            #expect(parcel.ordered.price.cents == 0 && parcel.ordered.contents?.count == 2)
            try await story.scan("pickedUp", "inTransit", "delivered", of: id)
            #expect(try await story.hall.originals(of: id).allSatisfy { $0.holder == .applicant && $0.isOver })
            try await story.hall.closeWindow(by: clerk)
            await #expect(throws: WindowRefusal.noSeat) { _ = try await sendBack() }
            let bare = try ParcelStory(store: store, without: ())
            await #expect(throws: ParcelRefusal.noCourier) {
                _ = try await bare.hall.sendBack(id, by: clerk, attempt: story.story.token())
            }
        }
    }
}
