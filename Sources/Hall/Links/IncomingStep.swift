import Accounts
import Dossiers
import Vocabulary

/// A step that a partner reports (办件过程信息), and what it does here. What is told has the same names.
struct IncomingStep: Sendable {
    let name: String
    let action: RecordCodes.Action
    /// What happens, in English, for whoever connects a system.
    let meaning: String
    let scope: PartnerScope
    let command: @Sendable (Said) -> DossierCommand

    /// What a record says with its step.
    struct Said: Sendable {
        /// 办理意见.
        let words: String
        /// 备注.
        let remark: String
        /// Who did it.
        let officers: [Actor]
    }

    /// Every step with a name of its own; those of an item's examination are the item's.
    static let all: [IncomingStep] =
        [
            IncomingStep(
                name: RecordStepName.acceptance, action: .passed, meaning: "the application is accepted",
                scope: .receive
            ) { _ in .accept },
            IncomingStep(
                name: RecordStepName.review, action: .passed,
                meaning: "the examination is finished and proposes to grant; `handle_explain` is the opinion",
                scope: .review
            ) { .passReview(.grant, opinion: $0.words) },
            IncomingStep(
                name: RecordStepName.review, action: .sentBack,
                meaning: "the examination is finished and proposes to refuse; `handle_explain` is the opinion",
                scope: .review
            ) { .passReview(.refuse, opinion: $0.words) },
            IncomingStep(
                name: RecordStepName.reviewReturn, action: .sentBack,
                meaning: "whoever decides sends it back to the examination; `handle_explain` says why",
                scope: .decide
            ) { .returnToReviewer(note: $0.words) },
        ] + SpecialProcedure.allCases.flatMap(procedure)

    private static func procedure(_ procedure: SpecialProcedure) -> [IncomingStep] {
        let begin = IncomingStep(
            name: RecordStepName.begun(procedure), action: .other,
            meaning: """
                \(procedure.labelEnglish) begins; `remark` is the number of working days that the applicant is told, \
                `handle_explain` the reason
                """,
            scope: .review
        ) { .special(.begin(procedure, days: Int($0.remark) ?? 0, note: $0.words)) }
        let ends = [true, false].map { isFavourable in
            let standard = procedure.staffMin > 0 && !isFavourable ? "; `remark` names the technical standard" : ""
            let hands = procedure.staffMin > 0 ? "; `handle_user_name` names the two who carried it out" : ""
            return IncomingStep(
                name: RecordStepName.ended(procedure), action: isFavourable ? .passed : .sentBack,
                meaning:
                    "\(procedure.labelEnglish) is over, \(isFavourable ? "passed" : "not passed")\(standard)\(hands)",
                scope: .review
            ) { end(procedure, isFavourable: isFavourable, $0) }
        }
        return [begin] + ends
    }

    /// The command that ends a special procedure.
    static func end(_ procedure: SpecialProcedure, isFavourable: Bool, _ said: Said) -> DossierCommand {
        let standard = said.remark.isEmpty ? nil : said.remark
        return .special(
            .end(
                procedure,
                SpecialRecord.Finding(isFavourable: isFavourable, standard: standard, officers: said.officers),
                note: said.words))
    }

    /// The step with a name and an action; nil where there is none.
    static func named(_ name: String, _ action: RecordCodes.Action) -> IncomingStep? {
        all.first { $0.name == name && $0.action == action }
    }
}

/// The steps that come in, as a table for whoever connects a system: `docs/links.md` has its print.
package enum IncomingStepTable {
    package static func markdown() -> String {
        var lines = ["| `process_name` | `event_name` | what happens | grant |", "|---|---|---|---|"]
        for step in IncomingStep.all {
            lines.append("| \(step.name) | \(step.action.rawValue) | \(step.meaning) | `\(step.scope.rawValue)` |")
        }
        let review = PartnerScope.review.rawValue
        lines += [
            "| the name of a step of the item's examination | 1 | the step is passed; at the last one the examination "
                + "is finished and proposes to grant | `\(review)` |",
            "| the name of the second step of the examination | 2 | it goes back to the first | `\(review)` |",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
