package import Vocabulary

/// The keys of the ring at work.
extension KeyRing {
    /// The signer of a body, whose key is made when there is none.
    package func signer(for body: CreditCode, now: Instant) throws -> SM2Signer {
        switch try holding(.body(body), now: now).key {
        case .sm2(let key): return SM2Signer(key: key)
        case .ed25519, .p256: preconditionFailure("a body signs by SM2")
        }
    }

    /// The key that signs the log's checkpoints, made when there is none.
    package func logKey(now: Instant) throws -> Ed25519PrivateKey {
        switch try holding(.log, now: now).key {
        case .ed25519(let key): return key
        case .sm2, .p256: preconditionFailure("a log signs by Ed25519")
        }
    }

    /// The signer of any role, whose key is made when there is none.
    package func signer(of role: KeyRole, now: Instant) throws -> any Signer {
        try holding(role, now: now).key.signer
    }

    /// The public key of any role, which is made when there is none.
    package func publicKey(of role: KeyRole, now: Instant) throws -> PublicKey {
        try holding(role, now: now).key.publicKey
    }

    /// Destroys the private key of a role; the next one asked for is a new one, in every process. What the old one
    /// signed before `countsUntil` goes on counting: its public half stays trusted. Does nothing without a key.
    package func retire(_ role: KeyRole, countsUntil instant: Instant? = nil) throws {
        guard let holding = try existing(role) else { return }
        try trust(holding.description.counting(until: instant))
        try remove(role)
    }

    /// Whether there is a key of this role.
    package func holds(_ role: KeyRole) throws -> Bool { try existing(role) != nil }
}
