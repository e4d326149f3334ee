package import Dossiers
import Vocabulary

/// The table of situations and commands: what each command comes to in each situation, or the code with which it is
/// refused. Printed from the rules themselves.
package struct LawTable: Sendable {
    private let rules: DossierRules

    package init(rules: DossierRules) {
        self.rules = rules
    }

    static let plan = Hearing.Plan(
        day: CivilDate(daysSinceEpoch: 17_868), minute: 570, place: "第一听证室", chair: chairID)
    static let ask = HandlingCommand.ask(
        respondents: [LawSituations.asked], until: CivilDate(daysSinceEpoch: 17_856), question: "是否符合")
    private static let chairID = StaffID(Subject(high: 2, low: 5))

    /// A column: what somebody wants.
    package struct Column: Sendable {
        package let name: String
        let command: DossierCommand
        let actor: Actor
    }

    /// What a command comes to: the stage, or a code.
    package enum Cell: Equatable, Sendable {
        case stage(String)
        case refused(String)
    }

    /// A row: a situation and what every command comes to in it.
    package struct Row: Sendable {
        package let situation: String
        package let cells: [Cell]
    }

    /// The dossier after a command, or why there is none.
    static func after(
        _ command: DossierCommand, on dossier: Dossier, by who: (actor: Actor, now: Instant), _ rules: DossierRules
    ) -> Result<Dossier, any Error> {
        Result {
            var later = dossier
            for event in try rules.decide(command, on: dossier, by: who.actor, at: who.now) {
                try later.apply(event, at: who.now, by: event.isByLaw ? .platform : who.actor)
            }
            return later
        }
    }

    /// Every situation with the answer to every command.
    package func rows() throws -> [Row] {
        let situations = LawSituations(rules: rules)
        return try LawSituations.all.map { situation in
            let dossier = try situations.dossier(situation)
            let cells = try Self.columns.map { column in
                switch Self.after(column.command, on: dossier, by: (column.actor, situation.now), rules) {
                case .success(let later): return Cell.stage(later.stage.name.rawValue)
                case .failure(let refusal as DossierRefusal): return .refused(refusal.code)
                case .failure(let error): throw error
                }
            }
            return Row(situation: situation.name, cells: cells)
        }
    }

    /// The table as Markdown, one section a command so that it can be read on paper too.
    package func markdown() throws -> String {
        let rows = try rows()
        var lines = ["| situation | command | comes to | refused with |", "|---|---|---|---|"]
        for row in rows {
            for (column, cell) in zip(Self.columns, row.cells) {
                switch cell {
                case .stage(let stage): lines.append("| \(row.situation) | \(column.name) | \(stage) | |")
                case .refused(let code): lines.append("| \(row.situation) | \(column.name) | | `\(code)` |")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension LawTable {
    /// Every command that the rules know, each by somebody who may give it.
    package static var columns: [Column] {
        let defect = [MaterialDefect("licence", .illegible)]
        let finding = SpecialRecord.Finding(isFavourable: true, staff: LawSituations.two)
        let revoke = LicenceCommand.end(.revoked(.fraud), sparesPublicInterest: true, note: "查明的事实")
        let (clerk, reviewer) = (LawSituations.clerk, LawSituations.reviewer)
        let (applicant, decider) = (LawSituations.applicant, LawSituations.decider)
        let paper = [HandedIn("licence", .paper)]
        let columns: [(String, DossierCommand, Actor)] = [
            ("return for pre-review", .returnForPreReview(defect, note: ""), clerk),
            ("resubmit", .resubmit(paper), applicant), ("pass pre-review", .passPreReview, clerk),
            ("receive", .receive, clerk), ("request correction", .requestCorrection(defect, note: ""), clerk),
            ("supply correction", .supplyCorrection(paper), applicant), ("mend on the spot", .mend(paper), clerk),
            ("accept", .accept, clerk),
            (
                "accept tolerantly",
                .tolerance(.accept(lagging: ["licence"], days: 5, undertaking: .paper)), clerk
            ),
            ("supply what may follow", .tolerance(.supply(paper)), applicant),
            ("decline", .decline(.notNeeded, authority: "", note: "无需许可"), clerk),
            ("begin a special procedure", .special(.begin(.inspection, days: 5, note: "核查")), reviewer),
            ("prolong a special procedure", .special(.prolong(.inspection, days: 2, note: "补充核查")), reviewer),
            ("end a special procedure", .special(.end(.inspection, finding, note: "核查记录")), reviewer),
            ("tell the right to a hearing", .hearing(.tell(note: "涉及重大利益")), reviewer),
            ("request a hearing", .hearing(.request), applicant), ("waive a hearing", .hearing(.waive), applicant),
            ("schedule a hearing", .hearing(.schedule(plan)), reviewer),
            ("file the record of a hearing", .hearing(.record(note: "听证笔录")), LawSituations.chair),
            ("request an extension", .extend(.request(value: 5, note: "情况复杂")), reviewer),
            ("approve an extension", .extend(.approve(value: 5, by: .head, note: "情况复杂")), LawSituations.head),
            ("deny an extension", .extend(.deny(by: .head, note: "可按期办结")), LawSituations.head),
            ("inform a third party", .party(.inform(name: "相邻业主", matter: "影响通行")), reviewer),
            ("hear a third party", .party(.hear(party: 0, statement: "无意见")), reviewer),
            ("take", .handling(.take), reviewer),
            ("give back", .handling(.giveBack(note: "")), reviewer),
            ("hand to a colleague", .handling(.delegate(staff: LawSituations.colleague, note: "续办")), reviewer),
            ("assign", .handling(.assign(staff: LawSituations.colleague, note: "")), LawSituations.head),
            ("pass a step", .handling(.pass(opinion: "符合")), reviewer),
            ("send back to a step", .handling(.sendBack(step: "first", note: "再查")), reviewer),
            ("ask for opinions", .handling(ask), reviewer),
            (
                "give an opinion", .handling(.answer(respondent: LawSituations.asked, .agree, text: "")),
                .staff(LawSituations.colleague)
            ),
            ("urge", .handling(.urge(note: "")), applicant),
            ("recuse oneself", .handling(.recuse(note: "利害关系")), reviewer),
            ("rule a recusal", .handling(.rule(staff: LawSituations.colleague, note: "利害关系")), LawSituations.head),
            ("pass the review", .passReview(.grant, opinion: "符合"), reviewer),
            ("return to the reviewer", .returnToReviewer(note: "再查"), decider),
            ("grant", .grant(grounds: "符合", certificate: LawSituations.certificate), decider),
            ("refuse", .refuse(grounds: "不符合", standard: ""), decider),
            ("file the certificate", .fileCertificate(LawSituations.certificate), .platform),
            ("make the result ready", .issue(pickUpCode: ""), .platform),
            ("hand over", .handOver(.electronic, recipient: ""), .platform), ("close", .close, .platform),
            (
                "verify the commitment", .commitment(.verify(isKept: true, staff: LawSituations.two, note: "属实")),
                reviewer
            ),
            ("explain an overrun", .overrun(.explain(.promised, text: "系统故障")), LawSituations.head),
            ("announce the verification", .commitment(.announce(LawSituations.visit)), reviewer),
            ("end the licence", .licence(revoke), decider), ("withdraw", .withdraw(note: ""), applicant),
            ("terminate", .terminate(note: "申请人终止"), decider), ("tick", .tick, .platform),
        ]
        return columns.map { Column(name: $0.0, command: $0.1, actor: $0.2) }
    }
}
