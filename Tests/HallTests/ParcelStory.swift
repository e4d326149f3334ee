import Delivery
import Dossiers
import Hall
import Store
import Synchronization
import Testing
import Vocabulary

/// A carrier of the test's: it keeps what it took, by key, and can lose its answers, be away or refuse.
final class KeptCourier: Courier {
    struct State {
        /// What was taken, by key; a second time under one key adds nothing.
        var taken: [String: (order: CourierOrder, booking: ParcelBooking)] = [:]
        var books = 0
        var asks = 0
        var isAway = false
        /// How many answers get lost after the order was taken.
        var answersLost = 0
        var isRefusing = false
        var cancelled: [String] = []
        var mended: [String: PostalAddress] = [:]
        /// What happens while an order is being taken.
        var meanwhile: (@Sendable () async throws -> Void)?
    }

    let state = Mutex(State())

    func book(_ order: CourierOrder, key: String) async throws(CourierFailure) -> ParcelBooking {
        let meanwhile = state.withLock { state in
            defer { state.meanwhile = nil }
            return state.meanwhile
        }
        do { try await meanwhile?() } catch { throw .unreachable }
        let outcome = state.withLock { state -> Result<ParcelBooking, CourierFailure> in
            state.books += 1
            if state.isAway { return .failure(.unreachable) }
            if state.isRefusing { return .failure(.rejected) }
            let serial = "\(state.taken.count + 1)"
            let made = ParcelBooking(
                waybill: "YZ3501" + String(repeating: "0", count: 7 - serial.count) + serial,
                promisedDay: CivilDate(daysSinceEpoch: 17_860), feeCents: 1100)
            guard let booking = state.taken[key]?.booking ?? made else { return .failure(.garbled) }
            state.taken[key] = (order, booking)
            guard state.answersLost > 0 else { return .success(booking) }
            state.answersLost -= 1
            return .failure(.unanswered)
        }
        return try outcome.get()
    }

    func find(_ key: String) async throws(CourierFailure) -> ParcelBooking? {
        let (isAway, found) = state.withLock { state in
            state.asks += 1
            return (state.isAway, state.taken[key]?.booking)
        }
        if isAway { throw .unreachable }
        return found
    }

    func cancel(_ waybill: String, key: String) async throws(CourierFailure) {
        state.withLock { $0.cancelled.append(waybill) }
    }

    func readdress(_ waybill: String, to address: PostalAddress, key: String) async throws(CourierFailure) {
        state.withLock { $0.mended[waybill] = address }
    }
}

/// A hall whose parcels go to such a carrier.
struct ParcelStory {
    static let key = "a key for tests only"
    let story: HallStory
    let carrier: KeptCourier
    var hall: Hall { story.hall }

    init(store: any Store) throws {
        let carrier = KeptCourier()
        try self.init(store: store, with: CourierAccount(carrier, key: Self.key, house: try Self.house()))
    }

    /// A hall with this account.
    init(store: any Store, with account: CourierAccount?) throws {
        var story = try HallStory(store: store)
        story.hall.courier = account
        carrier = account?.courier as? KeptCourier ?? KeptCourier()
        self.story = story
    }

    /// The parcels of a hall that stands already.
    init(of story: HallStory) {
        self.story = story
        carrier = story.hall.courier?.courier as? KeptCourier ?? KeptCourier()
    }

    /// A hall that nobody carries for.
    init(store: any Store, without: Void) throws {
        try self.init(store: store, with: nil)
    }

    static func house() throws -> PostalAddress {
        try PostalAddress(
            recipient: "市民服务中心出件窗口", mobile: "13800000009", division: "350105", street: "市民服务中心一楼")
    }

    static func door(_ division: String = "350102", street: String = "古田路1号101室") throws -> PostalAddress {
        try PostalAddress(recipient: "林晓榕", mobile: "13800000001", division: division, street: street)
    }

    /// Files online with the result by courier.
    func filed(to address: PostalAddress? = nil, withoutAddress: Bool = false) async throws -> DossierID {
        let terms = try HallStory.terms()
        let door = try address ?? Self.door()
        let submission = Submission(
            terms: terms, way: Submission.Way(mode: .onlineThenCourier, delivery: .courier),
            parties: Submission.Parties(applicant: HallStory.applicant),
            numbers: try await hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: [HandedIn("form", .paper)],
                personal: Submission.Personal(
                    applicant: ("示例企业一", "91350100MADEM0054D"), contactMobile: "13800000000",
                    answers: ["headcount": "120"], files: ([:], "123456")
                ).delivered(to: withoutAddress ? nil : door)))
        return try await hall.submit(
            submission, by: .person(HallStory.applicant), attempt: story.token()
        ).dossier
    }

    /// Files and decides; the result lies ready and its parcel is ordered.
    func issued(to address: PostalAddress? = nil) async throws -> DossierID {
        let id = try await filed(to: address)
        try await story.perform(.accept, on: id, by: HallStory.clerk)
        try await story.perform(.passReview(.grant, opinion: "符合"), on: id, by: HallStory.reviewer)
        let grant = DossierCommand.grant(grounds: "符合", certificate: CertificateID(hall.ids.next()))
        try await story.perform(grant, on: id, by: HallStory.decider)
        let runner = EffectRunner(hall: hall, holder: "test", lanes: [.house])
        while try await runner.runOnce(isOrdered: true) > 0 {}
        return id
    }

    /// Lets time pass and effects happen.
    func wait(seconds: Int64 = 300, times: Int = 1) async throws {
        for _ in 0..<times {
            story.clock.move(seconds: seconds)
            try await story.settle()
        }
    }

    func parcel(of id: DossierID) async throws -> Parcel {
        try #require(try await hall.parcels(of: id).last)
    }
}
