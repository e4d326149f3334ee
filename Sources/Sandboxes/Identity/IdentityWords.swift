import Vocabulary

/// What the provider says of somebody, in tokens and where it is asked for particulars.
package struct IdentityWords: Sendable {
    /// LIMIT: seconds for which a token counts.
    static let tokenSeconds = 300
    static let logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

    let issuer: String
    let client: String
    /// Whether name, number and telephone are said at `/userinfo` alone.
    let keepsParticulars: Bool

    package init(issuer: String, client: String, keepsParticulars: Bool) {
        (self.issuer, self.client, self.keepsParticulars) = (issuer, client, keepsParticulars)
    }

    /// What goes wrong in one token.
    struct Wrong: Sendable {
        var faults: Set<IdentityFault> = []
        var clockOffSeconds = 0
    }

    /// The token of a sign-in.
    func idToken(_ grant: IdentityGrant, at now: Instant, _ wrong: Wrong = Wrong()) -> [String: JSONValue] {
        let seconds = Int(now.milliseconds / 1000) + (wrong.faults.contains(.clockOff) ? wrong.clockOffSeconds : 0)
        let level = wrong.faults.contains(.lowerLevel) ? grant.level.lower : grant.level
        var claims: [String: JSONValue] = [
            "iss": .text(issuer), "sub": .text(grant.person.subject), "sid": .text(grant.sid),
            "aud": .text(wrong.faults.contains(.wrongAudience) ? "another-house" : client), "acr": .text(level.acr),
            "iat": .number(seconds), "exp": .number(seconds + Self.tokenSeconds),
            "auth_time": .number(Int(grant.at.milliseconds / 1000)),
        ]
        let isWrongNonce = wrong.faults.contains(.wrongNonce)
        claims["nonce"] = isWrongNonce ? .text("another-sign-in") : grant.request.nonce.map(JSONValue.text)
        if !keepsParticulars { claims.merge(particulars(grant, wrong)) { _, said in said } }
        return claims
    }

    /// What is said at `/userinfo`.
    func userInfo(_ grant: IdentityGrant, _ wrong: Wrong = Wrong()) -> [String: JSONValue] {
        particulars(grant, wrong).merging(["sub": .text(grant.person.subject)]) { said, _ in said }
    }

    /// Only what the scopes ask for.
    private func particulars(_ grant: IdentityGrant, _ wrong: Wrong) -> [String: JSONValue] {
        var said: [String: JSONValue] = [:]
        if grant.request.asked.contains("profile") {
            said["name"] = .text(grant.person.name)
            let isOther = wrong.faults.contains(.otherNumber)
            said["identity_number"] = .text(isOther ? grant.person.otherNumber : grant.person.number.number)
        }
        if grant.request.asked.contains("phone") {
            said["phone_number"] = grant.person.mobile.map { .text("+86 \($0.number)") }
        }
        return said
    }

    /// The message that somebody signed out here (OpenID Connect Back-Channel Logout section 2.4).
    func logout(_ session: IdentitySession, message: String, at now: Instant) -> [String: JSONValue] {
        let seconds = Int(now.milliseconds / 1000)
        return [
            "iss": .text(issuer), "aud": .text(client), "iat": .number(seconds), "exp": .number(seconds + 120),
            "jti": .text(message), "sub": .text(session.person.subject), "sid": .text(session.sid),
            "events": .record([Self.logoutEvent: .record([:])]),
        ]
    }

    /// What the provider says of itself (OpenID Connect Discovery section 3).
    func metadata(_ algorithm: SandboxKey.Algorithm) -> JSONValue {
        func texts(_ words: [String]) -> JSONValue { .list(words.map(JSONValue.text)) }
        return .record([
            "issuer": .text(issuer), "authorization_endpoint": .text(issuer + IdentityAddress.signIn.path),
            "token_endpoint": .text(issuer + IdentityAddress.token.path),
            "jwks_uri": .text(issuer + IdentityAddress.keys.path),
            "userinfo_endpoint": .text(issuer + IdentityAddress.userInfo.path),
            "end_session_endpoint": .text(issuer + IdentityAddress.signOut.path),
            "response_types_supported": texts(["code"]), "subject_types_supported": texts(["public"]),
            "id_token_signing_alg_values_supported": texts([algorithm.rawValue]),
            "code_challenge_methods_supported": texts(["S256"]), "scopes_supported": texts(SignInRequest.scopes),
            "token_endpoint_auth_methods_supported": texts(["client_secret_basic"]),
            "acr_values_supported": texts(AssuranceLevel.allCases.map(\.acr)),
            "backchannel_logout_supported": .flag(true), "backchannel_logout_session_supported": .flag(true),
            "authorization_response_iss_parameter_supported": .flag(true),
        ])
    }
}

/// The addresses of the protocol.
enum IdentityAddress: String, CaseIterable, Sendable {
    case metadata = "/.well-known/openid-configuration"
    case keys = "/jwks"
    case signIn = "/authorize"
    case token = "/token"
    case userInfo = "/userinfo"
    case signOut = "/logout"

    var path: String { rawValue }
}
