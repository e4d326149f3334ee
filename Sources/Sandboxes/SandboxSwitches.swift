import Synchronization
package import Vocabulary

/// Something that goes wrong at every so many-th occasion.
package protocol SandboxSwitch: Sendable, Hashable, CaseIterable, Comparable, RawRepresentable<String> {}

extension SandboxSwitch {
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// How a sandbox misbehaves. As JSON, one object: each fault with a count (0 for never), and members of its own.
package protocol SandboxSwitchboard: Sendable, Equatable {
    associatedtype Fault: SandboxSwitch
    /// Every so many-th occasion; 0 or missing for never.
    var every: [Fault: Int] { get }
    var json: JSONValue { get }

    /// Nothing goes wrong.
    init()

    /// Sets what has this name; false for a name or a value that there is not.
    mutating func set(_ name: String, _ value: JSONValue) -> Bool
}

extension SandboxSwitchboard {
    /// Turns those that are named and leaves the others; answers the first name or value that there is not, and turns
    /// none then.
    package mutating func turn(_ json: JSONValue) -> String? {
        guard case .record(let members) = json else { return "" }
        var next = self
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where !next.set(name, value) { return name }
        self = next
        return nil
    }

    /// The same from a word of the command line, `lostReply=3` or `down=true`; nil for another shape.
    package static func setting(_ word: String) -> JSONValue? {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        let value: JSONValue =
            switch parts[1] {
            case "true": .flag(true)
            case "false": .flag(false)
            default: Int(parts[1]).map(JSONValue.number) ?? .text(parts[1])
            }
        return .record([parts[0]: value])
    }
}

/// The switches, shared by everything that a sandbox does. Occasions are counted place by place, so that what is asked
/// again at one place is answered whatever happens at the others.
package final class SandboxSwitches<Faults: SandboxSwitchboard>: Sendable {
    private struct Occasion: Hashable {
        let fault: Faults.Fault
        let place: String
    }
    private struct State {
        var faults: Faults
        var counts: [Occasion: Int] = [:]
        var struck: [Faults.Fault: Int] = [:]
    }

    private let state: Mutex<State>

    package init(_ faults: Faults = Faults()) { state = Mutex(State(faults: faults)) }

    package var now: Faults { state.withLock { $0.faults } }

    /// See `SandboxSwitchboard.turn`.
    package func turn(_ json: JSONValue) -> String? { state.withLock { $0.faults.turn(json) } }

    /// How often each went wrong so far, by name.
    package var struck: JSONValue {
        let struck = state.withLock { $0.struck }
        return .record(Dictionary(uniqueKeysWithValues: struck.map { ($0.key.rawValue, .number($0.value)) }))
    }

    /// Whether it goes wrong this time; counts the occasion.
    func fires(_ fault: Faults.Fault, at place: String = "") -> Bool {
        state.withLock { state in
            guard let every = state.faults.every[fault], every > 0 else { return false }
            let count = (state.counts[Occasion(fault: fault, place: place)] ?? 0) + 1
            state.counts[Occasion(fault: fault, place: place)] = count
            guard count.isMultiple(of: every) else { return false }
            state.struck[fault, default: 0] += 1
            return true
        }
    }
}
