import Crypto
import Delivery
import Dossiers
import Hall
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

/// The result of a case by courier, from the order to the door.
@Suite struct ParcelTests {
    /// A report as the carrier signs it.
    private static func report(
        _ number: Int, _ kind: String, of parcel: Parcel, at now: Instant, waybill: String? = nil, person: String? = nil
    ) -> Hall.CourierRequest {
        let waybill = waybill ?? parcel.booking?.waybill ?? ""
        let said = person.map { ",\"person\":\"\($0)\"" } ?? ""
        let body = """
            {"at":\(now.milliseconds),"kind":"\(kind)","number":\(number),"parcel":"\(parcel.id)"\(said),\
            "waybill":"\(waybill)"}
            """
        return signed(body, key: "\(waybill)-\(number)", at: now)
    }

    private static func signed(
        _ body: String, key: String, at now: Instant, secret: String = ParcelStory.key
    ) -> Hall.CourierRequest {
        let (path, timestamp) = ("/api/courier/scans", "\(now.milliseconds / 1000)")
        let request = RequestSignature.Request(
            "POST", path: path, timestamp: timestamp, key: key, body: Array(body.utf8))
        let signature = RequestSignature.text(request, secret: SymmetricKey(data: Array(secret.utf8)))
        return Hall.CourierRequest(
            "POST", path, timestamp: timestamp, key: key, signature: signature, body: Array(body.utf8))
    }

    static func scan(
        _ story: ParcelStory, _ id: DossierID, _ number: Int, _ kind: String, person: String? = nil
    ) async throws -> Hall.ScanAnswer {
        let parcel = try await story.parcel(of: id)
        return try await story.hall.takeScan(
            report(number, kind, of: parcel, at: story.story.clock.source.now(), person: person))
    }

    @Test(arguments: StoreUnderTest.all)
    func `the result is ordered with its issue, booked, delivered, and the case closes by itself`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let id = try await story.issued()
            let ordered = try await story.parcel(of: id)
            #expect(ordered.stage == .ordered && ordered.ordered.direction == .resultToDoor)
            #expect(ordered.ordered.price == ParcelPrice(cents: 0, freeBecause: .filedOnline))
            let (door, house) = (try ParcelStory.door(), try ParcelStory.house())
            #expect(ordered.recipient == door && ordered.sender == house)
            let dossier = try await story.story.dossier(id)
            guard case .issued(_, _, nil) = dossier.stage else {
                Issue.record("a result by courier has no pick-up code")
                return
            }
            try await story.story.settle()
            let booked = try await story.parcel(of: id)
            #expect(booked.stage == .booked && booked.booking?.waybill == "YZ35010000001")
            #expect(try await Self.scan(story, id, 1, "pickedUp").stage == "pickedUp")
            #expect(try await Self.scan(story, id, 2, "inTransit").isRepeated == false)
            let last = try await Self.scan(story, id, 3, "delivered", person: "林晓榕")
            #expect(last == Hall.ScanAnswer(parcel: booked.id, number: 3, stage: "delivered", isRepeated: false))
            try await story.story.settle()
            let ended = try await story.story.dossier(id)
            #expect(ended.stage.name == .ended)
            let history = try await story.hall.open(id).history
            let handed = history.compactMap { line -> String? in
                guard case .handedOver(.courier, let recipient) = line.event else { return nil }
                return recipient?.name
            }
            #expect(handed == ["林晓榕"])
            // The carrier reports it again: the same answer, and nothing happens twice.
            let again = try await Self.scan(story, id, 3, "delivered", person: "林晓榕")
            #expect(again.isRepeated && again.stage == "delivered")
            #expect(try await story.story.dossier(id).sequence == ended.sequence)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a carrier that is away is asked again; one whose answer got lost is asked first whether it has the order`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            story.carrier.state.withLock { $0.isAway = true }
            let id = try await story.issued()
            try await story.wait(times: 3)
            #expect(try await story.parcel(of: id).booking == nil)
            story.carrier.state.withLock { ($0.isAway, $0.answersLost) = (false, 1) }
            try await story.wait(seconds: 3600, times: 3)
            #expect(try await story.parcel(of: id).stage == .booked)
            #expect(story.carrier.state.withLock { $0.taken.count } == 1)
            let books = story.carrier.state.withLock { $0.books }
            try await story.wait(seconds: 3600, times: 2)
            #expect(story.carrier.state.withLock { $0.books } == books, "what is booked is not booked again")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what the carrier refuses for good, or nobody carries any more, is a task for a person`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            var story = try ParcelStory(store: store)
            story.carrier.state.withLock { $0.isRefusing = true }
            let id = try await story.issued()
            try await story.story.settle()
            let tasks = try await story.hall.undelivered()
            #expect(tasks.map(\.kind) == ["parcel.book"] && tasks.map(\.failure) == ["rejected"])
            let short = try await story.story.dossier(id).submitted.numbers.short
            #expect(try await story.hall.shortNumber(of: tasks[0]) == short)
            let account = story.hall.courier
            story = try ParcelStory(store: store, without: ())
            try await story.hall.redeliver(tasks[0].spent.id)
            try await story.story.settle()
            #expect(try await story.hall.undelivered().map(\.failure) == ["no-carrier"])
            story = try ParcelStory(store: store, with: account)
            try await story.hall.redeliver(tasks[0].spent.id)
            (account?.courier as? KeptCourier)?.state.withLock { $0.isRefusing = false }
            try await story.story.settle()
            #expect(try await story.parcel(of: id).stage == .booked)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an order that is taken back while the carrier takes it is taken back there, too`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let id = try await story.issued()
            let (hall, parcel, attempt) = (story.hall, try await story.parcel(of: id), story.story.token())
            story.carrier.state.withLock { state in
                state.meanwhile = {
                    try await hall.perform(
                        .cancel(reason: "改为窗口领取"), on: parcel.id, of: id, by: .person(HallStory.applicant),
                        attempt: attempt)
                }
            }
            try await story.story.settle()
            let cancelled = try await story.parcel(of: id)
            #expect(cancelled.stage == .cancelled && cancelled.booking != nil)
            #expect(story.carrier.state.withLock { $0.cancelled } == [cancelled.booking?.waybill])
            // And the result is at the window now.
            try await story.story.perform(.handOver(.identityCard, recipient: "林晓榕"), on: id, by: HallStory.issuer)
            try await story.story.settle()
            #expect(try await story.story.dossier(id).stage.name == .ended)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is with the courier is not handed over at a window, and what came back is`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let id = try await story.issued()
            try await story.story.settle()
            let handOver = DossierCommand.handOver(.identityCard, recipient: "林晓榕")
            await #expect(throws: ParcelRefusal.underWay) {
                try await story.story.perform(handOver, on: id, by: HallStory.issuer)
            }
            for (number, kind) in ["pickedUp", "refused", "returned"].enumerated() {
                _ = try await Self.scan(story, id, number + 1, kind)
            }
            try await story.story.perform(handOver, on: id, by: HallStory.issuer)
            await #expect(throws: PerformerRefusal.notAllowed, "only the courier's report says so") {
                try await story.story.perform(.handOver(.courier, recipient: ""), on: id, by: HallStory.issuer)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is lost can be handed over anew, and a report of its finding is kept and changes nothing else`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let id = try await story.issued()
            try await story.story.settle()
            for (number, kind) in ["pickedUp", "lost"].enumerated() {
                _ = try await Self.scan(story, id, number + 1, kind)
            }
            try await story.story.perform(.handOver(.identityCard, recipient: "林晓榕"), on: id, by: HallStory.issuer)
            try await story.story.settle()
            let ended = try await story.story.dossier(id)
            #expect(ended.stage.name == .ended)
            for (number, kind) in ["inTransit", "delivered"].enumerated() {
                _ = try await Self.scan(story, id, number + 3, kind)
            }
            #expect(try await story.parcel(of: id).stage == .delivered)
            #expect(try await story.story.dossier(id).sequence == ended.sequence)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the applicant mends a wrong address, the carrier is told, and nobody else may`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let id = try await story.issued()
            try await story.story.settle()
            for (number, kind) in ["pickedUp", "wrongAddress"].enumerated() {
                _ = try await Self.scan(story, id, number + 1, kind)
            }
            let troubles = try await story.hall.parcelTroubles()
            #expect(troubles.troubled.map(\.stage) == [.wrongAddress])
            let (parcel, better) = (try await story.parcel(of: id), try ParcelStory.door("350103", street: "八一七中路2号"))
            func readdress(by person: PersonID, of dossier: DossierID? = nil) async throws {
                try await story.hall.perform(
                    .readdress(better), on: parcel.id, of: dossier ?? id, by: .person(person),
                    attempt: story.story.token())
            }
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await readdress(by: PersonID(Subject(high: 1, low: 99)))
            }
            let other = try await story.filed()
            await #expect(throws: ParcelRefusal.notFound) { try await readdress(by: HallStory.applicant, of: other) }
            try await readdress(by: HallStory.applicant)
            try await story.story.settle()
            let waybill = try #require(parcel.booking?.waybill)
            #expect(story.carrier.state.withLock { $0.mended[waybill] } == better)
            #expect(try await Self.scan(story, id, 3, "inTransit").stage == "inTransit")
            #expect(try await story.hall.parcelTroubles().troubled.isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a report that is forged, old, misnamed, unknown or out of its turn is refused, and nothing is kept`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let (id, other) = (try await story.issued(), try await story.issued())
            let now = story.story.clock.source.now()
            let unbooked = try await story.parcel(of: id)
            await #expect(throws: ParcelRefusal.notBooked) {
                try await story.hall.takeScan(
                    Self.report(1, "pickedUp", of: unbooked, at: now, waybill: "YZ35010000001"))
            }
            try await story.story.settle()
            let (parcel, second) = (try await story.parcel(of: id), try await story.parcel(of: other))
            let waybill = try #require(parcel.booking?.waybill)
            let body =
                "{\"at\":\(now.milliseconds),\"kind\":\"pickedUp\",\"number\":1,\"parcel\":\"\(parcel.id)\",\"waybill\":\"\(waybill)\"}"
            await #expect(throws: CourierRefusal.wrongSignature) {
                try await story.hall.takeScan(
                    Self.signed(body, key: "\(waybill)-1", at: now, secret: "another key of tests"))
            }
            await #expect(throws: CourierRefusal.stale) {
                try await story.hall.takeScan(Self.signed(body, key: "\(waybill)-1", at: now.advanced(bySeconds: -301)))
            }
            await #expect(throws: CourierRefusal.wrongKey) {
                try await story.hall.takeScan(Self.signed(body, key: "\(waybill)-2", at: now))
            }
            await #expect(throws: CourierRefusal.malformed) {
                try await story.hall.takeScan(Self.signed("{}", key: "\(waybill)-1", at: now))
            }
            await #expect(throws: ParcelRefusal.otherWaybill) {
                try await story.hall.takeScan(
                    Self.report(1, "pickedUp", of: parcel, at: now, waybill: second.booking?.waybill))
            }
            let unknown = body.replacing("\(parcel.id)", with: "\(ParcelID(Subject(high: 1, low: 1)))")
            await #expect(throws: ParcelRefusal.notFound) {
                try await story.hall.takeScan(Self.signed(unknown, key: "\(waybill)-1", at: now))
            }
            await #expect(throws: ParcelRefusal.scanOutOfOrder) {
                try await story.hall.takeScan(Self.report(2, "inTransit", of: parcel, at: now))
            }
            #expect(try await story.parcel(of: id) == parcel)
            _ = try await story.hall.takeScan(Self.report(1, "pickedUp", of: parcel, at: now))
            _ = try await story.hall.takeScan(Self.report(2, "inTransit", of: parcel, at: now))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `no result goes by courier without an address, or where no courier is set`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            await #expect(throws: DossierRefusal.addressMissing) { try await story.filed(withoutAddress: true) }
            let bare = try ParcelStory(store: store, without: ())
            #expect(!bare.hall.carries(.courier) && bare.hall.carries(.counter) && story.hall.carries(.courier))
            await #expect(throws: DossierRefusal.deliveryNotOffered) { try await bare.filed() }
            let draft = ParcelDraft(
                .resultToDoor, of: try await story.filed(),
                by: ParcelEvent.Route(from: try ParcelStory.house(), to: try ParcelStory.door()), isFiledOnline: true)
            let counter = try await story.story.filed(.nearestWindow, delivery: .counter)
            let free = ParcelDraft(.resultToDoor, of: counter, by: draft.route, isFiledOnline: true)
            await #expect(throws: ParcelRefusal.priceNotAgreed, "it was filed at a counter") {
                _ = try await story.hall.order(free, by: HallStory.clerk, attempt: story.story.token())
            }
            let parcel = try await story.parcel(of: try await story.issued())
            await #expect(throws: PerformerRefusal.notAllowed, "only the carrier reports") {
                try await story.hall.perform(
                    .scan(ParcelScan(number: 1, .delivered, at: parcel.orderedAt), nil, waybill: "YZ35010000001"),
                    on: parcel.id, of: parcel.ordered.dossier, by: .person(HallStory.applicant),
                    attempt: story.story.token())
            }
            await #expect(throws: ParcelRefusal.noCourier) {
                _ = try await bare.hall.order(draft, by: .person(HallStory.applicant), attempt: story.story.token())
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `two reports at the same moment are one, whichever database keeps them`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let id = try await story.issued()
            try await story.story.settle()
            let parcel = try await story.parcel(of: id)
            let request = Self.report(1, "pickedUp", of: parcel, at: story.story.clock.source.now())
            let answers = try await withThrowingTaskGroup(of: Hall.ScanAnswer.self) { group in
                for _ in 0..<8 { group.addTask { try await story.hall.takeScan(request) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { !$0.isRepeated }.count == 1 && answers.allSatisfy { $0.stage == "pickedUp" })
            #expect(try await story.parcel(of: id).scans.count == 1)
        }
    }
}
