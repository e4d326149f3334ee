import SwiftASN1
import Vocabulary

/// The fields of a DER SEQUENCE one after another. Everything but the one form that DER allows is refused, with the
/// name of the field.
struct SealFields {
    private let place: String
    private var nodes: ASN1NodeCollection.Iterator

    /// Walks through a SEQUENCE; `place` names it.
    init(_ node: ASN1Node, _ place: String) throws(SealDefect) {
        guard node.identifier == .sequence, case .constructed(let nodes) = node.content else {
            throw .malformed(place)
        }
        self.place = place
        self.nodes = nodes.makeIterator()
    }

    /// The root of a whole DER value; refuses trailing bytes, lengths that are not minimal and indefinite ones.
    static func root(_ der: [UInt8], limit: Int, _ place: String) throws(SealDefect) -> ASN1Node {
        guard der.count <= limit else { throw .tooLarge }
        do { return try DER.parse(der) } catch { throw .malformed(place) }
    }

    /// How many fields are left.
    var count: Int { Array(IteratorSequence(nodes)).count }

    /// The next field, whatever it is.
    mutating func node(_ name: String) throws(SealDefect) -> ASN1Node {
        guard let node = nodes.next() else { throw defect(name) }
        return node
    }

    /// The next field when it is of this kind, which is then taken.
    mutating func optional(_ identifier: ASN1Identifier) -> ASN1Node? {
        var ahead = nodes
        guard let node = ahead.next(), node.identifier == identifier else { return nil }
        nodes = ahead
        return node
    }

    mutating func integer(_ name: String) throws(SealDefect) -> Int { try value(name) { try Int(derEncoded: $0) } }

    mutating func octets(_ name: String) throws(SealDefect) -> [UInt8] {
        try value(name) { Array(try ASN1OctetString(derEncoded: $0).bytes) }
    }

    /// Bytes in a BIT STRING without unused bits.
    mutating func bits(_ name: String) throws(SealDefect) -> [UInt8] {
        try Self.bits(try node(name), "\(place).\(name)")
    }

    static func bits(_ node: ASN1Node, _ place: String) throws(SealDefect) -> [UInt8] {
        do {
            let bits = try ASN1BitString(derEncoded: node)
            guard bits.paddingBits == 0 else { throw SealDefect.malformed(place) }
            return Array(bits.bytes)
        } catch { throw .malformed(place) }
    }

    /// A text of an IA5String, UTF8String or PrintableString, at most `SealFacts.textBytesMax` bytes.
    mutating func text(_ name: String, _ kind: ASN1Identifier) throws(SealDefect) -> String {
        let bytes: ArraySlice<UInt8> = try value(name) { node in
            switch kind {
            case .ia5String: try ASN1IA5String(derEncoded: node).bytes
            case .printableString: try ASN1PrintableString(derEncoded: node).bytes
            default: try ASN1UTF8String(derEncoded: node).bytes
            }
        }
        guard bytes.count <= SealFacts.textBytesMax, let text = String(validating: bytes, as: UTF8.self) else {
            throw defect(name)
        }
        return text
    }

    /// An object identifier with its dots.
    mutating func identifier(_ name: String) throws(SealDefect) -> String {
        try value(name) { "\(try ASN1ObjectIdentifier(derEncoded: $0))" }
    }

    /// A GeneralizedTime `YYYYMMDDHHMMSSZ`, without a fraction.
    mutating func time(_ name: String) throws(SealDefect) -> Instant {
        let time = try value(name) { try GeneralizedTime(derEncoded: $0) }
        guard time.rawFractionalSeconds.isEmpty, time.seconds < 60,
            let day = CivilDate(year: time.year, month: time.month, day: time.day)
        else { throw defect(name) }
        let seconds = Int64(day.daysSinceEpoch) * 86_400 + Int64(time.hours * 3600 + time.minutes * 60 + time.seconds)
        return Instant(milliseconds: seconds * 1000)
    }

    /// Refuses fields beyond the last.
    func end() throws(SealDefect) {
        var rest = nodes
        guard rest.next() == nil else { throw .malformed(place) }
    }

    func defect(_ name: String) -> SealDefect { .malformed("\(place).\(name)") }

    private mutating func value<Value>(
        _ name: String, _ read: (ASN1Node) throws -> Value
    ) throws(SealDefect) -> Value {
        let node = try node(name)
        do { return try read(node) } catch { throw defect(name) }
    }
}
