package import Certificates
package import Signing
import Vocabulary

/// The code on a face: what it says by itself, and what the register says now.
extension Hall {
    /// What a code holds, whether the body signed it, and how the certificate stands.
    package struct FaceCode: Sendable {
        package let claims: CertificateClaims
        /// Whether the issuing body's key signed the claims; needs no connection.
        package let verdict: SignatureVerdict
        /// How the certificate stands in the register today; nil where the register does not know it.
        package let standing: Certificate.Standing?
        /// Whether the register holds the same data.
        package let agrees: Bool

        /// Signed by the body, known, in force and unchanged.
        package var isGood: Bool { verdict == .valid && standing == .valid && agrees }
    }

    /// Reads the code of a face, its letters in either case. Refuses what is no such code.
    package func faceCode(_ text: String, trusting keys: TrustedKeys) async throws -> FaceCode {
        guard let bytes = Base32.bytes(text.uppercased()) else { throw CertificateRefusal.malformedCode }
        let token: COSEToken
        do throws(COSERefusal) {
            token = try COSEToken(bytes)
        } catch {
            throw CertificateRefusal.malformedCode
        }
        guard let claims = CertificateClaims(token) else { throw CertificateRefusal.malformedCode }
        let found = try await register.answer(claims.identifier)?.certificate
        return FaceCode(
            claims: claims, verdict: try verdict(on: token, claims, found, keys),
            standing: found?.standing(on: time.now().day), agrees: found?.dataDigest == claims.digest)
    }

    private func verdict(
        on token: COSEToken, _ claims: CertificateClaims, _ found: Certificate?, _ keys: TrustedKeys
    ) throws -> SignatureVerdict {
        guard let trusted = keys[token.keyID] else { return .untrusted(.unknownKey) }
        guard trusted.owner == claims.identifier.issuer, try token.verifies(with: trusted.key) else { return .invalid }
        // A code says the day only; the instant is the register's.
        guard let madeAt = found?.filing?.signedAt else { return .valid }
        if madeAt < trusted.validFrom { return .untrusted(.notYetValid) }
        if let revokedFrom = trusted.revokedFrom, madeAt >= revokedFrom { return .untrusted(.revoked) }
        return madeAt >= trusted.validUntil ? .untrusted(.expired) : .valid
    }
}
