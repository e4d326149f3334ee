package import Vocabulary

/// What a small calendar says of a day: its shape, its sign and, for those who do not see them, its name.
private struct DayMark {
    let style: StaticString?
    /// One character or a short word; nil on an ordinary day.
    let sign: Word?
    let name: String

    init(_ kind: DayKind) {
        switch kind {
        case .workingDay: (style, sign, name) = (nil, nil, "")
        case .weekend: (style, sign, name) = ("weekend", nil, "")
        case .holiday(let name): (style, sign, self.name) = ("off", Word("months.off"), name)
        case .makeUpDay(let name), .lateMakeUpDay(let name):
            (style, sign, self.name) = ("worked", Word("months.worked"), name)
        case .closure(let name, _): (style, sign, self.name) = ("closed", Word("months.closed"), name)
        }
    }
}

extension HTML {
    /// Writes the twelve months of a year as small tables; days that differ carry a shape and a word.
    package mutating func months(of year: Int, _ calendar: WorkCalendar, today: CivilDate) {
        guard let first = CivilDate(year: year, month: 1, day: 1) else { return }
        element("div", .class(calendar.isPublished(year) ? "months" : "months provisional")) { html in
            for month in 0..<12 { html.month(first.advanced(byMonths: month), calendar, today: today) }
        }
    }

    /// Writes what the signs mean.
    package mutating func monthSigns() {
        element("ul", .class("month-signs")) { html in
            html.sign("off", Word("months.off"), Word("months.off-means"))
            html.sign("worked", Word("months.worked"), Word("months.worked-means"))
            html.sign("closed", Word("months.closed"), Word("months.closed-means"))
        }
    }

    private mutating func sign(_ style: StaticString, _ sign: Word, _ meaning: Word) {
        element("li") { html in
            html.element("span", .class(style), Attribute("aria-hidden", "true"), text: html.words[sign])
            html.element("span", text: html.words[meaning])
        }
    }

    private mutating func month(_ first: CivilDate, _ calendar: WorkCalendar, today: CivilDate) {
        let next = first.advanced(byMonths: 1)
        let count = calendar.workingDays(from: first, upTo: next).count
        element("table", .class("month")) { html in
            html.element("caption") { html in
                html.element("strong", text: html.words.monthName(first))
                html.element("span", .class("note"), text: html.words.count("months.count", count))
            }
            html.element("thead") { html in
                html.element("tr") { html in
                    for weekday in 0..<7 {
                        let day = CivilDate(daysSinceEpoch: 4 + weekday)
                        html.element(
                            "th", Attribute("scope", "col"), .data("abbr", html.words.weekday(day)),
                            text: html.words.weekdayInitial(day.weekday))
                    }
                }
            }
            html.element("tbody") { html in
                var monday = first.advanced(byDays: 1 - first.weekday)
                while monday < next {
                    let start = monday
                    html.element("tr") { html in
                        for offset in 0..<7 {
                            let day = start.advanced(byDays: offset)
                            if day < first || day >= next {
                                html.raw("<td></td>")
                            } else {
                                html.day(day, DayMark(calendar.reason(of: day)), isToday: day == today)
                            }
                        }
                    }
                    monday = monday.advanced(byDays: 7)
                }
            }
        }
    }

    private mutating func day(_ day: CivilDate, _ mark: DayMark, isToday: Bool) {
        element(
            "td", .class(mark.style), isToday ? Attribute("aria-current", "date") : nil,
            .data("title", mark.name.isEmpty ? nil : words.holiday(mark.name))
        ) { html in
            html.element("span", .class("num"), text: "\(day.parts.day)")
            guard let sign = mark.sign else { return }
            html.element("span", .class("sign"), text: html.words[sign])
            html.element("span", .class("unseen"), text: html.words.holiday(mark.name))
        }
    }
}

extension Words {
    private static let holidays = [
        Word("holiday.new-year"), Word("holiday.spring-festival"), Word("holiday.qingming"), Word("holiday.labour-day"),
        Word("holiday.dragon-boat"), Word("holiday.mid-autumn"), Word("holiday.national-day"),
    ]

    /// The name of a holiday as a schedule writes it, in the reader's language where it is one of the law's; two that
    /// fall together stand with `、` between them.
    func holiday(_ name: String) -> String {
        guard language != .zh else { return name }
        return name.split(separator: "\u{3001}").map { part in
            Self.holidays.first { chinese($0) == part }.map { self[$0] } ?? String(part)
        }.joined(separator: ", ")
    }
}
