import Dossiers
import Supervision
import Vocabulary

/// What somebody says of the service once it is over (好差评), and what becomes of it where it is bad: drawn when the case
/// begins, from dice of its own.
struct CityVerdict: Sendable {
    let grade: EvaluationGrade
    let channel: EvaluationChannel
    /// Whether she leaves neither name nor number: nobody can call her back.
    let isAnonymous: Bool
    /// How many of the set phrases of the grade she picks.
    let tags: Int
    /// Whether the body calls, and mends, after the day by which it should.
    let isCalledLate: Bool
    let isMendedLate: Bool
    /// Whether the body appeals, and whether the supervisor finds that it is right.
    let isAppealed: Bool
    let isUpheld: Bool
    /// Whether a colleague finds at once that what was done is enough.
    let isEnough: Bool
    /// What she says when she is asked again.
    let again: EvaluationGrade

    /// Nil for most: nobody has to judge.
    init?(of fate: CityFate, atWindow: Bool, _ dice: inout CityDice) {
        guard dice.happens(CityRates.judged) else { return nil }
        grade = Self.grade(of: fate, &dice)
        channel =
            atWindow
            ? (dice.happens(CityRates.onTablet) ? .hallTablet : .qr)
            : (dice.happens(CityRates.onTelephone) ? .mobile : .pc)
        isAnonymous = dice.happens(CityRates.anonymous)
        tags = dice.number(0...2)
        isCalledLate = dice.happens(CityRates.calledLate)
        isMendedLate = dice.happens(CityRates.mendedLate)
        isAppealed = dice.happens(CityRates.appealed)
        isUpheld = dice.happens(CityRates.upheld)
        isEnough = dice.happens(CityRates.mendedEnough)
        again = dice.happens(CityRates.contentAfter) ? (dice.happens(0.5) ? .good : .fair) : grade
    }

    /// Whoever waited beyond the promise, was refused or came twice for a paper is angry more often.
    private static func grade(of fate: CityFate, _ dice: inout CityDice) -> EvaluationGrade {
        let isDisappointed = fate.pace != .kept || fate.refuses || fate.isDeclined
        let bad =
            isDisappointed ? CityRates.badAfterTrouble : fate.isCorrected ? CityRates.badAfterCorrection : CityRates.bad
        if dice.happens(bad) { return dice.happens(0.3) ? .veryBad : .bad }
        return [.veryGood, .good, .fair][dice.place(CityRates.contentGrades)]
    }

    /// The evaluation as it is handed in.
    func draft(_ phrases: EvaluationTags, by person: PersonID, mobile: MobileNumber?) -> EvaluationDraft {
        var draft = EvaluationDraft(grade, by: channel)
        draft.tags = phrases.of(grade).prefix(tags).map(\.code)
        if grade.isBad { draft.words = "办理体验不好，希望改进（示例）。" }
        if !isAnonymous { (draft.person, draft.mobile) = (person, mobile) }
        return draft
    }
}
