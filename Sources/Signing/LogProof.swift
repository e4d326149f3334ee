import Foundation

/// The proof that an entry stands in a log (`c2sp.org/tlog-proof@v1`): its place, the path to the root, and the
/// checkpoint with that root. Everything in it is checked offline with the log's key.
package struct LogProof: Sendable, Equatable {
    /// LIMIT: hashes of a path; a log has fewer than 2^63 entries.
    package static let pathMax = 63
    /// LIMIT: bytes of what goes along.
    package static let extraBytesMax = 4096
    private static let head = "c2sp.org/tlog-proof@v1"

    /// What goes along and is not signed; nil for nothing.
    package let extra: [UInt8]?
    /// 0, 1, 2, …
    package let index: Int
    /// From the leaf's sibling to the root's child, 32 bytes each.
    package let path: [[UInt8]]
    /// The signed note.
    package let checkpoint: String

    package init(extra: [UInt8]?, index: Int, path: [[UInt8]], checkpoint: String) {
        (self.extra, self.index, self.path, self.checkpoint) = (extra, index, path, checkpoint)
    }

    /// Reads a proof; refuses everything that `text` would not have written.
    package init(_ text: String) throws(NoteRefusal) {
        guard text.utf8.count <= Note.bytesMax, let blank = text.firstRange(of: "\n\n") else { throw .malformed }
        var lines = text[..<blank.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst().map({ $0 == Self.head }) == true else { throw .malformed }
        if let line = lines.first, line.hasPrefix("extra ") {
            guard let bytes = CanonicalBase64.bytes(line.dropFirst(6)), bytes.count <= Self.extraBytesMax else {
                throw .malformed
            }
            (extra, lines) = (bytes, lines.dropFirst())
        } else {
            extra = nil
        }
        guard let line = lines.popFirst(), line.hasPrefix("index "), let index = Int(line.dropFirst(6)), index >= 0,
            String(index) == line.dropFirst(6), lines.count <= Self.pathMax
        else { throw .malformed }
        self.index = index
        path = try lines.map { (line) throws(NoteRefusal) in
            guard let hash = CanonicalBase64.bytes(line), hash.count == 32 else { throw .malformed }
            return hash
        }
        checkpoint = String(text[blank.upperBound...])
        guard self.text.utf8.elementsEqual(text.utf8) else { throw .malformed }
    }

    /// The proof as a file, `.tlog-proof`.
    package var text: String {
        let lines =
            [Self.head] + (extra.map { ["extra " + CanonicalBase64.text($0)] } ?? []) + ["index \(index)"]
            + path.map { CanonicalBase64.text($0) }
        return lines.map { $0 + "\n" }.joined() + "\n" + checkpoint
    }

    /// The head that a known key signed. Refuses what `Note.open` and `TreeHead` refuse.
    package func head(trusting keys: [NoteVerifierKey]) throws(NoteRefusal) -> TreeHead {
        try TreeHead(text: try Note.open(checkpoint, trusting: keys).text)
    }
}
