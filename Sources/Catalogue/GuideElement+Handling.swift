extension GuideElement {
    /// C 办理, E16 to E24.
    static let handling: [GuideElement] = [
        GuideElement("E16", "caseType", Bilingual("办件类型", "Type of case"), tables: ["caseType"]) { guide, tables in
            [tables.label(guide.standard.caseType)]
        },
        GuideElement("E17", "handlingForms", Bilingual("办理形式", "Ways of handling"), tables: ["handlingForm"]) {
            guide, tables in
            [tables.labels(guide.standard.handlingForms)]
        },
        GuideElement("E18", "acceptanceConditions", Bilingual("受理条件", "Conditions")) { guide, _ in
            guide.standard.acceptanceConditions.map { condition in
                guard let basis = guide.basis(condition.basis) else { return condition.text }
                return condition.text + Bilingual("（", " (") + basis.citation + Bilingual("）", ")")
            }
        },
        GuideElement("E19", "acceptanceStandards", Bilingual("受理标准", "Acceptance standards"), from: ["materials"]) {
            guide, _ in
            guide.acceptanceStandards.map { $0.material + Bilingual("：", ": ") + $0.standard }
        },
        GuideElement(
            "E20", "materials", Bilingual("申请材料", "Materials"),
            tables: ["materialKind", "materialMedium", "materialNecessity", "materialSource", "originalHandling"]
        ) { guide, tables in
            guide.materials.map { materialLine($0, guide, tables) }
        },
        GuideElement("E21", "quantityLimit", Bilingual("数量限制", "Limit of number"), .optional) { guide, _ in
            guide.standard.quantityLimit.map { limit in
                [Bilingual("\(limit.count)个，依据", "\(limit.count), under ") + guide.citation(limit.basis)]
            } ?? [Bilingual("无数量限制", "No limit")]
        },
        GuideElement("E22", "procedureSteps", Bilingual("办理流程", "Procedure"), tables: ["timeUnit"]) { guide, tables in
            guide.standard.procedureSteps.map { stepLine($0, tables) }
        },
        GuideElement(
            "E23", "specialProcedures", Bilingual("特别程序", "Special procedures"),
            tables: ["specialProcedureKind", "timeUnit"]
        ) { guide, tables in
            let procedures = guide.standard.specialProcedures
            return procedures.isEmpty ? [Bilingual("无", "None")] : procedures.map { procedureLine($0, guide, tables) }
        },
        GuideElement("E24", "intermediaryServices", Bilingual("中介服务", "Intermediary services"), .optional) { guide, _ in
            let services = guide.standard.intermediaryServices
            return services.isEmpty
                ? [Bilingual("无", "None")]
                : services.map { service in
                    service.name + Bilingual("（", " (") + service.provider + Bilingual("），依据", "), under ")
                        + guide.citation(service.basis)
                }
        },
    ]

    private static func materialLine(_ material: MaterialSpec, _ guide: Guide, _ tables: CodeTables) -> Bilingual {
        var facts = [
            tables.label(material.kind), tables.label(material.medium),
            Bilingual(
                "原件\(material.originalCopies)份、复印件\(material.photocopies)份",
                "\(material.originalCopies) original(s), \(material.photocopies) copy(ies)"),
            material.paperFormat, tables.label(material.necessity), tables.label(material.sourceChannel),
        ]
        if material.originalCopies > 0 {
            facts.append(Bilingual("原件", "original ") + tables.label(material.originalHandling))
        }
        if material.certificateTypeCode != nil {
            facts.append(Bilingual("电子证照库共享，无需提交", "taken from the certificate library, nothing to hand in"))
        }
        facts += (material.conditions ?? []).map(\.text)
        facts.append(Bilingual("依据", "under ") + guide.citation(material.legalBasis))
        return material.name + Bilingual("（", " (") + facts.joined(Bilingual("；", "; ")) + Bilingual("）", ")")
    }

    private static func stepLine(_ step: ProcedureStep, _ tables: CodeTables) -> Bilingual {
        [
            step.name, step.operatorRole, span(step.limit.value, step.limit.unit, tables),
            step.reviewStandard, step.result,
        ].joined(Bilingual(" · ", " · "))
    }

    private static func procedureLine(
        _ procedure: SpecialProcedureSpec, _ guide: Guide, _ tables: CodeTables
    ) -> Bilingual {
        tables.label(procedure.kind) + Bilingual("（不超过", " (no more than ")
            + span(procedure.limit.value, procedure.limit.unit, tables)
            + Bilingual("，不计入办理时限，依据", ", not counted, under ")
            + guide.citation(procedure.basis) + Bilingual("）：", "): ") + procedure.note
    }

    /// `15个工作日`; nought is 当场.
    static func span(_ value: Int, _ unit: TimeUnit, _ tables: CodeTables) -> Bilingual {
        guard value > 0 else { return Bilingual("当场", "on the spot") }
        let label = tables.label(unit)
        let measure = unit == .hours || unit == .minutes ? "" : "个"
        let english = value == 1 && label.en.hasSuffix("s") ? String(label.en.dropLast()) : label.en
        return Bilingual("\(value)\(measure)\(label.zh)", "\(value) \(english)")
    }
}
