import Supervision
import Vocabulary

/// A column of the statistics: a number that was counted, or what follows from some.
struct StatisticsColumn: Sendable {
    /// What a number is.
    enum Content: Sendable {
        case count(CaseFigure)
        case rate(@Sendable (FigureSums) -> FigureRate)
        /// Working days on average.
        case days(CaseFigure)
    }

    let id: String
    let title: Word
    let content: Content

    /// By what lines are ordered; nil comes last.
    func key(_ sums: FigureSums) -> Int? {
        switch content {
        case .count(let figure): sums[figure]
        case .rate(let rate): rate(sums).basisPoints
        case .days(let figure): sums.tenthsOfDays(figure)
        }
    }

    /// As people read it.
    func text(_ sums: FigureSums, _ words: Words) -> String {
        switch content {
        case .count(let figure): words.number(sums[figure])
        case .rate(let rate): rate(sums).basisPoints.map(words.percent) ?? "–"
        case .days(let figure): sums.tenthsOfDays(figure).map(Self.tenths) ?? "–"
        }
    }

    /// As spreadsheets read it: plain digits, percents as such; empty where there is nothing to tell.
    func cell(_ sums: FigureSums) -> String {
        switch content {
        case .count(let figure): "\(sums[figure])"
        case .rate(let rate): rate(sums).basisPoints.map(Self.hundredths) ?? ""
        case .days(let figure): sums.tenthsOfDays(figure).map(Self.tenths) ?? ""
        }
    }

    /// The figure whose dossiers stand behind the number.
    var figure: CaseFigure? {
        if case .count(let figure) = content, figure.hasCases { figure } else { nil }
    }

    static func tenths(_ value: Int) -> String {
        (value < 0 ? "-" : "") + "\(value.magnitude / 10).\(value.magnitude % 10)"
    }

    static func hundredths(_ value: Int) -> String {
        let (whole, rest) = (value.magnitude / 100, value.magnitude % 100)
        return (value < 0 ? "-" : "") + "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func count(_ figure: CaseFigure, _ title: StaticString) -> StatisticsColumn {
        StatisticsColumn(id: figure.id, title: Word(title), content: .count(figure))
    }

    private static func rate(
        _ id: String, _ title: StaticString, _ rate: @escaping @Sendable (FigureSums) -> FigureRate
    ) -> StatisticsColumn {
        StatisticsColumn(id: id, title: Word(title), content: .rate(rate))
    }

    private static func days(_ id: String, _ title: StaticString, _ figure: CaseFigure) -> StatisticsColumn {
        StatisticsColumn(id: id, title: Word(title), content: .days(figure))
    }

    /// What a table on the screen shows.
    static let shown: [StatisticsColumn] = [
        filed, accepted, decided, onTimeRate, late, unlawful, statutoryDays, promisedDays, takenDays, actualCompression,
        oneTripRate, zeroTripRate, onlineRate, firstTimeRate,
    ]

    /// Everything, for files.
    static let all: [StatisticsColumn] = [
        filed, count(.online, "stat.online"), count(.received, "stat.received"),
        count(.corrected, "stat.corrected"), accepted, count(.firstTimeRight, "stat.first-time"),
        count(.declined, "stat.declined"), count(.withdrawn, "stat.withdrawn"), count(.lapsed, "stat.lapsed"), decided,
        count(.granted, "stat.granted"), count(.refused, "stat.refused"), count(.immediate, "stat.immediate"),
        count(.early, "stat.early"), count(.onTime, "stat.on-time"), late, unlawful, count(.ended, "stat.ended"),
        count(.closed, "stat.closed"), count(.zeroTrip, "stat.zero-trip"),
        count(.atMostOneTrip, "stat.one-trip"), count(.overPromise, "stat.over-promise"),
        count(.tripsPromised, "stat.trips-promised"), count(.tripsMade, "stat.trips-made"),
        count(.express, "stat.express"), count(.materials, "stat.materials"), count(.reused, "stat.reused"),
        count(.spared, "stat.spared"), count(.reusing, "stat.reusing"), onTimeRate,
        rate("early_rate", "stat.early-rate") { $0.earlyRate },
        rate("immediate_rate", "stat.immediate-rate") { $0.immediateRate }, statutoryDays, promisedDays, takenDays,
        rate("promised_compression", "stat.promised-compression") { $0.promisedCompression }, actualCompression,
        onlineRate, firstTimeRate, rate("correction_rate", "stat.correction-rate") { $0.correctionRate },
        zeroTripRate, oneTripRate, rate("express_rate", "stat.express-rate") { $0.expressRate },
        rate("reuse_rate", "stat.reuse-rate") { $0.reuseRate },
    ]

    static let filed = count(.filed, "stat.filed")
    static let accepted = count(.accepted, "stat.accepted")
    static let decided = count(.decided, "stat.decided")
    static let late = count(.late, "stat.late")
    static let unlawful = count(.unlawful, "stat.unlawful")
    static let onTimeRate = rate("on_time_rate", "stat.on-time-rate") { $0.onTimeRate }
    static let statutoryDays = days("statutory_days", "stat.statutory-days", .statutoryParts)
    static let promisedDays = days("promised_days", "stat.promised-days", .promisedParts)
    static let takenDays = days("taken_days", "stat.taken-days", .takenParts)
    static let actualCompression = rate("actual_compression", "stat.actual-compression") { $0.actualCompression }
    static let oneTripRate = rate("one_trip_rate", "stat.one-trip-rate") { $0.oneTripRate }
    static let zeroTripRate = rate("zero_trip_rate", "stat.zero-trip-rate") { $0.zeroTripRate }
    static let onlineRate = rate("online_rate", "stat.online-rate") { $0.onlineRate }
    static let firstTimeRate = rate("first_time_rate", "stat.first-time-rate") { $0.firstTimeRate }

    static func named(_ id: String) -> StatisticsColumn? { all.first { $0.id == id } }
}
