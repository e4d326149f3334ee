import Crypto
package import Vocabulary

/// The secret that a browser keeps in its cookie: 256 random bits. The database knows only its SHA-256.
package struct SessionToken: Sendable, CustomStringConvertible {
    private let bytes: [UInt8]

    /// A new one. In service the dice are the operating system's.
    package init(_ dice: Dice) {
        bytes = dice.bytes(32)
    }

    /// Reads a cookie's value; nil unless it is 64 hexadecimal digits in lower case.
    package init?(_ cookie: String) {
        guard let bytes = Hex.bytes(cookie, count: 32) else { return nil }
        self.bytes = bytes
    }

    /// What goes into the cookie: 64 hexadecimal digits.
    package var cookie: String { Hex.text(bytes) }

    /// Masked.
    package var description: String { "SessionToken(***)" }

    /// Under what the session stands in the table.
    var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// The secret itself, for what only the browser may open.
    var secretBytes: [UInt8] { bytes }

    /// The session's own key for the tokens of its forms (HKDF-SHA256). It follows from the secret, so it stands
    /// nowhere.
    var formKey: SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes), info: Array("session.forms".utf8), outputByteCount: 32)
    }
}

/// How long a session lives at a door.
package struct SessionLife: Hashable, Sendable {
    /// Without a request for so long, it ends.
    package let idleSeconds: Int64
    /// After so long it ends whatever happens.
    package let absoluteSeconds: Int64

    /// Staff: 30 minutes idle, 12 hours in all, so that no session outlives a shift.
    package static let staff = SessionLife(idleSeconds: 1800, absoluteSeconds: 12 * 3600)
    /// The public: 12 hours idle, 30 days in all.
    package static let portal = SessionLife(idleSeconds: 12 * 3600, absoluteSeconds: 30 * 86_400)

    /// The life of a session of this holder.
    package static func of(_ holder: Holder) -> SessionLife {
        switch holder.door {
        case .portal: .portal
        case .staff: .staff
        }
    }
}

/// Somebody who signed in and is still there.
package struct Session: Hashable, Sendable {
    /// LIMIT: a session's row is written at most once in so many seconds, however many requests come.
    package static let renewalSeconds: Int64 = 60

    package let holder: Holder
    /// How surely it was known who began it. A password was given to whoever showed her card, so it counts as a real
    /// name.
    let level: AssuranceLevel
    package let startedAt: Instant
    /// The last request that was written down; up to `renewalSeconds` behind.
    package let seenAt: Instant
    let digest: [UInt8]

    init(
        _ digest: [UInt8], holder: Holder, level: AssuranceLevel = .realName, startedAt: Instant, seenAt: Instant
    ) {
        (self.digest, self.holder, self.level) = (digest, holder, level)
        (self.startedAt, self.seenAt) = (startedAt, seenAt)
    }

    /// One that stands in no table and opens no door.
    package init(ofNoDoor holder: Holder, at now: Instant) {
        self.init([], holder: holder, startedAt: now, seenAt: now)
    }

    /// LIMIT: seconds for which the proof of a certificate holds; afterwards the session is one under a real name.
    package static let certificateSeconds: Int64 = 1800

    /// How surely it is known at the instant who is there.
    package func level(at now: Instant) -> AssuranceLevel {
        now < startedAt.advanced(bySeconds: Self.certificateSeconds) ? level : min(level, .realName)
    }

    /// When it ends if nothing more happens.
    package var expiresAt: Instant {
        let life = SessionLife.of(holder)
        return min(
            seenAt.advanced(bySeconds: life.idleSeconds), startedAt.advanced(bySeconds: life.absoluteSeconds))
    }

    /// Whether it lives at the instant; at its end it does not.
    package func lives(at now: Instant) -> Bool { now < expiresAt }

    /// Whether the request at this instant is worth a write.
    package func wantsRenewal(at now: Instant) -> Bool {
        lives(at: now) && now >= seenAt.advanced(bySeconds: Self.renewalSeconds)
    }

    /// The same session, seen at this instant.
    func seen(at now: Instant) -> Session {
        Session(digest, holder: holder, level: level, startedAt: startedAt, seenAt: now)
    }
}
