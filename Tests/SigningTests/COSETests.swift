import Foundation
import Signing
import Testing
import Vocabulary

@Suite("CBOR, COSE tokens and base 32")
struct COSETests {
    /// Examples of RFC 8949, appendix A, as far as our values go.
    @Test(
        arguments: [
            (CBOR.integer(0), "00"), (.integer(23), "17"), (.integer(24), "1818"), (.integer(100), "1864"),
            (.integer(1000), "1903e8"), (.integer(1_000_000), "1a000f4240"),
            (.integer(1_000_000_000_000), "1b000000e8d4a51000"), (.integer(-1), "20"), (.integer(-100), "3863"),
            (.integer(-1000), "3903e7"), (.integer(.max), "1b7fffffffffffffff"), (.integer(.min), "3b7fffffffffffffff"),
            (.flag(false), "f4"), (.flag(true), "f5"), (.null, "f6"), (.bytes([1, 2, 3, 4]), "4401020304"),
            (.text("水"), "63e6b0b4"), (.text("𐅑"), "64f0908591"), (.list([]), "80"),
            (.list([.integer(1), .list([.integer(2), .integer(3)])]), "8201820203"), (.map([:]), "a0"),
            (.map([3: .integer(4), 1: .integer(2)]), "a201020304"),
            (.tagged(1, .integer(1_363_896_240)), "c11a514b67b0"),
            // Keys in the order of their bytes: what is below nought comes after.
            (.map([-1: .null, 10: .null, 100: .null]), "a30af61864f620f6"),
        ] as [(CBOR, String)])
    func `values are written as the standard shows, and read again`(value: CBOR, hex: String) throws {
        #expect(value.encoded.hex == hex)
        #expect(try CBOR([UInt8](hexadecimal: hex)) == value)
    }

    @Test(
        arguments: [
            "", "1817", "190017", "1a00000017", "1b0000000000000017", "1bffffffffffffffff", "3bffffffffffffffff",
            "5f42010243030405ff", "9f01ff", "bf0102ff", "f7", "f800", "f90000", "fb3ff199999999999a", "ff", "61ff",
            "4401",
            "63e6b0", "0000", "a2020103", "a20201010203", "a201020103", "a1616101", "9b00000000ffffffff", "1c", "fc",
            "d8180a", "8180818081808180818081808180818080",
        ])
    func `every other form is refused`(hex: String) {
        guard hex != "d8180a" else {
            // A tag is a value of its own here; a token admits only its own.
            #expect(throws: COSERefusal.malformed) { try COSEToken([UInt8](hexadecimal: hex)) }
            return
        }
        #expect(throws: COSERefusal.malformed) { try CBOR([UInt8](hexadecimal: hex)) }
    }

    @Test func `depth and length have limits`() {
        let deep = [UInt8](repeating: 0x81, count: CBOR.depthMax) + [0]
        #expect(throws: Never.self) { try CBOR(deep) }
        #expect(throws: COSERefusal.malformed) { try CBOR([0x81] + deep) }
        #expect(throws: COSERefusal.malformed) {
            try CBOR([0x5A, 0, 0, 0x10, 0] + [UInt8](repeating: 0, count: CBOR.bytesMax))
        }
    }

    @Test func `a thousand values by chance survive`() throws {
        let dice = Dice.seeded(20_261_127)
        for _ in 0..<1000 {
            let value = random(dice, depth: 0)
            #expect(try CBOR(value.encoded) == value)
        }
    }

    private func random(_ dice: Dice, depth: Int) -> CBOR {
        switch dice.roll() % (depth < 4 ? 8 : 5) {
        case 0: .integer(Int(truncatingIfNeeded: dice.roll() >> (dice.roll() % 64)))
        case 1: .bytes(dice.bytes(Int(dice.roll() % 40)))
        case 2: .text(String(dice.roll(), radix: 36) + "证")
        case 3: .flag(dice.roll() % 2 == 0)
        case 4: .integer(-Int(dice.roll() >> 1) - 1)
        case 5: .list((0..<dice.roll() % 4).map { _ in random(dice, depth: depth + 1) })
        case 6: .tagged(dice.roll() >> (dice.roll() % 64), random(dice, depth: depth + 1))
        default:
            .map(
                Dictionary(
                    (0..<dice.roll() % 5).map { _ in
                        (Int(truncatingIfNeeded: dice.roll() >> (dice.roll() % 64)), random(dice, depth: depth + 1))
                    }, uniquingKeysWith: { first, _ in first }))
        }
    }

    private let claims: [Int: CBOR] = [
        1: .text("食品经营许可证"), 2: .text("JY13501020000019"), 3: .text("福州***公司"), 6: .integer(20_261_127),
        8: .bytes([UInt8](repeating: 7, count: 32)),
    ]

    @Test(arguments: [SignatureAlgorithm.sm2, .es256])
    func `a token is verified by its own key and by no other`(algorithm: SignatureAlgorithm) throws {
        let (key, signer) = try Chain.key(algorithm)
        let token = try COSEToken.signed(payload: claims, by: signer)
        let read = try COSEToken(token.bytes)
        #expect(read == token && read.payload == claims && read.keyID == signer.keyID && read.algorithm == algorithm)
        #expect(try read.verifies(with: key))
        for other in [SignatureAlgorithm.sm2, .es256] { #expect(try !read.verifies(with: try Chain.key(other).key)) }
        for bit in stride(from: 0, to: token.bytes.count * 8, by: 11) {
            do {
                #expect(try !COSEToken(token.bytes.flipping(bit: bit)).verifies(with: key), "bit \(bit)")
            } catch is COSERefusal { continue }
        }
    }

    /// `TOKEN_CASES` names a file to write tokens into, for others' programs to verify.
    @Test func `tokens by chance are read as they were written`() throws {
        let dice = Dice.seeded(12)
        var lines = ""
        for number in 0..<24 {
            let algorithm: SignatureAlgorithm = number % 2 == 0 ? .sm2 : .es256
            let (key, signer) = try Chain.key(algorithm)
            let claims = Dictionary(
                uniqueKeysWithValues: (1...Int(dice.roll() % 8 + 1)).map { claim in
                    (claim, String(repeating: "证", count: Int(dice.roll() % 20)) + "\(dice.roll())")
                })
            let token = try COSEToken.signed(payload: claims.mapValues { .text($0) }, by: signer)
            #expect(try COSEToken(token.bytes).payload == claims.mapValues { .text($0) })
            let line = TokenCase(
                algorithm: algorithm, claims: Dictionary(uniqueKeysWithValues: claims.map { ("\($0.key)", $0.value) }),
                key: key.pem, keyID: token.keyID, token: Data(token.bytes))
            lines += String(decoding: try CanonicalJSON.bytes(of: line), as: UTF8.self) + "\n"
        }
        guard let path = ProcessInfo.processInfo.environment["TOKEN_CASES"] else { return }
        try Data(lines.utf8).write(to: URL(filePath: path))
    }

    private struct TokenCase: Encodable {
        let algorithm: SignatureAlgorithm
        let claims: [String: String]
        let key: String
        let keyID: String
        let token: Data
    }

    @Test func `the bytes of a token are those of the standard`() throws {
        let (_, signer) = try Chain.key(.es256)
        let token = try COSEToken.signed(payload: [1: .integer(2)], by: signer, keyID: "0102")
        #expect(token.bytes.prefix(15).map(\.self).hex == "d28447a2012604420102a043a10102")
        #expect(token.bytes[15...16].map(\.self).hex == "5840" && token.bytes.count == 17 + 64)
        let sm2 = try COSEToken.signed(payload: [:], by: try Chain.key(.sm2).signer, keyID: "00")
        #expect(sm2.bytes.prefix(14).map(\.self).hex == "d2844aa2013a00010040044100a0")
    }

    @Test func `other algorithms and other shapes are refused`() throws {
        #expect(throws: COSERefusal.unsupportedAlgorithm) {
            try COSEToken.signed(payload: [:], by: try SimulationSigner(seed: 1), keyID: "00")
        }
        let (_, signer) = try Chain.key(.es256)
        for id in ["", "xyz", String(repeating: "00", count: 33)] {
            #expect(throws: COSERefusal.malformed) { try COSEToken.signed(payload: [:], by: signer, keyID: id) }
        }
        #expect(throws: COSERefusal.malformed) {
            try COSEToken.signed(payload: [1: .bytes([UInt8](repeating: 0, count: 1500))], by: signer)
        }
        func token(_ header: CBOR, unprotected: CBOR = .map([:]), signature: Int = 64, tag: UInt64 = 18) throws
            -> COSEToken
        {
            let parts: [CBOR] = [
                .bytes(header.encoded), unprotected, .bytes(CBOR.map([:]).encoded),
                .bytes([UInt8](repeating: 1, count: signature)),
            ]
            return try COSEToken(CBOR.tagged(tag, .list(parts)).encoded)
        }
        let header = CBOR.map([1: .integer(-7), 4: .bytes([1])])
        #expect(throws: Never.self) { try token(header) }
        #expect(throws: COSERefusal.unsupportedAlgorithm) { try token(.map([1: .integer(-8), 4: .bytes([1])])) }
        #expect(throws: COSERefusal.malformed) { try token(.map([1: .integer(-7)])) }
        #expect(throws: COSERefusal.malformed) { try token(.map([1: .integer(-7), 4: .bytes([1]), 5: .null])) }
        #expect(throws: COSERefusal.malformed) { try token(header, unprotected: .map([4: .bytes([1])])) }
        #expect(throws: COSERefusal.malformed) { try token(header, signature: 63) }
        #expect(throws: COSERefusal.malformed) { try token(header, tag: 17) }
    }

    /// The vectors of RFC 4648, 10, without their padding.
    @Test func `base 32 is that of the standard`() {
        for (text, coded) in [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            #expect(Base32.text(Array(text.utf8)) == coded)
            #expect(Base32.bytes(coded) == Array(text.utf8))
        }
        for text in ["M", "MZX", "MZXW6Y", "MZ", "my", "MY======", "M1", "M ", "MZXW6YTBOJ"] {
            #expect(Base32.bytes(text) == nil, "\(text)")
        }
        let dice = Dice.seeded(7)
        for count in 0..<200 {
            let bytes = dice.bytes(count)
            #expect(Base32.bytes(Base32.text(bytes)) == bytes)
        }
    }
}
