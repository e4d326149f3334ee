import Vocabulary

extension CatalogueRules {
    static func materials(_ guide: Guide, _ types: [String: [String]]) -> [GuideDefect] {
        let materials = guide.materials
        let ids = Set(materials.map(\.id)).count == materials.count
        return materials.flatMap { material($0, guide, types) }
            + check(
                ids && Set(materials.map(\.order)).count == materials.count, "material-twice", "materials",
                Bilingual("材料编号或者排序重复", "A material's id or order stands twice"),
                mend: Bilingual("请修改重复的材料", "Change it"))
    }

    private static func material(_ material: MaterialSpec, _ guide: Guide, _ types: [String: [String]]) -> [GuideDefect]
    {
        check(
            (1...200).contains(material.name.zh.count) && material.originalCopies >= 0 && material.photocopies >= 0
                && (1...99).contains(material.originalCopies + material.photocopies),
            "material-count", material.id,
            Bilingual(
                "“\(material.name.zh)”的名称或者份数不正确", "Name or number of copies of \"\(material.name.en)\" is wrong"),
            mend: Bilingual("请核对名称和份数", "Check both"))
            + check(
                material.sourceChannel == .applicant || (material.sourceNote != nil && material.issuingBody != nil),
                "material-issuer", material.id,
                Bilingual("“\(material.name.zh)”没有写明出具机构", "\"\(material.name.en)\" does not say who issues it"),
                mend: Bilingual("请补充来源渠道说明和出具机构", "Add the source and the issuing body"))
            + check(
                (material.blankForm == nil) == (material.sample == nil), "material-form", material.id,
                Bilingual("空白表格和示例样表应当同时提供", "A blank form and its sample come together"),
                mend: Bilingual("请补充缺少的一份", "Add the one that is missing"))
            + check(
                material.fillingNote.map { $0.zh.count <= 500 } ?? true, "material-note", material.id,
                Bilingual("填报须知超过500字", "The filling note has more than 500 characters"),
                mend: Bilingual("请缩短", "Shorten it"))
            + check(
                material.certificateTypeCode.map { types[$0] != nil } ?? true, "unknown-certificate-type", material.id,
                Bilingual("没有这个证照类型", "There is no such certificate type"),
                mend: Bilingual("请核对证照类型代码", "Check the code"))
            + check(
                material.certificateTypeCode == nil || material.medium != .paper, "shared-material-on-paper",
                material.id,
                Bilingual("能够共享获取的材料不得要求纸质", "What is shared may not be demanded on paper"),
                mend: Bilingual("请改为电子化", "Make it electronic"))
            + faceConditions(material, types)
            + conditions(material.appliesWhen, of: material.id, in: guide)
    }

    /// Conditions on a certificate stand with its type, say everything that their rule needs, and name fields that the
    /// face has.
    private static func faceConditions(_ material: MaterialSpec, _ types: [String: [String]]) -> [GuideDefect] {
        let conditions = material.conditions ?? []
        let fields = material.certificateTypeCode.flatMap { types[$0] } ?? []
        let unknown = conditions.compactMap(\.field).first { !fields.contains($0) }
        return check(
            conditions.isEmpty || material.certificateTypeCode != nil, "condition-without-certificate", material.id,
            Bilingual("没有证照类型，不能设照面条件", "Without a type of certificate there are no conditions"),
            mend: Bilingual("请填写证照类型代码，或者删去条件", "Name the type, or take the conditions out"))
            + check(
                conditions.count <= FaceCondition.conditionsMax && conditions.allSatisfy(\.isWhole),
                "condition-not-whole", material.id,
                Bilingual("照面条件不完整", "A condition on the certificate is not whole"),
                mend: Bilingual("请按比较方式补全天数、字段、比较值或者持证主体", "Add the days, field, values or holder that it needs"))
            + check(
                material.certificateTypeCode == nil || unknown == nil, "unknown-face-field", material.id,
                Bilingual("照面上没有字段“\(unknown ?? "")”", "The face has no field \"\(unknown ?? "")\""),
                mend: Bilingual("请核对证照类型的照面字段", "Check the fields of the type"))
    }

    /// Conditions name questions and answers of the standard; an answer that this power does not offer simply never
    /// comes.
    static func conditions(_ conditions: [SituationCondition], of element: String, in guide: Guide) -> [GuideDefect] {
        let isKnown = conditions.allSatisfy { condition in
            guide.standard.situations.contains { situation in
                situation.id == condition.situation && !condition.choices.isEmpty
                    && condition.choices.allSatisfy { id in situation.choices.contains { $0.id == id } }
            }
        }
        return check(
            isKnown, "unknown-situation", element,
            Bilingual("适用情形不存在", "The situation does not exist"),
            mend: Bilingual("请核对情形和选项", "Check question and answers"))
    }

    /// Every legal basis that something cites is listed, and an unchecked one has no article.
    static func references(_ guide: Guide) -> [GuideDefect] {
        let standard = guide.standard
        let bases = standard.legalBases + standard.referenceBases
        let cited =
            GuideElement.all.flatMap { guide.basisIDs(of: $0.key) } + standard.frequentQuestions.compactMap(\.basis)
            + [standard.deliveryLimit.basis, standard.commitment?.basis].compactMap { $0 }
        let missing = cited.filter { id in !bases.contains { $0.id == id } }
        return check(
            missing.isEmpty, "unknown-basis", missing.first ?? "legalBases",
            Bilingual("引用了没有列出的依据", "A basis is cited that is not listed"), mend: Bilingual("请补充依据", "Add the basis"))
            + check(
                Set(bases.map(\.id)).count == bases.count, "basis-twice", "legalBases",
                Bilingual("依据编号重复", "The id of a basis stands twice"), mend: Bilingual("请修改编号", "Change the id"))
            + bases.flatMap { basis in
                check(
                    basis.checked == (basis.article != nil), "article-unchecked", "legalBases",
                    Bilingual(
                        "《\(basis.lawName.zh)》：条文号只写核对过的", "\(basis.lawName.en): only a checked article has a number"),
                    mend: Bilingual("请核对条文后填写", "Check the article first"))
            }
    }
}
