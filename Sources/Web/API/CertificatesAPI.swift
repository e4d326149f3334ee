import Certificates
import Hall
import Hummingbird
import Signing
import Vocabulary

/// `GET /api/v1/certificates/{identifier}/verification`: what is true of an identifier, and why. Open to everybody.
struct CertificatesAPI {
    let site: Site

    private struct Answer: Encodable {
        let identifier: String
        /// In force by the register, under a signature that counts.
        let isGood: Bool
        let register: String
        /// `valid`, `invalid`, `untrusted`, `unsupported`, or `undetermined` while there is none.
        let signature: String
        /// Why nobody can rely on the signature; only when it is untrusted.
        let untrustedBecause: String?
        let type: String
        let typeName: String?
        let issuer: String
        let issuerName: String?
        let number: String
        /// A person's name is masked.
        let holder: String?
        let validFrom: CivilDate
        /// Missing for long-term.
        let validUntil: CivilDate?
    }

    func verification(_ request: Request, _ context: SiteContext) async throws -> Response {
        let found = try await site.hall.verify(
            try context.parameters.require("identifier"), trusting: try site.trustedKeys())
        let reservation = found.certificate.reservation
        let personal = found.certificate.personal
        let reason: UntrustedReason? = if case .untrusted(let reason)? = found.verdict { reason } else { nil }
        return try .json(
            Answer(
                identifier: reservation.identifier.description, isGood: found.isGood,
                register: found.standing.rawValue, signature: Self.name(found.verdict),
                untrustedBecause: reason?.rawValue, type: reservation.identifier.type,
                typeName: personal?.typeName, issuer: reservation.identifier.issuer.code,
                issuerName: personal?.issuerName, number: reservation.identifier.serial,
                holder: found.maskedHolder, validFrom: reservation.validFrom, validUntil: reservation.validUntil))
    }

    private static func name(_ verdict: SignatureVerdict?) -> String {
        switch verdict {
        case .valid: "valid"
        case .invalid: "invalid"
        case .untrusted: "untrusted"
        case .unsupported: "unsupported"
        case nil: "undetermined"
        }
    }
}
