import Certificates
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite("The registers of seals and of keys' certificates")
struct SealTableTests {
    private static let story = Result { try SealStory() }
    private static let id = SealID(Sample.subject(1))

    private static func stamp(_ days: Int64) -> Stamp {
        Stamp(now: SealStory.at(days), actor: .platform, entropy: Entropy(seed: Array(repeating: 7, count: 32)))
    }

    private static func made(_ store: any Store) async throws -> Seal {
        let (body, edition) = (try #require(SealStory.body), try story.get().edition())
        return try await store.write { tx in
            let number = try SealTable.nextNumber(in: "350100", tx)
            let event = try SealRules.make(edition, for: body, number: number, existing: nil, .established)
            return try SealTable.make(event, as: id, inPlaceOf: nil, stamp: stamp(0), in: tx)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a seal is the fold of what happened to it`(_ place: StoreUnderTest) async throws {
        try await place.use(SealTable.migrations) { store in
            let seal = try await Self.made(store)
            #expect(seal.number == "3501000000001")
            let longer = try Self.story.get().edition(10...700)
            let steps: [(Int64, @Sendable (Seal) throws -> SealEvent)] = [
                (1, { try SealRules.suspend($0, .order, remark: "年度检查") }),
                (2, { try SealRules.resume($0, .settled, remark: nil) }),
                (3, { try SealRules.renew(longer, of: $0, .periodEnds) }),
                (
                    4,
                    {
                        try SealRules.revoke(
                            $0, from: SealStory.at(4), .bodyDissolved, remark: "机构改革", at: SealStory.at(4))
                    }
                ),
            ]
            var expected = seal
            for (day, step) in steps {
                let before = expected
                expected = try await store.write { tx in
                    try SealTable.append(try step(before), to: before, stamp: Self.stamp(day), in: tx)
                }
            }
            let kept = expected
            try await store.read { tx in
                #expect(try SealTable.load(Self.id, in: tx) == kept)
                #expect(try SealTable.seal(of: seal.body, in: tx) == kept)
                #expect(try SealTable.page(after: nil, in: tx) == [kept])
                #expect(try SealTable.page(after: Self.id, in: tx).isEmpty)
                let row = try #require(try tx.row("SELECT valid_until, revoked_at FROM seal WHERE id = \(Self.id)"))
                #expect(try row.instant(0) == SealStory.at(700) && row.instant(1) == SealStory.at(4))
                let kinds = try Journal.entries(of: Self.id.subject, in: tx).map(\.kind)
                #expect(kinds == ["seal.made", "seal.suspended", "seal.resumed", "seal.renewed", "seal.revoked"])
            }
            #expect(kept.state(at: SealStory.at(5)) == .revoked && kept.editions.count == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a body's next seal takes the place of the one that was taken back, once`(_ place: StoreUnderTest) async throws
    {
        try await place.use(SealTable.migrations) { store in
            let seal = try await Self.made(store)
            let revoked = try await store.write { tx in
                let event = try SealRules.revoke(
                    seal, from: SealStory.at(1), .keyCompromised, remark: nil, at: SealStory.at(1))
                return try SealTable.append(event, to: seal, stamp: Self.stamp(1), in: tx)
            }
            let edition = try Self.story.get().edition()
            let event = try SealRules.make(edition, for: seal.body, number: "2", existing: revoked, .established)
            let next = SealID(Sample.subject(2))
            _ = try await store.write { tx in
                try SealTable.make(event, as: next, inPlaceOf: Self.id, stamp: Self.stamp(2), in: tx)
            }
            #expect(try await store.read { tx in try SealTable.seal(of: seal.body, in: tx) }?.id == next)
            await #expect(throws: Fault.contended) {
                try await store.write { tx in
                    _ = try SealTable.make(
                        event, as: SealID(Sample.subject(3)), inPlaceOf: Self.id, stamp: Self.stamp(2), in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `certificates are found by role and fingerprint, and a revocation is dated`(_ place: StoreUnderTest)
        async throws
    {
        try await place.use(SealTable.migrations) { store in
            let (old, new) = (try Self.story.get().certificate("旧"), try Self.story.get().certificate("新"))
            let ids = [KeyCertificateID(Sample.subject(1)), KeyCertificateID(Sample.subject(2))]
            try await store.write { tx in
                for (id, certificate) in zip(ids, [old, new]) {
                    try KeyCertificateTable.issue(certificate, for: .sealMaker, as: id, stamp: Self.stamp(0), in: tx)
                }
            }
            let current = try await store.read { tx in try KeyCertificateTable.current(.sealMaker, in: tx) }
            #expect(current?.certificate == new && current?.role == .sealMaker)
            let kept = try #require(current)
            #expect(throws: SealRefusal.unfitInstant) {
                try kept.revoke(from: SealStory.at(-1), .keyLost, at: SealStory.at(1))
            }
            #expect(throws: SealRefusal.unfitReason) {
                try kept.revoke(from: SealStory.at(0), .settled, at: SealStory.at(1))
            }
            let event = try kept.revoke(from: SealStory.at(1), .keyLost, remark: "丢失", at: SealStory.at(2))
            try await store.write { tx in
                try KeyCertificateTable.revoke(event, kept, stamp: Self.stamp(2), in: tx)
            }
            try await store.read { tx in
                #expect(try KeyCertificateTable.current(.sealMaker, in: tx)?.certificate == old)
                #expect(try KeyCertificateTable.current(.authority, in: tx) == nil)
                #expect(try KeyCertificateTable.all(.sealMaker, in: tx).map(\.certificate) == [old, new])
                let revoked = try #require(try KeyCertificateTable.certificate(new.fingerprint, in: tx))
                #expect(revoked.revokedAt == SealStory.at(1))
                #expect(throws: SealRefusal.alreadyRevoked) {
                    try revoked.revoke(from: SealStory.at(1), .keyLost, at: SealStory.at(3))
                }
                let listed = TrustList.RevokedCertificate(fingerprint: new.fingerprint, revokedAt: SealStory.at(1))
                #expect(try KeyCertificateTable.revoked(after: "", in: tx) == [listed])
                #expect(try KeyCertificateTable.revoked(after: new.fingerprint, in: tx).isEmpty)
            }
        }
    }
}
