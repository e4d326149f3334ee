import CHarfbuzzSubset
import Synchronization
import Vocabulary

/// The glyphs of a face that one file needs, as a TrueType font of their own.
struct FontSubset {
    /// The font file.
    let bytes: [UInt8]
    /// Each glyph's number in it by its number in the whole face.
    let numbers: [UInt32: UInt16]

    /// What neither a PDF nor an OFD reads, and bitmaps.
    private static let never: [StaticString] = [
        "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "vhea", "vmtx", "VORG", "kern", "gasp", "VDMX", "hdmx", "LTSH", "DSIG",
        "EBDT", "EBLC", "EBSC",
    ]
    /// What a PDF does not read: it brings its own widths, names and map of characters.
    private static let dropped: [StaticString] = [
        "cmap", "name", "OS/2", "post", "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "vhea", "vmtx", "kern", "gasp", "VDMX",
        "hdmx", "LTSH", "DSIG",
    ]

    /// The subset with these glyphs and those that they are put together from. Throws `Fault.corrupt` when the face is
    /// damaged.
    init(of typeface: Typeface, glyphs: [UInt32]) throws {
        let fault = Fault.corrupt("the typeface \(typeface.postScriptName) cannot be taken apart")
        guard let input = hb_subset_input_create_or_fail() else { throw fault }
        defer { hb_subset_input_destroy(input) }
        for glyph in glyphs { hb_set_add(hb_subset_input_glyph_set(input), glyph) }
        hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING.rawValue)
        for tag in Self.dropped {
            hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), Typeface.tag(tag))
        }
        // No feature is used, so no glyph comes in through one.
        hb_set_clear(hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG))
        guard let plan = hb_subset_plan_create_or_fail(typeface.face, input) else { throw fault }
        defer { hb_subset_plan_destroy(plan) }
        guard let subset = hb_subset_plan_execute_or_fail(plan) else { throw fault }
        defer { hb_face_destroy(subset) }
        let blob = hb_face_reference_blob(subset)
        defer { hb_blob_destroy(blob) }
        bytes = Typeface.bytes(of: blob)
        let map = hb_subset_plan_old_to_new_glyph_mapping(plan)
        var numbers: [UInt32: UInt16] = [:]
        for glyph in glyphs {
            guard let number = UInt16(exactly: hb_map_get(map, glyph)) else { throw fault }
            numbers[glyph] = number
        }
        self.numbers = numbers
        guard !bytes.isEmpty else { throw fault }
    }

    /// A font file that draws these characters and finds them by itself (`cmap`), as an OFD embeds it. Throws
    /// `Fault.corrupt` when the face is damaged.
    static func file(of typeface: Typeface, characters: [UInt32]) throws -> [UInt8] {
        let fault = Fault.corrupt("the typeface \(typeface.postScriptName) cannot be taken apart")
        guard let input = hb_subset_input_create_or_fail() else { throw fault }
        defer { hb_subset_input_destroy(input) }
        for character in characters { hb_set_add(hb_subset_input_unicode_set(input), character) }
        hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING.rawValue)
        for tag in never { hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), Typeface.tag(tag)) }
        hb_set_clear(hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG))
        guard let subset = typeface.subsets.use({ hb_subset_or_fail($0, input) }) else { throw fault }
        defer { hb_face_destroy(subset) }
        let blob = hb_face_reference_blob(subset)
        defer { hb_blob_destroy(blob) }
        let bytes = Typeface.bytes(of: blob)
        guard !bytes.isEmpty else { throw fault }
        return bytes
    }
}

/// Copies of a face for which HarfBuzz worked out once what every subset needs. HarfBuzz 6.0 corrupts the heap when two
/// threads share one, so each is lent to one thread at a time.
final class SubsetFaces: Sendable {
    // SAFETY: the face is immutable; HarfBuzz lets threads share it, and it lives as long as its owner, the typeface.
    nonisolated(unsafe) private let face: OpaquePointer
    private let idle = Mutex<[Lent]>([])

    // SAFETY: in the list or lent to one thread, never both.
    private struct Lent: @unchecked Sendable { let face: OpaquePointer }

    init(of face: OpaquePointer) {
        self.face = hb_face_reference(face)
    }

    deinit {
        for lent in idle.withLock({ $0 }) { hb_face_destroy(lent.face) }
        hb_face_destroy(face)
    }

    /// Works on a copy that nobody else has meanwhile. There are as many copies as ever worked at once.
    func use<Value>(_ work: (OpaquePointer) throws -> Value) rethrows -> Value {
        let lent = idle.withLock { $0.popLast() } ?? Lent(face: hb_subset_preprocess(face))
        defer { idle.withLock { $0.append(lent) } }
        return try work(lent.face)
    }
}
