package import Vocabulary

/// What the sharing service gives to whom.
package enum SharingRules {
    /// LIMIT: characters of a reason (useCause).
    package static let causeCharactersMax = 200
    /// LIMIT: seconds by which the clock of a caller may differ from ours. A nonce is remembered for twice as long.
    package static let clockSeconds: Int64 = 300
    /// LIMIT: characters of a nonce.
    package static let nonceCharacters = 16...64

    /// Whether a call made at an instant by the caller's clock is taken now.
    package static func check(madeAt: Instant, now: Instant) throws(SharingRefusal) {
        let difference = now.milliseconds.subtractingReportingOverflow(madeAt.milliseconds)
        guard !difference.overflow, abs(difference.partialValue) <= clockSeconds * 1000 else { throw .staleCall }
    }

    /// Whether a nonce has its shape: printable ASCII without spaces.
    package static func check(nonce: String) throws(SharingRefusal) {
        guard nonceCharacters.contains(nonce.utf8.count), nonce.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .malformed
        }
    }

    /// Whether a reason was given.
    package static func check(cause: String) throws(SharingRefusal) {
        guard (1...causeCharactersMax).contains(cause.count), !cause.unicodeScalars.contains("\0") else {
            throw .causeMissing
        }
    }

    /// Whether answers can be given to a caller at all.
    package static func check(_ caller: SharingCaller) throws(SharingRefusal) {
        if caller.network == .outside, caller.publicKey == nil { throw .noReplyKey }
    }

    /// Whether a caller may ask for certificates of a type: it has the permission, and the type is shared with such
    /// callers. `issuer` is the body that issued the certificate, where one is known. A type that is shared with its
    /// issuer alone is not published for anybody else.
    package static func check(
        _ caller: SharingCaller, asks kind: CertificateKind?, isPermitted: Bool, issuer: CreditCode? = nil
    ) throws(SharingRefusal) {
        guard let kind else { throw .unknownType }
        switch kind.handling.sharing {
        case .permitted: break
        case .city:
            let isOfCity = caller.body.map { $0.regionCode.hasPrefix(cityPrefix) } ?? false
            guard isOfCity || caller.network == .local else { throw .noPermission }
        case .issuer:
            guard let body = caller.body else { throw .unknownType }
            if let issuer, issuer != body { throw .unknownType }
        }
        guard isPermitted else { throw .noPermission }
    }

    /// How the codes of the bodies of Fuzhou and its counties go on (GB/T 2260).
    private static let cityPrefix = "3501"

    /// Whether a certificate can be shared on a day: only what is in force.
    package static func check(_ certificate: Certificate, on day: CivilDate) throws(SharingRefusal) {
        switch certificate.sharing(on: day) {
        case .valid: break
        case .ended: throw .ended
        case .expired: throw .expired
        case .restricted: throw .restricted
        case .notInForce: throw .notInForce
        }
    }
}
