package import Vocabulary

/// One step of an examination that has several: who looks at what, within which time of its own.
package struct ReviewStep: Hashable, Sendable, Codable {
    /// LIMIT: steps of one examination.
    package static let countMax = 12
    /// Working days of a lower-level pre-examination (行政许可法 art. 43).
    package static let preExaminationDays = WorkingDays(20)

    /// What a step is.
    package enum Sort: String, Sendable, Codable, CaseIterable {
        /// 审查.
        case examination
        /// 下级初审: another body examines and passes its opinion up with all materials (arts 35, 43).
        case preExamination
        /// 会签: several give their opinion at once.
        case jointOpinion
    }

    /// Stands in events: never renamed.
    package let id: String
    package let name: String
    package let nameEnglish: String
    package let sort: Sort
    /// Its own limit; nil for none, or for the law's twenty days of a pre-examination.
    package let ownDays: WorkingDays?
    /// Who takes the step; nil for the body that decides.
    package let body: Body?

    package init(
        _ id: String, names: (chinese: String, english: String), _ sort: Sort = .examination,
        days: WorkingDays? = nil, body: Body? = nil
    ) {
        (self.id, self.sort, self.body) = (id, sort, body)
        (name, nameEnglish) = names
        ownDays = days
    }

    /// Another body than the one that decides.
    package struct Body: Hashable, Sendable, Codable {
        package let code: CreditCode
        package let region: Region

        package init(_ code: CreditCode, region: Region) {
            (self.code, self.region) = (code, region)
        }
    }

    /// The time of the step: its own, and for a pre-examination never more than the law's.
    package var days: WorkingDays? {
        guard sort == .preExamination else { return ownDays }
        return WorkingDays(min(ownDays?.count ?? Self.preExaminationDays.count, Self.preExaminationDays.count))
    }
}

extension Terms {
    /// The steps of the examination in their order; empty where it has one and no name for it.
    package var steps: [ReviewStep] { procedure?.steps ?? [] }
}

extension Dossier {
    /// The step at which its examination is, or was last; nil before acceptance and where the item has no steps.
    package var step: ReviewStep? {
        let steps = submitted.terms.steps
        guard acceptance != nil, let id = proceedings.handling.step else {
            return acceptance == nil ? nil : steps.first
        }
        return steps.first { $0.id == id }
    }

    /// The steps before the one at which it is; all of them when the examination is finished.
    package var earlierSteps: [ReviewStep] {
        let steps = submitted.terms.steps
        if case .reviewed = stage { return steps }
        guard let step, let index = steps.firstIndex(of: step) else { return [] }
        return Array(steps[..<index])
    }

    /// The step after the one at which it is; nil at the last one.
    package var nextStep: ReviewStep? {
        let steps = submitted.terms.steps
        guard let step, let index = steps.firstIndex(of: step), index + 1 < steps.count else { return nil }
        return steps[index + 1]
    }

    /// The body on whose desk it lies, and where: that of a step with a body of its own, else the one that decides.
    package var desk: (body: CreditCode, region: Region) {
        if case .inReview = stage, let body = step?.body { return (body.code, body.region) }
        return (submitted.terms.body, submitted.terms.region)
    }

    /// The power that the next deed at its desk needs; nil when it lies on none.
    package var deskPower: Power? {
        switch stage {
        case .inReview: .review
        case .reviewed: .decide
        default: nil
        }
    }
}
