package import Vocabulary

/// 窗口: a counter of a hall, what it can do, and who sits there now.
package struct Window: Hashable, Sendable {
    /// Numbers that a window can have.
    package static let numbers = 1...999
    /// LIMIT: windows of one hall.
    package static let perHallMax = 300

    package let id: WindowID
    package let hall: HallCode
    /// What stands over it, unique in its hall.
    package let number: Int
    /// In the order of `Capability`; never empty.
    package let capabilities: [Capability]
    /// Who sits there; nil while it is closed.
    package let sitting: Sitting?

    /// Somebody at a window.
    package struct Sitting: Hashable, Sendable {
        package let shift: ShiftID
        package let staff: StaffID
        package let since: Instant
        /// When she paused; nil while she calls people.
        package let pausedAt: Instant?

        package init(_ shift: ShiftID, _ staff: StaffID, since: Instant, pausedAt: Instant? = nil) {
            (self.shift, self.staff, self.since, self.pausedAt) = (shift, staff, since, pausedAt)
        }
    }

    /// Refuses another number than one of `numbers` and a window that can do nothing.
    package init(
        _ id: WindowID, of hall: HallCode, number: Int, capabilities: [Capability], sitting: Sitting? = nil
    ) throws(WindowRefusal) {
        guard Self.numbers.contains(number) else { throw .numberWrong }
        guard !capabilities.isEmpty else { throw .capabilityMissing }
        (self.id, self.hall, self.number, self.sitting) = (id, hall, number, sitting)
        self.capabilities = Capability.allCases.filter(capabilities.contains)
    }

    /// Whether people are called to it now.
    package var isCalling: Bool { sitting.map { $0.pausedAt == nil } ?? false }
}

/// What a window can do, and what a ticket is for. The letter begins the numbers on tickets.
package enum Capability: String, Sendable, Codable, CaseIterable {
    /// 综合窗口: receives any item of any department.
    case comprehensive
    /// 出件窗口: hands out every result.
    case issuing
    /// 专窗: what needs a place of its own, such as urgent or long matters that the triage desk sends there.
    case special

    /// The first letter of its tickets.
    package var letter: String {
        switch self {
        case .comprehensive: "A"
        case .issuing: "B"
        case .special: "C"
        }
    }

    /// What somebody must be allowed to do who sits at such a window.
    package var power: Power { self == .issuing ? .issue : .receive }
}

/// 班次: one sitting of a member of staff at a window, from opening it to closing it.
package struct Shift: Hashable, Sendable {
    package let id: ShiftID
    package let hall: HallCode
    package let number: Int
    package let staff: StaffID
    package let openedAt: Instant
    /// Nil while she sits there.
    package let closedAt: Instant?
}

/// Why somebody leaves a window for a while.
package enum PauseReason: String, Sendable, CaseIterable {
    case rest, meal, errand, system
}
