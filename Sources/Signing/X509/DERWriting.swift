import Foundation
import SwiftASN1
import Vocabulary

/// DER as certificates and signatures need it: each function gives the whole bytes of one node.
enum DERWriting {
    static func node(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        guard count > 127 else { return [tag, UInt8(count)] + content }
        let digits = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
            .drop { $0 == 0 }
        return [tag, 0x80 | UInt8(digits.count)] + digits + content
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { node(0x30, parts.flatMap(\.self)) }

    /// A SET OF: the elements in the order of their bytes.
    static func setOf(_ elements: [[UInt8]], tag: UInt8 = 0x31) -> [UInt8] {
        node(tag, elements.sorted { $0.lexicographicallyPrecedes($1) }.flatMap(\.self))
    }

    /// An explicit context tag around a node.
    static func explicit(_ number: UInt8, _ inner: [UInt8]) -> [UInt8] { node(0xA0 | number, inner) }

    static func objectIdentifier(_ text: String) -> [UInt8] {
        let parts = text.split(separator: ".").compactMap { UInt64($0) }
        precondition(parts.count >= 2 && parts[0] < 3, "no object identifier: \(text)")
        return node(0x06, ([parts[0] * 40 + parts[1]] + parts.dropFirst(2)).flatMap(base128))
    }

    private static func base128(_ number: UInt64) -> [UInt8] {
        var digits = [UInt8(number & 0x7F)]
        var rest = number >> 7
        while rest > 0 {
            digits.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return digits
    }

    /// A number that is not negative, from its bytes, big end first.
    static func integer(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let digits = Array(bytes.drop { $0 == 0 })
        guard let first = digits.first else { return [0x02, 0x01, 0x00] }
        return node(0x02, first > 127 ? [0] + digits : digits)
    }

    static func octets(_ bytes: [UInt8]) -> [UInt8] { node(0x04, bytes) }
    static func bits(_ bytes: [UInt8], unused: UInt8 = 0) -> [UInt8] { node(0x03, [unused] + bytes) }
    static func text(_ text: String) -> [UInt8] { node(0x0C, Array(text.utf8)) }
    static let yes: [UInt8] = [0x01, 0x01, 0xFF]
    static let null: [UInt8] = [0x05, 0x00]

    /// UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5), cut to the second.
    static func time(_ instant: Instant) -> [UInt8] {
        let digits = UniversalTime(instant).digits
        let (tag, text): (UInt8, Substring) =
            ("1950"..<"2050").contains(digits.prefix(4)) ? (0x17, digits.dropFirst(2)) : (0x18, digits[...])
        return node(tag, Array("\(text)Z".utf8))
    }
}

/// An instant as certificates write it: year to second in UTC.
struct UniversalTime {
    let digits: String

    init(_ instant: Instant) {
        // A day of Fuzhou begins eight hours before that of UTC.
        let local = Instant(milliseconds: instant.milliseconds - Instant.offsetMilliseconds)
        let second = (local.milliseconds / 1000 % 60 + 60) % 60
        let time = [local.minuteOfDay / 60, local.minuteOfDay % 60, Int(second)].map { ($0 < 10 ? "0" : "") + "\($0)" }
        digits = local.day.compact + time.joined()
    }

    /// Nil for what is no time.
    static func instant(year: Int, month: Int, day: Int, hours: Int, minutes: Int, seconds: Int) -> Instant? {
        guard let day = CivilDate(year: year, month: month, day: day) else { return nil }
        let midnight = Int64(day.daysSinceEpoch) * 86_400
        return Instant(milliseconds: (midnight + Int64(hours * 3600 + minutes * 60 + seconds)) * 1000)
    }
}
