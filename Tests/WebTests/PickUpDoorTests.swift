import Delivery
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// 双向快递 at the doors: the applicant books a courier and prints labels, the window reads what the courier brings.
@Suite struct PickUpDoorTests {
    private static func text(_ response: TestResponse) -> String { String(buffer: response.body) }

    @Test func `a courier is booked on the page of the case, and the window reads the parcel and its labels`()
        async throws
    {
        try await DoorHouse.open(courier: try CourierDoorTests.account()) { house in
            let maker = try await CaseMaker(try await Cast(house))
            let attempt = try #require(Attempt(form: house.hall.newToken()))
            let submission = try await maker.submission(.courierBothWays, .eCertificate)
            let id = try await house.hall.submit(submission, by: .person(maker.cast.lin), attempt: attempt).dossier
            try await house.app.test(.router) { client in
                let caller = Caller(
                    client: client, session: try await maker.cast.session(of: .applicant), house: house)
                let clerk = Caller(client: client, session: try await maker.cast.session(of: .clerk), house: house)
                let path = Paths.pickUp(id)
                #expect(!Self.text(try await caller.get(Paths.dossier(id))).contains(path), "not before the pre-review")
                try await maker.perform(.passPreReview, on: id, as: 1)
                #expect(Self.text(try await caller.get(Paths.dossier(id))).contains(path))
                let page = Self.text(try await caller.get(path))
                #expect(page.contains("Free (filed online)") && page.contains("name=\"materials\""))
                let dossier = try await house.hall.open(id).dossier
                let time = try #require(house.hall.pickUpWindows(for: dossier).first)
                let address = [
                    ("recipient", "林晓榕"), ("mobile", "13800000001"), ("division", "350102"), ("street", "古田路1号101室"),
                ]
                let empty = try await caller.post(path, [("materials", "restPlan"), ("cents", "0")])
                let said = Self.text(empty)
                #expect(empty.status.code == 422 && said.contains("field-time") && said.contains("field-street"))
                let wrong = try await caller.post(
                    path, address + [("materials", "passport"), ("cents", "0"), ("time", time.value)])
                #expect(wrong.status.code == 422 && Self.text(wrong).contains("古田路1号101室"))
                let booked = try await caller.post(
                    path, address + [("materials", "restPlan"), ("cents", "0"), ("time", time.value)])
                #expect(booked.headers[.location] == Paths.dossier(id))
                let parcel = try #require(try await house.hall.parcels(of: id).last)
                let item = try #require(try await house.hall.originals(of: id).first)
                let labels = Self.text(try await caller.get(Paths.labels(parcel.id, of: id)))
                #expect(labels.contains("<svg") && labels.contains("\(item.code)"))
                #expect(Self.text(try await caller.get(Paths.dossier(id))).contains(Paths.labels(parcel.id, of: id)))
                let runner = EffectRunner(hall: house.hall, holder: "test")
                while try await runner.runOnce() > 0 {}
                try await CourierDoorTests.report(client, parcel.id, ["pickedUp", "delivered"], house)
                _ = try await clerk.post("/window/seat", [("window", "350111 1")])
                let led = try await clerk.post("/window/originals", [("label", "YZ350100000001")])
                #expect(led.headers[.location] == Paths.window(id))
                let here = Self.text(try await clerk.get(Paths.window(id)))
                #expect(here.contains("name=\"case\"") && here.contains("\(item.code)"))
                let read = try await clerk.post(
                    "/window/originals", [("label", "\(item.code)"), ("case", id.description)])
                #expect(read.headers[.location] == Paths.window(id))
                #expect(try await maker.stage(of: id) == .received)
                let again = try await caller.get(path)
                #expect(again.status == .ok)
                let late = try await caller.post(
                    path, address + [("materials", "restPlan"), ("cents", "0"), ("time", time.value)])
                #expect(late.status == .conflict)
            }
        }
    }

    @Test func `a decided case sends its originals back from the window's page`() async throws {
        try await DoorHouse.open(courier: try CourierDoorTests.account()) { house in
            let maker = try await CaseMaker(try await Cast(house))
            let attempt = try #require(Attempt(form: house.hall.newToken()))
            let submission = try await maker.submission(.courierBothWays, .eCertificate)
            let id = try await house.hall.submit(submission, by: .person(maker.cast.lin), attempt: attempt).dossier
            try await maker.perform(.passPreReview, on: id, as: 1)
            let dossier = try await house.hall.open(id).dossier
            let door = try PostalAddress(
                recipient: "林晓榕", mobile: "13800000001", division: "350102", street: "古田路1号101室")
            let order = Hall.PickUpOrder(
                from: door, at: try #require(house.hall.pickUpWindows(for: dossier).first), materials: ["restPlan"],
                agreedCents: nil)
            _ = try await house.hall.order(
                order, of: id, by: .person(maker.cast.lin), attempt: try #require(Attempt(form: house.hall.newToken())))
            let runner = EffectRunner(hall: house.hall, holder: "test")
            while try await runner.runOnce() > 0 {}
            try await house.app.test(.router) { client in
                let clerk = Caller(client: client, session: try await maker.cast.session(of: .clerk), house: house)
                let parcel = try #require(try await house.hall.parcels(of: id).last)
                try await CourierDoorTests.report(client, parcel.id, ["pickedUp"], house)
                _ = try await clerk.post("/window/seat", [("window", "350111 1")])
                let item = try #require(try await house.hall.originals(of: id).first)
                _ = try await clerk.post("/window/originals", [("label", "\(item.code)")])
                #expect(!Self.text(try await clerk.get(Paths.window(id))).contains("originals-return"))
                try await maker.perform(.decline(.notNeeded, authority: "", note: "无需许可"), on: id, as: 1)
                #expect(Self.text(try await clerk.get(Paths.window(id))).contains("originals-return"))
                house.clock.move(seconds: 1)
                let sent = try await clerk.post("\(Paths.window(id))/originals-return")
                #expect(sent.headers[.location] == Paths.window(id))
                let back = try #require(try await house.hall.parcels(of: id).last)
                #expect(back.ordered.direction == .originalsToDoor && back.ordered.contents == [item.code])
                let none = try await clerk.post("\(Paths.window(id))/originals-return")
                none.expect(refusal: CustodyRefusal.offeredToAnother)
            }
        }
    }
}
