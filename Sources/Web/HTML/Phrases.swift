package import Vocabulary

/// Days, times, numbers and money as the reader writes them.
extension Words {
    /// `2026年11月24日 (周二)`; `Tue 24 Nov 2026`.
    package func date(_ day: CivilDate) -> String {
        let (year, month, dayOfMonth) = day.parts
        switch language {
        case .zh: return "\(year)年\(month)月\(dayOfMonth)日 (\(weekday(day)))"
        case .en: return "\(weekday(day)) \(dayOfMonth) \(Self.months[month - 1]) \(year)"
        }
    }

    /// The day without its weekday, as papers of the law write it: `2026年11月24日`; `24 Nov 2026`.
    package func plainDate(_ day: CivilDate) -> String {
        let (year, month, dayOfMonth) = day.parts
        switch language {
        case .zh: return "\(year)年\(month)月\(dayOfMonth)日"
        case .en: return "\(dayOfMonth) \(Self.months[month - 1]) \(year)"
        }
    }

    /// The day within a year that is plain from the surroundings: `11月24日`; `24 Nov`.
    package func shortDate(_ day: CivilDate) -> String {
        let (_, month, dayOfMonth) = day.parts
        switch language {
        case .zh: return "\(month)月\(dayOfMonth)日"
        case .en: return "\(dayOfMonth) \(Self.months[month - 1])"
        }
    }

    /// `3月`; `Mar`.
    package func monthName(_ day: CivilDate) -> String {
        language == .zh ? "\(day.parts.month)月" : Self.months[day.parts.month - 1]
    }

    /// `周二`; `Tue`.
    package func weekday(_ day: CivilDate) -> String { weekday(day.weekday) }

    /// The same of 1 for Monday to 7.
    func weekday(_ number: Int) -> String {
        language == .zh ? "周" + Self.weekdaysChinese[number - 1] : Self.weekdays[number - 1]
    }

    /// The letter over a column of days: `一`; `M`.
    func weekdayInitial(_ weekday: Int) -> String {
        language == .zh ? Self.weekdaysChinese[weekday - 1] : String(Self.weekdays[weekday - 1].prefix(1))
    }

    /// The day and the time of day in Fuzhou: `2026年11月24日 (周二) 10:25`; `Tue 24 Nov 2026, 10:25`.
    package func moment(_ instant: Instant) -> String {
        date(instant.day) + (language == .zh ? " " : ", ") + instant.timeOfDay
    }

    /// `4 个工作日`; `4 working days`.
    package func workingDays(_ days: WorkingDays) -> String {
        count("days.working", days.count)
    }

    /// `30 个自然日`; `30 calendar days`.
    package func calendarDays(_ days: Int) -> String {
        count("days.calendar", days)
    }

    /// `1 趟`, `一趟不用跑`; `1 trip`, `no trip`.
    package func trips(_ trips: Int) -> String {
        trips == 0 ? self[Word("trips.none")] : count("trips.some", trips)
    }

    /// Digits in groups of three: `12,900,000`.
    package func number(_ number: Int) -> String {
        var digits = ""
        for (index, character) in String(number.magnitude).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { digits.append(",") }
            digits.append(character)
        }
        return (number < 0 ? "−" : "") + String(digits.reversed())
    }

    /// Hundredths of a percent as `88.39%`.
    package func percent(_ basisPoints: Int) -> String {
        let hundredths = Int(basisPoints.magnitude % 100)
        return (basisPoints < 0 ? "−" : "") + "\(basisPoints.magnitude / 100)." + (hundredths < 10 ? "0" : "")
            + "\(hundredths)%"
    }

    /// A part of a whole in percent, to the nearest hundredth; nought of nothing is nought.
    package func percent(part: Int, of whole: Int) -> String {
        percent(whole == 0 ? 0 : (part * 10_000 + whole / 2) / whole)
    }

    /// An amount in fen (hundredths of a yuan) as `¥1,234.50`.
    package func money(fen: Int) -> String {
        let cents = Int(fen.magnitude % 100)
        return (fen < 0 ? "−" : "") + "¥" + number(Int(fen.magnitude / 100)) + "." + (cents < 10 ? "0" : "")
            + String(cents)
    }

    /// A size in bytes as people read it: `340 KB`, `2.5 MB`.
    package func size(bytes: Int) -> String {
        let kilobytes = (bytes + 1023) / 1024
        guard kilobytes >= 1024 else { return "\(kilobytes) KB" }
        let tenths = (kilobytes * 10 + 512) / 1024
        return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
    }

    /// Several things in a row: `甲、乙`; `A, B`.
    package func list(_ things: [String]) -> String {
        things.joined(separator: language == .zh ? "、" : ", ")
    }

    /// Sentences without their full stops, one after the other: `甲。乙`; `A. B`. Empty ones are left out.
    package func sentences(_ parts: String...) -> String {
        parts.filter { !$0.isEmpty }.joined(separator: language == .zh ? "。" : ". ")
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let weekdaysChinese = ["一", "二", "三", "四", "五", "六", "日"]
}
