package import Vocabulary

/// Why somebody is not let in, or a password is not taken. None of them tells whether a login exists.
package enum LoginRefusal: Refusal, Equatable {
    /// The login is not known, its password is another one, or it belongs to another door: one answer for all three.
    case wrong
    /// Too many failures; the next try counts from this instant on.
    case wait(until: Instant)
    /// The session is not known, was ended, or has run out.
    case sessionEnded
    /// A form that this session did not get, or that was altered.
    case forged
    /// The login form was open for too long.
    case formExpired
    case passwordTooShort
    case passwordTooLong
    case passwordIsLogin
    case passwordTooCommon

    package var code: String {
        switch self {
        case .wrong: "login.wrong"
        case .wait: "login.wait"
        case .sessionEnded: "login.session-ended"
        case .forged: "login.forged"
        case .formExpired: "login.form-expired"
        case .passwordTooShort: "login.password-too-short"
        case .passwordTooLong: "login.password-too-long"
        case .passwordIsLogin: "login.password-is-login"
        case .passwordTooCommon: "login.password-too-common"
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .wrong, .sessionEnded: .unauthenticated
        case .wait: .tooMany
        case .forged, .formExpired: .forbidden
        case .passwordTooShort, .passwordTooLong, .passwordIsLogin, .passwordTooCommon: .invalid
        }
    }

    /// Every code of this kind of refusal.
    package static let codes = [
        "login.wrong", "login.wait", "login.session-ended", "login.forged", "login.form-expired",
        "login.password-too-short", "login.password-too-long", "login.password-is-login", "login.password-too-common",
    ]
}
