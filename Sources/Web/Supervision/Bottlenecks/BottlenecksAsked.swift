import Hall
import Hummingbird
import Supervision
import Vocabulary

/// What the address of the bottlenecks asks for: the months of closing, and a place, a body or an item.
struct BottlenecksAsked {
    static let path = "/office/bottlenecks"

    let months: ClosedRange<Month>
    let values: [FigureDimension: String]

    /// Months are chosen as for the statistics.
    init(_ request: Request, counted: ClosedRange<Month>) {
        let asked = StatisticsAsked(request, counted: counted)
        self.init(asked.months, asked.values.filter { CourseTable.dimensions.contains($0.key) })
    }

    private init(_ months: ClosedRange<Month>, _ values: [FigureDimension: String]) {
        (self.months, self.values) = (months, values)
    }

    var monthCount: Int { months.lowerBound.through(months.upperBound).count }

    /// The same with another value of a dimension; nil takes it away.
    func asking(_ dimension: FigureDimension, _ value: String?) -> BottlenecksAsked {
        var values = values
        values[dimension] = value
        return BottlenecksAsked(months, values)
    }

    func query(within scopes: [FigureScope]) -> FigureQuery { FigureQuery(months, within: scopes, values: values) }

    /// The address, below the page's own.
    func address(_ part: String = "", _ more: [AddressField] = []) -> String {
        var fields: [AddressField] = [("from", "\(months.lowerBound)"), ("to", "\(months.upperBound)")]
        for dimension in CourseTable.dimensions {
            if let value = values[dimension] { fields.append((dimension.field, value)) }
        }
        return PublicAddress.of(Self.path + part, fields + more)
    }

    /// The list of the cases behind a number.
    func cases(_ selection: CourseTable.Selection, after: String = "") -> String {
        let (sort, value) = Self.text(selection)
        return address("/cases", [("of", sort), ("what", value), ("after", after)])
    }

    private static func text(_ selection: CourseTable.Selection) -> (String, String) {
        switch selection {
        case .step(let step): ("step", step.code)
        case .again(let step): ("again", step.code)
        case .over(let step): ("over", step.code)
        case .variant(let variant): ("variant", variant)
        }
    }

    /// LIMIT: characters of a variant in an address.
    private static let variantCharactersMax = 4000

    /// What a list is asked for; nil for nothing known.
    static func selection(_ request: Request) -> CourseTable.Selection? {
        let value = request.asked("what")
        if request.asked("of") == "variant" {
            return (1...variantCharactersMax).contains(value.utf8.count) ? .variant(value) : nil
        }
        guard let step = CaseStep(code: value) else { return nil }
        switch request.asked("of") {
        case "step": return .step(step)
        case "again": return .again(step)
        case "over": return .over(step)
        default: return nil
        }
    }
}
