import Vocabulary

extension SheetField {
    static let page: [ElementShape.Part] = [
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
                    .word([
                        .init("account", "账户", "Account"), .init("certificate", "电子证照", "Certificate"),
                        .init("earlier", "上一次申请", "Last application"), .init("register", "法人登记信息", "Register"),
                    ])),
                .init("certificateTypeCode", "证照类型代码", "Type of certificate", .text(max: 21), isRequired: false),
                .init("field", "来源项", "Field", .text(max: 50)),
            ]), isRequired: false),
        .init("personal", "个人信息", "Personal data", .flag),
    ]
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
