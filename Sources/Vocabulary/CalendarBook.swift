/// All that was ever said of the calendar, in the order in which this house came to know it. It is only added to, so
/// that the same place and the same instant have the same calendar for ever.
package struct CalendarBook: Sendable {
    /// LIMIT: calendars that are kept ready; beyond that they are made anew.
    static let keptMax = 128

    private struct Key: Hashable {
        let region: Region
        let editions: Int
    }

    /// What ships with the program and counts as known at every instant. Later schedules come as editions.
    package let ground: WorkCalendar
    /// By number, each known later than the one before.
    package let editions: [CalendarEdition]
    private let calendars = Remembered<Key, WorkCalendar>(limit: keptMax)

    /// A book of the editions in order. Refuses, by precondition, a gap in the numbers and an edition that was not
    /// known later than the one before.
    package init(ground: WorkCalendar, editions: [CalendarEdition] = []) {
        for (index, edition) in editions.enumerated() {
            precondition(edition.number == index + 1, "editions are numbered without gaps")
            precondition(
                index == 0 || editions[index - 1].knownFrom < edition.knownFrom, "editions are in order of time")
        }
        (self.ground, self.editions) = (ground, editions)
    }

    /// The schedules that ship and nothing else.
    package static func shipped() throws -> CalendarBook { CalendarBook(ground: try .shipped()) }

    /// The book with one more edition.
    package func adding(_ edition: CalendarEdition) -> CalendarBook {
        CalendarBook(ground: ground, editions: editions + [edition])
    }

    /// The number of the last edition; nought when there is none.
    package var lastNumber: Int { editions.count }

    /// The calendar of a place as it was known at an instant: what became known at that very millisecond counts.
    package func calendar(for region: Region, asOf instant: Instant) -> WorkCalendar {
        calendar(for: region, editions: known(at: instant))
    }

    /// The calendar of a place by all that is known.
    package func latest(for region: Region) -> WorkCalendar {
        calendar(for: region, editions: editions.count)
    }

    /// What became known after one instant and up to another, in order.
    package func editions(after start: Instant, through end: Instant) -> [CalendarEdition] {
        guard start < end else { return [] }
        return Array(editions[known(at: start)..<known(at: end)])
    }

    /// How many editions were known at an instant.
    private func known(at instant: Instant) -> Int {
        var (low, high) = (0, editions.count)
        while low < high {
            let middle = (low + high) / 2
            if editions[middle].knownFrom <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func calendar(for region: Region, editions count: Int) -> WorkCalendar {
        let relevant = editions[..<count].last { $0.concerns(region) }?.number ?? 0
        guard relevant > 0 else { return ground }
        return calendars.value(for: Key(region: region, editions: relevant)) {
            var days = ground.days
            for edition in editions[..<relevant] where edition.concerns(region) { days.add(edition, for: region) }
            return WorkCalendar(days)
        }
    }
}

extension CalendarEdition {
    /// Whether it says anything of the place.
    package func concerns(_ region: Region) -> Bool {
        switch content {
        case .schedule: true
        case .closures(let lines): lines.contains { $0.region.contains(region) }
        case .hours(let lines): lines.contains { $0.region.contains(region) }
        }
    }
}
