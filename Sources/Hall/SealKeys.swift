package import Signing
package import Vocabulary

/// The keys with which seals are made and used.
package protocol SealKeys: Sendable {
    /// Whether they are a demonstration's: everything that they make says so and has no legal force.
    var isDemonstration: Bool { get }
    /// The signer of a role; makes its key when there is none.
    func signer(of role: KeyRole) throws -> any Signer
    /// The public key of a role; makes it likewise.
    func publicKey(of role: KeyRole) throws -> PublicKey
    /// Destroys the private key of a role, so that the next one asked for is new. What it signed before the instant
    /// goes on counting.
    func retire(_ role: KeyRole, countsUntil instant: Instant) throws
    /// Whether the key of the role lies in hardware, where nobody here makes or destroys it.
    func isInHardware(_ role: KeyRole) -> Bool
}

/// The keys of a ring.
package struct RingSealKeys: SealKeys {
    private let ring: KeyRing
    private let time: TimeSource

    /// The ring's keys; new ones are made at this time.
    package init(ring: KeyRing, time: TimeSource) {
        (self.ring, self.time) = (ring, time)
    }

    package var isDemonstration: Bool { ring.isDemonstration }
    package func signer(of role: KeyRole) throws -> any Signer { try ring.signer(of: role, now: time.now()) }
    package func publicKey(of role: KeyRole) throws -> PublicKey { try ring.publicKey(of: role, now: time.now()) }
    package func retire(_ role: KeyRole, countsUntil instant: Instant) throws {
        try ring.retire(role, countsUntil: instant)
    }
    package func isInHardware(_ role: KeyRole) -> Bool { false }
}

/// Keys of which some lie in a hardware token, each under its role's name as label; the others are a ring's.
package struct HardwareSealKeys: SealKeys {
    private let ring: RingSealKeys
    private let token: HardwareToken
    private let roles: Set<KeyRole>

    /// The keys of these roles are the token's. Roles of SM2 are refused when they are asked for
    /// (`HardwareRefusal.lacksAlgorithm`): PKCS#11 has no number for it.
    package init(ring: RingSealKeys, token: HardwareToken, roles: Set<KeyRole>) {
        (self.ring, self.token, self.roles) = (ring, token, roles)
    }

    package var isDemonstration: Bool { ring.isDemonstration }

    package func signer(of role: KeyRole) throws -> any Signer {
        try roles.contains(role) ? hardware(role) : ring.signer(of: role)
    }

    package func publicKey(of role: KeyRole) throws -> PublicKey {
        try roles.contains(role) ? .p256(hardware(role).publicKey) : ring.publicKey(of: role)
    }

    /// Only keys of the ring: the hall asks for no other, and a key in hardware stays.
    package func retire(_ role: KeyRole, countsUntil instant: Instant) throws {
        if !roles.contains(role) { try ring.retire(role, countsUntil: instant) }
    }

    package func isInHardware(_ role: KeyRole) -> Bool { roles.contains(role) }

    private func hardware(_ role: KeyRole) throws -> HardwareSigner {
        try HardwareSigner(token, label: role.description, algorithm: role.algorithm)
    }
}
