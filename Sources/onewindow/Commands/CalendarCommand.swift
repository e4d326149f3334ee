import ArgumentParser
import Dossiers
import Foundation
import Hall
import Store
import Vocabulary

/// `onewindow calendar import|list|show|changes|days`.
struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "The calendar: takes schedules, closures and hours in, says what they moved.",
        subcommands: [Import.self, List.self, Show.self, Changes.self, Days.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a file in and recounts the dates that it touches; goes on where it was when it is killed.",
            discussion: "docs/calendar.md describes the files. Without --closures or --hours it is a year's schedule.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The file: .csv, or the .json of holiday-cn for a schedule.") var file: String
        @ArgumentParser.Option(help: "The paper on which it rests, by its number or name.") var source: String
        @ArgumentParser.Option(help: "The day on the paper, such as 2026-11-04; today when left out.")
        var announced: String?
        @Flag(help: "The file lists days on which places were closed.") var closures = false
        @Flag(help: "The file lists office hours.") var hours = false
        @Flag(help: "Only say what would change.") var dryRun = false

        func run() async throws {
            guard !closures || !hours else { throw ValidationError("a file lists closures or hours, not both") }
            let day = try announced.map { text in
                guard let day = CivilDate(text) else { throw ValidationError("--announced is a day like 2026-11-04") }
                return day
            }
            let bytes = Array(try Data(contentsOf: URL(filePath: file)))
            let kind: CalendarDraft.Kind = closures ? .closures : hours ? .hours : .schedule
            let paper = CalendarDraft.Paper(source: source, announcedOn: day ?? Wiring.time.now().day)
            let house = try await Wiring.open(options)
            do {
                let draft = try CalendarDraft(bytes, as: kind, on: paper)
                if dryRun { try await preview(draft, house.hall) } else { try await take(draft, house.hall) }
            } catch let refusal as any Refusal {
                await house.store.close()
                throw ValidationError(try CatalogueCommand.sentence(refusal))
            }
            await house.store.close()
        }

        private func preview(_ draft: CalendarDraft, _ hall: Hall) async throws {
            let preview = try await hall.previewCalendar(draft)
            guard let edition = preview.edition else {
                return print("nothing new: the calendar says all of it already")
            }
            let more = preview.isAtLeast ? "at least " : ""
            print("it would be edition \(edition.number)")
            print("\(more)\(preview.moved) open dossiers would get another day, \(preview.settled) would become final")
            for line in preview.lines { print(CalendarCommand.text(line)) }
        }

        private func take(_ draft: CalendarDraft, _ hall: Hall) async throws {
            guard let edition = try await hall.importCalendar(draft) else {
                print("nothing new: the calendar says all of it already")
                // A recount that was cut off goes on all the same.
                while try await hall.recountBatch() {}
                return
            }
            print("edition \(edition.number): \(edition.content.kind.rawValue), \(edition.source)")
            while try await hall.recountBatch() {
                let recount = try await hall.calendarChanges(edition.number).recount
                Wiring.say("recounted \(recount?.examined ?? 0) dossiers, \(recount?.changed ?? 0) changed")
            }
            try await CalendarCommand.printChanges(by: edition.number, hall)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The last hundred editions, the newest first.")
        @OptionGroup var options: DataOptions

        func run() async throws {
            let house = try await Wiring.open(options)
            let editions = try await house.hall.calendarEditions()
            await house.store.close()
            for (edition, recount) in editions {
                let changed = recount.map { "\($0.changed) dossiers changed" } ?? "moves no date"
                let state = recount.map { $0.finishedAt == nil ? ", recount open" : "" } ?? ""
                print(
                    "\(edition.number) \(edition.content.kind.rawValue) \(edition.source), announced "
                        + "\(edition.announcedOn), known from \(edition.knownFrom): \(changed)\(state)")
            }
            if editions.isEmpty { print("no editions: what ships is all there is") }
        }
    }

    struct Changes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The dates that an edition moved or made final.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The number of the edition.") var edition: Int

        func run() async throws {
            let house = try await Wiring.open(options)
            do {
                try await CalendarCommand.printChanges(by: edition, house.hall)
            } catch let refusal as CalendarRefusal {
                await house.store.close()
                throw ValidationError(try CatalogueCommand.sentence(refusal))
            }
            await house.store.close()
        }
    }

    fileprivate static func printChanges(by edition: Int, _ hall: Hall) async throws {
        var (cursor, count): (RecountTable.Cursor?, Int) = (nil, 0)
        while true {
            let page = try await hall.calendarChanges(edition, after: cursor)
            for line in page.lines { print(text(line)) }
            count += page.lines.count
            guard page.lines.count == Limits.pageRowsMax else {
                let recount = page.recount
                print("\(count) dates of \(recount?.changed ?? 0) dossiers, \(recount?.examined ?? 0) recounted")
                if recount != nil, recount?.finishedAt == nil {
                    print("the last round of the recount is still to come")
                }
                return
            }
            cursor = page.lines.last?.cursor
        }
    }

    fileprivate static func text(_ line: RecountTable.Line) -> String {
        let change = line.change
        let kind = { (isProvisional: Bool) in isProvisional ? "provisional" : "final" }
        return "\(line.short) \(line.itemCode) \(change.what.rawValue): \(change.before) "
            + "\(kind(change.wasProvisional)) -> \(change.after) \(kind(change.isProvisional))"
    }
}
