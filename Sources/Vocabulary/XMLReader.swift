/// Reads XML one event after the other.
///
/// Written here and closed, as `WeChatXML` is: parts of a workbook and batches of records need elements, attributes and
/// text, and whatever else XML can say would have to be forbidden to a general parser. A document type, and with it
/// every entity of somebody's own making, is refused where it begins; encodings other than UTF-8 are; it is
/// memory-safe, needs no C library and holds no tree, so that a part of a hundred megabytes takes no more memory than
/// itself.
package struct XMLReader {
    /// What comes next in a document.
    package enum Event: Equatable {
        /// `<name …>`; the name without its prefix.
        case start(String)
        case end(String)
        case text(String)
    }

    /// Why a document is not read.
    package enum Defect: Error, Equatable { case malformed, documentType }

    /// LIMIT: elements within one another, attributes of an element, bytes of a name.
    package static let depthMax = 64
    package static let attributesMax = 256
    package static let nameBytesMax = 256
    private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
    /// LIMIT: bytes of a reference between `&` and `;`.
    private static let referenceBytesMax = 10

    /// The attributes of the element that began last, under their names with prefix.
    package private(set) var attributes: [String: String] = [:]
    private let bytes: [UInt8]
    private var index = 0
    private var open: [String] = []
    private var isOver = false
    /// The end of an element without content, which comes after its start.
    private var pending: String?

    /// Begins with a document. Refuses bytes that are no UTF-8.
    package init(_ bytes: [UInt8]) throws(Defect) {
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else { throw .malformed }
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// The next event; nil at the end.
    package mutating func next() throws(Defect) -> Event? {
        if let name = pending {
            pending = nil
            return .end(name)
        }
        while index < bytes.count {
            if bytes[index] != UInt8(ascii: "<") {
                let text = try text()
                if open.isEmpty {
                    guard text.allSatisfy(\.isWhitespace) else { throw .malformed }
                } else {
                    return .text(text)
                }
            } else if skip("<!--") {
                _ = try upTo("-->")
            } else if skip("<?") {
                _ = try upTo("?>")
            } else if skip("<![CDATA[") {
                guard !open.isEmpty else { throw .malformed }
                return .text(Self.unified(Array(try upTo("]]>"))))
            } else if skip("<!") {
                throw .documentType
            } else if skip("</") {
                return try end()
            } else {
                return try start()
            }
        }
        guard open.isEmpty, isOver else { throw .malformed }
        return nil
    }

    private mutating func start() throws(Defect) -> Event {
        index += 1
        guard open.count < Self.depthMax, !(open.isEmpty && isOver) else { throw .malformed }
        let name = try name()
        attributes = [:]
        while true {
            let hasSpace = skipSpace()
            if skip("/>") {
                isOver = true
                pending = Self.local(name)
                return .start(Self.local(name))
            }
            if skip(">") {
                isOver = true
                open.append(name)
                return .start(Self.local(name))
            }
            guard hasSpace, attributes.count < Self.attributesMax else { throw .malformed }
            let key = try self.name()
            skipSpace()
            guard skip("=") else { throw .malformed }
            skipSpace()
            guard attributes.updateValue(try quoted(), forKey: key) == nil else { throw .malformed }
        }
    }

    private mutating func end() throws(Defect) -> Event {
        let name = try name()
        skipSpace()
        guard skip(">"), open.popLast() == name else { throw .malformed }
        return .end(Self.local(name))
    }

    private mutating func name() throws(Defect) -> String {
        let name = bytes[index...].prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-"),
                UInt8(ascii: "."), 0x80...:
                true
            default: false
            }
        }
        guard (1...Self.nameBytesMax).contains(name.count) else { throw .malformed }
        index += name.count
        return String(decoding: name, as: UTF8.self)
    }

    private static func local(_ name: String) -> String {
        name.utf8.lastIndex(of: UInt8(ascii: ":")).map { String(name[name.utf8.index(after: $0)...]) } ?? name
    }
}

extension XMLReader {
    private mutating func quoted() throws(Defect) -> String {
        guard index < bytes.count, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[index]) else {
            throw .malformed
        }
        let quote = bytes[index]
        index += 1
        var value: [UInt8] = []
        while index < bytes.count, bytes[index] != quote {
            guard bytes[index] != UInt8(ascii: "<") else { throw .malformed }
            try character(into: &value)
        }
        guard index < bytes.count else { throw .malformed }
        index += 1
        return String(decoding: value, as: UTF8.self)
    }

    /// Text up to the next tag.
    private mutating func text() throws(Defect) -> String {
        var value: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "<") {
            let run = bytes[index...].prefix { $0 >= 0x20 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "&") }
            value.append(contentsOf: run)
            index += run.count
            if index < bytes.count, bytes[index] != UInt8(ascii: "<") { try character(into: &value) }
        }
        return String(decoding: value, as: UTF8.self)
    }

    /// One byte, or what a reference stands for. Every line end is a line feed, as XML wants (section 2.11).
    private mutating func character(into value: inout [UInt8]) throws(Defect) {
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "&"):
            let name = bytes[index...].prefix(Self.referenceBytesMax + 1).prefix { $0 != UInt8(ascii: ";") }
            guard name.count <= Self.referenceBytesMax, index + name.count < bytes.count,
                let text = Self.value(of: String(decoding: name, as: UTF8.self))
            else { throw .malformed }
            index += name.count + 1
            value.append(contentsOf: text.utf8)
        case UInt8(ascii: "\r"):
            if index < bytes.count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
            value.append(UInt8(ascii: "\n"))
        case 0x20..., UInt8(ascii: "\t"), UInt8(ascii: "\n"): value.append(byte)
        default: throw .malformed
        }
    }

    private static func unified(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    /// What `&name;` stands for: the five of XML, and characters by number that XML can hold.
    private static func value(of name: String) -> String? {
        guard name.hasPrefix("#") else { return entities[name] }
        let isHexadecimal = name.hasPrefix("#x")
        let digits = name.dropFirst(isHexadecimal ? 2 : 1)
        guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let number = UInt32(digits, radix: isHexadecimal ? 16 : 10), let scalar = Unicode.Scalar(number),
            number >= 0x20 && number & 0xFFFE != 0xFFFE || [9, 10, 13].contains(number)
        else { return nil }
        return String(scalar)
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { wanted in
            guard index + wanted.count <= bytes.count else { return false }
            for (place, byte) in wanted.enumerated() where bytes[index + place] != byte { return false }
            index += wanted.count
            return true
        }
    }

    private mutating func upTo(_ end: StaticString) throws(Defect) -> ArraySlice<UInt8> {
        let begin = index
        while index < bytes.count {
            let here = index
            if skip(end) { return bytes[begin..<here] }
            index += 1
        }
        throw .malformed
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let begin = index
        while index < bytes.count, [0x20, 9, 10, 13].contains(bytes[index]) { index += 1 }
        return index > begin
    }
}
