import Dossiers

/// What the steps of a dossier are called in 办件过程信息: what is told and what is taken have the same names.
enum RecordStepName {
    static let preReview = "预审"
    static let preReviewReturn = "预审退回"
    static let receipt = "收件"
    static let correctionNotice = "补正告知"
    static let correction = "补正"
    static let acceptance = "受理"
    static let nonAcceptance = "不予受理"
    static let review = "审核"
    static let reviewReturn = "审批退回"
    static let decision = "审批"
    static let certificate = "制证"
    static let issue = "发证"
    static let handOver = "送达"
    static let closing = "办结"
    static let withdrawal = "撤回申请"
    static let termination = "终止办理"
    static let lapse = "逾期未补正"
    static let tolerance = "容缺受理"
    static let toleratedMaterial = "容缺材料补交"
    static let hearingNotice = "听证告知"
    static let hearing = "听证"
    static let prolongedTerm = "延长审批"

    static func begun(_ procedure: SpecialProcedure) -> String { "\(procedure.label)开始" }
    static func prolonged(_ procedure: SpecialProcedure) -> String { "\(procedure.label)延长" }
    static func ended(_ procedure: SpecialProcedure) -> String { "\(procedure.label)结束" }
}

/// What came out of a special procedure, in 特别程序信息.
enum RecordFinding {
    static let favourable = "合格"
    static let unfavourable = "不合格"
}
