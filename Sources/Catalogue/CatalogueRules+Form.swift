import Vocabulary

extension CatalogueRules {
    /// LIMIT: fields on one page and in one form.
    static let pageFieldsMax = 6
    static let formFieldsMax = 30

    static func form(_ guide: Guide, _ types: [String: [String]]) -> [GuideDefect] {
        let form = guide.form
        let fields = form.fields
        return situations(guide)
            + check(
                form.pages.allSatisfy { (1...pageFieldsMax).contains($0.fields.count) } && fields.count <= formFieldsMax
                    && !fields.isEmpty && Set(form.pages.map(\.id)).count == form.pages.count,
                "form-size", "form",
                Bilingual(
                    "申请表每页1至\(pageFieldsMax)项，全表不超过\(formFieldsMax)项",
                    "A page has 1 to \(pageFieldsMax) fields, a form \(formFieldsMax) at most"),
                mend: Bilingual("请调整分页", "Divide it otherwise"))
            + check(
                Set(fields.map(\.id)).count == fields.count, "field-twice", "form",
                Bilingual("申请表项编号重复", "The id of a field stands twice"), mend: Bilingual("请修改编号", "Change the id"))
            + fields.flatMap { field($0, guide, types) }
    }

    private static func situations(_ guide: Guide) -> [GuideDefect] {
        let questions = guide.situations
        return check(
            questions.allSatisfy { !$0.choices.isEmpty && Set($0.choices.map(\.id)).count == $0.choices.count }
                && Set(questions.map(\.id)).count == questions.count,
            "situation-choices", "form",
            Bilingual("情形没有选项，或者编号重复", "A situation has no answers, or an id stands twice"),
            mend: Bilingual("请核对情形", "Check the situations"))
    }

    private static func field(_ field: FormField, _ guide: Guide, _ types: [String: [String]]) -> [GuideDefect] {
        let isChoice = field.type == .choice || field.type == .multichoice
        let hasOptions = !(field.options ?? []).isEmpty || field.codeTable != nil
        let isWithinLimit = field.maxLength.map { (1...Limits.textCharactersMax).contains($0) } ?? true
        let range: Bool =
            if let min = field.min, let max = field.max { min <= max } else { true }
        return check(
            isChoice == hasOptions, "field-options", field.id,
            Bilingual("“\(field.label.zh)”的选项不正确", "\"\(field.label.en)\" has wrong options"),
            mend: Bilingual("选择项要有选项，其他项没有", "A choice has options, any other field none"))
            + check(
                isWithinLimit && range, "field-limits", field.id,
                Bilingual("“\(field.label.zh)”的长度或者范围不正确", "Length or range of \"\(field.label.en)\" is wrong"),
                mend: Bilingual("请核对长度和范围", "Check them"))
            + check(
                field.prefill.map { isKnown($0, guide, types) } ?? true, "field-prefill", field.id,
                Bilingual("“\(field.label.zh)”的预填来源不存在", "The source of \"\(field.label.en)\" does not exist"),
                mend: Bilingual("请核对来源和来源项", "Check the source and its field"))
            + conditions(field.appliesWhen, of: field.id, in: guide)
    }

    private static func isKnown(
        _ prefill: FormField.Prefill, _ guide: Guide, _ types: [String: [String]]
    ) -> Bool {
        switch prefill.source {
        case .earlier:
            guide.form.fields.contains { $0.id == prefill.field } && prefill.certificateTypeCode == nil
        case .register:
            FormField.Prefill.registerFields.contains(prefill.field) && prefill.certificateTypeCode == nil
        case .account:
            FormField.Prefill.accountFields.contains(prefill.field) && prefill.certificateTypeCode == nil
        case .certificate:
            prefill.certificateTypeCode.flatMap { types[$0] }.map { $0.contains(prefill.field) } ?? false
        }
    }
}
