import Vocabulary

/// How numbers, texts and times are written in a PDF (ISO 32000-1, 7.3 and 7.9).
enum PDFText {
    /// A length to a hundredth of a point.
    static func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        return rest % 10 == 0 ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    static func numbers(_ values: Double...) -> String { values.map(number).joined(separator: " ") }

    /// A place of a page of this height, counted from its foot as a PDF does.
    static func point(_ point: Point, _ height: Double) -> String { numbers(point.x, height - point.y) }

    static func ink(_ ink: Ink, _ verb: String) -> String { numbers(ink.red, ink.green, ink.blue) + " " + verb }

    /// Two bytes as four hexadecimal digits.
    static func hex(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// A text string: UTF-16 with its mark, in hexadecimal digits.
    static func string(_ text: String) -> String {
        "<FEFF" + text.utf16.map(hex).joined() + ">"
    }

    /// A date string: `(D:20261124102504+08'00')`.
    static func date(_ instant: Instant) -> String {
        let digits = instant.description.prefix(19).filter { $0.isNumber }
        return "(D:\(digits)+08'00')"
    }
}
