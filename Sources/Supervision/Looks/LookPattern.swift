package import Vocabulary

/// What is unusual about a look, so that a supervisor may ask for its reason. A pattern accuses nobody: the work itself
/// gives rise to each of them.
package enum LookPattern: String, Sendable, Codable, CaseIterable {
    /// There was no case for it.
    case withoutCase = "without-case"
    /// Outside the office hours, and she sat at no window.
    case afterHours = "after-hours"
    /// The record may be that of somebody who bears the name of one of her relatives.
    case relative
    /// Her own record, by the door of the staff.
    case ownRecord = "own-record"
    /// More looks in an hour than one's work takes as a rule.
    case many
    /// The case is another body's.
    case otherBody = "other-body"
}

/// One look with everything by which it is judged.
package struct LookedAt: Hashable, Sendable {
    package let purpose: LookPurpose?
    package let hasCase: Bool
    package let at: Instant
    /// The office hours of her place on the day; nil on a day off.
    package var hours: OfficeHours?
    /// Whether a window was open with her at it.
    package var sits = false
    package var kinship = Kinship.stranger
    /// Her looks in the hour, with this one.
    package var inHour = 1
    /// The body for which she works; nil for a window.
    package var body: CreditCode?
    /// The bodies that the case concerns: the one that decides it, the one on whose desk it lies, and those that were
    /// asked; empty without a case.
    package var concerned: [CreditCode] = []

    /// Whose record it is, seen from the one who looks.
    package enum Kinship: Sendable {
        case herself, relative, stranger
    }

    package init(_ purpose: LookPurpose?, hasCase: Bool, at: Instant) {
        (self.purpose, self.hasCase, self.at) = (purpose, hasCase, at)
    }
}

/// What is unusual. Pure: by these words and nothing else.
package enum LookPatternRules {
    /// LIMIT: looks of one member of staff in an hour, until the next one is unusual. Ours: no rule says a number.
    package static let perHour = 120

    /// Purposes for which there is no case yet, or the person herself opens the record: with her ticket, her letter or
    /// her code.
    private static let bringsItself: Set<LookPurpose> = [.ticket, .assist, .presented, .shared, .partner]
    /// Purposes of the work that is done for every body: windows, supervision, links.
    private static let acrossBodies: Set<LookPurpose> = [
        .intake, .ticket, .assist, .issuing, .supervision, .exchange, .presented, .inquiry,
        .fileReview,
    ]

    /// The patterns of a look, in the order of the list.
    package static func patterns(of look: LookedAt) -> [LookPattern] {
        LookPattern.allCases.filter { bears($0, look) }
    }

    private static func bears(_ pattern: LookPattern, _ look: LookedAt) -> Bool {
        switch pattern {
        case .withoutCase:
            !look.hasCase && !(look.purpose.map(bringsItself.contains) ?? false)
        case .afterHours: !look.sits && !(look.hours?.isOpen(atMinute: look.at.minuteOfDay) ?? false)
        // 公务员法 art. 76(1), 行政许可法 and 行政处罚法 alike: what concerns oneself or one's relatives is others' work.
        case .relative: look.kinship == .relative
        case .ownRecord: look.kinship == .herself
        // Once an hour: by the look that goes beyond.
        case .many: look.inHour == perHour + 1
        case .otherBody:
            if let body = look.body, !look.concerned.isEmpty {
                !look.concerned.contains(body) && !(look.purpose.map(acrossBodies.contains) ?? false)
            } else {
                false
            }
        }
    }
}
