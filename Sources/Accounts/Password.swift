import Foundation

/// A password that somebody may choose. It is held only until it is hashed.
package struct Password: Sendable, CustomStringConvertible {
    /// LIMIT: characters (Unicode scalars, after normalisation) of a password.
    package static let charactersMin = 10
    /// LIMIT: see `charactersMin`.
    package static let charactersMax = 128
    /// Fewer different characters than this is a password that everybody guesses.
    static let distinctMin = 4

    let bytes: [UInt8]

    /// Refuses a password that is too short or too long, that is the login itself, or that everybody guesses.
    package init(_ text: String, login: LoginName) throws(LoginRefusal) {
        guard let normal = Self.normalised(text) else { throw .passwordTooLong }
        let scalars = normal.unicodeScalars
        if scalars.count < Self.charactersMin { throw .passwordTooShort }
        if scalars.count > Self.charactersMax { throw .passwordTooLong }
        let lowered = normal.lowercased()
        if lowered == login.text { throw .passwordIsLogin }
        if Self.commonest.contains(lowered) || Set(lowered.unicodeScalars).count < Self.distinctMin {
            throw .passwordTooCommon
        }
        bytes = Array(normal.utf8)
    }

    /// Masked.
    package var description: String { "***" }

    /// The text in normal form KC, so that two keyboards type the same password; nil when it is far too long to look
    /// at.
    static func normalised(_ text: String) -> String? {
        guard text.utf8.count <= charactersMax * 4 else { return nil }
        return text.precomposedStringWithCompatibilityMapping
    }

    /// The commonest that are long enough, in lower case.
    private static let commonest: Set<String> = [
        "0123456789", "1234567890", "0987654321", "9876543210", "1234567891", "12345678910", "123456789123",
        "1234512345", "1122334455", "123123123123", "112233445566", "147258369147", "1472583690", "159753159753",
        "123456789a", "123456789q", "123456789abc", "a123456789", "q123456789", "w123456789", "qq123456789",
        "aa123456789", "abc123456789", "abc1234567", "abcd123456", "abcd1234567", "abcd12345678", "asd123456789",
        "qwe123456789", "zxc123456789", "qwertyuiop", "qwerty12345", "qwerty123456", "qwertyuiop123", "asdfghjkl123",
        "zxcvbnm123", "1q2w3e4r5t", "1q2w3e4r5t6y", "q1w2e3r4t5", "1qaz2wsx3edc", "1qazxsw23edc", "qazwsxedc123",
        "password12", "password123", "password1234", "password12345", "password123456", "passw0rd123", "p@ssw0rd123",
        "admin12345", "admin123456", "admin123456789", "administrator", "administrator1", "welcome123", "changeme123",
        "iloveyou123", "woaini1314", "woaini520", "woaini1314520", "woaini520520", "woaini123456", "5201314520",
        "1314520520", "5201314521", "fuzhou123456", "fujian123456",
    ]
}
