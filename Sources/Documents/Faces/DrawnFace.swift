import Vocabulary

/// The face of a certificate as it is drawn: the same marks for OFD, PDF and PNG.
package struct DrawnFace: Sendable {
    /// The size of each page.
    package let size: PageSize
    /// What every face of the template has beneath its text.
    package let ground: FaceGround
    /// What is drawn over the ground, page by page.
    package let texts: [[Mark]]
    /// Where the seal stands on the first page: its square, 42 mm to a side.
    package let seal: Rectangle
    let typeface: Typeface

    /// Everything that is drawn, page by page; the seal is not among it.
    package var pages: [[Mark]] { texts.map { ground.marks + $0 } }

    /// The face as PDF, without a seal or signature.
    package func pdf(_ about: PDFFile.About) -> PDFFile {
        PDFFile(about, ground: ground, sheets: texts, size: size, typeface: typeface)
    }

    /// A page as a picture, with the seal's drawing on the first one when it is given.
    package func png(page: Int = 0, dotsPerInch: Double = 150, seal drawing: SealDrawing? = nil) throws -> [UInt8] {
        let centre = seal.corner + Point(seal.width / 2, seal.height / 2)
        let marks = pages[page] + (page == 0 ? drawing?.marks(centre: centre) ?? [] : [])
        return try Pictures.png(of: marks, size: size, dotsPerInch: dotsPerInch, typeface: typeface)
    }
}

/// What all faces of a template share: drawn once, and written into each file from there.
package final class FaceGround: Sendable {
    let marks: [Mark]
    /// The template page of an OFD.
    let part: OFDPart
    /// The content stream of a PDF, compressed.
    let content: [UInt8]

    init(_ marks: [Mark], height: Double) {
        self.marks = marks
        part = OFDPackage.ground(marks)
        content = Deflate(level: 9).zlib(PDFContent(fonts: nil, height: height).bytes(of: marks))
    }
}

/// The templates of faces, read once.
package struct FaceTemplates: Sendable {
    private let templates: [FaceTemplate.Name: (template: FaceTemplate, ground: FaceGround)]

    /// Reads the six templates that ship. Throws `Fault.misconfigured` when one cannot be read.
    package init() throws {
        var templates: [FaceTemplate.Name: (template: FaceTemplate, ground: FaceGround)] = [:]
        for name in FaceTemplate.Name.allCases {
            let template = try FaceTemplate(name)
            templates[name] = (template, FaceGround(template.ornaments.flatMap(\.marks), height: template.size.height))
        }
        self.templates = templates
    }

    /// Lays a face out. Refuses a character that no face of the typeface draws, texts beyond the limits of `FaceText`,
    /// a line that does not fit its place at its least size, and more than `FaceLayout.pagesMax` pages.
    package func face(
        of text: FaceText, as name: FaceTemplate.Name, typeface: Typeface
    ) throws(DocumentRefusal) -> DrawnFace {
        guard let entry = templates[name] else { preconditionFailure("every name has a template") }
        return try FaceLayout(template: entry.template, ground: entry.ground, typeface: typeface).face(of: text)
    }
}
