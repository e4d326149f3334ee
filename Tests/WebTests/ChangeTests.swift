import Accounts
import Catalogue
import Certificates
import Dossiers
import Hall
import Testing
import Vocabulary

@testable import Web

/// 变更: what an application changes is found at filing (行政许可法 art. 49).
@Suite struct ChangeFilingTests {
    private func held(
        _ house: DoorHouse, _ guide: Guide, _ serial: String, by issuer: (code: CreditCode, name: String)
    ) async throws -> CertificateID {
        let chen = try #require(try await house.hall.person(try await house.chen()))
        let type = try #require(guide.standard.certificateTypeCode)
        let identifier = try #require(
            CertificateIdentifier(type: type, issuer: issuer.code, serial: serial, version: 1))
        return try await house.hall.takeOver(
            Certificate.Reservation(
                identifier: identifier, holder: chen.id, origin: nil,
                validFrom: house.hall.time.now().day.advanced(byMonths: -3), validUntil: nil),
            Certificate.Personal(
                holder: (chen.name.text, chen.number.text, "111"), names: ("注册证书", issuer.name), face: [:]))
    }

    @Test func `R27 the guide's own body comes before others, and who holds nothing has nothing to change`()
        async throws
    {
        try await DoorHouse.open { house in
            let line = try #require(try await house.hall.item("second-class-constructor", in: [.fujian]))
            let guide = try #require(try await house.hall.item(line.itemCode)).guide
            let chen = try await house.chen()
            let changing = ["registration": "change"]
            #expect(guide.situations.contains { $0.choices.contains { $0.id == "change" } })
            await #expect(throws: ChangeRefusal.nothingToChange) {
                _ = try await house.hall.change(by: chen, of: guide, situation: changing)
            }
            let other = try #require(CreditCode(authority: "11", region: .fuzhou, organisation: "MADEM003"))
            let elsewhere = try await held(house, guide, "ZC001", by: (other, "别处的机关"))
            #expect(
                try await house.hall.change(by: chen, of: guide, situation: changing)
                    == LicenceChange(certificate: elsewhere))
            let own = try await held(house, guide, "ZC002", by: (guide.body.code, guide.body.name))
            #expect(
                try await house.hall.change(by: chen, of: guide, situation: changing)
                    == LicenceChange(certificate: own))
            #expect(try await house.hall.change(by: chen, of: guide, situation: ["registration": "first"]) == nil)
        }
    }

    @Test func `R27 the sentence names the authority in both languages`() throws {
        let sentences = try RefusalSentences.shipped()
        let tables = try WordTables.shipped()
        for language in Language.allCases {
            let said = sentences[
                ChangeRefusal.grantedElsewhere("福州市住建局（示例）"), tables.words(.portal, language)]
            #expect(said.what.contains("福州市住建局（示例）") && said.mend.contains("福州市住建局（示例）"))
            #expect(!said.what.contains("{") && !said.mend.contains("{"))
        }
    }
}
