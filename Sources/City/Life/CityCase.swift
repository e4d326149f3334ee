import Catalogue
import Dossiers
import Supervision
import Vocabulary
import Windows

/// One case of a simulated city on its way: what was applied for and what its people will do, drawn when it begins.
struct CityCase: Sendable {
    let number: Int
    let choice: CityItems.Choice
    let applicant: CityPeople.Key
    let fate: CityFate
    /// What whoever applied says of it in the end; nil where she says nothing.
    let verdict: CityVerdict?
    let filedAt: Instant
    var id: DossierID?
    /// How many deeds were done: each has dice of its own.
    var turn: UInt64 = 0
    /// From when on the promise runs.
    var clockFrom: Instant?
    /// How many working days a special procedure stopped the clock, and since which day it does.
    var pausedDays = 0
    var pausedSince: CivilDate?
    /// When it is decided.
    var decidedAt: Instant?
    var wasSentBack = false
    var evaluation: EvaluationID?
    var wasMendedAgain = false
    /// When a visit or a hearing takes place.
    var appointment: Instant?
    /// Where she waits or stands in a hall, from taking a number to going.
    var visit: CityVisit?

    /// Dice of the next deed.
    func dice(_ seed: UInt64) -> CityDice { CityDice(seed, 0xCA5E, UInt64(number), turn) }

    /// The materials that may follow an acceptance; empty where the guide lets none.
    var tolerable: [String] { choice.materials.filter { $0.necessity == .mayFollow }.map(\.id) }

    /// What is left out at first: what is to follow, or what will be asked for.
    var leftOut: String? {
        if fate.isTolerant { return tolerable.first }
        return fate.isCorrected ? choice.materials.last { !$0.isTheForm }?.id : nil
    }
}

/// What will become of a case as far as its people decide it.
struct CityFate: Sendable {
    /// How the promise is kept.
    enum Pace: Sendable { case kept, late, statutoryLate }
    /// What stops the clock.
    enum Procedure: Sendable, Hashable { case special(SpecialProcedure), hearing }

    var isReturned = false
    var isCorrected = false
    var isCorrectionSupplied = true
    var isDeclined = false
    var isWithdrawnEarly = false
    var isWithdrawnLate = false
    var isTolerant = false
    var isLaggingSupplied = true
    var refuses = false
    var isSentBack = false
    var keepsCommitment = true
    var isCollected = true
    var procedure: Procedure?
    var pace = Pace.kept
    /// Which part of the promise is used where it is kept.
    var share = 0.3

    init(_ choice: CityItems.Choice, hasTolerable: Bool, _ dice: inout CityDice) {
        isReturned = dice.happens(CityRates.preReviewReturned)
        isCorrected = dice.happens(CityRates.correction)
        isCorrectionSupplied = dice.happens(CityRates.correctionSupplied)
        isDeclined = dice.happens(CityRates.declined)
        isWithdrawnEarly = dice.happens(CityRates.withdrawnEarly)
        isWithdrawnLate = dice.happens(CityRates.withdrawnLate)
        isTolerant = hasTolerable && !choice.isCommitted && dice.happens(CityRates.tolerant)
        isLaggingSupplied = dice.happens(CityRates.laggingSupplied)
        refuses = !choice.isCommitted && dice.happens(CityRates.refused)
        isSentBack = !choice.isImmediate && dice.happens(CityRates.sentBack)
        keepsCommitment = dice.happens(CityRates.commitmentKept)
        isCollected = dice.happens(CityRates.collected)
        share = CityRates.paceLeast + CityRates.paceMore * dice.unit() * dice.unit()
        let lateness = dice.unit()
        pace = lateness < CityRates.statutoryLate ? .statutoryLate : lateness < CityRates.late ? .late : .kept
        if !choice.isImmediate, !choice.isCommitted, !isTolerant { procedure = Self.procedure(of: choice, &dice) }
    }

    private static func procedure(of choice: CityItems.Choice, _ dice: inout CityDice) -> Procedure? {
        guard let kind = choice.guide.standard.specialProcedures.first?.kind else { return nil }
        let isHearing = dice.happens(CityRates.hearing)
        guard dice.happens(CityRates.special) else { return nil }
        if isHearing || kind == .hearing { return dice.happens(isHearing ? 1 : CityRates.hearing) ? .hearing : nil }
        switch kind {
        case .inspection: return .special(.inspection)
        case .testing: return .special(.testing)
        case .quarantine: return .special(.quarantine)
        case .appraisal: return .special(.appraisal)
        case .expertReview: return .special(.expertReview)
        case .hearing, .tender, .auction, .other: return nil
        }
    }
}

/// Somebody in a hall.
struct CityVisit: Sendable {
    let key: CityQueue.Key
    /// Whose card she lays on the kiosk.
    let citizen: CitizenID
    /// What is done when it is her turn.
    let deed: CityDeed
    var ticket: TicketID?
    /// Who serves her, and at which seat of the queue; nil while she waits.
    var place: Int?
    var clerk: CityStaff.Member?
}

/// One thing that somebody does in a case.
enum CityDeed: String, Sendable, CaseIterable {
    /// She takes a number in a hall, or joins the queue again.
    case takeNumber
    case file, returnForPreReview, resubmit, passPreReview, receive
    case requestCorrection, supplyCorrection, decline, withdraw, accept, acceptTolerant, supplyLagging
    case beginSpecial, endSpecial, tellHearing, requestHearing, scheduleHearing, recordHearing
    case review, returnToReviewer, decide
    case collect, pickedUp, delivered, announceVisit, verify
    // What is said of it afterwards.
    case judge, callBack, appeal, ruleOnAppeal, mend, check, revisit, publish
}
