import Foundation
package import Vocabulary

/// A note (c2sp.org/signed-note): a text ended by a line feed, an empty line, and signature lines of named keys.
///
/// Read by the rules of Go's `sumdb/note`, and stricter in one thing: base64 must be in its one canonical form.
package struct Note: Sendable, Equatable {
    /// LIMIT: bytes of a note with its signatures.
    package static let bytesMax = 1_000_000
    /// LIMIT: signature lines of a note.
    package static let signaturesMax = 100

    /// One signature line.
    package struct Line: Sendable, Hashable {
        /// The name of the key.
        package let name: String
        /// The first four bytes of the key's hash.
        package let keyHash: UInt32
        /// The signature without the key hash.
        package let signature: [UInt8]
    }

    /// The signed text, with its last line feed.
    package let text: String
    /// The lines that a known key made, each key once. Never empty in a note that `open` answered.
    package let verified: [Line]
    /// The lines of keys that are not known, identical ones once. They say nothing.
    package let unverified: [Line]

    /// The note that these keys make of the text; no key may sign twice.
    ///
    /// Refuses a text without final line feed, one with control characters, and one that grows too long.
    package static func signed(_ text: String, by signers: [NoteSigner]) throws -> String {
        guard text.hasSuffixBytes("\n"), isPlain(text), (1...signaturesMax).contains(signers.count),
            Set(signers.map(\.verifierKey.text)).count == signers.count
        else { throw NoteRefusal.malformed }
        let note = try signers.reduce(into: text + "\n") { $0 += try $1.line(for: text) }
        guard note.utf8.count <= bytesMax else { throw NoteRefusal.malformed }
        return note
    }

    /// Reads a note and verifies the lines of the known keys.
    ///
    /// Refuses a malformed note, a wrong signature of a known key even beside right ones, a note that no known key
    /// signed, and a list with two keys of the same name and hash when a line has these.
    package static func open(_ note: String, trusting known: [NoteVerifierKey]) throws(NoteRefusal) -> Note {
        let (text, lines) = try parsed(note)
        var verified: [Line] = []
        var unverified: [Line] = []
        for line in lines {
            let keys = known.filter { $0.name == line.name && $0.keyHash == line.keyHash }
            guard keys.count < 2 else { throw .ambiguousKey }
            guard let key = keys.first else {
                if !unverified.contains(line) { unverified.append(line) }
                continue
            }
            if verified.contains(where: { $0.name == line.name && $0.keyHash == line.keyHash }) { continue }
            guard key.publicKey.verifies(line.signature, of: Array(text.utf8)) else { throw .wrongSignature }
            verified.append(line)
        }
        guard !verified.isEmpty else { throw .unverified }
        return Note(text: text, verified: verified, unverified: unverified)
    }

    private static func parsed(_ note: String) throws(NoteRefusal) -> (text: String, lines: [Line]) {
        guard note.utf8.count <= bytesMax, isPlain(note), note.hasSuffixBytes("\n") else { throw .malformed }
        let bytes = Array(note.utf8)
        let feed = UInt8(ascii: "\n")
        guard let blank = bytes.indices.dropFirst().last(where: { bytes[$0] == feed && bytes[$0 - 1] == feed }),
            blank < bytes.count - 1
        else { throw .malformed }
        let block = bytes[(blank + 1)...].dropLast().split(separator: feed, omittingEmptySubsequences: false)
        guard block.count <= signaturesMax else { throw .malformed }
        let lines = try block.map { (bytes) throws(NoteRefusal) in try line(String(decoding: bytes, as: UTF8.self)) }
        return (String(decoding: bytes[..<blank], as: UTF8.self), lines)
    }

    private static func line(_ text: String) throws(NoteRefusal) -> Line {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, Array(parts[0].utf8) == NoteSigner.dash, NoteVerifierKey.isName(String(parts[1])),
            let bytes = CanonicalBase64.bytes(parts[2]), bytes.count > 4
        else { throw .malformed }
        let hash = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Line(name: String(parts[1]), keyHash: hash, signature: Array(bytes.dropFirst(4)))
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") }
    }
}

/// Notes and verifier keys that are refused.
package enum NoteRefusal: String, Refusal, CaseIterable {
    /// Not the form of a note, or beyond its limits.
    case malformed = "signing.malformed-note"
    /// A line in the name of a known key that this key did not make.
    case wrongSignature = "signing.wrong-note-signature"
    /// No known key signed.
    case unverified = "signing.unverified-note"
    /// Two known keys have one name and one hash.
    case ambiguousKey = "signing.ambiguous-note-key"
    /// Not a verifier key, or one whose hash is not that of its key.
    case malformedVerifierKey = "signing.malformed-verifier-key"
    /// Not the text of a checkpoint.
    case malformedTreeHead = "signing.malformed-tree-head"

    /// Every code, for `docs/codes.md`.
    package static let codes = allCases.map(\.rawValue)

    package var code: String { rawValue }
    package var kind: RefusalKind { .invalid }
}

/// Standard base64 with padding, in the one form that encoding gives.
enum CanonicalBase64 {
    static func text(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        guard let data = Data(base64Encoded: String(text)), text.elementsEqual(data.base64EncodedString()) else {
            return nil
        }
        return Array(data)
    }
}

extension String {
    /// Whether the last bytes are these, without regard to what a reader takes for one character.
    func hasSuffixBytes(_ suffix: String) -> Bool {
        utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }
}
