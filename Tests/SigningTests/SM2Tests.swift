import Signing
import Testing
import Vocabulary

@Suite("SM2")
struct SM2Tests {
    private let message = Array("福州市鼓楼区行政服务中心".utf8)

    @Test func `what a key signed, its public key verifies`() throws {
        let key = try SM2PrivateKey()
        for length in [0, 1, 31, 32, 1000, 100_000] {
            let message = Dice.seeded(UInt64(length)).bytes(length)
            let signature = try key.sign(message)
            #expect(try key.publicKey.verifies(signature, of: message))
            #expect(try key.sign(message) != signature, "a nonce must not repeat")
        }
        #expect(try !SM2PrivateKey().publicKey.verifies(try key.sign(message), of: message))
    }

    @Test func `the standard's example key, signature and message fit`() throws {
        let key = try SM2PrivateKey(
            rawRepresentation: [UInt8](hexadecimal: "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"))
        let point =
            "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
            + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
        #expect(key.publicKey.point.hex == "04" + point)
        let r = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        let s = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
        let signature = [UInt8](hexadecimal: "3046022100" + r + "022100" + s)
        #expect(try key.publicKey.verifies(signature, of: Array("message digest".utf8)), "GB/T 32918.5-2017, A.2")
    }

    @Test func `the private key one has the standard's base point`() throws {
        let key = try SM2PrivateKey(rawRepresentation: [UInt8](repeating: 0, count: 31) + [1])
        #expect(
            key.publicKey.point.hex == "04"
                + "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
                + "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0", "the base point of GB/T 32918.5")
    }

    @Test func `a user id other than the signer's fails`() throws {
        let key = try SM2PrivateKey()
        let signature = try key.sign(message)
        let other = try key.sign(message, userID: "ALICE123@YAHOO.COM")
        for wrong in ["1234567812345679", "123456781234567", "12345678123456780", "0", "ALICE123@YAHOO.COM"] {
            #expect(try !key.publicKey.verifies(signature, of: message, userID: wrong))
        }
        #expect(try key.publicKey.verifies(signature, of: message, userID: "1234567812345678"))
        #expect(try !key.publicKey.verifies(other, of: message))
        #expect(try key.publicKey.verifies(other, of: message, userID: "ALICE123@YAHOO.COM"))
    }

    @Test func `an empty or overlong user id is refused`() throws {
        let key = try SM2PrivateKey()
        let longest = String(repeating: "1", count: SM2.userIDBytesMax)
        #expect(try key.publicKey.verifies(try key.sign([1], userID: longest), of: [1], userID: longest))
        for id in ["", longest + "1"] {
            #expect(throws: KeyRefusal.malformedUserID) { try key.sign([1], userID: id) }
            let signature = try key.sign([1])
            #expect(throws: KeyRefusal.malformedUserID) {
                try key.publicKey.verifies(signature, of: [1], userID: id)
            }
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `a signature with a flipped bit fails, wherever the bit is`(seed: UInt64) throws {
        let dice = Dice.seeded(seed)
        let key = try SM2PrivateKey()
        let message = dice.bytes(40)
        let signature = try key.sign(message)
        for bit in 0..<signature.count * 8 {
            #expect(try !key.publicKey.verifies(signature.flipping(bit: bit), of: message), "bit \(bit), seed \(seed)")
        }
        for bit in 0..<message.count * 8 where dice.roll() % 4 == 0 {
            #expect(try !key.publicKey.verifies(signature, of: message.flipping(bit: bit)), "bit \(bit), seed \(seed)")
        }
    }

    @Test func `raw r and s, trailing bytes and cut signatures fail`() throws {
        let key = try SM2PrivateKey()
        for _ in 0..<20 {
            let signature = try key.sign(message)
            let raw = try rawForm(of: signature)
            #expect(raw.count == 64)
            #expect(try !key.publicKey.verifies(raw, of: message))
            #expect(try !key.publicKey.verifies(signature + [0], of: message))
            #expect(try !key.publicKey.verifies(signature + signature, of: message))
            for count in 0..<signature.count {
                #expect(try !key.publicKey.verifies(Array(signature.prefix(count)), of: message))
            }
        }
    }

    @Test func `a signature in another encoding than DER fails`() throws {
        let key = try SM2PrivateKey()
        let signature = try key.sign(message)
        let longLength = [0x30, 0x81] + signature[1...]
        #expect(try !key.publicKey.verifies(Array(longLength), of: message))
        let indefinite = [0x30, 0x80] + signature[2...] + [0, 0]
        #expect(try !key.publicKey.verifies(Array(indefinite), of: message))
        let paddedR = [0x30, signature[1] + 1, 0x02, signature[3] + 1, 0x00] + signature[4...]
        #expect(try !key.publicKey.verifies(Array(paddedR), of: message))
        for nought in [[0x30, 6, 2, 1, 0, 2, 1, 0], [0x30, 6, 2, 1, 1, 2, 1, 0], [0x30, 6, 2, 1, 0xFF, 2, 1, 1]] {
            #expect(try !key.publicKey.verifies(nought.map(UInt8.init), of: message))
        }
    }

    @Test func `many threads sign and verify by one key at once`() async throws {
        let key = try SM2PrivateKey()
        let failures = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    try (0..<50).count { index in
                        let message = [UInt8(worker), UInt8(index)]
                        return try !key.publicKey.verifies(try key.sign(message), of: message)
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(failures == 0)
    }

    /// Takes SEQUENCE, INTEGER and INTEGER apart.
    private func rawForm(of signature: [UInt8]) throws -> [UInt8] {
        let r = Array(signature[4..<4 + Int(signature[3])])
        let s = Array(signature[(6 + r.count)...])
        return [r, s].flatMap { integer in
            let digits = Array(integer.drop { $0 == 0 })
            return [UInt8](repeating: 0, count: 32 - digits.count) + digits
        }
    }
}
