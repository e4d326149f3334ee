import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Certificates for tests, made by hand.
enum Sheaf {
    static let hrss = CreditCode("11350100MADEM002X0")
    static let housing = CreditCode("11350100MADEM00380")
    static let dispatch = "11350100MADEM002X0001"
    static let hygiene = "11350100MADEM002X0002"
    static let today = CivilDate(daysSinceEpoch: 20_000)

    static func stamp(_ day: CivilDate = today) -> Stamp {
        Stamp(
            now: Instant(day, hour: 10), actor: .staff(StaffID(Subject(high: 2, low: 1))),
            entropy: Entropy(seed: Array(repeating: 7, count: 32)))
    }

    static func id(_ number: Int) -> CertificateID { CertificateID(Subject(high: 3, low: UInt64(number))) }
    static func person(_ number: Int) -> PersonID { PersonID(Subject(high: 1, low: UInt64(number))) }

    /// The n-th certificate of a holder, valid from a day on for a year or as long as it says.
    static func reservation(
        _ number: Int, holder: Int = 1, type: String = dispatch, issuer: CreditCode? = hrss, from: Int = 0,
        until: Int? = 365, origin: (DossierID, String)? = nil
    ) throws -> Certificate.Reservation {
        let issuer = try #require(issuer)
        let identifier = try #require(
            CertificateIdentifier(type: type, issuer: issuer, serial: "FZ2026000\(number)", version: 1))
        return Certificate.Reservation(
            identifier: identifier, holder: person(holder), origin: origin, validFrom: today.advanced(byDays: from),
            validUntil: until.map { today.advanced(byDays: $0) })
    }

    static func personal(_ name: String = "林晓榕", face: [String: String] = ["scope": "全部"]) -> Certificate.Personal {
        Certificate.Personal(
            holder: (name, "350102188501010019", "111"), names: ("劳务派遣经营许可证", "市人社局（示例）"), face: face)
    }

    /// A certificate as the events leave it, without a store.
    static func certificate(until: Int? = 365, _ events: [CertificateEvent] = []) throws -> Certificate {
        let reserved = Certificate(
            id(1), try reservation(1, from: -100, until: until), personal(), at: Instant(today, hour: 9))
        return try events.reduce(reserved) { try $0.applying($1) }
    }

    /// Reserves and signs, and answers how it stands.
    @discardableResult
    static func file(
        _ number: Int, _ reservation: Certificate.Reservation, _ personal: Certificate.Personal = personal(),
        in tx: Transaction
    ) throws -> Certificate {
        try CertificateTable.reserve(id(number), reservation, personal, stamp: stamp(), in: tx)
        let reserved = try #require(try CertificateTable.load(id(number), in: tx))
        return try CertificateTable.append([.filed(filing)], to: reserved, stamp: stamp(), in: tx)
    }

    static let filing = Certificate.Filing(
        digest: String(repeating: "0", count: 64), algorithm: "ed25519", keyID: "simulation", signature: "AA==",
        signedAt: Instant(today, hour: 10))
}
