import Certificates
import Testing
import Vocabulary

/// Every command at every state, and what the days do.
@Suite struct CertificateLifeTests {
    private static let note = Certificate.Note("示例")

    /// Events that lead to a state.
    private static let ways: [Certificate.State: [CertificateEvent]] = [
        .draft: [], .made: [.made], .issued: [.filed(Sheaf.filing)],
        .restricted: [.filed(Sheaf.filing), .restricted(.investigation, note)],
        .suspended: [.filed(Sheaf.filing), .suspended(.penalty, note)],
        .superseded: [.filed(Sheaf.filing), .ended(.changed, successor: Sheaf.id(2))],
        .cancelled: [.filed(Sheaf.filing), .terminated(.cancelled, .holderGone, note)],
        .revoked: [.filed(Sheaf.filing), .ended(.revoked)],
        .recalled: [.filed(Sheaf.filing), .terminated(.recalled, .lawChanged, note)],
        .expired: [.filed(Sheaf.filing), .nearing, .expired],
        .archived: [.filed(Sheaf.filing), .expired, .archived],
    ]

    private enum Deed: CaseIterable {
        case make, restrict, suspend, lift, pass, fail, cancel, revoke, archive

        var command: CertificateCommand {
            switch self {
            case .make: .make
            case .restrict: .restrict(.investigation, note: "示例")
            case .suspend: .suspend(.penalty, note: "示例")
            case .lift: .lift(note: "示例")
            case .pass: .check(passed: true, note: "示例")
            case .fail: .check(passed: false, note: "示例")
            case .cancel: .end(.cancelled, .holderGone, note: "示例")
            case .revoke: .end(.revoked, .fraud, note: "示例")
            case .archive: .archive
            }
        }
    }

    /// To which state a deed leads from a state; a refusal where it is refused.
    private static let table: [Certificate.State: [Deed: Result<Certificate.State, CertificateRefusal>]] = [
        .draft: all(.notIssued, [.make: .success(.made)]), .made: all(.notIssued, [.make: .failure(.alreadyMade)]),
        .issued: [
            .make: .failure(.alreadyMade), .restrict: .success(.restricted), .suspend: .success(.suspended),
            .lift: .failure(.notRestricted), .pass: .success(.issued), .fail: .success(.restricted),
            .cancel: .success(.cancelled), .revoke: .success(.revoked), .archive: .failure(.stillInForce),
        ],
        .restricted: [
            .make: .failure(.alreadyMade), .restrict: .failure(.alreadyRestricted), .suspend: .success(.suspended),
            .lift: .success(.issued), .pass: .success(.restricted), .fail: .success(.restricted),
            .cancel: .success(.cancelled), .revoke: .success(.revoked), .archive: .failure(.stillInForce),
        ],
        .suspended: [
            .make: .failure(.alreadyMade), .restrict: .failure(.alreadyRestricted),
            .suspend: .failure(.alreadyRestricted), .lift: .success(.issued), .pass: .success(.suspended),
            .fail: .success(.suspended), .cancel: .success(.cancelled), .revoke: .success(.revoked),
            .archive: .failure(.stillInForce),
        ],
        .superseded: all(.hasEnded, over), .cancelled: all(.hasEnded, over),
        .revoked: all(.hasEnded, struckOff), .recalled: all(.hasEnded, struckOff),
        .expired: all(.hasExpired, struckOff.merging([.revoke: .failure(.hasEnded)]) { $1 }),
        .archived: all(.isArchived, [.make: .failure(.alreadyMade)]),
    ]

    private typealias Row = [Deed: Result<Certificate.State, CertificateRefusal>]
    private static let over: Row = [.make: .failure(.alreadyMade), .archive: .success(.archived)]
    private static let struckOff: Row = over.merging([.cancel: .success(.cancelled)]) { $1 }

    private static func all(_ refusal: CertificateRefusal, _ others: Row) -> Row {
        Dictionary(uniqueKeysWithValues: Deed.allCases.map { ($0, others[$0] ?? .failure(refusal)) })
    }

    @Test(arguments: Certificate.State.allCases)
    func `every deed leads from every state where the table says, or is refused as it says`(
        _ state: Certificate.State
    ) throws {
        let row = try #require(Self.table[state])
        let certificate = try Sheaf.certificate(try #require(Self.ways[state]))
        #expect(certificate.state == state)
        for deed in Deed.allCases {
            let expected = try #require(row[deed])
            let decided = Result { () throws(CertificateRefusal) in
                try CertificateRules.decide(
                    deed.command, on: certificate, at: Instant(Sheaf.today, hour: 9), hasAnnualCheck: true)
            }
            switch (decided, expected) {
            case (.success(let events), .success(let after)):
                #expect(try events.reduce(certificate) { try $0.applying($1) }.state == after, "\(deed)")
            case (.failure(let refusal), .failure(let wanted)): #expect(refusal == wanted, "\(deed)")
            default: Issue.record("\(deed) at \(state): \(decided), not \(expected)")
            }
        }
    }

    private func decide(
        _ command: CertificateCommand, _ events: [CertificateEvent], until: Int? = 365, on day: Int = 0,
        hasAnnualCheck: Bool = true
    ) throws -> [CertificateEvent] {
        try CertificateRules.decide(
            command, on: try Sheaf.certificate(until: until, [.filed(Sheaf.filing)] + events),
            at: Instant(Sheaf.today.advanced(byDays: day), hour: 9), hasAnnualCheck: hasAnnualCheck)
    }

    @Test func `refusals say why`() throws {
        #expect(throws: CertificateRefusal.notIssued) {
            try CertificateRules.decide(
                .archive, on: try Sheaf.certificate(), at: Instant(Sheaf.today), hasAnnualCheck: false)
        }
        #expect(throws: CertificateRefusal.alreadyMade) { try decide(.make, []) }
        #expect(throws: CertificateRefusal.alreadyRestricted) {
            try decide(.restrict(.courtOrder, note: "示例"), [.restricted(.courtOrder, nil)])
        }
        #expect(throws: CertificateRefusal.notRestricted) { try decide(.lift(note: "示例"), []) }
        #expect(throws: CertificateRefusal.hasEnded) { try decide(.lift(note: "示例"), [.ended(.revoked)]) }
        #expect(throws: CertificateRefusal.hasExpired) { try decide(.lift(note: "示例"), [], on: 366) }
        #expect(throws: CertificateRefusal.isArchived) { try decide(.archive, [.ended(.revoked), .archived]) }
        #expect(throws: CertificateRefusal.stillInForce) { try decide(.archive, []) }
        #expect(throws: CertificateRefusal.noAnnualCheck) {
            try decide(.check(passed: true, note: "示例"), [], hasAnnualCheck: false)
        }
        #expect(throws: CertificateRefusal.reasonMissing) { try decide(.restrict(.courtOrder, note: ""), []) }
        #expect(throws: CertificateRefusal.textTooLong) {
            try decide(
                .restrict(.courtOrder, note: String(repeating: "长", count: Limits.textCharactersMax + 1)), [])
        }
    }

    @Test func `a ground belongs to its deed, and every ground has a law`() throws {
        for ground in CertificateGround.allCases {
            #expect(ground.law.hasPrefix("《中华人民共和国"))
            if !CertificateGround.ofRestriction.contains(ground) {
                #expect(throws: CertificateRefusal.wrongGround) { try decide(.restrict(ground, note: "示例"), []) }
            }
            if !CertificateGround.ofSuspension.contains(ground) {
                #expect(throws: CertificateRefusal.wrongGround) { try decide(.suspend(ground, note: "示例"), []) }
            }
            for ending in Certificate.Ending.allCases where !CertificateGround.of(ending).contains(ground) {
                #expect(throws: CertificateRefusal.wrongGround) { try decide(.end(ending, ground, note: "示例"), []) }
            }
        }
        let commands = Deed.allCases.map(\.command) + [.tick]
        for command in commands {
            #expect(!command.law.isEmpty && !command.powers.isEmpty)
            #expect(!command.powers.contains(.supervise) && !command.powers.contains(.administer))
        }
    }

    @Test func `a check that fails restricts until one is passed, and lifts nothing else`() throws {
        let failed = try decide(.check(passed: false, note: "电梯未检"), [])
        #expect(failed.map(\.kind) == ["certificate.checked", "certificate.restricted"])
        let passed = try decide(.check(passed: true, note: "已检"), failed)
        #expect(passed.map(\.kind) == ["certificate.checked", "certificate.lifted"])
        let other = try decide(.check(passed: true, note: "已检"), [.restricted(.courtOrder, nil)])
        #expect(other.map(\.kind) == ["certificate.checked"])
        let certificate = try Sheaf.certificate([.filed(Sheaf.filing)] + failed + passed)
        #expect(certificate.checks.map(\.passed) == [false, true] && certificate.state == .issued)
        #expect(certificate.checks.allSatisfy { $0.year == Sheaf.today.year })
    }

    @Test func `the last day ends it without anybody's deed; thirty days before it the holder is told, once`() throws {
        let issued = try Sheaf.certificate(until: 40, [.filed(Sheaf.filing)])
        #expect(issued.wake == Sheaf.today.advanced(byDays: 10))
        #expect(try decide(.tick, [], until: 40, on: 9) == [])
        #expect(try decide(.tick, [], until: 40, on: 10) == [.nearing])
        #expect(try decide(.tick, [.nearing], until: 40, on: 11) == [])
        #expect(try decide(.tick, [.nearing], until: 40, on: 40) == [])
        #expect(try decide(.tick, [.nearing], until: 40, on: 41) == [.expired])
        #expect(try decide(.tick, [], until: 40, on: 60) == [.expired], "a house that slept tells the end alone")
        #expect(try decide(.tick, [.restricted(.courtOrder, nil)], until: 40, on: 60) == [.expired])
        #expect(try decide(.archive, [], until: 40, on: 41) == [.expired, .archived])
        for state in [Certificate.State.expired, .revoked, .archived] {
            #expect(try Sheaf.certificate(try #require(Self.ways[state])).wake == nil)
        }
        #expect(try Sheaf.certificate(until: nil, [.filed(Sheaf.filing)]).wake == nil, "long-term")
        let brief = try Sheaf.certificate(until: -80, [.filed(Sheaf.filing)])
        #expect(brief.wake == Sheaf.today.advanced(byDays: -79), "a short one is told of its end alone")
    }

    @Test func `the answer of a sharing service follows from state and day`() throws {
        let answers: [(state: Certificate.State, day: Int, standing: Certificate.Standing, code: Int)] = [
            (.draft, 0, .reserved, 99), (.made, 0, .reserved, 99), (.issued, -101, .notYetValid, 99),
            (.issued, 0, .valid, 0), (.issued, 365, .valid, 0), (.issued, 366, .expired, 22),
            (.restricted, 0, .restricted, 23), (.restricted, 366, .expired, 22), (.suspended, 0, .suspended, 23),
            (.superseded, 0, .ended, 21), (.cancelled, 0, .ended, 21), (.revoked, 366, .ended, 21),
            (.recalled, 0, .ended, 21), (.expired, 366, .expired, 22), (.archived, 0, .ended, 21),
            (.archived, 366, .expired, 22),
        ]
        #expect(Set(answers.map(\.state)) == Set(Certificate.State.allCases))
        for answer in answers {
            let certificate = try Sheaf.certificate(try #require(Self.ways[answer.state]))
            let day = Sheaf.today.advanced(byDays: answer.day)
            #expect(certificate.standing(on: day) == answer.standing, "\(answer.state) \(answer.day)")
            #expect(certificate.sharing(on: day).rawValue == answer.code, "\(answer.state) \(answer.day)")
        }
    }

    @Test func `one whose licence ended while it waited for its signature stays ended`() throws {
        let certificate = try Sheaf.certificate([.ended(.revoked), .filed(Sheaf.filing)])
        #expect(certificate.state == .revoked && certificate.filing != nil)
        let twice = try Sheaf.certificate([.filed(Sheaf.filing), .ended(.revoked), .ended(.cancelled)])
        #expect(twice.ending == .cancelled && twice.state == .cancelled)
        let filed = [CertificateEvent.filed(Sheaf.filing), .ended(.revoked), .archived, .ended(.cancelled)]
        let archived = try Sheaf.certificate(filed)
        #expect(archived.ending == .cancelled && archived.state == .archived, "its case goes on without it")
    }
}
