import Catalogue
import Crypto
import Delivery
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Logging
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@testable import Web

/// A carrier that takes every order.
private struct TakingCourier: Courier {
    func book(_ order: CourierOrder, key: String) async throws(CourierFailure) -> ParcelBooking {
        guard
            let booking = ParcelBooking(
                waybill: "YZ350100000001", promisedDay: CivilDate(daysSinceEpoch: 20_785), feeCents: 1100)
        else { throw .garbled }
        return booking
    }

    func find(_ key: String) async throws(CourierFailure) -> ParcelBooking? { nil }
    func cancel(_ waybill: String, key: String) async throws(CourierFailure) {}
    func readdress(_ waybill: String, to address: PostalAddress, key: String) async throws(CourierFailure) {}
}

/// A result by courier at the doors: the applicant's pages, and what the carrier reports.
@Suite struct CourierDoorTests {
    private static let key = "a key for tests only"

    static func account() throws -> CourierAccount {
        let sender = try PostalAddress(
            recipient: "出件窗口", mobile: "13800000009", division: "350105", street: "市民服务中心一楼")
        return CourierAccount(TakingCourier(), key: key, house: sender)
    }

    private static func report(
        _ client: any TestClientProtocol, _ body: String, key name: String, at now: Instant, secret: String = key
    ) async throws -> TestResponse {
        let (path, timestamp) = ("/api/courier/scans", "\(now.milliseconds / 1000)")
        let request = RequestSignature.Request(
            "POST", path: path, timestamp: timestamp, key: name, body: Array(body.utf8))
        let signature = RequestSignature.text(request, secret: SymmetricKey(data: Array(secret.utf8)))
        let names = try ["Idempotency-Key", "X-Timestamp", "X-Signature"].map { try #require(HTTPField.Name($0)) }
        var headers: HTTPFields = [.contentType: "application/json"]
        for (name, value) in zip(names, [name, timestamp, signature]) { headers[name] = value }
        return try await client.execute(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
    }

    /// The carrier reports these about a parcel, from number 1.
    static func report(
        _ client: any TestClientProtocol, _ parcel: ParcelID, _ kinds: [String], _ house: DoorHouse
    ) async throws {
        let now = house.clock.source.now()
        for (index, kind) in kinds.enumerated() {
            let body = """
                {"at":\(now.milliseconds),"kind":"\(kind)","number":\(index + 1),"parcel":"\(parcel)",\
                "waybill":"YZ350100000001"}
                """
            let answer = try await report(client, body, key: "YZ350100000001-\(index + 1)", at: now)
            #expect(answer.status == .ok)
        }
    }

    private static func code(_ answer: TestResponse) throws -> String {
        struct Problem: Decodable { let code: String }
        return try JSONDecoder().decode(Problem.self, from: Data(answer.body.readableBytesView)).code
    }

    @Test func `without a carrier there is no such address, and no way by courier`() async throws {
        try await DoorHouse.open { house in
            let maker = try await CaseMaker(try await Cast(house))
            let draft = try await maker.draft(hasWay: false)
            try await house.app.test(.router) { client in
                let answer = try await Self.report(client, "{}", key: "x", at: house.clock.source.now())
                #expect(answer.status == .notFound)
                #expect(try Self.code(answer) == "api.no-such-address")
                let caller = Caller(
                    client: client, session: try await maker.cast.session(of: .applicant), house: house)
                let page = String(buffer: try await caller.get(Paths.draft(draft, "way")).body)
                #expect(page.contains("O1.eCertificate") && !page.contains("O2.courier"))
                let chosen = try await caller.post(Paths.draft(draft, "way"), [("way", "O2.courier")])
                #expect(chosen.status.code == 422)
            }
        }
    }

    @Test func `the applicant chooses the courier, gives her address once, and the case ends at her door`()
        async throws
    {
        try await DoorHouse.open(courier: try Self.account()) { house in
            let maker = try await CaseMaker(try await Cast(house))
            let draft = try await maker.draft(hasWay: false)
            try await house.app.test(.router) { client in
                let caller = Caller(
                    client: client, session: try await maker.cast.session(of: .applicant), house: house)
                let way = try await caller.post(Paths.draft(draft, "way"), [("way", "O2.courier")])
                #expect(way.headers[.location] == Paths.draft(draft, "address"))
                let early = try await caller.post(Paths.draft(draft, "check"), [("truth", "yes"), ("double", "yes")])
                #expect(early.status.code == 422, "an address is missing")
                let empty = try await caller.post(Paths.draft(draft, "address"), [("mobile", "12")])
                let said = String(buffer: empty.body)
                #expect(empty.status.code == 422 && said.contains("field-street") && said.contains("field-mobile"))
                let address = [
                    ("recipient", "林晓榕"), ("mobile", "13800000001"), ("division", "350102"), ("street", "古田路1号101室"),
                ]
                let given = try await caller.post(Paths.draft(draft, "address"), address)
                #expect(given.headers[.location] == Paths.draft(draft, "check"))
                let book = String(buffer: try await caller.get(Paths.draft(draft, "address")).body)
                #expect(book.contains("古田路1号101室") && !book.contains("13800000001 ·"))
                let check = String(buffer: try await caller.get(Paths.draft(draft, "check")).body)
                #expect(check.contains("古田路1号101室"))
                let filed = try await caller.post(Paths.draft(draft, "check"), [("truth", "yes"), ("double", "yes")])
                #expect(filed.status == .seeOther)
                let path = try #require(filed.headers[.location]?.split(separator: "?").first.map(String.init))
                let id = try #require(DossierID(String(path.split(separator: "/").last ?? "")))
                let dossier = try await house.hall.open(id).dossier
                #expect(
                    dossier.submitted.mode == .onlineThenCourier
                        && dossier.personal?.deliverTo?.division.code == "350102")
                for (number, command): (UInt64, DossierCommand) in [
                    (1, .accept), (2, .passReview(.grant, opinion: "符合")),
                    (3, try await house.hall.grant(id, grounds: "符合")),
                ] {
                    try await maker.perform(command, on: id, as: number)
                }
                try await Self.deliver(id, house, client, caller, path)
            }
        }
    }

    /// From the order to the door.
    private static func deliver(
        _ id: DossierID, _ house: DoorHouse, _ client: any TestClientProtocol, _ caller: Caller, _ path: String
    ) async throws {
        let runner = EffectRunner(hall: house.hall, holder: "test")
        while try await runner.runOnce() > 0 {}
        let parcel = try #require(try await house.hall.parcels(of: id).last)
        #expect(parcel.stage == .booked)
        let page = String(buffer: try await caller.get(path).body)
        #expect(page.contains("YZ350100000001") && page.contains("/parcels/\(parcel.id)/cancellation"))
        let now = house.clock.source.now()
        func body(_ number: Int, _ kind: String) -> String {
            "{\"at\":\(now.milliseconds),\"kind\":\"\(kind)\",\"number\":\(number),\"parcel\":\"\(parcel.id)\",\"person\":\"林晓榕\",\"waybill\":\"YZ350100000001\"}"
        }
        func report(_ number: Int, _ kind: String, secret: String = key) async throws -> TestResponse {
            try await Self.report(
                client, body(number, kind), key: "YZ350100000001-\(number)", at: now, secret: secret)
        }
        let forged = try await report(1, "pickedUp", secret: "another key of tests")
        #expect(forged.status == .forbidden && forged.headers[.contentType] == "application/problem+json")
        #expect(try Self.code(forged) == "courier.wrong-signature")
        let early = try await report(2, "delivered")
        #expect(early.status == .conflict)
        #expect(try Self.code(early) == "parcel.scan-out-of-order")
        for (number, kind) in ["pickedUp", "delivered", "delivered"].enumerated() {
            let answer = try await report(min(number + 1, 2), kind)
            #expect(answer.status == .ok)
            #expect(String(buffer: answer.body).contains("\"isRepeated\":\(number == 2)"))
        }
        while try await runner.runOnce() > 0 {}
        #expect(try await house.hall.open(id).dossier.stage.name == .ended)
        let over = String(buffer: try await caller.get(path).body)
        #expect(over.contains(">Delivered<") && !over.contains("/cancellation"))
        let large = try await Self.report(
            client, String(repeating: " ", count: 9000), key: "x", at: now)
        #expect(large.status == .contentTooLarge)
    }

    @Test func `the applicant takes the order back on her page, and is told to fetch the result at a window`()
        async throws
    {
        try await DoorHouse.open(courier: try Self.account()) { house in
            let maker = try await CaseMaker(try await Cast(house))
            let draft = try await maker.draft(byCourier: true)
            try await house.app.test(.router) { client in
                let caller = Caller(
                    client: client, session: try await maker.cast.session(of: .applicant), house: house)
                let address = [
                    ("recipient", "林晓榕"), ("mobile", "13800000001"), ("division", "350102"), ("street", "古田路1号101室"),
                ]
                _ = try await caller.post(Paths.draft(draft, "address"), address)
                let filed = try await caller.post(Paths.draft(draft, "check"), [("truth", "yes"), ("double", "yes")])
                let path = try #require(filed.headers[.location]?.split(separator: "?").first.map(String.init))
                let id = try #require(DossierID(String(path.split(separator: "/").last ?? "")))
                for (number, command): (UInt64, DossierCommand) in [
                    (1, .accept), (2, .passReview(.grant, opinion: "符合")),
                    (3, try await house.hall.grant(id, grounds: "符合")),
                ] {
                    try await maker.perform(command, on: id, as: number)
                }
                let runner = EffectRunner(hall: house.hall, holder: "test")
                while try await runner.runOnce() > 0 {}
                let parcel = try #require(try await house.hall.parcels(of: id).last)
                let cancelled = try await caller.post("\(path)/parcels/\(parcel.id)/cancellation")
                #expect(cancelled.headers[.location] == path)
                let page = String(buffer: try await caller.get(path).body)
                #expect(page.contains("Please collect the result at the issuing window"))
                let again = try await caller.post("\(path)/parcels/\(parcel.id)/cancellation")
                again.expect(refusal: ParcelRefusal.closed)
            }
        }
    }

    @Test func `the applicant sees where her originals are, and that one is being looked for`() async throws {
        try await DoorHouse.open { house in
            let maker = try await CaseMaker(try await Cast(house))
            let id = try await maker.dossier(.received)
            let clerk = Performer(.staff(StaffID(Subject(high: 2, low: 1)))) { _, _ in }
            let window = CustodyHolder.window(hall: "350105", number: 12)
            let attempt = try #require(Attempt(form: house.hall.newToken()))
            let item = try await house.hall.receiveOriginal(
                of: id, material: "restPlan", sheets: 3, at: window, by: clerk, attempt: attempt)
            try await house.app.test(.router) { client in
                let caller = Caller(
                    client: client, session: try await maker.cast.session(of: .applicant), house: house)
                let page = String(buffer: try await caller.get(Paths.dossier(id)).body)
                #expect(page.contains("\(item.code)") && page.contains("window 12 of hall 350105"))
                #expect(!page.contains("Being looked for"))
                let token = try #require(try await maker.cast.session(of: .clerk))
                let counter = try #require(try await house.hall.guest(token))
                _ = try await house.hall.count(window, read: [], by: counter)
                let later = String(buffer: try await caller.get(Paths.dossier(id)).body)
                #expect(later.contains("Being looked for"))
                let supervisor = Caller(
                    client: client, session: try await maker.cast.session(of: .supervisor), house: house)
                let office = String(buffer: try await supervisor.get("/office/parcels").body)
                #expect(office.contains("\(item.code)"))
            }
        }
    }

    @Test func `a window says the price before it asks for a door, and promises only what the courier does for it`()
        async throws
    {
        try await DoorHouse.open(courier: try Self.account()) { house in
            let maker = try await CaseMaker(try await Cast(house))
            try await house.app.test(.router) { client in
                let clerk = Caller(client: client, session: try await maker.cast.session(of: .clerk), house: house)
                let path = "/window/intake/\(maker.line.itemCode)"
                let situation = [
                    ("person", maker.cast.firm.description), ("situation-system", "flexible"),
                    ("situation-procedure", "examination"), ("situation-filedBy", "self"),
                ]
                let query = situation.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
                let page = String(buffer: try await clerk.get("\(path)?\(query)").body)
                #expect(page.contains("Price: 12.00 yuan, borne by the applicant.") && page.contains("door-street"))
                let materials = [("material-applicationForm", "meets"), ("material-restPlan", "meets")]
                let fields = situation + materials + maker.answers.map { ("answer-\($0.key)", $0.value) }
                func take(_ delivery: String, street: String, place: String = "350102", cents: String = "1200")
                    async throws -> TestResponse
                {
                    let door = [
                        ("door-recipient", "林一"), ("door-mobile", "13800000001"), ("door-division", place),
                        ("door-street", street),
                    ]
                    return try await clerk.post(path, fields + [("delivery", delivery), ("cents", cents)] + door)
                }
                let empty = try await take("courier", street: "")
                #expect(empty.status.code == 422 && String(buffer: empty.body).contains("#field-door-street"))
                #expect(String(buffer: empty.body).contains("value=\"林一\""), "what was typed stands there still")
                #expect(try await take("courier", street: "古田路1号101室", place: "350203").status.code == 422)
                let cheaper = try await take("courier", street: "古田路1号101室", cents: "0")
                #expect(String(buffer: cheaper.body).contains("The price was not agreed to"))
                #expect(cheaper.status.code == ParcelRefusal.priceNotAgreed.kind.rawValue)
                let collected = try await take("counter", street: "")
                #expect(collected.status == .seeOther, "whoever collects is asked for no address")
                let filed = try await take("courier", street: "古田路1号101室")
                let slip = try #require(filed.headers[.location])
                let id = try #require(DossierID(String(slip.split(separator: "/")[2])))
                let dossier = try await house.hall.open(id).dossier
                #expect(dossier.submitted.mode == .nearestWindow && dossier.submitted.agreedCents == 1200)
                #expect(dossier.tripsPromised == 1 && dossier.personal?.deliverTo?.street == "古田路1号101室")
            }
        }
    }

    @Test func `an address that is none is refused on the page of the case`() async throws {
        try await DoorHouse.open(courier: try Self.account()) { house in
            let maker = try await CaseMaker(try await Cast(house))
            let id = try await maker.dossier(.received)
            try await house.app.test(.router) { client in
                let caller = Caller(
                    client: client, session: try await maker.cast.session(of: .applicant), house: house)
                let path = "\(Paths.dossier(id))/parcels/00000000000000000000000001/address"
                let answer = try await caller.post(path, [("recipient", "林"), ("division", "350203")])
                answer.expect(refusal: ParcelRefusal.addressUnfit)
            }
        }
    }
}
