import HTTPTypes
package import Hummingbird
import Synchronization
package import Vocabulary

/// The clock of a sandbox: the machine's, one that stands still until it is moved, or one that goes faster.
package final class SandboxClock: Sendable {
    /// LIMIT: how many times as fast as the machine's it may go: a day in a second.
    package static let paceMax = 86_400

    private struct State {
        /// What it showed when it was set, and the machine's time of that moment.
        var (start, since): (Instant, Instant)
        var pace: Int
    }

    private let machine: TimeSource
    private let state: Mutex<State>

    /// Without `start` it begins with the machine's time. Without `pace` it stands still when it has a start, and goes
    /// as the machine's when it has none.
    package init(machine: TimeSource, start: Instant? = nil, pace: Int? = nil) {
        let now = machine.now()
        self.machine = machine
        state = Mutex(State(start: start ?? now, since: now, pace: pace ?? (start == nil ? 1 : 0)))
    }

    /// What it shows, for whoever asks for the time.
    package var time: TimeSource { TimeSource { self.now } }

    private var now: Instant {
        let now = machine.now()
        return state.withLock { Self.shown($0, now) }
    }

    private static func shown(_ state: State, _ now: Instant) -> Instant {
        let passed = now.milliseconds - state.since.milliseconds
        return Instant(milliseconds: state.start.milliseconds + passed * Int64(state.pace))
    }

    package var json: JSONValue {
        let now = machine.now()
        let (shown, pace) = state.withLock { (Self.shown($0, now), $0.pace) }
        return .record(["clock": .text("\(shown)"), "pace": .number(pace)])
    }

    /// Moves it (`clock`), or changes how fast it goes (`pace`), or both; what is not said stays. False for anything
    /// else, and nothing is changed then.
    package func set(_ json: JSONValue) -> Bool {
        guard case .record(let members) = json, !members.isEmpty,
            Set(members.keys).isSubset(of: ["clock", "pace"])
        else { return false }
        var (start, pace): (Instant?, Int?)
        if let said = members["clock"] {
            guard let instant = said.text.flatMap(Self.instant) else { return false }
            start = instant
        }
        if let said = members["pace"] {
            guard case .number(let number) = said, (0...Self.paceMax).contains(number) else { return false }
            pace = number
        }
        let now = machine.now()
        state.withLock { state in
            state = State(start: start ?? Self.shown(state, now), since: now, pace: pace ?? state.pace)
        }
        return true
    }

    /// Reads `2018-11-19T09:00` with or without seconds and `+08:00`, a time in Fuzhou; nil for anything else.
    package static func instant(_ text: String) -> Instant? {
        let own = text.hasSuffix("+08:00") ? String(text.dropLast(6)) : text
        let parts = own.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = CivilDate(parts[0]) else { return nil }
        let numbers = parts[1].split(separator: ":", omittingEmptySubsequences: false)
            .map { $0.count == 2 ? Int($0) ?? -1 : -1 }
        guard (2...3).contains(numbers.count), (0..<24).contains(numbers[0]),
            numbers.dropFirst().allSatisfy((0..<60).contains)
        else { return nil }
        return Instant(day, hour: numbers[0], minute: numbers[1])
            .advanced(bySeconds: numbers.count == 3 ? Int64(numbers[2]) : 0)
    }

    /// `GET` and `PUT /sandbox/clock`.
    package func serve(_ router: Router<some RequestContext>) {
        router.get("/sandbox/clock") { _, _ in SandboxAnswer.json(self.json) }
        router.put("/sandbox/clock") { request, _ in
            guard let json = try await SandboxAnswer.value(in: request), self.set(json) else {
                return SandboxAnswer.refusal("malformed: clock 2018-11-19T09:00:00+08:00, pace 0...\(Self.paceMax)")
            }
            return SandboxAnswer.json(self.json)
        }
    }
}
