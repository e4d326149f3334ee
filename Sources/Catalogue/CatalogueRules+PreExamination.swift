import Vocabulary

/// 下级初审 (行政许可法 arts 35, 43): a body of a lower level examines first and passes everything up.
extension CatalogueRules {
    /// Working days of a pre-examination at most (art. 43).
    static let preExaminationDaysMax = 20

    static func preExamination(_ guide: Guide, _ directory: Directory) -> [GuideDefect] {
        let steps = guide.standard.procedureSteps
        let pre = steps.filter { $0.kind == .preExamination }
        let bodies = pre.map { step in step.body.flatMap { directory.body($0.code) } }
        let areLower = zip(pre, bodies).allSatisfy { step, body in
            body.map { $0.region == step.body?.region && $0.level.rawValue > guide.body.level.rawValue } ?? false
        }
        return check(
            areLower && steps.allSatisfy { $0.kind == .preExamination || $0.body == nil }, "pre-examination-body",
            "procedureSteps",
            Bilingual(
                "下级初审应当写明名录中的下级机关，其他环节不写（行政许可法第三十五条）",
                "A pre-examination names a listed body of a lower level, no other step does (Licensing Law, art. 35)"),
            mend: Bilingual("请填写初审机关的统一社会信用代码和行政区划代码", "Give its credit code and region"))
            + check(
                pre.allSatisfy {
                    $0.limit.unit == .workingDays && (1...preExaminationDaysMax).contains($0.limit.value)
                }, "pre-examination-limit", "procedureSteps",
                Bilingual(
                    "下级初审自受理之日起不超过20个工作日（行政许可法第四十三条）",
                    "A pre-examination takes at most 20 working days (Licensing Law, art. 43)"),
                mend: Bilingual("请修改初审时限", "Change its limit"))
            + check(
                pre.isEmpty
                    || steps.filter { [.preExamination, .review].contains($0.kind) }
                        .drop { $0.kind == .preExamination }.allSatisfy { $0.kind == .review },
                "pre-examination-order", "procedureSteps",
                Bilingual("下级初审应当在本级审核之前", "A pre-examination comes before the body's own review"),
                mend: Bilingual("请调整环节顺序", "Change the order of the steps"))
    }
}
