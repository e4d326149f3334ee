import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@testable import Web

/// What a database does that is lost, full or busy, until it is mended.
private final class Outage: Sendable {
    private let failing = Mutex<(point: FaultPlan.Point, fault: Fault)?>(nil)

    var plan: FaultPlan { FaultPlan { [self] point in try strike(point) } }

    private func strike(_ point: FaultPlan.Point) throws {
        try failing.withLock { now in
            if let now, now.point == point { throw now.fault }
        }
    }

    func begin(_ fault: Fault, at point: FaultPlan.Point) {
        failing.withLock { $0 = (point, fault) }
    }

    func end() {
        failing.withLock { $0 = nil }
    }
}

@Suite struct DoorFaultTests {
    @Test(arguments: StoreUnderTest.all)
    func `a lost database, a full disk and a busy queue say come again soon, nothing is done, and the same form heals`(
        _ place: StoreUnderTest
    ) async throws {
        let outage = Outage()
        try await BadInputTests.open(on: place, faults: outage.plan) { stage in
            let outages: [(Fault, FaultPlan.Point)] = [
                (.unavailable("the database is gone"), .statement), (.storageFull, .beforeCommit),
                (.busy("postgres"), .statement), (.contended, .beforeCommit),
            ]
            for (fault, point) in outages {
                let id = try await stage.maker.dossier(.received)
                let (clerk, nobody) = (try await stage.caller(.clerk), try await stage.caller(.nobody))
                let (token, path) = (stage.house.hall.newToken(), "/window/dossiers/\(id)/acceptance")
                let state = try await stage.house.state()
                outage.begin(fault, at: point)
                let answer = try await clerk.post(path, token: token)
                #expect(answer.status == .serviceUnavailable)
                #expect(answer.headers[.retryAfter].flatMap(Int.init) ?? 0 > 0)
                answer.expect(code: "fault.busy", "\(fault)")
                #expect(!String(buffer: answer.body).contains("the database is gone"))
                if point == .statement {
                    let list = try await clerk.get("/window")
                    #expect(list.status == .serviceUnavailable && list.headers[.retryAfter] != nil)
                    let asset = stage.house.site.interior.assets.path(of: "onewindow.css")
                    #expect(try await nobody.get(asset).status == .ok, "what needs no database is there")
                }
                outage.end()
                #expect(try await stage.house.state() == state, "\(fault)")
                #expect(try await clerk.post(path, token: token).status == .seeOther, "\(fault)")
                #expect(try await stage.maker.stage(of: id) == .inReview)
            }
        }
    }

    @Test func `an answer that was lost after the deed is given again for the same form, and the deed is one`()
        async throws
    {
        let outage = Outage()
        try await BadInputTests.open(faults: outage.plan) { stage in
            let id = try await stage.maker.dossier(.received)
            let (clerk, token) = (try await stage.caller(.clerk), stage.house.hall.newToken())
            let path = "/window/dossiers/\(id)/acceptance"
            outage.begin(.unavailable("the line broke"), at: .afterCommit)
            #expect(try await clerk.post(path, token: token).status == .serviceUnavailable)
            outage.end()
            let state = try await stage.house.state()
            #expect(try await stage.maker.stage(of: id) == .inReview)
            #expect(try await clerk.post(path, token: token).status == .seeOther)
            #expect(try await stage.house.state() == state)
        }
    }

    @Test func `what was torn is not called busy`() async throws {
        let outage = Outage()
        try await BadInputTests.open(faults: outage.plan) { stage in
            let clerk = try await stage.caller(.clerk)
            outage.begin(.corrupt("row 7 of dossier"), at: .statement)
            let answer = try await clerk.get("/window")
            outage.end()
            #expect(answer.status == .internalServerError)
            #expect(answer.headers[.retryAfter] == nil)
            answer.expect(code: "fault.broken")
            #expect(!String(buffer: answer.body).contains("row 7"))
        }
    }

    @Test func `a deed at a door recovers from a fault at each of its steps by sending the same form again`()
        async throws
    {
        let faults = FaultSwitch()
        try await BadInputTests.open(faults: faults.plan) { stage in
            var (step, isWhole) = (0, false)
            while !isWhole {
                step += 1
                try #require(step < 100, "still no whole run")
                let id = try await stage.maker.dossier(.received)
                let (clerk, token) = (try await stage.caller(.clerk), stage.house.hall.newToken())
                let path = "/window/dossiers/\(id)/acceptance"
                faults.arm(at: step)
                let answer = try await clerk.post(path, token: token)
                isWhole = faults.disarm() == nil
                #expect(answer.status == (isWhole ? .seeOther : .serviceUnavailable), "step \(step)")
                #expect(try await clerk.post(path, token: token).status == .seeOther, "step \(step)")
                let opened = try await stage.house.hall.open(id)
                #expect(opened.history.filter { $0.event.kind == "dossier.accepted" }.count == 1, "step \(step)")
            }
            #expect(step > 5)
        }
    }
}
