package import Vocabulary

/// What can go wrong at the far side of a link, each at every so many-th occasion.
package enum FarFault: String, SandboxSwitch {
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
}

/// How the far side misbehaves. As JSON, one object: each `FarFault` with a count (0 for never), and the members below.
package struct FarFaults: SandboxSwitchboard {
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

    package mutating func set(_ name: String, _ value: JSONValue) -> Bool {
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
}

/// The switches of the far side of a link.
package typealias FarSwitches = SandboxSwitches<FarFaults>
