import Accounts
import Vocabulary

/// People and organisations made up by number, the same for the same number: valid check characters, birthdays of 1885
/// and codes that nobody was given.
struct GeneratedHolders: Sendable {
    /// How many people and organisations there are at most.
    static let peopleMax = areas.count * 365 * 999
    static let organisationsMax = areas.count * classes.count * digits.count * digits.count * digits.count

    private static let areas = [
        "350102", "350103", "350104", "350105", "350111", "350112", "350121", "350122", "350123", "350124", "350125",
        "350128", "350181",
    ]
    private static let classes = ["91", "92", "93"]
    private static let digits = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    private static let families = Array("林陈黄张吴李王郑刘杨叶郭何蔡江许曾魏谢游余邱高翁周潘施洪柯沈严方庄卢苏赖")
    private static let given = Array("晓明榕文静远川敏岚恒清荷宁岩思行知一鸣澜建华秀英志强丽芳伟国平海燕春梅福生水金玉兰")
    private static let trades = ["餐饮", "建筑", "药房", "物流", "水产", "纺织", "印刷", "园林", "软件", "检测"]
    private static let firstDay = CivilDate("1885-01-01") ?? CivilDate(daysSinceEpoch: 0)

    /// The n-th person.
    static func person(_ number: Int) throws -> (name: String, number: CitizenID) {
        let (area, rest) = (areas[number % areas.count], number / areas.count)
        let day = firstDay.advanced(byDays: rest % 365)
        let serial = "\(1000 + rest / 365 % 999 + 1)".suffix(3)
        let digits = area + day.compact + serial
        guard let check = CitizenID.checkCharacter(for: digits), let number = CitizenID(digits + String(check)) else {
            throw Fault.corrupt("a made up person without a number")
        }
        let mixed = rest &* 2_654_435_761
        var name = String(families[mixed % families.count]) + String(given[mixed / 64 % given.count])
        if mixed & 3 != 0 { name.append(given[mixed / 4096 % given.count]) }
        return (name, number)
    }

    /// The n-th organisation.
    static func organisation(_ number: Int) throws -> (name: String, number: CreditCode) {
        let area = areas[number % areas.count]
        let kind = classes[number / areas.count % classes.count]
        let rest = number / areas.count / classes.count
        let base = digits.count
        let own = String([digits[rest % base], digits[rest / base % base], digits[rest / base / base % base]])
        guard let region = Region(area),
            let code = CreditCode(authority: kind, region: region, organisation: "MADEM" + own)
        else { throw Fault.corrupt("a made up organisation without a code") }
        let mixed = number &* 2_654_435_761
        let words = String([given[mixed / 16 % given.count], given[mixed / 1024 % given.count]])
        return ("福州\(words)\(trades[mixed % trades.count])有限公司", code)
    }
}
