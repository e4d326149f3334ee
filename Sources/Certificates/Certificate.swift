package import Store
package import Vocabulary

/// 证照: what a grant makes. It is the fold of its events: a number reserved with the grant, then, signed, filed.
package struct Certificate: Equatable, Sendable {
    package let id: CertificateID
    package private(set) var sequence: Int
    package let reservation: Reservation
    /// What can be forgotten; nil once it was.
    package let personal: Personal?
    package let reservedAt: Instant
    /// Nil until it is signed and filed.
    package private(set) var filing: Filing?
    /// How the licence behind it ended before its time; nil while it stands.
    package private(set) var ending: Ending?
    /// The certificate that took its place; nil while none did.
    package private(set) var successor: CertificateID?

    /// 撤回, 撤销, 注销 (行政许可法 arts 8, 69, 70), or changed: another took its place (art. 49).
    package enum Ending: String, Sendable, Codable, CaseIterable { case recalled, revoked, cancelled, changed }

    /// The public part of `reserved`: which certificate, for which case.
    package struct Reservation: Hashable, Sendable, Codable {
        /// Type, issuer, number and version; the number of the certificate is the serial.
        package let identifier: CertificateIdentifier
        package let holder: PersonID
        /// The case that made it; nil for one that the library took over from elsewhere.
        package let dossier: DossierID?
        /// 12 characters: the item it comes from; nil likewise.
        package let catalogCode: String?
        package let validFrom: CivilDate
        /// The last day of validity; nil for long-term.
        package let validUntil: CivilDate?
        /// The certificate whose place it takes; nil for any other.
        package let supersedes: CertificateID?

        package init(
            identifier: CertificateIdentifier, holder: PersonID, origin: (dossier: DossierID, catalogCode: String)?,
            validFrom: CivilDate, validUntil: CivilDate?, supersedes: CertificateID? = nil
        ) {
            self.identifier = identifier
            self.holder = holder
            dossier = origin?.dossier
            catalogCode = origin?.catalogCode
            self.validFrom = validFrom
            self.validUntil = validUntil
            self.supersedes = supersedes
        }
    }

    /// What the face shows of people.
    package struct Personal: Hashable, Sendable, Codable {
        package let holderName: String
        package let holderNumber: String
        /// 001 credit code, 111 identity card (持证主体代码类型).
        package let holderNumberType: String
        package let typeName: String
        package let issuerName: String
        /// The type's own fields, by id.
        package let face: [String: String]

        package init(
            holder: (name: String, number: String, numberType: String), names: (type: String, issuer: String),
            face: [String: String]
        ) {
            holderName = holder.name
            holderNumber = holder.number
            holderNumberType = holder.numberType
            typeName = names.type
            issuerName = names.issuer
            self.face = face
        }
    }

    /// The signature over the canonical data.
    package struct Filing: Hashable, Sendable, Codable {
        /// SHA-256 of the canonical data, in hexadecimal.
        package let digest: String
        package let algorithm: String
        package let keyID: String
        /// Base 64.
        package let signature: String
        package let signedAt: Instant

        package init(digest: String, algorithm: String, keyID: String, signature: String, signedAt: Instant) {
            self.digest = digest
            self.algorithm = algorithm
            self.keyID = keyID
            self.signature = signature
            self.signedAt = signedAt
        }
    }

    /// As it begins: reserved, and not signed yet.
    package init(_ id: CertificateID, _ reservation: Reservation, _ personal: Personal?, at: Instant) {
        self.id = id
        self.reservation = reservation
        self.personal = personal
        reservedAt = at
        sequence = 1
    }

    mutating func apply(_ event: CertificateEvent) throws {
        sequence += 1
        switch event {
        case .reserved: throw Fault.corrupt("certificate \(id) was reserved twice")
        case .filed(let filing): self.filing = filing
        case .ended(let ending, let successor):
            self.ending = ending
            self.successor = successor ?? self.successor
        }
    }

    /// The fold of all entries of one certificate; nil when there are none.
    package static func folded(_ id: CertificateID, _ entries: [JournalEntry]) throws -> Certificate? {
        guard let first = entries.first else { return nil }
        guard case .reserved(let reservation, let personal) = try CertificateEvent(first) else {
            throw Fault.corrupt("certificate \(id) does not begin with a reservation")
        }
        var certificate = Certificate(id, reservation, personal, at: first.at)
        for entry in entries.dropFirst() { try certificate.apply(CertificateEvent(entry)) }
        return certificate
    }

    /// Whether it is in force on the day: filed, begun and not over.
    package func standing(on day: CivilDate) -> Standing {
        if ending != nil { return .ended }
        guard filing != nil else { return .reserved }
        if day < reservation.validFrom { return .notYetValid }
        if let end = reservation.validUntil, day > end { return .expired }
        return .valid
    }

    /// What is true of a certificate on a day.
    package enum Standing: String, Sendable, CaseIterable {
        case reserved, notYetValid, valid, expired, ended
    }
}

/// What happened to a certificate. Events are for ever.
package enum CertificateEvent: Hashable, Sendable, JournalEvent {
    case reserved(Certificate.Reservation, Certificate.Personal?)
    case filed(Certificate.Filing)
    /// The licence behind it ended; of two endings the later one counts.
    /// `successor` took its place where it was changed.
    case ended(Certificate.Ending, successor: CertificateID? = nil)

    private struct End: Codable { let ending: Certificate.Ending; let successor: CertificateID? }

    package static let version = 1

    package var kind: String {
        switch self {
        case .reserved: "certificate.reserved"
        case .filed: "certificate.filed"
        case .ended: "certificate.ended"
        }
    }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .reserved(let reservation, _): try CanonicalJSON.bytes(of: reservation)
        case .filed(let filing): try CanonicalJSON.bytes(of: filing)
        case .ended(let ending, let successor):
            try CanonicalJSON.bytes(of: End(ending: ending, successor: successor))
        }
    }

    package func personalPart() throws -> [UInt8]? {
        switch self {
        case .reserved(_, let personal): try personal.map { try CanonicalJSON.bytes(of: $0) }
        case .filed, .ended: nil
        }
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        switch entry.kind {
        case "certificate.reserved":
            self = .reserved(
                try CanonicalJSON.value(in: entry.body),
                try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) })
        case "certificate.filed": self = .filed(try CanonicalJSON.value(in: entry.body))
        case "certificate.ended":
            let end: End = try CanonicalJSON.value(in: entry.body)
            self = .ended(end.ending, successor: end.successor)
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
