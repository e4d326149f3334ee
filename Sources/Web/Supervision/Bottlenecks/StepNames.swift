import Dossiers
import Supervision
import Vocabulary

/// How steps and ends of a way are called.
struct StepNames {
    /// Steps of examinations by their codes, in Chinese, as dossiers call them.
    let called: [String: String]
    let words: Words

    func name(_ step: CaseStep) -> String {
        switch step.kind {
        case .examination where !step.detail.isEmpty: called[step.code] ?? "\(words[step.kind.word]) \(step.detail)"
        case .procedure:
            SpecialProcedure(rawValue: step.detail).map { words.pick($0.label, $0.labelEnglish) }
                ?? words["time.hearing"]
        default: words[step.kind.word]
        }
    }

    /// A step or an end of a variant, by its code.
    func name(code: String) -> String {
        if let step = CaseStep(code: code) { return name(step) }
        switch code {
        case "closed": return words["time.ended-closed"]
        case "declined": return words["time.ended-declined"]
        case "withdrawn", "terminated": return words["time.ended-withdrawn"]
        case "lapsed", "toleranceLapsed": return words["time.ended-lapsed"]
        default: return code
        }
    }

    /// A variant's steps and its end. A step after a procedure that interrupted it is no other round.
    func way(_ codes: [String]) -> [(text: String, isAgain: Bool)] {
        var (seen, last): (Set<String>, String?) = ([], nil)
        return codes.map { code in
            let isAgain = !seen.insert(code).inserted && code != last
            if CaseStep(code: code)?.kind != .procedure { last = code }
            return (name(code: code), isAgain)
        }
    }

    /// Working days of each of some cases, with a tenth.
    static func days(_ parts: Int, of cases: Int = 1) -> String {
        let whole = DayParts.aDay * max(cases, 1)
        return StatisticsColumn.tenths((parts * 10 + whole / 2) / whole)
    }

    /// The same, as a median tells it.
    func days(_ quantile: TimeBands.Quantile?) -> String {
        guard let quantile else { return "–" }
        return (quantile.isBeyond ? "> " : "") + Self.days(quantile.parts)
    }
}

extension CaseStep.Kind {
    var word: Word {
        switch self {
        case .preReview: Word("time.pre-review")
        case .mending: Word("time.mending")
        case .originals: Word("time.originals")
        case .acceptance: Word("time.acceptance")
        case .correction: Word("time.correction")
        case .examination: Word("time.examination")
        case .procedure: Word("time.procedure")
        case .decision: Word("time.decision")
        case .making: Word("time.making")
        case .supplement: Word("time.supplement")
        case .handOver: Word("time.hand-over")
        case .closing: Word("time.closing")
        }
    }
}
