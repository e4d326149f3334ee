import Certificates
import Signing
import Store
import Testing
import Vocabulary

@Suite("What may happen to a seal")
struct SealRulesTests {
    private let story: SealStory
    private let seal: Seal

    init() throws {
        story = try SealStory()
        seal = try story.seal()
    }

    private func at(_ days: Int64) -> Instant { SealStory.at(days) }

    @Test func `a seal is valid in its period, and after a renewal in both`() throws {
        #expect(seal.state(at: at(0).advanced(bySeconds: -1)) == .notYetValid)
        #expect(seal.state(at: at(0)) == .valid && seal.state(at: at(365)) == .valid)
        #expect(seal.state(at: at(366)) == .expired)
        let renewed = try seal.after(
            try SealRules.renew(try story.edition(400...700), of: seal, .periodEnds), at: at(300))
        let states: [(Int64, Seal.State)] = [(100, .valid), (380, .expired), (400, .valid), (701, .expired)]
        for (day, state) in states { #expect(renewed.state(at: at(day)) == state, "day \(day)") }
        #expect(renewed.number == seal.number && renewed.editions.count == 2 && renewed.sequence == 2)
        #expect(renewed.span.validUntil == at(700))
    }

    @Test func `a suspension holds from its instant until it is resumed`() throws {
        let suspended = try seal.after(
            try SealRules.suspend(seal, .keyLost, remark: "找不到智能密码钥匙"), at: at(10))
        #expect(suspended.state(at: at(9)) == .valid && suspended.state(at: at(10)) == .suspended)
        #expect(suspended.state(at: at(500)) == .suspended)
        #expect(throws: SealRefusal.alreadySuspended) { try SealRules.suspend(suspended, .order, remark: nil) }
        #expect(throws: SealRefusal.unfitReason) { try SealRules.resume(suspended, .keyLost, remark: nil) }
        let resumed = try suspended.after(try SealRules.resume(suspended, .settled, remark: nil), at: at(20))
        #expect(resumed.state(at: at(15)) == .suspended && resumed.state(at: at(20)) == .valid)
        #expect(throws: SealRefusal.notSuspended) { try SealRules.resume(resumed, .settled, remark: nil) }
        #expect(resumed.span.suspensions == [TrustList.Suspension(from: at(10), until: at(20))])
    }

    @Test func `a seal that was taken back stays so, from the instant that was named`() throws {
        let event = try SealRules.revoke(seal, from: at(5), .keyCompromised, remark: nil, at: at(8))
        let revoked = try seal.after(event, at: at(8))
        #expect(revoked.state(at: at(4)) == .valid && revoked.state(at: at(5)) == .revoked)
        #expect(revoked.span.revokedAt == at(5))
        let more = try story.edition(400...700)
        #expect(throws: SealRefusal.alreadyRevoked) { try SealRules.renew(more, of: revoked, .periodEnds) }
        #expect(throws: SealRefusal.alreadyRevoked) { try SealRules.suspend(revoked, .order, remark: nil) }
        #expect(throws: SealRefusal.alreadyRevoked) { try SealRules.resume(revoked, .settled, remark: nil) }
        #expect(throws: SealRefusal.alreadyRevoked) {
            try SealRules.revoke(revoked, from: at(5), .order, remark: nil, at: at(9))
        }
        #expect(SealReason.allCases.filter(\.endsKey) == [.keyLost, .keyCompromised, .bodyDissolved])
    }

    @Test func `a body has one seal at a time`() throws {
        let (body, edition) = (try #require(SealStory.body), try story.edition())
        #expect(throws: SealRefusal.alreadyMade) {
            try SealRules.make(edition, for: body, number: "3501000000002", existing: seal, .established)
        }
        let revoked = try seal.after(
            try SealRules.revoke(seal, from: at(1), .mistake, remark: nil, at: at(1)), at: at(1))
        let event = try SealRules.make(edition, for: body, number: "3501000000002", existing: revoked, .established)
        #expect(event == .made(body, number: "3501000000002", edition, .established))
    }

    @Test func `periods, reasons, instants, remarks and sizes have bounds`() throws {
        let body = try #require(SealStory.body)
        let empty = try story.edition(5...5)
        #expect(throws: SealRefusal.shorterPeriod) {
            try SealRules.make(empty, for: body, number: "1", existing: nil, .established)
        }
        let shorter = try story.edition(0...365)
        #expect(throws: SealRefusal.shorterPeriod) { try SealRules.renew(shorter, of: seal, .periodEnds) }
        let large = try story.edition(0...900, bytes: Seal.bytesMax + 1)
        #expect(throws: SealRefusal.tooLarge) { try SealRules.renew(large, of: seal, .periodEnds) }
        #expect(throws: SealRefusal.tooLarge) {
            try SealRules.make(large, for: body, number: "1", existing: nil, .established)
        }
        let longer = try story.edition(0...900)
        #expect(throws: SealRefusal.unfitReason) { try SealRules.renew(longer, of: seal, .settled) }
        #expect(throws: SealRefusal.unfitReason) { try SealRules.suspend(seal, .periodEnds, remark: nil) }
        #expect(throws: SealRefusal.unfitReason) {
            try SealRules.revoke(seal, from: at(1), .settled, remark: nil, at: at(1))
        }
        for instant in [at(3), at(-1)] {
            #expect(throws: SealRefusal.unfitInstant) {
                try SealRules.revoke(seal, from: instant, .order, remark: nil, at: at(2))
            }
        }
        for remark in ["", String(repeating: "长", count: SealRules.remarkCharactersMax + 1)] {
            #expect(throws: SealRefusal.unfitRemark) { try SealRules.suspend(seal, .order, remark: remark) }
        }
        var often = seal
        for day in 0..<Int64(TrustList.SealSpan.suspensionsMax) {
            often = try often.after(try SealRules.suspend(often, .order, remark: nil), at: at(day))
            often = try often.after(try SealRules.resume(often, .settled, remark: nil), at: at(day))
        }
        #expect(throws: SealRefusal.tooManySuspensions) { try SealRules.suspend(often, .order, remark: nil) }
    }
}
