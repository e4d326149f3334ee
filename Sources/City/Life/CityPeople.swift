import Accounts
import Hall
import Vocabulary

/// Who applies in a simulated city: people and firms by number, some of them often. Their numbers have valid check
/// characters and belong to nobody.
struct CityPeople: Sendable {
    /// The first of `GeneratedHolders`' people who may apply: those before are the demonstration's and the staff.
    static let firstNumber = 40_000

    /// Whoever applies: a person for herself, or a firm through whoever represents it by law.
    struct Applicant: Sendable {
        let person: Person
        /// Who represents the firm; nil where a person applies for herself.
        let agent: Citizen?
        let citizen: Citizen

        /// Who files and hands in.
        var performer: Performer { .person(agent?.id ?? person.id) }
        /// Everybody whom the house must know.
        var everybody: [Person] { agent.map { [.citizen($0), person] } ?? [person] }
    }

    /// One applicant by number.
    enum Key: Hashable, Sendable {
        case person(Int)
        case firm(Int)
    }

    private let seed: UInt64
    private let people: Int
    private let firms: Int
    private let start: Int64

    init(cases: Int, from start: Instant, seed: UInt64) {
        self.seed = seed
        self.start = start.milliseconds
        (people, firms) = Self.counts(cases: cases)
    }

    /// How many people and firms a city of so many cases has.
    static func counts(cases: Int) -> (people: Int, firms: Int) {
        (
            max(8, Int(Double(cases) * CityRates.peoplePerCase)), max(4, Int(Double(cases) * CityRates.firmsPerCase))
        )
    }

    /// Somebody who applies: of firms a few come again and again, of people some come twice.
    func draw(isFirm: Bool, _ dice: inout CityDice) -> Key {
        let unit = dice.unit()
        return isFirm
            ? .firm(min(firms - 1, Int(Double(firms) * unit * unit * unit)))
            : .person(min(people - 1, Int(Double(people) * unit)))
    }

    func applicant(_ key: Key) throws -> Applicant {
        switch key {
        case .person(let number):
            let citizen = try citizen(number)
            return Applicant(person: .citizen(citizen), agent: nil, citizen: citizen)
        case .firm(let number):
            var dice = CityDice(seed, 0xF189, UInt64(number))
            let head = try citizen(dice.number(0...people - 1))
            let made = try GeneratedHolders.organisation(number)
            guard let name = FullName(made.name) else { throw Fault.corrupt("a simulated firm without a name") }
            let firm = LegalPerson(
                PersonID(subject(2, number)), name: name, code: made.number, kind: .enterprise,
                representative: LegalPerson.Representative(name: head.name, number: head.number))
            return Applicant(person: .legalPerson(firm), agent: head, citizen: head)
        }
    }

    private func citizen(_ number: Int) throws -> Citizen {
        let made = try GeneratedHolders.person(Self.firstNumber + number)
        guard let name = FullName(made.name) else { throw Fault.corrupt("a simulated person without a name") }
        let digits = "\(100_000_000 + number)".suffix(8)
        return Citizen(
            PersonID(subject(1, number)), name: name, number: made.number, mobile: MobileNumber("138\(digits)"))
    }

    /// The id of somebody: the same for the same seed, whenever she first comes.
    private func subject(_ sort: UInt64, _ number: Int) -> Subject {
        var dice = CityDice(seed, sort, UInt64(number))
        let high = UInt64(start) << 16 | 0x7000 | UInt64(number & 0xFFF)
        return Subject(high: high, low: dice.roll() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }

    /// A door in the city to which a courier comes.
    func door(of applicant: Applicant, in region: Region, _ dice: inout CityDice) throws -> PostalAddress {
        let county = region.code.hasSuffix("00") ? "350102" : region.code
        return try PostalAddress(
            recipient: applicant.citizen.name.text, mobile: applicant.citizen.mobile?.number ?? "13800000000",
            division: county, street: "示例路\(dice.number(1...900))号")
    }
}
