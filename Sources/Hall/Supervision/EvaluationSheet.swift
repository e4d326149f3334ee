import Exchange
import Supervision
import Vocabulary

/// Evaluations as lines of CSV, in the numbering of the national exchange. Who judged and what was written are not
/// among them.
package enum EvaluationSheet {
    /// The names of the columns.
    package static let head =
        "evaluation,date,occasion,number,task_code,region,owner,hall,satisfaction,channel,tags,state"

    /// One evaluation. Grades are told as GB/T 39046-2020 A.8 does: six less the stars.
    package static func line(_ told: Hall.ToldEvaluation) -> String {
        let (evaluation, given) = (told.evaluation, told.evaluation.given)
        let place = given.place
        let cells = [
            "\(evaluation.id)", RecordMoment.text(evaluation.givenAt), given.occasion.kind.rawValue, told.number ?? "",
            place.task ?? "", place.region.code, place.owner, place.hall ?? "", "\(given.grade.nationalNumber)",
            given.channel.code, given.tags.joined(separator: " "), told.it?.stage.rawValue ?? "",
        ]
        return cells.joined(separator: ",")
    }
}
