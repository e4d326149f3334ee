import Accounts
import Catalogue
import Certificates
import Dossiers
import Hall
import Testing
import Vocabulary

@testable import Web

/// 延续: what an application renews is found at filing (行政许可法 art. 50).
@Suite struct RenewalTests {
    private func held(
        _ house: DoorHouse, _ guide: Guide, _ serial: String, until day: CivilDate?
    ) async throws -> CertificateID {
        let chen = try #require(try await house.hall.person(try await house.chen()))
        let type = try #require(guide.standard.certificateTypeCode)
        let identifier = try #require(
            CertificateIdentifier(type: type, issuer: guide.body.code, serial: serial, version: 1))
        return try await house.hall.takeOver(
            Certificate.Reservation(
                identifier: identifier, holder: chen.id, origin: nil,
                validFrom: house.hall.time.now().day.advanced(byMonths: -30), validUntil: day),
            Certificate.Personal(
                holder: (chen.name.text, chen.number.text, "111"), names: ("注册证书", guide.body.name), face: [:]))
    }

    @Test func `the licence that runs out first is renewed, only where the situation says so, and none that is over`()
        async throws
    {
        try await DoorHouse.open { house in
            let line = try #require(try await house.hall.item("second-class-constructor", in: [.fujian]))
            let guide = try #require(try await house.hall.item(line.itemCode)).guide
            let chen = try await house.chen()
            let renewing = ["registration": "renewal"]
            #expect(try await house.hall.renewal(by: chen, of: guide, situation: renewing) == nil, "nothing is held")
            let today = house.hall.time.now().day
            _ = try await held(house, guide, "ZC001", until: today.advanced(byDays: -1))
            _ = try await held(house, guide, "ZC002", until: nil)
            _ = try await held(house, guide, "ZC003", until: today.advanced(byMonths: 6))
            let first = try await held(house, guide, "ZC004", until: today.advanced(byDays: 40))
            let renewal = try #require(try await house.hall.renewal(by: chen, of: guide, situation: renewing))
            #expect(renewal == Renewal(certificate: first, validUntil: today.advanced(byDays: 40)))
            #expect(renewal.isInTime(today))
            #expect(try await house.hall.renewal(by: chen, of: guide, situation: ["registration": "first"]) == nil)
        }
    }
}
