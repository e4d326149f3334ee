/// The XML in which WeChat sends a message: one element `xml` with elements of text in it.
///
/// It is read by hand and not by libxml2, which Foundation's parser would bring in: the format is closed and flat, so a
/// reader that knows nothing but elements, text and CDATA has no document types, no entities of anybody's making, no
/// attributes, no processing instructions and no encodings but UTF-8 that somebody would have to remember to forbid,
/// and it is memory-safe. Whatever else XML can say is refused where it begins.
struct WeChatXML {
    /// LIMIT: elements within one another; WeChat's own go to four.
    static let depthMax = 8
    /// LIMIT: elements of a message.
    static let elementsMax = 256
    /// LIMIT: characters of an element's name.
    static let nameCharactersMax = 64

    private let values: [String: String]

    /// Reads a message; refuses what is not well-formed, what says the same element twice, and what is not UTF-8.
    init(_ bytes: [UInt8]) throws(WeChatRefusal) {
        let isText = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 9 || $0 == 10 || $0 == 13 }
        guard isText, String(validating: bytes, as: UTF8.self) != nil else { throw .malformed }
        var reader = Reader(bytes)
        values = try reader.document()
    }

    /// The text of an element of the message; empty when it is not there. Elements with elements in them have none.
    subscript(name: String) -> String { values[name] ?? "" }

    /// Text as it stands in an answer. What XML cannot hold is left out.
    static func text(_ text: String) -> String {
        let allowed = text.unicodeScalars.filter { scalar in
            scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value & 0xFFFE != 0xFFFE || scalar == "\n"
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: allowed)
        return "<![CDATA[\(String(result).replacing("]]>", with: "]]]]><![CDATA[>"))]]>"
    }
}

private struct Reader {
    private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
    /// LIMIT: characters of a reference between `&` and `;`.
    private static let referenceCharactersMax = 8

    private let bytes: [UInt8]
    private var index = 0
    private var elements = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(WeChatRefusal) -> [String: String] {
        skipSpace()
        let root = try start()
        guard root.name == "xml", !root.isEmpty else { throw .malformed }
        var values: [String: String] = [:]
        skipSpace()
        while try !end(of: root.name) {
            let (name, text) = try element(depth: 2)
            guard values.updateValue(text, forKey: name) == nil else { throw .malformed }
            skipSpace()
        }
        skipSpace()
        guard index == bytes.count else { throw .malformed }
        return values
    }

    /// One element with its text. Of what stands in elements below it only the form counts.
    private mutating func element(depth: Int) throws(WeChatRefusal) -> (name: String, text: String) {
        guard depth <= WeChatXML.depthMax else { throw .malformed }
        let (name, isEmpty) = try start()
        var (text, hasElements): ([UInt8], Bool) = ([], false)
        if !isEmpty {
            while try !end(of: name) {
                if skip("<![CDATA[") {
                    text += try upTo("]]>")
                } else if peek == UInt8(ascii: "<") {
                    _ = try element(depth: depth + 1)
                    hasElements = true
                } else {
                    try character(into: &text)
                }
            }
        }
        return (name, hasElements ? "" : String(decoding: text, as: UTF8.self))
    }

    /// `<name>` or `<name/>`.
    private mutating func start() throws(WeChatRefusal) -> (name: String, isEmpty: Bool) {
        elements += 1
        guard elements <= WeChatXML.elementsMax, skip("<") else { throw .malformed }
        let name = bytes[index...].prefix { byte in
            switch byte | 0x20 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: byte == UInt8(ascii: "_")
            }
        }
        guard (1...WeChatXML.nameCharactersMax).contains(name.count) else { throw .malformed }
        index += name.count
        skipSpace()
        let isEmpty = skip("/")
        guard skip(">") else { throw .malformed }
        return (String(decoding: name, as: UTF8.self), isEmpty)
    }

    /// `</name>`; false where no end tag stands, a refusal where another one does.
    private mutating func end(of name: String) throws(WeChatRefusal) -> Bool {
        guard skip("</") else { return false }
        guard skip(name) else { throw .malformed }
        skipSpace()
        guard skip(">") else { throw .malformed }
        return true
    }

    private mutating func character(into text: inout [UInt8]) throws(WeChatRefusal) {
        guard let byte = peek, !skip("]]>") else { throw .malformed }
        guard byte == UInt8(ascii: "&") else {
            text.append(byte)
            index += 1
            return
        }
        index += 1
        let name = bytes[index...].prefix { $0 != UInt8(ascii: ";") }
        guard name.count <= Self.referenceCharactersMax, index + name.count < bytes.count,
            let value = Self.value(of: String(decoding: name, as: UTF8.self))
        else { throw .malformed }
        index += name.count + 1
        text += Array(value.utf8)
    }

    /// What `&name;` stands for: the five of XML, and characters by number that XML can hold.
    private static func value(of name: String) -> String? {
        guard name.hasPrefix("#") else { return entities[name] }
        let isHexadecimal = name.hasPrefix("#x")
        let digits = name.dropFirst(isHexadecimal ? 2 : 1)
        guard digits.utf8.first != UInt8(ascii: "+"), let number = UInt32(digits, radix: isHexadecimal ? 16 : 10),
            let scalar = Unicode.Scalar(number),
            number >= 0x20 && number & 0xFFFE != 0xFFFE || [9, 10, 13].contains(number)
        else { return nil }
        return String(scalar)
    }

    private mutating func upTo(_ end: String) throws(WeChatRefusal) -> ArraySlice<UInt8> {
        let begin = index
        while index < bytes.count {
            let here = index
            if skip(end) { return bytes[begin..<here] }
            index += 1
        }
        throw .malformed
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skip(_ text: String) -> Bool {
        guard bytes[index...].starts(with: text.utf8) else { return false }
        index += text.utf8.count
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || (9...13).contains(byte) { index += 1 }
    }
}
