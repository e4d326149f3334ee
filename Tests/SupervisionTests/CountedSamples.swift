import Store
import StoreTestSupport
import Vocabulary

@testable import Supervision

/// Dossiers by chance, as figures see them.
enum CountedSamples {
    static let bodies = ["11350100MADEM002X0", "11350100MADEM00380"].compactMap(CreditCode.init)
    static let regions = ["350100", "350111", "350128"].compactMap(Region.init)
    static let year = Month(year: 2018, number: 1).flatMap { from in
        Month(year: 2019, number: 12).map { from...$0 }
    }

    /// How a dossier stands that was met so often.
    static func dossier(_ number: Int, _ dice: Dice, sequence: Int) -> CountedCase {
        func roll(_ sides: Int) -> Int { Int(dice.roll() % UInt64(sides)) }
        let filed = CivilDate(daysSinceEpoch: 17_532 + number % 330)
        let reach = roll(5)
        let days = (0..<4).map { step in reach > step ? filed.advanced(byDays: (step + 1) * roll(20)) : nil }
        let isDecided = days[2] != nil
        let standing = isDecided ? CountedCase.Standing(rawValue: 1 + roll(4)) : .undecided
        let ending = days[3] != nil ? CountedCase.Ending(rawValue: 1 + roll(4)) : .open
        let mode = ServiceMode.all[number % ServiceMode.all.count]
        let body = bodies[number % bodies.count]
        return CountedCase(
            DossierID(Sample.subject(number)), sequence: sequence,
            place: CountedCase.Place(
                region: regions[number % regions.count], body: body,
                item: "\(body.code)20001140030\(10 + number % 3)",
                hall: mode.submission == .counter ? regions[0] : nil, mode: mode),
            days: CountedCase.Days(
                filed: filed, received: days[0], accepted: days[1], decided: days[2], ended: days[3]),
            end: (
                roll(2) == 0, standing ?? .undecided, ending ?? .open,
                CountedCase.Times(
                    statutory: roll(3) * 20 * DayParts.aDay, promised: roll(9) * 10_080,
                    taken: roll(7) * 10_080),
                CountedCase.Burden(
                    trips: (roll(3), roll(3)), materials: (3 + roll(4), roll(3), roll(2)), isCorrected: roll(2) == 0,
                    isExpress: roll(2) == 0)
            ))
    }
}
