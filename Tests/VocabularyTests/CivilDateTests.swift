import Foundation
import Testing
import Vocabulary

@Suite struct CivilDateTests {
    private static func day(_ text: String) throws -> CivilDate {
        try #require(CivilDate(text))
    }

    @Test func `every day of two centuries has its own parts, text and weekday`() throws {
        var day = try Self.day("1900-01-01")
        #expect(day.weekday == 1, "a Monday")
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var weekday = 1
        for year in 1900...2100 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for month in 1...12 {
                let length = month == 2 && isLeap ? 29 : lengths[month - 1]
                for dayOfMonth in 1...length {
                    guard day.parts == (year, month, dayOfMonth), day.weekday == weekday,
                        CivilDate(year: year, month: month, day: dayOfMonth) == day
                    else {
                        Issue.record("\(year)-\(month)-\(dayOfMonth) is \(day)")
                        return
                    }
                    weekday = weekday % 7 + 1
                    day = day.advanced(byDays: 1)
                }
                #expect(CivilDate(year: year, month: month, day: length + 1) == nil)
                #expect(CivilDate(year: year, month: month, day: 0) == nil)
            }
        }
        #expect(day.description == "2101-01-01")
    }

    @Test func `text and days are each other's inverse`() throws {
        for number in stride(from: -62_000, to: 100_000, by: 97) {
            let day = CivilDate(daysSinceEpoch: number)
            #expect(CivilDate(day.description) == day)
            #expect(CivilDate(day.compact) == day)
            let decoded = try JSONDecoder().decode([CivilDate].self, from: JSONEncoder().encode([day]))
            #expect(decoded == [day])
        }
        #expect(try Self.day("1970-01-01").daysSinceEpoch == 0)
        #expect(try Self.day("1880-01-01").daysSinceEpoch == -32_872)
        #expect(try Self.day("2026-11-24").description == "2026-11-24")
        #expect(try Self.day("20261124").compact == "20261124")
        #expect(try Self.day("2026-11-24").weekday == 2)
    }

    @Test func `what is no day is refused`() {
        for text in [
            "", "2026-11-31", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-1-01",
            "26-11-24", "2026/11/24", "2026-11-24 ", "+2026-11-2", "2026-112-4", "202611-24", "2026-1124", "２０２６1124",
            "1799-12-31", "0000-01-01", "-2026-11-24", "2026--1-24",
        ] {
            #expect(CivilDate(text) == nil, "\(text)")
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CivilDate].self, from: Data(#"["2026-02-30"]"#.utf8))
        }
    }

    @Test func `a month later is the same day of the month, or its last`() throws {
        for (text, months, result) in [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
            ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"), ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"), ("2026-05-31", 6, "2026-11-30"), ("2026-11-24", 0, "2026-11-24"),
            ("2026-11-24", 240, "2046-11-24"),
        ] {
            #expect(try Self.day(text).advanced(byMonths: months) == Self.day(result), "\(text) and \(months)")
        }
    }

    @Test func `months never skip and never go back`() throws {
        var day = try Self.day("2019-01-01")
        while day.year < 2025 {
            for months in 1...14 {
                let later = day.advanced(byMonths: months)
                let (from, to) = (day.parts, later.parts)
                #expect(to.year * 12 + to.month == from.year * 12 + from.month + months, "\(day) and \(months)")
                #expect(to.day == from.day || to.day >= 28 && later.advanced(byDays: 1).parts.day == 1)
            }
            day = day.advanced(byDays: 1)
        }
    }

    @Test func `working days are counted from nought, in JSON as well`() throws {
        #expect(try JSONDecoder().decode([WorkingDays].self, from: Data("[5]".utf8)) == [WorkingDays(5)])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([WorkingDays].self, from: Data("[-1]".utf8)) }
        #expect(WorkingDays(2) + WorkingDays(3) == WorkingDays(5))
        #expect(WorkingDays(2) < WorkingDays(3))
    }
}

@Suite struct InstantTests {
    @Test func `days are cut at midnight in Fuzhou, before the epoch as after it`() throws {
        for number in stride(from: -25_567, to: 60_000, by: 83) {
            let day = CivilDate(daysSinceEpoch: number)
            let midnight = Instant(day)
            #expect(midnight.day == day)
            #expect(midnight.minuteOfDay == 0)
            let before = Instant(milliseconds: midnight.milliseconds - 1)
            #expect(before.day == day.advanced(byDays: -1))
            #expect(before.minuteOfDay == 1439)
            #expect(before.description == "\(day.advanced(byDays: -1))T23:59:59+08:00")
            let afternoon = Instant(day, hour: 13, minute: 7)
            #expect(afternoon.timeOfDay == "13:07")
            #expect(afternoon.advanced(bySeconds: 9).description == "\(day)T13:07:09+08:00")
        }
        #expect(Instant(milliseconds: 0).description == "1970-01-01T08:00:00+08:00")
        #expect(Instant(milliseconds: -8 * 3_600_000 - 1).description == "1969-12-31T23:59:59+08:00")
        #expect(Instant(milliseconds: 1_795_487_104_999).description == "2026-11-24T10:25:04+08:00")
    }

    @Test func `an instant is a number in JSON and sorts as time does`() throws {
        let instants = [-5, 0, 7].map { Instant(milliseconds: $0) }
        let data = try JSONEncoder().encode(instants)
        #expect(String(decoding: data, as: UTF8.self) == "[-5,0,7]")
        #expect(try JSONDecoder().decode([Instant].self, from: data) == instants)
        #expect(instants.shuffled().sorted() == instants)
    }
}
