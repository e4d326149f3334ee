import Dossiers
import Foundation
import Testing
import Vocabulary

/// Lives by chance over every command, counted once by the product and once by hand.
@Suite struct ClockLivesTests {
    /// How many lives: `ONEWINDOW_PROPERTY_LIVES`, beginning with the seed `ONEWINDOW_PROPERTY_FIRST`.
    private static let lives = number("ONEWINDOW_PROPERTY_LIVES") ?? 5_000
    private static let first = number("ONEWINDOW_PROPERTY_FIRST") ?? 1
    /// As many parts as there are cores to run them.
    private static let parts = 4

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test(arguments: 0..<parts)
    func `no life breaks a rule, and every date of it is the one that one counts by hand`(_ part: Int) throws {
        let rules = DossierRules(clock: LegalClock(calendar: try .shipped()))
        var (events, lived, wrong) = (0, 0, 0)
        for seed in stride(from: Self.first + part, to: Self.first + Self.lives, by: Self.parts) {
            let (count, complaint) = try ClockLife.live(UInt64(seed), rules)
            events += count
            lived += 1
            guard let complaint else { continue }
            Issue.record("seed \(seed): \(complaint)")
            wrong += 1
            // A mistake is seldom alone; five are enough to find it.
            if wrong == 5 { break }
        }
        print("clock lives: \(lived) lived, \(events) events, \(wrong) wrong")
    }
}
