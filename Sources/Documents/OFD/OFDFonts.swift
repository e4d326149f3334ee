/// The fonts of an OFD: a subset of each face that draws a character of it.
struct OFDFonts {
    /// The numbers of fonts in the document begin here.
    static let firstID = 101

    /// The faces that are used, by their place in the typeface.
    let faces: [Int]
    private let characters: [[Unicode.Scalar]]
    private let typeface: Typeface

    /// The fonts of everything that is written on these pages. Refuses a character that no face draws.
    init(_ typeface: Typeface, for pages: [[Mark]]) throws {
        var characters = [Set<Unicode.Scalar>](repeating: [], count: typeface.faces.count)
        for case .text(let text, _, _) in pages.joined() {
            for scalar in text.unicodeScalars {
                let glyph = try typeface.glyph(of: scalar)
                characters[glyph.face].insert(scalar)
            }
        }
        faces = characters.indices.filter { !characters[$0].isEmpty }
        self.characters = characters.map { $0.sorted() }
        self.typeface = typeface
    }

    /// The font files.
    func parts(_ packer: ZipPacker) throws -> [OFDPart] {
        try faces.map { face in
            let file = try FontSubset.file(of: typeface.faces[face], characters: characters[face].map(\.value))
            return OFDPart(Self.path(face), file, packer)
        }
    }

    static func path(_ face: Int) -> String { "Doc_0/Res/font_\(firstID + face).ttf" }

    /// PublicRes.xml.
    var resources: [UInt8] {
        var xml = OFDText()
        xml.raw("<ofd:Res xmlns:ofd=\"http://www.ofdspec.org/2016\" BaseLoc=\"Res\"><ofd:Fonts>")
        for face in faces {
            xml.raw("<ofd:Font ID=\"")
            xml.number(Self.firstID + face)
            xml.raw("\" FontName=\"")
            xml.text(typeface.faces[face].postScriptName)
            xml.raw("\" FamilyName=\"")
            xml.text(typeface.faces[face].postScriptName)
            xml.raw("\"><ofd:FontFile>font_")
            xml.number(Self.firstID + face)
            xml.raw(".ttf</ofd:FontFile></ofd:Font>")
        }
        xml.raw("</ofd:Fonts></ofd:Res>")
        return xml.bytes
    }
}
