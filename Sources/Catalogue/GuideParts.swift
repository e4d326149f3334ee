package import Vocabulary

/// 业务办理项: the finest grain of an item.
package struct HandlingItem: Hashable, Sendable, Codable {
    /// Two digits, 01 to 99.
    package let serial: String
    package let name: Bilingual
}

/// 主题分类: whom a topic is for, and which.
package struct Topic: Hashable, Sendable, Codable {
    package enum Holder: String, Sendable, Codable { case naturalPerson, legalPerson }
    package let holder: Holder
    package let theme: Bilingual
}

/// Another department that takes part.
package struct AgencyRef: Hashable, Sendable, Codable {
    package let name: Bilingual
    package let code: CreditCode?
}

/// 审查方式: whether one examines and decides at once (即审即办), or examines first (前审后批).
package enum ReviewMode: String, Sendable, Codable {
    case examineAndDecideAtOnce, examineThenDecide
}

/// 受理条件: one condition.
package struct AcceptanceCondition: Hashable, Sendable, Codable {
    package let text: Bilingual
    package let source: FactSource
    /// The id of the legal basis.
    package let basis: String?
}

/// 数量限制: how many can be granted, and why.
package struct QuantityLimit: Hashable, Sendable, Codable {
    package let count: Int
    package let basis: String
}

/// 办理流程: one step.
package struct ProcedureStep: Hashable, Sendable, Codable {
    /// 受理, 下级初审, 审核, 现场核查, 审批, 办结, 送达.
    package enum Kind: String, Sendable, Codable {
        case accept, preExamination, review, inspect, decide, close, deliver
    }

    /// The body of a lower level that examines first (行政许可法 art. 35).
    package struct LowerBody: Hashable, Sendable, Codable {
        package let code: CreditCode
        package let region: Region
    }

    package let kind: Kind
    package let name: Bilingual
    package let operatorRole: Bilingual
    package let limit: TimeSpan
    package let reviewStandard: Bilingual
    package let result: Bilingual
    package let source: FactSource
    package let basis: String?
    /// Who pre-examines; nil for every other step.
    package let body: LowerBody?
}

/// 特别程序: one procedure whose time may not be counted (行政许可法 art. 45).
package struct SpecialProcedureSpec: Hashable, Sendable, Codable {
    package let kind: SpecialProcedureKind
    package let limit: TimeSpan
    package let basis: String
    package let countsInLimit: Bool
    package let note: Bilingual
    package let source: FactSource
}

/// 告知承诺: a signed commitment that the conditions are met stands for materials; the decision is taken at once and what
/// was promised is verified afterwards (国办发〔2020〕42号).
package struct CommitmentOffer: Hashable, Sendable, Codable {
    /// The ids of the materials that it stands for.
    package let materials: [String]
    /// Working days from the decision within which it is verified.
    package let verifyDays: Int
    /// The situations in which it is offered; nil or empty for all.
    package let appliesWhen: [SituationCondition]?
    /// The id of the legal basis, if one is cited.
    package let basis: String?
    package let source: FactSource
}

/// 中介服务: something that must be bought from somebody else first; it needs a legal basis (优化营商环境条例 art. 43).
package struct IntermediaryService: Hashable, Sendable, Codable {
    package let name: Bilingual
    package let provider: Bilingual
    package let basis: String
    package let source: FactSource
}

/// 收费项目: one fee.
package struct FeeItem: Hashable, Sendable, Codable {
    package let name: Bilingual
    package let standard: Bilingual
    package let basis: String
    package let reductionAllowed: Bool
    package let reductionBasis: Bilingual?
    package let source: FactSource
}

/// How a granted case is closed: 出证办结, 审批办结, 出文办结.
package enum Closing: String, Sendable, Codable { case certificate, approval, document, other }

/// 网上办理深度 and Fujian's stars.
package struct OnlineService: Hashable, Sendable, Codable {
    package let steps: [OnlineDepth]
    /// 1 to 5 (domain section 3.3).
    package let star: Int
}

/// 运行系统.
package struct RunningSystem: Hashable, Sendable, Codable {
    package let level: RunningSystemLevel
    package let name: Bilingual
    package let url: String
}

/// 到办事现场次数: the least trips by window and online, nil where there is no such way, and the number that is published.
package struct OnSiteVisits: Hashable, Sendable, Codable {
    package let window: Int?
    package let online: Int?
    package let headline: Int
}

/// 预约办理.
package struct AppointmentOffer: Hashable, Sendable, Codable {
    package let supported: Bool
    package let dailyQuota: Int?
}

/// 物流快递, in both directions.
package struct Express: Hashable, Sendable, Codable {
    package let supported: Bool
    package let materialsByExpress: Bool
    package let resultByExpress: Bool
}

/// 常见问题.
package struct FrequentQuestion: Hashable, Sendable, Codable {
    package let question: Bilingual
    package let answer: Bilingual
    package let source: FactSource
    package let basis: String?
}

/// 受理标准: what one material must meet to be accepted.
package struct AcceptanceStandard: Hashable, Sendable {
    package let material: Bilingual
    package let standard: Bilingual
}

/// 办理地点和时间.
package struct HandlingLocation: Hashable, Sendable {
    package let hall: Bilingual
    package let region: Region
    package let window: Bilingual
    package let address: Bilingual
    package let hours: Bilingual
    package let transport: Bilingual
}

/// 法律救济途径 (行政复议法 art. 20; 行政诉讼法 art. 46).
package struct LegalRemedies: Hashable, Sendable {
    package let reviewAuthority: Bilingual
    package let reviewDays: Int
    package let court: Bilingual
    package let litigationMonths: Int
}
