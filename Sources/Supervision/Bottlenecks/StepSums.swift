package import Vocabulary

/// What is summed of a step.
package enum StepFigure: String, Sendable, CaseIterable {
    /// Cases that came to it, and how often.
    case cases, rounds
    /// Cases that came to it twice or more.
    case againCases = "again_cases"
    case waitParts = "wait_parts"
    case waitMinutes = "wait_minutes"
    case workParts = "work_parts"
    case workMinutes = "work_minutes"
    case againParts = "again_parts"
    case againMinutes = "again_minutes"
    /// Cases whose step had a limit of its own, and by how much they were longer.
    case limited
    case overParts = "over_parts"
}

/// Sums of a step over cases, and how many cases fall in each band of working time.
package struct StepSums: Hashable, Sendable {
    private var amounts: [Int]

    package init() { self.init([Int](repeating: 0, count: Self.columns.count)) }

    init(_ amounts: [Int]) {
        precondition(amounts.count == Self.columns.count, "one amount a column")
        self.amounts = amounts
    }

    /// What one case adds.
    package init(_ part: CaseCourse.Part) {
        self.init()
        self[.cases] = 1
        self[.rounds] = part.rounds
        self[.againCases] = part.rounds > 1 ? 1 : 0
        (self[.waitParts], self[.waitMinutes]) = (part.waiting.parts, part.waiting.minutes)
        (self[.workParts], self[.workMinutes]) = (part.working.parts, part.working.minutes)
        (self[.againParts], self[.againMinutes]) = (part.again.parts, part.again.minutes)
        self[.limited] = part.limit == nil ? 0 : 1
        self[.overParts] = part.over
        amounts[StepFigure.allCases.count + TimeBands.band(of: part.whole.parts)] = 1
    }

    /// The names of the columns, those of the bands last.
    static let columns =
        StepFigure.allCases.map(\.rawValue) + (0..<TimeBands.count).map { "band_\($0)" }

    private static let places = Dictionary(
        uniqueKeysWithValues: StepFigure.allCases.enumerated().map { ($0.element, $0.offset) })

    package subscript(_ figure: StepFigure) -> Int {
        get { Self.places[figure].map { amounts[$0] } ?? 0 }
        set { if let place = Self.places[figure] { amounts[place] = newValue } }
    }

    var inOrder: [Int] { amounts }
    var isNothing: Bool { amounts.allSatisfy { $0 == 0 } }

    /// How many cases fall in each band.
    package var bands: [Int] { Array(amounts[StepFigure.allCases.count...]) }

    /// Working time of all rounds, in parts of a working day.
    package var wholeParts: Int { self[.waitParts] + self[.workParts] + self[.againParts] }

    /// Calendar time of all rounds, in minutes.
    package var wholeMinutes: Int { self[.waitMinutes] + self[.workMinutes] + self[.againMinutes] }

    package static func + (left: StepSums, right: StepSums) -> StepSums {
        StepSums(zip(left.amounts, right.amounts).map(+))
    }

    package static func - (left: StepSums, right: StepSums) -> StepSums {
        StepSums(zip(left.amounts, right.amounts).map(-))
    }

    /// By the names of the columns.
    package var json: [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: zip(Self.columns, amounts).map { ($0, .number($1)) })
    }
}
