package import Signing
import Store
import Vocabulary

/// What goes along with a proof of the public log: the line, and, for whom the certificate is, what opens it.
package struct CertificateLogProof: Sendable, Equatable {
    /// The line as it was logged.
    package let entry: CertificateLogEntry
    /// Which certificate it is, with the salt that shows it; nil in what anybody is given.
    package let opening: Opening?

    /// An identifier and the salt under which it stands in the log.
    package struct Opening: Hashable, Sendable {
        package let identifier: CertificateIdentifier
        package let salt: CertificateLogEntry.Salt

        package init(_ identifier: CertificateIdentifier, _ salt: CertificateLogEntry.Salt) {
            (self.identifier, self.salt) = (identifier, salt)
        }
    }

    private struct Extra: Codable {
        let entry: String
        let identifier: CertificateIdentifier?
        let salt: String?
    }

    package init(_ entry: CertificateLogEntry, opening: Opening?) { (self.entry, self.opening) = (entry, opening) }

    /// The bytes that go along: canonical JSON of the line as text, the identifier, and the salt in hexadecimal.
    package func extra() throws -> [UInt8] {
        try CanonicalJSON.bytes(
            of: Extra(
                entry: String(decoding: entry.bytes, as: UTF8.self), identifier: opening?.identifier,
                salt: opening.map { Hex.text($0.salt.bytes) }))
    }

    /// Checks a proof from beginning to end without asking anybody: the signature of the log, its name, the path from
    /// the line to the root, and that the line is the certificate's where the proof says so.
    package init(checking proof: LogProof, origin: String, trusting keys: [NoteVerifierKey]) throws {
        let head = try proof.head(trusting: keys)
        guard head.origin == origin else { throw CertificateLogRefusal.otherLog }
        guard let extra = proof.extra else { throw CertificateLogRefusal.unreadable }
        let read: (line: [UInt8], entry: CertificateLogEntry, opening: Opening?)
        do { read = try Self.read(extra) } catch is Fault { throw CertificateLogRefusal.unreadable }
        let root = MerkleProof.root(
            leaf: MerkleHash.leaf(read.line), index: proof.index, size: head.size, path: proof.path)
        guard root == head.root else { throw CertificateLogRefusal.notIncluded }
        if let opening = read.opening {
            guard opening.salt.commitment(to: opening.identifier) == read.entry.certificate else {
                throw CertificateLogRefusal.otherCertificate
            }
        }
        self.init(read.entry, opening: read.opening)
    }

    private static func read(
        _ bytes: [UInt8]
    ) throws -> (line: [UInt8], entry: CertificateLogEntry, opening: Opening?) {
        let extra: Extra = try CanonicalJSON.value(in: bytes)
        let line = Array(extra.entry.utf8)
        let entry = try CertificateLogEntry(line)
        guard entry.bytes == line else { throw Fault.corrupt("a line in another form") }
        guard extra.identifier != nil || extra.salt != nil else { return (line, entry, nil) }
        guard let identifier = extra.identifier, let text = extra.salt, let bytes = Hex.bytes(text),
            let salt = CertificateLogEntry.Salt(bytes: bytes)
        else { throw Fault.corrupt("half an opening") }
        return (line, entry, Opening(identifier, salt))
    }
}
