import Crypto
package import Vocabulary

/// A sign-in at the unified identity that a browser has begun and not finished: nothing of it stands in the database.
///
/// The browser's cookie carries a random secret, where to go afterwards and an HMAC over both. Everything that the
/// provider is told or gives back follows from the secret, so an answer counts only in the browser that asked.
package struct IdentityRequest: Sendable, Equatable, CustomStringConvertible {
    /// How long somebody may take at the provider.
    package static let openSeconds: Int64 = 600
    /// LIMIT: bytes of the place to go back to; a longer one is forgotten.
    package static let backBytesMax = 512

    private let secret: [UInt8]
    /// The place of this site to go to afterwards; empty for none.
    package let back: String
    /// The level that was asked for.
    package let level: AssuranceLevel
    private let until: Instant

    /// A new one. In service the dice are the operating system's.
    package init(_ dice: Dice, back: String, level: AssuranceLevel, now: Instant) {
        secret = dice.bytes(32)
        self.back = back.utf8.count <= Self.backBytesMax ? back : ""
        self.level = level
        until = now.advanced(bySeconds: Self.openSeconds)
    }

    /// Reads what the browser brought back; nil for what was not made here, was altered, or is over.
    package init?(cookie: String, now: Instant, key: AccountKey) {
        let parts = cookie.split(separator: ".", omittingEmptySubsequences: false)
        guard cookie.utf8.count <= 2 * Self.backBytesMax + 256, parts.count == 5,
            let level = AssuranceLevel(rawValue: String(parts[0])), let until = Int64(parts[1]),
            let secret = Hex.bytes(parts[2], count: 32), let back = Hex.bytes(parts[3], count: parts[3].utf8.count / 2),
            let code = Hex.bytes(parts[4], count: 32)
        else { return nil }
        self.secret = secret
        (self.level, self.until) = (level, Instant(milliseconds: until))
        self.back = String(decoding: back, as: UTF8.self)
        guard now < self.until,
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Array(message.utf8), using: key.key(for: .identityRequests))
        else { return nil }
    }

    /// What goes into the cookie.
    package func cookie(_ key: AccountKey) -> String {
        message + "." + Hex.text(key.digest(of: message, for: .identityRequests))
    }

    private var message: String {
        "\(level.rawValue).\(until.milliseconds).\(Hex.text(secret)).\(Hex.text(Array(back.utf8)))"
    }

    /// What the provider gives back with its answer.
    package var state: String { derived("state") }
    /// What stands in the token that answers this request.
    package var nonce: String { derived("nonce") }
    /// The verifier of PKCE (RFC 7636): 64 characters of 43 to 128.
    package var verifier: String { derived("verifier") }

    /// Whether an answer belongs to this request; the comparison takes the same time whatever differs.
    package func isAnswered(with state: String) -> Bool {
        let key = SymmetricKey(data: secret)
        return Hex.bytes(state, count: 32).map {
            HMAC<SHA256>.isValidAuthenticationCode($0, authenticating: Array("state".utf8), using: key)
        } ?? false
    }

    /// Under what it is remembered that the request was answered.
    var digest: [UInt8] { Array(SHA256.hash(data: Array(state.utf8))) }
    /// Until when that must be remembered.
    var rememberedUntil: Instant { until }

    /// Masked.
    package var description: String { "IdentityRequest(***)" }

    private func derived(_ purpose: String) -> String {
        Hex.text(HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: SymmetricKey(data: secret)))
    }
}
