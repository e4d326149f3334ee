import Crypto
package import Signing
package import Vocabulary

/// A signature that a file is to bear (PAdES baseline B-B, ETSI EN 319 142-1), and how it shows on the page.
///
/// The file is written once, with the signature in it, so that it has one revision and nothing that a later one hides.
package struct PDFSigning: Sendable {
    /// How a seal shows: written once for all files that bear it.
    package struct Look: Sendable {
        let width: Double
        let height: Double
        /// The content stream, compressed.
        let content: [UInt8]

        /// Marks that are counted from the upper left corner of a rectangle so wide and high, and hold no text.
        package init(_ marks: [Mark], width: Double, height: Double) {
            (self.width, self.height) = (width, height)
            content = Deflate(level: 9).zlib(PDFContent(fonts: nil, height: height).bytes(of: marks))
        }

        /// A round seal in its square.
        package init(_ seal: SealDrawing) {
            let side = Sheet.millimetres(SealDrawing.diameter)
            self.init(seal.marks(centre: Point(side / 2, side / 2)), width: side, height: side)
        }
    }

    /// Where the seal shows: on which sheet, counted from nought, with its upper left corner where.
    package struct Stamp: Sendable {
        package let sheet: Int
        package let corner: Point
        package let look: Look

        package init(sheet: Int, corner: Point, look: Look) {
            (self.sheet, self.corner, self.look) = (sheet, corner, look)
        }
    }

    /// LIMIT: bytes of a signature with its certificates.
    package static let roomBytes = 4096

    /// The body in whose name it is signed.
    package let name: String
    package let signer: any Signer
    /// The signer's certificate, then that of its authority.
    package let certificates: [X509Certificate]
    package let at: Instant
    package let stamp: Stamp
    /// Data that the file carries for machines, under `CertificateAttachment.name`; nil for none.
    package let data: [UInt8]?

    /// Signs with an ECDSA signer on P-256.
    package init(
        name: String, signer: any Signer, certificates: [X509Certificate], at: Instant, stamp: Stamp, data: [UInt8]?
    ) {
        (self.name, self.signer, self.certificates) = (name, signer, certificates)
        (self.at, self.stamp, self.data) = (at, stamp, data)
    }

    /// What was written: the signature's own object, the field on the page, and what the catalogue says of them.
    struct Written {
        let value: Int
        let widget: Int
        let entries: String
    }

    func write(to body: inout PDFBody, page: Int, _ size: PageSize) -> Written {
        let value = body.object(
            """
            << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Name \(PDFText.string(name))
            /M \(PDFText.date(at)) /ByteRange \(PDFRoom.emptyRange) /Contents <\(PDFRoom.emptyValue)> >>
            """)
        let (look, corner) = (stamp.look, stamp.corner)
        let form = body.stream(
            packed: look.content,
            "/Type /XObject /Subtype /Form /BBox [0 0 \(PDFText.numbers(look.width, look.height))] /Resources << >>")
        let foot = size.height - corner.y - look.height
        let rectangle = PDFText.numbers(corner.x, foot, corner.x + look.width, foot + look.height)
        // 132: printed and locked (ISO 32000-1, 12.5.3).
        let widget = body.object(
            """
            << /Type /Annot /Subtype /Widget /FT /Sig /T \(PDFText.string("Seal1")) /V \(value) 0 R /F 132
            /P \(page) 0 R /Rect [\(rectangle)] /AP << /N \(form) 0 R >> >>
            """)
        // 3: there are signatures, and the file may only be added to (12.7.2).
        var entries = "\n/AcroForm << /Fields [\(widget) 0 R] /SigFlags 3 >>"
        if let data { entries += Self.attach(data, to: &body, at) }
        return Written(value: value, widget: widget, entries: entries)
    }

    private static func attach(_ data: [UInt8], to body: inout PDFBody, _ at: Instant) -> String {
        let file = body.plainStream(data, "/Type /EmbeddedFile /Subtype /application#2Fjson")
        let name = PDFText.string(CertificateAttachment.name)
        let specification = body.object(
            """
            << /Type /Filespec /F \(name) /UF \(name) /AFRelationship /Data
            /EF << /F \(file) 0 R /UF \(file) 0 R >> >>
            """)
        return """

            /Names << /EmbeddedFiles << /Names [\(name) \(specification) 0 R] >> >> /AF [\(specification) 0 R]
            """
    }
}

extension PDFFile {
    /// The file under a signature. Equal input gives equal bytes outside the value of `/Contents`. Refuses what `bytes`
    /// refuses, and a signer whose certificate is not the first.
    package func signed(_ signing: PDFSigning) throws -> [UInt8] {
        precondition(sheets.indices.contains(signing.stamp.sheet), "the seal stands on a page of the file")
        let body = try body(signing)
        guard let room = body.room else { preconditionFailure("the signature was written") }
        return try room.fill(body.bytes) { digest in
            try CMS.signed(digest: digest, by: signing.signer, certificates: signing.certificates)
        }
    }
}

/// The room that a file keeps for the value of its signature, and for saying what it covers.
struct PDFRoom {
    /// As wide as any range can become.
    static let emptyRange = "[0 0000000000 0000000000 0000000000]"
    static let emptyValue = String(repeating: "0", count: PDFSigning.roomBytes * 2)

    private let range: Int
    /// The hexadecimal string with its angle brackets.
    private let value: Range<Int>

    /// Finds the room within the object that begins here.
    init(in bytes: [UInt8], from offset: Int) {
        let (range, value) = (Array(Self.emptyRange.utf8), Array("<\(Self.emptyValue)>".utf8))
        func place(_ sought: [UInt8], from start: Int) -> Int {
            var at = start
            while !bytes[at...].starts(with: sought) { at += 1 }
            return at
        }
        self.range = place(range, from: offset)
        let start = place(value, from: self.range)
        self.value = start..<(start + value.count)
    }

    /// The file with what it covers written in, and the signature of it.
    func fill(_ bytes: [UInt8], signature: ([UInt8]) throws -> [UInt8]) throws -> [UInt8] {
        var bytes = bytes
        let ranges = [value.lowerBound, value.upperBound, bytes.count - value.upperBound].map { number in
            String(repeating: "0", count: max(0, 10 - "\(number)".utf8.count)) + "\(number)"
        }
        bytes.replaceSubrange(
            range..<(range + Self.emptyRange.utf8.count), with: Array("[0 \(ranges.joined(separator: " "))]".utf8))
        var digest = SHA256()
        digest.update(data: bytes[..<value.lowerBound])
        digest.update(data: bytes[value.upperBound...])
        let made = try signature(Array(digest.finalize()))
        guard made.count <= PDFSigning.roomBytes else {
            throw Fault.misconfigured("a chain of certificates is too long")
        }
        let digits = made.map { PDFText.hex(UInt16($0)).suffix(2) }.joined()
        bytes.replaceSubrange(
            (value.lowerBound + 1)..<(value.lowerBound + 1 + digits.utf8.count), with: Array(digits.utf8))
        return bytes
    }
}
