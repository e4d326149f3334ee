import Crypto
import Foundation

/// A secret sealed by AES-256-GCM below a header in clear: four lines of text.
///
/// The first line names the format and its version, the second is the header (JSON with sorted keys), the third is
/// nonce, ciphertext and tag in base64, the fourth is SHA-256 over the three in hexadecimal digits. The seal covers the
/// first two lines too, so that nobody without the key moves a mark from one key to another. The digest needs no key:
/// it tells a torn file from a wrong key.
struct Envelope {
    /// The bytes of the second line.
    let header: [UInt8]
    private let format: String
    private let sealed: [UInt8]

    /// Seals the secret.
    init(format: String, header: [UInt8], secret: [UInt8], under key: SymmetricKey) throws {
        self.format = format
        self.header = header
        let authenticated = Self.opening(format, header)
        let box = try AES.GCM.seal(secret, using: key, authenticating: authenticated)
        guard let combined = box.combined else { preconditionFailure("a nonce of another length than 12 bytes") }
        sealed = Array(combined)
    }

    /// Reads an envelope of this format; nil when a byte of it is missing or another, or there are more.
    init?(format: String, _ bytes: [UInt8]) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count == 5, lines[4].isEmpty, lines[0].elementsEqual(format.utf8),
            let sealed = CanonicalBase64.bytes(String(decoding: lines[2], as: UTF8.self))
        else { return nil }
        self.format = format
        self.header = Array(lines[1])
        self.sealed = sealed
        guard self.bytes == bytes else { return nil }
    }

    /// The four lines.
    var bytes: [UInt8] {
        let lines = Self.opening(format, header) + Array(Data(sealed).base64EncodedString().utf8) + [UInt8(ascii: "\n")]
        return lines + Array(Hex.text(SHA256.hash(data: lines)).utf8) + [UInt8(ascii: "\n")]
    }

    /// The secret; nil under another key.
    func secret(under key: SymmetricKey) -> [UInt8]? {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return Array(try AES.GCM.open(box, using: key, authenticating: Self.opening(format, header)))
        } catch {
            return nil
        }
    }

    private static func opening(_ format: String, _ header: [UInt8]) -> [UInt8] {
        Array(format.utf8) + [UInt8(ascii: "\n")] + header + [UInt8(ascii: "\n")]
    }
}
