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
    /// Destroys the private key of a role, so that the next one asked for is new. What it signed goes on counting.
    func retire(_ role: KeyRole) throws
    /// Looks again which key the role has: another process may have retired one.
    func refresh(_ role: KeyRole)
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
    package func retire(_ role: KeyRole) throws { try ring.retire(role) }
    package func refresh(_ role: KeyRole) { ring.refresh(role) }
}
