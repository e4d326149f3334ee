package import Dossiers
import Vocabulary

/// The ledger of a dossier for programs: the same names as in the journal, days as `2018-11-26`.
package struct ClockAnswer: Encodable {
    let dossier: DossierID
    let number: String
    let limits: [Limit]

    struct Limit: Encodable {
        /// `promised`, `statutory`, `special` …
        let limit: String
        /// Which special procedure; missing for any other limit.
        let procedure: String?
        let startsAt: String
        let startRule: String
        /// The event that started it, by its number in the dossier.
        let event: Int
        let value: Int
        let unit: String
        let article: String
        let due: CivilDate
        let isProvisional: Bool
        /// `running`, `past`, `kept`, `missed` or `dropped`.
        let result: String
        /// Counted days that are left, for a limit that runs.
        let left: Int?
        /// Working days by which it is past.
        let past: Int?
        /// The event that ended it.
        let endedBy: Int?
        let endedAt: String?
        /// Whether the limit passed and its reasons are published; missing for one that did not pass.
        let isExplained: Bool?
        let explanation: String?
        let moves: [Move]
        let days: [Day]
    }

    struct Move: Encodable {
        let cause: String
        let event: Int
        let before: CivilDate
        let after: CivilDate
    }

    struct Day: Encodable {
        let day: CivilDate
        /// The how-manieth counted day; missing for one that does not count.
        let count: Int?
        let reason: String
        /// The name of the holiday or make-up day.
        let name: String?
        /// The event that stopped the clock.
        let event: Int?
    }

    /// The answer for a dossier.
    package init(_ dossier: Dossier, _ ledger: ClockLedger) {
        self.dossier = dossier.id
        number = dossier.submitted.numbers.number
        limits = ledger.runs.map(Limit.init)
    }
}

extension ClockAnswer.Limit {
    fileprivate init(_ run: ClockLedger.Run) {
        (limit, procedure) = run.limit.names
        (startsAt, startRule, event) = (run.startsAt.description, run.startRule.rawValue, run.event)
        (value, unit, article) = (run.length.value, run.length.unit.rawValue, run.length.article)
        (due, isProvisional) = (run.due.day, run.due.isProvisional)
        var (left, past, end): (Int?, Int?, (Int, Instant)?) = (nil, nil, nil)
        switch run.result {
        case .running(let days): (result, left) = ("running", days)
        case .past(let days): (result, past) = ("past", days)
        case .kept(let event, let at): (result, end) = ("kept", (event, at))
        case .missed(let event, let at): (result, end) = ("missed", (event, at))
        case .dropped(let event, let at): (result, end) = ("dropped", (event, at))
        }
        (self.left, self.past, endedBy, endedAt) = (left, past, end?.0, end?.1.description)
        isExplained = run.overrun.map { $0.explanation != nil }
        explanation = run.overrun?.explanation?.text
        moves = run.moves.map { move in
            let cause =
                switch move.cause {
                case .special(let procedure): procedure.rawValue
                case .hearing: "hearing"
                case .extended: "extension"
                case .expiry: "expiry"
                }
            return ClockAnswer.Move(cause: cause, event: move.event, before: move.before, after: move.after)
        }
        days = run.days.map(ClockAnswer.Day.init)
    }
}

extension ClockLedger.Limit {
    fileprivate var names: (limit: String, procedure: String?) {
        switch self {
        case .preReview: ("preReview", nil)
        case .acceptance: ("acceptance", nil)
        case .correction: ("correction", nil)
        case .statutory: ("statutory", nil)
        case .promised: ("promised", nil)
        case .delivery: ("delivery", nil)
        case .special(let procedure): ("special", procedure.rawValue)
        case .hearingRequest: ("hearingRequest", nil)
        case .hearing: ("hearing", nil)
        case .tolerance: ("tolerance", nil)
        case .verification: ("verification", nil)
        }
    }
}

extension ClockAnswer.Day {
    fileprivate init(_ entry: ClockEntry) {
        (day, count) = (entry.day, entry.count)
        switch entry.reason {
        case .start: (reason, name, event) = ("start", nil, nil)
        case .counted: (reason, name, event) = ("counted", nil, nil)
        case .makeUpDay(let name): (reason, self.name, event) = ("makeUpDay", name, nil)
        case .weekend: (reason, name, event) = ("weekend", nil, nil)
        case .holiday(let name): (reason, self.name, event) = ("holiday", name, nil)
        case .closure(let name): (reason, self.name, event) = ("closure", name, nil)
        case .paused(let cause): (reason, name, event) = ("paused", nil, cause?.event)
        case .movedToWorkingDay: (reason, name, event) = ("movedToWorkingDay", nil, nil)
        }
    }
}
