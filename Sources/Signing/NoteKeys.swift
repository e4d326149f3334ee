import Crypto
import Foundation

/// The public half of a key that signs notes, as it is published: `NAME+hash+base64(01‖key)`.
package struct NoteVerifierKey: Sendable, Hashable {
    /// LIMIT: bytes of a key's name.
    package static let nameBytesMax = 255
    /// The key type of Ed25519.
    static let ed25519: UInt8 = 1

    /// The name: not empty, without spaces and plus signs; for a log mostly its host and path.
    package let name: String
    /// The first four bytes of SHA-256 over name, line feed, key type and key.
    package let keyHash: UInt32
    /// The Ed25519 key.
    package let publicKey: Ed25519PublicKey

    /// The line of this key under this name. Refuses a name that cannot stand in a note.
    package init(name: String, publicKey: Ed25519PublicKey) throws(NoteRefusal) {
        guard Self.isName(name) else { throw .malformedVerifierKey }
        self.name = name
        self.publicKey = publicKey
        let hashed = Array(name.utf8) + [UInt8(ascii: "\n"), Self.ed25519] + publicKey.rawRepresentation
        keyHash = SHA256.hash(data: Data(hashed)).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads a line; refuses other key types and a hash that is not the key's.
    package init(_ text: String) throws(NoteRefusal) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = CanonicalBase64.bytes(parts[2]), bytes.count == 33,
            bytes[0] == Self.ed25519
        else { throw .malformedVerifierKey }
        let key: Ed25519PublicKey
        do throws(KeyRefusal) {
            key = try Ed25519PublicKey(rawRepresentation: Array(bytes.dropFirst()))
        } catch {
            throw .malformedVerifierKey
        }
        try self.init(name: String(parts[0]), publicKey: key)
        guard self.text.utf8.elementsEqual(text.utf8) else { throw .malformedVerifierKey }
    }

    /// The line, without line feed.
    package var text: String {
        let key = Data([Self.ed25519] + publicKey.rawRepresentation).base64EncodedString()
        return "\(name)+\(Hex.text(hashBytes))+\(key)"
    }

    var hashBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: keyHash >> (24 - 8 * $0)) } }

    /// Whether the text can name a key. Spaces are those of Unicode (White_Space), as in Go's `unicode.IsSpace`.
    static func isName(_ text: String) -> Bool {
        (1...nameBytesMax).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
    }
}

/// Signs notes with an Ed25519 key under a name.
package struct NoteSigner: Sendable {
    static let dash = Array("\u{2014}".utf8)

    /// What verifiers need.
    package let verifierKey: NoteVerifierKey
    private let key: Ed25519PrivateKey

    /// A key under a name. Refuses a name that cannot stand in a note.
    package init(name: String, key: Ed25519PrivateKey) throws(NoteRefusal) {
        verifierKey = try NoteVerifierKey(name: name, publicKey: key.publicKey)
        self.key = key
    }

    /// The signature line over the text, ended by a line feed.
    package func line(for text: String) throws -> String {
        let bytes = verifierKey.hashBytes + (try key.sign(Array(text.utf8)))
        return "\u{2014} \(verifierKey.name) \(Data(bytes).base64EncodedString())\n"
    }
}
