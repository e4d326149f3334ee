import Certificates
import Foundation
import Store
import Testing
import Vocabulary

/// Events are for ever: every version of every kind that was ever written stands in `Resources/events.jsonl` and must
/// be read as the same for ever. A new kind or version is a new line (`GOLDEN=record`); a line is never changed.
@Suite struct CertificateEventGoldenTests {
    private struct Line: Codable, Equatable {
        let kind: String
        let version: Int
        let body: String
        let personal: String?
    }

    private static func samples() throws -> [CertificateEvent] {
        let note = Certificate.Note("示例")
        let reservation = try Sheaf.reservation(1, origin: (DossierID(Subject(high: 4, low: 1)), "000114111003"))
        let longTerm = try Sheaf.reservation(2, until: nil)
        let digest = String(repeating: "1", count: 64)
        let taken = Certificate.Taking(try Sheaf.reservation(3), digest: digest, edition: 2)
        let taking = Certificate.Taking(try Sheaf.reservation(4, until: nil), digest: digest, edition: 2)
        let first = Certificate.Filing(
            digest: Sheaf.filing.digest, algorithm: "ed25519", keyID: "simulation", signature: "AA==",
            signedAt: Sheaf.filing.signedAt, edition: nil)
        return [
            .imported(taken, Sheaf.personal()), .imported(taking, nil),
            .reserved(reservation, Sheaf.personal()), .reserved(longTerm, nil), .made, .filed(first),
            .filed(Sheaf.filing), .pressed(Certificate.SealedFile(BlobRef(of: [1, 2, 3]), seal: "35010000000001")),
            .ended(.recalled), .ended(.revoked), .ended(.cancelled),
            .ended(.changed, successor: Sheaf.id(2)), .lifted(note), .lifted(nil),
            .checked(Certificate.Check(year: 2026, passed: true), note),
            .checked(Certificate.Check(year: 2026, passed: false), nil), .nearing, .expired, .archived,
        ]
            + CertificateGround.ofRestriction.map { .restricted($0, note) } + [.restricted(.checkFailed, nil)]
            + CertificateGround.ofSuspension.map { .suspended($0, note) } + [.suspended(.penalty, nil)]
            + Certificate.Ending.allCases.flatMap { ending in
                CertificateGround.of(ending).map { .terminated(ending, $0, note) }
            } + [.terminated(.revoked, .fraud, nil)]
    }

    private static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Resources/events.jsonl")

    private static func lines() throws -> [Line] {
        try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    private static func line(_ event: CertificateEvent) throws -> Line {
        Line(
            kind: event.kind, version: CertificateEvent.version,
            body: String(decoding: try event.publicPart(), as: UTF8.self),
            personal: try event.personalPart().map { String(decoding: $0, as: UTF8.self) })
    }

    private static func entry(_ line: Line) -> JournalEntry {
        let personal = line.personal.map {
            JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: Array($0.utf8))
        }
        return JournalEntry(
            JournalEntry.Place(Sheaf.id(1).subject, sequence: 1, at: Instant(Sheaf.today), actor: .platform),
            kind: line.kind, version: line.version, body: Array(line.body.utf8), personal: personal)
    }

    @Test func `what is never published is told by its kind alone`() throws {
        let identifier = try Sheaf.reservation(1).identifier
        let salt = try #require(CertificateLogEntry.Salt(bytes: Array(repeating: 1, count: 32)))
        for event in try Self.samples() {
            let line = CertificateLogEntry(event, of: identifier, salt, on: Sheaf.today, successor: "other")
            #expect((line == nil) == CertificateLogEntry.Kind.silent.contains(event.kind), "\(event.kind)")
        }
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
            let event = try CertificateEvent(Self.entry(line))
            #expect(try Self.line(event) == line)
        }
        let kinds = Set(samples.map(\.kind))
        #expect(kinds.count == 14 && kinds == Set(lines.map(\.kind)), "every kind stands in the golden file")
    }

    @Test func `the kinds of before read as they always did`() throws {
        let body = "{\"algorithm\":\"ed25519\",\"digest\":\"00\",\"keyID\":\"k\",\"signature\":\"AA==\",\"signedAt\":1}"
        let filed = try CertificateEvent(
            Self.entry(Line(kind: "certificate.filed", version: 1, body: body, personal: nil)))
        guard case .filed(let filing) = filed else { throw Fault.corrupt("not filed") }
        #expect(filing.edition == nil && filing.signedAt == Instant(milliseconds: 1))
        #expect(String(decoding: try filed.publicPart(), as: UTF8.self) == body)
        let ended = Line(kind: "certificate.ended", version: 1, body: "{\"ending\":\"recalled\"}", personal: nil)
        #expect(try CertificateEvent(Self.entry(ended)) == .ended(.recalled))
    }

    @Test func `a kind or a version that nobody ever wrote is corrupt`() throws {
        for (kind, version) in [("certificate.made", 99), ("certificate.sold", 1)] {
            #expect(throws: Fault.self) {
                try CertificateEvent(Self.entry(Line(kind: kind, version: version, body: "{}", personal: nil)))
            }
        }
    }
}
