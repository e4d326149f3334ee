import Crypto
import Foundation
import Vocabulary

/// Something that was looked at in what the house did.
struct IdentityFinding: Sendable, Equatable {
    let check: IdentityCheck
    let isGood: Bool
    let found: String

    init(_ check: IdentityCheck, _ isGood: Bool, _ found: String) {
        (self.check, self.isGood, self.found) = (check, isGood, found)
    }
}

/// What a house asks when it sends somebody to sign in (RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect
/// Core section 3.1.2.1).
struct SignInRequest: Sendable, Equatable {
    /// LIMIT: characters of a state and of a nonce: fewer are guessed.
    static let unguessable = 16...2048
    /// What may be asked for.
    static let scopes = ["openid", "profile", "phone"]

    let redirect: String
    let state: String?
    let nonce: String?
    let challenge: String
    let asked: Set<String>
    let levels: [String]

    /// Why somebody cannot sign in for this request.
    enum Unfit: Error, Equatable {
        /// Nobody is sent back: it is not known whose request it is.
        case stays(String)
        /// Sent back with an error.
        case goesBack(to: String, state: String?, error: String)
    }

    /// Reads a request and says what was noticed of it.
    static func read(_ form: FormText, of client: SandboxClient) -> (Result<SignInRequest, Unfit>, [IdentityFinding]) {
        let (redirect, name) = (form["redirect_uri"] ?? "", form["client_id"] ?? "")
        let isOurs = client.places.redirects.contains(redirect)
        var findings = [IdentityFinding(.redirect, isOurs, "redirect_uri \(redirect)")]
        guard name == client.id, isOurs else {
            findings.append(IdentityFinding(.request, name == client.id, "client_id \(name)"))
            return (.failure(.stays(isOurs ? "client_id" : "redirect_uri")), findings)
        }
        let challenge = form["code_challenge"] ?? ""
        let scopes = (form["scope"] ?? "").split(separator: " ").map(String.init)
        let levels = (form["acr_values"] ?? "").split(separator: " ").map(String.init)
        let known = AssuranceLevel.allCases.map(\.acr) + AssuranceLevel.allCases.map(\.rawValue)
        let (state, nonce) = (form["state"], form["nonce"])
        let looked = [
            IdentityFinding(.request, form["response_type"] == "code", "response_type \(form["response_type"] ?? "")"),
            IdentityFinding(
                .pkce, form["code_challenge_method"] == "S256" && isChallenge(challenge),
                "code_challenge_method \(form["code_challenge_method"] ?? "none"), \(challenge.count) characters"),
            IdentityFinding(.state, isUnguessable(state), "a state of \(state?.count ?? 0) characters"),
            IdentityFinding(.nonce, isUnguessable(nonce), "a nonce of \(nonce?.count ?? 0) characters"),
            IdentityFinding(
                .scopes, scopes.first == "openid" && scopes.allSatisfy(Self.scopes.contains),
                "scope \(form["scope"] ?? "")"),
            IdentityFinding(.levels, levels.allSatisfy(known.contains), "acr_values \(form["acr_values"] ?? "")"),
        ]
        findings += looked
        let errors = [
            (IdentityCheck.request, "unsupported_response_type"), (.pkce, "invalid_request"),
        ]
        let error =
            errors.first { check, _ in looked.contains { $0.check == check && !$0.isGood } }?.1
            ?? (scopes.contains("openid") ? nil : "invalid_scope")
        if let error { return (.failure(.goesBack(to: redirect, state: state, error: error)), findings) }
        let request = SignInRequest(
            redirect: redirect, state: state, nonce: nonce, challenge: challenge, asked: Set(scopes), levels: levels)
        return (.success(request), findings)
    }

    private static func isUnguessable(_ text: String?) -> Bool {
        unguessable.contains(text?.count ?? 0)
    }

    /// 32 bytes in base 64 are 43 characters.
    private static func isChallenge(_ text: String) -> Bool { text.count == 43 && text.utf8.allSatisfy(isUnreserved) }

    private static func isUnreserved(_ byte: UInt8) -> Bool { FormText.encoded(String(UnicodeScalar(byte))).count == 1 }

    /// Whether a verifier is that of the challenge (RFC 7636 section 4.6): 43 to 128 characters.
    func isVerified(by verifier: String?) -> Bool {
        guard let verifier, (43...128).contains(verifier.utf8.count), verifier.utf8.allSatisfy(Self.isUnreserved)
        else { return false }
        return PlainBase64.text(SHA256.hash(data: Array(verifier.utf8))) == challenge
    }

    /// Where somebody is sent back with a code or an error.
    static func back(_ redirect: String, state: String?, _ pairs: [(String, String?)]) -> String {
        FormText.address(redirect, pairs + [("state", state)])
    }
}
