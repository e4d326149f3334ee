import CQrencode

/// A QR code (ISO/IEC 18004) with error correction M: a square of dark and light modules, without its quiet zone.
package struct QRCode: Hashable, Sendable {
    /// Modules that stay light on each side (ISO/IEC 18004, 5.3.8).
    package static let quietModules = 4

    /// Modules to a side, 21...177.
    package let side: Int
    private let modules: [Bool]

    /// The smallest code that holds a text. Refuses an empty one, one with a NUL, and what the largest code does not
    /// hold (2,331 bytes).
    package init(_ text: String) throws(DocumentRefusal) {
        guard !text.utf8.contains(0), let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else {
            throw .unfitForCode
        }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        // The lowest bit of each byte is the module; the others say what it is for.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
    }

    /// The modules row by row from the top; true is dark.
    package var rows: [[Bool]] {
        (0..<side).map { Array(modules[$0 * side..<($0 + 1) * side]) }
    }

    /// The rows from the top, eight modules a byte, the leftmost its highest bit; each row fills its last byte up with
    /// light ones.
    var bits: [UInt8] {
        rows.flatMap { row in
            stride(from: 0, to: side, by: 8).map { start in
                row[start..<min(start + 8, side)].enumerated().reduce(0) { byte, module in
                    module.element ? byte | 0x80 >> UInt8(module.offset) : byte
                }
            }
        }
    }

    /// Where the modules stand, within the quiet zone of a code so wide whose upper left corner is `corner`.
    package func square(at corner: Point, width: Double) -> Rectangle {
        let module = width / Double(side + 2 * Self.quietModules)
        let (quiet, side) = (module * Double(Self.quietModules), module * Double(side))
        return Rectangle(at: corner + Point(quiet, quiet), width: side, height: side)
    }

    /// The dark modules as rectangles, one for each run of a row, in a square of `width` points whose upper left corner
    /// is `corner`; the quiet zone is within.
    package func rectangles(at corner: Point, width: Double) -> [Rectangle] {
        let square = square(at: corner, width: width)
        let (left, top, module) = (square.corner.x, square.corner.y, square.width / Double(side))
        var rectangles: [Rectangle] = []
        for (y, row) in rows.enumerated() {
            var x = 0
            while let begin = row[x...].firstIndex(of: true) {
                let end = row[begin...].firstIndex(of: false) ?? side
                rectangles.append(
                    Rectangle(
                        at: Point(left + Double(begin) * module, top + Double(y) * module),
                        width: Double(end - begin) * module, height: module))
                x = end
            }
        }
        return rectangles
    }
}
