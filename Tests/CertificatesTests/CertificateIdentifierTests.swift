import Certificates
import Foundation
import Testing
import Vocabulary

@Suite struct CertificateIdentifierTests {
    @Test(arguments: [
        "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
        "1.2.156.3005.2.11100000000013338W087.11370800MB28559184.37080001202411010001.001.3",
        "1.2.156.3005.2.11350100MADEM002X0001.11350100MADEM002X0.FZ2018000001.001.S",
    ])
    func `identifiers in use are read and written back as they are`(_ text: String) throws {
        let identifier = try #require(CertificateIdentifier(text))
        #expect(identifier.description == text)
    }

    @Test func `a wrong check character is refused, and so is every other change of one character`() throws {
        let text = "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0"
        #expect(CertificateIdentifier(String(text.dropLast()) + "1") == nil)
        for index in text.indices.dropFirst(15) {
            for replacement in "07AZ." where text[index] != replacement {
                let changed = text.replacingCharacters(in: index...index, with: String(replacement))
                #expect(CertificateIdentifier(changed) == nil, "\(changed)")
            }
        }
    }

    @Test func `parts of another shape are refused`() throws {
        let issuer = try #require(CreditCode("11350100MADEM002X0"))
        let type = "11350100MADEM002X0001"
        #expect(CertificateIdentifier(type: type, issuer: issuer, serial: "FZ1", version: 1) != nil)
        #expect(CertificateIdentifier(type: "11350100MADEM002X1001", issuer: issuer, serial: "1", version: 1) == nil)
        #expect(CertificateIdentifier(type: type, issuer: issuer, serial: "", version: 1) == nil)
        #expect(CertificateIdentifier(type: type, issuer: issuer, serial: "榕1", version: 1) == nil)
        #expect(CertificateIdentifier(type: type, issuer: issuer, serial: "1", version: 0) == nil)
        #expect(CertificateIdentifier(type: type, issuer: issuer, serial: "1", version: 1000) == nil)
        let long = String(repeating: "1", count: CertificateIdentifier.serialCharactersMax + 1)
        #expect(CertificateIdentifier(type: type, issuer: issuer, serial: long, version: 1) == nil)
    }
}
