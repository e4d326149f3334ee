package import Dossiers
import Hall
package import Vocabulary

/// The ledger of a dossier in the words of one language: what a page, a printed sheet and the command line say.
package struct ClockText: Sendable {
    /// One limit.
    package struct Section: Sendable {
        package let run: ClockLedger.Run
        package let title: String
        /// From when, for how long, until when, and how it stands: one sentence each.
        package let sentences: [String]
        /// What moved the end, in order.
        package let moves: [String]
        package let days: [Day]
    }

    /// One day of a limit.
    package struct Day: Sendable {
        package let day: CivilDate
        package let date: String
        /// The how-manieth counted day; nil for one that does not count.
        package let count: Int?
        package let reason: String
    }

    private let ledger: ClockLedger
    let words: Words

    package init(_ ledger: ClockLedger, _ words: Words) {
        (self.ledger, self.words) = (ledger, words)
    }

    /// The ledger of an opened dossier as it stands now.
    init(_ opened: Hall.Opened, in hall: Hall, _ words: Words) {
        let rules = hall.rules(for: opened.dossier.submitted.terms.region)
        self.init(rules.ledger(of: opened.dossier, history: opened.history, at: hall.time.now()), words)
    }

    /// The limits, those that still run first, each group in the order of its beginning.
    package var sections: [Section] {
        let (open, over) = (ledger.runs.filter(\.result.isOpen), ledger.runs.filter { !$0.result.isOpen })
        // The promise before the law: it is what people wait for.
        let promised = open.filter { $0.limit == .promised }
        return (promised + open.filter { $0.limit != .promised } + over).map(section)
    }

    /// The same as lines of plain text.
    package var lines: [String] {
        sections.flatMap { section -> [String] in
            let days = section.days.map { day in
                "  \(day.date)  \(day.count.map { "\($0)" } ?? "-")  \(day.reason)"
            }
            return [section.title] + section.sentences.map { "  " + $0 } + section.moves.map { "  " + $0 } + days + [""]
        }
    }

    private func section(_ run: ClockLedger.Run) -> Section {
        Section(
            run: run, title: title(run.limit),
            sentences: [start(run), length(run), end(run), result(run)] + (run.overrun.map { [explained($0)] } ?? []),
            moves: run.moves.map(move),
            days: run.days.map { Day(day: $0.day, date: words.date($0.day), count: $0.count, reason: reason($0)) })
    }

    package func title(_ limit: ClockLedger.Limit) -> String {
        switch limit {
        case .preReview: words["ledger.pre-review"]
        case .acceptance: words["ledger.acceptance"]
        case .correction: words["ledger.correction"]
        case .statutory: words["ledger.statutory"]
        case .promised: words["ledger.promised"]
        case .delivery: words["ledger.delivery"]
        case .special(let procedure): words("ledger.special", ["procedure": words[procedure.word]])
        case .hearingRequest: words["ledger.hearing-request"]
        case .hearing: words["ledger.hearing"]
        case .tolerance: words["ledger.tolerance"]
        case .verification: words["ledger.verification"]
        }
    }

    private func start(_ run: ClockLedger.Run) -> String {
        let rule =
            switch run.startRule {
            case .receipt: words["ledger.from-receipt"]
            case .corrected: words["ledger.from-correction"]
            case .acceptance: words["ledger.from-acceptance"]
            case .acceptanceBySilence: words["ledger.from-silence"]
            case .decision: words["ledger.from-decision"]
            case .notice: words["ledger.from-notice"]
            case .request: words["ledger.from-request"]
            }
        return words(
            "ledger.start", ["moment": words.moment(run.startsAt), "rule": rule, "n": "\(run.event)"])
    }

    private func length(_ run: ClockLedger.Run) -> String {
        let length = words.limit(run.length)
        guard !run.length.article.isEmpty else { return words("ledger.length", ["length": length]) }
        return words("ledger.length-by", ["length": length, "article": run.length.article])
    }

    private func end(_ run: ClockLedger.Run) -> String {
        let day = words.date(run.due.day)
        return run.due.isProvisional
            ? words("ledger.end-provisional", ["day": day]) : words("ledger.end", ["day": day])
    }

    private func result(_ run: ClockLedger.Run) -> String {
        switch run.result {
        case .running where run.length.value == 0: words["ledger.running-at-once"]
        case .running(let left): words.count("ledger.running", left)
        case .past(let days): words.count("ledger.past", days)
        case .kept(let event, let at): words("ledger.kept", ["n": "\(event)", "moment": words.moment(at)])
        case .missed(let event, let at): words("ledger.missed", ["n": "\(event)", "moment": words.moment(at)])
        case .dropped(let event, let at): words("ledger.dropped", ["n": "\(event)", "moment": words.moment(at)])
        }
    }

    /// What was published of a limit that passed.
    private func explained(_ overrun: Overrun) -> String {
        guard let said = overrun.explanation else { return words["ledger.unexplained"] }
        return words(
            "ledger.explained",
            ["moment": words.moment(said.at), "n": "\(said.event)", "reason": said.text ?? words["overruns.forgotten"]])
    }

    private func move(_ move: ClockLedger.Move) -> String {
        let cause =
            switch move.cause {
            case .special(let procedure): words[procedure.word]
            case .hearing: words["ledger.hearing-cause"]
            case .extended: words["ledger.extension-cause"]
            case .expiry: words["ledger.expiry-cause"]
            }
        return words(
            "ledger.move",
            [
                "cause": cause, "n": "\(move.event)", "before": words.date(move.before),
                "after": words.date(move.after),
            ])
    }

    /// Why a day counts or not.
    func reason(_ entry: ClockEntry) -> String {
        switch entry.reason {
        case .start: words["ledger.day-start"]
        case .counted: words["ledger.day-counted"]
        case .makeUpDay(let name): words("ledger.day-make-up", ["name": name])
        case .weekend: words["ledger.day-weekend"]
        case .holiday(let name): words("ledger.day-holiday", ["name": name])
        case .closure(let name): words("ledger.day-closure", ["name": name])
        case .paused(let cause):
            words(
                "ledger.day-paused",
                [
                    "cause": cause?.special.map { words[$0.word] } ?? words["ledger.hearing-cause"],
                    "n": "\(cause?.event ?? 0)",
                ])
        case .movedToWorkingDay: words["ledger.day-moved"]
        }
    }
}

extension Words {
    /// `20 个工作日`, `7 个自然日`, `1 个月`, `2 小时`; at once for nought.
    func limit(_ limit: TimeLimit) -> String {
        if limit.value == 0 { return self["ledger.at-once"] }
        switch limit.unit {
        case .workingDays: return workingDays(WorkingDays(limit.value))
        case .calendarDays: return calendarDays(limit.value)
        case .hours: return count("ledger.hours", limit.value)
        case .minutes: return count("ledger.minutes", limit.value)
        case .months: return count("ledger.months", limit.value)
        }
    }
}
