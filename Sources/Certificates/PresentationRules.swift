package import Vocabulary

/// What may be shown by a code.
package enum PresentationRules {
    /// A new code for a certificate in force, of which so many live already. Refuses other minutes than
    /// `Presentation.minutes` and more codes than `Presentation.liveMax`.
    package static func begin(
        _ id: PresentationID, of certificate: Certificate, minutes: Int, isOnce: Bool, beside live: Int,
        at now: Instant
    ) throws(PresentationRefusal) -> Presentation {
        guard Presentation.minutes.contains(minutes) else { throw .wrongMinutes }
        guard certificate.standing(on: now.day) == .valid else { throw .notInForce }
        guard live < Presentation.liveMax else { throw .tooManyCodes }
        return Presentation(
            id, of: certificate.id, from: now, until: now.advanced(bySeconds: Int64(minutes) * 60), isOnce: isOnce)
    }

    /// Whether the code opens something now. How the certificate stands is for the viewer to see: one that was
    /// restricted a minute ago is shown as that.
    package static func check(_ presentation: Presentation, at now: Instant) throws(PresentationRefusal) {
        if presentation.endedAt != nil { throw .ended }
        if now >= presentation.expiresAt { throw .expired }
        if presentation.isOnce, presentation.shownAt != nil { throw .used }
    }

    /// A viewer says what for.
    package static func check(purpose: String) throws(PresentationRefusal) {
        if purpose.isEmpty { throw .purposeMissing }
        if purpose.count > Showing.purposeCharactersMax { throw .purposeTooLong }
    }
}
