import Certificates
import Foundation
import Signing
import Store
import Testing
import Vocabulary

/// Events are for ever: what was written once is read as the same for ever. Certificates hold signatures, which are never
/// the same twice, so the file is written once (`GOLDEN=record` where there is none) and then only read.
@Suite struct SealEventGoldenTests {
    private struct Line: Codable, Equatable {
        let kind: String
        let version: Int
        let body: String
        let personal: String?
    }

    private static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Resources/seal-events.jsonl")
    private static let id = Subject(high: 1, low: 1)

    private static func line(_ event: some JournalEvent) throws -> Line {
        Line(
            kind: event.kind, version: type(of: event).version,
            body: String(decoding: try event.publicPart(), as: UTF8.self),
            personal: try event.personalPart().map { String(decoding: $0, as: UTF8.self) })
    }

    private static func samples() throws -> [any JournalEvent] {
        let story = try SealStory()
        let body = try #require(SealStory.body)
        let seals: [SealEvent] = [
            .made(body, number: "3501000000001", try story.edition(), .established),
            .renewed(try story.edition(10...700), .periodEnds), .suspended(.order, remark: "核查"),
            .suspended(.keyLost, remark: nil), .resumed(.settled, remark: "已找回"), .resumed(.order, remark: nil),
            .revoked(from: SealStory.at(9), .keyCompromised, remark: "丢失"),
            .revoked(from: SealStory.at(9), .bodyDissolved, remark: nil),
        ]
        let certificates: [KeyCertificateEvent] = [
            .issued(.authority, story.authority), .issued(.bodyP256(body), try story.certificate("文")),
            .revoked(from: SealStory.at(9), .keyLost, remark: "丢失"),
            .revoked(from: SealStory.at(9), .mistake, remark: nil),
        ]
        return seals + certificates
    }

    private static func lines() throws -> [Line] {
        try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    private static func entry(_ line: Line, _ sequence: Int = 1) -> JournalEntry {
        let personal = line.personal.map {
            JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: Array($0.utf8))
        }
        return JournalEntry(
            JournalEntry.Place(id, sequence: sequence, at: SealStory.at(Int64(sequence)), actor: .platform),
            kind: line.kind, version: line.version, body: Array(line.body.utf8), personal: personal)
    }

    @Test func `every event that was ever written is still read, and written today as it was then`() throws {
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record",
            !FileManager.default.fileExists(atPath: Self.path.path)
        {
            let text = try Self.samples().map { event in
                String(decoding: try CanonicalJSON.bytes(of: try Self.line(event)), as: UTF8.self) + "\n"
            }
            try Data(text.joined().utf8).write(to: Self.path)
        }
        let lines = try Self.lines()
        for line in lines {
            let entry = Self.entry(line)
            if line.kind.hasPrefix("seal.") {
                #expect(try Self.line(try SealEvent(entry)) == line)
            } else {
                #expect(try Self.line(try KeyCertificateEvent(entry)) == line)
            }
        }
        // What is written today has the same keys as what was written then.
        for event in try Self.samples() {
            let today = try Self.line(event)
            #expect(lines.contains { $0.kind == today.kind && Self.keys($0) == Self.keys(today) }, "\(today.kind)")
        }
        #expect(Set(lines.map(\.kind)).count == 7)
    }

    private static func keys(_ line: Line) -> [String] {
        [line.body, line.personal ?? ""].flatMap { $0.matches(of: /"([A-Za-z]+)":/).map { String($0.1) } }
    }

    @Test func `a life that was written once folds as it did`() throws {
        let lines = try Self.lines()
        let picked = [0, 1, 2, 4, 6].map { lines[$0] }
        let entries = picked.enumerated().map { Self.entry($1, $0 + 1) }
        let seal = try #require(try Seal.folded(SealID(Self.id), entries))
        #expect(seal.number == "3501000000001" && seal.editions.count == 2 && seal.sequence == 5)
        #expect(seal.suspensions == [TrustList.Suspension(from: SealStory.at(3), until: SealStory.at(4))])
        #expect(seal.state(at: SealStory.at(8)) == .valid && seal.state(at: SealStory.at(9)) == .revoked)
        #expect(try seal.current.certificate.isSigned(by: certificate(lines[8])))
    }

    private func certificate(_ line: Line) throws -> X509Certificate {
        guard case .issued(_, let certificate) = try KeyCertificateEvent(Self.entry(line)) else {
            throw Fault.corrupt("not an issue")
        }
        return certificate
    }

    @Test func `a kind or a version that nobody ever wrote, and an order that cannot be, are corrupt`() throws {
        for (kind, version) in [("seal.made", 99), ("seal.burnt", 1), ("key-certificate.issued", 2)] {
            let entry = Self.entry(Line(kind: kind, version: version, body: "{}", personal: nil))
            #expect(throws: Fault.self) { try SealEvent(entry) }
            #expect(throws: Fault.self) { try KeyCertificateEvent(entry) }
        }
        let lines = try Self.lines()
        for order in [[1], [0, 0], [0, 4]] {
            let entries = order.enumerated().map { Self.entry(lines[$1], $0 + 1) }
            #expect(throws: Fault.self) { try Seal.folded(SealID(Self.id), entries) }
        }
        #expect(throws: Fault.self) {
            try KeyCertificate.folded(KeyCertificateID(Self.id), [Self.entry(lines[8]), Self.entry(lines[8], 2)])
        }
    }
}
