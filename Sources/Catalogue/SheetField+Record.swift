import Vocabulary

/// The whole of a sheet as one declared record: its fields, and what stands beside them. Tables of sheets are made from
/// it and checked with it, so that a further element travels without another line.
extension SheetField {
    /// Every part of a sheet but its name in addresses, in the order in which a table names them.
    static let record: [ElementShape.Part] = {
        let fields = all.map { field -> ElementShape.Part in
            let shape = field.key == "form" ? form : field.shape
            return .init(field.key, field.label.zh, field.label.en, shape, isRequired: false)
        }
        return [.init("department", "部门", "Department", .text(max: 50), isRequired: false)] + fields + beside
    }()

    /// The parts that are no values of elements: `ItemSheet` has a place of its own for each.
    static let beside: [ElementShape.Part] = [
        .init("sources", "要素来源", "Sources of elements", sources, isRequired: false),
        .init("powers", "权力", "Powers", .list(power, max: 20), isRequired: false),
        .init("own", "本级设定", "Set by single bodies", .named(own, max: 500), isRequired: false),
        .init("local", "原清单", "The list it came from", local, isRequired: false),
    ]

    private static let sources = ElementShape.record(
        GuideElement.all.map { .init($0.key, $0.label.zh, $0.label.en, source, isRequired: false) })

    /// What an editor sets of a power: the program gives the code, and situations are edited as such.
    static let editedPowerKeys = ["levels", "handlingItemSuffix", "powerSource", "authorityDivision"]
    static let editedPower = ElementShape.record(powerParts.filter { editedPowerKeys.contains($0.key) })
    private static let power = ElementShape.record(powerParts)
    private static let powerParts: [ElementShape.Part] = [
        .init("levels", "行使层级", "Levels", .codes("exerciseLevel")),
        .init("catalogCode", "基本编码", "Catalogue code", .text(max: 12)),
        .init("catalogCodeSource", "基本编码来源", "Source of the code", source),
        .init("handlingItemSuffix", "业务办理项后缀", "Suffix of the handling item", .bilingual(max: 50), isRequired: false),
        .init("powerSource", "权力来源", "Source of the power", .code("powerSource")),
        .init("authorityDivision", "行使内容", "Division of authority", .bilingual(max: 500), isRequired: false),
        .init(
            "situationChoices", "情形选项", "Answers by situation", .named(.list(.text(max: 50), max: 20), max: 10),
            isRequired: false),
    ]

    static let own = ElementShape.record([
        .init(
            "promisedLimit", "承诺时限（单位同全市承诺，不得更长）", "Promised limit (in the city's unit, no longer)", .number(0...999),
            isRequired: false),
        .init("consultationPhone", "咨询电话", "Telephone for questions", .text(max: 30), isRequired: false),
        .init("supervisionPhone", "监督电话", "Telephone for complaints", .text(max: 30), isRequired: false),
        .init("window", "窗口", "Window", .bilingual(max: 100), isRequired: false),
        .init("address", "地址", "Address", .bilingual(max: 200), isRequired: false),
        .init("hours", "办公时间", "Hours", .bilingual(max: 200), isRequired: false),
    ])

    private static let local = ElementShape.record([
        .init("code", "本地事项编码", "Local code", .text(max: ServiceItemList.localCodeCharactersMax)),
        .init("name", "原名称", "Name in the list", .text(max: 2 * ServiceItemList.nameCharactersMax)),
        .init("department", "原部门", "Department in the list", .text(max: 100)),
        .init("mainItem", "主项", "Main item", .text(max: ServiceItemList.nameCharactersMax)),
    ])

    /// The form with its sample, which the editor makes and nobody types.
    private static let form = ElementShape.record([
        .init("pages", "页", "Pages", .list(.record(page), max: 12)),
        .init("sample", "示例", "Sample", .named(.text(max: 4000), max: 100), isRequired: false),
        .init("sampleSituation", "示例情形", "Situation of the sample", .named(.text(max: 50), max: 10), isRequired: false),
    ])
}
