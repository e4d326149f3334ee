import Vocabulary

/// 会签.
extension DossierRules {
    func ask(
        _ respondents: [Respondent], _ until: CivilDate, _ question: String, _ deed: Deed
    ) throws(DossierRefusal) -> HandlingEvent {
        guard case .inReview = deed.dossier.stage else { throw .notInReview }
        guard deed.handling.rounds.open == nil else { throw .opinionsOutstanding }
        guard !respondents.isEmpty else { throw .nobodyAsked }
        guard respondents.count <= OpinionRound.askedMax, Set(respondents).count == respondents.count else {
            throw .tooManyAsked
        }
        guard until > deed.now.day else { throw .dateInThePast }
        // An opinion does not move the promise.
        if let due = promisedDue(of: deed.dossier), until > due.day { throw .opinionTooLate }
        for case .officer(let staff) in respondents where deed.handling.excused.contains(staff) { throw .excused }
        return .asked(respondents, until: until, try required(question))
    }

    func answer(
        _ respondent: Respondent, _ answer: OpinionAnswer, _ text: String, _ deed: Deed
    ) throws(DossierRefusal) -> [DossierEvent] {
        guard let round = deed.handling.rounds.open, round.asked.contains(respondent) else { throw .notAsked }
        if case .officer(let staff) = respondent {
            guard staff == deed.actor.staff || staff == deed.standing.principal else { throw .notAsked }
        }
        guard round.awaited.contains(respondent) else { throw .opinionAnswered }
        // Who disagrees says why.
        let note = answer == .disagree ? try required(text) : try optional(text)
        let given = DossierEvent.handling(.answered(respondent, answer, note))
        guard round.awaited.count == 1 else { return [given] }
        return [given, .handling(.closed(silent: [], next: afterOpinions(deed.dossier)))]
    }

    /// Where a step goes that consists of opinions; nil for opinions asked within another one.
    func afterOpinions(_ dossier: Dossier) -> String? {
        dossier.step?.sort == .jointOpinion ? dossier.nextStep?.id : nil
    }
}
