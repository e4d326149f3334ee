import Vocabulary

/// The dice of one deed of one case: what they show follows from the seed, the case and the deed alone.
struct CityDice: Sendable {
    private var state: UInt64

    /// Dice for a purpose under a seed.
    init(_ seed: UInt64, _ marks: UInt64...) {
        state = marks.reduce(Self.mixed(seed)) { Self.mixed($0 ^ Self.mixed($1 &+ 0x9E37_79B9_7F4A_7C15)) }
    }

    /// The next 64 bits (SplitMix64).
    mutating func roll() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// From 0 up to, not including, 1.
    mutating func unit() -> Double { Double(roll() >> 11) / 9_007_199_254_740_992 }

    /// True so often.
    mutating func happens(_ rate: Double) -> Bool { unit() < rate }

    /// A number out of a range.
    mutating func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(roll() % UInt64(range.count)) }

    /// A place out of as many as there are weights; 0 when none weighs anything.
    mutating func place(_ weights: [Double]) -> Int {
        var rest = unit() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        return 0
    }

    /// The same as dice for a hall.
    mutating func forHall() -> Dice { Dice.seeded(roll()) }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
