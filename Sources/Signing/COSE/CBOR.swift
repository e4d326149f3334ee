/// A value of CBOR (RFC 8949) in its one deterministic form (4.2.1): shortest numbers, definite lengths, keys in the
/// order of their bytes. Maps have whole numbers for keys, as COSE and its claims do; fractions do not occur.
package indirect enum CBOR: Sendable, Hashable {
    case integer(Int)
    case bytes([UInt8])
    case text(String)
    case list([CBOR])
    case map([Int: CBOR])
    case tagged(UInt64, CBOR)
    case flag(Bool)
    case null

    /// LIMIT: bytes of one value that is read.
    package static let bytesMax = 4096
    /// LIMIT: values within values.
    package static let depthMax = 8

    /// The bytes.
    package var encoded: [UInt8] {
        switch self {
        case .integer(let number): Self.number(number)
        case .bytes(let bytes): Self.head(2, UInt64(bytes.count)) + bytes
        case .text(let text): Self.head(3, UInt64(text.utf8.count)) + text.utf8
        case .list(let items): Self.head(4, UInt64(items.count)) + items.flatMap(\.encoded)
        case .map(let members):
            Self.head(5, UInt64(members.count))
                + members.map { (Self.number($0.key), $0.value.encoded) }
                .sorted { $0.0.lexicographicallyPrecedes($1.0) }.flatMap { $0.0 + $0.1 }
        case .tagged(let tag, let value): Self.head(6, tag) + value.encoded
        case .flag(let flag): [flag ? 0xF5 : 0xF4]
        case .null: [0xF6]
        }
    }

    private static func number(_ number: Int) -> [UInt8] {
        number < 0 ? head(1, UInt64(-(number + 1))) : head(0, UInt64(number))
    }

    private static func head(_ type: UInt8, _ count: UInt64) -> [UInt8] {
        let (bits, bytes): (UInt8, Int) =
            switch count {
            case ..<24: (UInt8(count), 0)
            case ..<0x100: (24, 1)
            case ..<0x1_0000: (25, 2)
            case ..<0x1_0000_0000: (26, 4)
            default: (27, 8)
            }
        return [type << 5 | bits] + (0..<bytes).map { UInt8(truncatingIfNeeded: count >> (8 * (bytes - 1 - $0))) }
    }

    /// Reads one value and nothing after it. Refuses every form but the deterministic one, keys that are no numbers,
    /// fractions, text that is not UTF-8, and what goes beyond the limits.
    package init(_ bytes: [UInt8]) throws(COSERefusal) {
        guard bytes.count <= Self.bytesMax else { throw .malformed }
        var reader = CBORReader(bytes[...])
        self = try reader.value(depth: 0)
        guard reader.isAtEnd else { throw .malformed }
    }

    package var number: Int? { if case .integer(let number) = self { number } else { nil } }
    package var octets: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
    package var string: String? { if case .text(let text) = self { text } else { nil } }
    package var items: [CBOR]? { if case .list(let items) = self { items } else { nil } }
    package var members: [Int: CBOR]? { if case .map(let members) = self { members } else { nil } }
}

/// Takes values off the front of bytes.
struct CBORReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func value(depth: Int) throws(COSERefusal) -> CBOR {
        guard depth <= CBOR.depthMax, let first = rest.first else { throw .malformed }
        if first >> 5 == 7 {
            rest = rest.dropFirst()
            switch first {
            case 0xF4: return .flag(false)
            case 0xF5: return .flag(true)
            case 0xF6: return .null
            default: throw .malformed
            }
        }
        let (type, count) = try head()
        switch type {
        case 0, 1: return .integer(try Self.number(type, count))
        case 2: return .bytes(Array(try take(count)))
        case 3:
            guard let text = String(validating: try take(count), as: UTF8.self) else { throw .malformed }
            return .text(text)
        case 4:
            var items: [CBOR] = []
            guard count <= UInt64(rest.count) else { throw .malformed }
            for _ in 0..<count { items.append(try value(depth: depth + 1)) }
            return .list(items)
        case 5: return .map(try members(count, depth: depth))
        default: return .tagged(count, try value(depth: depth + 1))
        }
    }

    private mutating func members(_ count: UInt64, depth: Int) throws(COSERefusal) -> [Int: CBOR] {
        guard count <= UInt64(rest.count) else { throw .malformed }
        var members: [Int: CBOR] = [:]
        var last: ArraySlice<UInt8> = []
        for _ in 0..<count {
            let before = rest
            let (type, argument) = try head()
            guard type < 2 else { throw .malformed }
            let key = before.prefix(before.count - rest.count)
            guard last.isEmpty || last.lexicographicallyPrecedes(key) else { throw .malformed }
            last = key
            members[try Self.number(type, argument)] = try value(depth: depth + 1)
        }
        return members
    }

    private static func number(_ type: UInt8, _ count: UInt64) throws(COSERefusal) -> Int {
        guard let number = Int(exactly: count) else { throw .malformed }
        return type == 0 ? number : -1 - number
    }

    private mutating func take(_ count: UInt64) throws(COSERefusal) -> ArraySlice<UInt8> {
        guard count <= UInt64(rest.count) else { throw .malformed }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    /// The type and the number in the shortest form.
    private mutating func head() throws(COSERefusal) -> (type: UInt8, count: UInt64) {
        guard let first = rest.popFirst() else { throw .malformed }
        let bits = first & 31
        guard bits >= 24 else { return (first >> 5, UInt64(bits)) }
        guard bits <= 27 else { throw .malformed }
        let bytes: UInt64 = 1 << UInt64(bits - 24)
        let count = try take(bytes).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let least: UInt64 = bits == 24 ? 24 : 1 << (4 * bytes)
        guard count >= least else { throw .malformed }
        return (first >> 5, count)
    }
}
