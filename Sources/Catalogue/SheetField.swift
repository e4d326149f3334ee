import Vocabulary

/// One thing that is filled in on a sheet: the value of an element, or what belongs to the record beside the 46.
package struct SheetField: Sendable {
    /// The key in the sheet and in guide files.
    package let key: String
    package let label: Bilingual
    package let shape: ElementShape
    /// Whether a guide cannot be composed without it.
    package let isRequired: Bool
    /// The elements that are read from it; empty for what belongs to the record beside the 46.
    package let elements: [String]

    /// Every field in the order of the elements, then what stands beside them.
    package static let all: [SheetField] = {
        var seen: Set<String> = []
        let own = GuideElement.all.flatMap { element in
            element.sheetKeys.filter { seen.insert($0).inserted }.compactMap { key -> SheetField? in
                guard let shape = element.furtherShape ?? shapes[key] else { return nil }
                let elements = GuideElement.all.filter { $0.sheetKeys.contains(key) }
                return SheetField(
                    key: key, label: (elements.first { $0.key == key } ?? elements[0]).label, shape: shape,
                    isRequired: elements.contains { $0.requirement == .always }, elements: elements.map(\.id))
            }
        }
        return own + besideElements
    }()

    /// The field with the key; nil when there is none.
    package static func named(_ key: String) -> SheetField? { all.first { $0.key == key } }

    /// What belongs to the record beside the 46 elements (domain section 2.1).
    private static let besideElements: [SheetField] = [
        SheetField(
            "serviceModes", "服务模式", "Service modes",
            .words(ServiceMode.all.map { .init($0.id, $0.label, $0.labelEnglish) })),
        SheetField(
            "reviewMode", "审查方式", "Way of review",
            .word([
                .init("examineAndDecideAtOnce", "即审即办", "Examined and decided at once"),
                .init("examineThenDecide", "前审后批", "Examined, then decided"),
            ])),
        SheetField("deliveryLimit", "送达时限", "Limit of delivery", limit),
        SheetField(
            "closing", "办结方式", "Way of closing",
            .word([
                .init("certificate", "出证办结", "Certificate"), .init("approval", "审批办结", "Approval"),
                .init("document", "出文办结", "Document"), .init("other", "其他", "Other"),
            ])),
        SheetField(
            "certificateTypeCode", "结果证照类型代码", "Type of the certificate that is made", .text(max: 21), isRequired: false
        ),
        SheetField(
            "jointHandling", "统一、联合或者集中办理", "Handled together with the joint agencies", .flag, isRequired: false),
        SheetField(
            "commitment", "告知承诺", "Commitment",
            .record([
                .init("materials", "可以不提交的材料编号", "Ids of materials it stands for", .list(.text(max: 50), max: 60)),
                .init("verifyDays", "核查期限（工作日）", "Verified within, in working days", .number(1...250)),
                .init("appliesWhen", "适用情形", "Applies when", conditions, isRequired: false),
                .init("basis", "依据编号", "Id of the basis", basisID, isRequired: false),
                .init("source", "来源", "Source", source),
            ]), isRequired: false),
        SheetField("referenceBases", "实施依据", "Bases of execution", .list(basis, max: 50)),
        SheetField(
            "topics", "主题分类", "Topics",
            .list(
                .record([
                    .init(
                        "holder", "对象", "For",
                        .word([
                            .init("naturalPerson", "个人", "People"), .init("legalPerson", "法人", "Organisations"),
                        ])),
                    .init("theme", "主题", "Topic", .bilingual(max: 50)),
                ]), max: 20)),
        SheetField("searchWords", "常用说法", "What people say", .list(.text(max: 50), max: 50)),
        SheetField("searchWordsEnglish", "英文常用说法", "What people say in English", .list(.text(max: 50), max: 50)),
        SheetField(
            "situations", "情形", "Situations",
            .list(
                .record([
                    .init("id", "编号", "Id", .text(max: 50)), .init("question", "问题", "Question", .bilingual(max: 200)),
                    .init(
                        "choices", "选项", "Answers",
                        .list(
                            .record([
                                .init("id", "编号", "Id", .text(max: 50)),
                                .init("label", "答案", "Answer", .bilingual(max: 200)),
                                .init("note", "说明", "Note", .bilingual(max: 300), isRequired: false),
                            ]), max: 20)),
                ]), max: 10)),
        SheetField(
            "frequentQuestions", "常见问题", "Frequent questions",
            .list(
                .record([
                    .init("question", "问题", "Question", .bilingual(max: 300)),
                    .init("answer", "回答", "Answer", .bilingual(max: 2000)), .init("source", "来源", "Source", source),
                    .init("basis", "依据编号", "Id of the basis", basisID, isRequired: false),
                ]), max: 30)),
        SheetField(
            "form", "申请表", "Application form", .record([.init("pages", "页", "Pages", .list(.record(page), max: 12))])),
    ]

    private init(
        _ key: String, _ zh: String, _ en: String, _ shape: ElementShape, isRequired: Bool = true
    ) {
        self.init(key: key, label: Bilingual(zh, en), shape: shape, isRequired: isRequired, elements: [])
    }

    private init(key: String, label: Bilingual, shape: ElementShape, isRequired: Bool, elements: [String]) {
        (self.key, self.label, self.shape) = (key, label, shape)
        (self.isRequired, self.elements) = (isRequired, elements)
    }
}
