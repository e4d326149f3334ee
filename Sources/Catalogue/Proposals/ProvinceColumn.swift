import Vocabulary

/// How a column of the national exchange's catalogue tables stands in a sheet: what the sheet says in its place, and,
/// for numbers, codes and yes or no, how it is taken over. What has words in two languages is read and written by hand.
struct ProvinceColumn: Sendable {
    typealias Record = [String: JSONValue]

    /// The field of the sheet.
    let key: String
    /// What the sheet says; nil while it says nothing.
    let said: @Sendable (_ sheet: Record, _ row: Record) -> String?
    /// Writes it into the sheet; nil where that is done by hand.
    let take: (@Sendable (_ text: String, _ sheet: inout Record, _ row: Record) -> Void)?
    /// Whether it is a set of codes, in whatever order and with whatever between them.
    var isSet = false

    /// A value as text.
    static func text(_ value: JSONValue?) -> String {
        switch value {
        case .text(let text)?: text
        case .number(let number)?: "\(number)"
        case .flag(let isSo)?: isSo ? "1" : "0"
        case .list, .record, .null, nil: ""
        }
    }

    /// The same for comparison: sets in order.
    func normal(_ text: String) -> String { isSet ? Self.codes(text).joined(separator: ",") : text }

    private static func codes(_ text: String) -> [String] {
        text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init).sorted()
    }

    /// The columns that the sheet has a place for, by name.
    static let all: [String: ProvinceColumn] = [
        "task_name": words("itemName"),
        "task_type": Self(key: "itemType", said: { sheet, _ in sheet["itemType"]?.text }, take: nil),
        "server_type": set("serviceObjects"), "handle_type": set("handlingForms"), "project_type": code("caseType"),
        "result_type": code("resultType"), "result_name": words("resultName"), "handle_area": code("crossRegionScope"),
        "anticipate_day": limit("statutoryLimit", "value"), "anticipate_type": limit("statutoryLimit", "unit"),
        "anticipate_explain": words("statutoryLimitNote"), "promise_day": promise,
        "promise_type": limit("promisedLimit", "unit"), "promise_explain": words("promisedLimitNote"),
        "limit_scene_num": member("onSiteVisits", "headline", isNumber: true, beside: [:]),
        "limit_scene_explain": words("onSiteReason"), "is_fee": flag("isCharged"),
        "is_pay_online": flag("onlinePaymentSupported"),
        "is_schedule": member("appointment", "supported", isNumber: false, beside: [:]),
        "is_express": member(
            "express", "supported", isNumber: false,
            beside: ["materialsByExpress": .flag(false), "resultByExpress": .flag(true)]),
        "online_handle_depth": depth, "use_level": power("levels"), "power_source": power("powerSource"),
    ]

    /// The code table of a column, where it has one.
    static let tables = [
        "task_type": "itemType", "task_state": "itemState", "server_type": "serviceObject",
        "handle_type": "handlingForm", "project_type": "caseType", "result_type": "resultType",
        "handle_area": "crossRegionScope", "anticipate_type": "timeUnit", "promise_type": "timeUnit",
        "online_handle_depth": "onlineDepth", "use_level": "exerciseLevel", "power_source": "powerSource",
    ]

    /// A value for people: the labels of codes, 是 or 否, else as it is.
    static func plain(_ column: String, _ text: String, _ codes: CodeTables) -> Bilingual {
        if let table = tables[column] {
            let labels = Self.codes(text).map { codes.label(table, $0) }
            return Bilingual(
                labels.map(\.zh).joined(separator: "、"), labels.map(\.en).joined(separator: ", "))
        }
        guard column.hasPrefix("is_") || column == "app_is_single_login" else { return .same(text) }
        switch text {
        case "1": return Bilingual("是", "Yes")
        case "0": return Bilingual("否", "No")
        default: return .same(text)
        }
    }

    /// The columns that say where and when a record was made, and nothing of the item.
    static let technical: Set<String> = [
        "row_guid", "task_guid", "task_version", "catalog_code", "task_code", "task_handle_item", "data_source",
        "dept_code", "dept_name", "dept_type", "cd_operation", "cd_time", "cd_batch", "order_num",
    ]

    /// Words: the Chinese ones are compared.
    private static func words(_ key: String) -> Self {
        Self(key: key, said: { sheet, _ in sheet[key]?["zh"]?.text }, take: nil)
    }

    private static func code(_ key: String) -> Self {
        Self(key: key, said: { sheet, _ in sheet[key]?.text }, take: { text, sheet, _ in sheet[key] = .text(text) })
    }

    private static func set(_ key: String) -> Self {
        Self(
            key: key, said: { sheet, _ in sheet[key]?.list.map { $0.compactMap(\.text).joined(separator: ",") } },
            take: { text, sheet, _ in sheet[key] = .list(codes(text).map(JSONValue.text)) }, isSet: true)
    }

    /// Yes or no: 是 1, 否 0 (code table 是/否). What is neither stays a text, which no sheet takes.
    private static func flag(_ text: String) -> JSONValue {
        switch text {
        case "1": .flag(true)
        case "0": .flag(false)
        default: .text(text)
        }
    }

    private static func flag(_ key: String) -> Self {
        Self(key: key, said: { sheet, _ in said(sheet[key]) }, take: { text, sheet, _ in sheet[key] = flag(text) })
    }

    private static func said(_ value: JSONValue?) -> String? { value.map { text($0) } }

    private static func number(_ text: String) -> JSONValue { Int(text).map(JSONValue.number) ?? .text(text) }

    /// A member of a part; what stands beside it in a new one.
    private static func member(
        _ key: String, _ name: String, isNumber: Bool, beside: [String: JSONValue]
    ) -> Self {
        Self(
            key: key, said: { sheet, _ in said(sheet[key]?[name]) },
            take: { text, sheet, _ in
                var members = beside
                if case .record(let own)? = sheet[key] { members = own }
                members[name] = isNumber ? number(text) : flag(text)
                sheet[key] = .record(members)
            })
    }

    /// 法定办结时限, 承诺办结时限: a number and its unit; a new limit runs from the acceptance (行政许可法 art. 42).
    private static func limit(_ key: String, _ name: String) -> Self {
        Self(
            key: key, said: { sheet, _ in said(sheet[key]?[name]) },
            take: { text, sheet, _ in
                var members: [String: JSONValue] = [
                    "value": .number(0), "unit": .text("1"), "startsAt": .text("acceptance"), "source": .text("law"),
                ]
                if case .record(let own)? = sheet[key] { members = own }
                members[name] = name == "value" ? number(text) : .text(text)
                sheet[key] = .record(members)
            })
    }

    /// A promise is a body's own where it has one.
    private static let promise: Self = {
        let city = limit("promisedLimit", "value")
        return Self(
            key: "promisedLimit",
            said: { sheet, row in
                let own = row["dept_code"]?.text.flatMap { sheet["own"]?[$0]?["promisedLimit"] }
                return said(own) ?? city.said(sheet, row)
            },
            take: { text, sheet, row in
                guard let body = row["dept_code"]?.text, case .record(var bodies)? = sheet["own"],
                    case .record(var particulars)? = bodies[body], particulars["promisedLimit"] != nil
                else {
                    city.take?(text, &sheet, row)
                    return
                }
                particulars["promisedLimit"] = number(text)
                bodies[body] = .record(particulars)
                sheet["own"] = .record(bodies)
            })
    }()

    private static let depth = Self(
        key: "onlineDepth",
        said: { sheet, _ in sheet["onlineDepth"]?["steps"]?.list.map { $0.compactMap(\.text).joined(separator: ",") } },
        take: { text, sheet, _ in
            var members: [String: JSONValue] = ["star": .number(1)]
            if case .record(let own)? = sheet["onlineDepth"] { members = own }
            members["steps"] = .list(codes(text).map(JSONValue.text))
            sheet["onlineDepth"] = .record(members)
        }, isSet: true)

    /// Of the power that has the row's basic code.
    private static func power(_ name: String) -> Self {
        Self(
            key: "powers",
            said: { sheet, row in
                guard let index = powerPlace(sheet, row), let value = sheet["powers"]?.list?[index][name] else {
                    return nil
                }
                return value.list.map { $0.compactMap(\.text).joined(separator: ",") } ?? value.text
            },
            take: { text, sheet, row in
                guard let index = powerPlace(sheet, row), var powers = sheet["powers"]?.list,
                    case .record(var members) = powers[index]
                else { return }
                members[name] = name == "levels" ? .list(codes(text).map(JSONValue.text)) : .text(text)
                powers[index] = .record(members)
                sheet["powers"] = .list(powers)
            }, isSet: name == "levels")
    }

    private static func powerPlace(_ sheet: Record, _ row: Record) -> Int? {
        let code = CatalogueProposal.code(in: row)?.code
        return sheet["powers"]?.list?.firstIndex { $0["catalogCode"]?.text == code }
    }
}
