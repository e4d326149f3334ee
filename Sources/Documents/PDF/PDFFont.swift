import CHarfbuzzSubset
import Crypto

/// The characters of a file with their glyphs: a `CIDFontType2` under `Identity-H`. Each character has a code of its
/// own, also where two share a glyph, so that what is copied from the file is what was written.
struct PDFFont {
    private let characters: [Unicode.Scalar]
    private let codes: [Unicode.Scalar: UInt16]
    private let glyphs: [UInt32]
    private let subset: FontSubset
    private let typeface: Typeface

    /// The font of these characters, in the order of Unicode, with their glyphs in the face.
    init(_ typeface: Typeface, characters: [Unicode.Scalar], glyphs: [UInt32]) throws {
        // Code 0 is that of no character.
        guard characters.count < UInt16.max else { throw DocumentRefusal.tooLong }
        self.characters = characters
        self.glyphs = glyphs
        codes = Dictionary(uniqueKeysWithValues: zip(characters, 1...))
        subset = try FontSubset(of: typeface, glyphs: glyphs)
        self.typeface = typeface
    }

    /// A character in four hexadecimal digits; nil for one that is not this font's.
    func code(of character: Unicode.Scalar) -> String? { codes[character].map(PDFText.hex) }

    /// Writes the font and answers its number.
    func write(to body: inout PDFBody) -> Int {
        let name = "\(Self.mark(of: subset.bytes))+\(typeface.postScriptName)"
        let file = body.stream(subset.bytes, "/Length1 \(subset.bytes.count)")
        let box = typeface.box.map(String.init).joined(separator: " ")
        let descriptor = body.object(
            """
            << /Type /FontDescriptor /FontName /\(name) /Flags 4 /FontBBox [\(box)] /ItalicAngle 0
            /Ascent \(typeface.metric(HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER))
            /Descent \(typeface.metric(HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER))
            /CapHeight \(typeface.metric(HB_OT_METRICS_TAG_CAP_HEIGHT)) /StemV 80 /FontFile2 \(file) 0 R >>
            """)
        let map = body.stream([0, 0] + glyphs.flatMap { bytes(subset.numbers[$0] ?? 0) })
        let widths = glyphs.map { PDFText.number(typeface.ownAdvance(of: $0) * 1000) }.joined(separator: " ")
        let descendant = body.object(
            """
            << /Type /Font /Subtype /CIDFontType2 /BaseFont /\(name) /FontDescriptor \(descriptor) 0 R
            /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>
            /DW 1000 /W [1 [\(widths)]] /CIDToGIDMap \(map) 0 R >>
            """)
        let unicode = body.stream(Array(toUnicode.utf8))
        return body.object(
            """
            << /Type /Font /Subtype /Type0 /BaseFont /\(name) /Encoding /Identity-H
            /DescendantFonts [\(descendant) 0 R] /ToUnicode \(unicode) 0 R >>
            """)
    }

    /// Which character each code stands for (ISO 32000-1, 9.10.3), in blocks of at most a hundred.
    private var toUnicode: String {
        let lines = zip(characters, 1...).map { (character: Unicode.Scalar, code: UInt16) in
            "<\(PDFText.hex(code))> <\(String(character).utf16.map(PDFText.hex).joined())>"
        }
        let blocks = stride(from: 0, to: lines.count, by: 100).map { start in
            let block = lines[start..<min(start + 100, lines.count)]
            return "\(block.count) beginbfchar\n\(block.joined(separator: "\n"))\nendbfchar\n"
        }
        return """
            /CIDInit /ProcSet findresource begin 12 dict begin begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange
            \(blocks.joined())endcmap CMapName currentdict /CMap defineresource pop end end

            """
    }

    /// Six capital letters that name a subset by its content (ISO 32000-1, 9.6.4).
    private static func mark(of bytes: [UInt8]) -> String {
        let letters = SHA256.hash(data: bytes).prefix(6).map { UInt8(ascii: "A") + $0 % 26 }
        return String(decoding: letters, as: UTF8.self)
    }

    private func bytes(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }
}
