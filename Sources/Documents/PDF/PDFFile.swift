import Crypto
package import Vocabulary

/// A finished paper: its pages with everything that is drawn on them. The same paper always gives the same bytes.
package struct PDFFile: Sendable {
    /// What a reader program says of the file.
    package struct About: Hashable, Sendable {
        package let title: String
        /// BCP 47: `zh-CN`, `en`.
        package let language: String
        package let createdAt: Instant

        package init(title: String, language: String = "zh-CN", createdAt: Instant) {
            self.title = title
            self.language = language
            self.createdAt = createdAt
        }
    }

    package let about: About
    /// The marks of each sheet, in the order in which they are drawn.
    package let sheets: [[Mark]]
    /// The size of each page.
    package let size: PageSize
    private let typeface: Typeface

    /// A paper set in a typeface.
    package init(_ about: About, sheets: [[Mark]], size: PageSize = .a4, typeface: Typeface) {
        self.about = about
        self.sheets = sheets
        self.size = size
        self.typeface = typeface
    }

    /// The file: PDF 1.5 with a classic table of objects, the glyphs that it uses embedded, texts that can be searched
    /// and copied. Refuses a character that no face of the typeface draws.
    package func bytes() throws -> [UInt8] {
        let fonts = try PDFFonts(typeface, for: sheets)
        var body = PDFBody()
        let (catalog, pages, info) = (body.reserve(), body.reserve(), body.reserve())
        let names = fonts.write(to: &body)
        let drawing = PDFContent(fonts: fonts, height: size.height)
        var kids: [Int] = []
        for marks in sheets {
            let content = body.stream(drawing.bytes(of: marks))
            kids.append(
                body.object(
                    """
                    << /Type /Page /Parent \(pages) 0 R /MediaBox [0 0 \(PDFText.numbers(size.width, size.height))]
                    /Resources << /Font << \(names) >> >> /Contents \(content) 0 R >>
                    """))
        }
        let list = kids.map { "\($0) 0 R" }.joined(separator: " ")
        body.fill(pages, "<< /Type /Pages /Count \(kids.count) /Kids [\(list)] >>")
        body.fill(
            catalog,
            """
            << /Type /Catalog /Pages \(pages) 0 R /Lang (\(about.language))
            /ViewerPreferences << /DisplayDocTitle true >> >>
            """)
        body.fill(
            info,
            """
            << /Title \(PDFText.string(about.title)) /Producer \(PDFText.string("OneWindow"))
            /CreationDate \(PDFText.date(about.createdAt)) >>
            """)
        return body.file(catalog: catalog, info: info)
    }
}

/// The objects of a PDF, one after another, and where each of them begins.
struct PDFBody {
    private var bytes = Array("%PDF-1.5\n%\u{E9}\u{E9}\u{E9}\u{E9}\n".utf8)
    private var offsets: [Int?] = []

    /// The number of an object that is filled later.
    mutating func reserve() -> Int {
        offsets.append(nil)
        return offsets.count
    }

    mutating func fill(_ number: Int, _ text: String) { write(number, Array(text.utf8)) }

    mutating func object(_ text: String) -> Int {
        let number = reserve()
        fill(number, text)
        return number
    }

    /// A compressed stream; `entries` stand in its dictionary.
    mutating func stream(_ content: [UInt8], _ entries: String = "") -> Int {
        let number = reserve()
        let packed = Deflate.compressed(content)
        let head = "<< /Length \(packed.count) /Filter /FlateDecode \(entries) >>\nstream\n"
        write(number, Array(head.utf8) + packed + Array("\nendstream".utf8))
        return number
    }

    private mutating func write(_ number: Int, _ content: [UInt8]) {
        precondition(offsets[number - 1] == nil, "an object is written once")
        offsets[number - 1] = bytes.count
        bytes += Array("\(number) 0 obj\n".utf8) + content + Array("\nendobj\n".utf8)
    }

    /// The whole file with its table and trailer. Its identifier is the digest of what stands before.
    func file(catalog: Int, info: Int) -> [UInt8] {
        let digest = SHA256.hash(data: bytes).prefix(16).map { PDFText.hex(UInt16($0)).suffix(2) }.joined()
        let entries = offsets.map { offset in
            guard let offset else { preconditionFailure("an object was reserved and never written") }
            return String(repeating: "0", count: max(0, 10 - "\(offset)".count)) + "\(offset) 00000 n \n"
        }
        return bytes
            + Array(
                """
                xref
                0 \(offsets.count + 1)
                0000000000 65535 f \n\(entries.joined())trailer
                << /Size \(offsets.count + 1) /Root \(catalog) 0 R /Info \(info) 0 R /ID [<\(digest)> <\(digest)>] >>
                startxref
                \(bytes.count)
                %%EOF\n
                """.utf8)
    }
}
