/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Comparable, Sendable, Codable {
    /// Milliseconds since the epoch.
    package let milliseconds: Int64

    /// The instant so many milliseconds after the epoch.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The instant at which a day begins in Fuzhou, or a time of that day when hour and minute are given (24-hour
    /// clock).
    package init(_ day: CivilDate, hour: Int = 0, minute: Int = 0) {
        let minutes = Int64(day.daysSinceEpoch) * 1440 + Int64(hour * 60 + minute)
        milliseconds = minutes * 60_000 - Self.offsetMilliseconds
    }

    /// China keeps one time, UTC+08:00, without summer time; days are cut there and nowhere else.
    package static let offsetMilliseconds: Int64 = 8 * 3_600_000

    /// The day in Fuzhou on which this instant falls.
    package var day: CivilDate {
        CivilDate(daysSinceEpoch: Int(Self.floorDivide(milliseconds + Self.offsetMilliseconds, 86_400_000)))
    }

    /// Minutes since midnight in Fuzhou, 0...1439.
    package var minuteOfDay: Int {
        let local = milliseconds + Self.offsetMilliseconds
        return Int((local - Self.floorDivide(local, 86_400_000) * 86_400_000) / 60_000)
    }

    /// The instant so many seconds later.
    package func advanced(bySeconds seconds: Int64) -> Instant {
        Instant(milliseconds: milliseconds + seconds * 1000)
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}

extension Instant: CustomStringConvertible {
    /// `2026-11-24T10:25:04+08:00`, seconds always written, fractions never.
    package var description: String {
        let seconds = Self.floorDivide(milliseconds, 1000) - Self.floorDivide(milliseconds, 60_000) * 60
        return "\(day)T\(Self.two(minuteOfDay / 60)):\(Self.two(minuteOfDay % 60)):\(Self.two(Int(seconds)))+08:00"
    }

    /// `10:25`, the time of day on a slip.
    package var timeOfDay: String {
        "\(Self.two(minuteOfDay / 60)):\(Self.two(minuteOfDay % 60))"
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

/// Where the time comes from: the machine's clock in service, a clock that a test or a simulation moves elsewhere.
package struct TimeSource: Sendable {
    /// The present instant.
    package let now: @Sendable () -> Instant

    /// A source that asks the closure each time.
    package init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }
}
