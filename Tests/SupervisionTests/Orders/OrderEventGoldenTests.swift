import Foundation
import Store
import Testing
import Vocabulary

@testable import Supervision

/// Events are for ever: every version of every kind that was ever written stands in `Resources/order-events.jsonl` and
/// must be read as the same for ever. A new kind or version is a new line (`GOLDEN=record`); a line is never changed.
@Suite struct OrderEventGoldenTests {
    private struct Line: Codable, Equatable {
        let kind: String
        let version: Int
        let body: String
        let personal: String?

        init(_ event: some JournalEvent) throws {
            (kind, version) = (event.kind, type(of: event).version)
            body = String(decoding: try event.publicPart(), as: UTF8.self)
            personal = try event.personalPart().map { String(decoding: $0, as: UTF8.self) }
        }

        var entry: JournalEntry {
            JournalEntry(
                JournalEntry.Place(
                    OrderStory.id.subject, sequence: 1, at: OrderStory.at("11-19"), actor: .platform), kind: kind,
                version: version, body: Array(body.utf8),
                personal: personal.map {
                    JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: Array($0.utf8))
                })
        }
    }

    private static let words = OrderWords("请说明原因")

    private static func orders() throws -> [OrderEvent] {
        let story = try OrderStory(region: "350111")
        let whole = try story.issue("11-19", about: nil)
        let byRule = try story.issue("11-19", about: .statutoryPassed, text: nil)
        let until = OrderStory.at("11-27").day
        let up = try whole.tick("12-28")
        return whole.events + byRule.events + up.events.dropFirst() + [
            .answered(OrderWords("系统故障", done: "已办结")), .answered(nil), .accepted(words),
            .sentBack(until: until, words), .appealed(words), .upheld(until: until, words), .withdrawn(words),
        ]
    }

    private static func findings() throws -> [FindingEvent] {
        let matter = try OrderStory.matter()
        return FindingRule.allCases.map { .found(FindingEvent.Found(matter: matter, rule: $0, stands: !$0.isTried)) }
            + [
                .again, .settled, .ordered(OrderStory.id), .reviewed(words), .reviewed(nil),
                .orderClosed(OrderStory.id), .orderWithdrawn(OrderStory.id),
            ]
    }

    private static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Resources/order-events.jsonl")

    private static func lines() throws -> [Line] {
        guard FileManager.default.fileExists(atPath: path.path) else { return [] }
        return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    @Test func `every event that was ever written is still read, and written today as it was then`() throws {
        let samples = try Self.orders().map { try Line($0) } + Self.findings().map { try Line($0) }
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
            var lines = try Self.lines()
            for line in samples where !lines.contains(line) { lines.append(line) }
            let text = try lines.map { String(decoding: try CanonicalJSON.bytes(of: $0), as: UTF8.self) + "\n" }
            try Data(text.joined().utf8).write(to: Self.path)
        }
        let lines = try Self.lines()
        for line in samples {
            #expect(lines.contains(line), "\(line.kind) is written otherwise than in the golden file")
        }
        for line in lines {
            let again =
                line.kind.hasPrefix("order.") ? try Line(OrderEvent(line.entry)) : try Line(FindingEvent(line.entry))
            #expect(again == line)
        }
        #expect(
            Set(lines.map(\.kind)) == [
                "order.issued", "order.answered", "order.accepted", "order.sent-back", "order.appealed",
                "order.upheld", "order.withdrawn", "order.escalated", "finding.found", "finding.again",
                "finding.settled", "finding.ordered", "finding.reviewed", "finding.order-closed",
                "finding.order-withdrawn",
            ])
    }

    @Test func `the public part holds no word of what was said`() throws {
        let lines = try Self.orders().map { try Line($0) } + Self.findings().map { try Line($0) }
        for line in lines {
            for word in ["原因", "系统故障", "已办结"] { #expect(!line.body.contains(word), "\(line.kind): \(word)") }
        }
    }

    @Test func `a kind or a version that nobody ever wrote is corrupt, and so is a history that does not begin`() throws
    {
        for (kind, version) in [("order.issued", 99), ("order.burnt", 1), ("finding.found", 99), ("finding.x", 1)] {
            let entry = JournalEntry(
                JournalEntry.Place(
                    OrderStory.id.subject, sequence: 1, at: OrderStory.at("11-19"), actor: .platform), kind: kind,
                version: version, body: Array("{}".utf8), personal: nil)
            #expect(throws: Fault.self) { try OrderEvent(entry) }
            #expect(throws: Fault.self) { try FindingEvent(entry) }
        }
        let answered = try Line(OrderEvent.answered(nil)).entry
        #expect(throws: Fault.self) { try SupervisionOrder.folded(OrderStory.id, [answered]) }
    }
}
