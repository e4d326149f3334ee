import Dossiers
import Hall
import Vocabulary

/// A year of one place as the office sees it.
struct CalendarView {
    let site: Site
    let words: Words
    let year: Int
    let region: Region
    let today: CivilDate

    /// The year and the place that were asked for; this year and the city for what nobody can ask for.
    init(_ site: Site, _ words: Words, year: Int?, region: Region?, today: CivilDate) {
        (self.site, self.words, self.today) = (site, words, today)
        self.year = year.flatMap { Self.years(today).contains($0) ? $0 : nil } ?? today.year
        self.region = region.flatMap { site.regions.entry($0) == nil ? nil : $0 } ?? .fuzhou
    }

    /// LIMIT: years that can be looked at: from the first schedule that ships to the year after the next.
    private static func years(_ today: CivilDate) -> ClosedRange<Int> { 2018...max(2018, today.year + 2) }

    private var calendar: WorkCalendar { site.hall.book.latest(for: region) }

    func place(_ region: Region) -> String {
        site.regions.entry(region).map { words.pick($0.name, $0.nameEnglish) } ?? region.code
    }

    var title: String { words("calendar.of-year", ["place": place(region), "year": "\(year)"]) }

    func filters(_ html: inout HTML) {
        html.filters(Paths.calendar) { html in
            html.field(
                Field(
                    "region", words["calendar.place"],
                    .list(site.regions.entries.map { Option($0.region.code, place($0.region)) }),
                    answer: Answer(region.code)))
            html.field(
                Field(
                    "year", words["calendar.year"],
                    .list(Self.years(today).reversed().map { Option("\($0)", "\($0)") }), answer: Answer("\(year)")))
        }
    }

    /// Whether the year is final, and the figures of the year.
    func standing(_ html: inout HTML) {
        if !calendar.isPublished(year) {
            html.banner(.warning, words("calendar.provisional", ["year": "\(year)"])) {
                $0.paragraph(words["calendar.provisional-help"])
            }
        }
        let first = CivilDate(year: year, month: 1, day: 1) ?? today
        let count = calendar.workingDays(from: first, upTo: first.advanced(byMonths: 12)).count
        let hours = calendar.officeHours(on: calendar.workingDay(onOrAfter: today)) ?? .usual
        html.summary([
            SummaryRow(words["calendar.working-days"], words.count("months.count", count)),
            SummaryRow(
                words["calendar.hours"],
                words.list(hours.spans.map { "\(OfficeHours.clock($0.opens))–\(OfficeHours.clock($0.closes))" })),
        ])
    }

    func months(_ html: inout HTML, by book: CalendarBook) {
        html.heading(words["calendar.months"])
        html.monthSigns()
        html.months(of: year, book.latest(for: region), today: today)
    }

    /// The days that differ, holiday by holiday.
    func named(_ html: inout HTML) {
        let spans = NamedDays.of(year, calendar)
        html.table(
            words["calendar.named"],
            [
                Column(words["calendar.holiday"]), Column(words["calendar.days-off"]),
                Column(words["calendar.count"], isNumeric: true), Column(words["calendar.made-up"]),
            ], spans
        ) { _ in
        } row: { html, span in
            html.row { html in
                let name = words.holiday(span.name)
                html.headCell(span.announcement.isEmpty ? name : "\(name) \(span.announcement)")
                html.cell(words.list(ranges(span.off)))
                html.cell(words.number(span.off.count), isNumeric: true)
                html.cell(words.list(span.worked.map(words.shortDate)))
            }
        }
    }

    /// `2月5日–2月8日` for days that follow one another.
    private func ranges(_ days: [CivilDate]) -> [String] {
        var ranges: [(first: CivilDate, last: CivilDate)] = []
        for day in days {
            if let last = ranges.last, last.last.advanced(byDays: 1) == day {
                ranges[ranges.count - 1].last = day
            } else {
                ranges.append((day, day))
            }
        }
        return ranges.map { $0 == $1 ? words.shortDate($0) : "\(words.shortDate($0))–\(words.shortDate($1))" }
    }

    func intake(_ html: inout HTML, _ form: CalendarForm, _ errors: [FieldError], _ tokens: FormTokens) {
        let error = { (name: String) in errors.first { $0.field == name }?.sentence }
        html.card(words["calendar.new"]) { html in
            html.note(words["calendar.new-help"])
            html.form(Paths.calendarPreview, tokens, hasFiles: true) { html in
                html.field(
                    Field(
                        "kind", words["calendar.kind"],
                        .choice(CalendarDraft.Kind.allCases.map { Option($0.rawValue, words[$0.word]) }),
                        answer: Answer(form.kind.rawValue)))
                html.field(
                    Field(
                        "source", words["calendar.paper"], .text(max: CalendarDraft.sourceCharactersMax),
                        hint: words["calendar.paper-hint"], answer: Answer(form.source, error: error("source"))))
                html.field(
                    Field(
                        "announced", words["calendar.announced"], .date,
                        answer: Answer(form.announced, error: error("announced"))))
                html.field(
                    Field(
                        "file", words["calendar.file"], .files([".csv", ".json"], max: 1, kept: []),
                        hint: words["calendar.file-hint"], answer: Answer("", error: error("file"))))
                html.buttons { $0.button(words["calendar.look"]) }
            }
        }
    }
}

/// The days of a year that belong together by their name.
struct NamedDays {
    let name: String
    /// The paper of a closure; empty for holidays.
    let announcement: String
    var off: [CivilDate] = []
    var worked: [CivilDate] = []

    /// In the order of their first days.
    static func of(_ year: Int, _ calendar: WorkCalendar) -> [NamedDays] {
        guard let first = CivilDate(year: year, month: 1, day: 1) else { return [] }
        var result: [NamedDays] = []
        let note = { (day: CivilDate, name: String, announcement: String, isOff: Bool) in
            // The New Year's holiday at the end of a year is the next one's.
            let index = result.firstIndex {
                $0.name == name && $0.announcement == announcement
                    && ($0.off + $0.worked).contains { day.daysSinceEpoch - $0.daysSinceEpoch < 60 }
            }
            let place = index ?? result.count
            if index == nil { result.append(NamedDays(name: name, announcement: announcement)) }
            if isOff { result[place].off.append(day) } else { result[place].worked.append(day) }
        }
        for offset in 0..<366 {
            let day = first.advanced(byDays: offset)
            guard day.year == year else { break }
            switch calendar.reason(of: day) {
            case .workingDay, .weekend: break
            case .holiday(let name): note(day, name, "", true)
            case .makeUpDay(let name), .lateMakeUpDay(let name): note(day, name, "", false)
            case .closure(let name, let announcement): note(day, name, announcement, true)
            }
        }
        return result.sorted { ($0.off.first ?? $0.worked[0]) < ($1.off.first ?? $1.worked[0]) }
    }
}
