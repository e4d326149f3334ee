extension KeyDescription {
    /// The key as verifiers take it. Refuses text that is no key of the role.
    package func verificationKey() throws -> PublicKey {
        guard let bytes = Hex.bytes(publicKey) else { throw KeyRefusal.malformedKey }
        return switch role.algorithm {
        case .ed25519: .ed25519(try Ed25519PublicKey(rawRepresentation: bytes))
        case .sm2: .sm2(try SM2PublicKey(point: bytes))
        case .es256: .p256(try P256PublicKey(point: bytes))
        }
    }
}
