package import Vocabulary

/// One day on a clock bar.
package struct ClockDay: Sendable, Hashable {
    /// What the day is to the clock.
    package enum Kind: Sendable, Hashable {
        /// The day on which the clock was set; it is not counted (民法典 art. 201).
        case start
        /// A working day; whether it is spent or to come depends on today.
        case working
        /// A weekend or a holiday, with its name where it has one.
        case off(String?)
        /// A day on which the clock stood, with the cause (a hearing, an inspection).
        case paused(String)
    }

    package let day: CivilDate
    package let kind: Kind

    /// A day and what it is to the clock.
    package init(_ day: CivilDate, _ kind: Kind) {
        self.day = day
        self.kind = kind
    }
}

/// A legal clock as a row of days: from the day it was set to the day it is due, without gaps.
package struct ClockBar: Sendable {
    /// LIMIT: days on one bar; a longer clock shows its last ones.
    package static let daysMax = 140

    package let days: [ClockDay]
    package let today: CivilDate
    package let due: CivilDate
    /// Whether the due day rests on a year whose holidays are not published yet.
    package let isProvisional: Bool
    /// What is due on the day, as a sentence with `{day}`; by default a decision.
    package var promise = Word("clock.due")
    /// Whether it has ended, so that nothing is left and nothing is late.
    package var isOver = false

    /// A clock bar; days must be consecutive and in order.
    package init(days: [ClockDay], today: CivilDate, due: CivilDate, isProvisional: Bool = false) {
        precondition(zip(days, days.dropFirst()).allSatisfy { $0.day.advanced(byDays: 1) == $1.day }, "days with gaps")
        self.days = Array(days.suffix(Self.daysMax))
        self.today = today
        self.due = due
        self.isProvisional = isProvisional
    }

    /// Working days that are gone: those before today.
    var spent: WorkingDays {
        WorkingDays(days.count { $0.kind == .working && $0.day < today })
    }

    /// Working days that are left, today among them.
    var left: WorkingDays {
        WorkingDays(days.count { $0.kind == .working && $0.day >= today && $0.day <= due })
    }

    /// Pauses as runs of days with one cause.
    var pauses: [(cause: String, from: CivilDate, through: CivilDate)] {
        var runs: [(cause: String, from: CivilDate, through: CivilDate)] = []
        for day in days {
            guard case .paused(let cause) = day.kind else { continue }
            if let last = runs.last, last.cause == cause, last.through.advanced(byDays: 1) == day.day {
                runs[runs.count - 1].through = day.day
            } else {
                runs.append((cause, day.day, day.day))
            }
        }
        return runs
    }
}

extension HTML {
    /// Writes a clock as weeks of days, with the same in sentences for those who do not see it, and the way to the
    /// ledger that explains each day.
    package mutating func clock(_ bar: ClockBar, why: PageLink?) {
        element("figure", .class("clock")) { html in
            html.element("figcaption") { html in
                html.sentences(bar)
                if let why { html.element("p", .class("links")) { $0.link(why) } }
            }
            html.element("div", .class("clock-weeks"), Attribute("aria-hidden", "true")) { html in
                for week in bar.weeks { html.week(week, bar) }
            }
            html.element("ul", .class("legend"), Attribute("aria-hidden", "true")) { html in
                html.legend("spent", Word("clock.spent-days"))
                html.legend("left", Word("clock.left-days"))
                html.legend("off", Word("clock.off-days"))
                if !bar.pauses.isEmpty { html.legend("paused", Word("clock.paused-days")) }
                html.legend("due", Word("clock.due-day"))
            }
        }
    }

    private mutating func sentences(_ bar: ClockBar) {
        element("p", .class("clock-due")) { html in
            if bar.today > bar.due, !bar.isOver {
                html.say("clock.overdue", ["day": html.words.date(bar.due)])
            } else {
                html.text(html.words(bar.promise.key, ["day": html.words.date(bar.due)]))
            }
        }
        if !bar.isOver, bar.spent.count + bar.left.count > 0 {
            element("p") { html in
                html.say(
                    "clock.counted",
                    ["spent": html.words.workingDays(bar.spent), "left": html.words.workingDays(bar.left)])
            }
        }
        for pause in bar.pauses {
            note(
                words(
                    "clock.pause",
                    ["cause": pause.cause, "from": words.shortDate(pause.from), "to": words.shortDate(pause.through)]))
        }
        if bar.isProvisional { note(words["clock.provisional"]) }
    }

    private mutating func legend(_ style: StaticString, _ word: Word) {
        element("li") { html in
            html.element("span", .class("day"), Attribute("data-day", style), text: "")
            html.text(html.words[word])
        }
    }

    private mutating func week(_ week: [ClockDay?], _ bar: ClockBar) {
        element("div", .class("week")) { html in
            for (index, day) in week.enumerated() {
                guard let day else {
                    html.raw("<span class=\"day none\"></span>")
                    continue
                }
                let (_, month, number) = day.day.parts
                html.element(
                    "span", .class("day"), .data("data-day", bar.style(of: day)),
                    .flag("data-today", day.day == bar.today), .data("title", bar.title(of: day, html.words))
                ) { html in
                    let isFirst = number == 1 || day.day == bar.days.first?.day
                    html.element("small", text: isFirst ? "\(month)/" : html.words.weekdayInitial(index + 1))
                    html.text(number)
                }
            }
        }
    }
}

extension ClockBar {
    /// Monday to Sunday; nil where the week has days beyond the bar.
    fileprivate var weeks: [[ClockDay?]] {
        guard let first = days.first else { return [] }
        let cells: [ClockDay?] = Array(repeating: nil, count: first.day.weekday - 1) + days
        return stride(from: 0, to: cells.count, by: 7).map { start in
            let week = Array(cells[start..<min(start + 7, cells.count)])
            return week + Array(repeating: nil, count: 7 - week.count)
        }
    }

    fileprivate func style(of day: ClockDay) -> String {
        if day.day == due { return "due" }
        switch day.kind {
        case .start: return "start"
        case .working: return day.day > due ? "late" : day.day < today ? "spent" : "left"
        case .off: return "off"
        case .paused: return "paused"
        }
    }

    fileprivate func title(of day: ClockDay, _ words: Words) -> String {
        let what =
            switch day.kind {
            case .start: words["clock.start-day"]
            case .working: words[day.day < today ? Word("clock.spent-days") : Word("clock.left-days")]
            case .off(let name): name ?? words["clock.off-days"]
            case .paused(let cause): cause
            }
        return words.date(day.day) + " " + what
    }
}
