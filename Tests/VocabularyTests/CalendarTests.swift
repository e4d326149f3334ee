import Foundation
import Testing
import Vocabulary

/// A file of this target's resources.
func resource(_ name: String) throws -> String {
    let url = try #require(Bundle.module.url(forResource: "Resources/\(name)", withExtension: nil))
    return try String(contentsOf: url, encoding: .utf8)
}

@Suite struct CalendarTests {
    private static func day(_ text: String) throws -> CivilDate {
        try #require(CivilDate(text))
    }

    private struct Vectors: Decodable {
        struct Vector: Decodable {
            let start: CivilDate
            let workingDays: WorkingDays
            let due: CivilDate
        }

        let workingDaysPerYear: [String: Int]
        let vectors: [Vector]
    }

    @Test func `due days are those of the vectors, across festivals and make-up days`() throws {
        let calendar = try WorkCalendar.shipped()
        let vectors = try JSONDecoder().decode(Vectors.self, from: Data(resource("workday_vectors.json").utf8)).vectors
        #expect(vectors.count == 8)
        for vector in vectors {
            #expect(calendar.day(vector.workingDays, after: vector.start) == vector.due)
            let next = (vector.start.advanced(byDays: 1), vector.due.advanced(byDays: 1))
            #expect(calendar.workingDays(from: next.0, upTo: next.1) == vector.workingDays)
        }
    }

    @Test(arguments: zip(2018...2026, [250, 250, 249, 250, 249, 249, 251, 248, 248]))
    func `each published year has its number of working days`(_ year: Int, _ count: Int) throws {
        let calendar = try WorkCalendar.shipped()
        let (first, next) = (try Self.day("\(year)-01-01"), try Self.day("\(year + 1)-01-01"))
        #expect(calendar.workingDays(from: first, upTo: next).count == count)
        let vectors = try JSONDecoder().decode(Vectors.self, from: Data(resource("workday_vectors.json").utf8))
        #expect(vectors.workingDaysPerYear["\(year)"] == count)
        #expect(calendar.isPublished(year))
    }

    @Test func `every day of nine years is what an independent calendar says`() throws {
        let calendar = try WorkCalendar.shipped()
        let lines = try resource("workdays_oracle.txt").split(separator: "\n").filter { !$0.hasPrefix("#") }
        var days = 0
        for line in lines {
            let parts = line.split(separator: " ")
            let first = try Self.day("\(parts[0])-01-01")
            for (offset, mark) in parts[1].enumerated() {
                let day = first.advanced(byDays: offset)
                #expect(calendar.isWorkingDay(day) == (mark == "1"), "\(day)")
                days += 1
            }
        }
        #expect(days == 9 * 365 + 2)
    }

    @Test func `a year without a schedule is provisional and has the legal holidays, without make-up days`() throws {
        let calendar = try WorkCalendar.shipped()
        #expect(!calendar.isPublished(2017))
        #expect(!calendar.isPublished(2027))
        for text in ["2027-01-01", "2027-02-05", "2027-02-08", "2027-04-05", "2027-06-09", "2027-09-15", "2027-10-01"] {
            #expect(!calendar.isWorkingDay(try Self.day(text)), "\(text)")
            #expect(calendar.name(of: try Self.day(text)) != nil, "\(text)")
        }
        for text in ["2027-01-04", "2027-05-04", "2027-10-04", "2027-02-09"] {
            #expect(calendar.isWorkingDay(try Self.day(text)), "\(text)")
        }
        var day = try Self.day("2027-01-01")
        while day.year < 2046 {
            if day.weekday > 5 { #expect(!calendar.isWorkingDay(day), "\(day): no make-up days") }
            day = day.advanced(byDays: 1)
        }
        let (december, january) = (try Self.day("2026-12-31"), try Self.day("2027-01-01"))
        #expect(!calendar.isProvisional(from: december, through: december))
        #expect(calendar.isProvisional(from: december, through: january))
        #expect(calendar.isProvisional(from: january, through: january))
        #expect(calendar.isProvisional(from: try Self.day("2017-12-31"), through: try Self.day("2018-01-01")))
        #expect(!calendar.isProvisional(from: january, through: december), "no days at all")
    }

    @Test func `the lunar holidays of every year to come are four, one, one and one day`() throws {
        let calendar = try WorkCalendar.shipped()
        for year in 2027...2045 {
            var counts: [String: Int] = [:]
            for offset in 0..<365 {
                let day = try Self.day("\(year)-01-01").advanced(byDays: offset)
                if let name = calendar.name(of: day) { counts[name, default: 0] += 1 }
            }
            // Where two fall on one day, one name stands for both.
            #expect(counts["春节"] == 4, "\(year)")
            #expect(counts["清明节"] == 1, "\(year)")
            #expect(counts["端午节"] == 1, "\(year)")
            #expect(counts.values.reduce(0, +) >= 12, "\(year): \(counts)")
        }
    }

    @Test func `a published schedule takes the place of the lunar holidays of its year`() throws {
        let calendar = try WorkCalendar(
            published: "date,name,kind\n2030-02-01,春节,off\n2030-02-09,春节,work\n", lunar: "date,name\n2030-02-04,春节\n")
        #expect(calendar.isPublished(2030))
        #expect(!calendar.isWorkingDay(try Self.day("2030-02-01")))
        #expect(calendar.isWorkingDay(try Self.day("2030-02-09")), "a Saturday that is worked")
        #expect(calendar.isWorkingDay(try Self.day("2030-02-04")))
        #expect(calendar.isWorkingDay(try Self.day("2030-01-01")), "the schedule says all that is to be said")
    }

    @Test func `a line that cannot be read stops the start`() {
        for published in ["h\n2030-02-30,春节,off", "h\n2030-02-01,春节,maybe", "h\n2030-02-01,春节", "h\nx,y,z,w"] {
            #expect(throws: Fault.self) { _ = try WorkCalendar(published: published, lunar: "h\n") }
        }
        #expect(throws: Fault.self) { _ = try WorkCalendar(published: "h\n", lunar: "h\n2030-13-01,春节") }
    }

    @Test(arguments: 0..<20)
    func `counting forward and counting between agree, and a later start is never due earlier`(_ seed: Int) throws {
        let calendar = try WorkCalendar.shipped()
        let dice = Dice.seeded(UInt64(seed))
        let start = try Self.day("2018-01-01").advanced(byDays: Int(dice.roll() % 3200))
        let count = WorkingDays(Int(dice.roll() % 90))
        let due = calendar.day(count, after: start)
        let between = calendar.workingDays(from: start.advanced(byDays: 1), upTo: due.advanced(byDays: 1))
        #expect(between == count)
        #expect(count == .none || calendar.isWorkingDay(due))
        #expect(calendar.day(count, after: start.advanced(byDays: 1)) >= due)
        #expect(calendar.day(count + WorkingDays(1), after: start) > due)
        let next = calendar.workingDay(onOrAfter: start)
        #expect(calendar.isWorkingDay(next) && next >= start)
        #expect(calendar.workingDays(from: start, upTo: next) == .none)
    }
}
