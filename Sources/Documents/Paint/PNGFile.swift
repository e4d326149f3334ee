/// A picture in the PNG format (ISO/IEC 15948). The same pixels are the same bytes.
enum PNGFile {
    /// How a pixel is written.
    enum Kind {
        /// One bit: 1 is light.
        case bits
        /// Four bytes: red, green, blue, opacity. A palette would take half the room, but not every reader of seals
        /// knows one that is transparent.
        case opacity
        /// Three bytes: red, green, blue.
        case colour

        fileprivate var header: [UInt8] {
            switch self {
            case .bits: [1, 0]
            case .opacity: [8, 6]
            case .colour: [8, 2]
            }
        }
    }

    /// The file of rows that are packed as their kind says, each preceded by a filter byte.
    static func bytes(width: Int, height: Int, _ kind: Kind, rows: [UInt8], dotsPerInch: Double, level: Int = 6)
        -> [UInt8]
    {
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        append("IHDR", number(width) + number(height) + kind.header + [0, 0, 0], to: &file)
        let perMetre = number(Int((dotsPerInch / 0.0254).rounded()))
        append("pHYs", perMetre + perMetre + [1], to: &file)
        append("IDAT", Deflate(level: level).zlib(rows), to: &file)
        append("IEND", [], to: &file)
        return file
    }

    private static func append(_ name: StaticString, _ content: [UInt8], to file: inout [UInt8]) {
        file += number(content.count)
        let start = file.count
        file += "\(name)".utf8
        file += content
        let sum = Deflate.sum(file[start...])
        file += number(Int(sum))
    }

    private static func number(_ value: Int) -> [UInt8] {
        [UInt8(value >> 24 & 0xFF), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
    }
}
