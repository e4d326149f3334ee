import Accounts
import Certificates
import Delivery
import Dossiers
import Hall
import Signing
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

/// A hall on a store, with people who may do their own work and nothing else.
struct HallStory: Sendable {
    static let applicant = PersonID(Subject(high: 1, low: 1))
    static let clerk = performer(1, .receive)
    static let reviewer = performer(2, .review)
    static let decider = performer(3, .decide)
    static let issuer = performer(4, .issue)
    static let migrations = Hall.migrations.filter { !$0.id.hasPrefix("store.") }

    var hall: Hall
    let clock: MovedClock

    init(store: any Store, clock: MovedClock = MovedClock()) throws {
        self.clock = clock
        hall = try Hall(
            store: store, calendar: try .shipped(),
            world: Hall.World(time: clock.source, dice: .seeded(7)), signers: try SimulationSigners(seed: 7))
    }

    static func performer(_ number: UInt64, _ power: Power) -> Performer {
        Performer(.staff(StaffID(Subject(high: 2, low: number)))) { wanted, _ in
            guard wanted == power else { throw PerformerRefusal.notAllowed }
        }
    }

    static func terms(_ materials: [String] = ["form"]) throws -> Terms {
        let body = try #require(CreditCode("11350100MADEM002X0"))
        return Terms(
            item: Terms.Item(
                implementationCode: "11350100MADEM002X03000114111003", handlingItemCode: nil, name: "特殊工时审批",
                version: (1, String(repeating: "0", count: 64)),
                body: Terms.Body(body, name: "市人社局（示例）", region: .fuzhou)),
            limits: Terms.Limits(
                statutory: TimeLimit(15, .workingDays, article: "行政许可法第四十二条"),
                promised: TimeLimit(4, .workingDays, article: "承诺")),
            result: Terms.Result(certificateType: "11350100MADEM002X0001", name: "准予决定书", validityMonths: 36),
            materials: materials)
    }

    func submission(
        _ mode: ServiceMode = .fullyOnline, delivery: DeliveryMode = .eCertificate, applicant: PersonID = applicant
    ) async throws -> Submission {
        let terms = try Self.terms()
        let isAtCounter = mode.submission == .counter
        return Submission(
            terms: terms,
            way: Submission.Way(
                mode: mode, delivery: delivery, hall: isAtCounter ? .fuzhou : nil,
                agreedCents: isAtCounter && delivery == .courier ? ParcelTariff.usual.cents : nil),
            parties: Submission.Parties(applicant: applicant),
            numbers: try await hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: [HandedIn("form", .paper)],
                personal: Submission.Personal(
                    applicant: ("示例企业一", "91350100MADEM0054D"), contactMobile: "13800000000",
                    answers: ["headcount": "120"], files: ([:], "123456")
                ).delivered(to: delivery == .courier ? try ParcelStory.door() : nil)))
    }

    func token() -> Attempt { Attempt(.random(hall.dice)) }

    func filed(_ mode: ServiceMode = .fullyOnline, delivery: DeliveryMode = .eCertificate) async throws -> DossierID {
        let performer = mode.submission == .counter ? Self.clerk : .person(Self.applicant)
        return try await hall.submit(
            try await submission(mode, delivery: delivery), by: performer, attempt: token()
        ).dossier
    }

    @discardableResult
    func perform(_ command: DossierCommand, on id: DossierID, by performer: Performer) async throws -> Outcome {
        try await hall.perform(command, on: id, by: performer, attempt: token())
    }

    func granted(_ mode: ServiceMode = .fullyOnline, delivery: DeliveryMode = .eCertificate) async throws -> DossierID {
        let id = try await filed(mode, delivery: delivery)
        try await perform(.accept, on: id, by: Self.clerk)
        try await perform(.passReview(.grant, opinion: "符合"), on: id, by: Self.reviewer)
        let certificate = CertificateID(hall.ids.next())
        try await perform(.grant(grounds: "符合", certificate: certificate), on: id, by: Self.decider)
        return id
    }

    /// Lets every effect happen that waits, and those that follow from it.
    func settle(as holder: String = "test") async throws {
        let runner = EffectRunner(hall: hall, holder: holder)
        while try await runner.runOnce(isOrdered: true) > 0 {}
    }

    func dossier(_ id: DossierID) async throws -> Dossier {
        try #require(try await hall.store.read { tx in try DossierTable.load(id, in: tx) })
    }
}

/// A clock that stands until it is moved: Monday 19 November 2018, nine o'clock.
final class MovedClock: Sendable {
    private let milliseconds: Mutex<Int64>

    private let ticks: Int64

    /// A clock that stands, or one that goes on by a second whenever somebody looks.
    init(isTicking: Bool = false) {
        ticks = isTicking ? 1000 : 0
        milliseconds = Mutex(CivilDate("2018-11-19").map { Instant($0, hour: 9).milliseconds } ?? 0)
    }

    var source: TimeSource {
        TimeSource { [self] in
            Instant(
                milliseconds: milliseconds.withLock { now in
                    now += ticks
                    return now
                })
        }
    }

    func move(days: Int64) { milliseconds.withLock { $0 += days * 86_400_000 } }
    func move(seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }
}

extension Hall {
    /// Somebody, without a look: for tests that want to know her.
    func person(_ id: PersonID) async throws -> Person? {
        try await store.read { tx in try PersonTable.person(id, in: tx) }
    }
}
