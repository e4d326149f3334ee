import Foundation
package import Vocabulary

/// Trust lists that are not read.
package enum TrustListRefusal: String, Refusal, CaseIterable {
    /// Not a trust list, or beyond the limits of one.
    case malformed = "signing.malformed-trust-list"
    /// The authority that it names did not sign it.
    case wrongSignature = "signing.wrong-trust-list-signature"
    /// Signed by an authority that it does not hold itself, or by another one than was asked for.
    case unknownAuthority = "signing.unknown-trust-list-authority"

    /// Every code, for `docs/codes.md`.
    package static let codes = allCases.map(\.rawValue)

    package var code: String { rawValue }
    package var kind: RefusalKind { .invalid }
}

/// What a list says about a certificate or a seal.
package enum TrustStatus: Sendable, Equatable {
    case good
    case suspended
    /// Taken back from this instant on.
    case revoked(Instant)
    /// The list says nothing about it.
    case unknown
}

/// What a verifier needs that cannot ask: whom to trust, and what was taken back. Signed by the seal authority.
///
/// Two lines of canonical JSON: the list, and the signature over the bytes of the first line. A list proves nothing
/// about the authority that signed it: whoever takes it in must have it from the house itself, or name the authority.
package struct TrustList: Sendable {
    /// LIMIT: bytes of a list.
    package static let bytesMax = 16 << 20
    /// LIMIT: authorities of a list.
    package static let authoritiesMax = 64
    /// LIMIT: certificates that were taken back.
    package static let revocationsMax = 100_000
    /// LIMIT: seals of a list.
    package static let sealsMax = 20_000
    static let format = "onewindow-trust-list-1"

    package let content: Content
    /// The authority that signed.
    package let signer: X509Certificate
    /// The authorities that count.
    package let authorities: TrustedAuthorities
    private let revocations: [String: Instant]
    private let seals: [String: SealSpan]

    /// Reads a list and verifies its signature. With `anchor`, only that authority's signature counts; without, that
    /// of any authority in the list. `TrustListRefusal` says what is wrong.
    package init(reading bytes: [UInt8], anchor: X509Certificate? = nil) throws {
        guard bytes.count <= Self.bytesMax else { throw TrustListRefusal.malformed }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3, lines[2].isEmpty,
            let content = HeaderJSON.value(Array(lines[0]), as: Content.self),
            let seal = HeaderJSON.value(Array(lines[1]), as: ListSignature.self), content.isWithinLimits
        else { throw TrustListRefusal.malformed }
        let candidates = anchor.map { [$0] } ?? content.authorities
        guard let signer = candidates.first(where: { $0.fingerprint == seal.authority }), signer.isAuthority,
            case .sm2(let key) = signer.key
        else { throw TrustListRefusal.unknownAuthority }
        guard let signature = CanonicalBase64.bytes(seal.signature), try key.verifies(signature, of: Array(lines[0]))
        else { throw TrustListRefusal.wrongSignature }
        self.init(content, signer)
    }

    /// Signs a list with an SM2 authority's key. Refuses what goes beyond the limits, and a key that is not the
    /// authority's.
    package static func signed(
        _ content: Content, by signer: any Signer, authority: X509Certificate
    ) throws -> [UInt8] {
        guard content.isWithinLimits else { throw TrustListRefusal.malformed }
        let list = try CanonicalJSON.bytes(of: content)
        let seal = ListSignature(
            authority: authority.fingerprint, signature: CanonicalBase64.text(try signer.sign(list)))
        let bytes = list + [UInt8(ascii: "\n")] + (try CanonicalJSON.bytes(of: seal)) + [UInt8(ascii: "\n")]
        _ = try TrustList(reading: bytes, anchor: authority)
        return bytes
    }

    private init(_ content: Content, _ signer: X509Certificate) {
        (self.content, self.signer) = (content, signer)
        authorities = TrustedAuthorities(content.authorities)
        revocations = Dictionary(
            content.revokedCertificates.map { ($0.fingerprint, $0.revokedAt) }, uniquingKeysWith: min)
        seals = Dictionary(content.seals.map { ($0.id, $0) }) { first, _ in first }
    }

    private struct ListSignature: Codable {
        let authority: String
        let signature: String
    }

    /// Whether the list may still be relied on: before `nextUpdate`. What an older one says is undetermined.
    package func isCurrent(at now: Instant) -> Bool { now < content.nextUpdate }

    /// What the list says about a certificate at an instant: `unknown` when none of its authorities is named as the
    /// issuer. Whether the issuer signed it is for `authorities.verdict` to say.
    package func status(ofCertificate certificate: X509Certificate, at instant: Instant) -> TrustStatus {
        if let revokedAt = revocations[certificate.fingerprint], revokedAt <= instant { return .revoked(revokedAt) }
        let isKnown = content.authorities.contains { $0 == certificate || certificate.names($0) }
        return isKnown ? .good : .unknown
    }

    /// What the list says about the seal of this number (esID) at an instant. Its period stands in the seal itself.
    package func status(ofSeal id: String, at instant: Instant) -> TrustStatus {
        guard let span = seals[id] else { return .unknown }
        if let revokedAt = span.revokedAt, revokedAt <= instant { return .revoked(revokedAt) }
        let isSuspended = span.suspensions.contains { pause in
            pause.from <= instant && pause.until.map { instant < $0 } ?? true
        }
        return isSuspended ? .suspended : .good
    }
}
