import Vocabulary

/// What could be changed first, and the days it would save: one item at one body in one step, and one reason why time
/// is lost there. Everything in it can be worked out again from sums that are shown.
package struct Improvement: Hashable, Sendable {
    /// Why time is lost.
    package enum Cause: String, Sendable, CaseIterable {
        /// It lies in a queue for longer than at the best quarter of the bodies with the same item.
        case queue
        /// It is worked on for longer than there.
        case work
        /// It took longer than the step's own limit.
        case limit
        /// It came to the step again: all of that time.
        case again
    }

    /// What is compared with: sums of the best quarter of bodies.
    package struct Reference: Hashable, Sendable {
        package let bodies: [String]
        package let cases: Int
        /// Working time of the same kind, in parts of a working day.
        package let parts: Int
    }

    /// Catalogue code.
    package let item: String
    package let body: String
    package let step: CaseStep
    package let cause: Cause
    /// The cases over which the time was counted.
    package let cases: Int
    /// Their working time of that kind, in parts of a working day; for a limit, what is above it.
    package let parts: Int
    /// Nil for a limit and for what was done again.
    package let reference: Reference?
    /// What would be saved in the months that were asked for, in parts of a working day.
    package let saved: Int

    package init(
        _ place: (item: String, body: String), _ step: CaseStep, _ cause: Cause, _ sums: (cases: Int, parts: Int),
        reference: Reference? = nil
    ) {
        (item, body) = place
        (self.step, self.cause, self.reference) = (step, cause, reference)
        (cases, parts) = sums
        saved = reference.map { max(0, (sums.parts * $0.cases - $0.parts * sums.cases) / $0.cases) } ?? sums.parts
    }

    /// What would be saved in a year at the pace of so many months, in parts of a working day.
    package func savedAYear(months: Int) -> Int { saved * 12 / max(months, 1) }
}

/// The rule. For the same step of the same item, bodies are compared by their average; the best quarter of those with
/// enough cases is the reference, its cases taken together. A step with a limit of its own is held against the limit
/// instead. What waits for the applicant is not the office's to shorten and is left out, but for what she has to do
/// again.
package enum ImprovementRule {
    /// LIMIT: a body with fewer cases says nothing by its average; the reference needs two bodies.
    package static let casesMin = 5
    /// What saves less than a working day is not told.
    package static let savedMin = DayParts.aDay

    /// From most to least saved. `all` is what is compared with, `own` what is looked at; both are told apart by item
    /// and body, in that order.
    package static func ranked(_ own: [StepLine], among all: [StepLine]) -> [Improvement] {
        let comparable = Dictionary(grouping: all.filter { $0.sums[.cases] >= casesMin }) {
            Group(item: $0.values[0], step: $0.step)
        }
        return own.flatMap { line in
            improvements(line, among: comparable[Group(item: line.values[0], step: line.step)] ?? [])
        }
        .filter { $0.saved >= savedMin }
        .sorted { left, right in
            left.saved == right.saved
                ? (left.item, left.body, left.step.code, left.cause.rawValue)
                    < (right.item, right.body, right.step.code, right.cause.rawValue)
                : left.saved > right.saved
        }
    }

    private struct Group: Hashable {
        let item: String
        let step: CaseStep
    }

    private static func improvements(_ line: StepLine, among others: [StepLine]) -> [Improvement] {
        let (place, sums) = ((line.values[0], line.values[1]), line.sums)
        var found = [Improvement(place, line.step, .again, (sums[.againCases], sums[.againParts]))]
        guard line.step.side == .office else { return found }
        if sums[.limited] > 0 {
            found.append(Improvement(place, line.step, .limit, (sums[.limited], sums[.overParts])))
            return found
        }
        for (cause, figure) in [(Improvement.Cause.queue, StepFigure.waitParts), (.work, .workParts)] {
            guard let reference = reference(figure, among: others) else { continue }
            found.append(
                Improvement(place, line.step, cause, (sums[.cases], sums[figure]), reference: reference))
        }
        return found
    }

    /// The best quarter of the bodies, at least one, by their average; nil where there is nobody to compare with.
    static func reference(_ figure: StepFigure, among lines: [StepLine]) -> Improvement.Reference? {
        guard lines.count > 1 else { return nil }
        let ordered = lines.sorted { left, right in
            // Averages are compared without dividing.
            let averages = (
                left.sums[figure] * right.sums[.cases], right.sums[figure] * left.sums[.cases]
            )
            return averages.0 == averages.1 ? left.values[1] < right.values[1] : averages.0 < averages.1
        }
        let best = ordered.prefix((lines.count + 3) / 4)
        return Improvement.Reference(
            bodies: best.map { $0.values[1] }, cases: best.reduce(0) { $0 + $1.sums[.cases] },
            parts: best.reduce(0) { $0 + $1.sums[figure] })
    }
}
