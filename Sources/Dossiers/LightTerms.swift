package import Vocabulary

/// From when a light is yellow. Nothing in the law says it: a supervisor lays it down (domain section 4.3).
package struct LightTerms: Hashable, Sendable, Codable {
    /// LIMIT: per cent that may be laid down. A light that is yellow from the first day, or never, says nothing.
    package static let percents = 1...90

    /// Per cent of a promise: yellow when no more working days are left of it, at least one.
    package let leftPercent: Int
    /// Per cent of the office day: what is promised at once is yellow when so much of the time left on it is gone.
    package let dayPercent: Int

    package init(leftPercent: Int, dayPercent: Int) {
        (self.leftPercent, self.dayPercent) = (leftPercent, dayPercent)
    }

    /// Where nobody laid anything down: a fifth of the promise, half of the day.
    package static let usual = LightTerms(leftPercent: 20, dayPercent: 50)

    /// Working days before the end of a promise from which the light is yellow.
    func yellowDays(of limit: TimeLimit) -> WorkingDays {
        let days: Int =
            switch limit.unit {
            case .workingDays: limit.value
            case .calendarDays: limit.value * 5 / 7
            case .months: limit.value * 21
            case .hours, .minutes: 0
            }
        return WorkingDays(max(1, (days * leftPercent + 99) / 100))
    }
}

/// What a supervisor laid down once, for one item or for all.
package struct LightEdition: Hashable, Sendable {
    /// 1, 2, 3, … in the order in which they were laid down.
    package let number: Int
    /// The 12 characters of the item's catalogue code; nil for every item that has no terms of its own.
    package let item: String?
    /// The first day of promises that go by it.
    package let from: CivilDate
    package let terms: LightTerms

    package init(number: Int, item: String?, from: CivilDate, terms: LightTerms) {
        (self.number, self.item, self.from, self.terms) = (number, item, from, terms)
    }
}

/// All that was laid down of lights. A promise goes by what was in force on the day from which it runs: what is laid
/// down later never moves the light of a dossier that is examined already, so nothing is recounted.
package struct LightBook: Hashable, Sendable {
    package let editions: [LightEdition]

    package init(editions: [LightEdition] = []) {
        self.editions = editions
    }

    /// A book in which nothing was laid down.
    package static let usual = LightBook()

    package var lastNumber: Int { editions.last?.number ?? 0 }

    /// The terms of a promise of an item that runs from a day: the item's own before those for all, and of either the
    /// latest.
    package func terms(of item: String, from day: CivilDate) -> LightTerms {
        latest(for: item, by: day) ?? latest(for: nil, by: day) ?? .usual
    }

    private func latest(for item: String?, by day: CivilDate) -> LightTerms? {
        editions.filter { $0.item == item && $0.from <= day }
            .max { ($0.from, $0.number) < ($1.from, $1.number) }?.terms
    }

    /// The edition that would come next. It begins tomorrow at the earliest: by then every process of the house knows
    /// it, and no dossier is counted by two books.
    package func next(
        _ terms: LightTerms, for item: String?, from day: CivilDate, today: CivilDate
    ) throws(LightRefusal) -> LightEdition {
        guard LightTerms.percents.contains(terms.leftPercent), LightTerms.percents.contains(terms.dayPercent) else {
            throw .percentUnfit
        }
        guard day > today else { throw .beginsTooSoon }
        guard day <= today.advanced(byMonths: Self.aheadMonthsMax) else { throw .beginsTooLate }
        guard lastNumber < Self.editionsMax else { throw .tooMany }
        return LightEdition(number: lastNumber + 1, item: item, from: day, terms: terms)
    }

    /// LIMIT: months before which something is laid down.
    static let aheadMonthsMax = 12
    /// LIMIT: editions of one house; they stand in memory.
    package static let editionsMax = 5000
}

/// Why something cannot be laid down of lights.
package enum LightRefusal: String, Refusal, CaseIterable {
    /// Not between 1 and 90 per cent.
    case percentUnfit = "light.percent-unfit"
    /// Today or before.
    case beginsTooSoon = "light.begins-too-soon"
    /// More than a year ahead.
    case beginsTooLate = "light.begins-too-late"
    /// No published item has the code.
    case itemUnknown = "light.item-unknown"
    /// Something else was laid down meanwhile.
    case changedMeanwhile = "light.changed-meanwhile"
    case tooMany = "light.too-many"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .percentUnfit, .beginsTooSoon, .beginsTooLate, .itemUnknown: .invalid
        case .changedMeanwhile: .movedOn
        case .tooMany: .tooMany
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
