extension GuideElement {
    /// A 事项标识, E01 to E08.
    static let identity: [GuideElement] = [
        GuideElement("E01", "itemName", Bilingual("事项名称", "Item")) { guide, _ in [guide.itemName] },
        GuideElement(
            "E02", "handlingItemName", Bilingual("子项（业务办理项）名称", "Handling item"), .conditional, from: ["handlingItem"]
        ) { guide, _ in
            guide.handlingItemName.map { [$0] } ?? []
        },
        GuideElement("E03", "catalogCode", Bilingual("基本编码", "Catalogue code"), from: []) { guide, _ in
            [.same(guide.catalogCode.code)]
        },
        GuideElement("E04", "implementationCode", Bilingual("实施编码", "Implementation code"), from: []) { guide, _ in
            [.same(guide.implementationCode.code)]
        },
        GuideElement("E05", "handlingItemCode", Bilingual("业务办理项编码", "Handling item code"), .conditional, from: []) {
            guide, _ in
            guide.handlingItemCode.map { [.same($0.code)] } ?? []
        },
        GuideElement("E06", "itemType", Bilingual("事项类型", "Type of item"), tables: ["itemType"]) { guide, tables in
            [tables.label(guide.standard.itemType)]
        },
        GuideElement("E07", "legalBases", Bilingual("设定依据", "Legal basis")) { guide, _ in
            guide.standard.legalBases.map(basisLine)
        },
        GuideElement("E08", "serviceObjects", Bilingual("服务对象", "For whom"), tables: ["serviceObject"]) {
            guide, tables in
            [tables.labels(guide.standard.serviceObjects)]
        },
    ]

    /// B 主体与权限, E09 to E15.
    static let authority: [GuideElement] = [
        GuideElement("E09", "implementingBody", Bilingual("实施主体", "Implementing body"), from: []) { guide, _ in
            let body = guide.body
            return [
                Bilingual(
                    "\(body.name)，统一社会信用代码\(body.code)，主办处室：\(body.office)",
                    "\(body.nameEnglish), credit code \(body.code), office: \(body.officeEnglish)")
            ]
        },
        GuideElement("E10", "bodyNature", Bilingual("实施主体性质", "Nature of the body"), tables: ["bodyNature"], from: []) {
            guide, tables in
            [tables.label(guide.body.nature)]
        },
        GuideElement(
            "E11", "exerciseLevel", Bilingual("行使层级", "Level of exercise"), tables: ["exerciseLevel"], from: []
        ) {
            guide, tables in
            [tables.label(guide.exerciseLevel)]
        },
        GuideElement("E12", "powerSource", Bilingual("权力来源", "Source of power"), tables: ["powerSource"], from: []) {
            guide, tables in
            [tables.label(guide.power.powerSource)]
        },
        GuideElement("E13", "authorityDivision", Bilingual("权限划分（行使内容）", "Division of power"), .optional, from: []) {
            guide, _ in
            guide.power.authorityDivision.map { [$0] } ?? []
        },
        GuideElement("E14", "entrustingDepartment", Bilingual("委托部门", "Entrusting department"), .conditional) {
            guide, _ in
            guide.standard.entrustingDepartment.map { [$0.name] } ?? []
        },
        GuideElement("E15", "jointAgencies", Bilingual("联办机构", "Joint agencies"), .optional) { guide, _ in
            guide.standard.jointAgencies.map(\.name)
        },
    ]

    private static func basisLine(_ basis: LegalBasis) -> Bilingual {
        let date = basis.effectiveDate
        let head = Bilingual(
            "\(basis.citation.zh)（\(basis.documentNumber)，\(basis.issuingBody.zh)"
                + (date.map { "，\($0)起施行）" } ?? "）"),
            "\(basis.citation.en) (\(basis.issuingBody.en)" + (date.map { ", in force since \($0))" } ?? ")"))
        return head + Bilingual("：", ": ") + basis.text
    }
}
