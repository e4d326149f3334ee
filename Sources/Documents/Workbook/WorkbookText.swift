/// Text as cells hold it: what XML cannot say is written `_xHHHH_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
enum WorkbookText {
    /// The content of a `<t>` element.
    static func xml(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "_" where escape(scalars[index...]) != nil: result += "_x005F_"
            default:
                if scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE && scalar.value < 0x10000 {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    result += "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
            index = scalars.index(after: index)
        }
        return result
    }

    /// What a `<t>` element's content stands for.
    static func text(_ content: String) -> String {
        guard content.utf8.contains(UInt8(ascii: "_")) else { return content }
        var result = String.UnicodeScalarView()
        var rest = content.unicodeScalars[...]
        while let first = rest.first {
            if first == "_", let scalar = escape(rest) {
                result.append(scalar)
                rest = rest.dropFirst(7)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return String(result)
    }

    /// The character that `_xHHHH_` at the beginning stands for; nil when there is no such thing.
    private static func escape(_ scalars: Substring.UnicodeScalarView) -> Unicode.Scalar? {
        let seven = Array(scalars.prefix(7))
        guard seven.count == 7, seven[1] == "x", seven[6] == "_",
            seven[2..<6].allSatisfy({ $0.properties.isASCIIHexDigit })
        else { return nil }
        return UInt32(String(String.UnicodeScalarView(seven[2..<6])), radix: 16).flatMap(Unicode.Scalar.init)
    }
}
