package import Vocabulary

/// Sums of figures, by figure. What is missing is nought.
package struct FigureSums: Hashable, Sendable {
    private var amounts: [Int]

    /// Nothing counted.
    package init() { amounts = Array(repeating: 0, count: CaseFigure.all.count) }

    /// In the order of `CaseFigure.all`.
    init(_ amounts: [Int]) {
        precondition(amounts.count == CaseFigure.all.count, "one amount a figure")
        self.amounts = amounts
    }

    private static let places = Dictionary(
        uniqueKeysWithValues: CaseFigure.all.enumerated().map { ($0.element.id, $0.offset) })

    /// How much was counted of a figure.
    package subscript(_ figure: CaseFigure) -> Int {
        get { Self.places[figure.id].map { amounts[$0] } ?? 0 }
        set { if let place = Self.places[figure.id] { amounts[place] = newValue } }
    }

    /// In the order of `CaseFigure.all`.
    var inOrder: [Int] { amounts }

    /// By the figures' names.
    package var json: [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: CaseFigure.all.map { ($0.id, .number(self[$0])) })
    }

    var isNothing: Bool { amounts.allSatisfy { $0 == 0 } }

    package static func + (left: FigureSums, right: FigureSums) -> FigureSums {
        FigureSums(zip(left.amounts, right.amounts).map(+))
    }

    /// Takes away what a dossier added, or adds it.
    mutating func add(_ amount: Int, of figure: Int) { amounts[figure] += amount }
}

/// A part of a whole, both counted.
package struct FigureRate: Hashable, Sendable {
    package let part: Int
    package let whole: Int

    package init(_ part: Int, of whole: Int) { (self.part, self.whole) = (part, whole) }

    /// In hundredths of a percent, rounded; nil of nothing.
    package var basisPoints: Int? {
        BasisPoints.of(part, in: whole)
    }
}

/// What follows from sums (domain section 4.4).
extension FigureSums {
    /// 结转: what came in and had not ended.
    package var carriedOver: Int { self[.filed] - self[.ended] }
    package var onTimeRate: FigureRate { FigureRate(self[.onTime], of: self[.decided]) }
    package var earlyRate: FigureRate { FigureRate(self[.early], of: self[.decided]) }
    package var immediateRate: FigureRate { FigureRate(self[.immediate], of: self[.decided]) }
    package var onlineRate: FigureRate { FigureRate(self[.online], of: self[.filed]) }
    package var firstTimeRate: FigureRate { FigureRate(self[.firstTimeRight], of: self[.accepted]) }
    package var correctionRate: FigureRate { FigureRate(self[.corrected], of: self[.received]) }
    package var expressRate: FigureRate { FigureRate(self[.express], of: self[.closed]) }
    package var zeroTripRate: FigureRate { FigureRate(self[.zeroTrip], of: self[.closed]) }
    package var oneTripRate: FigureRate { FigureRate(self[.atMostOneTrip], of: self[.closed]) }
    package var reuseRate: FigureRate { FigureRate(self[.reused], of: self[.materials]) }
    /// 承诺压缩: how much shorter the promises of what was decided are than the law.
    package var promisedCompression: FigureRate {
        FigureRate(self[.statutoryParts] - self[.promisedParts], of: self[.statutoryParts])
    }
    /// 实际压缩: how much less was taken than the law allows.
    package var actualCompression: FigureRate {
        FigureRate(self[.statutoryParts] - self[.takenParts], of: self[.statutoryParts])
    }

    /// Working days on average over what was decided under a limit of the law, in tenths; nil of nothing.
    package func tenthsOfDays(_ figure: CaseFigure) -> Int? {
        let whole = self[.limited] * DayParts.aDay
        return whole == 0 ? nil : (self[figure] * 10 + whole / 2) / whole
    }
}
