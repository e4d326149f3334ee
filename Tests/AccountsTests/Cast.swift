import Accounts
import Store
import Testing
import Vocabulary

/// Synthetic people, numbers and times for these tests.
enum Cast {
    static let today = CivilDate(daysSinceEpoch: 20_781)
    static let now = Instant(today, hour: 9)

    static let humanResources = "11350100MADEM002X0"
    static let construction = "11350100MADEM00380"
    static let firmCode = "91350100MADEM0054D"
    static let specialHours = "000114111004"

    static func key(_ filling: UInt8 = 7) throws -> AccountKey {
        try #require(AccountKey(Array(repeating: filling, count: 32)))
    }

    static func id<Thing>(_ number: UInt64) -> ID<Thing> {
        ID(Subject(high: 0x0190_0000_0000_7000 + number << 16, low: 0x8000_0000_0000_0000 + number))
    }

    /// The identity card number with this serial, with a valid check character.
    static func number(_ serial: Int) throws -> CitizenID {
        let digits = "35010219900101" + String(String(1000 + serial).suffix(3))
        let check = try #require(CitizenID.checkCharacter(for: digits))
        return try #require(CitizenID(digits + String(check)))
    }

    static func citizen(_ serial: Int, name: String = "林小满") throws -> Citizen {
        Citizen(
            id(UInt64(serial)), name: try #require(FullName(name)), number: try number(serial),
            mobile: MobileNumber("13800000001"))
    }

    static func firm(_ serial: Int, representative: Int = 900) throws -> LegalPerson {
        LegalPerson(
            id(UInt64(serial)), name: try #require(FullName("示例企业一")), code: try #require(CreditCode(firmCode)),
            kind: .enterprise,
            representative: LegalPerson.Representative(
                name: try #require(FullName("陈立夏")), number: try number(representative)))
    }

    static func staff(_ serial: Int, name: String = "郑白露", region: String = "350111") throws -> Staff {
        Staff(
            id(UInt64(serial)), name: try #require(FullName(name)),
            employeeNumber: try #require(EmployeeNumber("FZ\(1000 + serial)")), region: try #require(Region(region)))
    }

    static func extent(department: String? = nil, items: String? = nil, region: String? = nil) throws -> Grant.Extent {
        Grant.Extent(
            department: try department.map { try #require(CreditCode($0)) }, items: try items.map(ItemCodePrefix.init),
            region: try region.map { try #require(Region($0)) })
    }

    static func grant(
        _ serial: UInt64, to staff: StaffID = id(1), _ role: Role, _ extent: Grant.Extent = .everywhere
    ) throws -> Grant {
        Grant(
            id(serial), staff: staff, role: role, extent: extent,
            term: try Term(from: today.advanced(byDays: -10), until: today.advanced(byDays: 10)))
    }

    static func scope(
        department: String = humanResources, item: String = specialHours, region: String = "350111"
    ) throws -> Scope {
        Scope(
            department: try #require(CreditCode(department)), itemCode: item, region: try #require(Region(region)))
    }

    static func deed(_ actor: Actor = .platform, now: Instant = now, seed: UInt64 = 1) -> Deed {
        Deed(by: actor, now: now, entropy: Entropy(Dice.seeded(seed)))
    }

    /// A hash in the right shape that no password has, made without burning a core.
    static func hash(_ letter: Character = "A") throws -> PasswordHash {
        let (salt, key) = (String(repeating: "A", count: 22), String(repeating: letter, count: 42) + "A")
        return try #require(PasswordHash("$scrypt$ln=14,r=8,p=1$\(salt)$\(key)"))
    }
}

extension Instant {
    func later(_ seconds: Int64) -> Instant { advanced(bySeconds: seconds) }
}
