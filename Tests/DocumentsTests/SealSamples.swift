import Signing
import Vocabulary

@testable import Documents

/// A maker, a sealer and their seal.
struct SealSamples {
    static let day = Instant(milliseconds: 1_795_500_304_000)

    let maker: SM2Signer
    let sealer: SM2Signer
    let seal: ElectronicSeal

    /// What stands in the place of certificates where nobody looks into them.
    static let makerCertificate = Array("maker".utf8)
    static let certificate = Array("sealer".utf8)

    init(picture: [UInt8] = [1, 2, 3], certificates: SealCertificates = .certificates([certificate])) throws {
        maker = SM2Signer(key: try SM2PrivateKey())
        sealer = SM2Signer(key: try SM2PrivateKey())
        seal = try .made(of: Self.facts(picture, certificates), by: maker, certificate: Self.makerCertificate)
    }

    static func facts(_ picture: [UInt8], _ certificates: SealCertificates) -> SealFacts {
        SealFacts(
            id: "350100-0001", name: "福州市人力资源和社会保障局", certificates: certificates, createdAt: day,
            validFrom: day, validUntil: day.advanced(bySeconds: 86_400 * 730),
            picture: SealPicture(type: "png", data: picture, width: 42, height: 42))
    }

    func signature(over hash: [UInt8] = SM3.digest(of: [1])) throws -> [UInt8] {
        try SealSignature.made(
            with: seal, by: sealer, certificate: Self.certificate, over: hash,
            of: "/Doc_0/Signs/Sign_0/Signature.xml", at: Self.day)
    }
}

/// DER written by hand, for what our own writer would never write.
enum HandDER {
    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length: [UInt8] =
            switch content.count {
            case ..<0x80: [UInt8(content.count)]
            case ..<0x100: [0x81, UInt8(content.count)]
            default: [0x82, UInt8(content.count >> 8), UInt8(content.count & 0xFF)]
            }
        return [tag] + length + content
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { value(0x30, parts.flatMap { $0 }) }
    static func integer(_ number: UInt8) -> [UInt8] { value(0x02, [number]) }
    static func ia5(_ text: String) -> [UInt8] { value(0x16, Array(text.utf8)) }
    static func utf8(_ text: String) -> [UInt8] { value(0x0C, Array(text.utf8)) }
    static func printable(_ text: String) -> [UInt8] { value(0x13, Array(text.utf8)) }
    static func time(_ text: String) -> [UInt8] { value(0x18, Array(text.utf8)) }
    static func octets(_ bytes: [UInt8]) -> [UInt8] { value(0x04, bytes) }
    static func bits(_ bytes: [UInt8], unused: UInt8 = 0) -> [UInt8] { value(0x03, [unused] + bytes) }
    /// 1.2.156.10197.1.501.
    static let sm2: [UInt8] = [0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x75]
    /// 1.2.156.10197.6.1.4.2.2.
    static let signedData: [UInt8] = [0x06, 0x0A, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x06, 0x01, 0x04, 0x02, 0x02]

    /// A seal of this making, with one field exchanged.
    static func seal(
        version: UInt8 = 4, mark: String = "ES", from: String = "20261124012504Z", list: [UInt8]? = nil,
        listType: UInt8 = 1, picture: String = "png", extra: [UInt8] = []
    ) -> [UInt8] {
        let header = sequence(ia5(mark), integer(version), ia5("vendor"))
        let list = list ?? sequence(octets([7]))
        let property = sequence(
            integer(1), utf8("章"), integer(listType), list, time("20261124012504Z"), time(from),
            time("20281123012504Z"))
        let image = sequence(ia5(picture), octets([1]), integer(42), integer(42))
        let info = sequence(header, ia5("id"), property, image, extra)
        return sequence(info, octets([8]), sm2, bits([9]))
    }

    static func signature(version: UInt8 = 4, seal: [UInt8] = seal(), extra: [UInt8] = [], end: [UInt8] = []) -> [UInt8]
    {
        let toSign = sequence(
            integer(version), seal, time("20261124102504Z"), bits([UInt8](repeating: 5, count: 32)), ia5("/x"), extra)
        return sequence(toSign, octets([6]), sm2, bits([4]), end)
    }
}
