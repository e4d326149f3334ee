import Foundation
import Testing
import Vocabulary

@testable import Web

@Suite struct WeChatAccountTests {
    /// Made by wechatpy 1.8.18.
    private static let encrypt =
        "DGwDabG6huYbOfIx/Xdq6kPY5vYK4gohAnGR0x+y7bGrzH8hNpKTmqtiK+0Y6IQA+ms2zGBqSHf5b8hCwAn/4vOoyPJWzhpQlomQzDZtBnN5"
        + "wL3iRTGwhWDhP1otQSlP"
    private static let signature = "692b182885de4756d9bb8019325aae538d4f5026"

    private static func sealing() throws -> WeChatAccount { try WeChatServer.account(key: WeChatServer.key) }

    @Test func `a message that another program encrypted opens, and its signature is ours`() throws {
        let account = try Self.sealing()
        #expect(account.signature("1795500000", "1372623149", Self.encrypt) == Self.signature)
        try account.check(Self.signature, "1795500000", "1372623149", Self.encrypt)
        let message = String(decoding: try account.open(Self.encrypt), as: UTF8.self)
        #expect(message == "<xml><Content><![CDATA[开饭店]]></Content></xml>")
    }

    @Test func `what is sealed opens again, whatever its length`() throws {
        let account = try Self.sealing()
        for seed in 0..<UInt64(200) {
            let dice = Dice.seeded(seed)
            let message = dice.bytes(seed < 100 ? Int(seed) : Int(dice.roll() % 70_000))
            let sealed = try account.seal(message, random: dice.bytes(16))
            #expect(try account.open(sealed) == message, "seed \(seed)")
            #expect(Data(base64Encoded: sealed)?.count.isMultiple(of: 32) == true)
        }
    }

    @Test func `a cipher cut at any byte is refused`() throws {
        let account = try Self.sealing()
        for seed in 0..<UInt64(20) {
            let dice = Dice.seeded(seed)
            let sealed = try account.seal(dice.bytes(Int(dice.roll() % 300)), random: dice.bytes(16))
            let cipher = try #require(Data(base64Encoded: sealed))
            for length in 0..<cipher.count {
                #expect(throws: WeChatRefusal.unreadable, "seed \(seed), \(length) bytes") {
                    try account.open(cipher.prefix(length).base64EncodedString())
                }
            }
            for length in 0..<sealed.utf8.count {
                #expect(throws: WeChatRefusal.self) { try account.open(String(sealed.prefix(length))) }
            }
        }
    }

    /// In this cipher a changed byte changes the same byte of the block that follows, so length and padding can be set.
    private static func changed(_ sealed: String, at index: Int, by mask: UInt8) throws -> String {
        var cipher = Array(try #require(Data(base64Encoded: sealed)))
        cipher[index < 0 ? cipher.count + index : index] ^= mask
        return Data(cipher).base64EncodedString()
    }

    @Test func `a wrong length and a wrong padding are the same refusal as another key`() throws {
        let account = try Self.sealing()
        // 20 bytes before it, 18 of the AppID, 26 of padding: two blocks.
        let sealed = try account.seal([], random: Dice.seeded(1).bytes(16))
        for byte in 0..<4 {
            for bit in 0..<8 where byte < 3 || bit > 4 {
                #expect(throws: WeChatRefusal.unreadable, "bit \(bit) of byte \(byte) of the length") {
                    try account.open(try Self.changed(sealed, at: byte, by: 1 << UInt8(bit)))
                }
            }
        }
        for value in UInt8.min...UInt8.max where value != 26 && value != 1 {
            #expect(throws: WeChatRefusal.unreadable, "padding \(value)") {
                try account.open(try Self.changed(sealed, at: -17, by: 26 ^ value))
            }
        }
        let other = try WeChatServer.account(key: String(WeChatServer.key.reversed()))
        #expect(throws: WeChatRefusal.unreadable) { try other.open(sealed) }
        let plain = try WeChatServer.account()
        #expect(throws: WeChatRefusal.unreadable) { try plain.open(sealed) }
    }

    @Test func `a message for another account, and one whose length takes of the AppID, are refused`() throws {
        let account = try Self.sealing()
        let other = try WeChatServer.account(key: WeChatServer.key, appID: "wx0123456789abcdee")
        let sealed = try other.seal([1, 2, 3], random: Dice.seeded(1).bytes(16))
        #expect(throws: WeChatRefusal.wrongAccount) { try account.open(sealed) }
        let own = try account.seal([1, 2, 3], random: Dice.seeded(1).bytes(16))
        #expect(throws: WeChatRefusal.wrongAccount) { try account.open(try Self.changed(own, at: 3, by: 3 ^ 5)) }
    }

    @Test func `no byte of a cipher can be changed without a refusal or another message`() throws {
        let account = try Self.sealing()
        let message = Array("<xml><Content>办证</Content></xml>".utf8)
        let sealed = try account.seal(message, random: Dice.seeded(3).bytes(16))
        for index in 0..<(Data(base64Encoded: sealed)?.count ?? 0) {
            let changed = try Self.changed(sealed, at: index, by: 0x80)
            do {
                // The first block is of random bytes; what changes there changes the length that follows.
                #expect(try account.open(changed) != message, "byte \(index)")
            } catch {
                #expect([.unreadable, .wrongAccount].contains(error), "byte \(index)")
            }
        }
    }

    @Test func `a signature is wrong when anything in it is`() throws {
        let account = try Self.sealing()
        let right = account.signature("1795500000", "7")
        for wrong in ["", "0", String(right.dropLast()), right + "0", right.uppercased(), String(right.reversed())] {
            #expect(throws: WeChatRefusal.wrongSignature, "\(wrong)") { try account.check(wrong, "1795500000", "7") }
        }
        let other = try WeChatServer.account(key: WeChatServer.key, token: "anothertoken")
        #expect(throws: WeChatRefusal.wrongSignature) { try other.check(right, "1795500000", "7") }
    }

    @Test func `an account that cannot be one is none, and nothing of its secrets is told`() throws {
        let (app, key) = (WeChatServer.appID, WeChatServer.key)
        for token in ["", "ab", String(repeating: "a", count: 33), "with space", "字字字", "a-b-c", "abc\n"] {
            #expect(WeChatAccount(appID: app, token: token, aesKey: nil) == nil, "\(token)")
        }
        for key in ["", String(key.dropLast()), key + "A", key.dropLast() + "=", key.dropLast() + "/"] {
            #expect(WeChatAccount(appID: app, token: "abc", aesKey: String(key)) == nil, "\(key)")
        }
        #expect(WeChatAccount(appID: "", token: "abc", aesKey: key) == nil)
        #expect(WeChatAccount(appID: "", token: "abc", aesKey: nil) != nil)
        for last in "AEIMQUYcgkosw048BCDabc159" {
            #expect(WeChatAccount(appID: app, token: "abc", aesKey: key.dropLast() + String(last)) != nil, "\(last)")
        }
        let account = try WeChatServer.account(key: key)
        for text in ["\(account)", String(reflecting: account)] {
            #expect(!text.contains(WeChatServer.token) && !text.contains(key) && text.contains(app))
        }
    }
}
