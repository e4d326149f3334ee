import Vocabulary

/// What a token must say to count here, after its signature was found right (OpenID Connect Core section 3.1.3.7 and
/// Back-Channel Logout section 2.6).
enum TokenRules {
    /// LIMIT: seconds by which the provider's clock may be off.
    static let toleranceSeconds: Int64 = 60
    /// LIMIT: seconds since a token was made; an older one was kept by somebody.
    static let ageSecondsMax: Int64 = 600
    /// LIMIT: bytes of what a provider calls somebody (OpenID Connect Core section 2).
    static let subjectBytesMax = 255
    static let logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

    /// For whom a token must be.
    struct Expected: Sendable {
        let issuer: String
        let client: String
        let now: Instant
    }

    /// Checks the token of a sign-in and answers the subject.
    static func signIn(_ claims: Claims, nonce: String, _ expected: Expected) throws(ProviderRefusal) -> String {
        try common(claims, expected)
        guard let until = claims.instant("exp") else { throw .tokenMalformed }
        guard expected.now < until.advanced(bySeconds: toleranceSeconds) else { throw .tokenTime }
        guard claims.text("nonce") == nonce else { throw .tokenNonce }
        guard let subject = subject(claims) else { throw .tokenMalformed }
        return subject
    }

    /// Checks the message that somebody signed out at the provider, and answers whose sessions end.
    static func signOut(_ claims: Claims, _ expected: Expected) throws(ProviderRefusal) -> Ending {
        try common(claims, expected)
        if let until = claims.instant("exp"), expected.now >= until.advanced(bySeconds: toleranceSeconds) {
            throw .tokenTime
        }
        // A token of a sign-in has a nonce; it must not pass for the other kind.
        guard claims.values["nonce"] == nil, claims.has(logoutEvent, in: "events"), let subject = subject(claims),
            let message = claims.text("jti"), message.utf8.count <= subjectBytesMax
        else { throw .tokenMalformed }
        return Ending(subject: subject, sid: claims.text("sid"), message: message)
    }

    /// Whose sessions end.
    struct Ending: Equatable, Sendable {
        let subject: String
        let sid: String?
        let message: String
    }

    private static func common(_ claims: Claims, _ expected: Expected) throws(ProviderRefusal) {
        guard claims.text("iss") == expected.issuer else { throw .tokenIssuer }
        let audience = claims.texts("aud")
        let party = claims.text("azp")
        guard audience.contains(expected.client), party == nil || party == expected.client,
            audience.count == 1 || party != nil
        else { throw .tokenAudience }
        guard let made = claims.instant("iat") else { throw .tokenMalformed }
        let begins = claims.instant("nbf") ?? made
        guard max(made, begins) <= expected.now.advanced(bySeconds: toleranceSeconds),
            expected.now <= made.advanced(bySeconds: ageSecondsMax + toleranceSeconds)
        else { throw .tokenTime }
    }

    private static func subject(_ claims: Claims) -> String? {
        claims.text("sub").flatMap { $0.utf8.count <= subjectBytesMax ? $0 : nil }
    }
}
