/// 评价等级: five grades, told as one to five stars (国办发〔2019〕51号). One and two stars are a bad review.
package enum EvaluationGrade: Int, Sendable, Codable, CaseIterable, Comparable {
    case veryBad = 1
    case bad, fair, good, veryGood

    /// 差评: somebody must see to it.
    package var isBad: Bool { self <= .bad }
    /// Whether it counts as satisfied: three stars and more.
    package var isSatisfied: Bool { self >= .fair }

    /// The number of the grade in the national exchange, where one is the best (GB/T 39046-2020 A.8).
    package var nationalNumber: Int { 6 - rawValue }

    /// The grade of a national number; nil for a number outside 1...5.
    package init?(nationalNumber: Int) { self.init(rawValue: 6 - nationalNumber) }

    /// The words of the specification.
    package var label: String {
        switch self {
        case .veryBad: "非常不满意"
        case .bad: "不满意"
        case .fair: "基本满意"
        case .good: "满意"
        case .veryGood: "非常满意"
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// 评价渠道: how an evaluation reached the house.
package enum EvaluationChannel: String, Sendable, Codable, CaseIterable {
    case pc, mobile, qr, hallTablet, otherTerminal, phone, sms, hotline, selfService, opinionBox

    /// Whether a member of staff enters what somebody else said or wrote.
    package var isEnteredByStaff: Bool { [.phone, .sms, .hotline, .opinionBox].contains(self) }

    /// The code in what is exported: the seven of the specification in its order, then the three that provinces added.
    /// 待核: the numbers are those of systems in use, without a published table.
    package var code: String {
        switch self {
        case .pc: "1"
        case .mobile: "2"
        case .qr: "3"
        case .hallTablet: "4"
        case .otherTerminal: "5"
        case .phone: "6"
        case .sms: "7"
        case .hotline: "8"
        case .selfService: "9"
        case .opinionBox: "10"
        }
    }
}

/// 一级指标: what may be judged by itself beside the whole, with stars of its own.
package enum EvaluationIndicator: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case overall, efficiency, guideAccuracy, convenience, operability
    case level, attitude

    /// The indicators of an occasion: five of a matter (online), four of a visit (on site).
    package static func all(of kind: EvaluationOccasion.Kind) -> [EvaluationIndicator] {
        switch kind {
        case .matter: [.overall, .efficiency, .guideAccuracy, .convenience, .operability]
        case .visit: [.overall, .efficiency, .level, .attitude]
        }
    }
}
