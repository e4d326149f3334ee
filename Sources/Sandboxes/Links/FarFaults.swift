import Synchronization
package import Vocabulary

/// What can go wrong at the far side of a link, each at every so many-th occasion.
package enum FarFault: String, Sendable, CaseIterable, Comparable {
    /// Nothing is answered for a while, then the connection is closed.
    case neverAnswers
    /// It is done, and the connection closed without an answer.
    case lostReply
    /// A record is offered twice, under two marks.
    case duplicate
    /// A result is offered before its step.
    case reorder
    /// The answer is signed with another secret.
    case wrongSignature
    /// The timestamp is `clockOffSeconds` from the clock.
    case clockOff
    /// Beside a record another one is offered with a column that its family has not.
    case drift
    /// Status 200 with code 500, and nothing is done.
    case errorInside
    /// Verdicts for the first half of the records only.
    case partial
    /// A record of `refuseFamily` is refused with `refuseCode`.
    case refuse
    /// What is said is cut in the middle.
    case invalidBody
    /// The answer, or a file of the folder, has `hugeMegabytes`.
    case hugeBytes
    /// Beside a result another one is offered that names the dossier of somebody else.
    case anotherNumber
    /// The bytes of a file have another digest.
    case wrongFile
    /// The answer before is given once more, with its old signature.
    case replay

    package static func < (left: FarFault, right: FarFault) -> Bool { left.rawValue < right.rawValue }
}

/// How the far side misbehaves. As JSON, one object: each `FarFault` with a count (0 for never), and the members below.
package struct FarFaults: Sendable, Equatable {
    /// Every connection is closed at once; nothing is read or written.
    package var isDown = false
    /// Seconds before each answer and each round.
    package var slowSeconds = 0
    package var clockOffSeconds = 600
    package var refuseFamily = "up_pro_material"
    package var refuseCode = "sandbox.refused"
    package var hugeMegabytes = 100
    /// Every so many-th occasion; 0 or missing for never.
    package var every: [FarFault: Int] = [:]

    package init() {}

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "down": .flag(isDown), "slowSeconds": .number(slowSeconds), "clockOffSeconds": .number(clockOffSeconds),
            "refuseFamily": .text(refuseFamily), "refuseCode": .text(refuseCode),
            "hugeMegabytes": .number(hugeMegabytes),
        ]
        for fault in FarFault.allCases { members[fault.rawValue] = .number(every[fault] ?? 0) }
        return .record(members)
    }

    /// Turns those that are named and leaves the others; answers the first name or value that there is not, and turns
    /// none then.
    package mutating func turn(_ json: JSONValue) -> String? {
        guard case .record(let members) = json else { return "" }
        var next = self
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where !next.set(name, value) { return name }
        self = next
        return nil
    }

    private mutating func set(_ name: String, _ value: JSONValue) -> Bool {
        switch (name, value) {
        case ("down", .flag(let isOn)): isDown = isOn
        case ("slowSeconds", .number(let seconds)) where seconds >= 0: slowSeconds = seconds
        case ("clockOffSeconds", .number(let seconds)): clockOffSeconds = seconds
        case ("hugeMegabytes", .number(let count)) where (1...1024).contains(count): hugeMegabytes = count
        case ("refuseFamily", .text(let family)): refuseFamily = family
        case ("refuseCode", .text(let code)): refuseCode = code
        case (_, .number(let count)) where count >= 0:
            guard let fault = FarFault(rawValue: name) else { return false }
            every[fault] = count
        default: return false
        }
        return true
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

/// The switches, shared by everything that a far side does. Occasions are counted place by place, so that what is
/// asked again at one place is answered whatever happens at the others.
package final class FarSwitches: Sendable {
    private struct Occasion: Hashable {
        let fault: FarFault
        let place: String
    }
    private struct State {
        var faults: FarFaults
        var counts: [Occasion: Int] = [:]
        var struck: [FarFault: Int] = [:]
    }

    private let state: Mutex<State>

    package init(_ faults: FarFaults = FarFaults()) { state = Mutex(State(faults: faults)) }

    package var now: FarFaults { state.withLock { $0.faults } }

    /// See `FarFaults.turn`.
    package func turn(_ json: JSONValue) -> String? { state.withLock { $0.faults.turn(json) } }

    /// How often each went wrong so far.
    package var struck: JSONValue {
        let struck = state.withLock { $0.struck }
        return .record(Dictionary(uniqueKeysWithValues: struck.map { ($0.key.rawValue, .number($0.value)) }))
    }

    /// Whether it goes wrong this time; counts the occasion.
    func fires(_ fault: FarFault, at place: String = "") -> Bool {
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
