import Vocabulary

/// The people and firms of copies: others of the same population, by number as the simulated city's own. Who is copied
/// keeps her family's name.
struct BulkPeople: Sendable {
    private static let given = Array("晓明榕文静远川敏岚恒清荷宁岩思行知一鸣澜建华秀英志强丽芳伟国平海燕春梅福生水金玉兰")

    /// By the numbers that stand in the house.
    private var citizens: [String: Int] = [:]
    private var firms: [String: Int] = [:]
    private let counts: (people: Int, firms: Int)

    /// The people of a city of so many cases.
    init(cases: Int) throws {
        counts = CityPeople.counts(cases: cases)
        for number in 0..<counts.people {
            citizens[try GeneratedHolders.person(CityPeople.firstNumber + number).number.number] = number
        }
        for number in 0..<counts.firms { firms[try GeneratedHolders.organisation(number).number.code] = number }
    }

    /// Whether there are enough people and firms for so many copies.
    func reaches(copies: Int) -> Bool {
        CityPeople.firstNumber + counts.people * (copies + 1) <= GeneratedHolders.peopleMax
            && counts.firms * (copies + 1) <= GeneratedHolders.organisationsMax
    }

    /// The number of somebody's copy; nil for somebody who is not of this population.
    func number(_ text: String) -> (@Sendable (Int) throws -> String)? {
        let counts = counts
        if let number = citizens[text] {
            let first = CityPeople.firstNumber + number
            return { try GeneratedHolders.person(first + $0 * counts.people).number.number }
        }
        if let number = firms[text] {
            return { try GeneratedHolders.organisation(number + $0 * counts.firms).number.code }
        }
        return nil
    }

    /// The name of a copy of somebody with this name and number.
    func name(_ name: String, of text: String) -> (@Sendable (Int) throws -> String)? {
        let counts = counts
        if let number = firms[text] {
            return { try GeneratedHolders.organisation(number + $0 * counts.firms).name }
        }
        guard let number = citizens[text], let family = name.first else { return nil }
        let length = name.count - 1
        return { copy in
            var dice = CityDice(UInt64(number), 0x4A3E, UInt64(copy))
            return String(family) + String((0..<length).map { _ in Self.given[dice.number(0...Self.given.count - 1)] })
        }
    }
}
