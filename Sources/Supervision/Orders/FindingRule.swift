/// The rules whose breach is found. The raw values stand in rows and in the journal: they are never renamed.
package enum FindingRule: String, Sendable, Codable, CaseIterable {
    // What happened; the dossier's own breaches under the same names.

    /// Nobody answered within five working days of the receipt (行政许可法 art. 32(1)(4)).
    case acceptedBySilence
    /// The promise is past (优化营商环境条例 art. 36).
    case promisePassed
    /// The limit of the law is past (行政许可法 art. 42).
    case statutoryPassed
    /// The result was not delivered within ten working days (art. 44).
    case deliveryPassed
    /// An inspection, test or quarantine began too late (art. 55).
    case specialBegunLate
    /// A special procedure took longer than was told in writing (art. 45).
    case specialPassed
    /// A hearing was not held within twenty working days (art. 47).
    case hearingPassed
    /// A commitment was not verified in its time.
    case verificationPassed

    // What was tried and refused: nothing came of it, and it is looked at.

    /// A second correction notice about what the first could have named (art. 32(1)(4)).
    case triedSecondCorrection
    /// To stop the clock without telling how long and why, or after the told time (art. 45).
    case triedUntoldSuspension
    /// To refuse or to decline without reasons (arts 32, 38).
    case triedWithoutReasons
    /// To refuse after a test without naming the standard (art. 55).
    case triedWithoutStandard
    /// To send an applicant away without naming the right authority (art. 32(1)(2)).
    case triedUnnamedAuthority
    /// To look at a place or a thing with fewer than two (arts 34, 55).
    case triedAlone
    /// To judge one's own matter, or that of one's firm (公务员法 art. 76).
    case triedOwnMatter
    /// To hold a hearing too soon or too late, or under whoever examines (行政许可法 arts 47, 48).
    case triedUnlawfulHearing
    /// To extend twice, too long, too late, or by somebody else than the law names (art. 42).
    case triedUnlawfulExtension

    // What another house says of itself.

    /// A department's own record speaks of a special procedure that nobody was told of here (art. 45).
    case claimedSuspension

    /// Whether it is about stopping the clock against the law, whatever way it came (违法中止计时).
    package var isSuspension: Bool {
        switch self {
        case .specialBegunLate, .specialPassed, .triedUntoldSuspension, .claimedSuspension: true
        default: false
        }
    }

    /// Whether a command was refused for it, so that nothing came of it.
    package var isTried: Bool { rawValue.hasPrefix("tried") }

    /// Whether an order is issued at once, by rule.
    package var isOrderedAtOnce: Bool { self == .statutoryPassed }
}
