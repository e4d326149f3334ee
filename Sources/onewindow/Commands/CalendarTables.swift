import ArgumentParser
import Foundation
import Hall
import Store
import Vocabulary

extension CalendarCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The months of a year in one place.")
        @OptionGroup var options: DataOptions
        @ArgumentParser.Option(help: "Six digits; the city when left out.") var region = Region.fuzhou.code
        @ArgumentParser.Option(help: "The year; this one when left out.") var year: Int?

        func run() async throws {
            let gazetteer = try Gazetteer.shipped()
            guard let place = Region(region), let entry = gazetteer.entry(place) else {
                throw ValidationError("\(region) is none of the city's places")
            }
            let year = year ?? Wiring.time.now().day.year
            guard let first = CivilDate(year: year, month: 1, day: 1) else {
                throw ValidationError("\(year) is no year")
            }
            let house = try await Wiring.open(options)
            let calendar = house.hall.book.latest(for: place)
            await house.store.close()
            print("\(entry.name) \(year)\(calendar.isPublished(year) ? "" : ": PROVISIONAL, no schedule is out yet")")
            for month in 1...12 {
                for line in Self.month(first.advanced(byMonths: month - 1), calendar) { print(line) }
            }
            print("* off  + worked to make up  ! closed")
            for line in Self.named(first, calendar) { print(line) }
            let count = calendar.workingDays(from: first, upTo: first.advanced(byMonths: 12)).count
            print("\(count) working days")
        }

        private static func month(_ first: CivilDate, _ calendar: WorkCalendar) -> [String] {
            var (lines, line, day) = ([String](), String(repeating: "    ", count: first.weekday - 1), first)
            lines.append("\(String("\(first)".prefix(7)))\n Mo  Tu  We  Th  Fr  Sa  Su")
            while day < first.advanced(byMonths: 1) {
                let mark =
                    switch calendar.reason(of: day) {
                    case .workingDay, .weekend: " "
                    case .holiday: "*"
                    case .makeUpDay, .lateMakeUpDay: "+"
                    case .closure: "!"
                    }
                line += (day.parts.day < 10 ? "  " : " ") + "\(day.parts.day)\(mark)"
                if day.weekday == 7 {
                    lines.append(line)
                    line = ""
                }
                day = day.advanced(byDays: 1)
            }
            return lines + (line.isEmpty ? [] : [line])
        }

        private static func named(_ first: CivilDate, _ calendar: WorkCalendar) -> [String] {
            var (lines, day) = ([String](), first)
            while day.year == first.year {
                switch calendar.reason(of: day) {
                case .workingDay, .weekend: break
                case .holiday(let name): lines.append("\(day) * \(name)")
                case .makeUpDay(let name), .lateMakeUpDay(let name): lines.append("\(day) + \(name)")
                case .closure(let name, let announcement): lines.append("\(day) ! \(name) \(announcement)")
                }
                day = day.advanced(byDays: 1)
            }
            return lines
        }
    }

    struct Days: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The due day of every length for every start day, one line of JSON a start, by what ships.",
            discussion: "due: the days for 1, 2, … working days. final: how many of them rest on published years.")
        @ArgumentParser.Option(help: "The first start day.") var from = "2017-10-01"
        @ArgumentParser.Option(help: "The last start day.") var through = "2026-12-31"
        @ArgumentParser.Option(help: "The longest period, in working days.") var lengths = 60

        /// LIMIT: the longest period that is counted here.
        private static let lengthsMax = 1000

        private struct Line: Encodable {
            let start: CivilDate
            let due: [CivilDate]
            let final: Int
        }

        func run() async throws {
            guard let first = CivilDate(from), let last = CivilDate(through), first <= last,
                (1...Self.lengthsMax).contains(lengths)
            else { throw ValidationError("two days in order and a length from 1 to \(Self.lengthsMax)") }
            let calendar = try WorkCalendar.shipped()
            var start = first
            while start <= last {
                let due = (1...lengths).map { calendar.day(WorkingDays($0), after: start) }
                let final = due.count { !calendar.isProvisional(from: start, through: $0) }
                try CatalogueCommand.printJSON(Line(start: start, due: due, final: final))
                start = start.advanced(byDays: 1)
            }
        }
    }
}
