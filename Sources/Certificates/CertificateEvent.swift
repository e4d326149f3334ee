package import Store
package import Vocabulary

/// What happened to a certificate. Events are for ever.
package enum CertificateEvent: Hashable, Sendable, JournalEvent {
    case reserved(Certificate.Reservation, Certificate.Personal?)
    /// A record of elsewhere was taken in as it stands there: the certificate begins issued, with its own digest.
    case imported(Certificate.Taking, Certificate.Personal?)
    /// The face was made; the signature is still to come.
    case made
    case filed(Certificate.Filing)
    /// The sealed file of one that was filed or taken in without: made when somebody first asked, and kept.
    case pressed(Certificate.SealedFile)
    /// The licence behind it ended; of two endings the later one counts.
    /// `successor` took its place where it was changed.
    case ended(Certificate.Ending, successor: CertificateID? = nil)
    case restricted(CertificateGround, Certificate.Note?)
    case suspended(CertificateGround, Certificate.Note?)
    /// A restriction or suspension is over.
    case lifted(Certificate.Note?)
    case checked(Certificate.Check, Certificate.Note?)
    /// The certificate itself was ended by an officer, on a ground of the law.
    case terminated(Certificate.Ending, CertificateGround, Certificate.Note?)
    /// Its last day is near; the holder is told once.
    case nearing
    /// Its last day is past.
    case expired
    case archived

    private struct End: Codable { let ending: Certificate.Ending; let successor: CertificateID? }
    private struct Grounded: Codable { let ground: CertificateGround }
    private struct Termination: Codable { let ending: Certificate.Ending; let ground: CertificateGround }
    private struct Nothing: Codable {}

    package static let version = 1

    /// Kinds that nobody outside is told of: that a holder first took her own file along concerns nobody.
    package static let untold: Set<String> = ["certificate.pressed"]

    package var kind: String {
        switch self {
        case .reserved: "certificate.reserved"
        case .imported: "certificate.imported"
        case .made: "certificate.made"
        case .filed: "certificate.filed"
        case .pressed: "certificate.pressed"
        case .ended: "certificate.ended"
        case .restricted: "certificate.restricted"
        case .suspended: "certificate.suspended"
        case .lifted: "certificate.lifted"
        case .checked: "certificate.checked"
        case .terminated: "certificate.terminated"
        case .nearing: "certificate.nearing"
        case .expired: "certificate.expired"
        case .archived: "certificate.archived"
        }
    }

    package var isByLaw: Bool {
        switch self {
        case .nearing, .expired: true
        default: false
        }
    }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .reserved(let reservation, _): try CanonicalJSON.bytes(of: reservation)
        case .imported(let taking, _): taking.bytes
        case .filed(let filing): try CanonicalJSON.bytes(of: filing)
        case .pressed(let file): try CanonicalJSON.bytes(of: file)
        case .ended(let ending, let successor):
            try CanonicalJSON.bytes(of: End(ending: ending, successor: successor))
        case .restricted(let ground, _), .suspended(let ground, _):
            try CanonicalJSON.bytes(of: Grounded(ground: ground))
        case .checked(let check, _): try CanonicalJSON.bytes(of: check)
        case .terminated(let ending, let ground, _):
            try CanonicalJSON.bytes(of: Termination(ending: ending, ground: ground))
        case .made, .lifted, .nearing, .expired, .archived: try CanonicalJSON.bytes(of: Nothing())
        }
    }

    /// What was written beside it; nil for what has no note or whose note was forgotten.
    package var note: Certificate.Note? {
        switch self {
        case .restricted(_, let note), .suspended(_, let note), .lifted(let note), .checked(_, let note),
            .terminated(_, _, let note):
            note
        case .reserved, .imported, .made, .filed, .pressed, .ended, .nearing, .expired, .archived: nil
        }
    }

    /// Where the certificate begins, what it says; nil for what comes later.
    package var beginning: (reservation: Certificate.Reservation, personal: Certificate.Personal?)? {
        switch self {
        case .reserved(let reservation, let personal): (reservation, personal)
        case .imported(let taking, let personal): (taking.reservation, personal)
        default: nil
        }
    }

    package func personalPart() throws -> [UInt8]? {
        switch self {
        case .reserved(_, let personal): try personal.map { try CanonicalJSON.bytes(of: $0) }
        case .imported(_, let personal): personal.map(\.bytes)
        default: try note.map { try CanonicalJSON.bytes(of: $0) }
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
        case "certificate.imported":
            self = .imported(
                try CanonicalJSON.value(in: entry.body),
                try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) })
        case "certificate.made": self = .made
        case "certificate.filed": self = .filed(try CanonicalJSON.value(in: entry.body))
        case "certificate.pressed": self = .pressed(try CanonicalJSON.value(in: entry.body))
        case "certificate.ended":
            let end: End = try CanonicalJSON.value(in: entry.body)
            self = .ended(end.ending, successor: end.successor)
        case "certificate.nearing": self = .nearing
        case "certificate.expired": self = .expired
        case "certificate.archived": self = .archived
        default: self = try Self.deed(entry, try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) })
        }
    }

    /// What a certificate's first entry says of it, without what is personal; throws `Fault.corrupt` for any other.
    static func reservation(_ entry: JournalEntry) throws -> Certificate.Reservation {
        guard entry.version == version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        switch entry.kind {
        case "certificate.reserved": return try CanonicalJSON.value(in: entry.body)
        case "certificate.imported":
            let taking: Certificate.Taking = try CanonicalJSON.value(in: entry.body)
            return taking.reservation
        default: throw Fault.corrupt("\(entry.kind) does not begin a certificate")
        }
    }

    private static func deed(_ entry: JournalEntry, _ note: Certificate.Note?) throws -> CertificateEvent {
        switch entry.kind {
        case "certificate.restricted":
            let body: Grounded = try CanonicalJSON.value(in: entry.body)
            return .restricted(body.ground, note)
        case "certificate.suspended":
            let body: Grounded = try CanonicalJSON.value(in: entry.body)
            return .suspended(body.ground, note)
        case "certificate.lifted": return .lifted(note)
        case "certificate.checked": return .checked(try CanonicalJSON.value(in: entry.body), note)
        case "certificate.terminated":
            let body: Termination = try CanonicalJSON.value(in: entry.body)
            return .terminated(body.ending, body.ground, note)
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
