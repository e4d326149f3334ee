import Foundation

/// The text of a checkpoint (c2sp.org/tlog-checkpoint): a log's origin, its size and its root.
package struct TreeHead: Sendable, Equatable {
    /// LIMIT: bytes of an origin.
    package static let originBytesMax = 255
    /// LIMIT: extension lines after the root. We write none, and take others' as they are.
    package static let extensionsMax = 16

    /// The name of the log.
    package let origin: String
    /// Entries of the log.
    package let size: Int
    /// The RFC 6962 root over these entries, 32 bytes.
    package let root: [UInt8]
    /// Lines that others added.
    package let extensions: [String]

    /// A head; refuses an origin that is no line, a negative size and a root that is not 32 bytes.
    package init(origin: String, size: Int, root: [UInt8]) throws(NoteRefusal) {
        guard (1...Self.originBytesMax).contains(origin.utf8.count), origin.utf8.allSatisfy({ $0 >= 0x20 }), size >= 0,
            root.count == 32
        else { throw .malformedTreeHead }
        self.origin = origin
        self.size = size
        self.root = root
        extensions = []
    }

    /// Reads the text of a note; refuses leading zeros, signs, base64 in another form and empty extension lines.
    package init(text: String) throws(NoteRefusal) {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: Array($0), as: UTF8.self) }
        guard (4...4 + Self.extensionsMax).contains(lines.count), lines.last == "", let size = Int(lines[1]),
            String(size).utf8.elementsEqual(lines[1].utf8), let root = CanonicalBase64.bytes(lines[2])
        else { throw .malformedTreeHead }
        let head = try TreeHead(origin: lines[0], size: size, root: root)
        let extensions = Array(lines[3...].dropLast())
        guard extensions.allSatisfy({ !$0.isEmpty }) else { throw .malformedTreeHead }
        (origin, self.size, self.root, self.extensions) = (head.origin, head.size, head.root, extensions)
    }

    /// The text that is signed, with its last line feed.
    package var text: String {
        let lines = [origin, String(size), Data(root).base64EncodedString()] + extensions
        return lines.map { $0 + "\n" }.joined()
    }
}
