package import Vocabulary

/// Which ways out a notice takes, and when. Pure.
package enum NoticeRules {
    /// What the house can do now.
    package struct Means: Sendable {
        /// The ways for which there is a gateway.
        package let channels: Set<NoticeChannel>
        package let quiet: QuietHours

        package init(channels: Set<NoticeChannel>, quiet: QuietHours) {
            self.channels = channels
            self.quiet = quiet
        }
    }

    /// The addresses to which a notice goes beside the portal, in the order of the channels. Members of staff are told
    /// in the house only; a person by text message at the telephone that the matter names unless she does not want
    /// them, and by mail if she gave an address.
    package static func addresses(
        for kind: NoticeKind, mobile: MobileNumber?, _ preference: NoticePreference, _ means: Means
    ) -> [NoticeAddress] {
        guard kind.audience == .person else { return [] }
        let all: [NoticeAddress?] = [
            preference.wantsSMS ? mobile.map(NoticeAddress.mobile) : nil, preference.mail.map(NoticeAddress.mail),
        ]
        return all.compactMap { $0 }.filter { means.channels.contains($0.channel) }
    }

    /// The instant before which a notice of this kind does not go out; nil when it may go now.
    package static func waits(_ kind: NoticeKind, at now: Instant, _ means: Means) -> Instant? {
        kind.isUrgent ? nil : means.quiet.end(at: now)
    }
}
