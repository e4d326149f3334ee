import Foundation
import Testing
import Vocabulary

@testable import Windows

@Suite("How many windows a load needs")
struct ErlangCTests {
    private static func isNear(_ value: Double, _ wanted: Double, _ off: Double = 0.00005) -> Bool {
        abs(value - wanted) <= off
    }

    /// By hand: one window is busy for its load; C(2, 1) = 1/3; C(3, 2) = 4/9; C(2, 1.5) = 9/14. From the tables of
    /// Erlang's second formula: C(5, 4) = 0.5541, C(10, 8) = 0.4092.
    @Test(arguments: [
        (1, 0.7, 0.7), (2, 1.0, 1.0 / 3), (3, 2.0, 4.0 / 9), (2, 1.5, 9.0 / 14), (5, 4.0, 0.5541), (10, 8.0, 0.4092),
    ])
    func `the share of those who wait is that of the tables`(_ windows: Int, _ load: Double, _ wanted: Double) {
        #expect(Self.isNear(ErlangC.waiting(windows: windows, load: load), wanted))
    }

    /// The sum as it stands in textbooks, term by term.
    private static func naive(_ windows: Int, _ load: Double) -> Double {
        var (term, sum) = (1.0, 0.0)
        for index in 0..<windows {
            sum += term
            term *= load / Double(index + 1)
        }
        let last = term * Double(windows) / (Double(windows) - load)
        return last / (sum + last)
    }

    @Test func `it equals the sum term by term, and grows with the load and falls with the windows`() {
        for windows in 1...40 {
            var before = 0.0
            for tenth in 1..<windows * 10 {
                let load = Double(tenth) / 10
                let share = ErlangC.waiting(windows: windows, load: load)
                #expect(Self.isNear(share, Self.naive(windows, load), 0.000_000_1), "\(windows) \(load)")
                #expect(share >= before && share <= 1)
                #expect(ErlangC.waiting(windows: windows + 1, load: load) <= share)
                before = share
            }
        }
    }

    @Test func `one window of a load of seven tenths, by hand`() throws {
        // M/M/1: W = ρ/(1-ρ)·s, and P(W <= t) = 1 - ρ·e^(-(1-ρ)t/s).
        let mean = try #require(ErlangC.meanWait(windows: 1, load: 0.7, service: 600))
        #expect(Self.isNear(mean, 1400, 0.001))
        let within = ErlangC.within(seconds: 600, windows: 1, load: 0.7, service: 600)
        #expect(Self.isNear(within, 1 - 0.7 * 0.740818, 0.00001))
    }

    @Test func `no load needs one window and waits for nothing, and too much of it grows without end`() {
        #expect(ErlangC.windows(share: 0.8, within: 600, load: 0, service: 600) == 1)
        #expect(ErlangC.waiting(windows: 1, load: 0) == 0 && ErlangC.meanWait(windows: 1, load: 0, service: 600) == 0)
        #expect(ErlangC.waiting(windows: 3, load: 3) == 1)
        #expect(ErlangC.within(seconds: 9, windows: 3, load: 3, service: 1) == 0)
        #expect(ErlangC.meanWait(windows: 3, load: 3, service: 600) == nil)
        #expect(ErlangC.windows(share: 0.8, within: 600, load: 1000, service: 600) == ErlangC.windowsMax)
    }

    @Test func `the windows are the least that keep the promise`() {
        for tenth in stride(from: 1, through: 300, by: 7) {
            let load = Double(tenth) / 10
            let windows = ErlangC.windows(share: 0.8, within: 600, load: load, service: 600)
            #expect(ErlangC.within(seconds: 600, windows: windows, load: load, service: 600) >= 0.8)
            #expect(windows == 1 || ErlangC.within(seconds: 600, windows: windows - 1, load: load, service: 600) < 0.8)
        }
    }

    /// Two hundred thousand people at so many windows, whoever comes first is called first; seeded. The share within ten
    /// minutes and the mean wait are those that are promised, within two hundredths and a tenth.
    @Test(arguments: [(1, 0.6), (3, 2.2), (6, 4.9), (12, 10.3)])
    func `a simulated queue keeps what is promised`(_ windows: Int, _ load: Double) throws {
        let (service, dice) = (600.0, Dice.seeded(UInt64(windows * 1917)))
        let chance = { (mean: Double) in -mean * log((Double(dice.roll() >> 11) + 0.5) / 9_007_199_254_740_992) }
        var free = [Double](repeating: 0, count: windows)
        var (now, within, waited) = (0.0, 0, 0.0)
        let people = 200_000
        for _ in 0..<people {
            now += chance(service / load)
            let next = free.indices.min { free[$0] < free[$1] } ?? 0
            let begins = max(now, free[next])
            free[next] = begins + chance(service)
            waited += begins - now
            if begins - now <= 600 { within += 1 }
        }
        let promised = ErlangC.within(seconds: 600, windows: windows, load: load, service: service)
        #expect(Self.isNear(Double(within) / Double(people), promised, 0.02), "\(windows)")
        let mean = try #require(ErlangC.meanWait(windows: windows, load: load, service: service))
        #expect(Self.isNear(waited / Double(people), mean, mean / 10), "\(windows)")
    }
}
