import Catalogue
import Dossiers
import Foundation
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

    static func entry(_ event: DossierEvent, sequence: Int, _ stamp: Stamp) throws -> JournalEntry {
        let personal = try event.personalPart().map { bytes in
            JournalEntry.Personal(salt: stamp.entropy.salt(for: "\(sequence)"), bytes: bytes)
        }
        return JournalEntry(
            JournalEntry.Place(Story.id.subject, sequence: sequence, at: stamp.now, actor: stamp.actor),
            kind: event.kind, version: DossierEvent.version, body: try event.publicPart(), personal: personal)
    }

    /// One event of every kind, with and without its personal part where it may be missing.
    private static func samples() throws -> [DossierEvent] {
        let story = try StateCommandTableTests.story(at: .ended)
        let collected = try Story(.onlineThenCollect).submit("11-19").accept("11-19").review("11-19").grant("11-19")
            .file("11-19").issue("11-19").handOver("11-19")
        let note = try note()
        // As they were written before anybody asked why.
        let defects = [MaterialDefect("licence", .expired, nil)]
        return try [
            try #require(story.events.first), .preReviewReturned(defects, note), .preReviewReturned(defects, nil),
            .resubmitted([HandedIn("form", .paper)]), .preReviewPassed(bySilence: true),
            .preReviewPassed(bySilence: false), .received, .correctionRequested(defects, note),
            .corrected([HandedIn("licence", .paper)]), .accepted(from: Story.at("11-20"), bySilence: true),
            .accepted(from: Story.at("11-20"), bySilence: false), .declined(.otherAuthority, authority: nil, note),
            .declined(.otherAuthority, authority: "福州市教育局", note), .mended([HandedIn("form", .paper)]),
            .reviewPassed(.grant, note), .reviewPassed(.refuse, nil), .returnedToReviewer(note),
            .granted(Story.certificate, note), .granted(nil, note), .refused(standard: nil, note),
            .refused(standard: "GB 37488-2019", note),
            .certificateFiled(Story.certificate), .issued(pickUp(collected)), .issued(nil),
            .handedOver(.pickUpCode, recipient(collected)), .handedOver(.identityCard, nil),
            .handedOver(.electronic, nil), .handedOver(.courier, recipient(collected)),
            .closed, .withdrawn(note), .withdrawn(nil), .terminated(note), .lapsed,
        ] + causes(note) + families(note) + handling(note)
    }

    /// Notices that say why, with and without the clerk's words.
    private static func causes(_ note: DossierEvent.Note) -> [DossierEvent] {
        let places: [GuidePlace] = [.element("E17"), .material("licence", .sample), .field("headcount")]
        let misled = places.map { MaterialDefect("licence", .expired, .guide($0)) }
        let other = MaterialDefect("form", .illegible, .other, words: "受潮")
        return [
            .correctionRequested(misled + [other], note), .correctionRequested([other], nil),
            .correctionRequested([MaterialDefect("form", .missing, .overlooked)], nil),
            .preReviewReturned([MaterialDefect("form", .missing, .overlooked, words: "漏页")], note),
        ]
    }

    /// The families of events that write themselves.
    private static func handling(_ note: DossierEvent.Note) throws -> [DossierEvent] {
        let staff = StaffID(Subject(high: 2, low: 5))
        let body = Respondent.body(code: try #require(CreditCode("11350100MADEM002X0")), region: .fuzhou)
        let events: [HandlingEvent] = [
            .passed(step: "first", next: "last", note), .sentBack(from: "last", to: "first", note), .taken,
            .assigned(staff, .assigned, nil), .assigned(staff, .delegated, note), .givenBack(nil), .givenBack(note),
            .urged(.applicant, note), .urged(.office, nil), .recused(staff, isRuled: true, note),
            .recused(staff, isRuled: false, note),
            .asked([.officer(staff: staff), body], until: Story.day("11-23"), note),
            .answered(.officer(staff: staff), .agree, nil), .answered(body, .disagree, note),
            .closed(silent: [body], next: "last"), .closed(silent: [], next: nil),
            .fellBack(Story.day("11-26")), .actedFor(staff),
            .assisted(Story.help, deed: "dossier.submitted"),
        ]
        return events.map(DossierEvent.handling)
    }

    private static func families(_ note: DossierEvent.Note) throws -> [DossierEvent] {
        let staff = [StaffID(Subject(high: 2, low: 5)), StaffID(Subject(high: 2, low: 6))]
        let failed = SpecialRecord.Finding(isFavourable: false, staff: staff, standard: "GB 37488-2019")
        let plan = Hearing.Plan(day: Story.day("12-10"), minute: 570, place: "第一听证室", chair: staff[0])
        return [
            .special(.begun(.inspection, told: WorkingDays(5), note)),
            .special(.prolonged(.inspection, by: WorkingDays(2), note)), .special(.ended(.inspection, failed, note)),
            .special(.ended(.expertReview, SpecialRecord.Finding(isFavourable: true), nil)),
            .hearing(.told(note)), .hearing(.requested), .hearing(.waived(bySilence: true)),
            .hearing(.waived(bySilence: false)), .hearing(.scheduled(plan)), .hearing(.held(note)),
            .extended(.requested(value: 10, note)), .extended(.approved(value: 10, by: .head, note)),
            .extended(.approved(value: 15, by: .government, nil)), .extended(.denied(note)),
            .party(.informed(nil)), .party(.heard(party: 0, note)),
            .tolerance(.granted(lagging: ["licence"], days: WorkingDays(3), undertaking: .paper)),
            .tolerance(.supplied([HandedIn("licence", .paper)])), .tolerance(.lapsed),
            .commitment(.verified(isKept: true, staff: staff, note)),
            .commitment(.verified(isKept: false, staff: staff, nil)),
            .commitment(
                .announced(Verification.Visit(day: Story.day("12-10"), minute: 570, place: "经营场所", staff: staff))),
            .licence(.ended(.recalled(.lawChanged), note)), .licence(.ended(.revoked(.fraud), note)),
            .licence(.ended(.cancelled(.expired), nil)),
            .overrun(.explained(.promised, due: Story.day("11-26"), note)),
            .overrun(.explained(.statutory, due: Story.day("12-17"), nil)),
            .clock(.passed(.step, Story.day("11-22"))), .clock(.nearing(Story.day("11-26"))),
            .clock(.passed(.promised, Story.day("11-26"))),
            .clock(.renewed(Story.certificate)), .clock(.renewed(nil)),
        ]
    }

    /// A note as a decision writes it.
    private static func note() throws -> DossierEvent.Note {
        let declined = try Story().submit("11-19").decline("11-20")
        guard case .declined(_, _, .some(let note))? = declined.events.last else { throw Fault.corrupt("no note") }
        return note
    }

    private static func pickUp(_ story: Story) -> DossierEvent.PickUp? {
        for case .issued(let pickUp) in story.events { return pickUp }
        return nil
    }

    private static func recipient(_ story: Story) -> DossierEvent.Recipient? {
        for case .handedOver(_, let recipient) in story.events { return recipient }
        return nil
    }

    private static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Resources/events.jsonl")

    private static func lines() throws -> [Line] {
        try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    private static func line(_ event: DossierEvent) throws -> Line {
        Line(
            kind: event.kind, version: DossierEvent.version,
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
                JournalEntry.Place(Story.id.subject, sequence: 1, at: Story.at("11-20"), actor: .platform),
                kind: line.kind, version: line.version, body: Array(line.body.utf8), personal: personal)
            let event = try DossierEvent(entry)
            #expect(event.kind == line.kind)
            if line.version == DossierEvent.version { #expect(try Self.line(event) == line) }
        }
        let kinds = Set(samples.map(\.kind))
        #expect(kinds.count == 57 && kinds == Set(lines.map(\.kind)), "every kind stands in the golden file")
    }

    @Test func `a kind or a version that nobody ever wrote is corrupt`() throws {
        for (kind, version) in [("dossier.submitted", 99), ("dossier.sold", 1)] {
            let entry = JournalEntry(
                JournalEntry.Place(Story.id.subject, sequence: 1, at: Story.at("11-20"), actor: .platform),
                kind: kind, version: version, body: Array("{}".utf8), personal: nil)
            #expect(throws: Fault.self) { try DossierEvent(entry) }
        }
    }
}
