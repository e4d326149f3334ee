import Vocabulary

/// The shapes of what guides know by types of their own, written once more as data: a test holds every guide that ships
/// against them.
extension SheetField {
    static let limit = ElementShape.record([
        .init("value", "数值", "Number", .number(0...999)), .init("unit", "单位", "Unit", .code("timeUnit")),
        .init(
            "startsAt", "起算", "From",
            .word([
                .init("receipt", "收到申请", "Receipt"), .init("acceptance", "受理", "Acceptance"),
                .init("decision", "作出决定", "Decision"),
            ])),
        .init("basis", "依据编号", "Id of the basis", .text(max: 50), isRequired: false),
        .init(
            "extension", "延长", "Extension",
            .record([
                .init("value", "数值", "Number", .number(0...999)), .init("unit", "单位", "Unit", .code("timeUnit")),
                .init("approver", "批准人", "Approved by", .bilingual(max: 100)),
                .init("basis", "依据编号", "Id of the basis", basisID),
            ]), isRequired: false),
        .init("source", "来源", "Source", source),
    ])
    private static let span = ElementShape.record([
        .init("value", "数值", "Number", .number(0...999)), .init("unit", "单位", "Unit", .code("timeUnit")),
    ])
    static let source = ElementShape.word([
        .init("law", "法律法规或者标准", "Law or standard"), .init("demonstration", "示例", "Example"),
    ])
    static let basisID = ElementShape.text(max: 50)
    private static let agency = ElementShape.record([
        .init("name", "名称", "Name", .bilingual(max: 100)),
        .init("code", "统一社会信用代码", "Credit code", .text(max: 18), isRequired: false),
    ])
    private static let attachment = ElementShape.record([
        .init("id", "文件编号", "Id of the file", .text(max: 100)), .init("title", "名称", "Title", .bilingual(max: 200)),
    ])
    static let conditions = ElementShape.list(
        .record([
            .init("situation", "情形编号", "Id of the situation", .text(max: 50)),
            .init("choices", "选项编号", "Ids of answers", .list(.text(max: 50), max: 20)),
        ]), max: 10)
    static let basis = ElementShape.record([
        .init("id", "编号", "Id", basisID), .init("lawName", "法律法规名称", "Law", .bilingual(max: 200), isHeadline: true),
        .init("documentNumber", "文号", "Document number", .text(max: 200)),
        .init("issuingBody", "制定机关", "Issued by", .bilingual(max: 200)),
        .init("article", "条款", "Article", .bilingual(max: 100), isRequired: false, isHeadline: true),
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
        .init("conditions", "电子证照照面条件", "What the certificate must be", faceConditions, isRequired: false),
        .init("appliesWhen", "适用情形", "Applies when", conditions), .init("source", "来源", "Source", source),
    ]
    private static let faceConditions = ElementShape.list(
        .record([
            .init("text", "条件说明", "In words", .bilingual(max: 200), isHeadline: true),
            .init(
                "rule", "比较方式", "Compared how",
                .word([
                    .init("validDays", "剩余有效天数不少于", "Valid for so many more days"),
                    .init("equals", "照面字段等于", "Field equals"),
                    .init("atLeast", "照面字段不小于", "Field is at least"),
                    .init("oneOf", "照面字段为其中之一", "Field is one of"), .init("holder", "持证主体为", "Belongs to"),
                ])),
            .init(
                "days", "天数（自然日）", "Calendar days", .number(1...FaceCondition.daysMax), isRequired: false),
            .init("field", "照面字段编号", "Id of the field", .text(max: 40), isRequired: false),
            .init(
                "values", "比较值", "Values", .list(.text(max: 200), max: FaceCondition.valuesMax), isRequired: false),
            .init(
                "holder", "持证主体", "Holder",
                .word([.init("applicant", "申请人", "The applicant"), .init("agent", "代理人", "Who acts for her")]),
                isRequired: false),
        ]), max: FaceCondition.conditionsMax)
    private static let step: [ElementShape.Part] = [
        .init(
            "kind", "环节", "Step",
            .word([
                .init("accept", "受理", "Acceptance"),
                .init("preExamination", "下级初审", "Pre-examination"), .init("review", "审核", "Review"),
                .init("inspect", "现场核查", "Inspection"), .init("decide", "审批", "Decision"),
                .init("close", "办结", "Completion"), .init("deliver", "送达", "Delivery"),
            ])),
        .init("name", "名称", "Name", .bilingual(max: 100)),
        .init("operatorRole", "办理人员", "Who does it", .bilingual(max: 100)), .init("limit", "时限", "Limit", span),
        .init("reviewStandard", "审查标准", "Standard", .bilingual(max: 1000)),
        .init("result", "办理结果", "Result", .bilingual(max: 500)), .init("source", "来源", "Source", source),
        .init("basis", "依据编号", "Id of the basis", basisID, isRequired: false),
        .init(
            "body", "初审机关", "Body of the pre-examination",
            .record([
                .init("code", "统一社会信用代码", "Credit code", .text(max: 18)),
                .init("region", "行政区划代码", "Region code", .text(max: 6)),
            ]), isRequired: false),
    ]
}
