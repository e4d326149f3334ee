import Synchronization

/// How a carrier misbehaves; the switches may be turned while the sandbox runs.
package struct CourierFaults: Codable, Sendable, Equatable {
    /// Seconds before each answer and each report.
    package var slowSeconds = 0
    /// Every so many-th parcel is lost on its way; 0 for none.
    package var loseEvery = 0
    /// What was lost is found: it travels on and comes to its door.
    package var findsLost = false
    /// Every report is sent twice.
    package var duplicates = false
    /// The next report is sent before the one that goes before it.
    package var reorders = false
    /// Nothing is reported.
    package var isSilent = false
    /// How many answers to orders get lost after the order was taken.
    package var lostAnswers = 0
    /// It says that it cannot do anything now.
    package var isDown = false

    package init() {}
}

/// The switches, shared by the counter and the rounds.
package final class CourierSwitches: Sendable {
    private let faults: Mutex<CourierFaults>

    package init(_ faults: CourierFaults = CourierFaults()) {
        self.faults = Mutex(faults)
    }

    package var now: CourierFaults { faults.withLock { $0 } }

    package func set(_ setting: CourierFaults) { faults.withLock { $0 = setting } }

    /// Whether the next answer gets lost; counts it.
    func losesAnswer() -> Bool {
        faults.withLock { faults in
            guard faults.lostAnswers > 0 else { return false }
            faults.lostAnswers -= 1
            return true
        }
    }
}
