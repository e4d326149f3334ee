import Testing
import Vocabulary

/// The book against a recount that walks every day and knows nothing of tables.
@Suite struct CalendarPropertyTests {
    /// Whether a place works on a day, worked out from the editions one by one, in the plainest way.
    private struct Naive {
        let ground: WorkCalendar
        let editions: [CalendarEdition]
        let region: Region

        func works(_ day: CivilDate, editions count: Int) -> (works: Bool, isPublished: Bool) {
            var (works, isPublished) = (ground.isWorkingDay(day), ground.isPublished(day.year))
            var isClosed = false
            for edition in editions[..<count] {
                switch edition.content {
                case .schedule(let schedule):
                    let entry = schedule.days.first { $0.day == day }
                    if schedule.year == day.year {
                        works = entry.map { !$0.isOff } ?? (day.weekday <= 5)
                        isPublished = true
                    } else if schedule.mayName(day) {
                        works = entry.map { !$0.isOff } ?? ground.isWorkingDay(day)
                    }
                case .closures(let lines):
                    for line in lines where line.day == day {
                        if line.region == region || line.region == .fuzhou { isClosed = line.isClosed }
                    }
                case .hours: break
                }
            }
            return (works && !isClosed, isPublished)
        }

        /// Counts for a period that began: it works now, and at no time since the day of the start was it off by a
        /// schedule.
        func counts(_ day: CivilDate, since start: CivilDate) -> Bool {
            guard works(day, editions: editions.count).works else { return false }
            for count in 0..<editions.count where editions[count].knownFrom.day >= start {
                let then = works(day, editions: count)
                if !then.works && then.isPublished { return false }
            }
            return true
        }

        func due(_ count: Int, after start: CivilDate) -> CivilDate {
            var (day, left) = (start, count)
            while left > 0 {
                day = day.advanced(byDays: 1)
                if counts(day, since: start) { left -= 1 }
            }
            return day
        }
    }

    /// Editions by chance around the turn of 2026 to 2027.
    private static func editions(_ dice: Dice) throws -> [CalendarEdition] {
        var known = try CalendarBookTests.day("2026-10-01")
        var isClosed: [String: Bool] = [:]
        return try (1...6).map { number in
            known = known.advanced(byDays: 1 + Int(dice.roll() % 40))
            let content: CalendarEdition.Content
            if dice.roll() % 3 == 0 {
                var days = try CalendarBookTests.schedule2027().days
                for _ in 0..<4 {
                    let day = try CalendarBookTests.day("2026-12-20").advanced(byDays: Int(dice.roll() % 120))
                    guard !days.contains(where: { $0.day == day }), day.year == 2027 || day.parts.month == 12 else {
                        continue
                    }
                    days.append(YearSchedule.Day(day, name: "示例", isOff: day.weekday <= 5))
                }
                content = .schedule(YearSchedule(year: 2027, days: days))
            } else {
                let region = dice.roll() % 2 == 0 ? Region.fuzhou : CalendarBookTests.gulou
                let day = known.advanced(byDays: Int(dice.roll() % 20))
                let key = "\(region.code) \(day)"
                isClosed[key] = !(isClosed[key] ?? false)
                content = .closures([LocalClosure(region, day, name: "台风", isClosed: isClosed[key] ?? true)])
            }
            return try CalendarBookTests.edition(number, "\(known)", content)
        }
    }

    @Test(arguments: 0..<60)
    func `every due day is that of a recount day by day, and a final one never moves earlier`(_ seed: Int) throws {
        let dice = Dice.seeded(UInt64(seed) + 1000)
        let editions = try Self.editions(dice)
        let ground = try CalendarBook.shipped()
        var books = [ground]
        for edition in editions { books.append((books.last ?? ground).adding(edition)) }
        let region = seed % 2 == 0 ? Region.fuzhou : CalendarBookTests.gulou
        for _ in 0..<40 {
            let start = try CalendarBookTests.day("2026-10-01").advanced(byDays: Int(dice.roll() % 180))
            let length = 1 + Int(dice.roll() % 60)
            var final: CivilDate?
            for (count, book) in books.enumerated() {
                let calendar = book.latest(for: region)
                let due = calendar.day(WorkingDays(length), after: start)
                let naive = Naive(ground: ground.ground, editions: Array(editions[..<count]), region: region)
                #expect(due == naive.due(length, after: start), "seed \(seed), \(start) + \(length), edition \(count)")
                #expect(calendar.counting(since: start).day(WorkingDays(length), after: start) == due)
                guard start < (count == 0 ? start : editions[count - 1].knownFrom.day.advanced(byDays: 1)) else {
                    // Not begun when this edition came: nobody had been told a date.
                    final = calendar.isProvisional(from: start, through: due) ? nil : due
                    continue
                }
                if let final { #expect(due >= final, "seed \(seed), \(start) + \(length), edition \(count)") }
                if !calendar.isProvisional(from: start, through: due) { final = due }
            }
        }
    }

    @Test(arguments: 0..<20)
    func `an instant has the same calendar for ever, whatever is said later`(_ seed: Int) throws {
        let dice = Dice.seeded(UInt64(seed) + 2000)
        let editions = try Self.editions(dice)
        let ground = try CalendarBook.shipped()
        let whole = editions.reduce(ground) { $0.adding($1) }
        for count in 0..<editions.count {
            let then = editions[..<count].reduce(ground) { $0.adding($1) }
            let now = Instant(milliseconds: editions[count].knownFrom.milliseconds - 1)
            let start = try CalendarBookTests.day("2026-11-01").advanced(byDays: Int(dice.roll() % 100))
            for region in [Region.fuzhou, CalendarBookTests.gulou] {
                let (asKnown, asRead) = (then.latest(for: region), whole.calendar(for: region, asOf: now))
                for offset in 0..<120 {
                    let day = start.advanced(byDays: offset)
                    #expect(asKnown.reason(of: day) == asRead.reason(of: day))
                }
                #expect(
                    asKnown.day(WorkingDays(45), after: start) == asRead.day(WorkingDays(45), after: start))
            }
        }
    }

    @Test func `outside the counted decades the days are walked, with the same answers`() throws {
        let calendar = try WorkCalendar.shipped()
        for text in ["2009-12-20", "2009-12-31", "2050-12-20", "2050-12-31", "1999-05-01", "2070-01-01"] {
            let start = try CalendarBookTests.day(text)
            var (day, count) = (start, 0)
            while count < 30 {
                day = day.advanced(byDays: 1)
                if calendar.isWorkingDay(day) { count += 1 }
                #expect(calendar.reason(of: day).isWorkingDay == calendar.isWorkingDay(day))
            }
            #expect(calendar.day(WorkingDays(30), after: start) == day)
            #expect(
                calendar.workingDays(from: start.advanced(byDays: 1), upTo: day.advanced(byDays: 1)) == WorkingDays(30))
        }
    }
}
