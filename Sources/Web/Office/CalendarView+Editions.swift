import Dossiers
import Hall
import Vocabulary

/// What was said of the calendar, and what it changed.
extension CalendarView {
    func editions(
        _ html: inout HTML, _ editions: [(edition: CalendarEdition, recount: RecountTable.Standing?)]
    ) {
        html.table(
            words["calendar.editions"],
            [
                Column(words["calendar.paper"]), Column(words["calendar.kind"]), Column(words["calendar.announced"]),
                Column(words["calendar.known-from"]), Column(words["calendar.changed"], isNumeric: true),
                Column(words["calendar.recount"]),
            ], editions
        ) { html in
            html.empty(words["calendar.no-editions"], words["calendar.no-editions-help"])
        } row: { html, line in
            html.row { html in
                html.headCell(line.edition.source, href: Paths.calendarEdition(line.edition.number))
                html.cell(words[line.edition.content.kind.word])
                html.cell { $0.date(line.edition.announcedOn) }
                html.cell { $0.moment(line.edition.knownFrom) }
                html.cell(line.recount.map { words.number($0.changed) } ?? "–", isNumeric: true)
                html.cell(words[state(line.recount)])
            }
        }
    }

    func facts(_ html: inout HTML, _ edition: CalendarEdition, _ recount: RecountTable.Standing?) {
        if let recount, recount.finishedAt == nil {
            html.banner(.information, words[state(recount)]) { $0.paragraph(words["calendar.recount-help"]) }
        }
        html.summary([
            SummaryRow(words["calendar.kind"], words[edition.content.kind.word]),
            SummaryRow(words["calendar.announced"], words.date(edition.announcedOn)),
            SummaryRow(words["calendar.known-from"], words.moment(edition.knownFrom)),
            SummaryRow(words["calendar.lines"], words.number(edition.content.lines)),
            SummaryRow(words["calendar.recount"], words[state(recount)]),
            SummaryRow(words["calendar.examined"], words.number(recount?.examined ?? 0)),
            SummaryRow(words["calendar.changed"], words.number(recount?.changed ?? 0)),
        ])
    }

    private func state(_ recount: RecountTable.Standing?) -> Word {
        guard let recount else { return Word("calendar.recount-none") }
        if recount.finishedAt != nil { return Word("calendar.recount-done") }
        return recount.round == 1 ? Word("calendar.recount-open") : Word("calendar.recount-again")
    }

    /// Dates that moved or became final.
    func changes(_ html: inout HTML, _ lines: [RecountTable.Line], _ names: [String: String], _ caption: String) {
        html.table(
            caption,
            [
                Column(words["column.number"]), Column(words["column.item"]), Column(words["calendar.which"]),
                Column(words["calendar.before"]), Column(words["calendar.after"]), Column(words["calendar.effect"]),
            ], lines
        ) { html in
            html.empty(words["calendar.no-changes"], words["calendar.no-changes-help"])
        } row: { html, line in
            let change = line.change
            html.row { html in
                html.headCell(line.short)
                html.cell(names[line.itemCode] ?? line.itemCode)
                html.cell(words[change.what.word])
                html.cell { day(&$0, change.before, change.wasProvisional) }
                html.cell { day(&$0, change.after, change.isProvisional) }
                html.cell(effect(change))
            }
        }
    }

    private func day(_ html: inout HTML, _ day: CivilDate, _ isProvisional: Bool) {
        html.date(day)
        if isProvisional { html.tag(Tag(words["calendar.provisional-tag"], .waiting)) }
    }

    private func effect(_ change: DateChange) -> String {
        let days = change.after.daysSinceEpoch - change.before.daysSinceEpoch
        if days > 0 { return words.count("calendar.later", days) }
        if days < 0 { return words.count("calendar.earlier", -days) }
        return words[change.isProvisional ? "calendar.became-provisional" : "calendar.became-final"]
    }

    /// What the edition itself says.
    func says(_ html: inout HTML, _ edition: CalendarEdition) {
        switch edition.content {
        case .schedule: months(&html, by: site.hall.book)
        case .closures(let lines):
            html.table(
                words["calendar.says"],
                [Column(words["calendar.place"]), Column(words["calendar.day"]), Column(words["calendar.reason"])],
                lines
            ) { _ in
            } row: { html, line in
                html.row { html in
                    html.headCell(place(line.region))
                    html.cell { $0.date(line.day) }
                    html.cell(line.isClosed ? line.name : words("calendar.reopened", ["name": line.name]))
                }
            }
        case .hours(let lines):
            html.table(
                words["calendar.says"],
                [Column(words["calendar.place"]), Column(words["calendar.day"]), Column(words["calendar.hours"])], lines
            ) { _ in
            } row: { html, line in
                html.row { html in
                    html.headCell(place(line.region))
                    html.cell(
                        line.through.map { "\(words.plainDate(line.from))–\(words.plainDate($0))" }
                            ?? words("calendar.from-on", ["day": words.plainDate(line.from)]))
                    html.cell(
                        line.hours.spans.map { "\(OfficeHours.clock($0.opens))–\(OfficeHours.clock($0.closes))" }
                            .joined(separator: "  "))
                }
            }
        }
    }
}

extension CalendarDraft.Kind {
    var word: Word {
        switch self {
        case .schedule: Word("calendar.kind-schedule")
        case .closures: Word("calendar.kind-closures")
        case .hours: Word("calendar.kind-hours")
        }
    }
}

extension DateChange.What {
    fileprivate var word: Word {
        switch self {
        case .due: Word("calendar.what-due")
        case .statutory: Word("calendar.what-statutory")
        case .correction: Word("calendar.what-correction")
        }
    }
}

extension CalendarEdition.Content {
    /// The year to look at.
    var year: Int? {
        switch self {
        case .schedule(let schedule): schedule.year
        case .closures(let lines): lines.first?.day.year
        case .hours(let lines): lines.first?.from.year
        }
    }

    /// The place to look at.
    var region: Region? {
        switch self {
        case .schedule: nil
        case .closures(let lines): lines.first?.region
        case .hours(let lines): lines.first?.region
        }
    }

    /// How many days or lines it says.
    var lines: Int {
        switch self {
        case .schedule(let schedule): schedule.days.count
        case .closures(let lines): lines.count
        case .hours(let lines): lines.count
        }
    }
}

extension Words {
    /// A count that may be higher: `200 件以上`, `200 or more`.
    func atLeast(_ count: Int, _ isAtLeast: Bool) -> String {
        isAtLeast ? self("calendar.at-least", ["n": number(count)]) : number(count)
    }
}
