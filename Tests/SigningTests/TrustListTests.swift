import Signing
import Testing
import Vocabulary

@Suite("Trust lists")
struct TrustListTests {
    private let chain: Chain
    private let documents: Chain

    init() throws {
        chain = try Chain(.sm2)
        documents = try Chain(.es256)
    }

    private func at(_ days: Int64) -> Instant { Chain.start.advanced(bySeconds: days * Chain.day) }

    private func content(
        revoked: [TrustList.RevokedCertificate] = [], seals: [TrustList.SealSpan] = [],
        authorities: [X509Certificate]? = nil
    ) -> TrustList.Content {
        TrustList.Content(
            authorities: authorities ?? [chain.root, documents.root], revoked: revoked, seals: seals,
            valid: (issuedAt: at(1), nextUpdate: at(8)), isDemonstration: true)
    }

    private func span(_ id: String, _ suspensions: [TrustList.Suspension] = [], revokedAt: Instant? = nil) throws
        -> TrustList.SealSpan
    {
        TrustList.SealSpan(
            id: id, body: try #require(CreditCode(Examples.body)), valid: (from: at(0), until: at(365)),
            suspensions: suspensions, revokedAt: revokedAt)
    }

    @Test func `a list says what is good, suspended, taken back and unknown, at an instant`() throws {
        let bytes = try TrustList.signed(
            content(
                revoked: [.init(fingerprint: chain.certificate.fingerprint, revokedAt: at(5))],
                seals: [
                    try span("3501000000001", [.init(from: at(2), until: at(3)), .init(from: at(6), until: nil)]),
                    try span("3501000000002", revokedAt: at(4)),
                ]), by: chain.rootSigner, authority: chain.root)
        let list = try TrustList(reading: bytes)
        #expect(list.signer == chain.root && list.content.isDemonstration)
        #expect(list.status(ofCertificate: chain.certificate, at: at(4)) == .good)
        #expect(list.status(ofCertificate: chain.certificate, at: at(5)) == .revoked(at(5)))
        #expect(list.status(ofCertificate: documents.certificate, at: at(9)) == .good)
        #expect(list.status(ofCertificate: try Chain(.sm2, name: "他").certificate, at: at(4)) == .unknown)
        let cases: [(String, Int64, TrustStatus)] = [
            ("3501000000001", 1, .good), ("3501000000001", 2, .suspended), ("3501000000001", 3, .good),
            ("3501000000001", 6, .suspended), ("3501000000001", 400, .suspended), ("3501000000002", 3, .good),
            ("3501000000002", 4, .revoked(at(4))), ("3501000000003", 4, .unknown),
        ]
        for (id, day, status) in cases { #expect(list.status(ofSeal: id, at: at(day)) == status, "\(id) \(day)") }
        #expect(list.isCurrent(at: at(7)) && !list.isCurrent(at: at(8)))
        for certificate in [chain.certificate, documents.certificate] {
            #expect(try list.authorities.verdict(on: certificate, at: at(3), among: []) == .trusted)
        }
        // Written again it is the same list.
        let again = try TrustList(
            reading: try TrustList.signed(list.content, by: chain.rootSigner, authority: chain.root))
        #expect(again.content == list.content)
    }

    @Test func `only the authority that is asked for counts`() throws {
        let other = try Chain(.sm2)
        let bytes = try TrustList.signed(content(), by: chain.rootSigner, authority: chain.root)
        #expect(throws: Never.self) { try TrustList(reading: bytes, anchor: chain.root) }
        #expect(throws: TrustListRefusal.unknownAuthority) { try TrustList(reading: bytes, anchor: other.root) }
        // Signed by an authority that is not in the list.
        let foreign = try TrustList.signed(
            content(authorities: [documents.root]), by: chain.rootSigner, authority: chain.root)
        #expect(throws: TrustListRefusal.unknownAuthority) { try TrustList(reading: foreign) }
        #expect(throws: TrustListRefusal.unknownAuthority) {
            try TrustList.signed(content(), by: documents.rootSigner, authority: documents.root)
        }
        #expect(throws: TrustListRefusal.wrongSignature) {
            try TrustList.signed(content(), by: other.rootSigner, authority: chain.root)
        }
    }

    @Test func `a changed byte of the list is noticed, and what is no list is refused`() throws {
        let bytes = try TrustList.signed(
            content(seals: [try span("3501000000001")]), by: chain.rootSigner, authority: chain.root)
        let line = bytes.firstIndex(of: 10) ?? 0
        for byte in stride(from: 0, to: line, by: 17) {
            var changed = bytes
            changed[byte] = changed[byte] == 48 ? 49 : 48
            #expect(throws: TrustListRefusal.self) { try TrustList(reading: changed) }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let moved = text.replacing("3501000000001", with: "3501000000009")
        #expect(throws: TrustListRefusal.wrongSignature) { try TrustList(reading: Array(moved.utf8)) }
        for other in ["", "{}\n{}\n", text + "\n", String(text.dropLast()), text.replacing("list-1", with: "list-2")] {
            #expect(throws: TrustListRefusal.malformed) { try TrustList(reading: Array(other.utf8)) }
        }
    }

    @Test func `a list has limits`() throws {
        let pauses = (0...Int64(TrustList.SealSpan.suspensionsMax)).map {
            TrustList.Suspension(from: at($0), until: at($0))
        }
        let twice = [try span("1"), try span("1")]
        for unfit in [
            content(authorities: []), content(seals: [try span("1", pauses)]), content(seals: twice),
            content(authorities: [X509Certificate](repeating: chain.root, count: TrustList.authoritiesMax + 1)),
        ] {
            #expect(throws: TrustListRefusal.malformed) {
                try TrustList.signed(unfit, by: chain.rootSigner, authority: chain.root)
            }
        }
    }
}
