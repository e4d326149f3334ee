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
    /// What is drawn on each sheet before its marks.
    let ground: FaceGround?
    /// The size of each page.
    package let size: PageSize
    private let typeface: Typeface

    /// A paper set in a typeface.
    package init(_ about: About, sheets: [[Mark]], size: PageSize = .a4, typeface: Typeface) {
        self.init(about, ground: nil, sheets: sheets, size: size, typeface: typeface)
    }

    init(_ about: About, ground: FaceGround?, sheets: [[Mark]], size: PageSize, typeface: Typeface) {
        self.about = about
        self.ground = ground
        self.sheets = sheets
        self.size = size
        self.typeface = typeface
    }

    /// The file: PDF 1.5 with a classic table of objects, the glyphs that it uses embedded, texts that can be searched
    /// and copied. Refuses a character that no face of the typeface draws.
    package func bytes() throws -> [UInt8] { try body(nil).bytes }

    /// The body with its table, and where the room for a signature begins when there is one.
    func body(_ signing: PDFSigning?) throws -> (bytes: [UInt8], room: PDFRoom?) {
        let fonts = try PDFFonts(typeface, for: sheets)
        var body = PDFBody()
        let (catalog, pages, info) = (body.reserve(), body.reserve(), body.reserve())
        let names = fonts.write(to: &body)
        let drawing = PDFContent(fonts: fonts, height: size.height)
        let ground = self.ground.map { body.stream(packed: $0.content) }
        var kids: [Int] = []
        var signed: PDFSigning.Written?
        for (index, marks) in sheets.enumerated() {
            let own = "\(body.stream(drawing.bytes(of: marks))) 0 R"
            let content = ground.map { "[\($0) 0 R \(own)]" } ?? own
            var more = ""
            if let signing, signing.stamp.sheet == index {
                let page = body.reserve()
                let written = signing.write(to: &body, page: page, size)
                (signed, more) = (written, "/Annots [\(written.widget) 0 R]")
                body.fill(page, self.page(pages, names, content, more))
                kids.append(page)
            } else {
                kids.append(body.object(self.page(pages, names, content, more)))
            }
        }
        let list = kids.map { "\($0) 0 R" }.joined(separator: " ")
        body.fill(pages, "<< /Type /Pages /Count \(kids.count) /Kids [\(list)] >>")
        body.fill(
            catalog,
            """
            << /Type /Catalog /Pages \(pages) 0 R /Lang (\(about.language))
            /ViewerPreferences << /DisplayDocTitle true >>\(signed?.entries ?? "") >>
            """)
        body.fill(
            info,
            """
            << /Title \(PDFText.string(about.title)) /Producer \(PDFText.string("OneWindow"))
            /CreationDate \(PDFText.date(about.createdAt)) >>
            """)
        return (body.file(catalog: catalog, info: info), signed.map { body.room($0.value) })
    }

    private func page(_ pages: Int, _ fonts: String, _ content: String, _ more: String) -> String {
        """
        << /Type /Page /Parent \(pages) 0 R /MediaBox [0 0 \(PDFText.numbers(size.width, size.height))]
        /Resources << /Font << \(fonts) >> >> /Contents \(content)\(more.isEmpty ? "" : " " + more) >>
        """
    }
}
