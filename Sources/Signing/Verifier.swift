package import Vocabulary

/// What a verifier says about a signature.
package enum SignatureVerdict: Sendable, Equatable {
    /// A trusted key made it over these bytes, at an instant at which its signatures count.
    case valid
    /// The bytes, the signature or its encoding are not what the key made.
    case invalid
    /// Nobody can rely on it, for this reason.
    case untrusted(UntrustedReason)
    /// The algorithm is none that we verify: neither valid nor invalid.
    case unsupported
}

/// Why nobody can rely on a signature.
package enum UntrustedReason: String, Sendable, Codable, CaseIterable {
    /// Made by a simulation with a key that everybody can compute.
    case simulation
    /// No trusted key has this id.
    case unknownKey = "unknown-key"
    /// Made before the key was valid.
    case notYetValid = "not-yet-valid"
    /// Made after the key's last day.
    case expired
    /// Made when the key was revoked.
    case revoked
}

/// Judges signatures against a set of trusted keys. Synchronous; may be called from any number of threads at once.
package struct Verifier: Sendable {
    /// The keys it trusts.
    package let trusted: TrustedKeys

    /// Judges against these keys.
    package init(trusted: TrustedKeys) {
        self.trusted = trusted
    }

    /// The verdict on a signature over the message, made at the given instant. Throws only when libcrypto fails.
    ///
    /// One under the key id `simulation` is untrusted whatever else it says; then, one of an unknown algorithm is
    /// unsupported whatever its key id; then, one that does not match is invalid whatever the state of its key.
    package func verdict(
        on signature: Signature, of message: [UInt8], madeAt instant: Instant
    ) throws -> SignatureVerdict {
        if signature.keyID == SimulationSigner.simulationKeyID { return .untrusted(.simulation) }
        guard let algorithm = SignatureAlgorithm(rawValue: signature.algorithm) else { return .unsupported }
        guard let trusted = trusted[signature.keyID] else { return .untrusted(.unknownKey) }
        guard trusted.key.algorithm == algorithm, try trusted.key.verifies(signature.bytes, of: message) else {
            return .invalid
        }
        if instant < trusted.validFrom { return .untrusted(.notYetValid) }
        if let revokedFrom = trusted.revokedFrom, instant >= revokedFrom { return .untrusted(.revoked) }
        if instant >= trusted.validUntil { return .untrusted(.expired) }
        return .valid
    }
}
