import Catalogue
import Dossiers
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Calendar files: what is read, and what is refused whole, with its line.
@Suite struct CalendarImportTests {
    static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    /// A made-up schedule of 2027 that has all the holidays of the law.
    static let schedule2027 = """
        date,holiday_name,kind
        2027-01-01,元旦,off
        2027-01-31,春节,work
        2027-02-05,春节,off
        2027-02-06,春节,off
        2027-02-07,春节,off
        2027-02-08,春节,off
        2027-02-09,春节,off
        2027-02-10,春节,off
        2027-02-11,春节,off
        2027-02-20,春节,work
        2027-04-05,清明节,off
        2027-05-01,劳动节,off
        2027-05-02,劳动节,off
        2027-05-03,劳动节,off
        2027-06-09,端午节,off
        2027-09-15,中秋节,off
        2027-10-01,国庆节,off
        2027-10-02,国庆节,off
        2027-10-03,国庆节,off

        """

    static func draft(
        _ text: String, _ kind: CalendarDraft.Kind = .schedule, announced: String = "2026-11-20",
        source: String = "国办发明电〔2026〕示例号"
    ) throws -> CalendarDraft {
        try CalendarDraft(
            Array(text.utf8), as: kind,
            on: CalendarDraft.Paper(source: source, announcedOn: try day(announced)))
    }

    static func edition(_ draft: CalendarDraft, after book: CalendarBook? = nil, on today: String = "2026-11-27") throws
        -> CalendarEdition?
    {
        let now = Instant(try day(today), hour: 10)
        return try CalendarRules(try .shipped()).edition(of: draft, after: book ?? .shipped(), at: now)
    }

    /// A schedule with a line instead of another.
    private static func with(_ line: String, for other: String = "2027-05-03,劳动节,off") -> String {
        schedule2027.replacing(other, with: line)
    }

    @Test func `a schedule is read from CSV, and the same from the JSON of holiday-cn`() throws {
        let csv = try Self.draft(Self.schedule2027)
        let days = Self.schedule2027.split(separator: "\n").dropFirst().map { line in
            let parts = line.split(separator: ",")
            return "{\"name\":\"\(parts[1])\",\"date\":\"\(parts[0])\",\"isOffDay\":\(parts[2] == "off")}"
        }
        let json = try Self.draft(
            """
            {"$schema":"https://example.org/schema.json","$id":"https://example.org/2027.json","year":2027,
             "papers":["https://example.org/paper.htm"],"days":[\(days.joined(separator: ","))]}
            """)
        #expect(csv.content == json.content)
        let edition = try #require(try Self.edition(csv))
        #expect(edition.number == 1 && edition.source == "国办发明电〔2026〕示例号")
        let book = try CalendarBook.shipped().adding(edition)
        #expect(book.latest(for: .fuzhou).isPublished(2027))
        // What the book says already is no edition.
        #expect(try Self.edition(json, after: book) == nil)
        // Nor is what ships: the file of 2026 as it is published.
        let shipped = try #require(try WorkCalendar.shipped().schedule(of: 2026))
        let lines = shipped.days.map { "\($0.day),\($0.name),\($0.isOff ? "off" : "work")" }
        #expect(try Self.edition(try Self.draft((["date,holiday_name,kind"] + lines).joined(separator: "\n"))) == nil)
    }

    @Test func `a schedule that cannot be right is refused whole, with its line`() throws {
        #expect(throws: CalendarRefusal.wrongYear(line: 15)) { try Self.draft(Self.with("2028-05-03,劳动节,off")) }
        #expect(throws: CalendarRefusal.wrongYear(line: 15)) { try Self.draft(Self.with("2026-11-03,劳动节,off")) }
        #expect(throws: CalendarRefusal.makeUpOnWeekday(line: 15)) { try Self.draft(Self.with("2027-05-04,劳动节,work")) }
        #expect(throws: CalendarRefusal.dayTwice(line: 15)) { try Self.draft(Self.with("2027-05-02,劳动节,off")) }
        #expect(throws: CalendarRefusal.nameWrong(line: 15)) { try Self.draft(Self.with("2027-05-03,,off")) }
        for line in ["2027-02-30,春节,off", "2027-05-03,劳动节,free", "2027-05-03,劳动节", "tomorrow,劳动节,off"] {
            #expect(throws: CalendarRefusal.malformed(line: 15)) { try Self.draft(Self.with(line)) }
        }
        #expect(throws: CalendarRefusal.wrongHead) { try Self.draft("day,name,kind\n2027-01-01,元旦,off\n") }
        #expect(throws: CalendarRefusal.wrongHead) { try Self.draft("{\"year\":2027}") }
        #expect(throws: CalendarRefusal.empty) { try Self.draft("date,holiday_name,kind\n") }
        #expect(throws: CalendarRefusal.empty) { try Self.draft("{\"year\":2027,\"days\":[]}") }
        let first = try Self.day("2027-01-01")
        let long = (0...CalendarDraft.linesMax).map { "\(first.advanced(byDays: $0)),元旦,off" }
        #expect(throws: CalendarRefusal.tooLong) {
            try Self.draft((["date,holiday_name,kind"] + long).joined(separator: "\n"))
        }
        #expect(throws: CalendarRefusal.tooLong) {
            try Self.draft(String(repeating: " ", count: CalendarDraft.bytesMax + 1))
        }
        #expect(throws: CalendarRefusal.sourceWrong) { try Self.draft(Self.schedule2027, source: "") }
        #expect(throws: TableRefusal.encoding) {
            try CalendarDraft(
                [0xC9, 0xF3], as: .schedule, on: .init(source: "示例", announcedOn: try Self.day("2026-11-20")))
        }
    }

    @Test func `a schedule without a holiday of the law, of a year that is over or far away is refused`() throws {
        let missing = try Self.draft(Self.schedule2027.replacing("2027-02-05,春节,off\n", with: ""))
        let eve = try Self.day("2027-02-05")
        #expect(throws: CalendarRefusal.holidayMissing(eve)) { try Self.edition(missing) }
        let draft = try Self.draft(Self.schedule2027)
        #expect(throws: CalendarRefusal.announcedLater) { try Self.edition(draft, on: "2026-11-19") }
        #expect(throws: CalendarRefusal.tooFar(line: 2)) {
            try Self.edition(draft, on: "2025-12-31", announced: "2025-12-30")
        }
        #expect(throws: CalendarRefusal.yearOver) { try Self.edition(draft, on: "2028-01-01") }
    }

    private static func edition(_ draft: CalendarDraft, on today: String, announced: String) throws -> CalendarEdition?
    {
        try edition(try self.draft(schedule2027, announced: announced), on: today)
    }

    @Test func `closures are refused for unknown places, days before the announcement and days that were not closed`()
        throws
    {
        let head = "region,date,name,kind\n"
        let closed = try Self.draft(head + "350100,2026-11-26,台风,closed\n350121,2026-11-27,台风,closed\n", .closures)
        let edition = try #require(try Self.edition(closed, on: "2026-11-28"))
        let book = try CalendarBook.shipped().adding(edition)
        #expect(book.latest(for: .fuzhou).isClosed(try Self.day("2026-11-26")))
        #expect(!book.latest(for: .fuzhou).isClosed(try Self.day("2026-11-27")))
        #expect(try Self.edition(closed, after: book, on: "2026-11-28") == nil, "it is said already")
        let open = try Self.draft(head + "350100,2026-11-26,台风,open", .closures)
        #expect(try Self.edition(open, after: book, on: "2026-11-28")?.number == 2)
        #expect(throws: CalendarRefusal.notClosed(line: 2)) { try Self.edition(open, on: "2026-11-28") }
        let past = try Self.draft(head + "350100,2026-11-25,台风,closed\n350100,2026-11-19,台风,closed", .closures)
        #expect(throws: CalendarRefusal.beforeAnnouncement(line: 3)) { try Self.edition(past) }
        let far = try Self.draft(head + "350100,2028-11-25,台风,closed", .closures)
        #expect(throws: CalendarRefusal.tooFar(line: 2)) { try Self.edition(far) }
        let unknown = try Self.draft(head + "350199,2026-11-25,台风,closed", .closures)
        #expect(throws: CalendarRefusal.unknownRegion(line: 2)) { try Self.edition(unknown) }
        for line in ["3501,2026-11-25,台风,closed", "350100,2026-11-25,台风,shut", "350100,2026-11-25,台风"] {
            #expect(throws: CalendarRefusal.malformed(line: 2)) { try Self.draft(head + line, .closures) }
        }
        #expect(throws: CalendarRefusal.nameWrong(line: 2)) {
            try Self.draft(head + "350100,2026-11-25,,closed", .closures)
        }
        #expect(throws: CalendarRefusal.dayTwice(line: 3)) {
            try Self.draft(head + "350100,2026-11-25,台风,closed\n350100,2026-11-25,暴雨,closed", .closures)
        }
    }

    @Test func `hours are refused when they cannot be kept`() throws {
        let head = "region,from,through,morning,afternoon\n"
        let summer = try Self.draft(head + "350100,2026-12-01,2026-12-31,08:30-12:00,14:00-17:30\n", .hours)
        let edition = try #require(try Self.edition(summer))
        #expect(edition.touched == nil, "no day counts more or less")
        let calendar = try CalendarBook.shipped().adding(edition).latest(for: .fuzhou)
        #expect(calendar.officeHours(on: try Self.day("2026-12-01"))?.opens == 510)
        #expect(try Self.edition(summer, after: try CalendarBook.shipped().adding(edition)) == nil)
        let half = try Self.draft(head + "350100,2026-12-01,2026-12-01,09:00-12:00,", .hours)
        #expect(try Self.edition(half) != nil)
        for line in [
            "350100,2026-12-01,,12:00-09:00,", "350100,2026-12-02,2026-12-01,09:00-12:00,", "350100,2026-12-01,,,",
            "350100,2026-12-01,,09:00-14:00,13:00-17:00", "350100,2026-12-01,,09:00-25:00,",
        ] {
            #expect(throws: CalendarRefusal.hoursWrong(line: 2)) { try Self.draft(head + line, .hours) }
        }
        for line in ["350100,2026-12-01,never,09:00-12:00,", "350100,2026-12-01,,9-12,", "x,2026-12-01,,09:00-12:00,"] {
            #expect(throws: CalendarRefusal.malformed(line: 2)) { try Self.draft(head + line, .hours) }
        }
        #expect(throws: CalendarRefusal.dayTwice(line: 3)) {
            try Self.draft(
                head + "350100,2026-12-01,,09:00-12:00,\n350100,2026-12-31,2027-01-01,09:00-12:00,", .hours)
        }
        let unknown = try Self.draft(head + "350199,2026-12-01,,09:00-12:00,", .hours)
        #expect(throws: CalendarRefusal.unknownRegion(line: 2)) { try Self.edition(unknown) }
        let past = try Self.draft(head + "350100,2026-11-01,,09:00-12:00,", .hours)
        #expect(throws: CalendarRefusal.beforeAnnouncement(line: 2)) { try Self.edition(past) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `editions come back as they were written, in order`(_ place: StoreUnderTest) async throws {
        let drafts = [
            try Self.draft(Self.schedule2027),
            try Self.draft("region,date,name,kind\n350100,2026-11-26,台风,closed", .closures),
            try Self.draft("region,from,through,morning,afternoon\n350100,2026-12-01,,08:30-12:00,", .hours),
        ]
        var book = try CalendarBook.shipped()
        for draft in drafts { book = book.adding(try #require(try Self.edition(draft, after: book))) }
        let editions = book.editions
        // Two machines may look at their clocks in one millisecond; editions are in order all the same.
        #expect(editions[1].knownFrom.milliseconds == editions[0].knownFrom.milliseconds + 1)
        try await place.use(CalendarTable.migrations) { store in
            try await store.write { tx in
                #expect(try CalendarTable.lastNumber(in: tx) == 0)
                for edition in editions {
                    try CalendarTable.append(
                        edition, as: Subject(high: 1, low: UInt64(edition.number)), in: tx)
                }
            }
            try await store.read { tx throws in
                #expect(try CalendarTable.editions(after: 0, in: tx) == editions)
                #expect(try CalendarTable.editions(after: 2, in: tx) == [editions[2]])
                #expect(try CalendarTable.lastNumber(in: tx) == 3)
            }
        }
    }

    @Test func `a refusal names its line, and each code is listed once`() {
        #expect("\(CalendarRefusal.dayTwice(line: 7))" == "calendar.day-twice, line 7")
        #expect("\(CalendarRefusal.empty)" == "calendar.empty")
        #expect(Set(CalendarRefusal.codes).count == CalendarRefusal.codes.count)
    }
}
