package import Vocabulary

/// What a row of the roll-up is about. Empty texts stand for "none".
package struct EvaluationKey: Hashable, Sendable {
    package let month: Month
    package let region: String
    package let owner: String
    package let item: String
    package let hall: String
    /// How it was given; empty for the occasions, which have no channel.
    package let channel: String

    package init(month: Month, _ place: EvaluationPlace, channel: EvaluationChannel?) {
        self.month = month
        (region, owner) = (place.region.code, place.owner)
        (item, hall, self.channel) = (place.item ?? "", place.hall ?? "", channel?.rawValue ?? "")
    }
}

/// Counts of evaluations and of what became of the bad ones. They add up.
package struct EvaluationTally: Hashable, Sendable {
    /// By stars, from one to five.
    package var stars = [0, 0, 0, 0, 0]
    /// Those that do not count: mistaken or malicious.
    package var excluded = 0
    /// Bad ones of which nobody can be called.
    package var unreachable = 0
    /// Bad ones whose giver was called, reached or not; and of these in time.
    package var contacted = 0
    package var contactedInTime = 0
    /// Bad ones that were mended or explained and verified; and of these in time.
    package var rectified = 0
    package var rectifiedInTime = 0
    /// Those who were asked afterwards, and who are satisfied now.
    package var revisited = 0
    package var content = 0
    /// Cases and visits that ended and could be judged.
    package var occasions = 0

    package init() {}

    /// The numbers in the order of the table's columns.
    package var numbers: [Int] {
        stars + [
            excluded, unreachable, contacted, contactedInTime, rectified, rectifiedInTime, revisited, content,
            occasions,
        ]
    }

    /// From the numbers of a row. Nil for another number of them.
    package init?(_ numbers: [Int]) {
        guard numbers.count == 14 else { return nil }
        stars = Array(numbers[0..<5])
        (excluded, unreachable, contacted) = (numbers[5], numbers[6], numbers[7])
        (contactedInTime, rectified, rectifiedInTime) = (numbers[8], numbers[9], numbers[10])
        (revisited, content, occasions) = (numbers[11], numbers[12], numbers[13])
    }

    /// What one evaluation counts for as it stands, with what became of it where it is a bad one.
    package static func of(_ given: EvaluationEvent.Given, _ it: Rectification?) -> EvaluationTally {
        var tally = EvaluationTally()
        guard it?.stage != .excluded else {
            tally.excluded = 1
            return tally
        }
        tally.stars[given.grade.rawValue - 1] = 1
        guard let it else { return tally }
        if given.isAnonymous { tally.unreachable = 1 }
        if let contact = it.contact, contact != .impossible {
            tally.contacted = 1
            tally.contactedInTime = it.isContactLate(on: it.opened.contactDue) ? 0 : 1
        }
        if [.verified, .revisited, .published].contains(it.stage) {
            tally.rectified = 1
            tally.rectifiedInTime = it.isRectificationLate(on: it.opened.rectifyDue) ? 0 : 1
        }
        if let grade = it.revisit {
            tally.revisited = 1
            tally.content = grade.isSatisfied ? 1 : 0
        }
        return tally
    }

    package static func + (left: Self, right: Self) -> Self { combined(left, right, +) }
    package static func - (left: Self, right: Self) -> Self { combined(left, right, -) }

    private static func combined(_ left: Self, _ right: Self, _ work: (Int, Int) -> Int) -> Self {
        EvaluationTally(zip(left.numbers, right.numbers).map(work)) ?? EvaluationTally()
    }

    package var isNothing: Bool { numbers.allSatisfy { $0 == 0 } }
}

/// The figures that are told of evaluations, each in tenths of a percent; nil where there is nothing to divide by.
extension EvaluationTally {
    /// LIMIT: fewer evaluations than this are not shown to the public: one could guess whose they are.
    package static let shownMin = 5

    /// Those that count.
    package var given: Int { stars.reduce(0, +) }
    /// 差评.
    package var bad: Int { stars[0] + stars[1] }
    /// 满意率: three stars and more.
    package var satisfaction: Int? { Self.share(given - bad, of: given) }
    /// 差评率.
    package var badRate: Int? { Self.share(bad, of: given) }
    /// 参评率.
    package var participation: Int? { Self.share(given, of: occasions) }
    /// 联系率, of those who can be called.
    package var contactRate: Int? { Self.share(contacted, of: bad - unreachable) }
    /// 整改率.
    package var rectificationRate: Int? { Self.share(rectified, of: bad) }
    /// 回访满意率.
    package var revisitSatisfaction: Int? { Self.share(content, of: revisited) }
    /// Whether the public may see it.
    package var isShown: Bool { given >= Self.shownMin }

    /// A share in tenths of a percent, rounded half up and never above the whole.
    package static func share(_ part: Int, of whole: Int) -> Int? {
        whole <= 0 ? nil : min(1000, (part * 2000 + whole) / (2 * whole))
    }
}
