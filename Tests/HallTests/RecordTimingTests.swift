import Dossiers
import Exchange
import Foundation
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// What is early and what is late, over every stage.
@Suite struct RecordTimingTests {
    private static let certificate = CertificateID(Subject(high: 9, low: 9))
    private static let printed = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../docs/links.md")

    private static let toReview: [DossierEvent] = [
        .received, .accepted(from: Instant(milliseconds: 0), bySilence: false),
    ]
    private static let toGrant = toReview + [.reviewPassed(.grant, nil), .granted(certificate, nil)]
    private static let toIssue = toGrant + [.certificateFiled(certificate), .issued(nil)]

    /// A way to each stage.
    private static let ways: [(Dossier.Stage.Name, ServiceMode, [DossierEvent])] = [
        (.preReview, .preReviewThenCounter, []),
        (.preReviewReturned, .preReviewThenCounter, [.preReviewReturned([], nil)]),
        (.awaitingOriginals, .preReviewThenCounter, [.preReviewPassed(bySilence: false)]),
        (.received, .fullyOnline, [.received]),
        (.correctionRequested, .fullyOnline, [.received, .correctionRequested([], nil)]),
        (.inReview, .fullyOnline, toReview), (.reviewed, .fullyOnline, toReview + [.reviewPassed(.grant, nil)]),
        (.granted, .fullyOnline, toGrant), (.certified, .fullyOnline, toGrant + [.certificateFiled(certificate)]),
        (.refused, .fullyOnline, toReview + [.reviewPassed(.refuse, nil), .refused(standard: nil, nil)]),
        (.issued, .fullyOnline, toIssue), (.handedOver, .fullyOnline, toIssue + [.handedOver(.electronic, nil)]),
        (.ended, .fullyOnline, [.withdrawn(nil)]),
    ]

    private static let commands: [(String, DossierCommand)] = [
        ("accept", .accept), ("review", .passReview(.grant, opinion: "")), ("return", .returnToReviewer(note: "")),
        ("grant", .grant(grounds: "", certificate: nil)), ("refuse", .refuse(grounds: "", standard: "")),
        ("special", .special(.begin(.expertReview, days: 1, note: ""))), ("pass", .handling(.pass(opinion: ""))),
    ]

    private static func dossier(
        _ mode: ServiceMode, _ events: [DossierEvent]
    ) throws -> Dossier {
        let terms = try HallStory.terms()
        let submission = Submission(
            terms: terms, way: Submission.Way(mode: mode, delivery: .eCertificate),
            parties: Submission.Parties(applicant: HallStory.applicant),
            numbers: DossierNumbers(
                implementationCode: terms.implementationCode, day: CivilDate(daysSinceEpoch: 17_854), serial: 1,
                shortSerial: 1),
            contents: Submission.Contents(
                materials: [],
                personal: Submission.Personal(
                    applicant: ("示例企业一", "91350100MADEM0054D"), contactMobile: "", answers: [:],
                    files: ([:], "123456"))))
        let rules = DossierRules(clock: LegalClock(calendar: try .shipped()))
        let now = Instant(CivilDate(daysSinceEpoch: 17_854), hour: 9)
        let first = try #require(try rules.begin(submission, at: now).first)
        var dossier = try Dossier(DossierID(Subject(high: 5, low: 5)), first, at: now, by: .platform)
        for event in events { try dossier.apply(event, at: now, by: .platform) }
        return dossier
    }

    @Test func `the order of the stages says what is early and what is late`() throws {
        let expected: [String: String] = [
            "accept": "EEENELLLLLLLL", "review": "EEEEENLLLLLLL", "return": "EEEEEENLLLLLL",
            "grant": "EEEEEENLLLLLL", "refuse": "EEEEEENLLLLLL", "special": "EEEEENNLLLLLL",
            "pass": "EEEEENLLLLLLL",
        ]
        #expect(Set(Self.ways.map(\.0)) == Set(Dossier.Stage.Name.allCases))
        var found: [String: String] = [:]
        for (stage, mode, events) in Self.ways {
            let dossier = try Self.dossier(mode, events)
            #expect(dossier.stage.name == stage)
            for (name, command) in Self.commands {
                let letter: Character =
                    switch RecordTiming.of(command, on: dossier) {
                    case .early: "E"
                    case .now: "N"
                    case .late: "L"
                    }
                found[name, default: ""].append(letter)
            }
        }
        #expect(found == expected)
    }

    @Test func `nothing is decided, nor an examination finished, while a procedure runs`() throws {
        let begun = DossierEvent.special(.begun(.expertReview, told: WorkingDays(5), nil))
        let running = try Self.dossier(.fullyOnline, Self.toReview + [begun])
        for (name, command) in Self.commands where ["review", "pass"].contains(name) {
            #expect(RecordTiming.of(command, on: running) == .early, "\(name)")
        }
        #expect(RecordTiming.of(.special(.begin(.testing, days: 1, note: "")), on: running) == .now)
        let late = try Self.dossier(.fullyOnline, Self.toReview + [.reviewPassed(.grant, nil), begun])
        #expect(RecordTiming.of(.grant(grounds: "", certificate: nil), on: late) == .early)
        #expect(RecordTiming.of(.returnToReviewer(note: ""), on: late) == .now)
    }

    @Test func `the printed steps are those that are taken`() throws {
        let printed = try String(contentsOf: Self.printed, encoding: .utf8)
        let start = try #require(printed.range(of: "| `process_name`")).lowerBound
        let end = try #require(printed.range(of: "\n\n", range: start..<printed.endIndex)).lowerBound
        let table = IncomingStepTable.markdown()
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
            try (printed[..<start] + table.dropLast() + printed[end...]).write(
                to: Self.printed, atomically: true, encoding: .utf8)
        }
        #expect(printed[start..<end] + "\n" == table)
    }
}
