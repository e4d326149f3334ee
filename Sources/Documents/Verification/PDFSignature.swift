import Vocabulary

/// One signature of a PDF, read and not yet judged.
struct PDFSignature {
    /// Where its value stands and what it is.
    struct Parts {
        let subFilter: String
        /// The gap between the two covered ranges: the hexadecimal string with its angle brackets.
        let gap: Range<Int>
        /// The end of the second range.
        let end: Int
        /// The value, with what fills it up.
        let value: [UInt8]
    }

    let name: String
    let madeAt: Instant?
    let parts: Result<Parts, FileObstacle>

    /// The end of what it covers; nil when that cannot be read.
    var end: Int? { if case .success(let parts) = parts { parts.end } else { nil } }

    init(name: String, _ value: QPDFReading.Object, in bytes: [UInt8]) {
        self.name = name
        madeAt = value["/M"]?.text.flatMap(PDFDate.instant)
        parts = Result { () throws(FileObstacle) in try Self.parts(value, bytes, name) }
    }

    private static func parts(
        _ value: QPDFReading.Object, _ bytes: [UInt8], _ name: String
    ) throws(FileObstacle) -> Parts {
        let malformed = FileObstacle(.failed(.malformedSignature), name)
        let ranges = value["/ByteRange"]?.members.map(\.integer) ?? []
        guard ranges.count == 4, let first = ranges[0], let gap = ranges[1], let second = ranges[2],
            let rest = ranges[3], let contents = value["/Contents"]?.string, let filter = value["/SubFilter"]?.name,
            first == 0, gap > 0, second > gap + 1, rest >= 0, second <= bytes.count, rest <= bytes.count - second
        else { throw malformed }
        // The gap is the value and nothing else: whatever stood beside it would be signed by nobody.
        guard bytes[gap] == UInt8(ascii: "<"), bytes[second - 1] == UInt8(ascii: ">"),
            PDFHex.bytes(bytes[(gap + 1)..<(second - 1)]) == contents
        else { throw malformed }
        return Parts(subFilter: filter, gap: gap..<second, end: second + rest, value: contents)
    }
}

/// Hexadecimal digits in a PDF.
enum PDFHex {
    /// The bytes of an even number of digits; nil for anything else, white space included.
    static func bytes(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// Times in a PDF (ISO 32000-1, 7.9.4).
enum PDFDate {
    /// Reads `D:20261124102504+08'00'`, `Z` or no zone, which is taken for UTC; nil for anything else.
    static func instant(_ text: String) -> Instant? {
        let digits = text.hasPrefix("D:") ? text.dropFirst(2) : text[...]
        let time = digits.prefix(14).utf8.compactMap { (48...57).contains($0) ? Int($0) - 48 : nil }
        guard time.count == 14 else { return nil }
        func number(_ range: Range<Int>) -> Int { time[range].reduce(0) { $0 * 10 + $1 } }
        guard let day = CivilDate(year: number(0..<4), month: number(4..<6), day: number(6..<8)),
            number(8..<10) < 24, number(10..<12) < 60, number(12..<14) < 60,
            let offset = offsetMinutes(digits.dropFirst(14))
        else { return nil }
        let local = Instant(day, hour: number(8..<10), minute: number(10..<12)).advanced(
            bySeconds: Int64(number(12..<14)))
        // The instant was made as if the clock stood in Fuzhou.
        return local.advanced(bySeconds: Instant.offsetMilliseconds / 1000 - Int64(offset) * 60)
    }

    private static func offsetMinutes(_ zone: Substring) -> Int? {
        guard let sign = zone.first, sign != "Z" else { return 0 }
        let digits = zone.dropFirst().filter { $0 != "'" }
        guard sign == "+" || sign == "-", digits.utf8.count == 4 || digits.utf8.count == 2,
            let hours = Int(digits.prefix(2)),
            let minutes = Int(digits.dropFirst(2).isEmpty ? "0" : digits.dropFirst(2)),
            hours < 24, minutes < 60
        else { return nil }
        return (sign == "+" ? 1 : -1) * (hours * 60 + minutes)
    }
}
