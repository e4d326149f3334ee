import Foundation

/// The parameters of an address or of a form (`application/x-www-form-urlencoded`).
struct FormText: Sendable {
    private let values: [String: String]

    /// Nil for what is not encoded rightly, and for a parameter that is said twice (RFC 6749 section 3.1).
    init?(_ text: String) {
        var values: [String: String] = [:]
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(pair[0]), let value = Self.decoded(pair.count > 1 ? pair[1] : ""),
                values.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        self.values = values
    }

    /// What was said under a name; nil where nothing was.
    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    static func decoded(_ text: some StringProtocol) -> String? {
        String(text).replacing("+", with: " ").removingPercentEncoding
    }

    /// An address with these parameters beside its own.
    static func address(_ address: String, _ pairs: [(String, String?)]) -> String {
        let form = pairs.compactMap { name, value in value.map { encoded(name) + "=" + encoded($0) } }
            .joined(separator: "&")
        return form.isEmpty ? address : address + (address.contains("?") ? "&" : "?") + form
    }

    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}

/// Base 64 as addresses and tokens carry it (RFC 4648 section 5), without padding.
enum PlainBase64 {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
