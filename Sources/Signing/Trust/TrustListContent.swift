package import Vocabulary

extension TrustList {
    /// What stands in a list.
    package struct Content: Sendable, Codable, Equatable {
        package let format: String
        /// Roots, SM2 and P-256.
        package let authorities: [X509Certificate]
        package let revokedCertificates: [RevokedCertificate]
        package let seals: [SealSpan]
        package let issuedAt: Instant
        /// The first instant at which the list is too old to be relied on.
        package let nextUpdate: Instant
        /// Of a demonstration: nothing that it vouches for has legal force.
        package let isDemonstration: Bool

        /// A list of this format, its parts in one order.
        package init(
            authorities: [X509Certificate], revoked: [RevokedCertificate], seals: [SealSpan],
            valid: (issuedAt: Instant, nextUpdate: Instant), isDemonstration: Bool
        ) {
            format = TrustList.format
            self.authorities = authorities.sorted { $0.fingerprint < $1.fingerprint }
            revokedCertificates = revoked.sorted { ($0.fingerprint, $0.revokedAt) < ($1.fingerprint, $1.revokedAt) }
            self.seals = seals.sorted { $0.id < $1.id }
            (issuedAt, nextUpdate) = valid
            self.isDemonstration = isDemonstration
        }

        var isWithinLimits: Bool {
            format == TrustList.format && (1...TrustList.authoritiesMax).contains(authorities.count)
                && revokedCertificates.count <= TrustList.revocationsMax && seals.count <= TrustList.sealsMax
                && issuedAt < nextUpdate && Set(seals.map(\.id)).count == seals.count
                && seals.allSatisfy { $0.suspensions.count <= SealSpan.suspensionsMax }
        }
    }

    /// A certificate whose signatures do not count from an instant on.
    package struct RevokedCertificate: Sendable, Codable, Hashable {
        /// SHA-256 of its DER, in hexadecimal digits.
        package let fingerprint: String
        package let revokedAt: Instant

        package init(fingerprint: String, revokedAt: Instant) {
            (self.fingerprint, self.revokedAt) = (fingerprint, revokedAt)
        }
    }

    /// A seal, and when it was good for nothing.
    package struct SealSpan: Sendable, Codable, Hashable {
        /// LIMIT: suspensions of one seal.
        package static let suspensionsMax = 64
        /// The seal's number (esID).
        package let id: String
        package let body: CreditCode
        package let validFrom: Instant
        package let validUntil: Instant
        package let suspensions: [Suspension]
        package let revokedAt: Instant?

        package init(
            id: String, body: CreditCode, valid: (from: Instant, until: Instant), suspensions: [Suspension],
            revokedAt: Instant?
        ) {
            (self.id, self.body, self.suspensions, self.revokedAt) = (id, body, suspensions, revokedAt)
            (validFrom, validUntil) = valid
        }
    }

    /// From one instant until before another; open while it lasts.
    package struct Suspension: Sendable, Codable, Hashable {
        package let from: Instant
        package let until: Instant?

        package init(from: Instant, until: Instant?) {
            (self.from, self.until) = (from, until)
        }
    }
}
