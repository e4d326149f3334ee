import Dossiers
import Foundation
import Testing
import Vocabulary

/// Lives by chance over every command, counted once by the product and once by hand.
@Suite struct ClockLivesTests {
    /// What some lives came to.
    private struct Tally: Sendable {
        var (lives, events): (Int, Int) = (0, 0)
        var kinds: Set<String> = []
        var complaints: [String] = []

        mutating func add(_ other: Tally) {
            (lives, events) = (lives + other.lives, events + other.events)
            kinds.formUnion(other.kinds)
            complaints += other.complaints
        }
    }

    /// How many lives: `ONEWINDOW_PROPERTY_LIVES`, beginning with the seed `ONEWINDOW_PROPERTY_FIRST`.
    private static let lives = number("ONEWINDOW_PROPERTY_LIVES") ?? 5_000
    private static let first = number("ONEWINDOW_PROPERTY_FIRST") ?? 1
    /// LIMIT: wrong lives of one part after which it stops; a mistake is seldom alone.
    private static let wrongMax = 3
    private static let parts = max(1, ProcessInfo.processInfo.activeProcessorCount)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    /// Every so-manieth life, one after the other.
    private static func live(_ part: Int) throws -> Tally {
        let rules = DossierRules(clock: LegalClock(calendar: try .shipped()))
        var tally = Tally()
        for seed in stride(from: first + part, to: first + lives, by: parts) {
            let (lines, complaint) = try ClockLife.live(UInt64(seed), rules)
            tally.lives += 1
            tally.events += lines.count
            for line in lines { tally.kinds.insert(line.event.kind) }
            if let complaint { tally.complaints.append("seed \(seed): \(complaint)") }
            if tally.complaints.count == wrongMax { break }
        }
        return tally
    }

    @Test func `no life breaks a rule, and every date of it is the one that one counts by hand`() async throws {
        let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
            for part in 0..<Self.parts { group.addTask { try Self.live(part) } }
            var tally = Tally()
            for try await part in group { tally.add(part) }
            return tally
        }
        for complaint in tally.complaints { Issue.record("\(complaint)") }
        #expect(tally.lives == Self.lives)
        // So many lives reach every event that a dossier can have.
        if Self.lives >= 5_000 { #expect(try Self.everyKind().subtracting(tally.kinds) == []) }
        print("clock lives: \(tally.lives) lives, \(tally.events) events, \(tally.complaints.count) wrong")
    }

    /// The kinds of which the golden file has one each.
    private static func everyKind() throws -> Set<String> {
        struct Written: Decodable { let kind: String }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Resources/events.jsonl"), encoding: .utf8)
        return try Set(
            text.split(separator: "\n").map { try JSONDecoder().decode(Written.self, from: Data($0.utf8)).kind })
    }
}
