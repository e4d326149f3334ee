/// XML of an OFD (GB/T 33190-2016) as bytes, written from the front to the back.
struct OFDText {
    /// What every part begins with.
    private static let head = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    private static let pointsPerMillimetre = 72 / 25.4

    private(set) var bytes: [UInt8]

    /// A part whose root element declares the namespace.
    init(capacity: Int = 1024) {
        bytes = Self.head
        bytes.reserveCapacity(capacity)
    }

    /// Something within a part.
    static func fragment(capacity: Int = 4096) -> OFDText {
        var text = OFDText()
        text.bytes = []
        text.bytes.reserveCapacity(capacity)
        return text
    }

    /// Appends markup.
    mutating func raw(_ markup: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
    }

    mutating func append(_ text: OFDText) { bytes += text.bytes }

    /// Appends base64.
    mutating func base64(_ content: [UInt8]) { bytes += Base64.bytes(of: content) }

    /// Appends a text with its special characters escaped, for content and for attributes in double quotes.
    mutating func text(_ text: some StringProtocol) {
        for byte in text.utf8 { append(byte) }
    }

    mutating func text(_ scalar: Unicode.Scalar) {
        if scalar.value < 0x80 { append(UInt8(scalar.value)) } else { bytes.append(contentsOf: scalar.utf8) }
    }

    private mutating func append(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): raw("&amp;")
        case UInt8(ascii: "<"): raw("&lt;")
        case UInt8(ascii: ">"): raw("&gt;")
        case UInt8(ascii: "\""): raw("&quot;")
        // XML has no way to write these.
        case ..<0x20: bytes.append(UInt8(ascii: " "))
        default: bytes.append(byte)
        }
    }

    mutating func number(_ value: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var power = 1 as UInt
        while value.magnitude / power >= 10 { power *= 10 }
        while power > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value.magnitude / power % 10))
            power /= 10
        }
    }

    /// Appends a length that is given in points, in millimetres to a thousandth.
    mutating func length(_ points: Double) {
        let thousandths = Int((points * 1000 / Self.pointsPerMillimetre).rounded())
        let (whole, rest) = (Int(thousandths.magnitude / 1000), Int(thousandths.magnitude % 1000))
        if thousandths < 0 { bytes.append(UInt8(ascii: "-")) }
        number(whole)
        guard rest > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(ascii: "0") + UInt8(rest / 100))
        guard rest % 100 > 0 else { return }
        bytes.append(UInt8(ascii: "0") + UInt8(rest / 10 % 10))
        if rest % 10 > 0 { bytes.append(UInt8(ascii: "0") + UInt8(rest % 10)) }
    }

    /// Appends a place, both lengths with a space before each.
    mutating func place(_ point: Point) {
        bytes.append(UInt8(ascii: " "))
        length(point.x)
        bytes.append(UInt8(ascii: " "))
        length(point.y)
    }

    /// Appends ` Boundary="x y w h"`.
    mutating func boundary(_ box: Rectangle) {
        raw(" Boundary=\"")
        length(box.corner.x)
        place(Point(box.corner.y, box.width))
        bytes.append(UInt8(ascii: " "))
        length(box.height)
        raw("\"")
    }

    /// Appends the numbers of a colour: `192 25 32`.
    mutating func ink(_ ink: Ink) {
        number(Int((ink.red * 255).rounded()))
        bytes.append(UInt8(ascii: " "))
        number(Int((ink.green * 255).rounded()))
        bytes.append(UInt8(ascii: " "))
        number(Int((ink.blue * 255).rounded()))
    }
}

/// Base64 with padding (RFC 4648), as bytes.
enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func bytes(of content: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity((content.count + 2) / 3 * 4)
        for start in stride(from: 0, to: content.count, by: 3) {
            let count = min(3, content.count - start)
            var group = 0
            for index in 0..<3 { group = group << 8 | (index < count ? Int(content[start + index]) : 0) }
            for index in 0..<4 {
                result.append(index <= count ? digits[group >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
            }
        }
        return result
    }
}
