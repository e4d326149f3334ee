import CHarfbuzzSubset
import Vocabulary

/// A picture of a character in one of the faces of a typeface.
struct Glyph: Hashable, Sendable {
    /// 0 for the typeface itself, then its fallbacks in their order.
    let face: Int
    /// The number in that face.
    let number: UInt32
}

/// A TrueType face with its outlines (`glyf`), as papers are set in it: which characters it draws and how wide they
/// are; behind it faces for the characters that it lacks. All lengths of this room are points (1/72 inch); a size is
/// the side of a Chinese character.
package final class Typeface: Sendable {
    /// WenQuanYi Micro Hei where Debian's `fonts-wqy-microhei` puts it.
    package static let standardPath = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
    /// AR PL UMing, a Song face, where Debian's `fonts-arphic-uming` puts it; papers of the law are set in it.
    package static let songPath = "/usr/share/fonts/truetype/arphic/uming.ttc"

    // SAFETY: set once and made immutable in `init`; HarfBuzz lets threads share immutable objects.
    nonisolated(unsafe) let face: OpaquePointer
    // SAFETY: like `face`.
    nonisolated(unsafe) private let font: OpaquePointer
    /// Takes subsets of the face.
    let subsets: SubsetFaces
    let unitsPerEm: Double
    private let fallbacks: [Typeface]
    /// For each glyph of the face whether it has an outline, and how far it moves on, in the units of the face; empty
    /// for a fallback, which is asked too seldom.
    private let extents: [(isDrawn: Bool, advance: UInt16)]

    /// The typeface itself and its fallbacks.
    var faces: [Typeface] { [self] + fallbacks }

    /// Opens the face of a TrueType file, or face number `index` of a collection; what it lacks is looked for in the
    /// fallbacks, one after another. Throws `Fault.misconfigured`, which says what to install, when there is no such
    /// file, face or outlines.
    package convenience init(
        path: String = Typeface.standardPath, index: UInt32 = 0, fallbacks: [Typeface] = []
    ) throws {
        try self.init(path, index, fallbacks, isFallback: false)
    }

    init(_ path: String, _ index: UInt32, _ fallbacks: [Typeface], isFallback: Bool) throws {
        guard let blob = hb_blob_create_from_file_or_fail(path) else {
            throw Fault.misconfigured(
                "cannot read the typeface \(path): install the Debian packages fonts-wqy-microhei, "
                    + "fonts-arphic-uming and fonts-hanazono, or set ONEWINDOW_FONT and ONEWINDOW_PAPER_FONT to "
                    + "TrueType files")
        }
        defer { hb_blob_destroy(blob) }
        guard index < hb_face_count(blob), let face = hb_face_create(blob, index), let font = hb_font_create(face)
        else { throw Fault.misconfigured("\(path) has no face number \(index)") }
        hb_face_make_immutable(face)
        hb_font_make_immutable(font)
        (self.face, self.font, unitsPerEm) = (face, font, Double(hb_face_get_upem(face)))
        subsets = SubsetFaces(of: face)
        self.fallbacks = fallbacks
        let count = isFallback ? 0 : hb_face_get_glyph_count(face)
        extents = (0..<count).map { Self.extents(of: $0, font) }
        guard table("glyf").count > 0, table("head").count >= 54, unitsPerEm > 0 else {
            throw Fault.misconfigured("\(path) has no TrueType outlines")
        }
    }

    deinit {
        hb_font_destroy(font)
        hb_face_destroy(face)
    }

    private static func extents(of glyph: UInt32, _ font: OpaquePointer) -> (isDrawn: Bool, advance: UInt16) {
        var extents = hb_glyph_extents_t()
        let isDrawn = hb_font_get_glyph_extents(font, glyph, &extents) != 0 && extents.width != 0
        return (isDrawn, UInt16(clamping: hb_font_get_glyph_h_advance(font, glyph)))
    }

    private func extents(of glyph: UInt32) -> (isDrawn: Bool, advance: UInt16) {
        extents.isEmpty ? Self.extents(of: glyph, font) : extents[Int(glyph)]
    }

    /// What is written instead of a sign that the face lacks: the same unit in letters that every face has. Nothing
    /// else is replaced: another character would be another text.
    static let spelledOut: [Unicode.Scalar: String] = [
        // WenQuanYi Micro Hei has a glyph for each of these, or none; that of ℃ is empty.
        "\u{2103}": "°C", "\u{2109}": "°F", "\u{33A1}": "m²", "\u{33A5}": "m³",
    ]

    /// The characters that are drawn for a text: its own, and for a unit without a picture its letters.
    func drawn(_ text: Substring) -> [Unicode.Scalar] {
        text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
            guard let letters = Self.spelledOut[scalar], !draws(scalar), letters.unicodeScalars.allSatisfy(draws) else {
                return [scalar]
            }
            return Array(letters.unicodeScalars)
        }
    }

    /// The text with another character for each that cannot be printed. For what people typed, on papers that say so:
    /// a name must not keep a form from being printed.
    package func printable(_ text: String, instead: Unicode.Scalar) -> String {
        var result = String.UnicodeScalarView()
        for scalar in drawn(text[...]) {
            let isBreak = scalar == "\n" || scalar == "\r" || scalar == "\t"
            result.append(isBreak || draws(scalar) ? scalar : instead)
        }
        return String(result)
    }

    private func draws(_ character: Unicode.Scalar) -> Bool {
        faces.contains { $0.ownGlyph(of: character) != nil }
    }

    /// The picture of a character, of the first face that draws it. Refuses what none draws, and what is drawn as
    /// nothing though it is no space.
    func glyph(of character: Unicode.Scalar) throws(DocumentRefusal) -> Glyph {
        if let number = ownGlyph(of: character) { return Glyph(face: 0, number: number) }
        for (index, fallback) in fallbacks.enumerated() {
            if let number = fallback.ownGlyph(of: character) { return Glyph(face: index + 1, number: number) }
        }
        throw .missingCharacter(character)
    }

    private func ownGlyph(of character: Unicode.Scalar) -> UInt32? {
        var glyph: hb_codepoint_t = 0
        guard hb_font_get_nominal_glyph(font, character.value, &glyph) != 0, glyph != 0,
            extents(of: glyph).isDrawn || character.properties.isWhitespace
        else { return nil }
        return glyph
    }

    /// How far a glyph moves on at size 1.
    func advance(of glyph: Glyph) -> Double {
        glyph.face == 0 ? ownAdvance(of: glyph.number) : fallbacks[glyph.face - 1].ownAdvance(of: glyph.number)
    }

    /// How far a glyph of this very face moves on at size 1.
    func ownAdvance(of glyph: UInt32) -> Double { Double(extents(of: glyph).advance) / unitsPerEm }

    /// The width of a text on one line. Refuses a character that no face draws.
    package func width(of text: String, size: Double) throws(DocumentRefusal) -> Double {
        var width = 0.0
        for character in drawn(text[...]) { width += advance(of: try glyph(of: character)) }
        return width * size
    }

    /// Tells the functions the edge of a glyph of this very face in its units; they are handed `data`.
    func draw(_ glyph: UInt32, _ functions: OpaquePointer, _ data: UnsafeMutableRawPointer) {
        hb_font_get_glyph_shape(font, glyph, functions, data)
    }

    /// The bytes of a table of the face; empty when it has none.
    func table(_ tag: StaticString) -> [UInt8] {
        let blob = hb_face_reference_table(face, Self.tag(tag))
        defer { hb_blob_destroy(blob) }
        return Self.bytes(of: blob)
    }

    /// The name that the face has in PostScript, letters, digits and hyphens only.
    var postScriptName: String {
        var name = [CChar](repeating: 0, count: 64)
        var size = UInt32(name.count)
        let language = hb_language_from_string("en", -1)
        _ = hb_ot_name_get_utf8(face, hb_ot_name_id_t(HB_OT_NAME_ID_POSTSCRIPT_NAME), language, &size, &name)
        let letters = name.prefix(Int(size)).map { UInt8(bitPattern: $0) }
            .filter { $0 == 0x2D || UnicodeScalar($0).properties.isAlphabetic || (0x30...0x39).contains($0) }
        return letters.isEmpty ? "Typeface" : String(decoding: letters, as: UTF8.self)
    }

    /// A length of the face (`HB_OT_METRICS_TAG_…`) in thousandths of the size.
    func metric(_ tag: hb_ot_metrics_tag_t) -> Int {
        var position: hb_position_t = 0
        hb_ot_metrics_get_position_with_fallback(font, tag, &position)
        return thousandths(Int(position))
    }

    /// The box that holds every glyph, in thousandths of the size: left, bottom, right, top (`head`, xMin…).
    var box: [Int] {
        let head = table("head")
        return stride(from: 36, to: 44, by: 2).map { at in
            thousandths(Int(Int16(bitPattern: UInt16(head[at]) << 8 | UInt16(head[at + 1]))))
        }
    }

    private func thousandths(_ units: Int) -> Int { Int((Double(units) * 1000 / unitsPerEm).rounded()) }

    /// Four letters as HarfBuzz numbers them.
    static func tag(_ name: StaticString) -> hb_tag_t {
        "\(name)".utf8.reduce(0) { $0 << 8 | hb_tag_t($1) }
    }

    static func bytes(of blob: OpaquePointer?) -> [UInt8] {
        var length: UInt32 = 0
        guard let start = hb_blob_get_data(blob, &length) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(length)))
    }
}
