import Foundation
import Papers
import Store
import Testing
import Vocabulary

/// Events are for ever: every version of every kind that was ever written stands in `Resources/events.jsonl` and must
/// be read as the same for ever. A new kind or version is a new line (`GOLDEN=record`); a line is never changed.
@Suite struct EventGoldenTests {
    private struct Line: Codable, Equatable {
        let kind: String
        let version: Int
        let body: String
        let personal: String?
    }

    static func entry(_ event: PaperEvent, sequence: Int) throws -> JournalEntry {
        let personal = try event.personalPart().map { bytes in
            JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: bytes)
        }
        return JournalEntry(
            JournalEntry.Place(Cases.id(1).subject, sequence: sequence, at: Cases.now, actor: .platform),
            kind: event.kind, version: PaperEvent.version, body: try event.publicPart(), personal: personal)
    }

    /// One event of every kind, with and without its personal part where it may be missing.
    private static func samples() throws -> [PaperEvent] {
        let issue = try PaperRules.issue(
            Cases.draft(.correction), number: 7, template: String(repeating: "b", count: 64), on: Cases.today)
        guard case .issued(let issued, _) = issue,
            let paper = try Paper.folded(Cases.id(1), [entry(issue, sequence: 1)])
        else { throw Fault.corrupt("no issue") }
        let served = PaperEvent.Served(mode: .left, servedAt: Cases.now, server: .staff(StaffID(Cases.id(4).subject)))
        let handing = PaperEvent.Handing(
            recipient: "李明", place: "住所", server: "陈晓", witness: "王芳", note: "拒收")
        let service = try PaperRules.serve(paper, served, handing, at: Cases.now)
        let done = try Paper.folded(Cases.id(1), [entry(issue, sequence: 1), entry(service, sequence: 2)])
        let proof = try PaperRules.issue(
            PaperRules.proof(of: #require(done), title: "补正材料告知书"), number: 1,
            template: String(repeating: "c", count: 64),
            on: Cases.today)
        return try [
            issue, .issued(issued, nil), proof, #require(PaperRules.produce(BlobRef(of: [1, 2, 3]), on: paper)),
            service,
            .served(PaperEvent.Served(mode: .electronic, servedAt: Cases.now, server: nil), nil),
            PaperRules.void(paper, reason: "文号登记有误"), .voided(nil),
        ]
    }

    private static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Resources/events.jsonl")

    private static func lines() throws -> [Line] {
        try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    private static func line(_ event: PaperEvent) throws -> Line {
        Line(
            kind: event.kind, version: PaperEvent.version,
            body: String(decoding: try event.publicPart(), as: UTF8.self),
            personal: try event.personalPart().map { String(decoding: $0, as: UTF8.self) })
    }

    @Test func `every event that was ever written is still read, and written today as it was then`() throws {
        let samples = try Self.samples()
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
            var lines = FileManager.default.fileExists(atPath: Self.path.path) ? try Self.lines() : []
            for sample in samples {
                let line = try Self.line(sample)
                if !lines.contains(line) { lines.append(line) }
            }
            let text = try lines.map { String(decoding: try CanonicalJSON.bytes(of: $0), as: UTF8.self) + "\n" }
                .joined()
            try Data(text.utf8).write(to: Self.path)
        }
        let lines = try Self.lines()
        for sample in samples {
            let line = try Self.line(sample)
            #expect(lines.contains(line), "\(sample.kind) is written otherwise than in the golden file")
        }
        for line in lines {
            let personal = line.personal.map {
                JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: Array($0.utf8))
            }
            let entry = JournalEntry(
                JournalEntry.Place(Cases.id(1).subject, sequence: 1, at: Cases.now, actor: .platform),
                kind: line.kind, version: line.version, body: Array(line.body.utf8), personal: personal)
            let event = try PaperEvent(entry)
            #expect(event.kind == line.kind)
            if line.version == PaperEvent.version { #expect(try Self.line(event) == line) }
        }
        #expect(Set(lines.map(\.kind)) == ["paper.issued", "paper.produced", "paper.served", "paper.voided"])
    }

    @Test func `the public part holds no name, and no word of what was said`() throws {
        for sample in try Self.samples() {
            let text = String(decoding: try sample.publicPart(), as: UTF8.self)
            for word in ["榕江智能", "李明", "住所", "考勤", "登记有误"] {
                #expect(!text.contains(word), "\(sample.kind): \(word)")
            }
        }
    }

    @Test func `a kind or a version that nobody ever wrote is corrupt`() throws {
        for (kind, version) in [("paper.issued", 99), ("paper.burnt", 1)] {
            let entry = JournalEntry(
                JournalEntry.Place(Cases.id(1).subject, sequence: 1, at: Cases.now, actor: .platform),
                kind: kind, version: version, body: Array("{}".utf8), personal: nil)
            #expect(throws: Fault.self) { try PaperEvent(entry) }
        }
    }
}
