import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing
import Vocabulary

@testable import Sandboxes

@Suite struct SandboxClockTests {
    /// A machine's clock that a test moves.
    private final class Machine: Sendable {
        private let now = Mutex(Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10))
        var time: TimeSource { TimeSource { self.now.withLock { $0 } } }
        func pass(_ seconds: Int64) { now.withLock { $0 = $0.advanced(bySeconds: seconds) } }
    }

    private static let start = SandboxClock.instant("2018-11-19T09:00:00+08:00")

    @Test func `without anything said it is the machine's`() {
        let machine = Machine()
        let clock = SandboxClock(machine: machine.time)
        machine.pass(7)
        #expect(clock.time.now() == machine.time.now())
    }

    @Test func `a clock that is set stands still until it is moved, or goes as fast as it is told`() {
        let machine = Machine()
        let (still, quick) = (
            SandboxClock(machine: machine.time, start: Self.start),
            SandboxClock(machine: machine.time, start: Self.start, pace: 60)
        )
        machine.pass(30)
        #expect("\(still.time.now())" == "2018-11-19T09:00:00+08:00")
        #expect("\(quick.time.now())" == "2018-11-19T09:30:00+08:00")
        #expect(still.set(.record(["clock": .text("2018-11-20T08:30")])))
        #expect(quick.set(.record(["pace": .number(1)])))
        machine.pass(30)
        #expect("\(still.time.now())" == "2018-11-20T08:30:00+08:00")
        #expect("\(quick.time.now())" == "2018-11-19T09:30:30+08:00", "it goes on from where it was")
        #expect(quick.json == .record(["clock": .text("2018-11-19T09:30:30+08:00"), "pace": .number(1)]))
    }

    @Test func `from now on it may go faster`() {
        let machine = Machine()
        let clock = SandboxClock(machine: machine.time, pace: 3600)
        machine.pass(2)
        #expect(clock.time.now() == machine.time.now().advanced(bySeconds: 2 * 3599))
    }

    @Test func `what is no time and no pace changes nothing`() {
        let clock = SandboxClock(machine: Machine().time, start: Self.start)
        let wrong: [JSONValue] = [
            .text("2018-11-20"), .record([:]), .record(["clock": .text("2018-11-20T09:00"), "more": .number(1)]),
            .record(["clock": .text("2018-11-20T09:00"), "pace": .number(-1)]), .record(["pace": .number(86_401)]),
            .record(["clock": .number(1)]), .record(["pace": .text("2")]),
        ]
        for json in wrong { #expect(!clock.set(json), "\(json)") }
        #expect("\(clock.time.now())" == "2018-11-19T09:00:00+08:00")
        for text in [
            "", "2018-11-19", "2018-11-19T9:00", "2018-11-19T24:00", "2018-11-19T09:60", "2018-02-30T09:00",
            "2018-11-19T09:00:00Z", "2018-11-19T09:00:00+00:00", "2018-11-19T09:00:00:00", "2018-11-19T-1:00",
        ] { #expect(SandboxClock.instant(text) == nil, "\(text)") }
        #expect(SandboxClock.instant("2018-11-19T09:00") == Self.start)
    }

    @Test func `it is told and moved at a desk`() async throws {
        let router = Router()
        SandboxClock(machine: Machine().time, start: Self.start).serve(router)
        try await Application(router: router).test(.router) { client in
            let body = ByteBuffer(string: #"{"clock": "2018-11-20T08:30:00+08:00"}"#)
            try await client.execute(uri: "/sandbox/clock", method: .put, body: body) {
                #expect($0.status == .ok)
            }
            try await client.execute(uri: "/sandbox/clock", method: .put, body: ByteBuffer(string: "{")) {
                #expect($0.status == .badRequest)
            }
            try await client.execute(uri: "/sandbox/clock", method: .get) {
                #expect(String(buffer: $0.body) == #"{"clock":"2018-11-20T08:30:00+08:00","pace":0}"#)
            }
        }
    }
}
