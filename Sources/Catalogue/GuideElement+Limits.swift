import Vocabulary

extension GuideElement {
    /// D 时限, E25 to E28.
    static let limits: [GuideElement] = [
        GuideElement("E25", "statutoryLimit", Bilingual("法定办结时限", "Statutory limit"), tables: ["timeUnit"]) {
            guide, tables in
            limitLines(guide.statutoryLimit, guide, tables)
        },
        GuideElement("E26", "statutoryLimitNote", Bilingual("法定办结时限说明", "Note on the statutory limit"), .optional) {
            guide, _ in
            guide.standard.statutoryLimitNote.map { [$0] } ?? []
        },
        GuideElement("E27", "promisedLimit", Bilingual("承诺办结时限", "Promised limit"), tables: ["timeUnit"]) {
            guide, tables in
            limitLines(guide.promisedLimit, guide, tables)
        },
        GuideElement("E28", "promisedLimitNote", Bilingual("承诺办结时限说明", "Note on the promised limit"), .optional) {
            guide, _ in
            guide.standard.promisedLimitNote.map { [$0] } ?? []
        },
    ]

    /// E 收费, E29 to E31.
    static let fees: [GuideElement] = [
        GuideElement("E29", "isCharged", Bilingual("是否收费", "Is there a fee?")) { guide, _ in
            [yesNo(guide.standard.isCharged)]
        },
        GuideElement("E30", "feeItems", Bilingual("收费项目、标准及依据", "Fees, rates and basis"), .conditional) { guide, _ in
            guide.standard.feeItems.map { feeLine($0, guide) }
        },
        GuideElement("E31", "onlinePaymentSupported", Bilingual("是否支持网上支付", "Can it be paid online?")) { guide, _ in
            [yesNo(guide.standard.onlinePaymentSupported)]
        },
    ]

    /// F 结果, E32 to E35.
    static let result: [GuideElement] = [
        GuideElement("E32", "resultType", Bilingual("审批结果类型", "Type of result"), tables: ["resultType"]) {
            guide, tables in
            [tables.label(guide.standard.resultType)]
        },
        GuideElement("E33", "resultName", Bilingual("审批结果名称", "Result"), .conditional) { guide, _ in
            guide.standard.resultName.map { [$0] } ?? []
        },
        GuideElement("E34", "resultSample", Bilingual("审批结果样本", "Sample of the result"), .conditional) { guide, _ in
            guide.standard.resultSample.map { [$0.title] } ?? []
        },
        GuideElement("E35", "resultDelivery", Bilingual("结果送达方式", "How the result arrives"), tables: ["deliveryMode"]) {
            guide, tables in
            let ways = guide.standard.resultDelivery.map { Bilingual($0.label, $0.labelEnglish) }.joined()
            let limit = guide.standard.deliveryLimit
            let time = span(limit.value, limit.unit, tables)
            return [
                ways
                    + (limit.value == 0
                        ? Bilingual("；作出决定时当场送达", "; on the spot with the decision")
                        : Bilingual("；自作出决定之日起\(time.zh)内送达", "; within \(time.en) of the decision"))
            ]
        },
    ]

    static func yesNo(_ value: Bool) -> Bilingual { value ? Bilingual("是", "Yes") : Bilingual("否", "No") }

    private static func limitLines(_ limit: GuideLimit, _ guide: Guide, _ tables: CodeTables) -> [Bilingual] {
        let time = span(limit.value, limit.unit, tables)
        let start: Bilingual =
            switch limit.startsAt {
            case .acceptance: Bilingual("自受理之日起", " from acceptance")
            case .receipt: Bilingual("自收到申请之日起", " from receipt of the application")
            case .decision: Bilingual("自作出决定之日起", " from the decision")
            }
        let basis =
            limit.basis.map { Bilingual("（", " (") + guide.citation($0) + Bilingual("）", ")") } ?? Bilingual("", "")
        let main =
            limit.value == 0
            ? Bilingual("即办（当场办结）", "At once (decided on the spot)") : Bilingual(start.zh + time.zh, time.en + start.en)
        guard let more = limit.extension else { return [main + basis] }
        let extra = span(more.value, more.unit, tables)
        return [
            main + basis,
            Bilingual(
                "经\(more.approver.zh)批准，可以延长\(extra.zh)，并告知理由",
                "May be extended by \(extra.en) with the approval of "
                    + "\(more.approver.en); the reason is told") + Bilingual("（", " (") + guide.citation(more.basis)
                + Bilingual("）", ")"),
        ]
    }

    private static func feeLine(_ fee: FeeItem, _ guide: Guide) -> Bilingual {
        let reduction = fee.reductionAllowed ? fee.reductionBasis ?? yesNo(true) : Bilingual("不减免", "no reduction")
        return fee.name + Bilingual("：", ": ") + fee.standard + Bilingual("依据：", " Basis: ") + guide.citation(fee.basis)
            + Bilingual("。减免：", ". Reduction: ") + reduction
    }
}
