package import Vocabulary

/// The hours of the night in which nobody is woken: messages that are not urgent wait until they end. Beijing time.
package struct QuietHours: Hashable, Sendable, CustomStringConvertible {
    /// Minutes after midnight, 0...1439; the hours may go over midnight. Equal means that no hour is quiet.
    private let from: Int
    private let until: Int

    /// 21:00 to 08:00.
    package static let usual = QuietHours(from: 21 * 60, until: 8 * 60)
    /// No hour is quiet.
    package static let none = QuietHours(from: 0, until: 0)

    private init(from: Int, until: Int) {
        self.from = from
        self.until = until
    }

    /// Reads `21:00-08:00` or `none`; nil for anything else.
    package init?(_ text: String) {
        if text == "none" {
            self = .none
            return
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard parts.count == 2, let from = parts[0], let until = parts[1], from != until else { return nil }
        self.init(from: from, until: until)
    }

    private static func minute(_ text: Substring) -> Int? {
        guard text.wholeMatch(of: /[0-2][0-9]:[0-5][0-9]/) != nil, let hour = Int(text.prefix(2)), hour < 24,
            let minute = Int(text.suffix(2))
        else { return nil }
        return hour * 60 + minute
    }

    /// When the quiet ends in which the instant lies; nil when it is not quiet then.
    package func end(at instant: Instant) -> Instant? {
        let minute = instant.minuteOfDay
        let isQuiet = from <= until ? minute >= from && minute < until : minute >= from || minute < until
        guard isQuiet else { return nil }
        let day = minute < until ? instant.day : instant.day.advanced(byDays: 1)
        return Instant(day, hour: until / 60, minute: until % 60)
    }

    /// As it is read.
    package var description: String { from == until ? "none" : "\(Self.text(from))-\(Self.text(until))" }

    private static func text(_ minute: Int) -> String {
        Instant(milliseconds: Int64(minute) * 60_000 - Instant.offsetMilliseconds).timeOfDay
    }
}
