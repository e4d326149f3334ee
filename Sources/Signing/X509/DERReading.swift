import SwiftASN1
import Vocabulary

/// Reads the children of one constructed node one after another. Throws for everything that is not as expected; what
/// it throws is turned into a refusal by whoever called.
struct DERReading {
    private var nodes: ASN1NodeCollection.Iterator
    private var next: ASN1Node?

    init(_ node: ASN1Node, _ identifier: ASN1Identifier = .sequence) throws {
        guard node.identifier == identifier, case .constructed(let children) = node.content else {
            throw KeyRefusal.malformedCertificate
        }
        nodes = children.makeIterator()
        next = nodes.next()
    }

    var isAtEnd: Bool { next == nil }

    mutating func take() throws -> ASN1Node {
        guard let node = next else { throw KeyRefusal.malformedCertificate }
        next = nodes.next()
        return node
    }

    /// The next node if it has the identifier.
    mutating func take(if identifier: ASN1Identifier) throws -> ASN1Node? {
        guard next?.identifier == identifier else { return nil }
        return try take()
    }

    /// The next node if it has this context tag.
    mutating func take(ifContext number: UInt) throws -> ASN1Node? {
        try take(if: ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific))
    }

    mutating func take(_ identifier: ASN1Identifier) throws -> ASN1Node {
        guard let node = try take(if: identifier) else { throw KeyRefusal.malformedCertificate }
        return node
    }

    mutating func sequence() throws -> DERReading { try DERReading(try take()) }
    mutating func objectIdentifier() throws -> String {
        "\(try ASN1ObjectIdentifier(derEncoded: try take()))"
    }
    mutating func octets() throws -> [UInt8] { Array(try ASN1OctetString(derEncoded: try take()).bytes) }

    /// The bytes of a BIT STRING without unused bits.
    mutating func bits() throws -> [UInt8] {
        let bits = try ASN1BitString(derEncoded: try take())
        guard bits.paddingBits == 0 else { throw KeyRefusal.malformedCertificate }
        return Array(bits.bytes)
    }

    /// The digits of an INTEGER as they stand.
    mutating func integer() throws -> [UInt8] {
        let node = try take(.integer)
        _ = try ArraySlice<UInt8>(derEncoded: node)
        guard case .primitive(let bytes) = node.content else { throw KeyRefusal.malformedCertificate }
        return Array(bytes)
    }

    /// A small number that is not negative.
    mutating func number() throws -> Int { try Int(derEncoded: try take()) }

    /// UTCTime or GeneralizedTime without fraction.
    mutating func time() throws -> Instant {
        let node = try take()
        let instant: Instant?
        if node.identifier == .utcTime {
            let time = try UTCTime(derEncoded: node)
            instant = UniversalTime.instant(
                year: time.year, month: time.month, day: time.day, hours: time.hours, minutes: time.minutes,
                seconds: time.seconds)
        } else {
            let time = try GeneralizedTime(derEncoded: node)
            guard time.rawFractionalSeconds.isEmpty else { throw KeyRefusal.malformedCertificate }
            instant = UniversalTime.instant(
                year: time.year, month: time.month, day: time.day, hours: time.hours, minutes: time.minutes,
                seconds: time.seconds)
        }
        guard let instant else { throw KeyRefusal.malformedCertificate }
        return instant
    }

    /// Throws when something is left.
    func end() throws {
        guard isAtEnd else { throw KeyRefusal.malformedCertificate }
    }
}
