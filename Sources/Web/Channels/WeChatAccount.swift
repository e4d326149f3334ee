import Crypto
import CryptoExtras
import Foundation

/// An official account of WeChat (公众号) as its console has it: who it is, the token under which WeChat signs, and, in
/// safe and compatible mode (安全模式, 兼容模式), the key under which messages are encrypted.
///
/// The signature (SHA-1) and the cipher (AES-256-CBC, the initialisation vector taken from the key) are WeChat's own
/// and cannot be chosen here.
package struct WeChatAccount: Sendable, CustomStringConvertible {
    /// 加解密 pads to blocks of so many bytes, twice those of AES.
    private static let blockBytes = 32
    /// Random bytes before each message, and the four of its length.
    private static let headBytes = 16 + 4
    /// LIMIT: characters of a token, as WeChat's console takes it.
    package static let tokenCharacters = 3...32
    /// Characters of the EncodingAESKey.
    package static let keyCharacters = 43

    let appID: String
    private let token: String
    private let key: [UInt8]?

    /// The account; nil for a token that is not 3 to 32 letters and digits, for an EncodingAESKey that is not 43 of
    /// them, and for a key without the AppID that every encrypted message names.
    package init?(appID: String, token: String, aesKey: String?) {
        guard Self.tokenCharacters.contains(token.utf8.count), token.utf8.allSatisfy(Self.isLetterOrDigit),
            appID.utf8.allSatisfy(Self.isLetterOrDigit)
        else { return nil }
        if let aesKey {
            guard aesKey.utf8.count == Self.keyCharacters, aesKey.utf8.allSatisfy(Self.isLetterOrDigit),
                !appID.isEmpty, let bytes = Data(base64Encoded: aesKey + "="), bytes.count == 32
            else { return nil }
            key = Array(bytes)
        } else {
            key = nil
        }
        (self.appID, self.token) = (appID, token)
    }

    /// Masked.
    package var description: String { "WeChatAccount(\(appID), ***)" }

    /// Whether messages come encrypted.
    var isEncrypted: Bool { key != nil }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    // Signatures: SHA-1 of token and parts, sorted by their bytes and joined.

    /// The signature over these parts and the token, in 40 hexadecimal digits.
    func signature(_ parts: String...) -> String { signature(parts) }

    private func signature(_ parts: [String]) -> String {
        let sorted = (parts + [token]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return Insecure.SHA1.hash(data: Array(sorted.joined().utf8))
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Refuses what is not the signature over these parts and the token. The comparison takes the same time whatever
    /// differs: both go through SHA-256, and a digest of swift-crypto compares in constant time.
    func check(_ signature: String, _ parts: String...) throws(WeChatRefusal) {
        guard SHA256.hash(data: Array(signature.utf8)) == SHA256.hash(data: Array(self.signature(parts).utf8)) else {
            throw .wrongSignature
        }
    }

    // The cipher: 16 random bytes, the length in network order, the message, the AppID, padding.

    /// The message in an `Encrypt`. Whatever is wrong with key, length or padding is one refusal.
    func open(_ encrypt: String) throws(WeChatRefusal) -> [UInt8] {
        guard let key, let cipher = Data(base64Encoded: encrypt), !cipher.isEmpty,
            cipher.count.isMultiple(of: Self.blockBytes)
        else { throw .unreadable }
        let plain: [UInt8]
        do {
            plain = Array(
                try AES._CBC.decrypt(
                    cipher, using: SymmetricKey(data: key), iv: try AES._CBC.IV(ivBytes: key.prefix(16)),
                    noPadding: true))
        } catch {
            throw .unreadable
        }
        let padding = Int(plain.last ?? 0)
        guard (1...Self.blockBytes).contains(padding), plain.suffix(padding).allSatisfy({ $0 == padding }),
            plain.count - padding >= Self.headBytes
        else { throw .unreadable }
        let content = plain.dropLast(padding)
        let length = content[16..<Self.headBytes].reduce(0) { $0 << 8 | Int($1) }
        guard length <= content.count - Self.headBytes else { throw .unreadable }
        let end = Self.headBytes + length
        guard content[end...].elementsEqual(appID.utf8) else { throw .wrongAccount }
        return Array(content[Self.headBytes..<end])
    }

    /// A message as an `Encrypt`. `random` are 16 bytes that nobody can foresee.
    func seal(_ message: [UInt8], random: [UInt8]) throws -> String {
        guard let key else { preconditionFailure("an account without a key encrypts nothing") }
        precondition(random.count == 16, "16 random bytes come first")
        let length = stride(from: 24, through: 0, by: -8).map { UInt8(message.count >> $0 & 0xFF) }
        let content = random + length + message + Array(appID.utf8)
        let padding = Self.blockBytes - content.count % Self.blockBytes
        let plain = content + [UInt8](repeating: UInt8(padding), count: padding)
        let cipher = try AES._CBC.encrypt(
            plain, using: SymmetricKey(data: key), iv: try AES._CBC.IV(ivBytes: key.prefix(16)), noPadding: true)
        return cipher.base64EncodedString()
    }
}
