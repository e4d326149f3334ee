package import Signing
package import Vocabulary

/// What a verifier brings along: whom it trusts, what it knows of statuses, and what time it is.
package struct FileTrust: Sendable {
    package let authorities: TrustedAuthorities
    /// What is known of certificates and seals; nil where there is no list, and every status undetermined.
    package let list: TrustList?
    package let now: Instant

    /// Trusts the authorities of a list.
    package init(_ list: TrustList, now: Instant) {
        authorities = list.authorities
        self.list = list
        self.now = now
    }

    /// Trusts these authorities, and knows no status.
    package init(_ authorities: TrustedAuthorities, now: Instant) {
        self.authorities = authorities
        list = nil
        self.now = now
    }
}
