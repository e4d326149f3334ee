import Synchronization
package import Vocabulary

/// Something that a sandbox looks at in what the house does; its words are what should be so.
package protocol SandboxCheck: Sendable, Hashable, CaseIterable, RawRepresentable<String> {}

/// What a sandbox noticed about the house, check by check.
package final class SandboxReport<Check: SandboxCheck>: Sendable {
    private struct Tally {
        var good = 0
        var bad = 0
        /// What the last bad one was.
        var last = ""
    }
    private struct State {
        var requests: [String: Int] = [:]
        var tallies: [Check: Tally] = [:]
    }

    /// LIMIT: characters of an example.
    private static var exampleCharactersMax: Int { 200 }

    private let state = Mutex(State())

    package init() {}

    /// Something was asked at an address, or a round was made.
    func count(_ address: String) { state.withLock { $0.requests[address, default: 0] += 1 } }

    /// Something was looked at; what was found where it is not so.
    func note(_ check: Check, _ isGood: Bool, _ found: @autoclosure () -> String = "") {
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
    func failures(_ check: Check) -> Int { state.withLock { $0.tallies[check]?.bad ?? 0 } }

    /// `requests` by address, and `checks`, each `pass`, `fail` or `unseen` with its counts.
    package var json: JSONValue {
        let (requests, tallies) = state.withLock { ($0.requests, $0.tallies) }
        let checks = Check.allCases.map { check in
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
        for check in Check.allCases {
            let (tally, standing) = (tallies[check], Self.standing(tallies[check]))
            let padded = standing + String(repeating: " ", count: 7 - standing.count)
            let counts = tally.map { ": \($0.good) good, \($0.bad) bad" } ?? ""
            let example = (tally?.last).flatMap { $0.isEmpty ? nil : ", the last \($0)" } ?? ""
            lines.append(padded + check.rawValue + counts + example)
        }
        return lines.joined(separator: "\n")
    }
}
