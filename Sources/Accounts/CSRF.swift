import Crypto
import Foundation
package import Vocabulary

/// The token in a form of somebody who is signed in: HMAC-SHA256 of the form's purpose under the session's own key.
/// Another site cannot know it; another session's, or another form's, is refused.
package enum CSRF {
    /// The token for a form. `purpose` names what the form does, such as its path.
    package static func token(for purpose: String, session: SessionToken) -> String {
        Hex.text(HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: session.formKey))
    }

    /// Refuses a token that is not this session's for this purpose. The comparison takes the same time whatever
    /// differs.
    package static func verify(
        _ token: String, for purpose: String, session: SessionToken
    ) throws(LoginRefusal) {
        guard let code = Hex.bytes(token, count: 32),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(purpose.utf8), using: session.formKey)
        else { throw .forged }
    }
}

/// The token in a login form, where there is no session yet: the browser's cookie carries a random nonce, the form an
/// HMAC over the nonce, the purpose and the last instant at which it is taken. Another site has neither.
package struct LoginForm: Sendable {
    /// How long a form may stay open.
    package static let openSeconds: Int64 = 3600

    /// What goes into the cookie: 64 hexadecimal digits.
    package let nonce: String

    /// A new form.
    package init(_ dice: Dice) {
        nonce = Hex.text(dice.bytes(32))
    }

    /// The form whose nonce came back in the cookie; nil unless it has its shape.
    package init?(nonce: String) {
        guard Hex.bytes(nonce, count: 32) != nil else { return nil }
        self.nonce = nonce
    }

    /// The token for the form, `milliseconds.hmac`.
    package func token(for purpose: String, now: Instant, key: AccountKey) -> String {
        let until = now.advanced(bySeconds: Self.openSeconds).milliseconds
        let code = HMAC<SHA256>.authenticationCode(for: message(purpose, until), using: key.key(for: .loginForms))
        return "\(until)." + Hex.text(code)
    }

    /// Refuses a token that was not made for this nonce and purpose, or whose time is over.
    package func verify(
        _ token: String, for purpose: String, now: Instant, key: AccountKey
    ) throws(LoginRefusal) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let until = Int64(parts[0]), let code = Hex.bytes(parts[1], count: 32),
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: message(purpose, until), using: key.key(for: .loginForms))
        else { throw .forged }
        guard now < Instant(milliseconds: until) else { throw .formExpired }
    }

    private func message(_ purpose: String, _ until: Int64) -> [UInt8] {
        Array("\(nonce)\n\(until)\n\(purpose)".utf8)
    }
}
