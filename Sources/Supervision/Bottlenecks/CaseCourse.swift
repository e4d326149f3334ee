package import Vocabulary

/// Time on two clocks: in parts of a working day (`DayParts`) while offices are open, and in minutes of the calendar.
package struct StepTime: Hashable, Sendable {
    package var parts: Int
    package var minutes: Int

    package init(parts: Int, minutes: Int) { (self.parts, self.minutes) = (parts, minutes) }

    package static let none = StepTime(parts: 0, minutes: 0)

    package static func + (left: StepTime, right: StepTime) -> StepTime {
        StepTime(parts: left.parts + right.parts, minutes: left.minutes + right.minutes)
    }

    package static func - (left: StepTime, right: StepTime) -> StepTime {
        StepTime(parts: left.parts - right.parts, minutes: left.minutes - right.minutes)
    }
}

/// The way of a dossier that has ended: the steps in their order, and how long it was in each. A pure function of its
/// entries and of the calendar as it was known when it ended.
package struct CaseCourse: Hashable, Sendable {
    /// LIMIT: steps that a variant names; a longer way ends with `…`.
    package static let variantStepsMax = 40

    /// What a dossier came to at an instant. The clocks are those since it was filed.
    package struct Moment: Hashable, Sendable {
        let clock: StepTime
        let step: CaseStep
        /// Whether somebody has taken it, so that it does not lie in a queue.
        let isHeld: Bool
        /// The step's own limit, in parts of a working day; nil for none.
        let limit: Int?

        package init(_ clock: StepTime, _ step: CaseStep, isHeld: Bool = false, limit: Int? = nil) {
            (self.clock, self.step, self.isHeld, self.limit) = (clock, step, isHeld, limit)
        }
    }

    /// One step of it.
    package struct Part: Hashable, Sendable {
        package let step: CaseStep
        /// How often it came to the step. An interruption by a procedure is no end of a round.
        package internal(set) var rounds = 0
        /// In the first round: lying in a queue, or with the applicant.
        package internal(set) var waiting = StepTime.none
        /// In the first round: with somebody who had taken it.
        package internal(set) var working = StepTime.none
        /// In the second and later rounds.
        package internal(set) var again = StepTime.none
        /// The step's own limit; nil for none.
        package internal(set) var limit: Int?

        init(_ step: CaseStep) { self.step = step }

        /// All rounds together.
        package var whole: StepTime { waiting + working + again }

        /// By how much the first round was longer than the step's own limit.
        package var over: Int { limit.map { max(0, waiting.parts + working.parts - $0) } ?? 0 }
    }

    package let dossier: DossierID
    package let place: CountedCase.Place
    package let endedOn: CivilDate
    /// The steps as it came to them and how it ended, with `>` between.
    package let variant: String
    /// From the filing to the end.
    package let whole: StepTime
    /// In the order of the steps.
    package let parts: [Part]

    /// Follows the moments in their order, of which the first is the filing.
    package init(
        _ dossier: DossierID, _ place: CountedCase.Place, _ moments: [Moment],
        ended: (on: CivilDate, clock: StepTime, how: String)
    ) {
        (self.dossier, self.place, endedOn, whole) = (dossier, place, ended.on, ended.clock)
        var (parts, way): ([CaseStep: Part], [CaseStep]) = ([:], [])
        // The step that a procedure interrupts, and that goes on when it is over.
        var interrupted: CaseStep?
        for (index, moment) in moments.enumerated() {
            let step = moment.step
            var part = parts[step] ?? Part(step)
            if way.last != step {
                if interrupted != step { part.rounds += 1 }
                if step.kind != .procedure { interrupted = step }
                way.append(step)
            }
            let time = (index + 1 < moments.count ? moments[index + 1].clock : ended.clock) - moment.clock
            part.limit = moment.limit ?? part.limit
            if part.rounds > 1 {
                part.again = part.again + time
            } else if step.side == .office && moment.isHeld {
                part.working = part.working + time
            } else {
                part.waiting = part.waiting + time
            }
            parts[step] = part
        }
        variant = Self.key(way, ended.how)
        self.parts = parts.values.sorted { $0.step < $1.step }
    }

    init(
        _ dossier: DossierID, _ place: CountedCase.Place, parts: [Part],
        whole: (endedOn: CivilDate, variant: String, time: StepTime)
    ) {
        (self.dossier, self.place, self.parts) = (dossier, place, parts)
        (endedOn, variant, self.whole) = whole
    }

    private static func key(_ way: [CaseStep], _ ending: String) -> String {
        let steps = way.prefix(variantStepsMax).map(\.code) + (way.count > variantStepsMax ? ["…"] : [])
        return (steps + [ending]).joined(separator: ">")
    }
}
