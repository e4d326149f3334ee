package import Vocabulary

/// What is wanted of the way of a dossier from desk to desk.
package enum HandlingCommand: Hashable, Sendable, Codable {
    /// Passes a step that is not the last one.
    case pass(opinion: String)
    /// Sends it back to any earlier step.
    case sendBack(step: String, note: String)
    /// Takes it out of the pool.
    case take
    /// Gives it to somebody, whoever has it now.
    case assign(staff: StaffID, note: String)
    /// Whoever has it gives it to a colleague.
    case delegate(staff: StaffID, note: String)
    /// Whoever has it puts it back into the pool.
    case giveBack(note: String)
    /// 催办.
    case urge(note: String)
    /// 回避, by oneself.
    case recuse(note: String)
    /// 回避, ruled by the head.
    case rule(staff: StaffID, note: String)
    /// 会签: asks for opinions by a day.
    case ask(respondents: [Respondent], until: CivilDate, question: String)
    case answer(respondent: Respondent, OpinionAnswer, text: String)

    /// What the actor must be allowed to do, at a desk that needs this power.
    func powers(desk: Power?) -> [Power] {
        switch self {
        case .pass, .sendBack, .take, .delegate, .giveBack, .recuse, .ask: desk.map { [$0] } ?? [.review, .decide]
        case .assign: [.lead, .decide]
        case .urge: [.apply, .lead, .supervise]
        case .rule: [.lead]
        // Who was asked by name answers by name; for a body, whoever examines there.
        case .answer(.officer, _, _): []
        case .answer(.body, _, _): [.review]
        }
    }
}

extension DossierCommand {
    /// What the actor must be allowed to do to a dossier as it stands: any one of these; nothing when it is empty.
    package func powers(on dossier: Dossier) -> [Power] {
        if case .handling(let command) = self { return command.powers(desk: dossier.deskPower) }
        return powers
    }

    /// Where the power is needed: at the desk on which a dossier lies, at the body whose opinion it is, or at the body
    /// that decides.
    package func desk(on dossier: Dossier) -> (body: CreditCode, region: Region) {
        switch self {
        case .handling(.answer(.body(let code, let region), _, _)): (code, region)
        case .handling: dossier.desk
        default: (dossier.submitted.terms.body, dossier.submitted.terms.region)
        }
    }

    /// Whether it belongs to the examination or the decision: who is excused may not give it.
    var isOfficial: Bool {
        if case .handling(.urge) = self { return false }
        if case .handling = self { return true }
        return !Set(powers).isDisjoint(with: [.review, .decide, .lead, .govern])
    }

    /// Whether it is for whoever has the dossier on her desk.
    var isForHolder: Bool {
        switch self {
        case .passReview, .returnToReviewer, .grant, .refuse, .handling(.pass), .handling(.sendBack), .handling(.ask):
            true
        default: false
        }
    }

    /// Whether it decides, or sends the examination back.
    package var isDecision: Bool {
        switch self {
        case .grant, .refuse, .returnToReviewer: true
        default: false
        }
    }

    /// Whether somebody examines or decides with it, or undertakes to: a conflict of interest forbids that.
    package var isJudgement: Bool {
        switch self {
        case .passReview, .returnToReviewer, .grant, .refuse, .handling(.pass), .handling(.sendBack), .handling(.take),
            .handling(.answer), .special, .hearing(.schedule), .hearing(.record), .extend(.approve), .licence,
            .commitment:
            true
        default: false
        }
    }
}
