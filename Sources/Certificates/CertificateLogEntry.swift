import Signing
package import Store
package import Vocabulary

/// A line of the public log of certificates. It says that something happened to a certificate of a type and an issuer
/// on a day; which certificate it was, only those can tell who have its salt.
package struct CertificateLogEntry: Hashable, Sendable, Codable {
    /// LIMIT: bytes of a line; a bundle of tlog-tiles allows 65,535.
    package static let bytesMax = 1024

    /// What happened. Words are for ever.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// It was signed and filed, or a record of it was taken over.
        case issued
        /// Another took its place.
        case changed
        case restricted, suspended, lifted
        case cancelled, revoked, recalled
    }

    /// SHA-256(salt ‖ identifier), in hexadecimal: the same for everything that happens to one certificate.
    package let certificate: String
    /// SHA-256(salt ‖ SHA-256 of the canonical data), of an issue.
    package let data: String?
    /// The day at the issuer (+08:00).
    package let day: CivilDate
    /// SHA-256 of the sealed file, of an issue. Missing for a record that has none.
    package let file: String?
    package let issuer: CreditCode
    package let kind: Kind
    /// What stands for the certificate that took its place.
    package let successor: String?
    /// 21 characters.
    package let type: String

    /// What makes the entries of one certificate hard to guess: 32 bytes that its holder is given.
    package struct Salt: Hashable, Sendable {
        package let bytes: [UInt8]

        /// The salt of a certificate, from the first entry of its journal: the digest of its personal part, which is
        /// salted by chance, stays when that part is erased, and is published nowhere.
        package init(_ reserved: JournalEntry) {
            let source = Array("onewindow certificate log\n".utf8) + reserved.subject.bytes + reserved.innerDigest
            bytes = Hex.bytes(BlobRef(of: source).digest) ?? []
        }

        /// A salt that was given; nil unless it is 32 bytes.
        package init?(bytes: [UInt8]) {
            guard bytes.count == 32 else { return nil }
            self.bytes = bytes
        }

        /// What stands for an identifier.
        package func commitment(to identifier: CertificateIdentifier) -> String {
            digest(Array(identifier.description.utf8))
        }

        func digest(_ value: [UInt8]) -> String {
            BlobRef(of: bytes + value).digest
        }
    }

    /// The line of an event; nil for what is not published: what comes before the issue, and what follows from the days
    /// that the certificate itself says.
    package init?(
        _ event: CertificateEvent, of identifier: CertificateIdentifier, _ salt: Salt, on day: CivilDate,
        successor: String? = nil
    ) {
        guard let kind = Kind(event) else { return nil }
        self.kind = kind
        self.day = day
        (type, issuer) = (identifier.type, identifier.issuer)
        certificate = salt.commitment(to: identifier)
        switch event {
        case .filed(let filing):
            (data, file) = (Hex.bytes(filing.digest).map(salt.digest), filing.file?.digest)
        case .imported(let taking, _): (data, file) = (Hex.bytes(taking.digest).map(salt.digest), nil)
        default: (data, file) = (nil, nil)
        }
        self.successor = kind == .changed ? successor : nil
    }

    /// Reads a line.
    package init(_ bytes: [UInt8]) throws { self = try CanonicalJSON.value(in: bytes) }

    /// The line: one JSON object, keys sorted, without white space. No value holds anything that JSON escapes.
    package var bytes: [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(400)
        var comma = "{\""
        func add(_ key: String, _ value: String?) {
            guard let value else { return }
            line += "\(comma)\(key)\":\"\(value)\"".utf8
            comma = ",\""
        }
        add("certificate", certificate)
        add("data", data)
        add("day", day.description)
        add("file", file)
        add("issuer", issuer.code)
        add("kind", kind.rawValue)
        add("successor", successor)
        add("type", type)
        return line + "}".utf8
    }

    /// SHA-256(00 ‖ line).
    package var leaf: [UInt8] { MerkleHash.leaf(bytes) }
}

extension CertificateLogEntry.Kind {
    /// Kinds of entries that are never published, so that they need not be read.
    package static let silent: Set<String> = [
        "certificate.reserved", "certificate.made", "certificate.pressed", "certificate.checked",
        "certificate.nearing", "certificate.expired", "certificate.archived",
    ]

    /// What an event is called in the log; nil for one that is not published.
    init?(_ event: CertificateEvent) {
        switch event {
        case .filed, .imported: self = .issued
        case .ended(let ending, _), .terminated(let ending, _, _):
            switch ending {
            case .changed: self = .changed
            case .cancelled: self = .cancelled
            case .revoked: self = .revoked
            case .recalled: self = .recalled
            }
        case .restricted: self = .restricted
        case .suspended: self = .suspended
        case .lifted: self = .lifted
        case .reserved, .made, .pressed, .checked, .nearing, .expired, .archived: return nil
        }
    }
}
