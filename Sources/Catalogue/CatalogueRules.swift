/// The rules that a guide must meet before it is published (domain section 2.4), as code with stable codes.
package enum CatalogueRules {
    /// All defects of a guide; empty for one that may be published. `certificateTypes` are the types that exist, by
    /// code, with the ids of their face fields; `directory` has the bodies that exist.
    package static func defects(
        in guide: Guide, certificateTypes: [String: [String]], tables: CodeTables, directory: Directory
    ) -> [GuideDefect] {
        presence(guide, tables) + identity(guide) + limits(guide) + procedure(guide) + fees(guide)
            + result(guide, certificateTypes)
            + channels(guide) + materials(guide, certificateTypes) + references(guide) + form(guide, certificateTypes)
            + commitment(guide) + preExamination(guide, directory)
    }

    /// Every required element says something, and in both languages: what has no English is shown in Chinese.
    private static func presence(_ guide: Guide, _ tables: CodeTables) -> [GuideDefect] {
        GuideElement.all.compactMap { element in
            let lines = element.lines(of: guide, tables: tables)
            let mayBeEmpty =
                element.requirement != .always
                || ["materials", "acceptanceStandards"].contains(element.key)
                    && guide.standard.itemType == .publicService
            if lines.isEmpty ? !mayBeEmpty : lines.contains(where: \.zh.isEmpty) {
                return GuideDefect(
                    "guide.element-missing", element.key,
                    Bilingual("要素“\(element.label.zh)”没有内容", "Element \"\(element.label.en)\" says nothing"),
                    mend: Bilingual("请填写", "Fill it in"))
            }
            guard lines.contains(where: \.en.isEmpty) else { return nil }
            return GuideDefect(
                "guide.no-english", element.key,
                Bilingual("要素“\(element.label.zh)”没有英文", "Element \"\(element.label.en)\" has no English"),
                mend: Bilingual("请补充英文", "Add the English"), .warning)
        }
    }

    private static func identity(_ guide: Guide) -> [GuideDefect] {
        let standard = guide.standard
        let isEntrusted = guide.power.powerSource.isEntrusted || guide.body.nature == .entrusted
        let objects = standard.serviceObjects
        let holders = standard.topics.map(\.holder)
        return check(
            guide.catalogCode.typeDigits == standard.itemType.rawValue, "type-differs-from-code", "itemType",
            Bilingual("事项类型与基本编码第3、4位不一致", "The type is not that of the catalogue code"),
            mend: Bilingual("请核对基本编码", "Check the catalogue code"))
            + check(
                guide.implementationCode.body == guide.body.code && guide.implementationCode.level == guide.body.level
                    && guide.implementationCode.catalogCode == guide.catalogCode
                    && guide.handlingItemCode.map { $0.implementation == guide.implementationCode } ?? true,
                "codes-disagree", "implementationCode",
                Bilingual("实施编码与实施主体、行使层级或者基本编码不一致", "The code is not composed of body, level and catalogue code"),
                mend: Bilingual("请由系统重新赋码", "Let the system compose it again"))
            + check(
                guide.power.levels.contains(guide.body.level), "level-without-power", "exerciseLevel",
                Bilingual("这一层级没有这项权力", "This level does not hold the power"),
                mend: Bilingual("请选择有权的实施主体", "Choose a body that holds it"))
            + check(
                isEntrusted == (standard.entrustingDepartment != nil), "entrusting-department", "entrustingDepartment",
                Bilingual("委托的事项应当写明委托部门，非委托的不写", "An entrusted power names who entrusted it, any other does not"),
                mend: Bilingual("请补充或者删除委托部门", "Add or remove the entrusting department"))
            + check(
                !standard.legalBases.isEmpty && objects.contains(.person) == holders.contains(.naturalPerson)
                    && objects.contains { $0 != .person } == holders.contains(.legalPerson),
                "topics-disagree", "serviceObjects",
                Bilingual("服务对象与主题分类（个人、法人）不一致", "For whom it is and its topics disagree"),
                mend: Bilingual("请核对服务对象和主题", "Check both"))
    }

    private static func limits(_ guide: Guide) -> [GuideDefect] {
        let (statutory, promised) = (guide.statutoryLimit, guide.promisedLimit)
        let standard = guide.standard
        let isImmediate = standard.caseType == .immediate
        return check(
            isImmediate == (promised.value == 0), "immediate-promise", "caseType",
            Bilingual("即办件的承诺时限为0，其他办件不为0", "An immediate case promises nought, any other more"),
            mend: Bilingual("请修改办件类型或者承诺时限", "Change the type of case or the promise"))
            + check(
                isImmediate == (standard.reviewMode == .examineAndDecideAtOnce), "immediate-review", "caseType",
                Bilingual("即办件即审即办，其他办件前审后批", "An immediate case is examined and decided at once, any other not"),
                mend: Bilingual("请修改审查方式", "Change the way of review"))
            + check(
                promised.unit == statutory.unit && promised.startsAt == statutory.startsAt
                    && promised.value <= statutory.value,
                "promise-longer", "promisedLimit",
                Bilingual(
                    "承诺时限不能长于法定时限，单位和起算点相同", "The promise is no longer than the law, with the same unit and start"),
                mend: Bilingual("请缩短承诺时限", "Shorten the promise"))
            + check(
                guide.own?.promisedLimit.map { (0...standard.promisedLimit.value).contains($0) } ?? true,
                "own-promise-longer", "promisedLimit",
                Bilingual("本级承诺时限不能长于全市统一的承诺时限", "A body promises no longer than the city does"),
                mend: Bilingual("请缩短本级承诺时限", "Shorten the body's promise"))
            + check(
                standard.jointAgencies.isEmpty || (statutory.value == 45 && statutory.extension?.value == 15),
                "joint-limit", "statutoryLimit",
                Bilingual("联合办理的法定时限为45个工作日，可以延长15个", "Joint handling has 45 working days, and 15 more"),
                mend: Bilingual("请按行政许可法第四十二条修改", "Change it as Article 42 of the Licensing Law says"))
    }

    private static func procedure(_ guide: Guide) -> [GuideDefect] {
        // The steps are the city's, and so is the promise they must fit: a body that promises less takes less for each.
        let (standard, promised) = (guide.standard, guide.standard.promisedLimit)
        let steps = standard.procedureSteps
        let counted = steps.filter {
            [.preExamination, .review, .inspect, .decide].contains($0.kind) && $0.limit.unit == promised.unit
        }
        let needed: [ProcedureStep.Kind] = [.accept, .review, .decide, .close, .deliver]
        return check(
            counted.map(\.limit.value).reduce(0, +) <= promised.value, "steps-longer", "procedureSteps",
            Bilingual("各环节时限之和超过承诺时限", "The steps together take longer than the promise"),
            mend: Bilingual("请调整环节时限", "Adjust the steps"))
            + check(
                standard.itemType != .licence || needed.allSatisfy { kind in steps.contains { $0.kind == kind } },
                "licence-steps", "procedureSteps",
                Bilingual(
                    "行政许可应当有受理、审核、审批、办结、送达五个环节",
                    "A licence has the steps of acceptance, review, decision, completion and delivery"),
                mend: Bilingual("请补充环节", "Add the steps"))
            + check(
                standard.itemType != .licence || !standard.frequentQuestions.isEmpty, "licence-question", "itemName",
                Bilingual("行政许可至少有一个常见问题", "A licence has at least one frequent question"),
                mend: Bilingual("请补充常见问题", "Add one"))
            + check(
                standard.specialProcedures.allSatisfy { !$0.countsInLimit }, "special-procedure-counts",
                "specialProcedures",
                Bilingual("特别程序的时间不计入办理时限", "The time of special procedures is not counted"),
                mend: Bilingual("请改为不计入", "Do not count it"))
    }

    static func check(
        _ isFine: Bool, _ code: String, _ element: String, _ message: Bilingual, mend: Bilingual
    ) -> [GuideDefect] {
        isFine ? [] : [GuideDefect("guide." + code, element, message, mend: mend)]
    }
}
