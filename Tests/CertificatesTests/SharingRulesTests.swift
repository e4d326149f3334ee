import Certificates
import Signing
import Testing
import Vocabulary

@Suite struct SharingRulesTests {
    private static let now = Instant(Sheaf.today, hour: 10)

    private static func caller(
        body: CreditCode? = nil, network: SharingCaller.Network = .outside
    ) throws -> SharingCaller {
        SharingCaller(
            CallerID(Subject(high: 6, low: 1)), accessID: try #require(AccessID("bank-01")), name: "示例银行", body: body,
            network: network, publicKey: nil, perMinute: 10)
    }

    private static func kind(_ scope: CertificateKind.SharingScope) -> CertificateKind {
        CertificateKind(
            code: Sheaf.dispatch, names: ("示例证照", "Example"), holderKind: .either, validity: .longTerm, faceFields: [],
            handling: .init(sharing: scope))
    }

    @Test func `a state that is not in force has its refusal, and each refusal its number`() throws {
        let day = Sheaf.today
        func check(_ certificate: Certificate) throws { try SharingRules.check(certificate, on: day) }
        try check(try Sheaf.certificate([.filed(Sheaf.filing)]))
        let draft = try Sheaf.certificate()
        #expect(throws: SharingRefusal.notInForce) { try check(draft) }
        let over = try Sheaf.certificate(until: -1, [.filed(Sheaf.filing)])
        #expect(throws: SharingRefusal.expired) { try check(over) }
        let ended = try Sheaf.certificate([.filed(Sheaf.filing), .ended(.cancelled, successor: nil)])
        #expect(throws: SharingRefusal.ended) { try check(ended) }
        let restricted = try Sheaf.certificate([.filed(Sheaf.filing), .restricted(.investigation, nil)])
        #expect(throws: SharingRefusal.restricted) { try check(restricted) }
        let numbers = [SharingRefusal.notInForce, .expired, .ended, .restricted].map(\.status.rawValue)
        #expect(numbers == [99, 22, 21, 23])
    }

    @Test func `five minutes of difference are taken, on both sides, and no instant overflows`() throws {
        for seconds: Int64 in [-300, 0, 300] {
            try SharingRules.check(madeAt: Self.now.advanced(bySeconds: seconds), now: Self.now)
        }
        for madeAt in [
            Self.now.advanced(bySeconds: -301), Self.now.advanced(bySeconds: 301), Instant(milliseconds: .min),
            Instant(milliseconds: .max),
        ] {
            #expect(throws: SharingRefusal.staleCall) { try SharingRules.check(madeAt: madeAt, now: Self.now) }
        }
        try SharingRules.check(nonce: String(repeating: "a", count: 16))
        for wrong in ["", "short", String(repeating: "a", count: 65), "0123456789 abcdef", "0123456789abcde一"] {
            #expect(throws: SharingRefusal.malformed) { try SharingRules.check(nonce: wrong) }
        }
        for wrong in ["", String(repeating: "因", count: 201), "核\0验"] {
            #expect(throws: SharingRefusal.causeMissing) { try SharingRules.check(cause: wrong) }
        }
    }

    @Test func `the type says with whom it is shared, and the permission is needed in every case`() throws {
        let (bank, local) = (try Self.caller(), try Self.caller(network: .local))
        let (own, other) = (try Self.caller(body: Sheaf.hrss), try Self.caller(body: Sheaf.housing))
        func check(
            _ caller: SharingCaller, _ scope: CertificateKind.SharingScope, isPermitted: Bool = true
        ) throws {
            try SharingRules.check(caller, asks: Self.kind(scope), isPermitted: isPermitted, issuer: Sheaf.hrss)
        }
        for caller in [bank, local, own, other] { try check(caller, .permitted) }
        for caller in [local, own, other] { try check(caller, .city) }
        #expect(throws: SharingRefusal.noPermission) { try check(bank, .city) }
        try check(own, .issuer)
        for caller in [bank, local, other] {
            #expect(throws: SharingRefusal.unknownType) { try check(caller, .issuer) }
        }
        for scope in CertificateKind.SharingScope.allCases {
            #expect(throws: SharingRefusal.noPermission) { try check(own, scope, isPermitted: false) }
        }
        #expect(throws: SharingRefusal.unknownType) { try SharingRules.check(own, asks: nil, isPermitted: true) }
        #expect(throws: SharingRefusal.noReplyKey) { try SharingRules.check(bank) }
        try SharingRules.check(local)
    }

    @Test func `an access id has one shape`() {
        #expect(AccessID("bank-01")?.description == "bank-01")
        for wrong in ["", "ab", "Bank", "bank 01", "银行", String(repeating: "a", count: 33)] {
            #expect(AccessID(wrong) == nil, "\(wrong)")
        }
    }
}
