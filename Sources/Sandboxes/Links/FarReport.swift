import Synchronization
package import Vocabulary

/// What the far side looks at in what the house does.
package enum FarCheck: String, Sendable, CaseIterable {
    /// Each request is signed with the link's secret.
    case signature = "signed with the secret"
    case clock = "clock within 300 seconds"
    case id = "id begins with what is asked"
    case body = "body as the protocol has it"
    case sameBatch = "a batch that comes again is the same"
    case sameRecord = "a record that comes again says the same"
    case order = "of a dossier the acceptance comes first"
    case number = "the number is that of the record"
    case values = "values fit their columns"
    case fileNamed = "a file is there before a record names it"
    case fileDigest = "a file has the digest it was announced with"
    case receipt = "what came of a record is said once and for good"
    case answer = "an answer as the interface has it"
}

/// What was noticed about the house: half of what a conformance report says.
package final class FarReport: Sendable {
    private struct Tally {
        var good = 0
        var bad = 0
        /// What the last bad one was.
        var last = ""
    }
    private struct State {
        var requests: [String: Int] = [:]
        var tallies: [FarCheck: Tally] = [:]
    }

    /// LIMIT: characters of an example.
    private static let exampleCharactersMax = 200

    private let state = Mutex(State())

    package init() {}

    /// Something was asked at an address, or a round was made.
    func count(_ address: String) { state.withLock { $0.requests[address, default: 0] += 1 } }

    /// Something was looked at; what was found where it is not so.
    func note(_ check: FarCheck, _ isGood: Bool, _ found: @autoclosure () -> String = "") {
        let example = isGood ? "" : String(found().prefix(Self.exampleCharactersMax))
        state.withLock { state in
            if isGood {
                state.tallies[check, default: Tally()].good += 1
            } else {
                state.tallies[check, default: Tally()].bad += 1
                state.tallies[check, default: Tally()].last = example
            }
        }
    }

    private static func standing(_ tally: Tally?) -> String {
        guard let tally else { return "unseen" }
        return tally.bad == 0 ? "pass" : "fail"
    }

    /// How often a check failed.
    func failures(_ check: FarCheck) -> Int { state.withLock { $0.tallies[check]?.bad ?? 0 } }

    /// `requests` by address, and `checks`, each `pass`, `fail` or `unseen` with its counts.
    package var json: JSONValue {
        let (requests, tallies) = state.withLock { ($0.requests, $0.tallies) }
        let checks = FarCheck.allCases.map { check in
            let tally = tallies[check]
            return JSONValue.record([
                "check": .text(check.rawValue), "code": .text("\(check)"), "standing": .text(Self.standing(tally)),
                "good": .number(tally?.good ?? 0), "bad": .number(tally?.bad ?? 0), "last": .text(tally?.last ?? ""),
            ])
        }
        return .record([
            "requests": .record(requests.mapValues(JSONValue.number)), "checks": .list(checks),
            "isGood": .flag(tallies.values.allSatisfy { $0.bad == 0 }),
        ])
    }

    /// The same for people, a line each.
    package var text: String {
        let (requests, tallies) = state.withLock { ($0.requests, $0.tallies) }
        var lines = requests.sorted { $0.key < $1.key }.map { "asked  \($0.key): \($0.value)" }
        for check in FarCheck.allCases {
            let (tally, standing) = (tallies[check], Self.standing(tallies[check]))
            let padded = standing + String(repeating: " ", count: 7 - standing.count)
            let counts = tally.map { ": \($0.good) good, \($0.bad) bad" } ?? ""
            let example = (tally?.last).flatMap { $0.isEmpty ? nil : ", the last \($0)" } ?? ""
            lines.append(padded + check.rawValue + counts + example)
        }
        return lines.joined(separator: "\n")
    }
}
