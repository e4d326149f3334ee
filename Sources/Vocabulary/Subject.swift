import Synchronization

/// The id of whatever events are about: 16 bytes, ordered by the time at which it was made (the layout of UUID
/// version 7).
///
/// Made by the program, never by the database; a random key as an index would cost two thirds of the insert rate.
package struct Subject: Hashable, Comparable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// From 16 bytes; nil for any other number.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Another id of the same moment, the same for ever for the same `mark`; with different marks, different ids.
    package func sibling(_ mark: UInt32) -> Subject { Subject(high: high, low: low ^ UInt64(mark)) }

    /// Another id of the same moment: chance is mixed with a mark of 62 bits. With different marks, different ids.
    package func other(_ mark: UInt64) -> Subject { Subject(high: high, low: low ^ (mark & 0x3FFF_FFFF_FFFF_FFFF)) }

    /// From the two halves, big end first.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The 16 bytes, big end first, so that bytes sort as time does.
    package var bytes: [UInt8] {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
    }

    /// The instant at which the id was made.
    package var madeAt: Instant { Instant(milliseconds: Int64(high >> 16)) }

    package static func < (left: Subject, right: Subject) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension Subject: CustomStringConvertible, LosslessStringConvertible {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// 26 characters of Crockford's base 32 in lower case; text sorts as bytes do.
    package var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(26)
        for index in 0..<26 {
            let shift = 125 - 5 * index
            let bits =
                shift >= 64 ? high >> (shift - 64) : shift > 59 ? high << (64 - shift) | low >> shift : low >> shift
            text.append(Self.alphabet[Int(bits & 31)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads `description`; nil for any other length, character or a value beyond 128 bits.
    package init?(_ text: String) {
        guard text.utf8.count == 26 else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for (position, character) in text.utf8.enumerated() {
            guard let digit = Self.alphabet.firstIndex(of: character), position > 0 || digit < 8 else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(digit)
        }
        self.init(high: high, low: low)
    }
}

extension Subject: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let subject = Subject(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an id")
        }
        self = subject
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A `Subject` that knows what it is the id of, so that a dossier's id cannot be handed in for a certificate's.
package struct ID<Thing>: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The bare id.
    package let subject: Subject

    /// The id as that of a `Thing`.
    package init(_ subject: Subject) {
        self.subject = subject
    }

    /// Reads the 26-character text; nil when it is not one.
    package init?(_ text: String) {
        guard let subject = Subject(text) else { return nil }
        self.subject = subject
    }

    package var description: String { subject.description }

    package static func < (left: ID, right: ID) -> Bool { left.subject < right.subject }

    package init(from decoder: any Decoder) throws {
        subject = try Subject(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try subject.encode(to: encoder)
    }
}

/// What ids stand for. These have no values; they only tell ids apart.
package enum DossierThing {}
/// See `DossierThing`.
package enum CertificateThing {}
/// See `DossierThing`.
package enum PersonThing {}
/// See `DossierThing`.
package enum StaffThing {}
/// See `DossierThing`.
package enum DraftThing {}
/// See `DossierThing`.
package enum PaperThing {}
/// See `DossierThing`.
package enum SealThing {}
/// See `DossierThing`.
package enum KeyCertificateThing {}
/// See `DossierThing`.
package enum CertificateUseThing {}
/// See `DossierThing`.
package enum PresentationThing {}
/// See `DossierThing`.
package enum ShowingThing {}
/// See `DossierThing`.
package enum CallerThing {}
/// See `DossierThing`.
package enum PartnerThing {}
/// See `DossierThing`.
package enum ParcelThing {}
/// See `DossierThing`.
package enum CustodyThing {}
/// See `DossierThing`.
package enum AssistanceThing {}

package typealias DossierID = ID<DossierThing>
package typealias CertificateID = ID<CertificateThing>
package typealias PersonID = ID<PersonThing>
package typealias StaffID = ID<StaffThing>
package typealias DraftID = ID<DraftThing>
package typealias PaperID = ID<PaperThing>
package typealias SealID = ID<SealThing>
package typealias KeyCertificateID = ID<KeyCertificateThing>
/// 用证码: the id of one use of a certificate by one case.
package typealias UseCode = ID<CertificateUseThing>
/// A holder's showing of a certificate by a code (亮证).
package typealias PresentationID = ID<PresentationThing>
/// One look at a certificate that its holder can see.
package typealias ShowingID = ID<ShowingThing>
/// A program of another organisation that asks for certificates.
package typealias CallerID = ID<CallerThing>
/// A system of another organisation that uses the API or a link.
package typealias PartnerID = ID<PartnerThing>
/// Something on its way by courier.
package typealias ParcelID = ID<ParcelThing>
/// An original on paper, or a count of them.
package typealias CustodyID = ID<CustodyThing>
/// An authority under which a member of staff assists somebody.
package typealias AssistanceID = ID<AssistanceThing>

/// Random numbers: the operating system's in service, a seeded sequence in tests and simulations.
package struct Dice: Sendable {
    /// The next 64 random bits.
    package let roll: @Sendable () -> UInt64

    /// Dice that ask the closure each time.
    package init(roll: @escaping @Sendable () -> UInt64) {
        self.roll = roll
    }

    /// The operating system's cryptographically secure source.
    package static let system = Dice {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    /// The same sequence for the same seed (SplitMix64). Never for secrets.
    package static func seeded(_ seed: UInt64) -> Dice {
        let sequence = SeededSequence(seed)
        return Dice { sequence.next() }
    }

    /// So many random bytes.
    package func bytes(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count + 8)
        while result.count < count {
            let word = roll()
            for shift in stride(from: 0, to: 64, by: 8) { result.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        return Array(result.prefix(count))
    }
}

private final class SeededSequence: Sendable {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) {
        state = Mutex(seed)
    }

    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}

/// Makes ids that rise within one process, even when many are made in one millisecond or the clock steps back.
package final class SubjectSource: Sendable {
    private struct Last {
        var millisecond: Int64 = 0
        var serial: UInt64 = 0
    }

    private let time: TimeSource
    private let dice: Dice
    private let last = Mutex(Last())

    /// A source that reads this time and rolls these dice.
    package init(time: TimeSource, dice: Dice) {
        self.time = time
        self.dice = dice
    }

    /// The next id, greater than every one before it from this source.
    package func next() -> Subject {
        let now = time.now().milliseconds
        let random = dice.roll()
        return last.withLock { last in
            if now > last.millisecond {
                last = Last(millisecond: now, serial: 0)
            } else if last.serial == 0xFFF {
                last = Last(millisecond: last.millisecond + 1, serial: 0)
            } else {
                last.serial += 1
            }
            let high = UInt64(last.millisecond) << 16 | 0x7000 | last.serial
            return Subject(high: high, low: random & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
        }
    }
}
