import Foundation
package import Signing
package import Store
package import Vocabulary

/// 印章: the electronic seal of one body (GB/T 38540), from its making to its end. It is the fold of its events.
///
/// A renewed seal keeps its number and takes a new period and new certificates: it is another edition of the same seal.
package struct Seal: Equatable, Sendable {
    /// LIMIT: bytes of one edition's DER, its picture included; with four thirds of it an event is still within limits.
    package static let bytesMax = 128 * 1024

    package let id: SealID
    package private(set) var sequence: Int
    package let body: CreditCode
    /// The number that the seal carries (esID): six digits of the region and seven of a serial.
    package let number: String
    package let madeAt: Instant
    /// The newest last; never empty.
    package private(set) var editions: [Edition]
    /// When it was suspended, in order; the last one may be open.
    package private(set) var suspensions: [TrustList.Suspension] = []
    /// From this instant on it counts no more; nil for one that was not taken back.
    package private(set) var revokedAt: Instant?

    /// The seal as a file, with whom it names.
    package struct Edition: Hashable, Sendable, Codable {
        /// What the seal reads.
        package let name: String
        /// DER of the seal (SESeal), which goes into documents as Seal.esl.
        package let bytes: Base64Bytes
        /// SHA-256 of the picture, in hexadecimal digits.
        package let pictureDigest: String
        /// The body's certificate, SM2: the one that the seal lists.
        package let certificate: X509Certificate
        /// The body's certificate on P-256, for sealed PDF and tokens.
        package let documentCertificate: X509Certificate
        /// The seal maker's certificate.
        package let maker: X509Certificate
        package let validFrom: Instant
        package let validUntil: Instant

        package init(
            name: String, bytes: [UInt8], pictureDigest: String,
            certificates: (own: X509Certificate, document: X509Certificate, maker: X509Certificate),
            valid: ClosedRange<Instant>
        ) {
            (self.name, self.bytes, self.pictureDigest) = (name, Base64Bytes(bytes), pictureDigest)
            (certificate, documentCertificate, maker) = certificates
            (validFrom, validUntil) = (valid.lowerBound, valid.upperBound)
        }
    }

    /// What is true of a seal at an instant.
    package enum State: String, Sendable, CaseIterable { case valid, notYetValid, expired, suspended, revoked }

    /// As it begins.
    package init(_ id: SealID, body: CreditCode, number: String, _ edition: Edition, at: Instant) {
        (self.id, self.body, self.number, madeAt) = (id, body, number, at)
        editions = [edition]
        sequence = 1
    }

    /// The edition that seals today.
    package var current: Edition {
        guard let last = editions.last else { preconditionFailure("a seal without an edition") }
        return last
    }

    /// From the first edition's beginning.
    package var validFrom: Instant { editions.map(\.validFrom).min() ?? madeAt }

    /// What is true of it at the instant, over all its editions.
    package func state(at instant: Instant) -> State {
        if let revokedAt, instant >= revokedAt { return .revoked }
        let isSuspended = suspensions.contains { pause in
            pause.from <= instant && pause.until.map { instant < $0 } ?? true
        }
        if isSuspended { return .suspended }
        if instant < validFrom { return .notYetValid }
        return editions.contains { $0.validFrom <= instant && instant <= $0.validUntil } ? .valid : .expired
    }

    /// What a trust list says of it.
    package var span: TrustList.SealSpan {
        TrustList.SealSpan(
            id: number, body: body, valid: (from: validFrom, until: editions.map(\.validUntil).max() ?? madeAt),
            suspensions: suspensions, revokedAt: revokedAt)
    }

    mutating func apply(_ event: SealEvent, at instant: Instant) throws {
        sequence += 1
        switch event {
        case .made: throw Fault.corrupt("seal \(id) was made twice")
        case .renewed(let edition, _): editions.append(edition)
        case .suspended: suspensions.append(TrustList.Suspension(from: instant, until: nil))
        case .resumed:
            guard let open = suspensions.popLast(), open.until == nil else {
                throw Fault.corrupt("seal \(id) was resumed without having been suspended")
            }
            suspensions.append(TrustList.Suspension(from: open.from, until: instant))
        case .revoked(let from, _, _): revokedAt = from
        }
    }

    /// The fold of all entries of one seal; nil when there are none.
    package static func folded(_ id: SealID, _ entries: [JournalEntry]) throws -> Seal? {
        guard let first = entries.first else { return nil }
        guard case .made(let body, let number, let edition, _) = try SealEvent(first) else {
            throw Fault.corrupt("seal \(id) does not begin with its making")
        }
        var seal = Seal(id, body: body, number: number, edition, at: first.at)
        for entry in entries.dropFirst() { try seal.apply(SealEvent(entry), at: entry.at) }
        return seal
    }
}

extension Seal {
    /// After an event that has just been decided.
    package func after(_ event: SealEvent, at instant: Instant) throws -> Seal {
        var seal = self
        try seal.apply(event, at: instant)
        return seal
    }
}

/// Bytes that stand in JSON as base 64.
package struct Base64Bytes: Hashable, Sendable, Codable {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(
            decoder, { text in Data(base64Encoded: text).map { Base64Bytes([UInt8]($0)) } }, "not base 64")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes).base64EncodedString())
    }
}
