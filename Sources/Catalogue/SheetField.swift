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
                    key: key, label: elements[0].label, shape: shape,
                    isRequired: elements.contains { $0.requirement == .always }, elements: elements.map(\.id))
            }
        }
        return own + beside
    }()

    /// The field with the key; nil when there is none.
    package static func named(_ key: String) -> SheetField? { all.first { $0.key == key } }

    private static let limit = ElementShape.record([
        .init("value", "数值", "Number", .number(0...999)), .init("unit", "单位", "Unit", .code("timeUnit")),
        .init(
            "startsAt", "起算", "From",
            .word([
                .init("receipt", "收到申请", "Receipt"), .init("acceptance", "受理", "Acceptance"),
                .init("decision", "作出决定", "Decision"),
            ])),
        .init("basis", "依据编号", "Id of the basis", .text(max: 50), isRequired: false),
        .init("source", "来源", "Source", source),
    ])
    private static let span = ElementShape.record([
        .init("value", "数值", "Number", .number(0...999)), .init("unit", "单位", "Unit", .code("timeUnit")),
    ])
    private static let source = ElementShape.word([
        .init("law", "法律法规或者标准", "Law or standard"), .init("demonstration", "示例", "Example"),
    ])
    private static let basisID = ElementShape.text(max: 50)
    private static let agency = ElementShape.record([
        .init("name", "名称", "Name", .bilingual(max: 100)),
        .init("code", "统一社会信用代码", "Credit code", .text(max: 18), isRequired: false),
    ])
    private static let attachment = ElementShape.record([
        .init("id", "文件编号", "Id of the file", .text(max: 100)), .init("title", "名称", "Title", .bilingual(max: 200)),
    ])
    private static let conditions = ElementShape.list(
        .record([
            .init("situation", "情形编号", "Id of the situation", .text(max: 50)),
            .init("choices", "选项编号", "Ids of answers", .list(.text(max: 50), max: 20)),
        ]), max: 10)
    private static let basis = ElementShape.record([
        .init("id", "编号", "Id", basisID), .init("lawName", "法律法规名称", "Law", .bilingual(max: 200)),
        .init("documentNumber", "文号", "Document number", .text(max: 200)),
        .init("issuingBody", "制定机关", "Issued by", .bilingual(max: 200)),
        .init("article", "条款", "Article", .bilingual(max: 100), isRequired: false),
        .init("effectiveDate", "施行日期", "In force since", .date, isRequired: false),
        .init("text", "条文", "Text", .bilingual(max: 2000)),
        .init("checked", "条文已核对", "The article was checked", .flag),
    ])

    /// The shapes of the fields that guides know by their own types.
    static let shapes: [String: ElementShape] = [
        "itemName": .bilingual(max: 200),
        "handlingItem": .record([
            .init("serial", "两位序号", "Serial, two digits", .text(max: 2)),
            .init("name", "名称", "Name", .bilingual(max: 200)),
        ]),
        "itemType": .code("itemType"),
        "legalBases": .list(basis, max: 50),
        "serviceObjects": .codes("serviceObject"),
        "entrustingDepartment": agency,
        "jointAgencies": .list(agency, max: 20),
        "caseType": .code("caseType"),
        "handlingForms": .codes("handlingForm"),
        "acceptanceConditions": .list(
            .record([
                .init("text", "条件", "Condition", .bilingual(max: 1000)), .init("source", "来源", "Source", source),
                .init("basis", "依据编号", "Id of the basis", basisID, isRequired: false),
            ]), max: 50),
        "materials": .list(.record(material), max: 60),
        "quantityLimit": .record([
            .init("count", "数量", "Number", .number(0...1_000_000)),
            .init("basis", "依据编号", "Id of the basis", basisID),
        ]),
        "procedureSteps": .list(.record(step), max: 20),
        "specialProcedures": .list(
            .record([
                .init("kind", "种类", "Kind", .code("specialProcedureKind")), .init("limit", "时限", "Limit", span),
                .init("basis", "依据编号", "Id of the basis", basisID),
                .init("countsInLimit", "计入办理时限", "Counts in the limit", .flag),
                .init("note", "说明", "Note", .bilingual(max: 500)), .init("source", "来源", "Source", source),
            ]), max: 20),
        "intermediaryServices": .list(
            .record([
                .init("name", "名称", "Name", .bilingual(max: 200)),
                .init("provider", "提供者", "Provider", .bilingual(max: 200)),
                .init("basis", "依据编号", "Id of the basis", basisID), .init("source", "来源", "Source", source),
            ]), max: 20),
        "statutoryLimit": limit, "promisedLimit": limit,
        "statutoryLimitNote": .bilingual(max: 500), "promisedLimitNote": .bilingual(max: 500),
        "isCharged": .flag,
        "feeItems": .list(
            .record([
                .init("name", "项目", "Fee", .bilingual(max: 200)),
                .init("standard", "标准", "Rate", .bilingual(max: 500)),
                .init("basis", "依据编号", "Id of the basis", basisID),
                .init("reductionAllowed", "可以减免", "May be reduced", .flag),
                .init("reductionBasis", "减免依据", "Basis of reductions", .bilingual(max: 500), isRequired: false),
                .init("source", "来源", "Source", source),
            ]), max: 30),
        "onlinePaymentSupported": .flag,
        "resultType": .code("resultType"),
        "resultName": .bilingual(max: 200),
        "resultSample": attachment,
        "resultDelivery": .words(DeliveryMode.all.map { .init($0.id, $0.label, $0.labelEnglish) }),
        "crossRegionScope": .code("crossRegionScope"),
        "onlineDepth": .record([
            .init("steps", "能在网上办的环节", "What can be done online", .codes("onlineDepth")),
            .init("star", "星级", "Stars", .number(1...5)),
        ]),
        "runningSystem": .record([
            .init("level", "层级", "Level", .code("runningSystemLevel")),
            .init("name", "名称", "Name", .bilingual(max: 200)), .init("url", "网址", "Address", .text(max: 300)),
        ]),
        "onSiteVisits": .record([
            .init("window", "窗口申请", "Filed at a window", .number(0...9), isRequired: false),
            .init("online", "网上申请", "Filed online", .number(0...9), isRequired: false),
            .init("headline", "公布的次数", "The number published", .number(0...9)),
        ]),
        "onSiteReason": .bilingual(max: 500),
        "appointment": .record([
            .init("supported", "支持预约", "Can be booked", .flag),
            .init("dailyQuota", "每日名额", "Places a day", .number(0...10_000), isRequired: false),
        ]),
        "express": .record([
            .init("supported", "支持快递", "By courier", .flag),
            .init("materialsByExpress", "材料可寄送", "Materials by courier", .flag),
            .init("resultByExpress", "结果可寄送", "Result by courier", .flag),
        ]),
    ]

    private static let material: [ElementShape.Part] = [
        .init("id", "编号", "Id", .text(max: 50)), .init("order", "排序", "Order", .number(1...999)),
        .init("name", "材料名称", "Name", .bilingual(max: 200)), .init("kind", "材料类型", "Kind", .code("materialKind")),
        .init("medium", "材料形式", "Medium", .code("materialMedium")),
        .init("originalCopies", "原件份数", "Originals", .number(0...99)),
        .init("photocopies", "复印件份数", "Photocopies", .number(0...99)),
        .init("originalHandling", "原件收取或者核验", "Originals are", .code("originalHandling")),
        .init("paperFormat", "纸质规格", "Paper", .bilingual(max: 50)),
        .init("necessity", "必要性", "Necessity", .code("materialNecessity")),
        .init("sourceChannel", "来源渠道", "Comes from", .code("materialSource")),
        .init("sourceNote", "来源渠道说明", "How it is obtained", .bilingual(max: 500), isRequired: false),
        .init("issuingBody", "出具机构", "Issued by", .bilingual(max: 200), isRequired: false),
        .init("blankForm", "空白表格", "Blank form", attachment, isRequired: false),
        .init("sample", "示例样表", "Sample", attachment, isRequired: false),
        .init("fillingNote", "填报须知", "Filling note", .bilingual(max: 500), isRequired: false),
        .init("acceptanceStandard", "受理标准", "Acceptance standard", .bilingual(max: 500)),
        .init("legalBasis", "依据编号", "Id of the basis", basisID),
        .init("certificateTypeCode", "电子证照类型代码", "Type of certificate that serves", .text(max: 21), isRequired: false),
        .init("appliesWhen", "适用情形", "Applies when", conditions), .init("source", "来源", "Source", source),
    ]
    private static let step: [ElementShape.Part] = [
        .init(
            "kind", "环节", "Step",
            .word([
                .init("accept", "受理", "Acceptance"), .init("review", "审核", "Review"),
                .init("inspect", "现场核查", "Inspection"), .init("decide", "审批", "Decision"),
                .init("close", "办结", "Completion"), .init("deliver", "送达", "Delivery"),
            ])),
        .init("name", "名称", "Name", .bilingual(max: 100)),
        .init("operatorRole", "办理人员", "Who does it", .bilingual(max: 100)), .init("limit", "时限", "Limit", span),
        .init("reviewStandard", "审查标准", "Standard", .bilingual(max: 1000)),
        .init("result", "办理结果", "Result", .bilingual(max: 500)), .init("source", "来源", "Source", source),
        .init("basis", "依据编号", "Id of the basis", basisID, isRequired: false),
    ]

    /// What belongs to the record beside the 46 elements (domain section 2.1).
    private static let beside: [SheetField] = [
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

    private static let page: [ElementShape.Part] = [
        .init("id", "编号", "Id", .text(max: 50)), .init("title", "标题", "Title", .bilingual(max: 100)),
        .init("fields", "问题", "Questions", .list(.record(formField), max: CatalogueRules.pageFieldsMax)),
    ]
    private static let formField: [ElementShape.Part] = [
        .init("id", "编号", "Id", .text(max: 50)), .init("label", "问题", "Question", .bilingual(max: 200)),
        .init(
            "type", "答案的种类", "Kind of answer",
            .word(FormField.Kind.allCases.map { .init($0.rawValue, $0.label.zh, $0.label.en) })),
        .init("required", "必填", "Required", .flag),
        .init("maxLength", "最多字数", "Characters at most", .number(1...4000), isRequired: false),
        .init("min", "最小值", "Least", .number(-1_000_000_000...1_000_000_000_000), isRequired: false),
        .init("max", "最大值", "Most", .number(-1_000_000_000...1_000_000_000_000), isRequired: false),
        .init(
            "options", "选项", "Answers",
            .list(
                .record([
                    .init("id", "编号", "Id", .text(max: 50)), .init("label", "答案", "Answer", .bilingual(max: 200)),
                ]), max: 60), isRequired: false),
        .init("codeTable", "代码表", "Code table", .text(max: 50), isRequired: false),
        .init("hint", "提示", "Hint", .bilingual(max: 300), isRequired: false),
        .init("appliesWhen", "适用情形", "Applies when", conditions),
        .init(
            "prefill", "预填来源", "Filled in from",
            .record([
                .init(
                    "source", "来源", "Source",
                    .word([.init("account", "账户", "Account"), .init("certificate", "电子证照", "Certificate")])),
                .init("certificateTypeCode", "证照类型代码", "Type of certificate", .text(max: 21), isRequired: false),
                .init("field", "来源项", "Field", .text(max: 50)),
            ]), isRequired: false),
        .init("personal", "个人信息", "Personal data", .flag),
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

extension FormField.Kind {
    /// What the editor calls it.
    package var label: Bilingual {
        switch self {
        case .text: Bilingual("单行文字", "One line")
        case .multiline: Bilingual("多行文字", "Several lines")
        case .integer: Bilingual("整数", "Whole number")
        case .date: Bilingual("日期", "Date")
        case .choice: Bilingual("单选", "One of several")
        case .multichoice: Bilingual("多选", "Some of several")
        case .phone: Bilingual("手机号码", "Mobile number")
        case .citizenID: Bilingual("公民身份号码", "Identity number")
        case .creditCode: Bilingual("统一社会信用代码", "Credit code")
        case .address: Bilingual("地址", "Address")
        case .boolean: Bilingual("是或否", "Yes or no")
        case .money: Bilingual("金额", "Amount")
        }
    }
}
