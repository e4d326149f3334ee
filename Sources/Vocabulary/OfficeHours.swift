/// When an office is open on a day, in minutes since midnight in Fuzhou.
package struct OfficeHours: Hashable, Sendable, Codable {
    /// From one minute of the day up to, not including, another.
    package struct Span: Hashable, Sendable, Codable {
        package let opens: Int
        package let closes: Int

        /// Nil unless it opens before it closes, within one day.
        package init?(_ opens: Int, _ closes: Int) {
            guard opens >= 0, opens < closes, closes <= 1440 else { return nil }
            (self.opens, self.closes) = (opens, closes)
        }

        fileprivate init(known opens: Int, _ closes: Int) {
            (self.opens, self.closes) = (opens, closes)
        }
    }

    /// Nil on a day on which the office opens after noon.
    package let morning: Span?
    /// Nil on a day on which it closes at noon.
    package let afternoon: Span?

    /// Nil when there is neither, or when the afternoon begins before the morning has ended.
    package init?(morning: Span?, afternoon: Span?) {
        if let morning, let afternoon, morning.closes > afternoon.opens { return nil }
        if morning == nil && afternoon == nil { return nil }
        (self.morning, self.afternoon) = (morning, afternoon)
    }

    private init(known morning: Span, _ afternoon: Span) {
        (self.morning, self.afternoon) = (morning, afternoon)
    }

    /// 09:00 to 12:00 and 13:00 to 17:00, where nothing else is said.
    package static let usual = OfficeHours(known: Span(known: 540, 720), Span(known: 780, 1020))

    /// The spans in order.
    package var spans: [Span] { [morning, afternoon].compactMap(\.self) }
    /// The minute of the day at which it opens.
    package var opens: Int { spans.first?.opens ?? 0 }
    /// The minute of the day at which business ends (民法典 art. 203).
    package var closes: Int { spans.last?.closes ?? 1440 }

    /// Whether somebody is there in that minute of the day.
    package func isOpen(atMinute minute: Int) -> Bool {
        spans.contains { minute >= $0.opens && minute < $0.closes }
    }

    /// `09:00`, for a minute of the day.
    package static func clock(_ minute: Int) -> String {
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }
}
