package import Vocabulary

/// Whether what a file says may be taken into the book. Pure.
package struct CalendarRules: Sendable {
    private let places: Gazetteer

    /// Rules for a city and its places.
    package init(_ places: Gazetteer) {
        self.places = places
    }

    /// LIMIT: days before which a closure or hours are announced.
    static let aheadDaysMax = 400

    /// The edition that the book would have next; nil when the book says all of it already.
    package func edition(
        of draft: CalendarDraft, after book: CalendarBook, at now: Instant
    ) throws(CalendarRefusal) -> CalendarEdition? {
        guard draft.paper.announcedOn <= now.day else { throw .announcedLater }
        switch draft.content {
        case .schedule(let schedule): try check(schedule, draft, book, today: now.day)
        case .closures(let closures): try check(closures, draft, book)
        case .hours(let hours): try check(hours, draft)
        }
        guard !says(book, draft.content) else { return nil }
        // Known later than the edition before, whatever the clocks of two machines say.
        let last = book.editions.last?.knownFrom.milliseconds ?? .min
        let knownFrom = Instant(milliseconds: max(now.milliseconds, last == .min ? .min : last + 1))
        return CalendarEdition(
            number: book.lastNumber + 1, knownFrom: knownFrom, announcedOn: draft.paper.announcedOn,
            source: draft.paper.source, content: draft.content)
    }

    private func check(
        _ schedule: YearSchedule, _ draft: CalendarDraft, _ book: CalendarBook, today: CivilDate
    ) throws(CalendarRefusal) {
        guard schedule.year >= today.year else { throw .yearOver }
        guard schedule.year <= today.year + 1 else { throw .tooFar(line: draft.lines.first ?? 1) }
        var off: [CivilDate: Bool] = [:]
        for day in schedule.days { off[day.day] = day.isOff }
        for day in book.ground.holidaysOfLaw(in: schedule.year) where !(off[day] ?? (day.weekday > 5)) {
            throw .holidayMissing(day)
        }
    }

    private func check(
        _ closures: [LocalClosure], _ draft: CalendarDraft, _ book: CalendarBook
    ) throws(CalendarRefusal) {
        for (line, closure) in zip(draft.lines, closures) {
            guard places.entry(closure.region) != nil else { throw .unknownRegion(line: line) }
            guard closure.day >= draft.paper.announcedOn else { throw .beforeAnnouncement(line: line) }
            guard closure.day <= draft.paper.announcedOn.advanced(byDays: Self.aheadDaysMax) else {
                throw .tooFar(line: line)
            }
            guard closure.isClosed || book.latest(for: closure.region).isClosed(closure.day) else {
                throw .notClosed(line: line)
            }
        }
    }

    private func check(_ hours: [OpeningHours], _ draft: CalendarDraft) throws(CalendarRefusal) {
        for (line, one) in zip(draft.lines, hours) {
            guard places.entry(one.region) != nil else { throw .unknownRegion(line: line) }
            guard one.from >= draft.paper.announcedOn else { throw .beforeAnnouncement(line: line) }
            guard one.from <= draft.paper.announcedOn.advanced(byDays: Self.aheadDaysMax) else {
                throw .tooFar(line: line)
            }
        }
    }

    /// Whether the book says all of it by now.
    private func says(_ book: CalendarBook, _ content: CalendarEdition.Content) -> Bool {
        switch content {
        case .schedule(let schedule): return book.latest(for: .fuzhou).schedule(of: schedule.year) == schedule
        case .closures(let closures):
            return closures.allSatisfy { one in
                let calendar = book.latest(for: one.region)
                return one.isClosed && calendar.isClosed(one.day)
                    && places.entries.filter { one.region.contains($0.region) }.allSatisfy {
                        book.latest(for: $0.region).isClosed(one.day)
                    }
            }
        case .hours: return book.editions.last { $0.content.kind == .hours }?.content == content
        }
    }
}
