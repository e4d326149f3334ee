import Signing
package import Vocabulary

/// A certificate as an OFD (GB/T 33190-2016): its face in vectors with the fonts that it needs, its data as an
/// attachment, and seals that cover every file of the package (GB/T 38540-2020, version 4).
///
/// Equal input and time give equal bytes outside `SignedValue.dat`.
package struct OFDFile: Sendable {
    /// LIMIT: attachments, and bytes of one.
    package static let attachmentsMax = 20
    package static let attachmentBytesMax = 8 * 1024 * 1024
    /// LIMIT: seals on one file.
    package static let stampsMax = 8

    /// What the package says of itself.
    package struct About: Sendable {
        let title: String
        let author: String
        let createdAt: Instant
        /// Names and values for readers that know them: `ZZBS` and its like (GB/T 36903-2018).
        let data: [(name: String, value: String)]

        /// The title, the body, the instant, and names with their values in this order.
        package init(title: String, author: String, createdAt: Instant, data: [(name: String, value: String)] = []) {
            (self.title, self.author, self.createdAt, self.data) = (title, author, createdAt, data)
        }
    }

    /// A file that travels in the package, covered by its seals.
    package struct Attachment: Sendable {
        let name: String
        let format: String
        let bytes: [UInt8]

        /// A file under a name of ASCII letters, digits, points, hyphens and low lines.
        package init(name: String, format: String, bytes: [UInt8]) {
            precondition(
                !name.isEmpty && name.utf8.allSatisfy { $0 < 0x80 && ($0.isLetterOrDigit || ".-_".utf8.contains($0)) },
                "an attachment's name is a plain file name")
            (self.name, self.format, self.bytes) = (name, format, bytes)
        }
    }

    let about: About
    let face: DrawnFace
    let attachments: [Attachment]

    /// The file of a face. Refuses attachments beyond the limits.
    package init(_ about: About, face: DrawnFace, attachments: [Attachment] = []) throws(DocumentRefusal) {
        guard attachments.count <= Self.attachmentsMax,
            attachments.allSatisfy({ $0.bytes.count <= Self.attachmentBytesMax })
        else { throw .tooLong }
        let names = Set(attachments.map { $0.name.lowercased() } + ["attachments.xml"])
        precondition(names.count == attachments.count + 1, "each attachment has a name of its own")
        (self.about, self.face, self.attachments) = (about, face, attachments)
    }

    /// The file under a body's seal at its place. `level` is zlib's: 1 is fastest, 9 smallest.
    package func sealed(by sealer: OFDSealer, at instant: Instant, level: Int = 6) throws -> [UInt8] {
        try sealed(with: [OFDStamp(sealer, at: instant, box: face.seal)], level: level)
    }

    /// The file under seals, each of which covers those before it. Refuses more than `stampsMax`.
    package func sealed(with stamps: [OFDStamp], level: Int = 6) throws -> [UInt8] {
        guard stamps.count <= Self.stampsMax else { throw DocumentRefusal.tooLong }
        let packer = ZipPacker(level: level)
        var parts = try OFDPackage(self, packer).parts
        for (index, stamp) in stamps.enumerated() {
            parts += try OFDSignature(stamp, number: index).parts(covering: parts, packer)
        }
        let list = OFDPart(
            OFDSignature.listName, OFDSignature.list(stamps.count), packer)
        return ZipWriter.bytes(of: (parts + [list]).map(\.entry))
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
