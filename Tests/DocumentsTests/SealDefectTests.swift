import Testing
import Vocabulary

@testable import Documents

@Suite struct SealDefectTests {
    @Test func `what vendors write otherwise is read`() throws {
        let data = HandDER.sequence(HandDER.sm2, HandDER.octets([1]))
        let critical = HandDER.sequence(HandDER.sm2, HandDER.value(0x01, [0xFF]), HandDER.octets([2]))
        let seal = HandDER.seal(picture: "PNG", extra: HandDER.sequence(data, critical))
        let extra = HandDER.value(0xA0, HandDER.sequence(data))
        let der = HandDER.signature(seal: seal, extra: extra, end: HandDER.value(0xA0, HandDER.bits([1, 2])))
        let read = try SealSignature(der: der)
        #expect(read.hasTimeStamp && read.timeStamp == [1, 2])
        #expect(read.seal.picture.type == "PNG")
        #expect(read.seal.extensions.map(\.isCritical) == [false, true])
        #expect(read.extensions.map(\.id) == ["1.2.156.10197.1.501"])
        for type in ["GIF", "ofd"] {
            #expect(try ElectronicSeal(der: HandDER.seal(picture: type)).picture.type == type)
        }
        let digest = HandDER.sequence(HandDER.printable("SM3"), HandDER.octets([3]))
        let seal2 = try ElectronicSeal(der: HandDER.seal(list: HandDER.sequence(digest), listType: 2))
        #expect(seal2.certificates == .digests([.init(type: "SM3", value: [3])]))
    }

    @Test func `other versions and signed data are named and not called malformed`() {
        let v1Seal = HandDER.sequence(HandDER.sequence(HandDER.integer(1)), HandDER.sequence(HandDER.octets([1])))
        let v1 = HandDER.sequence(HandDER.sequence(HandDER.integer(1), v1Seal), HandDER.bits([1]))
        let signedData = HandDER.sequence(HandDER.signedData, HandDER.value(0xA0, HandDER.sequence()))
        let cases: [([UInt8], SealDefect)] = [
            (v1, .unsupportedVersion(1)),
            (HandDER.signature(seal: v1Seal), .unsupportedVersion(1)),
            (HandDER.signature(version: 5), .unsupportedVersion(5)),
            (HandDER.signature(seal: HandDER.seal(version: 5)), .unsupportedVersion(5)),
            (signedData, .signedData),
            (HandDER.sequence(HandDER.sm2, HandDER.sequence()), .malformed("SES_Signature")),
        ]
        for (der, defect) in cases { #expect(throws: defect) { try SealSignature(der: der) } }
        #expect(throws: SealDefect.unsupportedVersion(1)) { try ElectronicSeal(der: v1Seal) }
    }

    @Test func `every other form than that of DER is refused, with the field`() {
        let good = HandDER.seal()
        // 0x81 before a length below 128 says the same in more bytes.
        let long = [0x30, 0x81] + HandDER.sequence(HandDER.integer(1)).dropFirst()
        let cases: [([UInt8], String)] = [
            (HandDER.signature() + [0], "SES_Signature"),
            (Array(HandDER.signature().dropLast()), "SES_Signature"),
            (long, "SES_Signature"),
            ([0x30, 0x80, 0, 0], "SES_Signature"),
            ([], "SES_Signature"),
            (HandDER.octets([1]), "SES_Signature"),
            (HandDER.signature(end: HandDER.integer(1)), "SES_Signature"),
            (HandDER.signature(extra: HandDER.integer(1)), "toSign"),
            (HandDER.signature(extra: HandDER.value(0xA0, [])), "toSign.extDatas"),
            (HandDER.signature(end: HandDER.value(0xA0, HandDER.octets([1]))), "timeStamp"),
            (HandDER.signature(seal: HandDER.seal(mark: "XX")), "header.ID"),
            (HandDER.signature(seal: HandDER.seal(from: "20261124012504.5Z")), "property.validStart"),
            (HandDER.signature(seal: HandDER.seal(from: "20261124012504")), "property.validStart"),
            (HandDER.signature(seal: HandDER.seal(from: "20260229012504Z")), "property.validStart"),
            (HandDER.signature(seal: HandDER.seal(from: "20261124012560Z")), "property.validStart"),
            (HandDER.signature(seal: HandDER.seal(list: HandDER.sequence())), "property.certList"),
            (HandDER.signature(seal: HandDER.seal(listType: 3)), "property.certListType"),
            (HandDER.signature(seal: HandDER.seal(picture: "图")), "picture.type"),
            (HandDER.signature(seal: HandDER.seal(extra: HandDER.sequence(HandDER.integer(1)))), "extData"),
            (HandDER.signature(seal: HandDER.seal(extra: HandDER.octets([1]))), "eSealInfo"),
            (HandDER.sequence(good, HandDER.octets([1]), HandDER.sm2, HandDER.bits([1], unused: 1)), "toSign.version"),
        ]
        for (der, place) in cases {
            #expect(throws: SealDefect.malformed(place)) { try SealSignature(der: der) }
        }
        let odd = HandDER.sequence(HandDER.sequence(), HandDER.octets([8]), HandDER.sm2, HandDER.bits([8], unused: 3))
        #expect(throws: SealDefect.malformed("eSealInfo.header")) { try ElectronicSeal(der: odd) }
    }

    @Test func `lists and bytes beyond the limits are refused`() {
        let large = HandDER.octets([UInt8](repeating: 1, count: SealFacts.certificateBytesMax + 1))
        #expect(throws: SealDefect.malformed("property.certList")) {
            try ElectronicSeal(der: HandDER.seal(list: HandDER.sequence(large)))
        }
        let many = (0...SealFacts.certificatesMax).flatMap { _ in HandDER.octets([1]) }
        #expect(throws: SealDefect.malformed("property.certList")) {
            try ElectronicSeal(der: HandDER.seal(list: HandDER.value(0x30, many)))
        }
        let extra = HandDER.sequence(HandDER.sm2, HandDER.octets([1]))
        let extensions = (0...SealFacts.extensionsMax).flatMap { _ in extra }
        #expect(throws: SealDefect.malformed("extDatas")) {
            try ElectronicSeal(der: HandDER.seal(extra: HandDER.value(0x30, extensions)))
        }
        let bytes = [UInt8](repeating: 0x30, count: ElectronicSeal.bytesMax + 1)
        #expect(throws: SealDefect.tooLarge) { try ElectronicSeal(der: bytes) }
        #expect(throws: SealDefect.tooLarge) {
            try SealSignature(der: [UInt8](repeating: 0x30, count: SealSignature.bytesMax + 1))
        }
    }

    @Test func `no cut and no single changed byte makes the reader fall over`() {
        let der = HandDER.signature(end: HandDER.value(0xA0, HandDER.bits([1, 2])))
        var refused = 0
        for index in der.indices {
            for value in [UInt8(0), 0x30, 0x7F, 0x80, 0xFF] {
                var copy = der
                copy[index] = value
                do { _ = try SealSignature(der: copy) } catch { refused += 1 }
            }
            #expect(throws: SealDefect.self) { try SealSignature(der: Array(der.prefix(index))) }
        }
        #expect(refused > der.count)
    }
}
