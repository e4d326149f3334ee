/// The kinds of file that are taken in, told by their first bytes and never by their name.
package enum FileKind: String, Sendable, CaseIterable {
    case pdf, ofd, jpeg, png

    /// LIMIT: bytes that must be there before a file's kind can be told.
    package static let sniffBytes = 64

    /// The kind of a file that begins like this; nil for any other.
    package init?(beginning bytes: some Collection<UInt8>) {
        let head = Array(bytes.prefix(Self.sniffBytes))
        if head.starts(with: Array("%PDF-".utf8)) {
            self = .pdf
        } else if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if head.starts(with: [0x50, 0x4B, 0x03, 0x04]), Self.namesOFDPart(head) {
            self = .ofd
        } else {
            return nil
        }
    }

    /// The media type under which the file is sent back.
    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .ofd: "application/ofd"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        }
    }

    /// An OFD file is a ZIP whose first entry is one of its own parts (GB/T 33190): `OFD.xml` or something in `Doc_0/`.
    private static func namesOFDPart(_ head: [UInt8]) -> Bool {
        guard head.count > 30 else { return false }
        let length = Int(head[26]) | Int(head[27]) << 8
        let name = String(decoding: head.dropFirst(30).prefix(length), as: UTF8.self)
        return name == "OFD.xml" || name.hasPrefix("Doc_0/")
    }
}
