import Catalogue
import Accounts
import Dossiers
import Hall
import Notices
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

/// The calendar of a house: dates that were provisional become final by an import, what moved is listed, and a crash on
/// the way loses nothing.
@Suite struct CalendarTests {
    private static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private static let schedule2027 = """
        date,holiday_name,kind
        2027-01-01,元旦,off
        2027-01-04,元旦,off
        2027-01-09,元旦,work
        2027-02-05,春节,off
        2027-02-06,春节,off
        2027-02-07,春节,off
        2027-02-08,春节,off
        2027-04-05,清明节,off
        2027-05-01,劳动节,off
        2027-05-02,劳动节,off
        2027-06-09,端午节,off
        2027-09-15,中秋节,off
        2027-10-01,国庆节,off
        2027-10-02,国庆节,off
        2027-10-03,国庆节,off
        """

    private static func draft(
        _ text: String, _ kind: CalendarDraft.Kind = .schedule, announced: String = "2026-12-28"
    ) throws -> CalendarDraft {
        try CalendarDraft(
            Array(text.utf8), as: kind, on: .init(source: "示例〔2026〕1号", announcedOn: try day(announced)))
    }

    /// A house on 28 December 2026, a Monday, at nine.
    private static func story(_ store: any Store) throws -> HallStory {
        let story = try HallStory(store: store)
        story.clock.move(days: Int64(try day("2026-12-28").daysSinceEpoch - day("2018-11-19").daysSinceEpoch))
        return story
    }

    private static func kept(_ id: DossierID, _ story: HallStory) async throws -> DossierLine {
        try await story.hall.store.read { tx in
            try #require(try DossierTable.of(applicant: HallStory.applicant, in: tx).first { $0.id == id })
        }
    }

    private static func accepted(_ story: HallStory) async throws -> DossierID {
        let id = try await story.filed()
        try await story.perform(.accept, on: id, by: HallStory.clerk)
        return id
    }

    @Test(arguments: StoreUnderTest.all)
    func `a period that crosses into 2027 is provisional, and final once the schedule is in`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try Self.story(store)
            let hall = story.hall
            // Four working days from Monday 28: 29, 30, 31 December and Monday 4 January.
            let id = try await Self.accepted(story)
            let ended = try await Self.accepted(story)
            try await story.perform(.withdraw(note: ""), on: ended, by: .person(HallStory.applicant))
            let before = try await Self.kept(id, story)
            #expect(before.isProvisional)
            #expect(before.due == (try Self.day("2027-01-04")))
            let draft = try Self.draft(Self.schedule2027)
            let preview = try await hall.previewCalendar(draft)
            #expect(preview.moved == 1 && preview.settled == 0 && preview.seen == 0 && !preview.isAtLeast)
            #expect(preview.lines.map(\.change.what) == [.due, .statutory])
            #expect(try await Self.kept(id, story) == before, "a preview changes nothing")
            let edition = try #require(try await hall.importCalendar(draft, seen: preview.seen))
            #expect(edition.number == 1)
            while try await hall.recountBatch() {}
            let after = try await Self.kept(id, story)
            #expect(!after.isProvisional)
            #expect(after.due == (try Self.day("2027-01-05")))
            // Fifteen from 28 December: three in 2026, then twelve with the make-up day on the 9th.
            #expect(before.statutoryDue == (try Self.day("2027-01-19")))
            #expect(after.statutoryDue == (try Self.day("2027-01-19")))
            let changes = try await hall.calendarChanges(1)
            #expect(
                changes.lines.map(\.change) == [
                    DateChange(
                        id, .due, from: try Self.day("2027-01-04"), to: try Self.day("2027-01-05"),
                        provisional: (was: true, is: false)),
                    DateChange(
                        id, .statutory, from: try Self.day("2027-01-19"), to: try Self.day("2027-01-19"),
                        provisional: (was: true, is: false)),
                ])
            #expect(changes.lines == preview.lines)
            #expect(changes.recount?.round == 2 && changes.recount?.changed == 1 && changes.recount?.finishedAt == nil)
            // The last round, when every process has heard of it, finds nothing more.
            story.clock.move(seconds: RecountTable.lastRoundSeconds)
            while try await hall.recountBatch() {}
            let finished = try await hall.calendarChanges(1)
            #expect(finished.recount?.finishedAt != nil && finished.recount?.changed == 1)
            #expect(finished.lines == changes.lines)
            // The applicant was told, once.
            let told = try await hall.told(about: id).map(\.notice.kind.id)
            #expect(told.filter { $0 == "date-moved" }.count == 1)
            #expect(try await hall.told(about: ended).allSatisfy { $0.notice.kind.id != "date-moved" })
            // The same again is no edition.
            #expect(try await hall.importCalendar(draft) == nil)
            #expect(try await hall.calendarEditions().map(\.edition.number) == [1])
            // New cases are counted by it at once.
            let next = try await Self.accepted(story)
            #expect(try await !Self.kept(next, story).isProvisional)
            let report = try await JournalAudit(store: store, origin: "test") { $0 == $1 }.run()
            #expect(report.findings == [])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a typhoon day moves the dates of its place, later, and not those of others`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try Self.story(store)
            let id = try await Self.accepted(story)
            let head = "region,date,name,kind\n"
            let county = try Self.draft(head + "350121,2026-12-30,台风,closed", .closures)
            #expect(try await story.hall.previewCalendar(county).moved == 0)
            #expect(try await story.hall.importCalendar(county)?.number == 1)
            while try await story.hall.recountBatch() {}
            #expect(try await story.hall.calendarChanges(1).lines == [])
            let city = try Self.draft(head + "350100,2026-12-30,台风,closed\n350100,2026-12-31,台风,closed", .closures)
            #expect(try await story.hall.importCalendar(city)?.number == 2)
            while try await story.hall.recountBatch() {}
            #expect(try await Self.kept(id, story).due == (try Self.day("2027-01-06")))
            let changes = try await story.hall.calendarChanges(2).lines
            #expect(changes.map(\.change.what) == [.due, .statutory])
            #expect(changes.allSatisfy { $0.change.after > $0.change.before })
        }
    }

    /// How many rows have which light, and how many should by the rules.
    private static func lights(_ ids: [DossierID], _ story: HallStory) async throws -> (rows: [Int], rules: [Int]) {
        var byRules = Light.allCases.map { _ in 0 }
        for id in ids {
            let dossier = try await story.dossier(id)
            let light = story.hall.rules.light(of: dossier) ?? .green
            byRules[light.rawValue] += 1
        }
        let cells = try await story.hall.store.read { tx in try LightTable.counts(in: tx) }
        return (try #require(cells.first).counts, byRules)
    }

    @Test(arguments: StoreUnderTest.all)
    func `lights, what was found, and what waits for somebody go by the dates that an edition moved`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try Self.story(store)
            let first = try await Self.accepted(story)
            story.clock.move(days: 1)
            let second = try await Self.accepted(story)
            try await story.perform(.extend(.request(value: 5, note: "情况复杂")), on: second, by: HallStory.reviewer)
            // Tuesday, 5 January: the promise of the first ended on Monday, that of the second ends today.
            story.clock.move(days: 7)
            _ = try await Pulse(hall: story.hall).beat()
            let found = { try await store.read { tx in try FindingTable.of(first, in: tx) } }
            #expect(try await found().map(\.rule) == [.promisePassed])
            #expect(try await found().first?.stands == true)
            let before = try await Self.lights([first, second], story)
            #expect(before.rows == [0, 1, 1, 0] && before.rules == before.rows)
            // Monday was a day off, so that neither is near any more what it was near to, or past it.
            #expect(try await story.hall.importCalendar(try Self.draft(Self.schedule2027)) != nil)
            while try await story.hall.recountBatch() {}
            let after = try await Self.lights([first, second], story)
            #expect(after.rules == [2, 0, 0, 0] && after.rows == after.rules)
            let over = try #require(try await found().first)
            #expect(!over.stands && over.count == 1)
            let part = DossierTable.Part.of(try HallStory.terms().body)
            let waits = {
                try await store.read { tx in try DossierTable.waiting(for: .head, in: part, tx: tx).map(\.due) }
            }
            let (lawful, later) = (try Self.day("2027-01-20"), try Self.day("2027-01-21"))
            #expect(try await waits() == [lawful], "by when the law wants a decision")
            let typhoon = try Self.draft("region,date,name,kind\n350100,2027-01-11,台风,closed", .closures)
            #expect(try await story.hall.importCalendar(typhoon) != nil)
            while try await story.hall.recountBatch() {}
            #expect(try await waits() == [later])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a date that an applicant must keep moves too`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try Self.story(store)
            let id = try await story.filed()
            let defect = MaterialDefect("form", .missing, .overlooked)
            try await story.perform(.requestCorrection([defect], note: ""), on: id, by: HallStory.clerk)
            let typhoon = try Self.draft("region,date,name,kind\n350100,2026-12-30,台风,closed", .closures)
            #expect(try await story.hall.importCalendar(typhoon) != nil)
            while try await story.hall.recountBatch() {}
            let lines = try await story.hall.calendarChanges(1).lines
            #expect(lines.map(\.change.what) == [.correction])
            #expect(lines.first?.change.before == (try Self.day("2027-01-19")))
            #expect(lines.first?.change.after == (try Self.day("2027-01-20")))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a recount that is struck anywhere goes on where it was`(_ place: StoreUnderTest) async throws {
        let faults = FaultSwitch()
        try await place.use(HallStory.migrations, faults: faults.plan) { store in
            let story = try Self.story(store)
            var ids: [DossierID] = []
            for _ in 0..<3 { ids.append(try await Self.accepted(story)) }
            #expect(try await story.hall.importCalendar(try Self.draft(Self.schedule2027)) != nil)
            // Every point of the way fails once; what was done before stays done.
            var (target, isOver) = (1, false)
            while !isOver {
                faults.arm(at: target)
                do {
                    isOver = try await !story.hall.recountBatch()
                } catch {
                    #expect(error is Fault)
                }
                faults.disarm()
                target += 1
                #expect(target < 500)
            }
            for id in ids {
                let line = try await Self.kept(id, story)
                let due = try Self.day("2027-01-05")
                #expect(!line.isProvisional && line.due == due)
            }
            let changes = try await story.hall.calendarChanges(1)
            #expect(Set(changes.lines.map(\.change.dossier)) == Set(ids))
            #expect(changes.lines.count == 6 && changes.recount?.changed == 3 && changes.recount?.examined == 3)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `another process hears of an edition at its next beat, and the last round mends what it counted meanwhile`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let (here, there) = (try Self.story(store), try Self.story(store))
            #expect(try await here.hall.importCalendar(try Self.draft(Self.schedule2027)) != nil)
            while try await here.hall.recountBatch() {}
            let submission = try await there.submission()
            let id = try await there.hall.submit(
                submission, by: .person(HallStory.applicant),
                attempt: Attempt(CommandToken.of(Subject(high: 99, low: 1)))
            ).dossier
            _ = try await there.hall.perform(
                .accept, on: id, by: HallStory.clerk, attempt: Attempt(CommandToken.of(Subject(high: 99, low: 2))))
            #expect(try await Self.kept(id, here).isProvisional, "it did not know")
            #expect(there.hall.book.lastNumber == 0)
            _ = try await Pulse(hall: there.hall).beat()
            #expect(there.hall.book.lastNumber == 1)
            here.clock.move(seconds: RecountTable.lastRoundSeconds)
            try await Pulse(hall: here.hall).recount()
            #expect(try await !Self.kept(id, here).isProvisional)
            #expect(try await here.hall.calendarChanges(1).lines.map(\.change.dossier).contains(id))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an import after another one than was shown is refused, and so is one by somebody without the power`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try Self.story(store)
            let draft = try Self.draft(Self.schedule2027)
            #expect(try await story.hall.importCalendar(draft, seen: 0) != nil)
            let typhoon = try Self.draft("region,date,name,kind\n350100,2026-12-30,台风,closed", .closures)
            await #expect(throws: CalendarRefusal.changedMeanwhile) {
                try await story.hall.importCalendar(typhoon, seen: 0)
            }
            await #expect(throws: CalendarRefusal.editionNotFound) { try await story.hall.calendarChanges(2) }
            await #expect(throws: CalendarRefusal.editionNotFound) { try await story.hall.calendarChanges(0) }
            #expect(try await story.hall.calendarEditions().count == 1)
        }
    }
}
