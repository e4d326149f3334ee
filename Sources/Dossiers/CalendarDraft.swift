import Catalogue
import Foundation
package import Vocabulary

/// A calendar file as it was read: what it says, on which paper it rests, and the line of each thing said.
package struct CalendarDraft: Hashable, Sendable {
    /// The kinds of file.
    package enum Kind: String, Sendable, CaseIterable {
        case schedule, closures, hours
    }

    /// The paper on which a file rests.
    package struct Paper: Hashable, Sendable {
        /// `国办发明电〔2025〕7号`.
        package let source: String
        /// The day on it.
        package let announcedOn: CivilDate

        package init(source: String, announcedOn: CivilDate) {
            (self.source, self.announcedOn) = (source, announcedOn)
        }
    }

    package let paper: Paper
    package let content: CalendarEdition.Content
    /// Where each day or line of the content stands in the file.
    let lines: [Int]

    /// LIMIT: bytes of a file, lines of a table, characters of a name and of a source.
    package static let bytesMax = 64 * 1024
    package static let linesMax = 1000
    package static let nameCharactersMax = 20
    package static let sourceCharactersMax = 100

    /// Reads a file. Schedules come as CSV `date,holiday_name,kind` or as the JSON of holiday-cn, closures as CSV
    /// `region,date,name,kind`, hours as CSV `region,from,through,morning,afternoon`. Throws `CalendarRefusal` and, for
    /// what is no table at all, `TableRefusal`; nothing is read in part.
    package init(_ bytes: [UInt8], as kind: Kind, on paper: Paper) throws {
        guard bytes.count <= Self.bytesMax else { throw CalendarRefusal.tooLong }
        guard (1...Self.sourceCharactersMax).contains(paper.source.count) else { throw CalendarRefusal.sourceWrong }
        self.paper = paper
        let isJSON = bytes.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
        switch kind {
        case .schedule:
            let days = try isJSON ? Self.holidayCN(bytes) : Self.schedule(bytes)
            (content, lines) = (.schedule(try Self.schedule(days)), days.sorted { $0.day.day < $1.day.day }.map(\.line))
        case .closures:
            let closures = try Self.closures(bytes)
            (content, lines) = (.closures(closures.map(\.closure)), closures.map(\.line))
        case .hours:
            let hours = try Self.hours(bytes)
            (content, lines) = (.hours(hours.map(\.hours)), hours.map(\.line))
        }
    }

    /// The kind of what it says.
    package var kind: Kind { content.kind }

    private typealias DayLine = (line: Int, day: YearSchedule.Day)

    /// The rows below a head.
    private static func rows(_ bytes: [UInt8], head: [String]) throws -> [CSVText.Record] {
        let records = try CSVText(bytes).records
        guard let first = records.first, first.fields.map(trimmed) == head else { throw CalendarRefusal.wrongHead }
        let rows = records.dropFirst()
        guard !rows.isEmpty else { throw CalendarRefusal.empty }
        guard rows.count <= linesMax else { throw CalendarRefusal.tooLong }
        for row in rows where row.fields.count != head.count { throw CalendarRefusal.malformed(line: row.line) }
        return rows.map { CSVText.Record(line: $0.line, fields: $0.fields.map(trimmed)) }
    }

    private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespaces) }

    private static func schedule(_ bytes: [UInt8]) throws -> [DayLine] {
        try rows(bytes, head: ["date", "holiday_name", "kind"]).map { row in
            guard let day = CivilDate(row.fields[0]), ["off", "work"].contains(row.fields[2]) else {
                throw CalendarRefusal.malformed(line: row.line)
            }
            return (row.line, YearSchedule.Day(day, name: row.fields[1], isOff: row.fields[2] == "off"))
        }
    }

    /// The JSON of the project holiday-cn: a year and its days.
    private struct HolidayCN: Decodable {
        struct Day: Decodable {
            let name: String
            let date: String
            let isOffDay: Bool
        }

        let year: Int
        let days: [Day]
    }

    private static func holidayCN(_ bytes: [UInt8]) throws -> [DayLine] {
        let file: HolidayCN
        do {
            file = try JSONDecoder().decode(HolidayCN.self, from: Data(bytes))
        } catch {
            throw CalendarRefusal.wrongHead
        }
        guard !file.days.isEmpty else { throw CalendarRefusal.empty }
        guard file.days.count <= linesMax else { throw CalendarRefusal.tooLong }
        let schedule = YearSchedule(year: file.year, days: [])
        return try file.days.enumerated().map { index, entry in
            guard let day = CivilDate(entry.date) else { throw CalendarRefusal.malformed(line: index + 1) }
            guard schedule.mayName(day) else { throw CalendarRefusal.wrongYear(line: index + 1) }
            return (index + 1, YearSchedule.Day(day, name: trimmed(entry.name), isOff: entry.isOffDay))
        }
    }

    /// The schedule of the year that most days belong to.
    private static func schedule(_ days: [DayLine]) throws -> YearSchedule {
        let counts = Dictionary(grouping: days, by: \.day.day.year).mapValues(\.count)
        let year = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        let schedule = YearSchedule(year: year, days: days.map(\.day))
        var seen: Set<CivilDate> = []
        for (line, day) in days {
            guard schedule.mayName(day.day) else { throw CalendarRefusal.wrongYear(line: line) }
            guard seen.insert(day.day).inserted else { throw CalendarRefusal.dayTwice(line: line) }
            guard (1...nameCharactersMax).contains(day.name.count) else { throw CalendarRefusal.nameWrong(line: line) }
            guard day.isOff || day.day.weekday > 5 else { throw CalendarRefusal.makeUpOnWeekday(line: line) }
        }
        return schedule
    }

    private static func closures(_ bytes: [UInt8]) throws -> [(line: Int, closure: LocalClosure)] {
        var seen: Set<String> = []
        return try rows(bytes, head: ["region", "date", "name", "kind"]).map { row in
            guard let region = Region(row.fields[0]), let day = CivilDate(row.fields[1]),
                ["closed", "open"].contains(row.fields[3])
            else { throw CalendarRefusal.malformed(line: row.line) }
            guard (1...nameCharactersMax).contains(row.fields[2].count) else {
                throw CalendarRefusal.nameWrong(line: row.line)
            }
            guard seen.insert("\(region.code) \(day)").inserted else { throw CalendarRefusal.dayTwice(line: row.line) }
            return (row.line, LocalClosure(region, day, name: row.fields[2], isClosed: row.fields[3] == "closed"))
        }
    }

    private static func hours(_ bytes: [UInt8]) throws -> [(line: Int, hours: OpeningHours)] {
        var read: [(line: Int, hours: OpeningHours)] = []
        for row in try rows(bytes, head: ["region", "from", "through", "morning", "afternoon"]) {
            let through = row.fields[2].isEmpty ? nil : CivilDate(row.fields[2])
            guard let region = Region(row.fields[0]), let from = CivilDate(row.fields[1]),
                through != nil || row.fields[2].isEmpty
            else { throw CalendarRefusal.malformed(line: row.line) }
            let spans = try row.fields[3...].map { try span($0, line: row.line) }
            guard let hours = OfficeHours(morning: spans[0], afternoon: spans[1]), through.map({ $0 >= from }) ?? true
            else { throw CalendarRefusal.hoursWrong(line: row.line) }
            let line = OpeningHours(region, from: from, through: through, hours: hours)
            guard !read.contains(where: { $0.hours.overlaps(line) }) else {
                throw CalendarRefusal.dayTwice(line: row.line)
            }
            read.append((row.line, line))
        }
        return read
    }

    /// `09:00-12:00`; nil for nothing.
    private static func span(_ text: String, line: Int) throws -> OfficeHours.Span? {
        guard !text.isEmpty else { return nil }
        guard let match = text.wholeMatch(of: /(\d{2}):([0-5]\d)-(\d{2}):([0-5]\d)/), let opens = Int(match.1),
            let closes = Int(match.3), let first = Int(match.2), let last = Int(match.4)
        else { throw CalendarRefusal.malformed(line: line) }
        guard let span = OfficeHours.Span(opens * 60 + first, closes * 60 + last) else {
            throw CalendarRefusal.hoursWrong(line: line)
        }
        return span
    }
}

extension OpeningHours {
    /// Whether both say something of the same place on the same day.
    fileprivate func overlaps(_ other: OpeningHours) -> Bool {
        region == other.region && from <= other.through ?? other.from.advanced(byDays: 1_000_000)
            && other.from <= through ?? from.advanced(byDays: 1_000_000)
    }
}

extension CalendarEdition.Content {
    /// Which kind of file says it.
    package var kind: CalendarDraft.Kind {
        switch self {
        case .schedule: .schedule
        case .closures: .closures
        case .hours: .hours
        }
    }
}
