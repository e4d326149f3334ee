package import Store
package import Vocabulary

/// Who changes something in this room, when, and with which random bytes. Whether she may, `Permits` has said before.
package struct Deed: Sendable {
    package let actor: Actor
    package let now: Instant
    package let entropy: Entropy

    package init(by actor: Actor, now: Instant, entropy: Entropy) {
        self.actor = actor
        self.now = now
        self.entropy = entropy
    }
}

/// What this room writes into the journal. Kinds are never renamed; a changed meaning is a new version.
package enum AccountEntry: String, Sendable, CaseIterable {
    case citizenRegistered = "accounts.citizen-registered"
    case legalPersonRegistered = "accounts.legal-person-registered"
    case personChanged = "accounts.person-changed"
    case personErased = "accounts.person-erased"
    case staffRegistered = "accounts.staff-registered"
    case staffChanged = "accounts.staff-changed"
    case staffLeft = "accounts.staff-left"
    case staffErased = "accounts.staff-erased"
    case accountOpened = "accounts.account-opened"
    case passwordChanged = "accounts.password-changed"
    case accountClosed = "accounts.account-closed"
    case granted = "accounts.granted"
    case grantRevoked = "accounts.grant-revoked"
    case agencyGiven = "accounts.agency-given"
    case agencyRevoked = "accounts.agency-revoked"
    case assistanceGiven = "accounts.assistance-given"
    case assistanceEnded = "accounts.assistance-ended"
    case absenceEntered = "accounts.absence-entered"
    case absenceEnded = "accounts.absence-ended"
    case relativeDeclared = "accounts.relative-declared"
    case relativeWithdrawn = "accounts.relative-withdrawn"
    case identityLinked = "accounts.identity-linked"
    case partnerAdded = "accounts.partner-added"
    case partnerGranted = "accounts.partner-granted"
    case partnerGrantTaken = "accounts.partner-grant-taken"
    case partnerSecretRenewed = "accounts.partner-secret-renewed"
    case partnerRevoked = "accounts.partner-revoked"
    case partnerOfficerNamed = "accounts.partner-officer-named"

    static let version = 1

    /// Writes the entry as the subject's next one. The public part has ids, codes and days only; names, numbers and
    /// logins are the personal part.
    func write(
        of subject: Subject, _ publicPart: some Encodable = NoFields(), personal: (any Encodable)? = nil, by deed: Deed,
        in tx: Transaction
    ) throws {
        let sequence = try Journal.lastSequence(of: subject, in: tx) + 1
        let place = JournalEntry.Place(subject, sequence: sequence, at: deed.now, actor: deed.actor)
        let secret = try personal.map { part in
            JournalEntry.Personal(
                salt: deed.entropy.salt(for: "\(rawValue)-\(subject)-\(sequence)"),
                bytes: try CanonicalJSON.bytes(of: part))
        }
        let entry = JournalEntry(
            place, kind: rawValue, version: Self.version, body: try CanonicalJSON.bytes(of: publicPart),
            personal: secret)
        try Journal.append([entry], in: tx)
    }

    /// Erases the personal parts of everything that this room wrote about the subject.
    static func forget(_ subject: Subject, in tx: Transaction) throws {
        for entry in try Journal.entries(of: subject, in: tx)
        where entry.personal != nil && AccountEntry(rawValue: entry.kind) != nil {
            try Journal.forget(subject, sequence: entry.sequence, in: tx)
        }
    }

    /// A public part with nothing in it: `{}`.
    struct NoFields: Encodable {}
}
