import Hall
import Hummingbird
import Supervision
import Vocabulary

/// What the address of the statistics asks for: the months, what is named, by what it is told apart, and the order.
struct StatisticsAsked {
    static let path = "/office/statistics"

    let months: ClosedRange<Month>
    let values: [FigureDimension: String]
    let by: FigureDimension
    /// The column by which the table is ordered, and whether the least stands first; nil in the order of the codes.
    let sort: String?
    let isRising: Bool

    /// The last twelve of the months in which something was counted, unless others are asked for.
    init(_ request: Request, counted: ClosedRange<Month>) {
        months = request.months(counted: counted)
        var values: [FigureDimension: String] = [:]
        for dimension in FigureDimension.allCases where dimension != .month {
            let value = request.asked(dimension.rawValue)
            guard Self.isOne(value, of: dimension) else { continue }
            values[dimension] = value == Self.online ? "" : value
        }
        self.values = values
        by = FigureDimension(rawValue: request.asked("by")) ?? .region
        let order = request.asked("sort")
        isRising = order.hasPrefix("-")
        sort = order.isEmpty ? nil : String(isRising ? order.dropFirst() : order[...])
    }

    private init(
        _ months: ClosedRange<Month>, _ values: [FigureDimension: String], by: FigureDimension, sort: String?,
        isRising: Bool
    ) {
        (self.months, self.values, self.by, self.sort, self.isRising) = (months, values, by, sort, isRising)
    }

    /// LIMIT: characters of a value in an address; no code is longer.
    private static let valueCharactersMax = 40

    /// Whether a text can be a value: what is no region and no mode is not asked.
    private static func isOne(_ value: String, of dimension: FigureDimension) -> Bool {
        switch dimension {
        case .region: Region(value) != nil
        case .mode: ServiceMode.named(value) != nil
        case .hall: value == online || Region(value) != nil
        case .body: CreditCode(value) != nil
        case .item: (1...valueCharactersMax).contains(value.utf8.count)
        case .month: false
        }
    }

    /// How an address says what has no hall.
    private static let online = "online"

    /// A value as an address says it.
    static func text(_ value: String) -> String { value.isEmpty ? online : value }

    /// The same with another value of a dimension; nil takes it away.
    func asking(_ dimension: FigureDimension, _ value: String?) -> StatisticsAsked {
        var values = values
        values[dimension] = value
        return StatisticsAsked(months, values, by: by, sort: sort, isRising: isRising)
    }

    func during(_ months: ClosedRange<Month>) -> StatisticsAsked {
        StatisticsAsked(months, values, by: by, sort: sort, isRising: isRising)
    }

    func told(by dimension: FigureDimension) -> StatisticsAsked {
        StatisticsAsked(months, values, by: dimension, sort: nil, isRising: false)
    }

    func sorted(by column: String?, isRising: Bool) -> StatisticsAsked {
        StatisticsAsked(months, values, by: by, sort: column, isRising: isRising)
    }

    /// The same of one line of the table.
    func line(_ value: String) -> StatisticsAsked {
        guard by == .month else { return asking(by, value) }
        return Month(value).map { during($0...$0) } ?? self
    }

    func query(within scopes: [FigureScope]) -> FigureQuery {
        FigureQuery(months, within: scopes, values: values)
    }

    /// The address, below the statistics' own; `figure` and `after` are for lists.
    func address(_ part: String = "", figure: String = "", after: String = "") -> String {
        var fields: [AddressField] = [
            ("from", months.lowerBound.description), ("to", months.upperBound.description),
            ("by", part.isEmpty || part.hasPrefix(".") ? by.rawValue : ""),
            ("sort", part.isEmpty ? sort.map { (isRising ? "-" : "") + $0 } ?? "" : ""),
        ]
        for dimension in FigureDimension.allCases {
            if let value = values[dimension] { fields.append((dimension.field, Self.text(value))) }
        }
        return PublicAddress.of(Self.path + part, fields + [("figure", figure), ("after", after)])
    }
}

extension FigureDimension {
    /// The field of an address that names a value of it.
    var field: StaticString {
        switch self {
        case .month: "month"
        case .region: "region"
        case .body: "body"
        case .item: "item"
        case .hall: "hall"
        case .mode: "mode"
        }
    }
}
