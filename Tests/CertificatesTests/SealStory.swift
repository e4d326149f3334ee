import Certificates
import Signing
import Store
import Testing
import Vocabulary

/// A seal and its certificates for tests; the file of the seal is whatever bytes.
struct SealStory {
    static let start = Instant(milliseconds: 1_795_000_000_000)
    static let body = CreditCode("11350100MADEM002X0")

    static func at(_ days: Int64) -> Instant { start.advanced(bySeconds: days * 86_400) }

    let authority: X509Certificate
    private let signer: SM2Signer

    init() throws {
        let key = try SM2PrivateKey()
        signer = SM2Signer(key: key)
        authority = try X509Certificate.selfSigned(
            CertificateOrder(
                .authority, for: try CertificateSubject(organisation: "机构", commonName: "根"), key: .sm2(key.publicKey),
                serial: Dice.system.bytes(16), valid: Self.start...Self.at(3650)), by: signer)
    }

    func certificate(_ name: String) throws -> X509Certificate {
        try X509Certificate.signed(
            CertificateOrder(
                .signing, for: try CertificateSubject(organisation: "机构", commonName: name),
                key: .sm2(try SM2PrivateKey().publicKey), serial: Dice.system.bytes(16),
                valid: Self.start...Self.at(900)),
            by: signer, of: authority)
    }

    func edition(_ days: ClosedRange<Int64> = 0...365, bytes: Int = 100) throws -> Seal.Edition {
        Seal.Edition(
            name: "市人社局（示例）", bytes: [UInt8](repeating: 0x30, count: bytes),
            pictureDigest: String(repeating: "0", count: 64),
            certificates: (try certificate("章"), try certificate("文"), try certificate("制")),
            valid: Self.at(days.lowerBound)...Self.at(days.upperBound))
    }

    /// A seal that was made on day 0.
    func seal(_ edition: Seal.Edition? = nil) throws -> Seal {
        Seal(
            SealID(Subject(high: 1, low: 1)), body: try #require(Self.body), number: "3501000000001",
            try edition ?? self.edition(), at: Self.start)
    }
}
