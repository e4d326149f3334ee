import CHarfbuzzSubset
import CZlib
import Synchronization
import Vocabulary

/// The glyphs of a face as they stand in the font files of many documents: taken out of the face once, without
/// hinting, and packed once. A font file is then put together from them without being compressed again.
final class GlyphShelf: Sendable {
    /// LIMIT: glyphs that are kept; further ones are taken out of the face each time.
    private static let keptMax = 20_000

    /// An outline of its own.
    struct Shape {
        /// What stands in `glyf`, filled up to whole words.
        let bytes: [UInt8]
        /// Where the outline begins to the right of its place (`hmtx`).
        let bearing: [UInt8]
        /// The sum of its words, as checksums of fonts are computed.
        let sum: UInt32
        /// The bytes as blocks of RFC 1951 that refer to nothing before them and are not the last.
        let packed: [UInt8]
    }

    /// Tables that no subset changes, by their names.
    let tables: [String: [UInt8]]
    // SAFETY: the blobs are immutable and live as long as this object.
    nonisolated(unsafe) private let (glyf, loca): (OpaquePointer?, OpaquePointer?)
    private let hmtx: [UInt8]
    private let advances: Int
    private let isLong: Bool
    private let kept = Mutex<[UInt32: Shape]>([:])

    /// A shelf of a face. Throws `Fault.corrupt` when the face is damaged.
    init(_ typeface: Typeface) throws {
        let file = try FontSubset.file(of: typeface, characters: [0x20])
        guard let tables = Self.tables(of: file), let head = tables["head"], head.count == 54,
            ["hhea", "maxp", "OS/2", "name", "post"].allSatisfy({ tables[$0] != nil })
        else { throw Fault.corrupt("a font file without its tables") }
        self.tables = tables
        let hhea = typeface.table("hhea")
        guard hhea.count >= 36 else { throw Fault.corrupt("a face without its lengths") }
        (hmtx, advances) = (typeface.table("hmtx"), Int(hhea[34]) << 8 | Int(hhea[35]))
        isLong = typeface.table("head")[51] == 1
        glyf = hb_face_reference_table(typeface.face, Typeface.tag("glyf"))
        loca = hb_face_reference_table(typeface.face, Typeface.tag("loca"))
    }

    deinit {
        hb_blob_destroy(glyf)
        hb_blob_destroy(loca)
    }

    /// The shapes of glyphs; nil when one of them is put together from others.
    func shapes(of glyphs: [UInt32]) -> [Shape]? {
        kept.withLock { kept in
            var shapes: [Shape] = []
            shapes.reserveCapacity(glyphs.count)
            for glyph in glyphs {
                if let shape = kept[glyph] {
                    shapes.append(shape)
                } else {
                    guard let shape = shape(of: glyph) else { return nil }
                    if kept.count < Self.keptMax { kept[glyph] = shape }
                    shapes.append(shape)
                }
            }
            return shapes
        }
    }

    private func shape(of glyph: UInt32) -> Shape? {
        guard var bytes = outline(of: glyph) else { return nil }
        while bytes.count % 4 != 0 { bytes.append(0) }
        let packer = ZipPacker(level: 9)
        return Shape(
            bytes: bytes, bearing: bearing(of: Int(glyph)), sum: TrueType.sum(of: bytes),
            packed: bytes.isEmpty ? [] : packer.blocks(bytes))
    }

    private func bearing(of glyph: Int) -> [UInt8] {
        let place = glyph < advances ? 4 * glyph + 2 : 4 * advances + 2 * (glyph - advances)
        return place + 2 <= hmtx.count ? Array(hmtx[place..<place + 2]) : [0, 0]
    }

    /// A simple glyph without its instructions; nil for one that is put together, and for a damaged one.
    private func outline(of glyph: UInt32) -> [UInt8]? {
        let places = Self.bytes(loca)
        let size = isLong ? 4 : 2
        let index = Int(glyph) * size
        guard index + 2 * size <= places.count else { return nil }
        func place(_ at: Int) -> Int {
            (0..<size).reduce(0) { $0 << 8 | Int(places[at + $1]) } * (isLong ? 1 : 2)
        }
        let (start, end) = (place(index), place(index + size))
        let table = Self.bytes(glyf)
        guard start <= end, end <= table.count else { return nil }
        if start == end { return [] }
        let data = UnsafeRawBufferPointer(rebasing: table[start..<end])
        guard data.count >= 10 else { return nil }
        let contours = Int(Int16(bitPattern: UInt16(data[0]) << 8 | UInt16(data[1])))
        let hints = 10 + 2 * contours
        guard contours > 0, hints + 2 <= data.count else { return nil }
        let rest = hints + 2 + (Int(data[hints]) << 8 | Int(data[hints + 1]))
        guard rest <= data.count else { return nil }
        return Array(data[..<hints]) + [0, 0] + Array(data[rest...])
    }

    private static func bytes(_ blob: OpaquePointer?) -> UnsafeRawBufferPointer {
        var length: UInt32 = 0
        let start = hb_blob_get_data(blob, &length)
        return UnsafeRawBufferPointer(start: start, count: Int(length))
    }

    /// The tables of a font file by their names; nil for a damaged one.
    private static func tables(of file: [UInt8]) -> [String: [UInt8]]? {
        guard file.count >= 12 else { return nil }
        func number(_ at: Int, _ size: Int) -> Int { file[at..<at + size].reduce(0) { $0 << 8 | Int($1) } }
        var tables: [String: [UInt8]] = [:]
        for index in 0..<number(4, 2) {
            let entry = 12 + 16 * index
            guard entry + 16 <= file.count else { return nil }
            let (start, count) = (number(entry + 8, 4), number(entry + 12, 4))
            guard start + count <= file.count else { return nil }
            tables[String(decoding: file[entry..<entry + 4], as: UTF8.self)] = Array(file[start..<start + count])
        }
        return tables
    }
}
