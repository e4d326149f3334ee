import Crypto
package import Vocabulary

/// What is true of a certificate that shall stand behind a signature under a document.
package enum ChainVerdict: String, Equatable, Sendable, Codable, CaseIterable {
    /// A trusted authority gave it out, and it and every authority between were valid at the instant.
    case trusted
    /// No trusted authority stands behind it, or only one that may not give it out.
    case unknownAuthority
    case notYetValid
    case expired
    /// Its own usage does not cover signatures under documents, or it has a critical extension that nobody here knows.
    case notForSigning
    /// It names an authority that is at hand, whose key did not sign it.
    case wrongSignature
}

/// The authorities whose certificates count.
package struct TrustedAuthorities: Sendable {
    /// LIMIT: roots in one set.
    package static let rootsMax = 256
    /// LIMIT: certificates that come along with a signature and are looked at.
    package static let companionsMax = 16
    /// LIMIT: certificates of one chain, the root included.
    package static let chainMax = 5
    /// LIMIT: signatures that are checked for one verdict: certificates that all name each other must not cost more.
    static let checksMax = 32
    /// LIMIT: signatures and certificates that are remembered, and bytes of one such certificate.
    private static let signaturesMax = 4096
    private static let certificatesMax = 1024
    private static let certificateBytesMax = 16_384

    /// The roots, as they were given.
    package let roots: [X509Certificate]
    /// Certificates by their bytes, and signatures that were found right, by the digests of all that the check looks
    /// at. The same seals, makers and bodies come again and again, and what a certificate says and whether a key signed
    /// does not change. Wrong ones are not remembered, and validity is judged each time.
    private let certificates = Remembered<[UInt8], X509Certificate>(limit: certificatesMax)
    private let right = Remembered<[UInt8], Bool>(limit: signaturesMax)

    /// A set of at most `rootsMax` roots; more are a bug of whoever reads them in.
    package init(_ roots: [X509Certificate]) {
        precondition(roots.count <= Self.rootsMax, "more roots than one set takes")
        self.roots = roots
    }

    /// Whether this very certificate is one of the roots.
    package func contains(_ certificate: X509Certificate) -> Bool { roots.contains(certificate) }

    /// Reads a certificate, or remembers what was read. Refuses what `X509Certificate.init(der:)` refuses.
    package func certificate(der: [UInt8]) throws(KeyRefusal) -> X509Certificate {
        guard der.count <= Self.certificateBytesMax else { return try X509Certificate(der: der) }
        return try certificates.value(for: der) { () throws(KeyRefusal) in try X509Certificate(der: der) }
    }

    /// Whether an SM2 key signed the bytes: for what comes with many files, such as a seal.
    package func hasSigned(_ bytes: [UInt8], signature: [UInt8], by key: SM2PublicKey) throws -> Bool {
        try isRight([key.der, bytes, signature]) { try key.verifies(signature, of: bytes) }
    }

    /// Whether a check says yes, or did so before. `parts` are all that it looks at.
    private func isRight(_ parts: [[UInt8]], check: () throws -> Bool) throws -> Bool {
        let name = parts.flatMap { SHA256.hash(data: $0) }
        if right.known(name) == true { return true }
        guard try check() else { return false }
        right.keep(true, for: name)
        return true
    }

    /// What is true of the certificate at an instant. `companions` may hold certificates between it and a root, in any
    /// order; only the first `companionsMax` count.
    ///
    /// Of several faults the one is named that is nearest to the certificate: first its usage, then its signature and
    /// authority, then validity. Revocation is not looked at: `TrustList` knows it. Throws only when libcrypto fails.
    package func verdict(
        on certificate: X509Certificate, at instant: Instant, among companions: [X509Certificate]
    ) throws -> ChainVerdict {
        guard certificate.maySign, !certificate.content.extensions.hasUnknownCritical else { return .notForSigning }
        let between = Array(companions.prefix(Self.companionsMax))
        var checks = Self.checksMax
        return try verdict(on: certificate, at: instant, among: between, below: 0, &checks)
    }

    /// The best verdict over every way up. `below` is the number of authorities that stand below this certificate's
    /// issuer already.
    private func verdict(
        on certificate: X509Certificate, at instant: Instant, among companions: [X509Certificate], below: Int,
        _ checks: inout Int
    ) throws -> ChainVerdict {
        let own: ChainVerdict =
            certificate.isValid(at: instant) ? .trusted : instant < certificate.validFrom ? .notYetValid : .expired
        if roots.contains(certificate) { return own }
        guard below + 1 < Self.chainMax else { return .unknownAuthority }
        var best = ChainVerdict.unknownAuthority
        for issuer in roots + companions where certificate.names(issuer) && checks > 0 {
            checks -= 1
            let isSigned = try isRight([certificate.der, issuer.der]) {
                try certificate.isSigned(by: issuer)
            }
            guard isSigned else {
                if best == .unknownAuthority { best = .wrongSignature }
                continue
            }
            guard issuer.maySignCertificates(above: below) else { continue }
            let above = try verdict(
                on: issuer, at: instant, among: companions.filter { $0 != issuer }, below: below + 1, &checks)
            if above == .trusted { return own }
            if above == .notYetValid || above == .expired { best = own == .trusted ? above : own }
        }
        return best
    }
}

extension X509Certificate {
    /// Whether it says that the other one gave it out: by name, and by key where both name one.
    func names(_ issuer: X509Certificate) -> Bool {
        guard content.issuer.der == issuer.content.subject.der else { return false }
        guard let wanted = content.extensions.authorityKeyID, let key = issuer.content.extensions.subjectKeyID else {
            return true
        }
        return wanted == key
    }

    /// Whether it is an authority that may stand above so many other authorities.
    func maySignCertificates(above authorities: Int) -> Bool {
        isAuthority && !content.extensions.hasUnknownCritical
            && content.extensions.pathLength.map { authorities <= $0 } ?? true
    }
}
