import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct CertificateRulesTests {
    private static let id = CertificateID(Subject(high: 3, low: 1))
    private static let stamp = Stamp(
        now: Sample.now, actor: .platform, entropy: Entropy(seed: Array(repeating: 7, count: 32)))

    /// Reserves a certificate and answers it as it stands.
    private static func reserved(in store: any Store) async throws -> Certificate {
        let issuer = try #require(CreditCode("11350100MADEM002X0"))
        let identifier = try #require(
            CertificateIdentifier(type: "11350100MADEM002X0001", issuer: issuer, serial: "FZ20180001", version: 1))
        let reservation = Certificate.Reservation(
            identifier: identifier, holder: PersonID(Subject(high: 1, low: 1)), origin: nil,
            validFrom: CivilDate(daysSinceEpoch: 17_854), validUntil: nil)
        let personal = Certificate.Personal(
            holder: ("示例企业一", "91350100MADEM0054D", "001"), names: ("准予决定书", "市人社局（示例）"), face: [:])
        try await store.write { tx in
            try CertificateTable.reserve(id, reservation, personal, stamp: stamp, in: tx)
        }
        return try await loaded(in: store)
    }

    private static func loaded(in store: any Store) async throws -> Certificate {
        try #require(try await store.read { tx in try CertificateTable.load(id, in: tx) })
    }

    private static func filing(digest: String) -> Certificate.Filing {
        Certificate.Filing(
            digest: digest, algorithm: "ed25519", keyID: "simulation", signature: "AA==", signedAt: Sample.now)
    }

    private static func digest(of certificate: Certificate) throws -> String {
        BlobRef(of: try #require(CertificateData(certificate)).bytes()).digest
    }

    @Test(arguments: StoreUnderTest.all)
    func `a signature is filed once, and only over the certificate's own data`(_ place: StoreUnderTest) async throws {
        try await place.use(CertificateTable.migrations) { store in
            let certificate = try await Self.reserved(in: store)
            #expect(throws: CertificateRefusal.otherData) {
                try CertificateRules.file(Self.filing(digest: String(repeating: "0", count: 64)), on: certificate)
            }
            let filing = Self.filing(digest: try Self.digest(of: certificate))
            let event = try CertificateRules.file(filing, on: certificate)
            try await store.write { tx in
                try CertificateTable.file(event, on: certificate, stamp: Self.stamp, in: tx)
            }
            let filed = try await Self.loaded(in: store)
            #expect(filed.filing == filing)
            #expect(throws: CertificateRefusal.alreadyFiled) { try CertificateRules.file(filing, on: filed) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was forgotten can no longer be signed, not even with the digest that it had`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(CertificateTable.migrations) { store in
            let digest = try Self.digest(of: try await Self.reserved(in: store))
            try await store.write { tx in try Journal.forget(Self.id.subject, sequence: 1, in: tx) }
            let forgotten = try await Self.loaded(in: store)
            #expect(throws: CertificateRefusal.forgotten) {
                try CertificateRules.file(Self.filing(digest: digest), on: forgotten)
            }
        }
    }
}
