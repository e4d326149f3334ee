import Hall
import Hummingbird
import Supervision
import Vocabulary
import Windows

/// What the address of the queues' figures asks for: the months, a hall, and the order of the table.
struct QueuesAsked {
    static let path = "/office/statistics/queues"

    let months: ClosedRange<Month>
    let hall: HallCode?
    /// The column by which the table is ordered, and whether the least stands first; nil in the order of the codes.
    let sort: String?
    let isRising: Bool

    init(_ request: Request, counted: ClosedRange<Month>) {
        months = request.months(counted: counted)
        hall = HallCode(request.asked("hall"))
        let order = request.asked("sort")
        isRising = order.hasPrefix("-")
        sort = order.isEmpty ? nil : String(isRising ? order.dropFirst() : order[...])
    }

    private init(_ months: ClosedRange<Month>, _ hall: HallCode?, sort: String?, isRising: Bool) {
        (self.months, self.hall, self.sort, self.isRising) = (months, hall, sort, isRising)
    }

    func asking(_ hall: HallCode?) -> QueuesAsked { QueuesAsked(months, hall, sort: nil, isRising: false) }

    func sorted(by column: String, isRising: Bool) -> QueuesAsked {
        QueuesAsked(months, hall, sort: column, isRising: isRising)
    }

    func query(in regions: [ClosedRange<String>]) -> QueueQuery {
        QueueQuery(months, in: regions, hall: hall?.text)
    }

    /// The address, below the queues' own; `window` and `after` are for lists.
    func address(_ part: String = "", window: String = "", after: String = "") -> String {
        PublicAddress.of(
            Self.path + part,
            [
                ("from", months.lowerBound.description), ("to", months.upperBound.description),
                ("hall", hall?.text ?? ""), ("sort", part.isEmpty ? sort.map { (isRising ? "-" : "") + $0 } ?? "" : ""),
                ("window", window), ("after", after),
            ])
    }
}

/// A line of the table: a hall, or a window of one.
struct QueueRow {
    let name: String
    /// The code of the hall, or the number of the window.
    let code: String
    let sums: QueueSums
    /// How long people waited; nil where it is not told apart so far.
    let waits: WaitCounts?
    let href: String?
}

/// A column of the queues' table.
struct QueueColumn: Sendable {
    /// What a number is.
    enum Unit: Sendable { case count, minutes, seconds, share }

    let id: String
    let title: Word
    let unit: Unit
    let value: @Sendable (QueueRow) -> Int?

    /// As people read it.
    func text(_ row: QueueRow, _ words: Words) -> String {
        guard let value = value(row) else { return "–" }
        switch unit {
        case .count: return words.number(value)
        case .minutes: return words.minutes(value)
        case .seconds: return words.minutes((value + 30) / 60)
        case .share: return words.percent(value)
        }
    }

    /// As spreadsheets read it: plain digits, averages in tenths of minutes; empty where there is nothing to tell.
    func cell(_ row: QueueRow) -> String {
        guard let value = value(row) else { return "" }
        switch unit {
        case .count, .minutes: return "\(value)"
        case .seconds: return StatisticsColumn.tenths((value + 3) / 6)
        case .share: return StatisticsColumn.hundredths(value)
        }
    }

    private init(
        _ id: String, _ title: StaticString, _ unit: Unit, _ value: @escaping @Sendable (QueueRow) -> Int?
    ) {
        (self.id, self.title, self.unit, self.value) = (id, Word(title), unit, value)
    }

    /// Of halls.
    static let halls: [QueueColumn] = [
        taken, served, unserved,
        QueueColumn("median", "queues.median", .minutes) { $0.waits?.minutes(ofHundred: 50) },
        QueueColumn("long", "queues.long", .minutes) { $0.waits?.minutes(ofHundred: 90) },
        QueueColumn("within", "queues.share", .share) { row in
            row.waits.flatMap { FigureRate($0.within(Self.shortMinutes), of: $0.all).basisPoints }
        },
        average, handling, intakes, handOvers,
    ]

    /// Of the windows of one hall, where waits are told on average alone.
    static let windows: [QueueColumn] = [taken, served, unserved, average, handling, intakes, handOvers]

    /// Minutes within which a call counts as soon. Ours: no rule says so.
    static let shortMinutes = 15

    private static let taken = QueueColumn("taken", "queues.taken", .count) { $0.sums.taken }
    private static let served = QueueColumn("served", "queues.served", .count) { $0.sums.served }
    private static let unserved = QueueColumn("unserved", "queues.unserved", .share) {
        $0.sums.unservedRate.basisPoints
    }
    private static let average = QueueColumn("average", "queues.average", .seconds) { $0.sums.averageWait }
    private static let handling = QueueColumn("handling", "queues.handling", .seconds) { $0.sums.averageHandling }
    private static let intakes = QueueColumn("intakes", "queues.cases", .count) { $0.sums.intakes }
    private static let handOvers = QueueColumn("hand_overs", "queues.handed", .count) { $0.sums.handOvers }
}

extension Words {
    /// Whole minutes, short: `9分钟`; `9 min`.
    func minutes(_ number: Int) -> String { self("queues.minutes", ["n": self.number(number)]) }
}
