package import Vocabulary

/// 亮证: for a short time the holder of a certificate shows it to whoever types or scans a code. The code is a token,
/// not data: only staff and callers of the sharing service get anything for it, and each look is written down.
package struct Presentation: Equatable, Sendable {
    /// LIMIT: minutes for which a code may be used.
    package static let minutes = 1...30
    /// LIMIT: codes of one certificate that can be used at the same time.
    package static let liveMax = 5

    package let id: PresentationID
    package let certificate: CertificateID
    package let madeAt: Instant
    /// From then on it opens nothing.
    package let expiresAt: Instant
    /// Whether the first look uses it up.
    package let isOnce: Bool
    /// The last look; nil while nobody looked.
    package let shownAt: Instant?
    /// When the holder ended it before its time.
    package let endedAt: Instant?

    package init(
        _ id: PresentationID, of certificate: CertificateID, from madeAt: Instant, until expiresAt: Instant,
        isOnce: Bool, shownAt: Instant? = nil, endedAt: Instant? = nil
    ) {
        (self.id, self.certificate, self.isOnce) = (id, certificate, isOnce)
        (self.madeAt, self.expiresAt) = (madeAt, expiresAt)
        (self.shownAt, self.endedAt) = (shownAt, endedAt)
    }

    /// Whether it still opens something.
    package func lives(at now: Instant) -> Bool {
        endedAt == nil && now < expiresAt && !(isOnce && shownAt != nil)
    }
}

/// The sixteen digits of a presentation.
package struct PresentationCode: Hashable, Sendable, CustomStringConvertible {
    /// Digits of a code: 53 bits, which nobody guesses in half an hour.
    package static let digits = 16
    /// LIMIT: characters that are read of what was typed or scanned.
    package static let typedCharactersMax = 64

    /// The digits without spaces: what the QR code holds.
    package let text: String

    /// From 64 random bits.
    package init(bits: UInt64) {
        let number = String(bits % 10_000_000_000_000_000)
        text = String(repeating: "0", count: Self.digits - number.count) + number
    }

    /// Reads what was typed or scanned, with spaces or hyphens between the digits; nil for anything else.
    package init?(_ typed: String) {
        guard typed.count <= Self.typedCharactersMax else { return nil }
        let text = typed.filter { !$0.isWhitespace && $0 != "-" }
        guard text.utf8.count == Self.digits,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.text = text
    }

    /// In groups of four, as it is read aloud.
    package var grouped: String {
        stride(from: 0, to: Self.digits, by: 4).map { start in
            String(text.dropFirst(start).prefix(4))
        }.joined(separator: " ")
    }

    /// Masked, so that it cannot slip into a log.
    package var description: String { "PresentationCode(***)" }
}

/// One look at a certificate that its holder sees: by a code that she showed, or by the sharing service.
package struct Showing: Equatable, Sendable {
    /// How the viewer came to see it.
    package enum Way: String, Sendable, CaseIterable { case presented, shared }

    /// LIMIT: characters of a purpose.
    package static let purposeCharactersMax = 200

    package let id: ShowingID
    package let certificate: CertificateID
    package let at: Instant
    /// A member of staff or a caller.
    package let viewer: Actor
    /// The body for which she acts; nil where none is known.
    package let body: CreditCode?
    package let way: Way
    /// What for, in the viewer's words.
    package let purpose: String

    package init(
        _ id: ShowingID, of certificate: CertificateID, at: Instant, by viewer: (actor: Actor, body: CreditCode?),
        way: Way, purpose: String
    ) {
        (self.id, self.certificate, self.at) = (id, certificate, at)
        (self.viewer, body) = viewer
        (self.way, self.purpose) = (way, purpose)
    }
}
