package import Store
package import Vocabulary

/// 用证: one certificate stands in for one material of one case. Its code counts in this case alone and as long as the
/// case runs (domain section 5.6).
package struct CertificateUse: Hashable, Sendable {
    package let code: UseCode
    package let certificate: CertificateID
    package let dossier: DossierID
    /// The catalogue code of the item, 12 characters.
    package let item: String
    /// What it is for: the id of the material in the item's guide.
    package let material: String
    /// Who authorised it: the holder or her agent by filing, or the clerk who filed for her by duty (依职能).
    package let by: Actor
    package let at: Instant

    /// A use that is authorised now. The code is the same again when the transaction is replayed.
    package init(
        of certificate: CertificateID, in dossier: DossierID, item: String, as material: String, stamp: Stamp
    ) {
        let random = stamp.entropy.salt(for: "use \(dossier) \(material) \(certificate)")
            .prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let high = UInt64(bitPattern: stamp.now.milliseconds) << 16 | 0x7000
        code = UseCode(Subject(high: high, low: random & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000))
        (self.certificate, self.dossier, self.item, self.material) = (certificate, dossier, item, material)
        (by, at) = (stamp.actor, stamp.now)
    }

    init(
        _ code: UseCode, _ certificate: CertificateID, in dossier: DossierID,
        as purpose: (item: String, material: String), by actor: Actor, at: Instant
    ) {
        (self.code, self.certificate, self.dossier) = (code, certificate, dossier)
        (item, material) = purpose
        (by, self.at) = (actor, at)
    }

    /// Whether a member of the staff filed for the holder.
    package var isByDuty: Bool { if case .staff = by { true } else { false } }
}

/// What happened to a use. Events are for ever. Their kind does not begin with `certificate.`: a use is nobody's
/// business but the holder's and the case's, and stays out of the public log.
package enum CertificateUseEvent: Hashable, Sendable, JournalEvent {
    /// Holder and actor stand elsewhere: who authorised it is the entry's actor.
    case authorised(CertificateUse.Terms)

    package static let version = 1

    package var kind: String { "use.authorised" }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .authorised(let terms): try CanonicalJSON.bytes(of: terms)
        }
    }

    package func personalPart() throws -> [UInt8]? { nil }

    /// Reads an entry. Throws `Fault.corrupt` for a kind or a version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.kind == "use.authorised", entry.version == Self.version else {
            throw Fault.corrupt("no event of a use: \(entry.kind) \(entry.version)")
        }
        self = .authorised(try CanonicalJSON.value(in: entry.body))
    }
}

extension CertificateUse {
    /// What a use is bound to.
    package struct Terms: Hashable, Sendable, Codable {
        package let certificate: CertificateID
        package let dossier: DossierID
        package let item: String
        package let material: String
    }

    /// What the use is bound to.
    package var terms: Terms { Terms(certificate: certificate, dossier: dossier, item: item, material: material) }
}
