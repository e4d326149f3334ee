package import Vocabulary

/// When couriers come to the door: the halves of the next working days.
extension PickUpWindow {
    /// LIMIT: working days that are offered.
    package static let workingDaysMax = 5

    /// 上午 or 下午.
    package enum Half: String, Sendable, CaseIterable {
        case morning, afternoon

        /// Minutes since midnight. They are parameters of this installation.
        package var minutes: Range<Int> { self == .morning ? 540..<720 : 840..<1080 }
    }

    package init(_ day: CivilDate, _ half: Half) {
        self.init(day, from: half.minutes.lowerBound, until: half.minutes.upperBound)
    }

    /// Which half of the day it is; nil for another part.
    package var half: Half? { Half.allCases.first { PickUpWindow(day, $0) == self } }

    /// The half days that can be chosen: of the next working days, those that have not begun.
    package static func offered(
        at now: Instant, isWorkingDay: (CivilDate) -> Bool
    ) -> [PickUpWindow] {
        let halves = (0...daysAheadMax).map { now.day.advanced(byDays: $0) }.filter(isWorkingDay)
            .flatMap { day in Half.allCases.map { PickUpWindow(day, $0) } }
            .filter { $0.day > now.day || $0.from > now.minuteOfDay }
        let days = Set(halves.map(\.day)).sorted().prefix(workingDaysMax)
        return halves.filter { days.contains($0.day) }
    }
}
