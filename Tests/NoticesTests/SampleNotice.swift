import Notices
import Store
import Vocabulary

enum SampleNotice {
    static let person = PersonID(Subject(high: 1, low: 1))
    static let staff = StaffID(Subject(high: 2, low: 1))
    static let matter = NoticeMatter(DossierID(Subject(high: 3, low: 1)), catalogCode: "000114111003")
    /// Monday 23 November 2026, 10:00.
    static let morning = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10)

    static func stamp(_ now: Instant = morning, seed: UInt8 = 7) -> Stamp {
        Stamp(now: now, actor: .platform, entropy: Entropy(seed: Array(repeating: seed, count: 32)))
    }

    /// The longest values that a kind may have in a message.
    static func values(_ kind: NoticeKind, item: String = "特殊工时审批") -> [String: NoticeValue] {
        kind.values.reduce(into: [:]) { values, value in
            let day = CivilDate(daysSinceEpoch: 20_788)
            switch (value.key, value.value) {
            case ("item", _): values["item"] = .text(item)
            case ("number", _): values["number"] = .text("2026112412345")
            case ("code", _): values["code"] = .text("123456")
            case ("time", _): values["time"] = .text("14:30")
            case (let name, .day): values[name] = .day(day)
            case (let name, .number): values[name] = .number(10)
            case (let name, .phrase): values[name] = .phrase(zh: "特别程序时间告知书", en: "notice of special procedure")
            case (let name, .text): values[name] = .text("市政务服务中心三楼听证室")
            }
        }
    }

    static func notice(
        _ kind: NoticeKind, item: String = "特殊工时审批", seed: UInt8 = 7, now: Instant = morning
    ) throws -> Notice {
        let addressee: Addressee = kind.audience == .person ? .person(person) : .staff(staff)
        return try Notice(
            .made(for: kind.id, stamp: stamp(now, seed: seed)), kind, to: addressee, about: matter,
            values: values(kind, item: item), now: now)
    }
}
