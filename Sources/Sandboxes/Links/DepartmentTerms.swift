import Vocabulary

/// How a department works: by whom, how quickly, and with what outcome.
package struct DepartmentTerms: Sendable {
    /// Who examines, and who decides: two people.
    package let examiner: String
    package let decider: String
    /// Between the acceptance and the first deed, and between two deeds.
    package let delaySeconds: Int
    /// Each so many-th dossier is refused; 0 for none.
    package let refuseEvery: Int
    /// Whether a test goes before the examination (检验, 行政许可法 art. 45).
    package let hasSpecial: Bool

    /// Whoever is not named is one of two people that there are not.
    package init(
        examiner: String? = nil, decider: String? = nil, delaySeconds: Int = 1, refuseEvery: Int = 0,
        hasSpecial: Bool = false
    ) {
        (self.examiner, self.decider) = (examiner ?? "周明", decider ?? "何清")
        (self.delaySeconds, self.refuseEvery, self.hasSpecial) = (delaySeconds, refuseEvery, hasSpecial)
    }

    /// What is done about each dossier, in order.
    var deeds: [DepartmentDeed] {
        (hasSpecial ? [.testBegun, .testEnded] : []) + [.examined, .decided]
    }
}

/// One thing that a department does.
enum DepartmentDeed: Sendable {
    case testBegun, testEnded, examined, decided
}

/// A dossier at the department.
struct DepartmentCase: Sendable {
    let number: String
    /// 数据来源, as the acceptance has it.
    let source: String
    /// The how-manieth it is, from 1.
    let place: Int
    let acceptedAt: Instant
    /// What is still to be done.
    var left: [DepartmentDeed]
    /// When the deed before was done.
    var lastAt: Instant
    var testBegunAt: Instant?
}
