import Accounts
import Catalogue
import Dossiers
import Hall
import Store
import Supervision
import Vocabulary

/// What people say of the service, and what the body does about what is bad.
extension SimulatedCity {
    /// The work of a deed that says something of a case or answers to it; nil for any other deed.
    func afterwards(
        _ entry: CityAgendaEntry, _ one: CityCase, _ there: Hall, _ desk: CityDesk, _ dice: inout CityDice
    ) throws -> (@Sendable () async throws -> CityAnswer)? {
        guard let id = one.id, let verdict = one.verdict else { return nil }
        if entry.deed == .judge {
            let applicant = try desk.people.applicant(one.applicant)
            let draft = verdict.draft(there.judging.tags, by: applicant.citizen.id, mobile: applicant.citizen.mobile)
            return {
                let evaluation = try await there.evaluate(
                    .matter(id), draft, by: .herself(applicant.performer.actor),
                    attempt: Attempt(.of(there.ids.next())))
                return CityAnswer.judged(evaluation)
            }
        }
        guard let evaluation = one.evaluation,
            let command = Self.answer(entry.deed, to: verdict, again: one.wasMendedAgain)
        else { return nil }
        let hand = try desk.hand(for: entry.deed, in: one, &dice).guest(at: entry.at)
        return {
            try await there.perform(
                command, on: .of(evaluation), by: hand, attempt: Attempt(.of(there.ids.next())))
            return .done(id, papers: 0)
        }
    }

    private static func answer(
        _ deed: CityDeed, to verdict: CityVerdict, again isSecond: Bool
    ) -> RectificationCommand? {
        let isAnonymous = verdict.isAnonymous
        switch deed {
        case .callBack: return .contact(isAnonymous ? .impossible : .reached, isAnonymous ? "" : "已电话致歉并了解情况（示例）")
        case .appeal: return .appeal(.mistaken, "评价内容与本次办理无关（示例）")
        case .ruleOnAppeal:
            return .rule(isUpheld: verdict.isUpheld, verdict.isUpheld ? "经核实，属于误评（示例）" : "评价属实，请继续整改（示例）")
        case .mend: return .rectify(.mended, "已优化流程、加强人员培训（示例）")
        case .check:
            let isEnough = verdict.isEnough || isSecond
            return .verify(isEnough: isEnough, isEnough ? "经核实，整改到位（示例）" : "整改不到位，请继续整改（示例）")
        case .revisit: return isAnonymous ? .revisit(nil, "") : .revisit(verdict.again, "已回访（示例）")
        case .publish:
            return .publish(isAnonymous ? "已优化流程、加强人员培训（示例）。" : "已优化流程、加强人员培训，并向评价人致歉（示例）。")
        default: return nil
        }
    }
}

extension CityDesk {
    /// Who does something about a bad review: whoever supervises rules and publishes; somebody who examines nothing
    /// calls and looks at what was done; whoever decides mends.
    fileprivate func hand(
        for deed: CityDeed, in one: CityCase, _ dice: inout CityDice
    ) throws -> CityStaff.Member {
        let body = one.choice.guide.body
        switch deed {
        case .ruleOnAppeal, .publish: return try staff.supervisor(of: body.region, &dice)
        case .mend, .appeal: return try staff.decider(of: body.code, in: body.region, &dice)
        default: return try staff.listener(of: body.code, in: body.region)
        }
    }
}
