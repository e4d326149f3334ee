import Foundation

/// A queue with several windows of one kind (M/M/c): people come one by one at random, each takes a random time with a
/// known average, and whoever comes first is called first. A. K. Erlang, 1917.
package enum ErlangC {
    /// LIMIT: windows that are tried.
    package static let windowsMax = 300

    /// The share of those who find every window taken. `load` is how many windows the matters keep at work on average
    /// (Erlang); 1 where the windows cannot keep up with it.
    package static func waiting(windows: Int, load: Double) -> Double {
        guard load > 0 else { return 0 }
        guard Double(windows) > load else { return 1 }
        // Erlang's B step by step, which overflows nothing, and C from it.
        var blocked = 1.0
        for window in 1...windows { blocked = load * blocked / (Double(window) + load * blocked) }
        let use = load / Double(windows)
        return blocked / (1 - use * (1 - blocked))
    }

    /// The share of those who wait no longer than so many seconds, where a matter takes `service` seconds on average.
    package static func within(seconds: Double, windows: Int, load: Double, service: Double) -> Double {
        guard Double(windows) > load else { return load > 0 ? 0 : 1 }
        let left = Double(windows) - load
        return 1 - waiting(windows: windows, load: load) * exp(-left * seconds / service)
    }

    /// Seconds of waiting on average, of all who come; nil where the queue grows without end.
    package static func meanWait(windows: Int, load: Double, service: Double) -> Double? {
        guard load > 0 else { return 0 }
        guard Double(windows) > load else { return nil }
        return waiting(windows: windows, load: load) * service / (Double(windows) - load)
    }

    /// The least number of windows with which so large a share waits no longer than so many seconds; at least one, and
    /// `windowsMax` where even those do not do.
    package static func windows(share: Double, within seconds: Double, load: Double, service: Double) -> Int {
        for windows in 1...windowsMax
        where within(seconds: seconds, windows: windows, load: load, service: service) >= share {
            return windows
        }
        return windowsMax
    }
}
